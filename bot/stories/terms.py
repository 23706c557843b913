"""A text -> its words as keys that carry across inflection and languages, with how often a text has each by chance."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from bot.model import Language
from bot.stories.chances import CAPITAL, CODE, LONG, NAME, UNSURE, by_spelling
from bot.stories.common import STOP
from bot.stories.keys import key_of

TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)?|[.!?:…»«„“”\"‚‘\n]")
ENDS = frozenset('.!?:…»«„“”"‚‘\n')  # after them, a capital in English says nothing
IN_TITLE = 3  # how many mentions in the text one in the title is worth
MODEL_NUMBER = 6  # characters at most
MANY_CAPITALS = 0.7  # of the longer words of a title, at least three: "Every Word Has One"
LEAST_TITLE = 3
LONGER = 4  # letters


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
        if name and token[0].isdigit() and len(token) <= MODEL_NUMBER:
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
    """The chance of what may be a name: German nouns have a capital, too, and so have all first words in English."""
    if language is Language.DE:
        return NAME if name else UNSURE
    if not capitals:
        return LONG
    return CAPITAL if start else NAME


@lru_cache(maxsize=65536)
def _analyse(token: str, language: Language) -> _Word:
    word = re.split("['’]", token)[0]
    lower = word.lower()
    if lower in STOP[language] or len(word) == 1 or _is_number(word):
        return _Word("", lower, 1.0, capital=False)
    key = key_of(word)
    return _Word(key, lower, by_spelling(word, key, language), capital=not word.islower())


def _is_number(word: str) -> bool:
    return word[0].isdigit() and not any(map(str.isalpha, word))


def _title_case(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) >= LONGER and word[0].isalpha()]
    return len(words) >= LEAST_TITLE and sum(word[0].isupper() for word in words) > MANY_CAPITALS * len(words)
