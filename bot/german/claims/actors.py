"""Who did what to whom, and why: names that stand where the sources name another, and causes they don't give."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.german.claims.causes import cause_objections
from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import is_listed_whole
from bot.german.claims.mentions import mentions
from bot.german.claims.nouniness import is_german_word
from bot.german.claims.passages import Match, Passage, Word, matches, passages, reading
from bot.german.claims.places import holds
from bot.german.frequencies import FREQUENCIES
from bot.german.keys import SILENT, plain
from bot.model import Language

_ID = re.compile(r"CVE-\d+-\d+|\d+\.\d+(?:\.\d+)*", re.IGNORECASE)
_WITH_BEFORE = re.compile(r"(\S*)\s[„\"(]?([A-ZÄÖÜ][^\W\d_]{3,})")
_DETERMINED = re.compile(
    r"^[„(]?(?:[Dd](?:er|ie|as|en|em|es)|i[mn]s?|am|an|beim?|vom|zu[rm]?|mit|für|ohne|um|(?i:\w*ein\w*|kein\w*"
    r"|ihr\w*|sein\w*|dies\w*)|[a-zäöü]\w+e[nrms]?)$"
)
_ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e[nrms]?)$")
_PREPOSITION = re.compile(
    r"(?:in|an|auf|bei|mit|von|zu|aus|nach|vor|hinter|unter|über|neben|zwischen|gegen|für|ohne|um|durch|seit|wegen)$"
)
LONG = 4  # letters left of a name when an ending is taken off
ENOUGH = 1.5  # weight of what is said of the name
LEFT = 0.5  # weight of a word that matters where it is told
LOOKED_AT = 8
CLOSE = 0.6  # share of the sentence without the name that a passage must tell
CLOSE_ID = 0.45  # the same for an id or a version, which nothing else resembles
AGAIN = 0.8  # share, of that, of a passage which has the name
LONE = 2e-6  # frequency from which an English word at the start of a sentence is none but a word
_REFERS = re.compile(
    r"\b(?:it|its|he|his|she|her|they|their|the (?:company|firm|group|maker|agency|start-?up|network|carmaker"
    r"|operator|developer|court|bank)"
    r"|es|er|sie|ihr\w*|sein(?:e[nmrs]?)?|(?:das|der|die|dem|den) (?:Unternehmen|Firma|Konzern|Hersteller|Behörde"
    r"|Start-up|Anbieter|Betreiber|Gruppe|Bank))\b"
)
_SAYS = re.compile(
    r"(?:say|says|said|told|add|added|warn|warned|explain|explained|write|wrote|call|called|sag\w+|erklär\w+"
    r"|teil\w*|beton\w+|schr[ei]+b\w*|so|laut|nann\w+)$"
)


def actor_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """Names that the sources have elsewhere, but not for this; actors that changed places; causes nobody gives."""
    held = tuple(cited)
    found = matches(sentence, held)
    if found:
        bare = frozenset().union(*(source_names(one) for one in held))
        turned = next(_turned(reading(sentence, held), found, bare), None)
        yield from (turned,) if turned else _stand_ins(sentence, found, held)
        yield from cause_objections(sentence, held)


@lru_cache(maxsize=128)
def names_in(passage: Passage) -> tuple[str, ...]:
    """The words of a passage that are names, places among them, in lower case without accents and a genitive's s."""
    if passage.language is Language.DE:
        return tuple(_base(one.text) for one in mentions(passage.text) if one.is_name_like)
    return tuple(_base(word.text) for n, word in enumerate(passage.words) if _is_english_name(word, n))


def _is_english_name(word: Word, n: int) -> bool:
    text = word.text
    if not text[0].isupper() or word.lower in SILENT or len(text) < 2:  # noqa: PLR2004 - a lone letter names nothing
        return False
    if any(key[0] == "@" for key in word.keys) or any(c.isdigit() for c in text):
        return True
    if any(key[0] == "#" for key in word.keys):
        return False
    return n > 0 or FREQUENCIES[Language.EN].get(word.lower, 0.0) < LONE


def _base(text: str) -> str:
    lowered = plain(text)
    return lowered[:-1] if lowered.endswith("s") and len(lowered) > 4 else lowered  # noqa: PLR2004 - as in names


