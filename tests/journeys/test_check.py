"""`check` and the start of `run`, as an operator sees them: real processes, the stand-in for Discord."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.deliveries.places import place
from bot.model import Delivery, State, Subscription, delivery_id
from bot.ports import Body, Outcome
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.journeys.commandline import ROOT, bot
from tests.servers import by_path, reply, serving
from tests.told import fresh_database

NOBODY = "http://127.0.0.1:9/feed.xml"
FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Blatt</title><item><title>Petrel startet</title>"
    b"<link>https://blatt.example/1</link></item></channel></rss>"
)
LASTS = "/dev/shm"  # a disk of its own on every Linux, as a volume is
TEXT = f"discord:{GUILD}/{CHANNEL}"


@pytest.fixture
async def hall() -> AsyncIterator[Guildhall]:
    async with guildhall() as running:
        yield running


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Path]:
    """Where a database is, one feed that is well, and one that nobody answers for."""
    (tmp_path / "data").mkdir()
    fresh_database(tmp_path / "data")
    async with serving(by_path({"/feed": reply(body=FEED, content_type="application/rss+xml")})) as origin:
        feed(tmp_path, "Blatt", origin.url("/feed"))
        (tmp_path / "private").write_text(f"127.0.0.1:9, {origin.url('').split('//')[1].strip('/')}", "utf-8")
        feed(tmp_path, "Niemand", NOBODY)
        yield tmp_path


def feed(home: Path, name: str, url: str) -> None:
    """One more feed."""
    with (home / "feeds.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[feed]]\nname = "{name}"\nurl = "{url}"\nlanguage = "de"\n')


def settings(home: Path, hall: Guildhall | None = None, token: str = TOKEN) -> dict[str, str]:
    there = {} if hall is None else {"DISCORD_API_URL": hall.rest, "DISCORD_GATEWAY_URL": hall.gateway}
    private = (home / "private").read_text("utf-8")
    return {"FEEDS_FILE": str(home / "feeds.toml"), "PRIVATE_HOSTS": private, "DISCORD_TOKEN": token} | there


async def check(home: Path, environment: Mapping[str, str]) -> CompletedProcess[str]:
    return await asyncio.to_thread(lambda: bot("check", home=home, **environment))


async def set_up(home: Path, **channels: str) -> None:
    """A digest at seven in each of these channels, by its name."""
    async with open_store(f"sqlite:///{home}/data/depesche.db") as store:
        for id_, (name, channel) in enumerate(channels.items(), 1):
            await store.subscriptions.save(Subscription(id_, place(channel), name, time(7), "Europe/Berlin"))


def line(found: CompletedProcess[str], start: str) -> str:
    """The one line that begins so."""
    (told,) = [each for each in found.stdout.splitlines() if each.startswith(start)]
    return told


async def keep(home: Path, *tried: tuple[int, State, str | None]) -> None:
    """Have it on record how the digests of the last days went: so many days ago, with this reason."""
    async with open_store(f"sqlite:///{home}/data/depesche.db") as store:
        (one,) = await store.subscriptions.all()
        for days, state, reason in tried:
            made = _delivery(one, datetime.now(UTC) - timedelta(days=days))
            await store.outbox.add([made], [Body("{}")], made.due)
            await store.outbox.record([Outcome(made.id, state, made.due, "1", reason)])


def _delivery(one: Subscription, at: datetime) -> Delivery:
    id_, until = delivery_id(one.id, at.date(), 1), at + timedelta(hours=6)
    return Delivery(id_, one.id, one.channel, at.date(), 1, "{}", State.PENDING, at, until)


async def test_all_is_well(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT, Abends="dm:discord:42")
    found = await check(home, settings(home, hall))

    assert found.returncode == 0, found.stdout + found.stderr
    assert line(found, "Discord: angemeldet als „")
    told = line(found, f"Digest „Morgens“ in {TEXT}: ")
    assert "Bisher kam noch keiner. Der nächste Digest kommt " in told
    assert told.endswith(" Der Bot darf dort schreiben.")
    assert line(found, "Digest „Abends“ in dm:discord:42: ").endswith(" Der Bot darf dort schreiben.")
    assert not hall.control.messages(), "a check posts nothing"
    assert "Datenträger" not in found.stdout
    assert TOKEN not in found.stdout + found.stderr


async def test_it_tells_what_became_of_the_last_ones(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    reason = "Dem Bot fehlt das Recht „Nachrichten senden“. Bitte in den Rechten des Kanals erteilen."
    await keep(home, (2, State.SENT, None), (1, State.FORBIDDEN, reason))
    found = await check(home, settings(home, hall))

    told = line(found, f"Digest „Morgens“ in {TEXT}: Zuletzt gekommen: ")
    assert f" kam nicht: {reason} Der nächste Digest kommt " in told


async def test_a_missing_right_is_named(home: Path, hall: Guildhall) -> None:
    hall.control.channel(CHANNEL, permissions="view_channel read_message_history")
    await set_up(home, Morgens=TEXT)
    found = await check(home, settings(home, hall))

    assert found.returncode == 1
    assert line(found, "Digest ").endswith("\N{NO-BREAK SPACE}Uhr. Dem Bot fehlt das Recht „Nachrichten senden“.")
    assert "Der Bot darf dort schreiben" not in found.stdout


async def test_a_channel_that_is_gone_is_named(home: Path, hall: Guildhall) -> None:
    await set_up(home, Fort=f"discord:{GUILD}/999", Morgens=TEXT)
    found = await check(home, settings(home, hall))

    assert found.returncode == 1
    assert line(found, f"Digest „Fort“ in discord:{GUILD}/999: ").endswith("Diesen Kanal gibt es nicht (mehr).")
    assert line(found, f"Digest „Morgens“ in {TEXT}: ").endswith("Der Bot darf dort schreiben.")


async def test_a_refused_token_has_its_own_exit_code(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    found = await check(home, settings(home, hall, "wrong"))

    assert found.returncode == 3
    assert line(found, "Discord kennt den Token des Bots nicht. Bitte DISCORD_TOKEN prüfen.")
    assert "Der nächste Digest kommt " in line(found, "Digest ")
    assert "darf dort schreiben" not in found.stdout


async def test_a_discord_that_is_not_there_is_told(home: Path) -> None:
    nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
    found = await check(home, settings(home) | nowhere)

    assert found.returncode == 1
    assert line(found, "Discord ist nicht zu erreichen.")


async def test_without_a_token_nothing_is_asked(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    found = await check(home, settings(home, hall, token=""))

    assert found.returncode == 1, "digests are awaited, and nothing posts them"
    assert found.stdout.startswith("Discord: kein Token eingerichtet"), "what is wrong comes first"
    assert "kein Token eingerichtet" in line(found, "Discord: ")
    assert "Der nächste Digest kommt " in line(found, "Digest ")
    assert not sum(hall.control.hall.counters.routes.values())


async def test_without_digests_it_says_how_to_set_one_up(home: Path) -> None:
    assert "/digest setup" in line(await check(home, settings(home, token="")), "Digests: ")


async def test_feeds_that_fail_alike_are_one_line(home: Path) -> None:
    for n in range(6):
        feed(home, f"Nichts {n}", f"{NOBODY}?{n}")
    found = await check(home, settings(home, token=""))

    assert found.returncode == 0, "one feed is well, so digests have something to tell"
    failed = line(found, "7 Feeds (Niemand, Nichts 0, Nichts 1, Nichts 2, Nichts 3 und 2 weitere): ")
    told = found.stdout.splitlines()
    assert told.index(failed) < told.index(line(found, "Datenbank: ")), "what is to be mended comes before what is well"
    assert line(found, "Feed Blatt: ") == "Feed Blatt: 1 Eintrag."


async def test_nothing_that_can_be_read_is_wrong(home: Path) -> None:
    (home / "feeds.toml").unlink()
    feed(home, "Niemand", NOBODY)
    found = await check(home, settings(home, token=""))

    assert found.returncode == 1
    assert found.stdout.startswith("Feed Niemand: ")


async def test_a_network_that_is_down_is_one_line(home: Path) -> None:
    (home / "feeds.toml").unlink()
    for n in range(4):
        feed(home, f"Fern {n}", f"https://fern{n}.invalid/feed")
    found = await check(home, settings(home, token=""))

    assert found.returncode == 1
    assert found.stdout.splitlines()[0] == "Netz: kein Name-Server antwortet. 4 Feeds nicht geprüft."
    assert "Fern" not in found.stdout


@pytest.mark.parametrize("token", [TOKEN, ""])
async def test_its_requests_count_for_those_who_post(token: str, home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    before = datetime.now(UTC)
    async with open_store(f"sqlite:///{home}/data/depesche.db") as store:
        await store.leases.reserve("discord", before, 1, timedelta(seconds=1))
        await check(home, settings(home, hall, token))
        free = await store.leases.reserve("discord", before, 0, timedelta())

    assert (free > before + timedelta(seconds=1)) is bool(token)


async def test_while_all_are_to_be_silent_it_asks_nothing(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    async with open_store(f"sqlite:///{home}/data/depesche.db") as store:
        await store.leases.reserve("discord", datetime.now(UTC) + timedelta(minutes=15), 0, timedelta())
    found = await check(home, settings(home, hall))

    assert found.returncode == 1
    assert "Discord nimmt gerade nichts an." in line(found, "Digest ")
    assert not hall.control.hall.counters.routes["get_channel"]


@pytest.mark.parametrize("name", ["DYNO", "RAILWAY_ENVIRONMENT"])
async def test_a_disk_that_does_not_last_is_told(name: str, home: Path) -> None:
    found = await check(home, settings(home, token="") | {name: "worker.1"})

    assert "DATABASE_URL" in line(found, "Datenträger: ")
    assert found.returncode == 0


@pytest.mark.skipif(not Path(LASTS).is_mount(), reason="there is no second disk")
async def test_a_volume_is_a_disk_that_lasts(home: Path, tmp_path: Path) -> None:
    folder = Path(LASTS) / f"depesche-{os.getpid()}-{tmp_path.name}"
    found = await check(home, settings(home, token="") | {"FLY_APP_NAME": "depesche", "DATA_DIR": str(folder)})
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()

    assert found.returncode == 0, found.stderr
    assert "Datenträger" not in found.stdout


@pytest.mark.parametrize(("host", "warned"), [({"DYNO": "worker.1"}, True), ({}, False)])
async def test_run_warns_of_a_disk_that_does_not_last(
    host: dict[str, str], warned: bool, home: Path, hall: Guildhall
) -> None:
    logged = await started_and_stopped(home, settings(home, hall) | host)

    assert ("DATABASE_URL" in logged) is warned, logged
    warnings = [one for one in map(json.loads, logged.splitlines()) if "disk" in one["message"]]
    assert [one["level"] for one in warnings] == ["WARNING"] * warned


async def test_the_log_says_who_is_connected_and_what_comes_next(home: Path, hall: Guildhall) -> None:
    await set_up(home, Morgens=TEXT)
    told = [json.loads(one)["message"] for one in (await started_and_stopped(home, settings(home, hall))).splitlines()]

    assert any(one.startswith("Discord: connected as ") for one in told)
    (coming,) = [one for one in told if one.startswith("next digest at ")]
    assert datetime.fromisoformat(coming.removeprefix("next digest at ")) > datetime.now(UTC)


async def test_the_log_is_in_english_and_says_when_nothing_comes(home: Path) -> None:
    nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
    logged = await started_and_stopped(home, settings(home) | nowhere, b"next try in")

    assert "Discord: ChatBusy" in logged or "ChatBusy (" in logged
    assert "nicht zu erreichen" not in logged


async def started_and_stopped(home: Path, environment: dict[str, str], until: bytes = b"Depesche runs") -> str:
    """What `run` logs until it runs; then it is ended as a host does."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "DATA_DIR": str(home / "data"), "LOG_FORMAT": "json"}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=clean | environment, stderr=asyncio.subprocess.PIPE
    )
    assert running.stderr is not None
    logged: list[bytes] = []
    async with asyncio.timeout(60):
        while logged[-1:] != [b""] and until not in b"".join(logged):
            logged.append(await running.stderr.readline())
        running.send_signal(signal.SIGTERM)
        logged.append(await running.stderr.read())
        assert await running.wait() == 0, b"".join(logged).decode()
    return b"".join(logged).decode()
