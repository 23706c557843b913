"""What every surface promises, on the real slack_sdk against the stand-in: each delivery once, each error as ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, TokenRefused
from bot.model import Channel, Delivery, Digest, Length, Platform, State
from bot.ports.chat import Surface
from cogs.slack.channel import DELETED, SlackChannel
from cogs.slack.client import opened
from tests.chats.slack_world import CHANNEL, PERSON, TEAM
from tests.chats.workspace import Workspace, workspace
from tests.contracts.surfaces import SUBSCRIPTION
from tests.stages.digests import DIGEST
from tests.stages.test_layout_discord import with_text

NEWS = Channel(Platform.SLACK, TEAM, CHANNEL)
DIRECT = Channel(Platform.SLACK, TEAM, PERSON, direct=True)


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    async with workspace() as running:
        yield running


@pytest.fixture
async def surface(slack: Workspace) -> AsyncIterator[SlackChannel]:
    async with opened(slack.token, slack.app_token, slack.api) as client:
        yield SlackChannel(client)


def fulfils(surface: SlackChannel) -> Surface:
    return surface


def delivery(channel: Channel = NEWS, digest: Digest = DIGEST, part: int = 1, **changes: Any) -> Delivery:
    wanted = SUBSCRIPTION if part == 1 else replace(SUBSCRIPTION, length=Length.LONG)
    body = SlackChannel.render(None, digest, wanted)[part - 1].text  # type: ignore[arg-type]
    now = datetime.now(UTC)
    made = Delivery(
        7, 1, channel, date(2026, 11, 23), part, body, State.PENDING, now, now + timedelta(hours=6), 1, tried=now
    )
    return replace(made, **changes)


@pytest.mark.parametrize("channel", [NEWS, DIRECT])
async def test_a_delivery_is_posted_as_it_was_rendered(
    slack: Workspace, surface: SlackChannel, channel: Channel
) -> None:
    ts = await surface.send(delivery(channel))

    (message,) = slack.control.messages()
    assert message["id"] == ts
    assert message["blocks"] == json.loads(delivery().body or "")["blocks"]
    assert not message["body"]["unfurl_links"]
    assert message["text"], "for notifications and screen readers"
    assert slack.control.counters()["violations"] == []
    assert not message["pings"]


@pytest.mark.parametrize("channel", [NEWS, DIRECT])
async def test_what_was_posted_is_found_by_its_mark(surface: SlackChannel, channel: Channel) -> None:
    assert await surface.find(delivery(channel)) is None
    ts = await surface.send(delivery(channel))

    assert await surface.find(delivery(channel)) == ts
    assert await surface.find(delivery(channel, id=8)) is None, "another delivery of the same text"


async def test_it_is_found_on_a_later_page(slack: Workspace, surface: SlackChannel) -> None:
    ts = await surface.send(delivery())
    for n in range(450):
        await surface.post({"channel": CHANNEL, "text": str(n)})

    assert await surface.find(delivery()) == ts


async def test_further_parts_go_into_the_thread(slack: Workspace, surface: SlackChannel) -> None:
    long = with_text(590, 40)
    root = await surface.send(delivery(digest=long))
    second = delivery(digest=long, part=2, id=8, root=root)
    assert await surface.find(second) is None
    ts = await surface.send(second)

    assert await surface.find(second) == ts
    assert [one["thread"] for one in slack.control.messages()] == ["", root]


@pytest.mark.parametrize("digest", [with_text(590, 40), with_text(60, 40), replace(DIGEST, stories=())])
async def test_slack_takes_what_is_laid_out(slack: Workspace, surface: SlackChannel, digest: Digest) -> None:
    for length in Length:
        root = None
        for n, body in enumerate(surface.render(digest, replace(SUBSCRIPTION, length=length)), 1):
            ts = await surface.send(replace(delivery(), id=100 + n, body=body.text, part=n, root=root))
            root = root or ts

    assert slack.control.counters()["violations"] == []
    assert slack.control.counters()["pinging"] == 0


async def test_where_blocks_are_refused_the_text_is_posted(slack: Workspace, surface: SlackChannel) -> None:
    slack.control.fault(kind="error", error="msg_blocks_too_long", on="chat.postMessage")

    ts = await surface.send(delivery())
    (message,) = slack.control.messages()
    assert not message["blocks"]
    assert message["text"]
    assert await surface.find(delivery()) == ts


async def test_a_deleted_root_ends_its_parts(slack: Workspace, surface: SlackChannel) -> None:
    part = delivery(digest=with_text(590, 40), part=2, id=8, root=DELETED)
    assert await surface.send(part) == DELETED
    assert not slack.control.messages()


@pytest.mark.parametrize("kind", ["reset", "drop"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_no_answer_is_no_certainty_and_one_try(
    slack: Workspace, surface: SlackChannel, kind: str, when: str
) -> None:
    slack.control.fault(kind=kind, when=when, on="chat.postMessage")
    with pytest.raises(ChatUnsure):
        await surface.send(delivery())

    there = slack.control.messages()
    assert len(there) == (when == "after")
    assert slack.control.counters()["routes"]["chat.postMessage"] == 1
    assert await surface.find(delivery()) == (there[0]["id"] if there else None)


async def test_with_the_sdks_own_retries_it_would_be_two(slack: Workspace) -> None:
    slack.control.fault(kind="drop", when="after", on="chat.postMessage")
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.token, base_url=slack.api, session=session)  # the negative control
        await client.chat_postMessage(channel=CHANNEL, text="Der Digest")

    assert len(slack.control.messages()) == 2


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        ("channel_not_found", ChatGone),
        ("is_archived", ChatForbidden),
        ("not_in_channel", ChatForbidden),
        ("missing_scope", ChatForbidden),
        ("restricted_action", ChatForbidden),
        ("never_heard_of", ChatForbidden),
        ("account_inactive", TokenRefused),
        ("token_revoked", TokenRefused),
        ("invalid_auth", TokenRefused),
        ("ratelimited", ChatBusy),
        ("internal_error", ChatUnsure),
        ("fatal_error", ChatUnsure),
    ],
)
async def test_each_error_is_ours(slack: Workspace, surface: SlackChannel, error: str, ours: type[ChatError]) -> None:
    slack.control.fault(kind="error", error=error, on="chat.postMessage")
    with pytest.raises(ours) as raised:
        await surface.send(delivery())

    assert type(raised.value) is ours or issubclass(type(raised.value), ours)
    assert slack.control.counters()["routes"]["chat.postMessage"] == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_status_without_words_is_no_certainty(slack: Workspace, surface: SlackChannel, status: int) -> None:
    slack.control.fault(kind="status", status=status, when="after", on="chat.postMessage")
    with pytest.raises(ChatUnsure):
        await surface.send(delivery())


@pytest.mark.parametrize(
    ("body", "type_"), [("{", "application/json"), ("[1]", "application/json"), ("", "text/plain")]
)
async def test_a_garbled_answer_is_no_certainty(slack: Workspace, surface: SlackChannel, body: str, type_: str) -> None:
    slack.control.fault(kind="garbled", status=200, body=body, content_type=type_, when="after", on="chat.postMessage")
    with pytest.raises(ChatUnsure):
        await surface.send(delivery())


async def test_a_limit_tells_how_long_to_wait(slack: Workspace, surface: SlackChannel) -> None:
    slack.control.fault(kind="limited", seconds=17, on="chat.postMessage")
    with pytest.raises(ChatBusy) as busy:
        await surface.send(delivery())

    assert busy.value.retry_after == 17
    assert not busy.value.everyone


async def test_what_a_channel_lacks_is_told(slack: Workspace, surface: SlackChannel) -> None:
    await surface.check(NEWS)
    await surface.check(DIRECT)
    slack.control.channel(CHANNEL, joined=False)
    with pytest.raises(ChatForbidden, match="/invite"):
        await surface.check(NEWS)
    slack.control.channel(CHANNEL, archived=True)
    with pytest.raises(ChatForbidden, match="archiviert"):
        await surface.check(NEWS)
    with pytest.raises(ChatGone):
        await surface.check(replace(NEWS, id="C9"))
    with pytest.raises(ChatForbidden, match="anderen Workspace"):
        await surface.check(replace(NEWS, space="T9"))


async def test_a_token_that_is_unknown_is_refused(slack: Workspace) -> None:
    with pytest.raises(TokenRefused, match="SLACK_BOT_TOKEN"):
        async with opened("xoxb-wrong", slack.app_token, slack.api):
            pass


async def test_a_closed_port_is_busy() -> None:
    with pytest.raises(ChatBusy):
        async with asyncio.timeout(10), opened("xoxb", "xapp", "http://127.0.0.1:9/api/"):
            pass
