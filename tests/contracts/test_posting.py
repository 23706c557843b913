"""From the outbox to the chat: the real store, the real discord.py, and the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from discord.http import Route

from bot.clock import SystemClock
from bot.model import Channel, Delivery, Platform, State, Subscription, delivery_id
from bot.ports import Body
from bot.posting import Posting
from bot.store.store import DatabaseStore
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import moment_of, opened
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.stages.digests import DIGEST

COUNT = 100  # two seconds' work
DAY = date(2026, 11, 23)
TEXT = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL))


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall(channels=COUNT) as running:
        yield running


@pytest.fixture
async def surface(hall: Guildhall) -> AsyncIterator[DiscordChannel]:
    async with opened(TOKEN, hall.rest) as client:
        yield DiscordChannel(client)


@dataclass
class Clock:
    """A clock that tests move."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def fill(store: DatabaseStore, surface: DiscordChannel, count: int = COUNT) -> None:
    """One delivery for each of so many channels, all due now."""
    now = datetime.now(UTC)
    (body,) = surface.render(DIGEST, Subscription(1, TEXT, "", time(7), "Europe/Berlin"))
    until = now + timedelta(hours=6)
    wanted = [
        Delivery(delivery_id(number, DAY, 1), number, _channel(number), DAY, 1, body.text, State.PENDING, now, until)
        for number in range(count)
    ]
    await store.outbox.add(wanted, [Body(body.text)], now)


def _channel(number: int) -> Channel:
    return replace(TEXT, id=str(CHANNEL + number))


async def test_a_process_posts_in_one_go_however_often_it_is_asked(
    hall: Guildhall, store: DatabaseStore, surface: DiscordChannel
) -> None:
    """Each look at the outbox asks for it; if each of them took part, they would take all places for jobs."""
    await fill(store, surface)
    posting = Posting(store, SystemClock(), {Platform.DISCORD: surface})
    first = asyncio.create_task(posting.post())
    while not (hall.control.messages() or first.done()):  # noqa: ASYNC110 - what is waited for is in the chat
        await asyncio.sleep(0.01)
    await posting.post()
    assert not first.done()
    assert len(hall.control.messages()) < COUNT / 2
    await first
    assert len(hall.control.messages()) == COUNT


@pytest.mark.parametrize("protected", [True, False], ids=["protected", "control"])
async def test_a_clock_ahead_of_discords_misses_no_message(
    hall: Guildhall, store: DatabaseStore, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    if not protected:
        monkeypatch.setattr(DiscordChannel, "ahead", timedelta(0))
    hall.control.settings(behind=600.0)
    async with opened(TOKEN, hall.rest) as client:
        surface = DiscordChannel(client)
        assert client.ahead > timedelta(minutes=9), "its login has told"
        await fill(store, surface, 1)
        clock = Clock()
        posting = Posting(store, clock, {Platform.DISCORD: surface})
        hall.control.fault(kind="reset", when="after", on="create_message")
        await posting.post()
        hall.control.forget()
        for n in range(120):
            hall.control.say(CHANNEL, f"Nachricht {n}")
        clock.ahead += timedelta(minutes=6)
        await posting.post()

    own = [one for one in hall.control.messages() if one["author"] != "42"]
    assert len(own) == (1 if protected else 2)


@pytest.mark.parametrize("date", ["", "gestern", "Mon, 99 Nov 2026 25:61:00 GMT"])
def test_a_date_that_says_nothing_is_ignored(date: str) -> None:
    assert moment_of(date) is None


async def test_what_may_be_there_is_looked_for_however_often_it_was_tried_since(
    hall: Guildhall, store: DatabaseStore, surface: DiscordChannel
) -> None:
    """The chat knows the nonce of the post that got through for minutes; later tries that did not don't renew that."""
    await fill(store, surface, 1)
    clock = Clock()
    posting = Posting(store, clock, {Platform.DISCORD: surface})
    hall.control.fault(kind="reset", when="after", on="create_message")
    hall.control.fault(kind="status", status=503, on="create_message")
    await posting.post()
    clock.ahead += timedelta(minutes=3)
    await posting.post()
    hall.control.forget()
    clock.ahead += timedelta(minutes=3)
    await posting.post()
    (message,) = hall.control.messages()
    found = await store.outbox.last([0], sent=True)
    assert found[0].message == message["id"]