def _stand_ins(sentence: str, found: Sequence[Match], held: tuple[Evidence, ...]) -> Iterator[str]:
    """A name where the closest passage has another in its place, and nothing else of the sentence is about it."""
    told = reading(sentence, held)
    bare = frozenset().union(*(source_names(one) for one in held))
    ours = {base for word in told.words for base in forms(word.text)}
    for n, word in enumerate(told.words):
        if not word.weight or not _is_name(n, told, bare) or _is_attribute(n, told) or _is_main(word, held):
            continue
        whole = _whole(n, told)
        rest = [one for m, one in enumerate(told.words) if one.weight and m not in whole]
        best = _closest(rest, found, CLOSE_ID if _is_id(word) else CLOSE)
        if best is None or _has(word, best.passage):
            continue
        others = [one for one in _names_of(best.passage, bare) if _is_like(one, word) and not forms(one.text) & ours]
        others = [one for one in others if one.keys.isdisjoint(told.keys)]
        if others and not _is_told_elsewhere(word, rest, best, held):
            yield f"nennt „{word.text}“, wo die Quelle „{others[0].text}“ nennt"
            return


def _is_name(n: int, told: Passage, bare: frozenset[str]) -> bool:
    word = told.words[n]
    if _is_id(word):
        return word.text.upper().startswith("CVE") or (n > 0 and told.words[n - 1].text[0].isupper())
    if word.text[0].isdigit() or not word.text[0].isupper():
        return False
    names = {one.text for one in mentions(told.text) if one.is_name_like}
    return word.text in names or bool(forms(word.text) & bare)


def _is_id(word: Word) -> bool:
    return _ID.fullmatch(word.text) is not None


def _is_attribute(n: int, told: Passage) -> bool:
    """„Skadis Chefin“: whose she is may be said in another passage."""
    word = told.words[n]
    return (
        n + 1 < len(told.words)
        and word.text.endswith("s")
        and len(word.text) > LONG
        and told.words[n + 1].text[0].isupper()
    )


def _is_like(one: Word, other: Word) -> bool:
    """Whether one may stand in for the other: a place for a place, an id for an id."""
    return _is_place(one) == _is_place(other) and _is_id(one) == _is_id(other)


def _is_place(word: Word) -> bool:
    return any(key[0] == "@" for key in word.keys)


def _has(word: Word, passage: Passage) -> bool:
    places = {key for key in word.keys if key[0] == "@"}
    if places and any(holds(place, passage.keys) for place in places):
        return True
    return any(forms(word.text) & forms(other.text) for other in passage.words)


@lru_cache(maxsize=4096)
def forms(text: str) -> frozenset[str]:
    """A name as it may be written: without a genitive's s, or as „Rosenheimer“."""
    lowered = plain(text)
    found = {lowered}
    for ending in ("s", "er", "ers", "r"):
        if lowered.endswith(ending) and len(lowered) - len(ending) >= LONG:
            found.add(lowered.removesuffix(ending))
    return frozenset(found)


def _names_of(passage: Passage, bare: frozenset[str]) -> list[Word]:
    names = set(names_in(passage))
    return [word for word in passage.words if _is_id(word) or _base(word.text) in names or forms(word.text) & bare]


@lru_cache(maxsize=12)
def source_names(source: Evidence) -> frozenset[str]:
    """All words of a source that are names, as it writes them, in lower case without accents."""
    told = frozenset(name for passage in passages(source) for name in names_in(passage))
    return told | _bare_names(source)


def _bare_names(source: Evidence) -> frozenset[str]:
    """Names that are made of German words, „Fruchthof“: German never has them with an article, nor as a listed word."""
    if source.language is not Language.DE:
        return frozenset()
    seen: dict[str, bool] = {}
    for before, text in _WITH_BEFORE.findall(f"{source.title}\n{source.text}"):
        if not is_listed_whole(text) and not is_german_word(text.lower()):
            bare = not _DETERMINED.search(before)
            seen[plain(text)] = seen.get(plain(text), True) and bare
    return frozenset(text for text, bare in seen.items() if bare)


def _whole(n: int, told: Passage) -> frozenset[int]:
    """The places of the whole name, such as first and last, and of what goes before: „dem Münchner Start-up X“."""
    words, found = told.words, {n}
    m = n + 1
    while m < len(words) and _goes_on(words[m], words[n]):
        found.add(m)
        m += 1
    m = n - 1
    while m >= 0 and (_goes_on(words[m], words[n]) or _ADJECTIVE.match(words[m].text)):
        found.add(m)
        m -= 1
    return frozenset(found)


def _goes_on(word: Word, name: Word) -> bool:
    return (
        word.clause == name.clause
        and word.text[0].isupper()
        and word.lower not in SILENT
        and not word.text.startswith("CVE")
    )


