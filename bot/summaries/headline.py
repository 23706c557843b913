"""The headline of a story whose summary nobody wrote: the best title among its sources, tidied."""

import re
from collections.abc import Sequence

from bot.german.typography import typeset
from bot.model import Article, Language
from bot.summaries.terms import contained, terms, weights

COMFORTABLE = (25, 110)  # characters of a headline

_LABEL = re.compile(
    r"^(?:\+{2,}\s*)?[\[(]?(?:[\w.]{1,12}\+|[gG]|Update|Eilmeldung|EIL|Anzeige|Exklusiv|Live|Breaking)[\])]?"
    r"\s*(?:\+{2,}\s*|[|:]\s+)(?=[A-ZÄÖÜ„»\"“'\d])"
)
_UPDATED = re.compile(
    r"\s*[\[(](?:\d+\.?\s)?(?:Upd(?:ate|\.)|Aktualisiert)[^\])]*[\])]\s*$|\s*\((?:[gG]\+|Anzeige|Video)\)\s*$"
)
_TAIL = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,40})$")
_OPINION = re.compile(
    r"^(?:Kommentar|Analyse|Interview|Podcast|Meinung|Kolumne|Glosse|Liveblog|Test|Video|Opinion|Review|Bilder|Ausprobiert"
    r"|Angetestet|Im Test|Hands-on|Wochenrückblick|Ticker)\b"
)
_BAIT = re.compile(
    r"[?!…]|\.\.\.|^(?:So|Dies\w*|Das|Warum|Wieso|Weshalb|Darum|Deshalb|Wer|Was|Wie|Hier|This|Why|How|What|Here)\b"
    r"|: (?:Was|Wie|Warum|So|Wer)\b"
    r"|\b(?:wissen m[uü]ssen|dahinter|unglaublich|schockier\w*|krass\w*|irre|Wahnsinn\w*|geheim\w*|Trick\w*"
    r"|Hammer\w*|verrät|enthüllt|endlich|alles, was|everything you|you need|sollten? (?:Sie|Nutzer|man|jeder)"
    r"|\d+ (?:Gründe|Tipps|Dinge))\b",
    re.IGNORECASE,
)


def headline_of(articles: Sequence[Article]) -> tuple[str, bool]:
    """A headline, and whether it is German: of the titles that inform, the one that tells most of what all tell."""
    german = [article for article in articles if article.language is Language.DE]
    titles = [_tidied(article) for article in german or articles]
    best = max(titles, key=lambda title: (_manners(title), _agreement(title, titles)))
    return (typeset(best), True) if german else (best, False)


def _tidied(article: Article) -> str:
    """The title without labels, the outlet's own name and a full stop."""
    title = _UPDATED.sub("", _LABEL.sub("", " ".join(article.title.split())))
    tail = _TAIL.search(title)
    if tail and _is_name(tail[1], article.outlet):
        title = title[: tail.start()]
    return title.removesuffix(".") or article.title


def _is_name(tail: str, outlet: str) -> bool:
    first, second = (re.sub(r"\W|(?:\.(?:de|com|org|net|at|ch))$", "", name.lower()) for name in (tail, outlet))
    return bool(second) and (first.startswith(second) or second.startswith(first))


def _manners(title: str) -> int:
    """How much a title informs rather than lures, 0 at best."""
    shortest, longest = COMFORTABLE
    return -2 * bool(_BAIT.search(title)) - 2 * bool(_OPINION.search(title)) - (not shortest <= len(title) <= longest)


def _agreement(title: str, titles: Sequence[str]) -> float:
    told = [terms(other) for other in titles]
    weight = weights(told)
    return sum(contained(other, terms(title), weight) for other in told)
