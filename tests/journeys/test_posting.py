"""From what is due to what stands in the channels, through faults of the chat: each digest once, or a reason why."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import posting
from bot.model import Channel, Delivery, Platform, State
from cogs.discord import client as clients
from cogs.discord.channel import DiscordChannel
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
    until,
)

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
PERSON = Channel(Platform.DISCORD, "", "42", direct=True)


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


async def test_a_channel_that_is_limited_waits_alone(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind="limited", channel=CHANNEL, times=2, seconds=0.3)
    await bot.morning()
    assert await bot.states() == ["pending", "sent"]
    await bot.retry(2)

    assert await bot.states() == ["sent", "sent"]
    assert requests(hall) == 4


async def test_a_long_limit_is_kept(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.fault(kind="limited", channel=CHANNEL, seconds=900)
    waiting, sent = await bot.morning()
    bot.clock.wait(seconds=890)
    await bot.post()
    assert requests(hall) == 2, "nobody asks before"
    await bot.retry()

    assert sent.state is State.SENT
    assert waiting.due - bot.clock.now() < timedelta(seconds=30)
    assert await bot.states() == ["sent", "sent"]
    assert "Petrel" in texts(hall, 0)[0]


@BOTH
@pytest.mark.parametrize("kind", ["limited_globally", "banned"])
async def test_a_limit_for_all_silences_every_process(hall: Guildhall, bot: Office, url: str, kind: str) -> None:
    async with office(url, hall) as other:
        await bot.subscribe(subscription(0), subscription(1))
        hall.control.fault(kind=kind, seconds=600)
        await bot.morning()
        asked, told = requests(hall), texts(hall)  # what was under way when the first answer came is told
        await bot.subscribe(subscription(2, at=SEVEN.replace(minute=1).time()))
        for one in (bot, other):
            one.clock.set(SEVEN + timedelta(seconds=10))
        other.clock.set(SEVEN + timedelta(seconds=61))
        await other.plan()
        await other.post()
        await bot.post()
        assert requests(hall) == asked, "the other process keeps silent, too"
        assert texts(hall) == told
        for one in (other, bot):
            one.clock.set(SEVEN + timedelta(minutes=15))
        await other.retry(6)

        assert await bot.states() == ["sent"] * 3
        assert len(texts(hall)) == 3


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
            assert "24. November 2026 kam nicht: Dem Bot fehlt das Recht" in await bot.console(
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


async def test_silence_of_all_keeps_a_long_outbox_together(hall: Guildhall, bot: Office) -> None:
    count = 60
    await bot.subscribe(*(subscription(n % 2, 100 + n, name=f"Digest {n}") for n in range(count)))
    await bot.store.leases.reserve("discord", SEVEN + timedelta(minutes=2), 0, timedelta())
    await bot.morning()
    for _ in range(3):
        bot.clock.wait(seconds=20)
        await bot.post()
    assert [row.tries for row in await bot.rows()] == [0] * count

    bot.clock.set(SEVEN + timedelta(minutes=2))
    await bot.post()

    assert await bot.states() == ["sent"] * count
    assert len(texts(hall)) == count


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


async def test_slow_mode_is_waited_for(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(0, 7, name="Noch einer"))
    hall.control.channel(CHANNEL, slowmode=0.5)
    await bot.morning()
    assert sorted(await bot.states()) == ["pending", "sent"]
    await asyncio.sleep(0.5)
    await bot.retry(2)

    assert await bot.states() == ["sent", "sent"]


async def test_a_revoked_token_stops_everything_and_loses_nothing(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    hall.control.revoke(hall.token)
    await bot.morning()

    assert bot.posting.refused.done()
    assert await bot.states() == ["pending", "pending"]
    assert requests(hall) <= 2


def test_the_lease_is_longer_than_a_turn_and_a_try_take() -> None:
    assert posting.LEASE > posting.AHEAD + posting.LONGEST_TRY
    assert posting.LONGEST_TRY.total_seconds() > clients.PATIENCE
