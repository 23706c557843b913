"""The terms of a sentence and how much two sentences have in common."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

from bot.german.language import FUNCTION_WORDS
from bot.german.stems import stem
from bot.model import Language

Terms = frozenset[str]

_WORD = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]+(?:[-.]?\w+)*")
FIGURE_WEIGHT = 2.0  # a figure tells more than a word about whether two sentences say the same


@lru_cache(maxsize=20_000)
def _term(word: str) -> str:
    lowered = word.lower()
    return "" if lowered in FUNCTION_WORDS else stem(lowered, Language.DE)


def terms(text: str) -> frozenset[str]:
    """The stems and figures of a text, without function words."""
    return frozenset(filter(None, map(_term, _WORD.findall(text))))


def figures(of: Terms) -> frozenset[str]:
    """The terms that begin with a figure."""
    return frozenset(term for term in of if term[0].isdigit())


def weights(texts: Sequence[Terms]) -> dict[str, float]:
    """How much each term tells: the more, the fewer of these texts have it."""
    having = Counter(term for text in texts for term in text)
    return {
        term: log(1 + len(texts) / count) * (FIGURE_WEIGHT if term[0].isdigit() else 1.0)
        for term, count in having.items()
    }


def contained(part: Terms, whole: Terms, weight: Mapping[str, float]) -> float:
    """The share of a text's terms, by weight, that another has as well; 0 for a text without terms."""
    total = sum(weight[term] for term in part)
    return sum(weight[term] for term in part & whole) / total if total else 0.0
