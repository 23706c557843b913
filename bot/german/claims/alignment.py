"""Some words of a sentence -> the clauses of its sources that speak of the same, the closest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.german.claims.passages import Match, Part, Passage, Word

LOOKED_AT = 12  # passages whose clauses are compared
EQUAL = 0.9  # as near as the closest


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a source. `share`: what of our words it tells; `told`: what of it the sentence tells. 0 to 1 each."""

    share: float
    told: float
    words: tuple[Word, ...]
    passage: Passage

    @property
    def near(self) -> float:
        """How close it is, seen from both sides."""
        return 2 * self.share * self.told / (self.share + self.told) if self.share else 0.0


def clauses(words: Sequence[Word], said: frozenset[str], found: Sequence[Match]) -> list[Clause]:
    """The clauses of the closest passages that tell anything of it, the nearest first, titles last among equals.

    `said` holds all keys of the sentence that the words are part of.
    """
    total = sum(word.weight for word in words)
    if not total:
        return []
    told = [_clause(words, total, said, one.passage, part) for one in found[:LOOKED_AT] for part in one.passage.clauses]
    return sorted((one for one in told if one.share), key=lambda one: (-one.near, not one.passage.place))


def closest(found: Sequence[Clause], equal: float = EQUAL) -> list[Clause]:
    """Those about as near as the nearest; none of none."""
    return [one for one in found if one.near >= equal * found[0].near] if found else []


def _clause(words: Sequence[Word], total: float, said: frozenset[str], passage: Passage, part: Part) -> Clause:
    share = sum(word.weight for word in words if not word.keys.isdisjoint(part.keys)) / total
    told = sum(word.weight for word in part.words if not word.keys.isdisjoint(said)) if share else 0.0
    return Clause(share, told / part.weight if part.weight else 0.0, part.words, passage)
