"""Which of several figures or dates of a source a sentence is about, told by the words that stand around each of them.

A figure may be in the source, and yet not for what the sentence says: „Die Nasa zahlte 214 Millionen“, which was the
whole mission, of which Nasa paid 86.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.german.claims.amounts import Amount
from bot.german.claims.clocks import Clock
from bot.german.claims.moments import Moment
from bot.german.claims.passages import TOKEN, Passage, Word
from bot.german.claims.sources import Placed, clause_of

T = TypeVar("T", Amount, Moment, Clock)
SENTENCE, BEFORE, TITLE = (
    0.6,
    0.25,
    0.3,
)  # how near a word is to a figure: in its sentence, in the one before, in the title
LEAST = 1.5  # weight of the words that must speak for anything at all
MORE, APART = 1.45, 0.6  # how much more must speak for another: as a share, and in weight


def words_about(told: Passage, start: int, end: int, others: Iterable[tuple[int, int]]) -> list[Word]:
    """The words of a sentence that say what the figure at these characters is about: those of its clause, or all."""
    apart = [(start, end), *others]
    spans = _spans(told.text)
    free = [
        word
        for word, (first, last) in zip(told.words, spans, strict=False)
        if word.weight and not any(first < stop and begin < last for begin, stop in apart)
    ]
    clause = clause_of(told, start)
    near = [word for word in free if word.clause == clause]
    return near if sum(word.weight for word in near) >= LEAST else free


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in TOKEN.finditer(text) if match[0][0].isalnum() and len(match[0]) <= 60]  # noqa: PLR2004


def nearness(words: Sequence[Word], placed: Placed[T]) -> float:
    """How much of what the sentence says stands around a figure of a source."""
    return sum(word.weight * _nearness(word, placed) for word in words)


def _nearness(word: Word, placed: Placed[T]) -> float:
    if not word.keys.isdisjoint(placed.clause):
        return 1.0
    if not word.keys.isdisjoint(placed.passage.keys):
        return SENTENCE
    if not word.keys.isdisjoint(placed.title.keys):
        return TITLE
    return BEFORE if placed.before and not word.keys.isdisjoint(placed.before.keys) else 0.0


def rival(words: Sequence[Word], carrying: Sequence[Placed[T]], others: Sequence[Placed[T]]) -> Placed[T] | None:
    """The figure of a source that the sentence is about, where that is clearly none of those that would carry it."""
    if not others or not carrying or not words:
        return None
    best = max(nearness(words, one) for one in carrying)
    other = max(others, key=lambda one: nearness(words, one))
    most = nearness(words, other)
    return other if most >= LEAST and most >= best * MORE and most - best >= APART else None
