"""Many channels due at one moment: one process posts to all of them, once, as fast as the chat allows and no faster.

The whole `python -m bot run` on SQLite, against the stand-in for Discord in a process of its own. Seconds are those
of the stand-in, between the first message and the last.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped] # comes without types, and only bench needs it

from bot.model import Length
from bot.store.migrate import migrate
from bot.store.store import open_store
from tests.bench.bars import Bar
from tests.bench.crowd import FEED, crowd, subscribed, told
from tests.bench.measure import say

CHANNELS = 2_000
LIMIT = 50  # requests a second that are let through
LATENCY = (0.08, 0.3)  # seconds
ARTICLES = 400
PATIENCE = 240.0  # seconds, of which up to 60 until the first minute begins
MODES = ("fixed", "sliding")
ROOT = Path(__file__).parents[2]

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Chat:
    """The stand-in, seen from outside."""

    told: Mapping[str, str]

    def ask(self, verb: str, **arguments: object) -> Any:
        """What its control plane answers."""
        request = urllib.request.Request(f"{self.told['control']}/{verb}", json.dumps(arguments).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars = [bar for mode in MODES for bar in _delivered(mode)]
    return all(bar.holds for bar in bars)


def _delivered(mode: str) -> Iterator[Bar]:
    with tempfile.TemporaryDirectory() as folder, _chatting(mode) as chat:
        asyncio.run(_due(Path(folder)))
        with _running(Path(folder), chat) as process:
            cpu = _until_posted(process, chat)
        found = chat.ask("counters")
        posted = chat.ask("messages", only="channel created")
    moments = sorted(one["created"] for one in posted)
    rate = (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0
    say(f"{mode}: {len(moments)} messages at {rate:.1f} a second, {1000 * cpu / max(len(moments), 1):.1f} ms CPU each")
    for bar in _bars(mode, found, posted, rate):
        say(str(bar))
        yield bar


def _bars(mode: str, found: Mapping[str, Any], posted: Sequence[Mapping[str, Any]], rate: float) -> Iterator[Bar]:
    channels = {one["channel"] for one in posted}
    limited = sum(found["limited"].values())
    yield Bar(f"{mode} window: channels that got their digest", len(channels), CHANNELS, least=True)
    yield Bar(f"{mode} window: messages too many", len(posted) - len(channels), 0)
    yield Bar(f"{mode} window: of the limit", rate / LIMIT, 0.95, least=True)
    yield Bar(f"{mode} window: 429s in 1,000 answers", 1000 * limited / found["requests"], 1)


async def _due(folder: Path) -> None:
    """A newsroom whose channels were due a minute ago."""
    now = datetime.now(UTC)
    slot = now - timedelta(minutes=1)
    file = folder / "depesche.db"
    (folder / "feeds.toml").write_text(
        f'[[feed]]\nname = "{FEED.name}"\nurl = "{FEED.url}"\nlanguage = "de"\ntopics = ["software"]\nweight = 1.0\n'
    )
    migrate(f"sqlite:///{file}")
    async with open_store(f"sqlite:///{file}") as store:
        await told(store, ARTICLES, slot)
        wanted = crowd(CHANNELS, ["Europe/Berlin"], slot, (Length.SHORT, Length.MEDIUM))
        await subscribed(store, file, [replace(one, since=slot - timedelta(hours=1)) for one in wanted])


@contextmanager
def _chatting(mode: str) -> Iterator[Chat]:
    """The stand-in in a process of its own."""
    settings = {"openapi": False, "lean": True, "latency": LATENCY, "limit": LIMIT, "mode": mode}
    command = [sys.executable, "-m", "tests.chats.guildhall", "--channels", str(CHANNELS)]
    command += ["--settings", json.dumps(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield Chat(json.loads(process.stdout.readline()))
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def _running(folder: Path, chat: Chat) -> Iterator[psutil.Process]:
    """The bot in a process of its own, over this folder; its log is shown if it fails."""
    names = {"PATH", "HOME", "LANG"}
    environment = {name: value for name, value in os.environ.items() if name in names} | {
        "DISCORD_TOKEN": chat.told["token"],
        "DISCORD_API_URL": chat.told["rest"],
        "DISCORD_GATEWAY_URL": chat.told["gateway"],
        "DATA_DIR": str(folder),
        "FEEDS_FILE": str(folder / "feeds.toml"),
    }
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stderr=out, cwd=ROOT)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        if process.wait(timeout=60):
            say(log.read_text("utf-8", "replace"))


def _until_posted(process: psutil.Process, chat: Chat) -> float:
    """Wait until all is posted or the patience ends; the CPU seconds since the first message."""
    end, before = time.monotonic() + PATIENCE, 0.0
    while time.monotonic() < end:
        posted = chat.ask("counters")["messages"]
        before = before if posted else _cpu(process)
        if posted >= CHANNELS:
            break
        time.sleep(0.5)
    time.sleep(2)  # whatever would come twice comes now
    return _cpu(process) - before


def _cpu(process: psutil.Process) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


if __name__ == "__main__":
    sys.exit(0 if main() else os.EX_SOFTWARE)
