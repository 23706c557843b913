"""Who did what to whom, and why: names that stand where the sources name another, and causes they don't give."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.german.claims.causes import cause_objections
from bot.german.claims.evidence import Evidence
from bot.german.claims.mentions import mentions
from bot.german.claims.nouniness import is_ordinary
from bot.german.claims.passages import Match, Passage, Word, claim, matches, passages
from bot.german.frequencies import FREQUENCIES
from bot.german.keys import SILENT, plain
from bot.model import Language

CLOSE = 0.6  # share of the sentence without the name that a passage must tell
AGAIN = 0.8  # share, of that, of a passage which has the name
LONE = 2e-6  # frequency from which an English word at the start of a sentence is none but a word
_REFERS = re.compile(
    r"\b(?:it|its|he|his|she|her|they|their|the (?:company|firm|group|maker|agency|start-?up|network|carmaker|operator|developer|court|bank)"
    r"|es|er|sie|ihr\w*|sein(?:e[nmrs]?)?|(?:das|der|die|dem|den) (?:Unternehmen|Firma|Konzern|Hersteller|Behörde|Start-up|Anbieter|Betreiber|Gruppe|Bank))\b"
)
_SAYS = re.compile(r"(?:say|says|said|told|add|added|warn|warned|explain|explained|write|wrote|call|called|sag\w+|erklär\w+|teil\w*|beton\w+|schr[ei]+b\w*|so|laut|nann\w+)$")


def actor_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """Names that the sources have elsewhere, but not for this; actors that changed places; causes nobody gives."""
    held = tuple(cited)
    found = matches(sentence, held)
    if found:
        turned = next(_turned(claim(sentence), found), None)
        yield from (turned,) if turned else _stand_ins(sentence, found, held)
        yield from cause_objections(sentence, held)


@lru_cache(maxsize=1024)
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
    told = claim(sentence)
    ours = set(names_in(told))
    for mention in mentions(sentence):
        name = _base(mention.text)
        if not mention.is_name_like or _is_main(name, held):
            continue
        rest = [word for word in told.words if word.weight and _base(word.text) not in _together(name, told)]
        best = _closest(rest, found)
        if best is None or name in _all_names(best.passage):
            continue
        others = [one for one in names_in(best.passage) if one not in ours]
        if others and not _is_told_elsewhere(name, rest, best, held):
            yield f"nennt „{mention.text}“, wo die Quelle „{others[0].capitalize()}“ nennt"
            return


def _together(name: str, told: Passage) -> frozenset[str]:
    """The words of the whole name, such as first and last, which fall with it."""
    words = [_base(word.text) for word in told.words]
    n = words.index(name) if name in words else 0
    near = {words[m] for m in (n - 1, n + 1) if 0 <= m < len(words) and told.words[m].text[0].isupper()}
    return frozenset({name} | {one for one in near if one in names_in(told)})


def _all_names(passage: Passage) -> frozenset[str]:
    return frozenset(_base(word.text) for word in passage.words)


def _closest(rest: Sequence[Word], found: Sequence[Match]) -> Match | None:
    shares = [(_share(rest, match.passage), -n, match) for n, match in enumerate(found)]
    share, _, match = max(shares, key=lambda one: one[:2])
    return match if share >= CLOSE else None


def _share(words: Sequence[Word], passage: Passage) -> float:
    total = sum(word.weight for word in words)
    return sum(word.weight for word in words if not word.keys.isdisjoint(passage.keys)) / total if total else 0.0


def _is_told_elsewhere(name: str, rest: Sequence[Word], best: Match, held: tuple[Evidence, ...]) -> bool:
    """Whether a passage that has the name tells as much of the sentence, or what the closest one leaves out."""
    left = [word for word in rest if word.keys.isdisjoint(best.passage.keys)]
    enough = AGAIN * _share(rest, best.passage)
    for one in held:
        told = passages(one)
        for n, passage in enumerate(told):
            if name not in _all_names(passage):
                continue
            if _share(rest, passage) >= enough or (left and _share(left, passage) > 0):
                return True
            if n + 1 < len(told) and best.passage in told[n + 1 : n + 3] and _REFERS.search(best.passage.text):
                return True
    return False


@lru_cache(maxsize=4096)
def _is_main(name: str, held: tuple[Evidence, ...]) -> bool:
    """Whether the title names it: then any passage may speak of it without saying so."""
    return any(name in _all_names(passages(one)[0]) for one in held)


def _turned(told: Passage, found: Sequence[Match]) -> Iterator[str]:
    """„Ostrava kauft Tarnwell“ where the source says that Tarnwell buys Ostrava."""
    ours = _order(told, "")
    if ours is None:
        return
    agent, verb, patient = ours
    theirs = [_order(match.passage, agent, verb) for match in found[:4] if {agent, patient} <= _all_names(match.passage)]
    known = [one for one in theirs if one]
    if known and all((one[0], one[2]) == (patient, agent) for one in known):
        yield f"vertauscht {agent.capitalize()} und {patient.capitalize()}"


_PASSIVE = {
    Language.DE: (re.compile(r"(?:wird|werden|wurde|wurden|worden)$"), "von"),
    Language.EN: (re.compile(r"(?:is|are|was|were|been|being|be)$"), "by"),
}


def _order(passage: Passage, first: str, verb: frozenset[str] = frozenset()) -> tuple[str, frozenset[str], str] | None:
    """The first name before and the first after the verb, as agent and patient; None where it can't be told."""
    names = set(names_in(passage))
    at: list[tuple[int, str]] = [(n, _base(word.text)) for n, word in enumerate(passage.words) if _base(word.text) in names]
    verbs = [
        n
        for n, word in enumerate(passage.words)
        if word.text.islower() and any(key[0] == "#" for key in word.keys) and (not verb or not word.keys.isdisjoint(verb))
    ]
    if not verbs or len(at) < 2:  # noqa: PLR2004 - it takes two
        return None
    n = verbs[0]
    pattern, by = _PASSIVE[passage.language]
    before = [name for m, name in at if m < n]
    if passage.language is Language.DE and len(verbs) == 1 and n == len(passage.words) - 1:
        before = before[:1]
    after = [name for m, name in at if m > n] or [name for _, name in at if name not in before]
    if not before or not after or before[0] in after:
        return None
    passive = any(pattern.match(word.lower) for word in passage.words) and any(word.lower == by for word in passage.words)
    keys = frozenset(key for key in passage.words[n].keys if key[0] == "#")
    return (after[0], keys, before[0]) if passive else (before[0], keys, after[0])
