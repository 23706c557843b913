"""What `Subscription.topics` say: topics, words of one's own, and what is to be left out.

As entries they are texts: `ki` a topic by its key, `„Quantencomputer“` an own word, `-gaming` and `-„Elon Musk“` the
same to be left out. The quotes are German ones: no key has them, and JSON needs no backslashes for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

OPEN, CLOSE, NOT = "„", "“", "-"


@dataclass(frozen=True, slots=True)
class Interests:
    """The topics (by key) and own words that are wanted, none of either meaning everything; and what is left out."""

    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without_topics: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether everything is wanted that is not left out."""
        return not self.topics and not self.words

    @property
    def entries(self) -> tuple[str, ...]:
        """As `Subscription.topics` keeps them."""
        left_out = (*self.without_topics, *map(own, self.without_words))
        return (*self.topics, *map(own, self.words), *(NOT + entry for entry in left_out))


def own(word: str) -> str:
    """The entry of an own word."""
    return f"{OPEN}{word}{CLOSE}"


def word_of(entry: str) -> str | None:
    """The own word that an entry stands for; None for a topic's key."""
    return entry[1:-1] if entry.startswith(OPEN) and entry.endswith(CLOSE) else None


@lru_cache(maxsize=10_000)
def interests_of(entries: tuple[str, ...]) -> Interests:
    """What the entries of a subscription say; the inverse of `Interests.entries`."""
    wanted = [entry for entry in entries if not entry.startswith(NOT)]
    left_out = [entry.removeprefix(NOT) for entry in entries if entry.startswith(NOT)]
    return Interests(_keys(wanted), _words(wanted), _keys(left_out), _words(left_out))


def _keys(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(entry for entry in entries if word_of(entry) is None)


def _words(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in map(word_of, entries) if word is not None)
