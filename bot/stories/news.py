"""Whether an article brings something new to a story that was told before."""

from collections.abc import Sequence
from datetime import timedelta

from bot.stories.chances import UNSURE
from bot.stories.index import Entry

LATER = timedelta(hours=6)  # before that, it is still the first telling
NEW_FACTS = 3  # names or figures that nobody told before
RARE = 0.02  # chance of a figure at most; anybody has a 3


def brings_news(entry: Entry, told: Sequence[Entry]) -> bool:
    """Whether it comes hours after the story's first article, with names and figures that none of them has."""
    if not told or entry.published - min(one.published for one in told) < LATER:
        return False
    new = _facts(entry).difference(*(_all(one) for one in told))
    return len(new) >= NEW_FACTS


def _facts(entry: Entry) -> set[str]:
    features = entry.weighed.features
    names = {key for key, chance in features.names.items() if chance <= UNSURE}
    return names | {key for key, chance in features.figures.items() if chance <= RARE}


def _all(entry: Entry) -> set[str]:
    return {*entry.weighed.features.names, *entry.weighed.features.figures, *entry.weighed.features.words}
