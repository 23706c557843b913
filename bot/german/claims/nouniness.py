"""Whether a German word with a capital is an ordinary noun or a name, told by how the language uses it."""

import gzip
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate

from msgpack import Unpacker
from wordfreq import available_languages

from bot.german.claims.meanings import is_listed
from bot.german.frequencies import FREQUENCIES
from bot.german.keys import parts
from bot.model import Language

RARE = 700  # centibels below one: the words of German down to one in ten million
HEADS = 3  # compounds that end with a word before it is taken for a noun
PART = 4  # letters of a part of a compound
FIRST = 3
USUAL = 1e-5  # frequency of a short first part: „Tag“, „Weg“
FOREIGN = 4.0  # times as frequent in English as in German: an English word
ALIKE = 0.3
_LINKS = ("", "s", "n", "en", "es", "er", "e")
# What German builds nouns with.
_BUILT = re.compile(
    r"\w{2}(?:ung|heit|keit|schaft|tion|tät|ismus|ling|nis|tum|enz|anz|ment|ität|age|logie|graphie|grafie|thek|itis"
    r"|sion|iker|erin|erei|barkeit|losigkeit)(?:e|en|er|n|s|es|nen|se|sen|ses)?$"
)
_INFLECTED = ("", "n", "en", "s", "es", "e", "er", "ern", "innen", "in", "se", "sen")


@lru_cache(maxsize=8192)
def is_ordinary(lowered: str) -> bool:
    """Whether this word, in lower case, is a German noun, verb or adjective, inflected or not, or a compound."""
    return is_compound(lowered) or _is_noun(_folded(lowered))


@lru_cache(maxsize=8192)
def is_compound(lowered: str) -> bool:
    """Whether a word is plainly put together of German words, or built as German builds its nouns."""
    return is_listed(lowered) or bool(_BUILT.search(lowered)) or _is_compound(_folded(lowered))


@lru_cache(maxsize=8192)
def is_german_word(lowered: str) -> bool:
    """Whether German has this word at all, as far as lists go."""
    folded = _folded(lowered)
    if folded in _rare():
        return True
    bare = re.sub(r"in(?:nen)?$", "", folded)  # a woman by the word for a man
    return bare != folded and (bare in _rare() or f"{bare}e" in _rare())


@lru_cache(maxsize=8192)
def is_foreign(lowered: str) -> bool:
    """Whether a word is about as frequent in English: a name that both languages have, or an English word."""
    german, english = (FREQUENCIES[language].get(_folded(lowered), 0.0) for language in (Language.DE, Language.EN))
    return english > german * ALIKE


def _folded(lowered: str) -> str:
    """A word as wordfreq lists it, which folds case for good: „großteil“ is „grossteil“ there."""
    return lowered.replace("ß", "ss")


def _is_noun(lowered: str) -> bool:
    return any(
        _heads(lowered.removesuffix(ending)) >= HEADS
        for ending in _INFLECTED
        if lowered.endswith(ending) and len(lowered) - len(ending) >= PART
    )


@lru_cache(maxsize=8192)
def _heads(word: str) -> int:
    """In how many compounds the word is the last part."""
    if word not in _rare():
        return 0
    found, start, text = 0, 0, _rare().text
    while found < HEADS and (end := text.find(f"{word}\n", start)) >= 0:
        begin = text.rfind("\n", 0, end) + 1
        before = text[begin:end]
        found += len(before) >= FIRST and any(_is_first(before.removesuffix(link)) for link in ("", "s", "n"))
        start = end + 1
    return found


def _is_compound(lowered: str) -> bool:
    if parts(lowered):
        return True
    for cut in range(FIRST, len(lowered) - PART + 1):
        head = lowered[cut:]
        if any(_is_first(lowered[:cut].removesuffix(link)) for link in _LINKS) and (is_listed(head) or _is_noun(head)):
            return True
    return False


def _is_first(part: str) -> bool:
    if len(part) < PART:
        return len(part) >= FIRST and FREQUENCIES[Language.DE].get(part, 0.0) >= USUAL
    return part in _rare() and not _is_english(part)


def _is_english(word: str) -> bool:
    german, english = (FREQUENCIES[language].get(word, 0.0) for language in (Language.DE, Language.EN))
    return english > FOREIGN * german


class _Words:
    """Many words as one text with the places where they begin: a tenth of the memory that a set of them takes."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(words)
        self.text = "\n" + "\n".join(ordered) + "\n"
        self._starts = array("I", accumulate((len(word) + 1 for word in ordered), initial=1))

    def __contains__(self, word: str) -> bool:
        n = bisect_left(range(len(self._starts) - 1), word, key=self._word)
        return n < len(self._starts) - 1 and self._word(n) == word

    def _word(self, n: int) -> str:
        return self.text[self._starts[n] : self._starts[n + 1] - 1]


@cache
def _rare() -> _Words:
    return _Words(_listed(available_languages("large")[Language.DE.value]))


def _listed(file: str) -> Iterator[str]:
    """The words of wordfreq's file, which is a header and a list for each centibel, one list at a time.

    Its own `read_cBpack` holds all lists at once and leaves 35 MB behind.
    """
    with gzip.open(file) as packed:
        lists = Unpacker(packed, raw=False)
        lists.read_array_header()
        lists.skip()
        for _ in range(RARE):
            yield from filter(str.isalpha, lists.unpack())
