"""A word -> how often a text has it by chance: what two texts share by chance tells nothing about their event.

A name is hardly ever there by chance, an ordinary word often. Which of them a word is, its capital tells in English,
where only names have one within a sentence. Every German noun has one; but a name is about as frequent in English as in
German, and a noun is not. A word that no list of ordinary words holds is as good as a name.
"""

from bot.german.frequencies import FREQUENCIES
from bot.model import Language
from bot.stories.common import COMMON
from bot.stories.happenings import kind_of
from bot.stories.keys import fold

# How often a text has such a word by chance: estimated over a few hundred texts, and rounded.
CODE, NAME, UNSURE, CAPITAL, LONG, WORD, EVERYDAY = 0.0006, 0.001, 0.002, 0.004, 0.006, 0.012, 0.08
LONG_LETTERS = 8
WORDS_OF_TEXT = 150  # different ones, in a news article
NOUN_RATIO = 30.0  # how much more frequent a German noun is in German than in English, at least
UNLISTED = 3e-7  # frequency of a word that the lists leave out; they end at one in a million words

EVERY = frozenset(fold(word) for word in COMMON.split())


def by_spelling(word: str, key: str, language: Language) -> float:
    """The chance of a word by how it is spelt; `UNSURE` for one that may be a name."""
    lower = word.lower()
    if any(map(str.isdigit, word)):
        return CODE
    if key in EVERY or kind_of(lower) is not None:
        return EVERYDAY
    if word.islower():
        return max(LONG if len(word) >= LONG_LETTERS else WORD, _expected(lower, language))
    if not word.isupper() and not word[1:].islower():
        return NAME
    return max(CAPITAL, _expected(lower, language)) if language is Language.DE and _is_noun(lower) else UNSURE


def _expected(lower: str, language: Language) -> float:
    return min(EVERYDAY, WORDS_OF_TEXT * FREQUENCIES[language].get(lower, 0.0))


def _is_noun(lower: str) -> bool:
    """Whether a German word with a capital is a noun rather than a name."""
    german = FREQUENCIES[Language.DE].get(lower, 0.0)
    return german > NOUN_RATIO * FREQUENCIES[Language.EN].get(lower, UNLISTED)
