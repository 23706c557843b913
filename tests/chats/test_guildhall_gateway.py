"""The stand-in's gateway and interactions, and the stand-in as a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN, Json

LIMIT = 20  # seconds, against hanging only


class Bot(discord.Client):
    """A bot with one command that notes what it hears."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.1)
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.tree = app_commands.CommandTree(self)
        self.tree.command(name="summary", description="Fasst zusammen")(summary)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No five seconds' pause before identifying again."""

    async def on_ready(self) -> None:
        self.heard.put_nowait("ready")

    async def on_resumed(self) -> None:
        self.heard.put_nowait("resumed")

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(f"message {message.content}")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.heard.put_nowait(f"gone {channel.id}")

    async def hears(self, *wanted: str) -> None:
        """Wait until all of these were heard, in any order."""
        missing = set(wanted)
        async with asyncio.timeout(LIMIT):
            while missing:
                missing.discard(await self.heard.get())


async def summary(interaction: discord.Interaction) -> None:
    """A slow command."""
    await interaction.response.defer()
    await interaction.edit_original_response(content="Fertig")
    await interaction.followup.send("Noch etwas")


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Bot, "asyncio.Task[None]"]]:
    """A bot that is ready, and the task that runs it."""
    async with Bot() as bot:
        running = asyncio.create_task(bot.start(TOKEN))
        await bot.hears("ready")
        yield bot, running
        await bot.close()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_bot_connects_and_hears_what_happens(hall: Guildhall) -> None:
    async with connected() as (bot, _):
        assert [guild.id for guild in bot.guilds] == [GUILD]
        hall.control.say(CHANNEL, f"<@{bot.user and bot.user.id}> hallo")
        await bot.hears(f"message <@{bot.user and bot.user.id}> hallo")
        hall.control.say(CHANNEL, "nicht für Bots")
        await bot.hears("message ")
        hall.control.delete_channel(CHANNEL)
        await bot.hears(f"gone {CHANNEL}")
    assert hall.control.counters()["identifies"] == 1


@pytest.mark.parametrize("how", ["close", "reconnect"])
async def test_a_bot_that_resumes_misses_nothing(hall: Guildhall, how: str) -> None:
    async with connected() as (bot, _):
        if how == "close":
            await hall.control.close(4000)
        else:
            hall.control.reconnect()
        hall.control.say(CHANNEL, f"<@{bot.user and bot.user.id}> hallo")
        await bot.hears("resumed", f"message <@{bot.user and bot.user.id}> hallo")
    counters = hall.control.counters()
    assert (counters["identifies"], counters["resumes"]) == (1, 1)


async def test_an_invalid_session_begins_anew(hall: Guildhall) -> None:
    hall.control.settings(spacing=0)
    async with connected() as (bot, _):
        hall.control.invalidate()
        await bot.hears("ready")
    assert hall.control.counters()["identifies"] == 2


async def test_a_close_that_forbids_return_ends_the_bot(hall: Guildhall) -> None:
    async with connected() as (_, running):
        await hall.control.close(4004)
        with pytest.raises(discord.ConnectionClosed):
            await asyncio.wait_for(running, LIMIT)


async def test_malformed_events_reach_the_bot(hall: Guildhall) -> None:
    async with connected() as (_, running):
        hall.control.raw('{"op":')
        with pytest.raises(json.JSONDecodeError):
            await asyncio.wait_for(running, LIMIT)


async def test_intents_that_are_not_granted_close_the_connection(hall: Guildhall) -> None:
    hall.control.behave(forbidden=discord.Intents.default().value)
    async with Bot() as bot:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await asyncio.wait_for(bot.start(TOKEN), LIMIT)


async def test_a_command_is_registered_and_answered(hall: Guildhall) -> None:
    async with connected() as (bot, _):
        (registered,) = await bot.tree.sync()
        hall.control.interact(CHANNEL, {"id": str(registered.id), "name": "summary", "type": 1})
        await bot.hears("message Noch etwas")
    (interaction,) = hall.control.interactions()
    assert interaction["type"] == 5
    assert interaction["original"]["text"] == "Fertig"
    assert [one["text"] for one in interaction["follow_ups"]] == ["Noch etwas"]


@pytest.mark.parametrize(("changes", "code"), [({}, 40060), ({"interaction_deadline": 0.0}, 10062)])
async def test_a_callback_comes_once_and_in_time(hall: Guildhall, changes: Json, code: int) -> None:
    asked = hall.control.interact(CHANNEL, {"name": "summary"})
    url = f"{hall.rest}/interactions/{asked['id']}/{asked['token']}/callback"
    async with aiohttp.ClientSession() as session:
        if not changes:
            assert (await session.post(url, json={"type": 5})).status == 204
        hall.control.settings(**changes)
        assert (await (await session.post(url, json={"type": 5})).json())["code"] == code


async def test_a_process_of_its_own_is_steered_over_http() -> None:
    command = (sys.executable, "-m", "tests.chats.guildhall", "--channels", "3", "--settings", '{"limit": 50}')
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), LIMIT))
    token = {"Authorization": f"Bot {told['token']}"}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{told['control']}/fault", json={"kind": "status", "status": 502, "on": "create_message"})
        url = f"{told['rest']}/channels/{CHANNEL + 2}/messages"
        answers = [await session.post(url, json={"content": "Hallo"}, headers=token) for _ in range(2)]
        assert [answer.status for answer in answers] == [502, 200]
        listed = await (await session.get(f"{told['control']}/messages", params={"channel": CHANNEL + 2})).json()
        assert [message["content"] for message in listed] == ["Hallo"]
        counters = await (await session.get(f"{told['control']}/counters")).json()
        assert counters["statuses"] == {"502": 1, "200": 1}
        assert (await session.get(f"{told['control']}/nothing")).status == 404
    process.terminate()
    assert await asyncio.wait_for(process.wait(), LIMIT) == 0


async def test_doors_that_are_shut_open_again(hall: Guildhall, client: discord.Client) -> None:
    hall.control.refuse(0.5)
    async with asyncio.timeout(LIMIT):
        while await _reaches(client):
            pass
        while not await _reaches(client):
            pass


async def _reaches(client: discord.Client) -> bool:
    await asyncio.sleep(0.01)
    try:
        await client.fetch_channel(CHANNEL)
    except (aiohttp.ClientError, OSError):
        return False
    return True
