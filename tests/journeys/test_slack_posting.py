"""Digests into Slack through the whole outbox: each once, whatever breaks, and what a refusal does to it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model import Channel, Platform, State
from cogs.slack.channel import SlackChannel
from cogs.slack.client import opened
from tests.chats.slack_world import CHANNEL, PERSON, TEAM
from tests.chats.workspace import Workspace
from tests.journeys.office import TOLD, Office, day, office, subscription

NEWS = Channel(Platform.SLACK, TEAM, CHANNEL)
DIRECT = Channel(Platform.SLACK, TEAM, PERSON, direct=True)


@pytest.fixture
async def bot(url: str, slack: Workspace) -> AsyncIterator[Office]:
    """A process that posts to Slack alone."""
    async with (
        opened(slack.token, slack.app_token, slack.api) as client,
        office(url, None, slack=SlackChannel(client)) as made,
    ):
        await made.publish(TOLD)
        yield made


def there(slack: Workspace, channel: str = CHANNEL) -> int:
    return len(slack.control.messages(channel))


@pytest.mark.parametrize("kind", ["reset", "drop"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("channel", [NEWS, DIRECT])
async def test_it_comes_once_whatever_breaks(
    bot: Office, slack: Workspace, kind: str, when: str, channel: Channel
) -> None:
    slack.control.fault(kind=kind, when=when, on="chat.postMessage")
    await bot.subscribe(subscription(channel=channel))
    await bot.morning()
    assert await bot.states() == ["pending"]
    await bot.retry()

    assert await bot.states() == ["sent"]
    room = CHANNEL if channel is NEWS else slack.control.space.direct(PERSON).id
    assert there(slack, room) == 1
    assert (await bot.rows())[0].message == slack.control.messages(room)[0]["id"]


async def test_without_looking_it_would_come_twice(
    bot: Office, slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SlackChannel, "memory", timedelta(minutes=4))  # the negative control: it is trusted to know it
    slack.control.fault(kind="reset", when="after", on="chat.postMessage")
    await bot.subscribe(subscription(channel=NEWS))
    await bot.morning()
    await bot.retry()

    assert there(slack) == 2


async def test_while_it_cannot_be_looked_for_it_is_not_sent(bot: Office, slack: Workspace) -> None:
    slack.control.fault(kind="reset", when="after", on="chat.postMessage")
    slack.control.fault(kind="error", error="internal_error", on="conversations.history", times=2)
    await bot.subscribe(subscription(channel=NEWS))
    await bot.morning()
    await bot.retry(3)

    assert await bot.states() == ["sent"]
    assert there(slack) == 1


async def test_a_limit_is_waited_for(bot: Office, slack: Workspace) -> None:
    slack.control.fault(kind="limited", seconds=40, on="chat.postMessage")
    await bot.subscribe(subscription(channel=NEWS))
    (row,) = await bot.morning()

    assert row.due - bot.clock.now() > timedelta(seconds=30)
    await bot.retry()
    assert there(slack) == 1


async def test_days_of_refusals_pause_it(bot: Office, slack: Workspace) -> None:
    slack.control.channel(CHANNEL, joined=False)
    await bot.subscribe(subscription(channel=NEWS))
    for n in range(4):
        await bot.morning(day(n))

    (one,) = await bot.store.subscriptions.all()
    assert one.paused
    assert "/invite @Depesche" in str(one.reason)
    assert slack.control.counters()["routes"]["chat.postMessage"] == 3


async def test_a_channel_that_is_gone_takes_its_digests_along(bot: Office, slack: Workspace) -> None:
    await bot.subscribe(subscription(channel=NEWS))
    await bot.morning()
    slack.control.delete_channel(CHANNEL)
    await bot.morning(day(1))

    assert not await bot.store.subscriptions.all()


async def test_another_workspace_is_refused_and_kept(bot: Office) -> None:
    await bot.subscribe(subscription(channel=Channel(Platform.SLACK, "T9", CHANNEL)))
    (row,) = await bot.morning()

    assert row.state is State.FORBIDDEN
    assert len(await bot.store.subscriptions.all()) == 1


async def test_a_token_that_is_revoked_ends_it(bot: Office, slack: Workspace) -> None:
    slack.control.revoke()
    await bot.subscribe(subscription(channel=NEWS))
    await bot.morning()

    assert await bot.states() == ["pending"]
    assert "SLACK_BOT_TOKEN" in str(bot.posting.refused.exception())
