"""Topics as a person typed them <-> what they mean: `ki, "Quantencomputer", -gaming, -"Elon Musk"`. Pure.

What is no topic is an own word. In quotes it always is; without them, what is nearly a topic is asked about first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import category, normalize

from bot.errors import UserError
from bot.german.spelling import named, plain
from bot.model import Interests, Topic, interests_of
from bot.model.interests import NOT

WORD = (3, 40)  # characters of an own word
MOST = 10  # own words of one subscription, left out or not
ALIKE = 0.8  # „Sicherheitt“ is meant to be a topic, „Claude“ isn't
ALL = frozenset(plain(word) for word in ("alle", "alle Themen", "all"))
_QUOTES = str.maketrans(dict.fromkeys("„“”»«", '"'))
_MINUS = re.compile(r"[-−–]\s*")
_PARTS = re.compile(r'(?:[^,;"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class _Part:
    """One of several things typed, as it stands between the commas."""

    text: str
    is_quoted: bool
    is_left_out: bool

    @property
    def is_all(self) -> bool:
        """Whether it says „alle“."""
        return not self.is_quoted and not self.is_left_out and plain(self.text) in ALL


def interests_typed(text: str, known: Sequence[Topic]) -> Interests:
    """What is typed: topics by key or name, own words, either with a minus to leave it out; everything for „alle“.

    In the order of the newsroom, own words by the alphabet, so that the same wishes are the same. Raises `UserError`.
    """
    parts = _parts("alle" if text.strip() in {"", "*"} else text)
    if not parts:
        raise UserError(f"Das Thema {named(text)} gibt es nicht. {_possible(known)}")
    topics: dict[bool, list[str]] = {False: [], True: []}
    words: dict[bool, list[str]] = {False: [], True: []}
    for part in parts:
        key = None if part.is_quoted else _key(part.text, known)
        if not part.is_all:
            (words if key is None else topics)[part.is_left_out].append(key or _word(part, known))
    if any(part.is_all for part in parts):
        topics[False], words[False] = [], []
    found = (topics[False], words[False], topics[True], words[True])
    return together(Interests(), Interests(*map(tuple, found)), known)


def entries_of(text: str, known: Sequence[Topic]) -> tuple[str, ...]:
    """What is typed, as `Subscription.topics` keeps it. Raises `UserError`."""
    return interests_typed(text, known).entries


def together(there: Interests, more: Interests, known: Sequence[Topic]) -> Interests:
    """Both; what comes later wins where one wants what the other leaves out. Raises `UserError` for too many words."""
    both = Interests(
        _ordered(_but(there.topics, more.without_topics) + more.topics, known),
        _once(_but(there.words, more.without_words) + more.words),
        _ordered(_but(there.without_topics, more.topics) + more.without_topics, known),
        _once(_but(there.without_words, more.words) + more.without_words),
    )
    check_count(both)
    return both


def check_count(interests: Interests) -> None:
    """Raise `UserError` for more own words than one subscription may have."""
    if len(interests.words) + len(interests.without_words) > MOST:
        raise UserError(f"Das sind zu viele eigene Wörter. Möglich sind höchstens {MOST} neben den Themen.")


def apart(there: Interests, text: str, known: Sequence[Topic]) -> tuple[Interests, tuple[str, ...]]:
    """What is left without what is typed, and the entries that were taken; nothing is asked about words that are there.

    With a minus, only what is left out is looked for. Raises `UserError` for an open quote.
    """
    gone = set[str]()
    for part in _parts(text):
        key = None if part.is_quoted else _key(part.text, known)
        wanted = {plain(name) for name in (key, part.text) if name}
        gone |= {entry for entry in there.entries if _is(entry, wanted, left_out=part.is_left_out)}
    taken = tuple(entry for entry in there.entries if entry in gone)
    return interests_of(tuple(entry for entry in there.entries if entry not in gone)), taken


def valid(entry: str, known: set[str] | None) -> bool:
    """Whether a subscription may have this entry; any key where nobody says which there are."""
    one = interests_of((entry,))
    if one.entries != (entry,):
        return False
    if keys := one.topics + one.without_topics:
        return keys[0][:1] not in {"", NOT} and (known is None or keys[0] in known)
    (word,) = one.words + one.without_words
    return _as_word(word) == word


def _parts(text: str) -> list[_Part]:
    line = normalize("NFC", text).translate(_QUOTES)
    if line.count('"') % 2:
        raise UserError("Ein Anführungszeichen ist nicht geschlossen. Möglich sind eigene Wörter in zweien davon.")
    found = []
    for typed in (one.strip() for one in _PARTS.findall(line)):
        minus = _MINUS.match(typed)
        rest = typed[minus.end() :] if minus else typed
        bare = rest.strip('"').strip()
        if bare or '"' in rest:
            found.append(_Part(" ".join(bare.replace('"', "").split()), rest.startswith('"'), minus is not None))
    return found


def _key(text: str, known: Sequence[Topic]) -> str | None:
    keys = {plain(word): topic.key for topic in known for word in (topic.key, topic.name)}
    return keys.get(plain(text))


def _word(part: _Part, known: Sequence[Topic]) -> str:
    """The own word that is typed. Raises `UserError` where that is none, or perhaps a topic misspelt."""
    names = {plain(name): topic.name for topic in known for name in (topic.key, topic.name)}
    close = [] if part.is_quoted else get_close_matches(plain(part.text)[: WORD[1]], list(names), n=1, cutoff=ALIKE)
    if close:
        raise UserError(
            f"Das Thema {named(part.text)} gibt es nicht. Meinten Sie {names[close[0]]}? "
            f"Für ein eigenes Wort bitte in Anführungszeichen. {_possible(known)}"
        )
    word = _as_word(part.text)
    if word is None or (plain(word) in ALL and not part.is_quoted):
        least, most = WORD
        raise UserError(
            f"{named(part.text)} ist weder ein Thema noch ein eigenes Wort. Ein eigenes Wort hat {least} bis {most} "
            f"Zeichen in einer Zeile. {_possible(known)}"
        )
    return word


def _as_word(text: str) -> str | None:
    """The own word of a text in one line, or None."""
    word = " ".join(normalize("NFC", text).split())
    is_word = len(word) in range(WORD[0], WORD[1] + 1) and any(map(str.isalnum, word))
    is_clean = not any(category(sign)[0] == "C" for sign in word) and not set(word) & set('"„“”»«')
    return word if is_word and is_clean and not word.startswith("-") else None


def _possible(known: Sequence[Topic]) -> str:
    return f"Möglich sind: {', '.join(topic.name for topic in known)} oder „alle“."


def _is(entry: str, names: set[str], *, left_out: bool) -> bool:
    return entry.startswith("-") is left_out and plain(entry) in names


def _but(there: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    names = {one.casefold() for one in gone}
    return tuple(one for one in there if one.casefold() not in names)


def _ordered(keys: Sequence[str], known: Sequence[Topic]) -> tuple[str, ...]:
    """Each once: those the newsroom has in its order, then what it had when they were subscribed to."""
    order = [topic.key for topic in known]
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: order.index(key) if key in order else len(order)))


def _once(words: Sequence[str]) -> tuple[str, ...]:
    """Each once, whatever its case: the first way of writing it stays."""
    return tuple(sorted({word.casefold(): word for word in reversed(words)}.values(), key=str.casefold))
