"""The stand-in for Discord, driven by the real discord.py as it comes."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import aiohttp
import discord
import pytest

from tests.chats.guildhall import Guildhall
from tests.chats.reading import text_channel, texts
from tests.chats.world import BOT, CHANNEL, GUILD

FORUM = CHANNEL + 50
NEWS = CHANNEL + 60


async def test_an_equal_nonce_makes_one_message(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    first = await channel.send("Guten Morgen", nonce="4711")
    again = await channel.send("Guten Morgen", nonce="4711")
    assert first.id == again.id
    assert texts(hall) == ["Guten Morgen"]
    assert hall.control.counters()["same_nonce"] == 1
    assert not hall.control.counters()["duplicates"]


async def test_a_forgotten_nonce_makes_two_messages_and_they_are_counted(
    hall: Guildhall, client: discord.Client
) -> None:
    channel = await text_channel(client)
    await channel.send("Guten Morgen", nonce="4711")
    hall.control.forget()
    await channel.send("Guten Morgen", nonce="4711")
    assert texts(hall) == ["Guten Morgen"] * 2
    (twice,) = hall.control.counters()["duplicates"]
    assert twice["by"] == ["mark", "nonce"]


async def test_a_wrong_token_is_refused(hall: Guildhall) -> None:
    async with discord.Client(intents=discord.Intents.none()) as stranger:
        with pytest.raises(discord.LoginFailure):
            await stranger.login("wrong")
    assert hall.control.counters()["invalid"] == 1


async def test_the_limit_of_all_requests_is_told_and_waited_for(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.settings(limit=5, mode="sliding")
    await asyncio.gather(*(channel.send(f"Nummer {number}") for number in range(8)))
    assert sorted(texts(hall)) == [f"Nummer {number}" for number in range(8)]
    assert hall.control.counters()["limited"]["global"] > 0


async def test_the_limit_of_a_channel_is_read_from_its_headers(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.settings(channel_limit=2, channel_window=0.2)
    for number in range(4):
        await channel.send(f"Nummer {number}")
    assert len(texts(hall)) == 4
    assert not hall.control.counters()["limited"]


@pytest.mark.parametrize("kind", ["limited", "limited_globally"])
async def test_a_scripted_429_is_waited_for(hall: Guildhall, client: discord.Client, kind: str) -> None:
    channel = await text_channel(client)
    hall.control.fault(kind=kind, on="create_message", seconds=0.05, times=2)
    await channel.send("Guten Morgen")
    assert texts(hall) == ["Guten Morgen"]
    assert sum(hall.control.counters()["limited"].values()) == 2


async def test_a_ban_is_raised_at_once(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.fault(kind="banned", on="create_message")
    with pytest.raises(discord.HTTPException, match="1015"):
        await channel.send("Guten Morgen")
    assert not texts(hall)


@pytest.mark.parametrize(
    ("kind", "error"), [("reset", aiohttp.ClientOSError), ("drop", aiohttp.ServerDisconnectedError)]
)
@pytest.mark.parametrize(("when", "kept"), [("before", []), ("after", ["Guten Morgen"])])
async def test_a_broken_connection_leaves_the_message_or_not(
    hall: Guildhall, client: discord.Client, when: str, kept: list[str], kind: str, error: type[Exception]
) -> None:
    channel = await text_channel(client)
    hall.control.fault(kind=kind, when=when, on="create_message")
    with pytest.raises((aiohttp.ClientError, OSError)) as broken:
        await channel.send("Guten Morgen", nonce="4711")
    assert isinstance(broken.value, error)
    assert texts(hall) == kept
    await channel.send("Guten Morgen", nonce="4711")
    assert texts(hall) == ["Guten Morgen"]


async def test_a_503_after_the_message_is_stored_is_raised(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.fault(kind="status", status=503, when="after", channel=CHANNEL)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("Guten Morgen")
    assert texts(hall) == ["Guten Morgen"]


@pytest.mark.parametrize("fault", [{"kind": "reste"}, {"kind": "reset", "on": "send_message"}, {"king": "reset"}])
async def test_a_fault_that_would_never_strike_is_refused(hall: Guildhall, fault: dict[str, str]) -> None:
    with pytest.raises((TypeError, ValueError)):
        hall.control.fault(**fault)


async def test_chance_strikes_alike_with_the_same_seed(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    struck: list[list[int]] = []
    for _ in range(2):
        hall.control.reset()
        hall.control.fault(kind="status", status=503, on="create_message", chance=0.5, times=-1)
        tries = [channel.send(str(number)) for number in range(12)]
        struck.append([n for n, one in enumerate([await _settled(each) for each in tries]) if one])
    assert struck[0] == struck[1]
    assert 0 < len(struck[0]) < 12


async def _settled(sending: Coroutine[Any, Any, discord.Message]) -> bool:
    try:
        await sending
    except discord.DiscordServerError:
        return True
    return False


@pytest.mark.parametrize(("permissions", "code"), [("send_messages", 50001), ("view_channel", 50013)])
async def test_permissions_are_kept(hall: Guildhall, client: discord.Client, permissions: str, code: int) -> None:
    channel = await text_channel(client)
    hall.control.channel(CHANNEL, permissions=permissions)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("Guten Morgen")
    assert refused.value.code == code


async def test_slow_mode_is_waited_for(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.channel(CHANNEL, slowmode=0.05)
    await channel.send("eins")
    await channel.send("zwei")
    assert hall.control.counters()["limited"]["slow"] == 1


async def test_permissions_can_be_computed_over_http(hall: Guildhall, client: discord.Client) -> None:
    hall.control.channel(CHANNEL, permissions="view_channel read_message_history")
    guild = await client.fetch_guild(GUILD)
    me = await guild.fetch_member(BOT)
    for id_, may in ((CHANNEL, False), (CHANNEL + 1, True)):
        channel = await guild.fetch_channel(id_)
        assert not isinstance(channel, discord.Thread)
        assert channel.permissions_for(me).send_messages is may


async def test_a_deleted_channel_is_unknown(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.delete_channel(CHANNEL)
    with pytest.raises(discord.NotFound) as gone:
        await channel.send("Guten Morgen")
    assert gone.value.code == 10003


async def test_a_deleted_message_is_not_made_again_by_its_nonce(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    message = await channel.send("Guten Morgen", nonce="4711")
    hall.control.delete_message(message.id)
    with pytest.raises(discord.NotFound) as gone:
        await channel.send("Guten Morgen", nonce="4711")
    assert gone.value.code == 10008


async def test_direct_messages_go_to_one_channel_until_they_are_closed(hall: Guildhall, client: discord.Client) -> None:
    person = await client.fetch_user(42)
    first, second = await person.send("eins"), await (await client.fetch_user(42)).send("zwei")
    assert first.channel.id == second.channel.id
    hall.control.close_direct(42)
    with pytest.raises(discord.Forbidden) as closed:
        await person.send("drei")
    assert closed.value.code == 50007


async def test_threads_posts_and_crossposts(hall: Guildhall, client: discord.Client) -> None:
    hall.control.channel(FORUM, kind="forum")
    hall.control.channel(NEWS, kind="announcement")
    forum, news = await client.fetch_channel(FORUM), await client.fetch_channel(NEWS)
    assert isinstance(forum, discord.ForumChannel)
    assert isinstance(news, discord.TextChannel)
    post = await forum.create_thread(name="Montag", content="Guten Morgen")
    assert post.thread.id == post.message.id
    message = await news.send("Guten Abend")
    await message.publish()
    await client.http.start_thread_with_message(NEWS, message.id, name="Mehr", auto_archive_duration=1440)
    with pytest.raises(discord.HTTPException) as twice:
        await client.http.start_thread_with_message(NEWS, message.id, name="Mehr", auto_archive_duration=1440)
    assert twice.value.code == 160004
    assert hall.control.messages(NEWS)[0]["thread"] == str(message.id)
    assert [one.content async for one in news.history(limit=5)] == ["Guten Abend"]


async def test_nobody_reads_a_nonce_later(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    sent = await channel.send("Guten Morgen", nonce="4711")
    assert sent.nonce == "4711"
    assert (await channel.fetch_message(sent.id)).nonce is None


async def test_compressed_messages_are_the_same(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.settings(lean=True)
    sent = await channel.send("Guten Morgen", nonce="4711")
    assert (await channel.send("Guten Morgen", nonce="4711")).content == sent.content
    assert [one.content async for one in channel.history()] == ["Guten Morgen"]
    assert hall.control.messages(only="id text") == [{"id": str(sent.id), "text": "Guten Morgen"}]


async def test_answers_are_late_and_requests_overlap(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    hall.control.settings(latency=(0.2, 0.3))
    await asyncio.gather(*(client.fetch_channel(CHANNEL + number) for number in range(2)), channel.send("eins"))
    assert hall.control.counters()["most_at_once"] == 3