def _closest(rest: Sequence[Word], found: Sequence[Match], close: float) -> Match | None:
    if sum(word.weight for word in rest) < ENOUGH:
        return None
    shares = [(_share(rest, match.passage), -n, match) for n, match in enumerate(found[:LOOKED_AT])]
    share, _, match = max(shares, key=lambda one: one[:2])
    return match if share >= close else None


def _share(words: Sequence[Word], passage: Passage) -> float:
    total = sum(word.weight for word in words)
    return sum(word.weight for word in words if not word.keys.isdisjoint(passage.keys)) / total if total else 0.0


def _is_told_elsewhere(word: Word, rest: Sequence[Word], best: Match, held: tuple[Evidence, ...]) -> bool:
    """Whether a passage that has the name tells as much of the sentence, or what the closest one leaves out."""
    left = [one for one in rest if one.keys.isdisjoint(best.passage.keys) and one.weight >= LEFT]
    enough = AGAIN * _share(rest, best.passage)
    for one in held:
        told = passages(one)
        for n, passage in enumerate(told):
            if not _has(word, passage):
                continue
            if _share(rest, passage) >= enough or any(not one.keys.isdisjoint(passage.keys) for one in left):
                return True
            if best.passage in told[n + 1 : n + 3] and _REFERS.search(best.passage.text) and not _is_place(word):
                return True
    return False


def _is_main(word: Word, held: tuple[Evidence, ...]) -> bool:
    """Whether the title names it: then any passage may speak of it without saying so."""
    return any(_has(word, passages(one)[0]) for one in held)


def _turned(told: Passage, found: Sequence[Match], bare: frozenset[str]) -> Iterator[str]:
    """„Ostrava kauft Tarnwell“ where the source says that Tarnwell buys Ostrava."""
    for part in told.clauses:
        for verb in _verbs(part.words):
            ours = _order(part.words, verb, told, bare)
            theirs = (
                [order for match in found[:LOOKED_AT] for order in _orders(match.passage, verb, bare)] if ours else []
            )
            if ours and ours[::-1] in theirs and ours not in theirs:
                yield f"vertauscht „{ours[0].capitalize()}“ und „{ours[1].capitalize()}“"
                return


def _verbs(words: Sequence[Word]) -> list[frozenset[str]]:
    """What the verbs of a clause mean; the last words of it first, where German has its verbs."""
    return [
        frozenset(key for key in word.keys if key[0] == "#")
        for word in reversed(words)
        if word.text[0].islower() and any(key[0] == "#" for key in word.keys)
    ]


def _orders(passage: Passage, verb: frozenset[str], bare: frozenset[str]) -> list[tuple[str, str]]:
    found = (_order(part.words, verb, passage, bare) for part in passage.clauses)
    return [one for one in found if one]


def _order(
    words: Sequence[Word], verb: frozenset[str], passage: Passage, bare: frozenset[str]
) -> tuple[str, str] | None:
    """The names of who does this and to whom it is done in a clause, as far as word order and voice tell."""
    at = [n for n, word in enumerate(words) if forms(word.text) & bare and word.text[0].isupper()]
    at = [n for n in at if not n or words[n - 1].lower not in _WHERE]
    heads = [n for n in at if n - 1 not in at]
    acts = [n for n, word in enumerate(words) if word.text[0].islower() and not word.keys.isdisjoint(verb)]
    if len(heads) < 2 or not acts:  # noqa: PLR2004 - it takes two
        return None
    first, second = heads[0], heads[1]
    if passage.language is Language.EN and not first < acts[0] < second:
        return None
    be, by = _PASSIVE[passage.language]
    passive = any(be.match(word.lower) for word in words) and any(word.lower == by for word in words[:second])
    accusative = passage.language is Language.DE and _is_object(words, first)
    pair = _base(words[first].text), _base(words[second].text)
    return (pair[1], pair[0]) if passive != accusative else pair


def _is_object(words: Sequence[Word], n: int) -> bool:
    """Whether „den“ or „dem“ without a preposition stands before the name and what belongs to it."""
    m = n - 1
    while m >= 0 and (words[m].text[0].isupper() or _ADJECTIVE.match(words[m].text)) and words[m].lower not in SILENT:
        m -= 1
    return m >= 0 and words[m].lower in {"den", "dem"} and not (m and _PREPOSITION.match(words[m - 1].lower))


_WHERE = frozenset("in im an am bei beim aus nach at on from near for für mit with".split())  # no object follows
_PASSIVE = {
    Language.DE: (re.compile(r"(?:wird|werden|wurde|wurden|worden)$"), "von"),
    Language.EN: (re.compile(r"(?:is|are|was|were|been|being|be)$"), "by"),
}
