"""From what is due to what stands in the channels, through faults of the chat: each digest once, or a reason why."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot import posting
from bot.model import Delivery, State
from cogs.discord import client as clients
from cogs.discord.channel import DiscordChannel
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL
from tests.journeys.office import (
    SEVEN,
    TOLD,
    Office,
    channel,
    office,
    requests,
    subscription,
    texts,
    until,
)

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    """An office with three stories, on a Monday at a minute to seven."""
    async with office(url, hall) as opened:
        await opened.publish(TOLD)
        yield opened


@BOTH
async def test_a_digest_comes_once_at_its_time(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN - timedelta(seconds=2))
    await bot.plan()
    assert await bot.rows() == []
    rows = await bot.morning()
    await bot.morning()

    assert [row.state for row in rows] == [State.SENT] * 2
    assert len(texts(hall, 0)) == len(texts(hall, 1)) == 1
    assert "Petrel" in texts(hall, 0)[0]
    assert requests(hall) == 2


@BOTH
@pytest.mark.parametrize("kind", ["reset", "drop"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_that_breaks_off_costs_no_post_and_doubles_none(
    hall: Guildhall, bot: Office, kind: str, when: str
) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind=kind, when=when, channel=CHANNEL)
    await bot.morning()
    assert len(texts(hall, 1)) == 1
    await bot.retry()

    assert await bot.states() == ["sent", "sent"]
    assert len(texts(hall, 0)) == 1
    assert requests(hall) == 3


async def test_an_answer_that_does_not_come_holds_nobody_up(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(*(subscription(n) for n in range(4)))
    hall.control.fault(kind="hang", when="after", channel=CHANNEL)
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    at_it = asyncio.create_task(bot.posting.post())
    await until(lambda: len(texts(hall)) >= 4)
    assert not at_it.done(), "the first one is still waited for"
    await bot.subscribe(subscription(4))
    bot.clock.wait(seconds=-10)
    await bot.plan()
    bot.clock.wait(seconds=10)
    await bot.plan()
    await bot.post()
    assert not at_it.done(), "what comes due meanwhile is not held up"
    assert len(texts(hall, 4)) == 1
    at_it.cancel()  # as if it died of it
    await asyncio.gather(at_it, return_exceptions=True)
    bot.clock.wait(seconds=posting.LEASE.total_seconds())
    await bot.post()

    assert await bot.states() == ["sent"] * 5
    assert [len(texts(hall, n)) for n in range(5)] == [1] * 5


async def test_a_long_outbox_keeps_one_job_busy_and_no_more(
    hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "CLAIM", 4)
    await bot.subscribe(*(subscription(n % 5, n + 1, name=f"Nummer {n}") for n in range(20)))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    first = asyncio.create_task(bot.posting.post())
    await until(lambda: texts(hall))
    await bot.post()  # as the job of the next tick does
    assert not first.done()
    await first

    assert await bot.states() == ["sent"] * 20
    assert requests(hall) == len(texts(hall)) == 20


@pytest.mark.parametrize(("most", "together"), [(2, 2), (posting.AT_ONCE, 5)])
async def test_no_more_is_handed_out_than_is_under_way(
    hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch, most: int, together: int
) -> None:
    monkeypatch.setattr(posting, "AT_ONCE", most)
    hall.control.settings(latency=[0.5, 0.5])
    async with office(url, hall) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(*(subscription(n) for n in range(5)))
        await bot.morning()

        assert await bot.states() == ["sent"] * 5
        assert hall.control.hall.counters.most_at_once == together


async def test_a_clock_that_was_set_back_holds_nothing_up(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1, at=SEVEN.replace(hour=5).time()))
    await bot.morning()
    await bot.morning(SEVEN - timedelta(hours=2))
    await bot.morning()

    assert [len(texts(hall, n)) for n in range(2)] == [1, 1]


@BOTH
async def test_after_the_chat_forgot_it_is_looked_for(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    hall.control.fault(kind="reset", when="after")
    await bot.morning()
    hall.control.forget()
    bot.clock.wait(minutes=10)
    await bot.retry()

    assert await bot.states() == ["sent"]
    assert len(texts(hall)) == 1
    assert requests(hall) == 1


@pytest.mark.parametrize(("status", "times"), [(500, 1), (502, 5), (503, 1), (504, 5), (520, 1)])
async def test_a_server_that_is_broken_is_tried_again_later(
    hall: Guildhall, bot: Office, status: int, times: int
) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind="status", status=status, times=times, channel=CHANNEL)
    await bot.morning()
    assert await bot.states() == ["pending", "sent"]
    assert f"Fehler {status}" in await bot.console("/status")
    await bot.retry(times)

    assert await bot.states() == ["sent", "sent"]
    assert len(texts(hall, 0)) == 1
    assert requests(hall) == times + 2


async def test_a_server_that_stays_broken_is_given_up_at_the_cut_off(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, cutoff=1))
    hall.control.fault(kind="status", status=503, times=-1)
    await bot.morning()
    await bot.retry(30)

    assert await bot.states() == ["missed"]
    assert requests(hall) < 20
    assert "Bis zum Ende der Frist ließ sich der Digest nicht posten" in await bot.console("/status")


async def test_a_delivery_that_breaks_us_takes_no_other_along(
    hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    real = DiscordChannel.send

    async def send(self: DiscordChannel, delivery: Delivery) -> str:
        if delivery.channel == channel(0):
            raise ZeroDivisionError
        return await real(self, delivery)

    monkeypatch.setattr(DiscordChannel, "send", send)
    await bot.morning()

    assert await bot.states() == ["pending", "sent"]
    assert "ZeroDivisionError" in caplog.text


async def test_a_try_ends_while_its_lease_lasts(hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "LONGEST_TRY", timedelta(seconds=0.3))
    await bot.subscribe(subscription(0))
    hall.control.fault(kind="hang", when="after", channel=CHANNEL)
    await bot.morning()

    assert await bot.states() == ["pending"]
    await bot.retry()
    assert await bot.states() == ["sent"]
    assert len(texts(hall)) == 1


def test_the_lease_is_longer_than_a_turn_and_a_try_take() -> None:
    assert posting.LEASE > posting.AHEAD + posting.LONGEST_TRY
    assert posting.LONGEST_TRY.total_seconds() > clients.PATIENCE
