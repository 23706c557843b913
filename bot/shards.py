"""SHARD_IDS and SHARD_COUNT -> which part of a chat's servers is this process's. Pure."""

import re
from dataclasses import dataclass

from bot.errors import SetupError

RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
MOST = 16_384  # shards; a bot in forty million servers would have as many
EXAMPLE = "Ein Beispiel: SHARD_IDS=0-3 und SHARD_COUNT=8."


@dataclass(frozen=True, slots=True)
class Shards:
    """These of so many shards; ids ascend."""

    ids: tuple[int, ...]
    count: int

    def __str__(self) -> str:
        """„0-3/8“, the same for the same shards however they were written."""
        starts = [n for n in self.ids if n - 1 not in self.ids]
        ends = [n for n in self.ids if n + 1 not in self.ids]
        runs = (f"{first}-{last}" if first != last else f"{first}" for first, last in zip(starts, ends, strict=True))
        return f"{','.join(runs)}/{self.count}"


def shards(ids: str, count: int | None) -> Shards | None:
    """The shards that these settings name; None where they name none, and Discord is to say how many there should be.

    Raises `SetupError`.
    """
    if count is None and not ids.strip():
        return None
    if count is None:
        raise SetupError(f"SHARD_IDS: Dazu gehört SHARD_COUNT, die Zahl aller Shards. {EXAMPLE}")
    if not ids.strip():
        return Shards(tuple(range(count)), count)
    found = {n for part in ids.split(",") for n in _run(part.strip(), count)}
    return Shards(tuple(sorted(found)), count)


def _run(part: str, count: int) -> range:
    told = RANGE.fullmatch(part)
    first, last = (int(told[1]), int(told[2] or told[1])) if told else (1, 0)
    if first > last:
        raise SetupError(f"SHARD_IDS: „{part}“ ist keine Zahl und kein Bereich. {EXAMPLE}")
    if last >= count:
        raise SetupError(
            f"SHARD_IDS: Den Shard {last} gibt es bei SHARD_COUNT={count} nicht; möglich sind 0 bis {count - 1}."
        )
    return range(first, last + 1)
