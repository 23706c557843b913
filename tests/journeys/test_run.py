"""`python -m bot run` as an operator starts, stops and loses it: real processes, a stand-in for Discord."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

import pytest

from bot.model import Delivery, State, delivery_id
from bot.ports import Body
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall
from tests.chats.world import TOKEN
from tests.journeys.commandline import ROOT, bot, is_one_german_line
from tests.journeys.office import RSS, channel, subscription, texts, until
from tests.servers import Origin, by_path, reply, serving

BOUND = 60.0  # seconds, against hanging
POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
BERLIN = ZoneInfo("Europe/Berlin")
MESSAGE = {"v2": {"content": "Der Digest {}"}, "text": {"content": "Der Digest {}"}, "title": "Digest"}
ITEM = "<item><title>Petrel fliegt</title><link>https://blatt.example/1</link><description>{}</description></item>"
PETREL = (
    "Die Rakete Petrel hat am Montag zwei Satelliten in die Umlaufbahn gebracht. Sie startete um 4.12 Uhr auf den "
    "Shetlandinseln. Beim ersten Versuch war die zweite Stufe ausgefallen. Der nächste Start soll im März folgen."
)


class Run:
    """One process of `run`, and what it logs."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    async def says(self, words: str) -> None:
        await until(lambda: words in self.log or self.process.returncode is not None, BOUND)
        assert words in self.log, self.log

    async def ends(self) -> int:
        """Its exit code, once it ends by itself."""
        return await asyncio.wait_for(self.process.wait(), BOUND)

    async def stop(self) -> int:
        """As a host ends it: its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ends()


@asynccontextmanager
async def running(hall: Guildhall, url: str, home: Path, **environment: str) -> AsyncIterator[Run]:
    """A process with this database and chat; killed at the end if it still runs."""
    log = home / f"run-{token_hex(4)}.log"
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "COLUMNS": "100", "DATABASE_URL": url}
    chat = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": hall.rest, "DISCORD_GATEWAY_URL": hall.gateway}
    feeds = {"FEEDS_FILE": str(home / "feeds.toml"), "HOST_SPACING": "0", "DATA_DIR": str(home / "data")}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            stdout=file,
            stderr=file,
            cwd=ROOT,
            env=clean | chat | feeds | environment,
        )
    try:
        yield Run(process, log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def paper(tmp_path: Path) -> AsyncIterator[Origin]:
    """The only feed, with one article of now."""
    feed = RSS.format(ITEM.format(PETREL)).encode()
    async with serving(by_path({"/feed": reply(body=feed, content_type="application/rss+xml")})) as origin:
        text = f'[[feed]]\nname = "Blatt"\nurl = "{origin.url("/feed")}"\nlanguage = "de"\n'
        (tmp_path / "feeds.toml").write_text(text, "utf-8")
        yield origin


@pytest.fixture
def home(tmp_path: Path, paper: Origin) -> Path:
    return tmp_path


async def put(url: str, count: int) -> None:
    """Digests that are due now, spread over the channels."""
    now = datetime.now(UTC)
    bodies = [json.dumps(MESSAGE).replace("{}", str(n)) for n in range(count)]
    day, end = now.date(), now + timedelta(hours=6)
    waiting = [
        Delivery(delivery_id(n, day, 1), n, channel(n % 5), day, 1, body, State.PENDING, now, end)
        for n, body in enumerate(bodies)
    ]
    async with open_store(url) as store:
        await store.outbox.add(waiting, [Body(body) for body in bodies], now)


def once(hall: Guildhall, count: int) -> bool:
    """Whether all of them stand there, each once."""
    told = [text for text in texts(hall) if text.startswith("Der Digest")]
    return sorted(told) == sorted(f"Der Digest {n}" for n in range(count))


def counts(hall: Guildhall, name: str) -> int:
    return int(getattr(hall.control.hall.counters, name))


async def test_a_digest_comes_from_the_feed_into_the_channel_and_only_once(
    hall: Guildhall, url: str, home: Path, paper: Origin
) -> None:
    slot = datetime.now(BERLIN) - timedelta(minutes=20)
    async with open_store(url) as store:
        wanted = subscription(
            0, 1_000, at=slot.time().replace(second=0, microsecond=0), since=slot - timedelta(hours=1)
        )
        await store.subscriptions.save(wanted)
    async with running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}") as run:
        await until(lambda: texts(hall), BOUND)
        hall.control.fault(kind="delay", when="after", on="create_message", skip=5, seconds=2)
        await put(url, 60)
        await until(lambda: len(texts(hall)) >= 9, BOUND)
        assert await run.stop() == 0, run.log
        assert len(texts(hall)) < 61, "it began nothing more"
    async with open_store(url) as store:
        now = datetime.now(UTC)
        assert await store.leases.take("discord", "the test", now, timedelta(0)), "the gateway is given back"
    async with running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}") as again:
        await until(lambda: len(texts(hall)) >= 61, BOUND)
        assert await again.stop() == 0, again.log

    (digest,) = [text for text in texts(hall) if not text.startswith("Der Digest")]
    assert "Petrel" in digest, "what was told while it was down is read first"
    assert once(hall, 60)
    assert not counts(hall, "same_nonce"), "the answer that was slow was waited for"
    assert "Traceback" not in run.log + again.log


@POSTGRESQL
async def test_two_processes_share_the_work(hall: Guildhall, url: str, home: Path) -> None:
    async with running(hall, url, home) as one, running(hall, url, home) as two:
        for run in (one, two):
            await run.says("Depesche runs")
        await put(url, 60)
        await until(lambda: counts(hall, "identifies"), BOUND)
        await until(lambda: len(texts(hall)) >= 60, BOUND)
        assert counts(hall, "connections") == 1, "one of them holds the gateway"
        codes = (await one.stop(), await two.stop())

    assert codes == (0, 0), one.log + two.log
    assert once(hall, 60)


async def revoke(hall: Guildhall, url: str) -> None:
    hall.control.revoke(TOKEN)
    await put(url, 2)


async def forbid(hall: Guildhall, _: str) -> None:
    await hall.control.close(4014, forget=True)


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [(revoke, 3, "DISCORD_TOKEN prüfen"), (forbid, 2, "seine Intents und Shards prüfen")],
    ids=["token revoked", "intents forbidden"],
)
async def test_what_discord_refuses_ends_it(
    hall: Guildhall, url: str, home: Path, fault: Callable[[Guildhall, str], Awaitable[None]], code: int, says: str
) -> None:
    async with running(hall, url, home) as run:
        await until(lambda: counts(hall, "identifies"), BOUND)
        before = counts(hall, "requests")
        await fault(hall, url)
        assert await run.ends() == code, run.log

    assert says in run.log.splitlines()[-1]
    assert "Traceback" not in run.log
    assert counts(hall, "identifies") == 1
    assert counts(hall, "requests") - before <= 2


async def test_without_a_gateway_it_posts_and_a_malformed_event_ends_it(hall: Guildhall, url: str, home: Path) -> None:
    hall.control.behave(refusing=True)
    await put(url, 3)
    async with running(hall, url, home) as run:
        await until(lambda: len(texts(hall)) == 3 and counts(hall, "connections"), BOUND)
        assert run.process.returncode is None
        hall.control.heal()
        await until(lambda: counts(hall, "identifies"), BOUND)
        hall.control.raw('{"op": 0, "t": "GUILD_CREATE", "s": 9, "d": {"id": ')
        assert await run.ends() == 1, run.log

    assert once(hall, 3)
    assert counts(hall, "connections") <= 3, "it waited between its tries"


def test_without_a_token_it_says_what_is_missing(tmp_path: Path) -> None:
    ended = bot("run", home=tmp_path)

    assert ended.returncode == 2
    assert is_one_german_line(ended.stderr)
    assert "DISCORD_TOKEN" in ended.stderr


async def test_a_wrong_token_is_tried_once(hall: Guildhall, url: str, home: Path) -> None:
    async with running(hall, url, home, DISCORD_TOKEN="wrong") as run:
        assert await run.ends() == 3

    assert is_one_german_line(run.log)
    assert "DISCORD_TOKEN" in run.log
    assert counts(hall, "requests") == 1
    assert counts(hall, "connections") == 0


async def test_a_migration_that_is_killed_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "data" / "depesche.db"
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(file.parent)}
    killed = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "migrate", cwd=ROOT, env=clean)
    await until(lambda: file.exists() or killed.returncode is not None, BOUND)
    killed.kill()
    await killed.wait()
    ended = await asyncio.to_thread(bot, "migrate", home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    async with open_store(f"sqlite:///{file}") as store:
        assert await store.subscriptions.all() == []


async def test_digests_are_taken_from_one_database_to_another(tmp_path: Path, url: str, home: Path) -> None:
    shutil.copy(url.removeprefix("sqlite+aiosqlite:///"), home / "other.db")
    wanted = [subscription(0), replace(subscription(1, name="Woche", recap=True, topics=("ki",)), cutoff=3)]
    async with open_store(url) as store:
        for one in wanted:
            await store.subscriptions.save(one)
    feeds = str(home / "feeds.toml")
    told = await asyncio.to_thread(bot, "export", home=home, DATABASE_URL=url, FEEDS_FILE=feeds)
    (home / "digests.json").write_text(told.stdout, "utf-8")
    other = f"sqlite:///{home}/other.db"
    taken = await asyncio.to_thread(
        bot, "import", str(home / "digests.json"), home=home, DATABASE_URL=other, FEEDS_FILE=feeds
    )
    again = await asyncio.to_thread(bot, "export", home=home, DATABASE_URL=other, FEEDS_FILE=feeds)

    assert (told.returncode, taken.returncode, taken.stdout) == (0, 0, "2 Digests übernommen.\n"), taken.stderr
    assert again.stdout == told.stdout
    assert '"Woche"' in told.stdout
