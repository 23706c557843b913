"""A word -> keys it shares with its inflections, its compounds and its counterparts in the other language."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from bot.german.claims.nouns import NOUNS
from bot.german.claims.qualities import QUALITIES
from bot.german.claims.verbs import VERBS
from bot.german.concepts import alike
from bot.german.keys import keys_of, parts, plain
from bot.model import Language

COGNATE = 6  # letters from which words are one in both languages: „Kommission“, „commission“
SHORT = 4  # letters of a word that is the same in both languages as a whole: „Chip“
PARTICLES = (
    "ab an auf aus bei bereit durch ein fest frei fort her hin hoch los mit nach teil um vor weg weiter zu zurück statt"
    " zusammen"
)
_INNER = re.compile(rf"(?P<particle>{'|'.join(map(plain, PARTICLES.split()))}|offen)(?:ge|zu)(?P<rest>\w{{3,}})")
_PARTICIPLE = re.compile(r"ge(\w{3,}(?:t|n|te|ten|ter|tes|tem|ne|nen|ner|nes))$")
_ENDINGS = re.compile(
    r"(?:(?:lich|isch)(?:e[nrsm]?)?|ungen|ung|enden|ende|innen|in|tes|ter|ten|tem|te|est|et|es|er|en|em|st|t|e|n|s)$"
)
_ROOT = 4  # letters that must be left of a root
_SOUNDS = str.maketrans({"k": "c", "z": "c"})
_TWICE = re.compile(r"(.)\1")


@lru_cache(maxsize=8192)
def meanings(word: str, language: Language) -> frozenset[str]:
    """All keys of a word: stems, „=root“, „#meaning“ and „~cognate“; nothing for a function word."""
    stems = keys_of(word, language)
    if not stems:
        return _spelled(language).get(word.lower(), frozenset())
    if word[0].isdigit():
        return frozenset(stems)
    own = {*stems, *roots(word, language)}
    table = _table(language)
    told = frozenset().union(*(table.get(key, frozenset()) for key in own))
    return frozenset(own | told | set(_cognates(word, language)) | (alike(word) if language is Language.DE else set()))


def is_listed(word: str) -> bool:
    """Whether this German word, or one that it ends with, is an ordinary word of the news."""
    table = _table(Language.DE)
    return any(key in table for key in (*keys_of(word, Language.DE), *roots(word, Language.DE)))


def is_listed_whole(word: str) -> bool:
    """Whether this German word itself is on the lists, not only one that it is made of."""
    table = _table(Language.DE)
    return any(key in table for key in spelled(word, Language.DE)[:2])


def roots(word: str, language: Language) -> Iterator[str]:
    """„ankündigen“, „angekündigt“ and „Ankündigung“ have one root."""
    if language is Language.EN:
        return
    lowered = plain(word)
    inner = _INNER.match(lowered)
    if inner:
        yield f"={_bare(inner['particle'] + inner['rest'])}"
    participle = _PARTICIPLE.match(lowered)
    if participle:
        yield f"={_bare(participle[1])}"
    yield f"={_bare(lowered)}"
    for part in parts(word.lower())[-1:]:
        yield f"={_bare(plain(part))}"


def _bare(lowered: str) -> str:
    bare = _ENDINGS.sub("", lowered)
    return bare if len(bare) >= _ROOT else lowered


def _cognates(word: str, language: Language) -> Iterator[str]:
    lowered = word.lower()
    for one in (lowered, *(parts(lowered) if language is Language.DE else ())):
        skeleton = _TWICE.sub(r"\1", plain(one).translate(_SOUNDS))
        if len(skeleton) >= COGNATE:
            yield f"~{skeleton[:COGNATE]}"
        elif len(skeleton) >= SHORT:
            yield f"~{skeleton}"


@cache
def _spelled(language: Language) -> Mapping[str, frozenset[str]]:
    """Words of the lists that are too common to be searched for: „gibt“, „keep“."""
    return {
        word.lower(): frozenset({f"+{word.lower()}", *numbers})
        for word, numbers in _listed(language).items()
        if not keys_of(word, language)
    }


@cache
def _listed(language: Language) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for n, line in enumerate(f"{VERBS}\n{NOUNS}\n{QUALITIES}".splitlines()):
        german, bar, english = line.partition("|")
        for word in (german if language is Language.DE else english).split() if bar else ():
            found.setdefault(word, set()).add(f"#{n}")
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _table(language: Language) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for word, numbers in _listed(language).items():
        for key in spelled(word, language):
            found[key] = found.get(key, frozenset()) | numbers
    return found


def spelled(word: str, language: Language) -> tuple[str, ...]:
    """The keys by which a word of a list is found again in a text: its stem and root, or itself if very common."""
    stems = keys_of(word, language)
    return (*stems[:1], *roots(word, language)) if stems else (f"+{word.lower()}",)
