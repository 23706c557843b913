"""What the checks read of a source: its figures, dates and times, each where it stands."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from bot.german.claims.amounts import Amount, amounts
from bot.german.claims.clocks import Clock, clocks
from bot.german.claims.evidence import Evidence
from bot.german.claims.moments import Moment, moments
from bot.german.claims.passages import TOKEN, Passage, claim, passages
from bot.model import Language

BERLIN = ZoneInfo("Europe/Berlin")
T = TypeVar("T", Amount, Moment, Clock)


class Placed(NamedTuple, Generic[T]):
    """A figure or date of a source, the passage where it stands, and the keys of its clause."""

    told: T
    passage: Passage
    clause: frozenset[str]
    before: Passage | None  # the passage before it, which may say what it is about
    title: Passage


@lru_cache(maxsize=12)
def text_of(source: Evidence) -> str:
    """Title and text; the title is a sentence of its own."""
    return f"{source.title}\n\n{source.text}" if source.title else source.text


@lru_cache(maxsize=12)
def when_of(source: Evidence) -> date:
    """The day on which it was published: a German outlet's „heute“ is the day in Germany, in UTC maybe another."""
    if source.language is Language.DE and source.published.tzinfo is not None:
        return source.published.astimezone(BERLIN).date()
    return source.published.date()


@lru_cache(maxsize=12)
def amounts_of(source: Evidence) -> tuple[Placed[Amount], ...]:
    """Every figure of a source, in order."""
    return tuple(
        placed
        for n, one in enumerate(passages(source))
        for placed in _placed(source, n, amounts(one.text, source.language))
    )


@lru_cache(maxsize=12)
def moments_of(source: Evidence) -> tuple[Placed[Moment], ...]:
    """Every date of a source, in order, as it is meant on the day of its publication."""
    today = when_of(source)
    return tuple(
        placed
        for n, one in enumerate(passages(source))
        for placed in _placed(source, n, moments(one.text, source.language, today))
    )


@lru_cache(maxsize=12)
def clocks_of(source: Evidence) -> tuple[Clock, ...]:
    """Every time of day of a source."""
    return tuple(clock for one in passages(source) for clock in clocks(one.text, source.language))


def _placed(source: Evidence, n: int, told: Sequence[T]) -> list[Placed[T]]:
    every = passages(source)
    passage = every[n]
    before = every[n - 1] if n > 1 else None
    clauses = [clause_of(passage, one.start) for one in told]
    keys = [
        frozenset(key for word in passage.words if word.clause == clause for key in word.keys) for clause in clauses
    ]
    return [Placed(one, passage, around, before, every[0]) for one, around in zip(told, keys, strict=True)]


def clause_of(passage: Passage, position: int) -> int:
    """The number of the clause that holds this character."""
    number = sum(token[0].isalnum() for token in TOKEN.findall(passage.text[:position]))
    return passage.words[min(number, len(passage.words) - 1)].clause if passage.words else 0


def read(sentence: str) -> Passage:
    """A German sentence that is to be checked."""
    return claim(sentence)
