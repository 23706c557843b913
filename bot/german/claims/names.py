"""Names that a sentence has and its sources don't: people, companies, products, versions, CVE ids, places."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import is_listed
from bot.german.claims.mentions import Mention, mentions
from bot.german.claims.nouniness import is_foreign, is_german_word, is_ordinary
from bot.german.claims.passages import TOKEN, all_keys, claim, passages, vocabulary
from bot.german.claims.places import holds
from bot.german.keys import SILENT, plain
from bot.model import Language

_CVE = re.compile(r"\bCVE-\d{4}-\d{3,}\b", re.IGNORECASE)
_VERSION = re.compile(r"(?<![\w.,])(?:[vV]\.?\s?)?(\d+(?:\.\d+)+(?:[a-z]\d*|-\w+)?)(?![\w,]|\.\d)")
_SAID_VERSION = re.compile(r"\b(?:Version|Fassung|Ausgabe|Release)\s+v?(\d+(?:\.\d+)*)\b")
_ENDINGS = ("", "s", "es", "n", "en", "e", "er", "ers", "ern", "isch", "ische", "ischen", "ischer", "isches", "ischem")
_SOUNDS = (("tsch", "ch"), ("sch", "sh"), ("ph", "f"), ("ks", "x"), ("w", "v"), ("y", "i"), ("j", "i"), ("ie", "i"))
_ADJACENT = re.compile(
    r"(?=\b([A-ZÄÖÜ][^\W_]{2,}) ((?:[A-ZÄÖÜ][^\W\d_]+|\d{1,3}\b(?![.,:]\d)))( (?:[A-ZÄÖÜ]|Prozent)|[-%])?)"
)
_FOLLOWED = re.compile(r"(?=\b([A-ZÄÖÜ][^\W_]{2,})(?:[ -]([^\W_]+)|[^\w\s'’]|\s|$))")
PREFIX = 4  # letters of a name that begins a compound without a hyphen: „Helvarionchef“
KNOWN = 3  # letters; what is shorter is compared as it stands
SAME = 0.99


def name_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """Names, versions and ids that none of the sources has, and names put together that they keep apart."""
    held = tuple(cited)
    yield from _numbers(sentence, held)
    found = mentions(sentence)
    unknown = [one for one in found if one.is_name_like and not _is_told(one, held)]
    for one in unknown:
        yield f"nennt „{one.text}“; davon steht in den Quellen nichts"
    if not unknown:
        yield from _places(sentence, held)
        yield from _mixed(sentence, held)


def _numbers(sentence: str, held: tuple[Evidence, ...]) -> Iterator[str]:
    """CVE ids and versions, figure by figure."""
    told = " ".join(f"{one.title} {one.text}" for one in held)
    ids = {found.upper() for found in _CVE.findall(told)}
    for found in _CVE.findall(sentence):
        if found.upper() not in ids:
            yield f"nennt {found}; die Quellen nennen {_listed(ids) or 'keine solche Kennung'}"
    for found in _SAID_VERSION.findall(sentence):
        if not re.search(rf"(?<![\w.,]){re.escape(found)}(?![\w]|[.,]\d)", told):
            yield f"nennt Version {found}; davon steht in den Quellen nichts"


def _listed(found: set[str]) -> str:
    return " und ".join(sorted(found)[:3])


def _is_told(one: Mention, held: tuple[Evidence, ...]) -> bool:
    return any(_tells(one, source) for source in held)


def _tells(one: Mention, source: Evidence) -> bool:
    if re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", f"{source.title}\n{source.text}"):
        return True
    told = _names_of(source)
    lowered = plain(one.text)
    if not _variants(lowered).isdisjoint(told) or lowered in _initials(source):
        return True
    if "@BE/brussel" in one.places and "@EU" in all_keys(source):
        return True
    if one.places:
        return any(holds(place, all_keys(source)) for place in one.places)
    return _begins_compound(lowered, told) or _sound(lowered) in _sounds(source) or _is_part(one, source)


@lru_cache(maxsize=12)
def _names_of(source: Evidence) -> frozenset[str]:
    told = chain(vocabulary(source), (word.lower() for word in TOKEN.findall(source.outlet)))
    return frozenset(chain.from_iterable(_bases(plain(word)) for word in told))


def _bases(word: str) -> tuple[str, ...]:
    """A word of a source as it stands, and without a genitive's s."""
    return (word, word[:-1]) if word.endswith("s") and len(word) > KNOWN + 1 else (word,)


