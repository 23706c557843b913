"""When a digest is planned: through downtime, clocks that are changed, and what people change meanwhile."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot import running
from bot.model import Channel, Delivery, Platform, State
from bot.planning import Batch
from bot.store import outbox
from bot.store.outbox import StoredOutbox
from tests.chats.guildhall import Guildhall
from tests.journeys.office import (
    BERLIN,
    BOTE,
    GOES_ON,
    SEVEN,
    TOLD,
    Office,
    channel,
    day,
    days,
    office,
    requests,
    subscription,
    texts,
)
from tests.models import ModelServer, condenses

PROTECTED = pytest.mark.parametrize("protected", [True, False], ids=["protected", "control"])
BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        yield opened


# when it comes


async def test_after_three_days_there_is_one_digest_for_today(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning()
    bot.clock.set(day(3) + timedelta(minutes=20))
    async with office(str(bot.store.outbox.database.url), hall, day(3) + timedelta(minutes=20)) as again:
        again.clock.wait(minutes=1)
        await again.plan()
        await again.post()

        sent = [row.day for row in await again.rows() if row.state is State.SENT]
        assert sent == [SEVEN.date(), day(3).date()]
        assert len(texts(hall)) == 2
        assert "26. November" in texts(hall)[1]


async def test_the_first_after_an_outage_tells_what_was_missed_and_since_when(hall: Guildhall, bot: Office) -> None:
    (first, *missed), later = TOLD.items(), dict(GOES_ON)
    await bot.subscribe(subscription(0))
    await bot.publish(dict([first]))
    await bot.morning()
    bot.clock.set(day(2) - timedelta(hours=8))
    await bot.publish(dict(missed))
    bot.clock.set(day(3) - timedelta(minutes=30))
    await bot.publish(later, feed=BOTE)
    await bot.morning(day(3))

    usual, after = texts(hall)
    assert "Seit " not in usual.splitlines()[2]
    assert "Seit Montag, 23. November 2026, 07" in after
    assert "Stratus Nord" in after, "it was told on the second day of the outage"
    bot.clock.set(day(4) - timedelta(minutes=30))
    await bot.morning(day(4))
    assert "Seit " not in texts(hall)[2]


async def test_five_hours_late_it_tells_what_happened_meanwhile(hall: Guildhall, url: str) -> None:
    async with office(url, hall, SEVEN + timedelta(hours=5), leave_out=("post",)) as bot:
        await bot.subscribe(subscription(0))
        bot.offer(TOLD, hours=8)
        await bot.plan()
        await bot.post()

        (text,) = texts(hall)
        assert "Petrel" in text, "it was collected first"
        bot.offer({**TOLD, **GOES_ON}, hours=1)
        bot.clock.set(day(1) - timedelta(hours=12))
        await bot.running.ask_feeds()
        await bot.morning(day(1))
        assert await bot.states() == ["sent", "sent"]


async def test_twenty_hours_late_it_is_skipped_and_told_why(hall: Guildhall, url: str) -> None:
    async with office(url, hall, SEVEN + timedelta(hours=20)) as bot:
        await bot.subscribe(subscription(0))
        await bot.publish(TOLD)
        await bot.plan()
        await bot.post()

        assert await bot.states() == ["missed"]
        assert not texts(hall)
        told = await bot.console("/status")
        assert "kam nicht: Der Digest wurde nicht rechtzeitig fertig; nach 6 Stunden" in told


@BOTH
async def test_a_clock_set_back_by_two_hours_doubles_nothing(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning(SEVEN + timedelta(minutes=10))
    bot.clock.set(SEVEN - timedelta(hours=1, minutes=50))
    await bot.plan()
    await bot.subscribe(subscription(1, at=time(6), since=bot.clock.now()))
    for minutes in range(-60, 15, 5):
        await bot.morning(SEVEN + timedelta(minutes=minutes))

    assert len(texts(hall, 0)) == 1
    assert len(texts(hall, 1)) == 1, "what is set up in the hours that come again is not forgotten"


async def test_an_hour_that_comes_twice_is_one_slot(hall: Guildhall, url: str) -> None:
    start = datetime(2027, 10, 30, 23, 50, tzinfo=UTC)  # 01:50 in Berlin
    async with office(url, hall, start) as bot:
        await bot.subscribe(*(subscription(n, at=time(2, 30), since=start) for n in range(2)))
        seen = []
        for n in range(20):
            await bot.morning(start + n * timedelta(minutes=10))
            seen.append(len(texts(hall)))

        assert seen == [0] * 4 + [2] * 16, "at the first 02:30, and not at the second"
        assert await bot.states() == ["sent"] * 2


@PROTECTED
async def test_who_moves_to_another_time_after_the_first_went_by_gets_its_digest(
    hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    if not protected:  # then the job of eight would be the one of seven, which is done
        monkeypatch.setattr(Batch, "id", property(lambda batch: f"{batch.zone}:{batch.day}:{batch.ids}"))
    place = f"channel:{channel().place}"
    await bot.console(f"/digest setup {place} time:07:00")
    await bot.publish(TOLD)
    await bot.console(f"/digest pause {place}")
    assert await bot.morning() == []
    bot.clock.wait(minutes=10)
    await bot.console(f"/digest resume {place}", f"/digest setup {place} time:08:00")
    await bot.morning(SEVEN + timedelta(hours=1))

    assert len(texts(hall)) == (1 if protected else 0)


@PROTECTED
async def test_it_looks_back_no_further_than_two_days(
    hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    if not protected:
        monkeypatch.setattr(running, "BACK", timedelta(days=20))
    async with office(url, hall) as bot:
        await bot.subscribe(subscription(0, since=SEVEN - timedelta(days=30)))
        await bot.morning()
        first = days(await bot.rows())
        await bot.morning(day(9))  # as after the lid of a laptop was shut
        await bot.running.ask_missed()
        then = days(await bot.rows())[len(first) :]

    assert first[-1] == SEVEN.date()
    assert then[-1] == day(9).date()
    assert (len(first), len(then)) == ((2, 2) if protected else (20, 9))


# what changes meanwhile


async def test_what_is_removed_while_its_digest_is_made_is_not_posted(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:

        async def removes(asked: dict[str, object]) -> web.StreamResponse:
            await bot.store.subscriptions.remove([1])
            return condenses(asked)

        server.otherwise = removes
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0), subscription(1))
        await bot.morning()

        assert await bot.states() == ["sent"]
        assert [len(texts(hall, n)) for n in range(2)] == [0, 1]


@pytest.mark.parametrize("when", ["while it is made", "while it is written"])
@PROTECTED
async def test_what_is_paused_while_its_digest_is_made_is_skipped(
    hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch, when: str, protected: bool
) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:
        real = StoredOutbox.tell

        async def pauses(asked: dict[str, object]) -> web.StreamResponse:
            await bot.store.subscriptions.pause([1], None)
            return condenses(asked)

        async def late(self: StoredOutbox, written: Sequence[Delivery], *more: Any) -> int:
            if written:
                await bot.store.subscriptions.pause([1], None)
            return await real(self, written, *more)

        if when == "while it is made":
            server.otherwise = pauses
        else:
            monkeypatch.setattr(StoredOutbox, "tell", late)
        if not protected:
            monkeypatch.setattr(outbox, "skipped", lambda one: one)
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0), subscription(1))
        await bot.morning()

        assert await bot.states() == (["skipped", "sent"] if protected else ["sent", "sent"])
        assert [len(texts(hall, n)) for n in range(2)] == ([0, 1] if protected else [1, 1])
        if protected:
            assert (await bot.rows())[0].reason == "Der Digest wurde pausiert."


async def test_what_is_changed_while_its_digest_is_made_comes_once(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:

        async def changes(asked: dict[str, object]) -> web.StreamResponse:
            await bot.console(f"/digest setup channel:{channel().place} time:07:05 stories:1")
            return condenses(asked)

        server.otherwise = changes
        await bot.publish(TOLD)
        await bot.console(f"/digest setup channel:{channel().place} time:07:00")
        await bot.morning()
        await bot.morning(SEVEN + timedelta(minutes=6))

        assert await bot.states() == ["sent"]
        assert len(texts(hall)) == 1


async def test_what_is_removed_while_it_waits_is_not_posted(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert await bot.states() == ["pending"] * 2
    await bot.console(f"/digest remove channel:{channel().place}")
    await bot.post()

    assert [len(texts(hall, n)) for n in range(2)] == [0, 1]
    assert requests(hall) == 1


@BOTH
async def test_what_is_paused_while_it_waits_or_is_tried_again_is_not_posted(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    await bot.console(f"/digest pause channel:{channel(0).place}")
    hall.control.fault(kind="status", status=503, on="create_message")
    await bot.post()
    assert await bot.states() == ["skipped", "pending"]
    told = await bot.console(f"/digest pause channel:{channel(1).place}")
    assert "kam nicht: Der Digest wurde pausiert." in told
    await bot.retry()
    bot.clock.wait(minutes=30)
    await bot.post()

    assert not texts(hall)
    assert await bot.states() == ["skipped"] * 2


# what fails


async def test_a_chat_that_is_not_run_here_takes_nobody_along(hall: Guildhall, bot: Office) -> None:
    slack = replace(subscription(3), channel=Channel(Platform.SLACK, "T1", "C1"))
    await bot.subscribe(slack, subscription(0))
    await bot.publish(TOLD)
    await bot.morning()

    assert await bot.states() == ["sent"]
    assert len(texts(hall, 0)) == 1


@BOTH
async def test_a_plan_that_failed_is_made_up_for(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    await bot.execute("ALTER TABLE bodies RENAME TO away")
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert any("away" in how or "bodies" in how for how in bot.engine.done.values()), "it failed"
    await bot.execute("ALTER TABLE away RENAME TO bodies")
    for _ in range(2):
        bot.clock.wait(minutes=1)
        await bot.plan()
    assert not await bot.rows(), "its job counts as done"
    bot.clock.wait(minutes=10)
    await bot.running.ask_missed()
    await bot.running.ask_missed()
    await bot.post()

    assert await bot.states() == ["sent"] * 2
    assert len(texts(hall)) == 2


async def test_what_is_missed_is_tried_in_small_portions(bot: Office) -> None:
    await bot.subscribe(*(subscription(n % 5, n + 1, name=f"Nummer {n}") for n in range(30)))
    bot.clock.set(SEVEN + timedelta(minutes=30))
    missed = await bot.house.planning.missed(SEVEN - timedelta(hours=1), bot.clock.now())

    assert missed == [Batch(BERLIN.key, SEVEN.date(), (n + 1,)) for n in range(30)]
