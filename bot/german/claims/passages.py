"""A text -> its passages, read word by word; a German sentence -> the passages that tell the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, groupby
from math import log

from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import PARTICLES, meanings
from bot.german.claims.places import places
from bot.german.sentences import sentences
from bot.model import Language

TOKEN = re.compile(r"CVE-\d+-\d+|\d+(?:[.,]\d+)*|[^\W_]+|[,;:()–—„“”\"]", re.IGNORECASE)
LONGEST = 60  # letters of a word
SENTENCES = 400  # of one source; as many as an article that is kept can have
_BREAKS = frozenset(",;:()–—")
_BREAKING = {
    Language.DE: frozenset("aber sondern während obwohl doch weil da wobei sowie".split()),
    Language.EN: frozenset("but while although though because whereas after before and which who".split()),
}
_LIGHT = frozenset(
    "sagen say neu new jahr year unternehmen company million billion prozent percent geben machen make kommen gehen"
    " haben sein werden mehr more first two one ander gelten bleiben".split()
)
_NEGATIVE = frozenset(
    "niemand niemanden niemandem nie niemals nirgends none nobody nothing neither nor cannot never".split()
)
_PARTICLES = frozenset(PARTICLES.split())
NAMED, FIGURE, MAIN, LIGHT = 2.0, 1.5, 0.5, 0.3  # weights; an ordinary word has 1


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a passage. `clause` counts its clauses from 0; `weight` is how much it tells: 0 of function words."""

    text: str
    lower: str
    keys: frozenset[str]
    clause: int
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a passage, with all keys and the weight of its words."""

    words: tuple[Word, ...]
    keys: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as words. `keys` are those of all of them, `lowered` all words as they stand, in lower case."""

    text: str
    language: Language
    words: tuple[Word, ...]
    keys: frozenset[str]
    lowered: frozenset[str]
    place: int  # 0 is the title
    clauses: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that tells something of a claim: the share of its weight that it covers, and which words it shares."""

    share: float
    passage: Passage
    shared: frozenset[str]  # words of the claim in lower case
    evidence: Evidence


@lru_cache(maxsize=12)
def passages(one: Evidence) -> tuple[Passage, ...]:
    """The title and the sentences of a source, in order."""
    told = (one.title, *sentences(one.text)[:SENTENCES])
    read = [_passage(text, one.language, n) for n, text in enumerate(told)]
    return (read[0], *(_lightened(passage, read[0].lowered) for passage in read[1:]))


def _lightened(passage: Passage, title: frozenset[str]) -> Passage:
    """What the title names is no news in any passage."""
    words = tuple(
        replace(word, weight=MAIN) if _is_main(word, passage.language) and word.lower in title else word
        for word in passage.words
    )
    return replace(passage, words=words, clauses=_parts(words))


def _is_main(word: Word, language: Language) -> bool:
    return word.weight == NAMED or (language is Language.DE and word.weight > MAIN and word.text[0].isupper())


def _parts(words: Sequence[Word]) -> tuple[Part, ...]:
    return tuple(_part(tuple(group)) for _, group in groupby(words, key=lambda word: word.clause))


@lru_cache(maxsize=64)
def claim(sentence: str) -> Passage:
    """A German sentence to be checked, read in the same way."""
    return _passage(sentence, Language.DE, 0)


@lru_cache(maxsize=64)
def reading(sentence: str, cited: tuple[Evidence, ...]) -> Passage:
    """The sentence with its words weighed: what many passages have tells little about which of them is meant."""
    told = claim(sentence)
    all_of_them = [passage.keys for one in cited for passage in passages(one)]
    words = tuple(replace(word, weight=_rarer(word, all_of_them)) if word.weight else word for word in told.words)
    return replace(told, words=words, clauses=_parts(words))


def _rarer(word: Word, all_of_them: Sequence[frozenset[str]]) -> float:
    found = sum(not word.keys.isdisjoint(keys) for keys in all_of_them)
    return word.weight / (1 + log(found)) if found else word.weight


@lru_cache(maxsize=64)
def matches(sentence: str, cited: tuple[Evidence, ...]) -> tuple[Match, ...]:
    """The passages that share words with the sentence, the closest first, earlier ones first among equals."""
    told = reading(sentence, cited)
    total = sum(word.weight for word in told.words) or 1.0
    found = [_match(told, total, passage, one) for one in cited for passage in passages(one)]
    return tuple(sorted((one for one in found if one.shared), key=lambda one: -one.share))


@lru_cache(maxsize=12)
def vocabulary(one: Evidence) -> frozenset[str]:
    """All words of a source in lower case."""
    return frozenset(chain.from_iterable(passage.lowered for passage in passages(one)))


@lru_cache(maxsize=12)
def all_keys(one: Evidence) -> frozenset[str]:
    """All keys of a source."""
    return frozenset(chain.from_iterable(passage.keys for passage in passages(one)))


def near(match: Match, before: int = 2, after: int = 1) -> Iterator[Passage]:
    """The passage and those around it, and the title: what „it“ and „the company“ in it may stand for."""
    told = passages(match.evidence)
    yield told[0]
    yield from told[max(1, match.passage.place - before) : match.passage.place + after + 1]


def _match(told: Passage, total: float, passage: Passage, one: Evidence) -> Match:
    shared = [word for word in told.words if word.weight and not word.keys.isdisjoint(passage.keys)]
    return Match(sum(word.weight for word in shared) / total, passage, frozenset(word.lower for word in shared), one)


def _passage(text: str, language: Language, place: int) -> Passage:
    words = tuple(_words(text, language))
    parts = _parts(words)
    keys = frozenset(chain.from_iterable(part.keys for part in parts))
    return Passage(text, language, words, keys, frozenset(word.lower for word in words), place, parts)


def _part(words: tuple[Word, ...]) -> Part:
    return Part(words, frozenset(chain.from_iterable(word.keys for word in words)), sum(word.weight for word in words))


def _words(text: str, language: Language) -> Iterator[Word]:
    clause = 0
    tokens = [token for token in TOKEN.findall(text) if len(token) <= LONGEST]
    for n, token in enumerate(tokens):
        lower = token.lower()
        if token in _BREAKS:
            clause += 1
        elif token[0].isalnum():
            clause += lower in _BREAKING[language]
            keys = meanings(token, language) | places(token)
            if language is Language.DE and token.islower() and keys:
                keys |= _separated(lower, tokens[n + 1 :])
            yield Word(token, lower, keys, clause, _weight(token, keys, language, n))


def _separated(verb: str, following: Sequence[str]) -> frozenset[str]:
    """„kündigt … an“ means „ankündigen“: the keys of the verb with the particle that ends its clause."""
    for n, token in enumerate(following):
        ends = n + 1 == len(following) or following[n + 1] in _BREAKS or following[n + 1].lower() in {"und", "aber"}
        if token in _BREAKS:
            return frozenset()
        if ends:
            return meanings(token + verb, Language.DE) if token in _PARTICLES else frozenset()
    return frozenset()


def _weight(token: str, keys: frozenset[str], language: Language, place: int) -> float:
    if not keys or token.lower() in _NEGATIVE:
        return 0.0
    if token[0].isdigit():
        return FIGURE
    if not keys.isdisjoint(_LIGHT) or any(key[0] == "+" for key in keys):
        return LIGHT
    if any(key[0] == "@" for key in keys):
        return NAMED
    named = token[0].isupper() and place > 0 and not any(key[0] == "#" for key in keys)
    return NAMED if named and language is Language.EN else 1.0
