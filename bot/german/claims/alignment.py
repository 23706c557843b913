"""Some words of a sentence -> the clauses of its sources that speak of the same, the closest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.german.claims.passages import Match, Passage, Word

LOOKED_AT = 4  # passages whose clauses are compared


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a source. `share`: what of the words it tells; `told`: what of it the sentence tells. 0 to 1 each."""

    share: float
    told: float
    words: tuple[Word, ...]
    match: Match

    @property
    def passage(self) -> Passage:
        """The sentence that the clause is part of."""
        return self.match.passage


def clauses(words: Sequence[Word], said: frozenset[str], found: Sequence[Match]) -> list[Clause]:
    """The clauses of the closest passages; `said` holds all keys of the sentence. Titles count least among equals."""
    total = sum(word.weight for word in words)
    if not total:
        return []
    told = [_clause(words, total, said, match, n) for match in found[:LOOKED_AT] for n in _numbers(match.passage)]
    return sorted(told, key=lambda one: (-one.share, -one.told, not one.passage.place))


def _numbers(passage: Passage) -> list[int]:
    return sorted({word.clause for word in passage.words})


def _clause(words: Sequence[Word], total: float, said: frozenset[str], match: Match, number: int) -> Clause:
    own = match.passage.clause(number)
    keys = frozenset().union(*(word.keys for word in own))
    share = sum(word.weight for word in words if not word.keys.isdisjoint(keys)) / total
    weight = sum(word.weight for word in own)
    told = sum(word.weight for word in own if not word.keys.isdisjoint(said)) / weight if weight else 0.0
    return Clause(share, told, own, match)