def _variants(lowered: str) -> frozenset[str]:
    """A name without German endings: „Helvarions“, „Rosenheimer“, „Toulouser“ (also „Toulouse“)."""
    found = {lowered.removesuffix(ending) for ending in _ENDINGS if len(lowered) - len(ending) >= KNOWN}
    found |= {f"{lowered[:-2]}en"} if lowered.endswith("er") and len(lowered) > PREFIX + 2 else set()
    found |= {f"{lowered[:-1]}"} if lowered.endswith("er") else set()
    return frozenset(found | {lowered})


def _begins_compound(lowered: str, told: frozenset[str]) -> bool:
    """„Helvarionchef“: a name of the source, then an ordinary word."""
    return any(
        (lowered[:cut] in told and is_ordinary(lowered[cut:].removeprefix("s")))
        or (lowered[:cut] in told and is_ordinary(lowered[cut:]))
        for cut in range(PREFIX, len(lowered) - KNOWN)
    )


def _is_part(one: Mention, source: Evidence) -> bool:
    """„Weltraumagentur“ for a word that the source has as a part of another, with its digits and all."""
    lowered = one.text.lower()
    return (
        len(lowered) > PREFIX
        and source.language is Language.DE
        and any(
            word.startswith(lowered) and is_ordinary(word[len(lowered) :].removeprefix("s"))
            for word in vocabulary(source)
        )
    )


def _sound(lowered: str) -> str:
    for written, spoken in _SOUNDS:
        lowered = lowered.replace(written, spoken)
    return re.sub(r"(.)\1", r"\1", lowered)


@lru_cache(maxsize=12)
def _sounds(source: Evidence) -> frozenset[str]:
    return frozenset(_sound(word) for word in _names_of(source) if len(word) > PREFIX)


@lru_cache(maxsize=12)
def _initials(source: Evidence) -> frozenset[str]:
    """„esa“ where the source writes it out: European Space Agency."""
    found: set[str] = set()
    for passage in passages(source):
        words = [
            word.text for word in passage.words if word.lower not in {"of", "the", "for", "and", "für", "der", "und"}
        ]
        for size in (2, 3, 4, 5):
            for start in range(len(words) - size + 1):
                run = words[start : start + size]
                if all(word[0].isupper() for word in run):
                    found.add("".join(word[0] for word in run).lower())
    return frozenset(found)


def _places(sentence: str, held: tuple[Evidence, ...]) -> Iterator[str]:
    """Nationalities are no nouns, and yet names: „der polnische Hersteller“."""
    told = [all_keys(source) for source in held]
    for word in claim(sentence).words:
        named = [key for key in word.keys if key[0] == "@"]
        if (
            named
            and word.text[0].islower()
            and "/" not in named[0]
            and not re.search(rf"\b{word.text} Zeit\b", sentence)
            and not any(holds(one, keys) for one in named for keys in told)
        ):
            yield f"nennt „{word.text}“; davon steht in den Quellen nichts"


def _mixed(sentence: str, held: tuple[Evidence, ...]) -> Iterator[str]:
    """„Jana Peters“ where the sources have a Jana Petersilie; „Corvid 3“ where they have a Corvid 2."""
    pairs = [_pairs(source) for source in held]
    for one, other, after in _ADJACENT.findall(sentence):
        first, second = plain(one), plain(other)
        told = frozenset().union(*(found.get(first, frozenset()) for found in pairs))
        if one.lower() in SILENT or _is_word(one.lower()) or not told or not _variants(second).isdisjoint(told):
            continue
        if other[0].isdigit() and (after or not all(name[0].isdigit() for name in told)):
            continue
        if other[0].isalpha() and (is_listed(other) or any(name[0].isdigit() for name in told)):
            continue
        yield f"nennt „{one} {other}“; die Quellen nennen „{one} {min(told).capitalize()}“"


def _is_word(lowered: str) -> bool:
    """„Landrat“: what stands before a name in German, and is none."""
    return is_ordinary(lowered) or (is_german_word(lowered) and not is_foreign(lowered))


@lru_cache(maxsize=12)
def _pairs(source: Evidence) -> dict[str, frozenset[str]]:
    """What follows a capitalised word at once, where something capitalised or a number always does."""
    found: dict[str, set[str]] = {}
    for one, other in _FOLLOWED.findall(f"{source.title}\n{source.text}"):
        second = plain(other) if other[:1].isupper() or other[:1].isdigit() else ""
        found.setdefault(plain(one), set()).update(_bases(second) if second else ("",))
    return {first: frozenset(seconds) for first, seconds in found.items() if "" not in seconds}
