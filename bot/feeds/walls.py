"""Whether a page is an article, or what stands before one: a consent layer, a paywall, a challenge, an error.

No phrase decides alone, since articles write about cookies, captchas and paywalls too. It has to come with a page that
holds little else, or to stand where an article breaks off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.feeds import wallwords as words

FEW = 150  # words: a page of so many is no article if it calls itself a check or a login
LINES = 70  # words: the shortest articles have more
TEASER = 350  # words: more than a paywall shows
ERROR = 300  # words that an error page adds around its message, for example other articles
LEAST = 30  # words of an article
NEAR = 6  # blocks around a text in which a prompt belongs to it
HEADING = 80  # characters
PROMPT = 320  # characters; longer blocks are text
ASKED = 500  # characters of a block in which a request for consent shows itself
ADDRESSED = 0.35  # share of sentences that ask for consent

CHALLENGE, SCRIPT = "Die Seite prüft, ob ein Mensch sie aufruft.", "Die Seite zeigt ihren Text nur mit JavaScript."
MISSING, ERRING = "Den Artikel gibt es nicht oder nicht mehr.", "Der Server meldet einen Fehler."
LOGIN, CONSENT = "Die Seite verlangt eine Anmeldung.", "Die Seite verlangt erst eine Einwilligung in Cookies."
PAYWALL, EMPTY = "Der Artikel steht hinter einer Bezahlschranke.", "Auf der Seite steht kein Artikel."


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as far as it matters here. `whole` is its visible text, `text` what was taken for the article.

    `blocks` are the parts of `whole` in order; `titles` its title and main headings; `source` the start of its markup.
    """

    titles: Sequence[str]
    whole: str
    text: str
    blocks: Sequence[str]
    source: str
    free: bool | None
    asks_password: bool


def wall(seen: Seen) -> str | None:
    """Why a page is no article to be read (German); None if it is one."""
    return next((reason for reason, stands in _WALLS if stands(seen)), None)


def _challenges(seen: Seen) -> bool:
    if _words(seen.whole) >= FEW:
        return False
    if any(map(words.CHALLENGE_TITLE.search, seen.titles)):
        return True
    if _words(seen.text) < LINES and words.CHALLENGE_SOURCE.search(seen.source):
        return True
    return _words(seen.whole) < LINES and bool(words.CHALLENGE.search(seen.whole))


def _wants_script(seen: Seen) -> bool:
    little = _words(seen.text) < LINES and _words(seen.whole) < FEW
    return little and bool(words.SCRIPT.search(seen.source) or words.SCRIPT.search(seen.whole))


def _is_missing(seen: Seen) -> bool:
    return _words(seen.text) < ERROR and any(map(words.MISSING.search, seen.titles))


def _errs(seen: Seen) -> bool:
    return _words(seen.whole) < LINES and any(map(words.ERRING.search, [*seen.titles, *seen.blocks[:3]]))


def _wants_login(seen: Seen) -> bool:
    if not seen.asks_password or _words(seen.text) >= FEW:
        return False
    return _words(seen.text) < LINES or any(map(words.LOGIN.search, seen.titles))


def _wants_consent(seen: Seen) -> bool:
    """Whether what is left is, or is hidden by, a request for consent."""
    if _words(seen.text) < LEAST:
        return any(map(_asks, seen.blocks))
    blocks = seen.text.split("\n\n")
    asking = [block for block in blocks if _asks(block)]
    return sum(map(len, asking)) > ADDRESSED * len(seen.text) and (len(asking) > 1 or len(blocks) == 1)


def _asks(block: str) -> bool:
    return words.CONSENT.search(block[:ASKED]) is not None


def _wants_money(seen: Seen) -> bool:
    if seen.free is False:
        return True
    return _words(seen.text) < TEASER and any(_prompts(seen.blocks, place) for place in _edges(seen))


def _edges(seen: Seen) -> list[int]:
    """The places, among the blocks, around the beginning and after the end of the article."""
    told = {block for block in seen.text.split("\n\n") if len(block) > HEADING and not _is_prompt(block)}
    inside = [place for place, block in enumerate(seen.blocks) if block in told]
    if not inside:
        return list(range(len(seen.blocks)))
    first, last = inside[0], inside[-1]
    return [*range(max(first - 3, 0), first), *range(last + 1, min(last + 1 + NEAR, len(seen.blocks)))]


def _prompts(blocks: Sequence[str], place: int) -> bool:
    """Whether a block, with the one below it, offers the rest for money or an account."""
    block, below = blocks[place], "".join(blocks[place + 1 : place + 2])
    if _is_question(block) and "newsletter" not in below.lower() and len(below) <= PROMPT:
        return _is_prompt(f"{block} {below}")
    return _is_prompt(block)


def _is_question(block: str) -> bool:
    """A heading such as „Sie möchten weiterlesen?“; a link that just says „Weiterlesen“ is none."""
    return len(block) <= HEADING and len(block.split()) > 1 and bool(words.MORE.search(block))


def _is_prompt(block: str) -> bool:
    if len(block) > PROMPT + HEADING or not words.SPEAKS.search(block):
        return False
    return bool(words.MORE.search(block) and words.PAID.search(block))


def _is_empty(seen: Seen) -> bool:
    return _words(seen.text) < LEAST


def _words(text: str) -> int:
    return len(text.split())


_WALLS = (
    (CHALLENGE, _challenges),
    (SCRIPT, _wants_script),
    (MISSING, _is_missing),
    (ERRING, _errs),
    (LOGIN, _wants_login),
    (CONSENT, _wants_consent),
    (PAYWALL, _wants_money),
    (EMPTY, _is_empty),
)
