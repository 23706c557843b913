"""What every surface promises, on the real discord.py against the stand-in: each delivery once."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from discord.http import HTTPClient, Ratelimit

from bot.model import Channel, Digest, Length
from bot.ports.chat import Surface
from cogs.discord.channel import DELETED, DiscordChannel
from tests.chats.guildhall import Guildhall
from tests.chats.world import USUAL
from tests.contracts.surfaces import FORUM, NEWS, PERSON, PLACES, SUBSCRIPTION, TEXT, delivery, told
from tests.stages.digests import DIGEST
from tests.stages.test_layout_discord import with_text


def contents(components: list[dict[str, Any]]) -> list[str]:
    """The texts in the container, without the ids that Discord gives."""
    return [one.get("content", "") for one in components[0]["components"]]


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
