"""How long people wait for an answer on Discord, while nothing else goes on, and while very much does.

The whole `python -m bot run` on SQLite, with a month of news; the stand-in for Discord, the model and the people are in
this process. Seconds are those of the stand-in, from the interaction to the answer.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

from bot.model import Feed
from tests.bench.bars import Bar
from tests.bench.measure import say
from tests.bench.poll import serving
from tests.bench.stock import CHANNELS, GUILDS, as_toml, due_now, put_off, stocked
from tests.bench.users import DOES, Took, User, percentile
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import TOKEN
from tests.models import KEY, ModelServer

FEEDS, USERS = 1_000, 50
QUIET, BUSY = 40.0, 120.0  # seconds of talking
PATIENCE = 120.0  # seconds until the bot is connected
ROOT = Path(__file__).parents[2]
MORE = ("/digest show", "/topics list", "/status", "/help", "button", "button")
# How often people do what: they type more than they ask.
ACTS: Sequence[str] = ("typing a topic",) * 4 + (
    "typing a name",
    "/summary",
    "/summary",
    "/summary week",
    "/digest show",
    *MORE,
)


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars = uvloop.run(_talked())
    for bar in bars:
        say(str(bar))
    return all(bar.holds for bar in bars)


async def _talked() -> list[Bar]:
    with tempfile.TemporaryDirectory() as folder, serving(FEEDS) as world:
        feeds = [Feed(url, f"Feed {n}", topics=("software",)) for n, url in enumerate(world.addresses(FEEDS))]
        (Path(folder) / "feeds.toml").write_text(as_toml(feeds))
        before = time.monotonic()
        await stocked(Path(folder) / "depesche.db", feeds, datetime.now(UTC))
        say(f"talk: stocked in {time.monotonic() - before:.0f} s; load of the machine {os.getloadavg()[0]:.1f}")
        return await _measured(Path(folder))


async def _measured(folder: Path) -> list[Bar]:
    chat = guildhall(guilds=GUILDS, channels=CHANNELS, openapi=False, lean=True, limit=50)
    async with chat as hall, ModelServer() as model, _running(folder, hall, model):
        await _connected(hall)
        await _warm(hall)
        put_off(folder / "depesche.db", datetime.now(UTC))
        asked = len(model.asked)
        quiet = await _talk(hall, "quiet", QUIET)
        asked = len(model.asked) - asked
        slot = datetime.now(UTC) + timedelta(seconds=90)
        due_now(folder / "depesche.db", slot)
        busy = await _talk(hall, "busy", BUSY)
        say(f"talk: {hall.control.hall.counters.messages} messages posted or answered, {len(model.asked)} model calls")
    return [*_bars(quiet, busy), Bar("quiet: model calls", asked, 0)]


def _bars(quiet: Mapping[str, Took], busy: Mapping[str, Took]) -> Iterator[Bar]:
    first = [seconds for took in quiet.values() for seconds in took.first]
    yield Bar("quiet: first answer, p95, s", percentile(first, 0.95), 0.3)
    yield Bar("quiet: /summary of a topic, whole answer, p95, s", percentile(quiet["/summary"].whole, 0.95), 0.5)
    later = [seconds for took in busy.values() for seconds in took.first]
    yield Bar("busy: first answer, worst, s", max(later, default=0.0), 1.0)
    yield Bar("quiet and busy: no answer", sum(took.lost for one in (quiet, busy) for took in one.values()), 0)


def _tell(when: str, found: Mapping[str, Took]) -> None:
    """Say all figures."""
    for name, took in found.items():
        figures = [percentile(values, share) for values in (took.first, took.whole) for share in (0.5, 0.95, 1.0)]
        first, whole = (" / ".join(f"{1000 * one:.0f}" for one in figures[n : n + 3]) for n in (0, 3))
        say(f"{when}: {name}: {len(took.first)} times, ms to first answer {first}, whole {whole} (p50 / p95 / worst)")


async def _talk(hall: Guildhall, when: str, seconds: float) -> Mapping[str, Took]:
    took = {name: Took() for name in DOES}
    until = time.monotonic() + seconds
    await asyncio.gather(*(User(hall, number, took).talk(until, ACTS) for number in range(USERS)))
    _tell(when, took)
    say(f"talk: load of the machine {os.getloadavg()[0]:.1f}")
    return took


async def _warm(hall: Guildhall) -> None:
    """Have condensed what will be asked for."""
    took = {name: Took() for name in DOES}
    user = User(hall, USERS, took)
    for name in DOES:
        for key in user.keys if name.startswith("/summary") else user.keys[:2]:
            user.wanted = [key]
            await user.do(name)
    for name in ("/summary", "/summary week"):
        say(f"talk: {name} for the first time: {', '.join(f'{one:.1f}' for one in took[name].whole)} s")


async def _connected(hall: Guildhall) -> None:
    end = time.monotonic() + PATIENCE
    while not hall.control.gateway.sessions or not hall.control.commands():
        if time.monotonic() > end:
            raise SystemExit("the bot does not connect")
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)


@asynccontextmanager
async def _running(folder: Path, hall: Guildhall, model: ModelServer) -> AsyncIterator[None]:
    """The bot in a process of its own, over this folder; its log is shown if it fails."""
    names = {"PATH", "HOME", "LANG"}
    environment = {name: value for name, value in os.environ.items() if name in names} | {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": hall.rest,
        "DISCORD_GATEWAY_URL": hall.gateway,
        "DATA_DIR": str(folder),
        "FEEDS_FILE": str(folder / "feeds.toml"),
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": model.url,
        "LLM_DAILY_TOKENS": "1000000000",
        "COLLECT_MINUTES": "1",
        "PRIVATE_HOSTS": ",".join(_hosts(folder)),
    }
    log = folder / "log"
    with log.open("wb") as out:
        command = (sys.executable, "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=out, cwd=ROOT)
    try:
        yield
    finally:
        say(log.read_text("utf-8", "replace")[-3_000:])
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 60)


def _hosts(folder: Path) -> Sequence[str]:
    told = (folder / "feeds.toml").read_text().split('url = "http://')
    return sorted({one.partition("/")[0] for one in told[1:]})


if __name__ == "__main__":
    sys.exit(0 if main() else os.EX_SOFTWARE)
