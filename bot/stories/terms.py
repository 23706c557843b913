"""The words of a text as keys that carry across inflection and languages, with how often a text has each by chance.

A key is the folded beginning of a word: „Satelliten“ and `satellites` share theirs, as do Sørvik, Soervik and Sorvik. A name
is hardly ever there by chance, an ordinary word often; which of them a word is, its spelling tells.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from bot.model import Language
from bot.stories.common import COMMON, STOP
from bot.stories.happenings import kind_of

LETTERS = 7  # of a key; long enough for names, short enough to drop inflections
TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)?|[.!?:…»«„“”\"‚‘\n]")
ENDS = frozenset('.!?:…»«„“”"‚‘\n')  # after them, a capital in English says nothing
LETTER = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ø": "o", "æ": "a", "œ": "o", "å": "a", "ł": "l", "đ": "d"}
)
UMLAUT, HARD = re.compile(r"(?<=[aou])e(?=[a-z])"), re.compile(r"ck|c(?!h)")
NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tät|ismus|chefin|gerät|werk|markt|preis|zahl|zahlen|dienst|unternehmen|konzern|leiter|"
    r"lücke|stelle|gesetz|gericht|behörde|e[rnms]?)$"
)

# How often a text has such a word by chance: estimated over a few hundred texts, and rounded.
CODE, NAME, UNSURE, CAPITAL, LONG, WORD, EVERYDAY = 0.0006, 0.001, 0.002, 0.004, 0.006, 0.012, 0.08
IN_TITLE = 3  # how many mentions in the text one in the title is worth


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an article: their chances, how often they are there, how names are spelt, all words in lower case.

    `headline` are the terms of the title.
    """

    chances: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    spelt: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    headline: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Word:
    """What a token is, wherever it stands. Without a key it says nothing of its own."""

    key: str
    lower: str
    chance: float
    capital: bool


def fold(word: str) -> str:
    """The key of a word."""
    folded = word.lower().translate(LETTER)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return HARD.sub("k", UMLAUT.sub("", folded).replace("ph", "f"))[:LETTERS]


EVERY = frozenset(fold(word) for word in COMMON.split())


def terms(title: str, text: str, language: Language) -> Terms:
    """Every term of an article; those of the title count more."""
    found = Terms()
    _read(title, language, found, IN_TITLE, capitals=not (language is Language.EN and _title_case(title)))
    found.headline.update(found.chances)
    _read(text, language, found, 1)
    return found


def _read(text: str, language: Language, found: Terms, worth: int, *, capitals: bool = True) -> None:
    start, name = True, ""  # `name`: the one just before, for „Fold 3“ and for first and last names
    for token in TOKEN.findall(text):
        if token in ENDS:
            start, name = True, ""
            continue
        word = _analyse(token, language)
        found.words.append(word.lower)
        if name and token[0].isdigit() and len(token) < 7:
            _add(found, f"{name} {token}", CODE, worth, f"{found.spelt.get(name, name)} {token}")
        chance = word.chance
        if word.capital and chance == UNSURE:
            chance = _by_place(language, start, name, capitals)
        if word.key:
            _add(found, word.key, chance, worth, token if word.capital else "")
        name = word.key if word.capital and chance <= CAPITAL else ""
        start = False


def _add(found: Terms, key: str, chance: float, worth: int, spelling: str) -> None:
    found.chances[key] = min(chance, found.chances.get(key, 1.0))
    found.counts[key] += worth
    if spelling and chance <= CAPITAL:
        found.spelt.setdefault(key, re.sub("['’]s?$", "", spelling))


def _by_place(language: Language, start: bool, name: str, capitals: bool) -> float:
    """The chance of an unknown capitalised word: every German noun has a capital, every English sentence begins with one."""
    if language is Language.DE:
        return NAME if name else UNSURE
    if not capitals:
        return LONG
    return CAPITAL if start else NAME


@lru_cache(maxsize=65536)
def _analyse(token: str, language: Language) -> _Word:
    word = re.split("['’]", token)[0]
    lower = word.lower()
    if lower in STOP[language] or len(word) < 2 or word[0].isdigit() and not any(map(str.isalpha, word)):
        return _Word("", lower, 1.0, capital=False)
    key = fold(word[:-1] if len(word) > 4 and lower.endswith("s") and not lower.endswith("ss") else word)
    return _Word(key, lower, _by_spelling(word, key, language), capital=not word.islower())


def _by_spelling(word: str, key: str, language: Language) -> float:
    if any(map(str.isdigit, word)):
        return CODE
    if key in EVERY or kind_of(word.lower()) is not None:
        return EVERYDAY
    if word.islower():
        return LONG if len(word) >= 8 else WORD
    if not word.isupper() and not word[1:].islower():
        return NAME
    noun = language is Language.DE and (len(word) > 12 or NOUN.search(word) is not None)
    return CAPITAL if noun else UNSURE


def _title_case(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
