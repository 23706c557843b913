"""What every surface promises, on the real discord.py against the stand-in: each delivery once, our errors alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import discord
import pytest
from discord.http import HTTPClient, Ratelimit, Route

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, TokenRefused
from bot.model import Channel, Delivery, Digest, Length, Platform, State, Subscription
from bot.ports.chat import Surface
from cogs.discord import client as clients
from cogs.discord.channel import DELETED, DiscordChannel
from cogs.discord.client import opened
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN, USUAL
from tests.stages.digests import DIGEST
from tests.stages.test_layout_discord import with_text

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TEXT = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL))
PERSON = Channel(Platform.DISCORD, "", "42", direct=True)
FORUM = replace(TEXT, id="200000000000000051")
NEWS = replace(TEXT, id="200000000000000061")
SUBSCRIPTION = Subscription(1, TEXT, "", time(7), "Europe/Berlin")
PLACES = [TEXT, PERSON, FORUM, NEWS]


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall() as running:
        running.control.channel(FORUM.id, kind="forum")
        running.control.channel(NEWS.id, kind="announcement")
        yield running


@pytest.fixture
async def surface(hall: Guildhall) -> AsyncIterator[DiscordChannel]:
    async with opened(TOKEN, hall.rest) as client:
        yield DiscordChannel(client)


def delivery(channel: Channel = TEXT, digest: Digest = DIGEST, part: int = 1, **changes: Any) -> Delivery:
    wanted = SUBSCRIPTION if part == 1 else replace(SUBSCRIPTION, length=Length.LONG)
    body = DiscordChannel.render(None, digest, wanted)[part - 1].text  # type: ignore[arg-type]
    made = Delivery(
        7, 1, channel, date(2026, 11, 23), part, body, State.PENDING, NOW, NOW + timedelta(hours=6), tries=1
    )
    return replace(made, **changes)


def told(hall: Guildhall) -> list[dict[str, Any]]:
    return [message for message in hall.control.messages() if not message["deleted"]]


def contents(components: list[dict[str, Any]]) -> list[str]:
    """The texts in the container, without the ids that Discord gives."""
    return [one.get("content", "") for one in components[0]["components"]]


def requests(hall: Guildhall, route: str = "create_message") -> int:
    return hall.control.hall.counters.routes[route]


def fulfils(surface: DiscordChannel) -> Surface:
    return surface


def test_it_keeps_under_fifty_messages_a_second() -> None:
    assert timedelta(seconds=1) / DiscordChannel.interval < 50


@pytest.mark.parametrize("channel", PLACES)
async def test_a_delivery_is_posted_as_it_was_rendered(
    hall: Guildhall, surface: DiscordChannel, channel: Channel
) -> None:
    id_ = await surface.send(delivery(channel))

    (message,) = told(hall)
    assert message["id"] == id_
    assert contents(message["components"]) == contents(json.loads(delivery().body or "")["v2"]["components"])
    assert message["flags"] & (1 << 15 | 1 << 2) == 1 << 15 | 1 << 2
    assert not message["pings"]
    assert not hall.control.counters()["violations"]


@pytest.mark.parametrize("channel", PLACES)
async def test_the_same_delivery_twice_is_one_message(
    hall: Guildhall, surface: DiscordChannel, channel: Channel
) -> None:
    assert await surface.send(delivery(channel)) == await surface.send(delivery(channel, tries=2))
    assert len(told(hall)) == 1


async def test_without_its_mark_it_would_be_two(hall: Guildhall, surface: DiscordChannel) -> None:
    await surface.send(delivery())
    hall.control.forget()  # the negative control: Discord has forgotten the nonce
    await surface.send(delivery())

    assert len(told(hall)) == 2


@pytest.mark.parametrize("channel", PLACES)
async def test_what_was_posted_is_found(surface: DiscordChannel, channel: Channel) -> None:
    assert await surface.find(delivery(channel)) is None
    id_ = await surface.send(delivery(channel))

    assert await surface.find(delivery(channel)) == id_
    assert await surface.find(delivery(channel, id=8)) == id_, "the nonce is told for a short time only"
    assert await surface.find(delivery(channel, replace(DIGEST, audience="Recht"), id=8)) is None


async def test_only_the_bots_own_messages_are_found(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.say(TEXT.id, json.loads(delivery().body or "")["text"]["content"])

    assert await surface.find(delivery()) is None


async def test_a_message_of_text_is_found_as_well(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.channel(TEXT.id, layouts=False)

    assert await surface.send(delivery()) == await surface.find(delivery())


@pytest.mark.parametrize("channel", [TEXT, FORUM])
async def test_where_components_are_refused_the_text_is_posted(
    hall: Guildhall, surface: DiscordChannel, channel: Channel
) -> None:
    hall.control.channel(channel.id, kind="forum" if channel is FORUM else "text", layouts=False)
    await surface.send(delivery(channel))

    (message,) = told(hall)
    assert message["content"] == json.loads(delivery().body or "")["text"]["content"].strip()
    assert not message["components"]


async def test_a_deleted_message_is_not_posted_again(hall: Guildhall, surface: DiscordChannel) -> None:
    id_ = await surface.send(delivery())
    hall.control.delete_message(id_)

    assert await surface.send(delivery(tries=2)) == DELETED
    assert await surface.send(delivery(digest=with_text(400, 20), part=2, id=8, root=DELETED)) == DELETED
    assert not told(hall)


@pytest.mark.parametrize("channel", [TEXT, FORUM, PERSON])
async def test_further_parts_go_into_one_thread(hall: Guildhall, surface: DiscordChannel, channel: Channel) -> None:
    long = with_text(400, 20)
    root = await surface.send(delivery(channel, long))
    second = delivery(channel, long, 2, id=8, root=root)
    third = delivery(channel, long, 3, id=9, root=root)
    assert await surface.find(second) is None
    ids = [await surface.send(one) for one in (second, second, third)]

    assert ids[0] == ids[1]
    messages = told(hall)
    assert [message["id"] for message in messages] == [root, ids[0], ids[2]]
    threads = {message["channel"] for message in messages[1:]}
    assert threads == ({messages[0]["channel"]} if channel is PERSON else {root})
    assert await surface.find(second) == ids[0]
    assert await surface.find(third) == ids[2]


async def test_where_no_thread_may_be_opened_the_parts_follow_in_the_channel(
    hall: Guildhall, surface: DiscordChannel
) -> None:
    long, usual = with_text(400, 20), USUAL.replace("create_public_threads ", "")
    hall.control.channel(TEXT.id, permissions=usual)
    root = await surface.send(delivery(digest=long))
    second = delivery(digest=long, part=2, id=8, root=root)
    id_ = await surface.send(second)

    assert {message["channel"] for message in told(hall)} == {TEXT.id}
    assert await surface.find(second) == id_


async def test_a_deleted_root_ends_its_parts(hall: Guildhall, surface: DiscordChannel) -> None:
    root = await surface.send(delivery(digest=with_text(400, 20)))
    hall.control.delete_message(root)

    assert await surface.send(delivery(digest=with_text(400, 20), part=2, id=8, root=root)) == DELETED


async def test_an_announcement_is_published_once_it_is_known_to_be_one(
    hall: Guildhall, surface: DiscordChannel
) -> None:
    await surface.check(NEWS)
    await surface.send(delivery(NEWS))
    hall.control.fault(kind="status", on="crosspost_message")
    await surface.send(delivery(NEWS, id=8))

    assert [message["flags"] & 1 for message in told(hall)] == [1, 0]


async def test_a_channel_that_became_a_forum_gets_a_post(hall: Guildhall, surface: DiscordChannel) -> None:
    await surface.check(TEXT)
    hall.control.convert(TEXT.id, "forum")

    assert await surface.send(delivery()) == await surface.find(delivery())


FAULTS: list[tuple[dict[str, Any], type[ChatError], int]] = [
    ({"kind": "reset", "when": "before"}, ChatUnsure, 0),
    ({"kind": "reset", "when": "after"}, ChatUnsure, 1),
    ({"kind": "hang", "when": "after"}, ChatUnsure, 1),
    ({"kind": "status", "status": 500}, ChatUnsure, 0),
    ({"kind": "status", "status": 500, "when": "after"}, ChatUnsure, 1),
    ({"kind": "status", "status": 502}, ChatUnsure, 0),
    ({"kind": "status", "status": 503}, ChatUnsure, 0),
    ({"kind": "status", "status": 504}, ChatUnsure, 0),
    ({"kind": "status", "status": 520}, ChatUnsure, 0),
    ({"kind": "status", "status": 403}, ChatBusy, 0),
    ({"kind": "limited", "seconds": 0.3}, ChatBusy, 0),
    ({"kind": "limited", "seconds": 900.0}, ChatBusy, 0),
    ({"kind": "limited_globally", "seconds": 0.3}, ChatBusy, 0),
    ({"kind": "banned", "seconds": 60.0}, ChatBusy, 0),
]


@pytest.mark.parametrize(("fault", "expected", "posted"), FAULTS)
async def test_every_fault_is_an_error_of_ours_after_one_try(
    hall: Guildhall, surface: DiscordChannel, monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, Any], expected: type[ChatError], posted: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(clients, "PATIENCE", 1.0 if fault["kind"] == "hang" else 20.0)
    hall.control.fault(on="create_message", **fault)
    with pytest.raises(expected) as failed:
        await surface.send(delivery())

    assert type(failed.value) is expected
    assert requests(hall) == 1
    assert len(told(hall)) == posted
    if expected is ChatUnsure:
        found = await surface.find(delivery(tries=2))
        assert (found is not None) == bool(posted)
        assert await surface.send(delivery(tries=2)) == (found or told(hall)[0]["id"])
        assert len(told(hall)) == 1


async def test_discord_py_alone_would_try_again(hall: Guildhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", hall.rest)
    hall.control.fault(kind="limited", seconds=0.01, times=2, on="create_message")
    async with discord.Client(intents=discord.Intents.none()) as alone:
        await alone.login(TOKEN)
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=TEXT.id)
        await alone.http.request(route, json={"content": "Guten Morgen"})

    assert requests(hall) == 3


@pytest.mark.parametrize(
    ("kind", "seconds", "told_"),
    [("limited", 900.0, 900.0), ("limited_globally", 2.5, 2.5), ("banned", 60.0, 600.0)],
)
async def test_it_is_told_how_long_to_wait(
    hall: Guildhall, surface: DiscordChannel, kind: Any, seconds: float, told_: float
) -> None:
    hall.control.fault(kind=kind, seconds=seconds, on="create_message")
    with pytest.raises(ChatBusy) as failed:
        await surface.send(delivery())

    assert failed.value.retry_after == told_


async def test_a_limit_of_one_channel_stops_no_other(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.fault(kind="limited", seconds=300.0, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())

    assert await surface.send(delivery(NEWS))


@pytest.mark.parametrize("kind", ["limited_globally", "banned"])
async def test_what_limits_the_bot_stops_all_its_requests(hall: Guildhall, surface: DiscordChannel, kind: Any) -> None:
    hall.control.fault(kind=kind, seconds=300.0, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    with pytest.raises(ChatBusy) as failed:
        await surface.send(delivery(NEWS))

    assert failed.value.retry_after is not None
    assert failed.value.retry_after > 200
    assert requests(hall) == 1


async def test_after_a_global_limit_it_goes_on(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.fault(kind="limited_globally", seconds=0.05, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    await asyncio.sleep(0.06)

    assert await surface.send(delivery(tries=2))


async def test_a_refused_connection_posts_nothing(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.refuse(0.3)
    await asyncio.sleep(0.1)
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    await asyncio.sleep(0.3)

    assert not told(hall)
    assert await surface.send(delivery(tries=2))


async def test_a_revoked_token_is_the_operators_business(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.revoke(TOKEN)
    for asked in (surface.send(delivery()), surface.find(delivery()), surface.check(TEXT)):
        with pytest.raises(TokenRefused, match="DISCORD_TOKEN"):
            await asked


def without(*rights: str) -> str:
    return " ".join(right for right in USUAL.split() if right not in rights)


@pytest.mark.parametrize(
    ("rights", "reason"),
    [(without("view_channel"), "Kanal ansehen"), (without("send_messages"), "Nachrichten senden")],
)
async def test_what_the_bot_may_not_is_named(
    hall: Guildhall, surface: DiscordChannel, rights: str, reason: str
) -> None:
    hall.control.channel(TEXT.id, permissions=rights)
    for asked in (surface.send(delivery()), surface.check(TEXT)):
        with pytest.raises(ChatForbidden, match=f"fehlt das Recht „{reason}“"):
            await asked


async def test_a_closed_person_is_forbidden(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.close_direct(PERSON.id)
    with pytest.raises(ChatForbidden, match="Direktnachrichten"):
        await surface.send(delivery(PERSON))


@pytest.mark.parametrize("guild", [False, True])
async def test_what_is_gone_is_gone(hall: Guildhall, surface: DiscordChannel, guild: bool) -> None:
    if guild:
        hall.control.delete_guild(GUILD)
    else:
        hall.control.delete_channel(TEXT.id)
        hall.control.delete_channel(FORUM.id)
    for asked in (
        surface.send(delivery()),
        surface.send(delivery(FORUM)),
        surface.find(delivery()),
        surface.check(TEXT),
    ):
        with pytest.raises(ChatGone):
            await asked


@pytest.mark.parametrize("channel", PLACES)
async def test_where_it_may_post_a_check_is_silent(hall: Guildhall, surface: DiscordChannel, channel: Channel) -> None:
    await surface.check(channel)

    assert not told(hall)


@pytest.mark.parametrize(
    ("channel", "lacking", "reason"),
    [
        (TEXT, ("read_message_history",), "fehlt das Recht „Nachrichtenverlauf anzeigen“"),
        (TEXT, ("send_messages", "read_message_history"), "fehlen die Rechte „Nachrichten senden“ und „Nachrichtenv"),
        (FORUM, ("send_messages",), "„Beiträge erstellen“"),
    ],
)
async def test_a_check_names_what_is_missing(
    hall: Guildhall, surface: DiscordChannel, channel: Channel, lacking: tuple[str, ...], reason: str
) -> None:
    kind = "forum" if channel is FORUM else "text"
    hall.control.channel(channel.id, kind=kind, permissions=without(*lacking))
    with pytest.raises(ChatForbidden, match=reason):
        await surface.check(channel)


async def test_a_thread_needs_its_own_right_and_must_be_open(hall: Guildhall, surface: DiscordChannel) -> None:
    thread = replace(TEXT, id=await surface.send(delivery(FORUM)))
    await surface.check(thread)
    await surface.send(delivery(thread, id=8))
    hall.control.channel(thread.id, locked=True)
    with pytest.raises(ChatForbidden, match="gesperrt"):
        await surface.check(thread)
    with pytest.raises(ChatForbidden, match="gesperrt"):
        await surface.send(delivery(thread, id=9))
    hall.control.channel(FORUM.id, kind="forum", permissions=without("send_messages_in_threads"))
    with pytest.raises(ChatForbidden, match="Nachrichten in Threads senden"):
        await surface.check(thread)


async def test_a_channel_of_another_server_is_not_checked_for_this_one(surface: DiscordChannel) -> None:
    with pytest.raises(ChatGone):
        await surface.check(replace(TEXT, space=str(GUILD + 1)))


async def test_posting_to_many_channels_costs_no_more_for_each(
    surface: DiscordChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Ratelimit] = []

    def is_inactive(limit: Ratelimit) -> bool:
        looked.append(limit)
        return False

    monkeypatch.setattr(Ratelimit, "is_inactive", is_inactive)
    alone = HTTPClient(asyncio.get_running_loop())
    for http, most in ((surface._client._bot.http, 1_000), (alone, 1_000_000)):
        looked.clear()
        for n in range(1_000):
            http.get_ratelimit(f"POST /channels/{n}")
        assert len(looked) < most
    assert len(looked) > 100_000  # what discord.py alone would have looked at


@pytest.mark.parametrize("digest", [with_text(590, 40), replace(DIGEST, stories=())])
async def test_discord_takes_what_is_laid_out(hall: Guildhall, surface: DiscordChannel, digest: Digest) -> None:
    for n, body in enumerate(surface.render(digest, replace(SUBSCRIPTION, length=Length.LONG))):
        for place in (TEXT, NEWS):
            hall.control.channel(place.id, layouts=place is TEXT)
            await surface.send(delivery(place, id=100 + n, body=body.text))

    assert hall.control.counters()["pinging"] == 0
    refused = hall.control.counters()["violations"]
    assert {name for one in refused for name, _ in one["findings"]} == {"flags"}  # that NEWS takes no components
