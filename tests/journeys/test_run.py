"""`python -m bot run` as an operator starts, stops and loses it: real processes, a stand-in for Discord."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import Delivery, State, delivery_id
from bot.ports import Body
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall
from tests.chats.world import TOKEN
from tests.journeys.commandline import ROOT, bot, is_one_german_line
from tests.journeys.office import channel, subscription, texts, until
from tests.journeys.process import BOUND, running
from tests.servers import Origin

POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
BERLIN = ZoneInfo("Europe/Berlin")
MESSAGE = {"v2": {"content": "Der Digest {}"}, "text": {"content": "Der Digest {}"}, "title": "Digest"}


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
