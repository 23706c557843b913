"""Channels that take no digest, are gone, or became something else: who is told why, and what is forgotten."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Channel, Platform, State
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD, USUAL
from tests.journeys.office import (
    SEVEN,
    TOLD,
    Office,
    channel,
    day,
    office,
    requests,
    subscription,
    texts,
)

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)

PERSON = Channel(Platform.DISCORD, "", "42", direct=True)


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    """An office with three stories, on a Monday at a minute to seven."""
    async with office(url, hall) as opened:
        await opened.publish(TOLD)
        yield opened


async def test_what_a_moderator_deleted_is_not_posted_again(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    hall.control.fault(kind="reset", when="after")
    await bot.morning()
    hall.control.delete_message(hall.control.messages()[0]["id"])
    await bot.retry()

    assert await bot.states() == ["sent"]
    assert not texts(hall)
    await bot.retry()
    assert requests(hall) == 2


@pytest.mark.parametrize("permissions", ["view_channel", "send_messages"])
async def test_who_may_not_post_is_told_why_and_paused_on_the_third_day(
    hall: Guildhall, bot: Office, permissions: str
) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.channel(CHANNEL, permissions=permissions)
    for n in range(5):
        await bot.publish({f"{title} {n}": text for title, text in TOLD.items()})
        await bot.morning(day(n))
        await bot.retry(3)
        if n == 1:
            assert "Der von heute kam nicht: Dem Bot fehlt das Recht" in await bot.console(
                f"/digest show channel:{channel().place}"
            )

    mine = [row for row in await bot.rows() if row.subscription == 1]
    assert [row.state for row in mine] == [State.FORBIDDEN] * 3
    assert hall.control.hall.counters.statuses["403"] <= 3
    assert len(texts(hall, 1)) == 5
    (paused,) = await bot.store.subscriptions.get([1])
    assert paused.paused
    assert "Pausiert: Dem Bot fehlt das Recht" in await bot.console("/status")

    hall.control.channel(CHANNEL, permissions=USUAL)
    await bot.console(f"/digest resume channel:{channel().place}")
    await bot.morning(day(5))
    assert len(texts(hall, 0)) == 1


async def test_who_closed_their_messages_is_left_alone_at_once(hall: Guildhall, bot: Office) -> None:
    hall.control.close_direct(42)
    await bot.subscribe(replace(subscription(0), channel=PERSON))
    await bot.morning()
    await bot.morning(day(1))

    assert await bot.states() == ["forbidden"]
    assert requests(hall) == 1
    assert "Pausiert: Diese Person nimmt keine Direktnachrichten" in await bot.console("/status")


async def test_a_channel_that_is_gone_is_forgotten(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(0, 7, name="Noch einer", at=SEVEN.replace(hour=8).time()))
    await bot.morning()
    hall.control.delete_channel(CHANNEL, told=False)
    await bot.morning(day(1))
    await bot.morning(day(1) + timedelta(hours=1))
    await bot.morning(day(2))

    assert "gone" in await bot.states()
    assert await bot.store.subscriptions.all() == []
    assert requests(hall) == 2


async def test_a_channel_that_never_was_is_a_slip_of_the_pen_and_kept(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    hall.control.delete_channel(CHANNEL, told=False)
    await bot.morning()
    await bot.morning(day(1))

    assert await bot.states() == ["gone"]
    assert requests(hall) == 1
    assert "Pausiert:" in await bot.console("/status")


async def test_a_server_that_threw_the_bot_out_gets_nothing_more(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(*(subscription(n) for n in range(3)))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    hall.control.delete_guild(GUILD)
    await bot.store.subscriptions.leave(Platform.DISCORD, str(GUILD))  # which the gateway's event does
    await bot.post()

    assert await bot.rows() == []
    assert requests(hall) == 0


@BOTH
async def test_a_server_that_threw_it_out_during_the_digest_gets_nothing_more(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(*(subscription(n) for n in range(3)))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    hall.control.delete_guild(GUILD, told=False)
    await bot.post()
    await bot.retry()

    assert "pending" not in await bot.states()
    assert all(one.paused for one in await bot.store.subscriptions.all()), "they never came, so they may be slips"
    assert requests(hall) <= 3


async def test_a_channel_that_became_a_forum_gets_a_post(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.morning()
    hall.control.convert(CHANNEL, "forum")
    await bot.publish({f"{title} 2": text for title, text in TOLD.items()})
    await bot.morning(day(1))
    await bot.retry()

    assert await bot.states() == ["sent", "sent"]
    assert len(texts(hall)) == 2
    assert requests(hall, "create_thread") == 1


async def test_a_locked_thread_is_no_loop(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    hall.control.channel(CHANNEL, kind="text")
    thread = hall.control.hall.world.channels[CHANNEL]
    thread.kind, thread.locked, thread.parent = 11, True, CHANNEL + 1
    await bot.morning()
    await bot.retry(3)

    assert await bot.states() == ["forbidden"]
    assert requests(hall) == 1
    assert "Der Thread ist gesperrt" in await bot.console("/status")


async def test_an_archived_thread_is_woken(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    thread = hall.control.hall.world.channels[CHANNEL]
    thread.kind, thread.archived, thread.parent = 11, True, CHANNEL + 1
    await bot.morning()

    assert await bot.states() == ["sent"]


async def test_a_revoked_token_stops_everything_and_loses_nothing(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.revoke(hall.token)
    await bot.morning()

    assert bot.posting.refused.done()
    assert await bot.states() == ["pending", "pending"]
    assert requests(hall) <= 2
