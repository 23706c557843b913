"""The articles of the last days, found by what they share; what is older falls out, so that a look-up stays flat."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from itertools import chain
from math import log
from typing import TypeVar

from bot.stories.evidence import Weighed
from bot.stories.features import Features

K = TypeVar("K", str, int)

IMAGINED = 2000  # articles we pretend to have read before, so that a young window knows what is rare
LITTLE = 2.0  # weight that tells nothing
TOO_COMMON = 300  # articles; a term in more of them finds nobody
SEARCHED = 12  # terms, the rarest; what shares none of them is another event
CANDIDATES = 16
RARE = 0.02  # figures with a greater chance find nobody


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the window."""

    article: int
    story: int
    published: datetime
    title: str
    outlet: str
    weighed: Weighed


class Index:
    """An inverted index over the window. Leaves to others what a find means."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}  # by number, oldest first
        self._next = 0
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        self._addresses: dict[str, int] = {}
        self._stories: defaultdict[int, list[int]] = defaultdict(list)
        self._weights: dict[tuple[str, float], float] = {}  # until an article comes or goes

    def __len__(self) -> int:
        return len(self._entries)

    def weigh(self, key: str, chance: float) -> float:
        """How much it tells that two articles share this term."""
        found = self._weights.get((key, chance))
        if found is None:
            told = len(self._postings.get(key, ()))
            found = max(0.0, log((IMAGINED + len(self._entries)) / (IMAGINED * chance + told)) - LITTLE)
            self._weights[key, chance] = found
        return found

    def add(self, entry: Entry) -> None:
        """Keep an article."""
        self._weights.clear()
        number, self._next = self._next, self._next + 1
        self._entries[number] = entry
        for key in _keys(entry):
            self._postings[key].append(number)
        if entry.weighed.features.address:  # to have none is no address
            self._addresses[entry.weighed.features.address] = number
        self._stories[entry.story].append(number)

    def expire(self, before: datetime) -> None:
        """Forget what was published before this moment, as far as it was kept in that order."""
        while self._entries:
            number, entry = next(iter(self._entries.items()))
            if entry.published >= before:
                return
            self._forget(number, entry)

    def at(self, address: str) -> Entry | None:
        """The article at this canonical address."""
        number = self._addresses.get(address)
        return None if number is None else self._entries[number]

    def story(self, story: int) -> list[Entry]:
        """The articles of a story that are in the window, oldest first."""
        return [self._entries[number] for number in self._stories.get(story, ())]

    def alike(self, new: Weighed) -> list[Entry]:
        """The articles that share most with this one, best first."""
        rare = [(self.weigh(key, chance), key) for key, chance in _searched(new.features) if self._is_rare(key)]
        shared: defaultdict[int, float] = defaultdict(float)
        for weight, key in nlargest(SEARCHED, rare):
            for number in self._postings[key]:
                shared[number] += weight
        return [self._entries[number] for number in nlargest(CANDIDATES, shared, key=shared.__getitem__)]

    def _is_rare(self, key: str) -> bool:
        return 0 < len(self._postings.get(key, ())) <= TOO_COMMON

    def _forget(self, number: int, entry: Entry) -> None:
        self._weights.clear()
        del self._entries[number]
        for key in _keys(entry):
            _drop(self._postings, key, number)
        _drop(self._stories, entry.story, number)
        if self._addresses.get(entry.weighed.features.address) == number:
            del self._addresses[entry.weighed.features.address]


def _searched(features: Features) -> Iterator[tuple[str, float]]:
    """The terms that are not there by chance in every other article."""
    both = chain(features.names.items(), features.figures.items())
    return ((key, chance) for key, chance in both if chance <= RARE)


def _keys(entry: Entry) -> chain[str]:
    return chain(entry.weighed.features.names, entry.weighed.features.figures)


def _drop(postings: dict[K, list[int]], key: K, number: int) -> None:
    numbers = postings[key]
    numbers.remove(number)
    if not numbers:
        del postings[key]
