"""What is told at once: once for each channel and story, not at night, and not too often."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.german.alerts import BEYOND
from bot.model import State, alert_id
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL
from tests.journeys.alarms import HOLE, HOLE_TOO, MOON, MOON_NEWS, NOON, alert, hear, moons, tick, words
from tests.journeys.office import (
    BERLIN,
    BLATT,
    BOTE,
    SEVEN,
    Office,
    article,
    channel,
    day,
    office,
    requests,
    subscription,
    texts,
    until,
)
from tests.journeys.process import BOUND, running
from tests.servers import Origin

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall, NOON) as opened:
        yield opened
        assert hall.control.counters()["violations"] == []


# what is critical


@BOTH
async def test_what_two_outlets_call_critical_is_told_once(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(0))
    await bot.store.alerts.save(alert(1))
    await hear(bot, HOLE)
    assert texts(hall) == [], "one outlet may err"
    await hear(bot, HOLE_TOO, BOTE)
    for _ in range(3):
        bot.clock.wait(minutes=20)
        await tick(bot)

    assert [len(texts(hall, n)) for n in range(3)] == [1, 1, 0]
    (text,) = texts(hall, 0)
    assert "Eilmeldung" in text
    assert "kritisch" in text
    assert "Orvado" in text
    assert "Blatt" in text
    assert "Auszüge aus den Quellen" in text
    assert {row.body for row in await bot.rows() if row.body} == set()
    assert await bot.count("bodies") == 1, "kept once for both"
    assert hall.control.counters()["pinging"] == 0


async def test_it_is_not_told_again_as_it_grows(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert())
    await hear(bot, HOLE)
    await hear(bot, HOLE_TOO, BOTE)
    bot.clock.wait(minutes=30)
    await hear(bot, {f"Update gegen {title}": text for title, text in HOLE_TOO.items()}, BLATT)

    assert len(texts(hall)) == 1


async def test_what_is_old_or_was_known_before_is_not_told(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert())
    await bot.store.alerts.save(alert(1, since=bot.clock.now()))
    await hear(bot, HOLE, hours=3.5)
    await hear(bot, HOLE_TOO, BOTE, hours=3.1)
    await hear(bot, MOON)
    assert texts(hall) == []

    await bot.store.alerts.save(alert(2, **words("Mondlander")))
    await bot.store.alerts.save(alert(3, **words("Mondlander"), since=bot.clock.now()))
    await tick(bot)
    bot.clock.wait(minutes=16)
    await tick(bot)
    assert [len(texts(hall, n)) for n in range(4)] == [0, 0, 1, 0]


async def test_nothing_is_looked_at_where_nobody_wants_alerts(bot: Office) -> None:
    await bot.publish(HOLE, 0.1)
    await tick(bot)
    assert not [job for job in bot.engine.done if job.startswith("alert")]
    await bot.store.alerts.save(alert(paused=True))
    await tick(bot)
    assert not [job for job in bot.engine.done if job.startswith("alert")]


async def test_what_is_not_everybodys_is_told_to_nobody_else(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Mondlander")))
    (title, text), *_ = MOON.items()
    told = article(title, text, bot.clock.now() - timedelta(minutes=5), bot.feeds[BLATT])
    await bot.store.articles.add([replace(told, private=True)])
    await tick(bot)
    assert texts(hall) == []
    await hear(bot, moons(1))
    assert len(texts(hall)) == 1, "the control: what is everybody's"


async def test_it_comes_before_the_digests_of_a_slot(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(*(subscription(n % 4, n + 1, name=f"Nummer {n}", at=time(12)) for n in range(8)))
    await bot.publish(moons(1), 20)
    bot.clock.set(NOON + timedelta(seconds=1))
    await bot.plan()
    await bot.store.alerts.save(alert(4, **words("Calyx")))
    await hear(bot, MOON)
    assert "Calyx" in texts(hall)[0]
    assert len(texts(hall)) == 9


# own words, the cap, digests


async def test_own_words_come_at_once_up_to_the_cap_and_the_rest_is_counted(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Mondlander"), cap=2))
    await hear(bot, moons(5))
    await hear(bot, {"Etwas ganz anderes geschieht in Kassel": "Vom Mondlander ist hier nur am Rande die Rede."})

    assert len(texts(hall)) == 2
    assert all("„Mondlander“" in text for text in texts(hall))
    assert [row.reason for row in await bot.rows()].count(BEYOND) == 3
    assert "3 weitere Eilmeldungen heute, siehe Digest." in await bot.console("/status")

    bot.clock.wait(hours=24)
    assert "weitere Eilmeldungen" not in await bot.console("/alerts show")
    await hear(bot, MOON)
    assert len(texts(hall)) == 3, "a new day"


async def test_without_the_cap_all_would_come(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Mondlander"), cap=10))
    await hear(bot, moons(5))
    assert len(texts(hall)) == 5


async def test_a_digest_does_not_tell_it_again_but_what_is_beyond_the_cap(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Calyx")))
    await bot.subscribe(subscription(0, at=time(13)), subscription(1, at=time(13)))
    await hear(bot, MOON)
    await bot.publish(moons(1), 0.1)
    await bot.morning(NOON + timedelta(hours=1))

    _, digest = texts(hall, 0)
    assert "Calyx" not in digest
    assert "Arkon" in digest
    assert "Calyx" in texts(hall, 1)[0], "the control: a channel without alerts"


async def test_what_a_digest_told_is_no_alert(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, at=time(12)))
    await bot.publish(MOON, 0.1)
    await bot.morning(NOON)
    assert "Calyx" in texts(hall, 0)[0]
    await bot.store.alerts.save(alert(**words("Calyx")))
    await bot.store.alerts.save(alert(1, **words("Calyx")))
    await tick(bot)

    assert len(texts(hall, 0)) == 1
    assert len(texts(hall, 1)) == 1, "the control: a channel without digests"


async def test_news_of_it_come_once_a_day(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Calyx")))
    await hear(bot, MOON)
    bot.clock.wait(hours=7)
    await hear(bot, MOON_NEWS, BOTE)
    bot.clock.wait(minutes=40)
    await tick(bot)

    first, second = texts(hall)
    assert "Neues zu einer Eilmeldung" in second
    assert "Neues zu einer Eilmeldung" not in first
    assert "Eis" in second
    assert "Bote" in second
    assert "Blatt" not in second


# quiet hours


@pytest.mark.parametrize(
    ("night", "end"),
    [
        (datetime(2026, 11, 23, 23, 30, tzinfo=BERLIN), datetime(2026, 11, 24, 7, tzinfo=BERLIN)),
        (datetime(2026, 11, 24, 3, 30, tzinfo=BERLIN), datetime(2026, 11, 24, 7, tzinfo=BERLIN)),
        (datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN), datetime(2027, 3, 28, 7, tzinfo=BERLIN)),  # clocks go forward
        (datetime(2027, 10, 31, 1, 30, tzinfo=BERLIN), datetime(2027, 10, 31, 7, tzinfo=BERLIN)),  # and back
    ],
)
async def test_at_night_it_waits_until_the_morning(hall: Guildhall, url: str, night: datetime, end: datetime) -> None:
    async with office(url, hall, night) as bot:
        await bot.store.alerts.save(alert(**words("Calyx")))
        await bot.store.alerts.save(alert(1, **words("Calyx"), quiet=(time(), time())))
        await hear(bot, MOON)
        assert [len(texts(hall, n)) for n in range(2)] == [0, 1]
        assert "Eine wartet bis 07:00" in await bot.console("/alerts show")
        bot.clock.set(end - timedelta(seconds=2))
        await bot.post()
        assert len(texts(hall, 0)) == 0
        bot.clock.set(end + timedelta(seconds=1))
        await bot.post()
        await tick(bot)
        assert len(texts(hall, 0)) == 1


async def test_what_is_too_old_in_the_morning_is_not_told(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Calyx"), quiet=(time(11), time(9))))
    await hear(bot, MOON)
    (row,) = await bot.rows()
    assert row.state is State.SKIPPED
    assert "zu alt für eine Eilmeldung" in await bot.console("/alerts show")
    bot.clock.set(day(1) + timedelta(hours=3))
    await tick(bot)
    assert texts(hall) == []


# restarts, faults, many processes


@BOTH
async def test_two_processes_tell_it_once(hall: Guildhall, url: str) -> None:
    async with office(url, hall, NOON) as one, office(url, hall, NOON) as other:
        await one.store.alerts.save(alert(**words("Mondlander"), cap=2))
        await other.publish(moons(4), 0.1)  # whose feeds are everybody's now
        await one.running.ask_feeds()
        await other.running.ask_feeds()
        await one.post()
        await other.post()

        assert len(texts(hall)) == requests(hall) == 2
        assert len(await one.rows()) == 4


@BOTH
async def test_a_connection_that_breaks_off_doubles_none(hall: Guildhall, bot: Office) -> None:
    await bot.store.alerts.save(alert(**words("Calyx")))
    hall.control.fault(kind="reset", when="after", channel=CHANNEL)
    await hear(bot, MOON)
    await bot.retry()
    await tick(bot)

    assert await bot.states() == ["sent"]
    assert len(texts(hall)) == 1


async def test_a_process_that_died_before_posting_is_followed_by_another(hall: Guildhall, url: str) -> None:
    async with office(url, hall, NOON) as bot:
        await bot.store.alerts.save(alert(**words("Calyx")))
        await bot.publish(MOON, 0.1)
        await bot.running.ask_feeds()
    async with office(url, hall, NOON + timedelta(minutes=5)) as bot:
        await tick(bot)
        assert len(texts(hall)) == 1


async def test_a_process_that_is_killed_while_it_posts_is_followed_by_another(
    hall: Guildhall, url: str, home: Path, paper: Origin
) -> None:
    async with open_store(url) as store:
        await store.alerts.save(alert(**words("Petrel"), quiet=(time(), time())))
    hall.control.fault(kind="hang", when="after", on="create_message")
    async with running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}") as run:
        await until(lambda: texts(hall), BOUND)
        run.process.kill()
        await run.ends()
    async with open_store(url) as store, store.outbox.database.writing() as connection:
        await connection.exec_driver_sql("UPDATE deliveries SET leased = 0")  # as if it were 45 seconds later
    async with open_store(url) as store, running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}") as again:
        states: list[State] = []
        async with asyncio.timeout(2 * BOUND):  # until the lease of the dead one is over
            while states != [State.SENT]:
                told = await store.alerts.told([alert().id], datetime.now(UTC).date() - timedelta(days=1))
                states = [one.state for one in told[alert().id]]
                await asyncio.sleep(0.5)
        assert await again.stop() == 0, again.log
    assert len(texts(hall)) == 1


async def test_what_was_removed_or_paused_does_not_come(hall: Guildhall, bot: Office) -> None:
    bot.clock.set(SEVEN + timedelta(hours=16))
    for n in range(4):
        await bot.store.alerts.save(alert(n, **words("Calyx")))
    await bot.store.subscriptions.save(subscription(3))
    await hear(bot, MOON)
    assert len(await bot.rows()) == 4
    await bot.store.alerts.remove(channel(0))
    await bot.store.alerts.pause([alert_id(channel(1))], None)
    await bot.store.subscriptions.close(channel(3))
    bot.clock.set(day(1) + timedelta(seconds=5))
    await bot.post()

    assert [len(texts(hall, n)) for n in range(4)] == [0, 0, 1, 0]


async def test_a_channel_that_is_forbidden_pauses_it_after_days_and_says_why(hall: Guildhall, bot: Office) -> None:
    hall.control.channel(CHANNEL, permissions="view_channel")
    await bot.store.alerts.save(alert(**words("Mondlander"), cap=10))
    for n, (title, text) in enumerate(moons(5).items()):
        (found,) = await bot.store.alerts.all()
        assert not found.paused, "two messages of a day are refused together"
        bot.clock.set(day(n // 2) + timedelta(hours=3 + n % 2))
        await hear(bot, {title: text})
    (found,) = await bot.store.alerts.all()
    assert found.paused
    assert found.reason
    assert f"Pausiert: {found.reason}" in await bot.console("/status")
