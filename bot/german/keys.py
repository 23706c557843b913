"""A text -> the keys by which it is found, alike on every machine and database: stems without accents, in [a-z0-9_].

A German word is found in each of its inflections and as a part of compounds: „Sicherheitslücken“ has the keys of
„Sicherheitslücke“, „Sicherheit“ and „Lücke“.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from bot.german.frequencies import FREQUENCIES
from bot.german.language import FUNCTION_WORDS
from bot.german.stems import stem
from bot.model import Language

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
COMPOUND = 8  # letters from which a word is taken apart
LONGEST = 60  # letters of a word; to take one apart costs the cube of its length, and what is longer is none
PART = 4  # letters of a part; shorter ones are found everywhere
HEAD, FREQUENT = 3, 5e-5  # letters of a last part that is frequent: „Zug“, „Amt“
LINKS = ("", "s", "n", "en", "es", "er")  # what may stand between two parts
ORDINARY = 5e-6  # frequency from which a short listed word may be a part
READ = 20_000  # characters of a text, as many as are kept
SILENT = FUNCTION_WORDS | frozenset("die in an am im was so will war on all art also bei".split())
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_PARTICIPLE = re.compile(r"ge(\w{3,}(?:t|te|ten|ter|tes|em|en))$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def keys(text: str, language: Language) -> frozenset[str]:
    """All keys of a text; function words have none."""
    return frozenset(chain.from_iterable(keys_of(word, language) for word in set(_found(text[:READ]))))


def words(text: str) -> Iterator[str]:
    """The words and figures of a text that have keys, in order."""
    return (word for word in _found(text) if keys_of(word, Language.DE))


def _found(text: str) -> Iterator[str]:
    return (word for word in WORD.findall(text) if len(word) <= LONGEST)


@lru_cache(maxsize=65536)  # the vocabulary of some days of news
def keys_of(word: str, language: Language) -> tuple[str, ...]:
    """The key of a word, then those of what it is made of; nothing for a function word or a single letter."""
    lowered = word.lower()
    if lowered in SILENT or (len(word) == 1 and not word.isdigit()):
        return ()
    if word[0].isdecimal():
        return tuple(filter(None, (_figure(word),)))
    own = [plain(stem(lowered, language))]
    if language is Language.DE:
        participle = _PARTICIPLE.match(lowered)
        own += [plain(stem(participle[1], language))] if participle and word.islower() else []
        own += [plain(stem(part, language)) for part in parts(lowered)]
    return tuple(dict.fromkeys(filter(None, own)))


@lru_cache(maxsize=65536)
def parts(lowered: str) -> tuple[str, ...]:
    """The words that a German compound is made of, the last being what it is; nothing for any other word."""
    if not COMPOUND <= len(lowered) <= LONGEST or not lowered.isalpha():
        return ()
    for cut in range(PART, len(lowered) - HEAD + 1):  # the longest last part first
        head, first = lowered[cut:], _without_link(lowered[:cut])
        if first and _is_head(head):
            return (*(parts(first) or (first,)), head)
    return ()


def plain(text: str) -> str:
    """Lower-case letters without accents, and digits; whatever else there is becomes an underscore."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "_", folded)


def _figure(word: str) -> str:
    """Alike in both languages: 1.400 and 1,400 are one figure, 1,5 and 1.5 as well."""
    return plain(re.sub(r"[.,]", "" if _THOUSANDS.fullmatch(word) else "_", word))


def _without_link(part: str) -> str:
    """The first part of a compound as a word of its own; empty where it is none."""
    for link in LINKS:
        bare = part.removesuffix(link) if link else part
        if bare not in FUNCTION_WORDS and len(bare) >= PART and (_is_word(bare) or parts(bare)):
            return bare
    return ""


def _is_head(part: str) -> bool:
    return FREQUENCIES[Language.DE].get(part, 0.0) >= FREQUENT if len(part) < PART else _is_word(part)


def _is_word(part: str) -> bool:
    return part in FREQUENCIES[Language.DE] and stem(part, Language.DE) in _listed()


@cache
def _listed() -> frozenset[str]:
    """The stems of words that may be parts: the short ones only if they are ordinary."""
    german = FREQUENCIES[Language.DE]
    return frozenset(
        stem(word, Language.DE)
        for word, frequency in german.items()
        if len(word) >= PART and (len(word) > PART + 1 or frequency >= ORDINARY)
    )
