"""What was handed out and not sent, and what may have been sent: neither is looked for in vain, nor given up early."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import posting
from bot.deliveries import send
from bot.model import State
from bot.posting import _Tried
from tests.chats.guildhall import Guildhall
from tests.journeys.office import SEVEN, TOLD, Office, office, requests, subscription, texts

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
PROTECTED = pytest.mark.parametrize("protected", [True, False], ids=["protected", "control"])


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    """An office with three stories, on a Monday at a minute to seven."""
    async with office(url, hall) as opened:
        await opened.publish(TOLD)
        yield opened


async def claimed(bot: Office) -> None:
    async with asyncio.timeout(20):
        while not all(row.tries for row in await bot.rows()):  # noqa: ASYNC110 - another task does it
            await asyncio.sleep(0.02)


@BOTH
@PROTECTED
async def test_who_stops_before_its_turn_has_tried_nothing(
    hall: Guildhall, bot: Office, url: str, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    if not protected:
        untried = posting._untried
        monkeypatch.setattr(posting, "_untried", lambda *args: _Tried(args[0], untried(*args).outcome, None))
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    await bot.store.leases.reserve("discord", bot.clock.now() + timedelta(seconds=10), 0, timedelta())
    at_it = asyncio.create_task(bot.posting.post())
    await claimed(bot)
    bot.posting.stop()
    await at_it
    assert [row.tries for row in await bot.rows()] == ([0, 0] if protected else [1, 1])
    async with office(url, hall, SEVEN + timedelta(minutes=20)) as again:
        await again.post()

        assert await again.states() == ["sent", "sent"]
    assert requests(hall, "list_messages") == (0 if protected else 2)
    assert len(texts(hall)) == requests(hall) == 2


@PROTECTED
async def test_while_the_chat_takes_nothing_from_anybody_nothing_counts_as_tried(
    hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    if not protected:
        monkeypatch.setattr(posting, "is_untried", lambda _: False)
    await bot.subscribe(subscription(0))
    hall.control.fault(kind="limited_globally", seconds=0.2, on="create_message", times=5)
    (row,) = await bot.morning()
    for _ in range(4):
        await asyncio.sleep(0.25)  # the client is silent by the machine's clock
        await bot.retry()
    (row,) = await bot.rows()
    assert row.state is State.PENDING
    assert (row.tries, row.tried is None) == ((0, True) if protected else (5, False))
    if protected:
        assert row.due - bot.clock.now() <= timedelta(seconds=2), "its back-off has not grown"
    await asyncio.sleep(0.25)
    bot.clock.wait(minutes=10)
    await bot.post()

    assert await bot.states() == ["sent"]
    assert requests(hall, "list_messages") == (0 if protected else 1)
    assert len(texts(hall)) == 1


@pytest.mark.parametrize("busy", [{"kind": "status", "status": 503}, {"kind": "limited", "seconds": 5 * 3_600.0}])
@PROTECTED
async def test_what_may_be_there_is_looked_for_beyond_the_cut_off(
    hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch, busy: dict[str, Any], protected: bool
) -> None:
    if not protected:
        real = send.after  # which is told that there was no earlier try
        monkeypatch.setattr(posting, "after", lambda one, *more: real(replace(one, tries=0), *more))
    await bot.subscribe(subscription(0, cutoff=1))
    hall.control.fault(kind="reset", when="after", on="create_message")
    await bot.morning()
    hall.control.forget()
    hall.control.fault(on="list_messages", **busy)
    bot.clock.set(SEVEN + timedelta(minutes=59, seconds=59, milliseconds=900))
    await bot.post()
    await bot.retry(2)

    assert await bot.states() == (["sent"] if protected else ["missed"])
    assert len(texts(hall)) == requests(hall) == 1


async def test_what_cannot_be_looked_for_is_given_up_at_last(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, cutoff=1))
    hall.control.fault(kind="reset", when="after", on="create_message")
    await bot.morning()
    hall.control.forget()
    hall.control.fault(kind="status", status=503, on="list_messages", times=-1)
    bot.clock.set(SEVEN + timedelta(minutes=59))
    await bot.post()
    await bot.retry(40)

    assert await bot.states() == ["missed"]
    assert bot.clock.now() < SEVEN + timedelta(hours=1) + send.FOUND_OUT + timedelta(minutes=1)
    assert requests(hall, "list_messages") < 30
    assert len(texts(hall)) == 1
