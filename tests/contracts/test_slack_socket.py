"""Socket Mode with the real slack_bolt: acknowledged at once, replaced when asked to, refused once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.errors import TokenRefused
from cogs.slack.client import SlackClient, opened
from cogs.slack.sockets import Ears
from tests.chats.slack_world import BOT, CHANNEL, PERSON
from tests.chats.workspace import Workspace, workspace
from tests.journeys.office import until


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    async with workspace() as running:
        yield running


@pytest.fixture
async def client(slack: Workspace) -> AsyncIterator[SlackClient]:
    async with opened(slack.token, slack.app_token, slack.api) as found:
        yield found


class Heard:
    """What arrives; each takes a while to be answered."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.told: list[str] = []
        self.ended = 0
        self._seconds = seconds

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        event = payload.get("event") or {}
        self.told.append(str(payload.get("command") or event.get("type") or payload.get("type")))
        await asyncio.sleep(self._seconds)
        self.ended += 1


async def test_everything_is_acknowledged_before_it_is_answered(slack: Workspace, client: SlackClient) -> None:
    heard = Heard(0.5)
    task = asyncio.ensure_future(client.connect(Ears(heard, heard), 0.5))
    deeds = [
        await slack.control.command("/summary", CHANNEL),
        await slack.control.press("a:b", CHANNEL),
        await slack.control.submit({"type": "modal", "callback_id": "f", "blocks": []}, {}),
        await slack.control.shortcut("summarise", CHANNEL, {"ts": "1.0"}),
    ]
    await slack.control.say(CHANNEL, f"<@{BOT}> Hallo")
    await slack.control.event({"type": "app_home_opened", "user": PERSON, "tab": "home"})
    await until(lambda: all(one.after is not None for one in slack.control.space.deeds))

    assert heard.ended == 0, "nobody waited for the answer"
    assert deeds
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert heard.ended == len(heard.told) == 7, "what is being answered comes to its end"


async def test_a_connection_is_replaced_when_slack_asks_for_it(slack: Workspace, client: SlackClient) -> None:
    heard = Heard()
    task = asyncio.ensure_future(client.connect(Ears(heard, heard), 0.5))
    await slack.control.command("/one", CHANNEL)
    await slack.control.refresh()
    await until(lambda: slack.control.counters()["connections"] == 2)
    await slack.control.command("/two", CHANNEL)
    await until(lambda: heard.told == ["/one", "/two"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_connection_that_broke_comes_again(slack: Workspace, client: SlackClient) -> None:
    heard = Heard()
    task = asyncio.ensure_future(client.connect(Ears(heard, heard), 0.5))
    await slack.control.command("/one", CHANNEL)
    await slack.control.raw("no json")
    await slack.control.cut()
    await slack.control.command("/two", CHANNEL)
    await until(lambda: heard.told == ["/one", "/two"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_refused_app_token_ends_it(slack: Workspace, client: SlackClient) -> None:
    slack.control.revoke(app=True)
    heard = Heard()
    with pytest.raises(TokenRefused, match="SLACK_APP_TOKEN"):
        await asyncio.wait_for(client.connect(Ears(heard, heard), 0.5), 20)

    assert slack.control.counters()["routes"]["apps.connections.open"] == 1


async def test_it_waits_while_slack_cannot_be_reached(
    slack: Workspace, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogs.slack.sockets.FIRST_PAUSE", 0.05)
    slack.control.fault(kind="status", status=503, on="apps.connections.open", times=2)
    heard = Heard()
    task = asyncio.ensure_future(client.connect(Ears(heard, heard), 0.5))
    await slack.control.command("/one", CHANNEL)
    await until(lambda: heard.told == ["/one"])

    assert slack.control.counters()["routes"]["apps.connections.open"] == 3
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
