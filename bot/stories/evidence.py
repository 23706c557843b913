"""Whether two articles tell the same event: what they share, weighed by how rare it is, against what speaks against it.

Names alone tell a company, not an event. Shared figures tell the event; figures that only one has, another kind of
happening and days in between speak against it. The weights were fitted on labelled pairs of two independent sets, each
judged by the fit on the other, and rounded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log2, sqrt

from bot.stories.chances import NAME, UNSURE
from bot.stories.features import Features

Weigh = Callable[[str, float], float]  # a term and its chance -> how much sharing it tells

BASE, SAME_LANGUAGE, TIME = -4.9, -1.5, -1.6
NAMES, NAMES_SHARE, NAMES_MISSING, SUBJECT = 0.23, 1.0, -0.06, 2.1
TITLE_BOTH, TITLE_ONE = 1.6, 1.0
FIGURES, FIGURES_SHARE, FIGURES_MISSING = 0.35, 1.5, -0.1
KINDS, WORDS, COPIED, ID = 2.6, 0.5, 3.0, 2.2
MOST_NAMES, MOST_FIGURES, MOST_MISSING_NAMES, MOST_MISSING_FIGURES = 20.0, 12.0, 20.0, 10.0
COPY = (
    0.6  # of the words and names of the shorter one, if each has names of the other's title: results are written alike
)
VERBATIM, AS_LONG = 0.9, 0.6  # of the words of the shorter one, and of all that either has: more than a teaser of it
LEAST_WORDS = 12
LIMIT = 6.0
HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An article's features with the weights of all its names and of all its figures, to compare shares by.

    `proper` are the weights of what is surely a name, each.
    """

    features: Features
    german: bool
    names: float
    figures: float
    proper: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for one event, within ±LIMIT, and what is shared.

    `copied`: most words of the shorter one are in the other; `verbatim`: nearly all are, and there is little else.
    """

    score: float
    names: dict[str, float]
    figures: dict[str, float]
    copied: bool = False
    verbatim: bool = False


def weighed(features: Features, weigh: Weigh, *, german: bool) -> Weighed:
    """Weigh an article's features once, for all comparisons."""
    names = {key: weigh(key, chance) for key, chance in features.names.items() if chance <= UNSURE}
    figures = sum(weigh(key, chance) for key, chance in features.figures.items())
    proper = {key: weight for key, weight in names.items() if features.names[key] <= NAME}
    return Weighed(features, german, sum(names.values()), figures, proper)


def compare(new: Weighed, old: Weighed, apart: timedelta, weigh: Weigh) -> Evidence:
    """Weigh what two articles share that were published so long apart."""
    a, b = new.features, old.features
    if contradict(a, b):
        return Evidence(-LIMIT, {}, {})
    names = {key: weight for key, weight in _shared(a.names, b.names, weigh, UNSURE).items() if weight}
    figures = _shared(a.figures, b.figures, weigh, 1.0)
    same_language = new.german == old.german
    words = _share(a.words, b.words) if same_language else 0.0
    titles = _mentioned(a, b), _mentioned(b, a)
    all_words = a.words.union(a.names), b.words.union(b.names)
    copied = same_language and all(titles) and _share(*all_words) >= COPY
    score = (
        BASE
        + SAME_LANGUAGE * same_language
        + _names(sum(names.values()), min(new.names, old.names))
        + NAMES_MISSING * min(_missing(new, b), _missing(old, a), MOST_MISSING_NAMES)
        + _titles(*titles)
        + _figures(sum(figures.values()), min(new.figures, old.figures))
        + SUBJECT * _cosine(a.subject, b.subject)
        + KINDS * _cosine(a.kinds, b.kinds)
        + ID * bool(a.ids & b.ids)
        + WORDS * words
        + COPIED * copied
        + TIME * log2(1 + apart / HALF_DAY)
    )
    return Evidence(max(-LIMIT, min(LIMIT, score)), names, figures, copied, copied and _verbatim(*all_words))


def contradict(a: Features, b: Features) -> bool:
    """Whether they are about different CVE ids, or about different numbers of one name („Fold 3“, „Fold 4“)."""
    if a.ids and b.ids and not a.ids & b.ids:
        return True
    return any(not numbers & b.products[name] for name, numbers in a.products.items() if name in b.products)


def _shared(a: Mapping[str, float], b: Mapping[str, float], weigh: Weigh, most: float) -> dict[str, float]:
    chances = ((key, min(a[key], b[key])) for key in a.keys() & b.keys())
    return {key: weigh(key, chance) for key, chance in chances if chance <= most}


def _names(shared: float, total: float) -> float:
    return NAMES * min(shared, MOST_NAMES) + NAMES_SHARE * min(1.0, shared / max(total, 1.0))


def _missing(one: Weighed, other: Features) -> float:
    """What is told by the names that the other does not mention."""
    return sum(map(one.proper.__getitem__, one.proper.keys() - other.names.keys() - other.words))


def _titles(one: float, other: float) -> float:
    return TITLE_BOTH * min(one, other) + TITLE_ONE * max(one, other)


def _mentioned(a: Features, b: Features) -> float:
    """The share of the names in one's title that the other mentions at all; a half where there is no name."""
    return sum(map(b.mentions, a.title)) / len(a.title) if a.title else 0.5


def _figures(shared: float, total: float) -> float:
    """Few figures prove little either way, so the share counts for less of them."""
    missing = min(max(total - shared, 0.0), MOST_MISSING_FIGURES)
    return FIGURES * min(shared, MOST_FIGURES) + FIGURES_SHARE * shared / (total + 1.5) + FIGURES_MISSING * missing


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    """Of the shorter one; of too few words it tells nothing."""
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer >= LEAST_WORDS else 0.0


def _verbatim(a: frozenset[str], b: frozenset[str]) -> bool:
    return _share(a, b) >= VERBATIM and len(a & b) >= AS_LONG * len(a | b)


def _cosine(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    shared = sum(a[key] * b[key] for key in a.keys() & b.keys())
    return shared / sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values())) if shared else 0.0
