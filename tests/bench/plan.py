"""Digests for very many channels at one moment, from shared summaries to the outbox; on day two all have a history.

Absolute times tell of the machine, too: nothing else should run on it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.bars import Bar
from tests.bench.measure import say

FEW, MANY = 10, 100_000
TEXTS = 1_000  # of a day: 60 sets of topics in three lengths, the longest in two or three parts
ROOT = Path(__file__).parents[2]

Figures = Mapping[str, float]


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars = [*_bars(FEW, _planned(FEW)), *_bars(MANY, _planned(MANY))]
    for bar in bars:
        say(str(bar))
    return all(bar.holds for bar in bars)


def _planned(channels: int) -> Sequence[Figures]:
    """What a newsroom with so many channels measured on each of its days."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.planner", str(Path(folder) / "plan.db"), str(channels)]
        told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if told.returncode:
        raise SystemExit(told.stderr)
    return [json.loads(line) for line in told.stdout.splitlines()]


def _bars(channels: int, days: Sequence[Figures]) -> Iterator[Bar]:
    for day, found in enumerate(days, 1):
        name = f"{channels:,} channels, day {day}"
        told = ("stories", "shown", "digests", "batches", "deliveries", "bodies")
        say(f"{name}: " + ", ".join(f"{found[key]:,.0f} {key}" for key in told) + f"; {found['cpu']:.1f} s CPU")
        yield Bar(f"{name}: model calls beyond stories", found["calls"] + found["later"] - found["shown"], 0)
        yield Bar(f"{name}: channels without a delivery", channels * day - found["settled"], 0)
        yield Bar(f"{name}: different texts", found["bodies"], min(3 * channels, TEXTS) * day)
        yield Bar(f"{name}: all digests composed, s", found["composed"], 3)
        yield Bar(f"{name}: everything in the outbox, s", found["wall"], 15)
        yield Bar(f"{name}: longest stall of the event loop, s", found["stall"], 0.25)
        yield Bar(f"{name}: process, MB", found["megabytes"], 250)


if __name__ == "__main__":
    sys.exit(0 if main() else os.EX_SOFTWARE)
