"""Collections against a hand-made loop and against `reader`: CPU of the process tree, start-up taken off.

The contestants take turns, each on its own database; ratios are those within a turn, so that a machine that is busy for
a while does not count, and of several the median. Absolute times tell of the machine, ratios of the program.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.bars import Bar
from tests.bench.measure import say

FEEDS, MANY, ORIGINS = 1_000, 10_000, 200
FEW = 200  # feeds that `reader` gets: it costs the same for each, and a minute for a thousand
TURNS = 3
IN_FLIGHT, LATENCY = 50, 0.1
TIMEOUT = 15.0  # seconds: the patience of one request
ROOT = Path(__file__).parents[2]

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class World:
    """The stand-in server, seen from outside."""

    ports: Sequence[int]

    def addresses(self, count: int) -> list[str]:
        return [f"http://127.0.0.1:{self.ports[number % len(self.ports)]}/{number}.xml" for number in range(count)]

    def set(self, behaviour: str = "latency=0") -> None:
        self._ask(f"set?{behaviour}")

    def counters(self) -> dict[str, int]:
        counters: dict[str, int] = json.loads(self._ask("counters"))
        return counters

    def _ask(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[0]}/{path}") as answer:
            body: bytes = answer.read()
        return body


@contextmanager
def serving(feeds: int) -> Iterator[World]:
    """A server of so many feeds, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.server", str(feeds), str(ORIGINS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as server:
        assert server.stdout is not None
        yield World(json.loads(server.stdout.readline()))
        server.communicate()


@dataclass(frozen=True, slots=True)
class Contestant:
    """One who collects, with a database of its own."""

    name: str
    database: Path
    addresses: Sequence[str]

    def run(self) -> Figures:
        """One round; CPU in milliseconds a feed."""
        command = [sys.executable, "-m", f"tests.bench.{self.name}", str(self.database)]
        told = subprocess.run(
            command, input="\n".join(self.addresses), capture_output=True, text=True, cwd=ROOT, check=False
        )
        if told.returncode:
            raise SystemExit(told.stderr)
        figures: dict[str, float] = json.loads(told.stdout)
        return figures | {"cpu": figures["cpu"] * 1000 / len(self.addresses)}


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars: list[Bar] = []
    with tempfile.TemporaryDirectory() as folder, serving(MANY) as world:
        for bar in (*_against_others(world, Path(folder)), *_alone(world, Path(folder))):
            say(str(bar))
            bars.append(bar)
    return all(bar.holds for bar in bars)


def _against_others(world: World, folder: Path) -> Iterator[Bar]:
    names = ["yardstick", "ours", *(["peer"] if find_spec("reader") else [])]
    turns = [_turn(world, folder / str(turn), names) for turn in range(TURNS)]
    for kind, loop_bar, reader_bar in (("first", 3.5, 1 / 8), ("304", 4.0, 1 / 4), ("same", None, None)):
        cpu = {name: statistics.median(turn[kind, name]["cpu"] for turn in turns) for name in names}
        say(f"{kind}: CPU ms a feed: " + ", ".join(f"{name} {used:.2f}" for name, used in cpu.items()))
        if loop_bar:
            yield Bar(f"{kind} round: CPU to the hand-made loop", _ratio(turns, kind, "yardstick"), loop_bar)
        if reader_bar and "peer" in cpu:
            yield Bar(f"{kind} round: CPU to reader", _ratio(turns, kind, "peer"), reader_bar)
    ours = [turn[kind, "ours"] for turn in turns for kind in ("first", "304", "same")]
    yield Bar("main process, MB", max(figures["megabytes"] for figures in ours), 250)
    yield Bar("longest stall of the event loop, s", max(figures["stall"] for figures in ours), 0.25)
    yield Bar("unchanged bodies that were parsed", sum(turn["same", "ours"]["fetched"] for turn in turns), 0)


def _ratio(turns: Sequence[Mapping[tuple[str, str], Figures]], kind: str, other: str) -> float:
    """Our CPU to another's: the median of the ratios within each turn."""
    return statistics.median(turn[kind, "ours"]["cpu"] / turn[kind, other]["cpu"] for turn in turns)


def _turn(world: World, folder: Path, names: Sequence[str]) -> dict[tuple[str, str], Figures]:
    """Each contestant's three rounds: everything new, nothing new, and the same bodies again."""
    folder.mkdir()
    contestants = [
        Contestant(name, folder / f"{name}.db", world.addresses(FEW if name == "peer" else FEEDS)) for name in names
    ]
    found = {}
    for kind, behaviour in (("first", "latency=0"), ("304", "latency=0"), ("same", "validators=0")):
        for contestant in contestants:
            world.set(behaviour)
            found[kind, contestant.name] = contestant.run()
            _witness(world, contestant, kind)
    return found


def _witness(world: World, contestant: Contestant, kind: str) -> None:
    """The server saw each feed asked once, and nothing else answered than the round is about."""
    counters = world.counters()
    unchanged = len(contestant.addresses) if kind == "304" else 0
    assert (counters["asked"], counters["unchanged"]) == (len(contestant.addresses), unchanged), counters


def _alone(world: World, folder: Path) -> Iterator[Bar]:
    yield from _slow(world, folder)
    yield from _hostile(world, folder)
    before = [_first(world, folder / f"before-{turn}.db", FEEDS)["cpu"] for turn in range(TURNS)]
    large = _first(world, folder / "many.db", MANY)
    after = [_first(world, folder / f"after-{turn}.db", FEEDS)["cpu"] for turn in range(TURNS)]
    small = statistics.median(before + after)
    yield Bar("10,000 feeds: CPU of one, to one of 1,000", large["cpu"] / small, 1.1)
    yield Bar("10,000 feeds: main process, MB", large["megabytes"], 250)
    yield Bar("10,000 feeds: longest stall of the event loop, s", large["stall"], 0.25)


def _first(world: World, database: Path, count: int) -> Figures:
    """Our first round of so many feeds."""
    world.set()
    return Contestant("ours", database, world.addresses(count)).run()


def _slow(world: World, folder: Path) -> Iterator[Bar]:
    contestant = Contestant("ours", folder / "slow.db", world.addresses(FEEDS))
    world.set()
    contestant.run()
    world.set(f"latency={LATENCY}")
    ideal = len(contestant.addresses) / IN_FLIGHT * LATENCY
    wall = statistics.median(contestant.run()["wall"] for _ in range(TURNS))
    yield Bar("100 ms latency, nothing new: wall to the ideal", wall / ideal, 1.4)


def _hostile(world: World, folder: Path) -> Iterator[Bar]:
    usual = _first(world, folder / "clean.db", FEEDS)
    hostile = Contestant("ours", folder / "hostile.db", world.addresses(FEEDS))
    world.set("hostile=1")
    found = hostile.run()
    yield Bar("hostile feeds: seconds longer than without", found["wall"] - usual["wall"], TIMEOUT)
    yield Bar("hostile feeds: failures", found["failed"], FEEDS * 0.04)
    yield Bar("hostile feeds: main process, MB", found["megabytes"], 250)
    yield Bar("hostile feeds: longest stall of the event loop, s", found["stall"], 0.25)


if __name__ == "__main__":
    sys.exit(0 if main() else os.EX_SOFTWARE)
