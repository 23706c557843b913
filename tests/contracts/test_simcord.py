"""Our commands in SimCord, a simulator of Discord that we did not write: who may use them, and what they may send."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot import wiring
from bot.model import Feed
from cogs.commands import CATALOGUE, HELP, Command, Kind
from cogs.discord import pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.bot import Ears
from cogs.discord.catalogue import MANAGED, ONLY_THERE, SUMMARISE, offered
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import DiscordClient
from cogs.discord.cogs import COGS
from cogs.discord.counter import Bureau, Cog, Counter
from config.settings import Settings

FAILED = "Fehler-Nr."  # what is said where Discord, or the simulator, refuses what was sent
PATHS = [command.path.en for command in CATALOGUE]
MANAGING = [path for path in PATHS if path.split()[0] in MANAGED]
FORMS = {"digest setup"}  # without options, it opens one


@dataclass
class Rig:
    """A server, a channel of it, and who is in it."""

    env: simcord.Env
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    manager: simcord.MemberActor
    client: DiscordClient
    bureau: Bureau

    async def use(self, command: Command, person: simcord.MemberActor) -> simcord.InteractionResult:
        here = [one for one in command.options if one.name.en not in ONLY_THERE.get(command.path.en, ())]
        options: dict[str, Any] = {
            one.name.en: ("feeds.opml", b"<opml/>") if one.kind is Kind.FILE else "x" for one in here if one.required
        }
        return await person.slash(self.channel, command.path.en, **options)


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    shutil.copy(sqlite_template, tmp_path)
    return tmp_path


async def nothing(*_: str) -> None:
    """Nobody minds."""


@asynccontextmanager
async def rigged(home: Path) -> AsyncIterator[Rig]:
    """The real cogs and discord.py's client; what would go to Discord goes to the simulator.

    No fixture, as the simulator must end in the task in which it began.
    """
    settings = Settings(database_url=f"sqlite:///{home}/depesche.db", openai_api_key="")
    async with wiring.house(settings, [Feed("https://blatt.example/feed", "Blatt")]) as house:
        client = DiscordClient("nobody")
        bureau = Bureau(house.newsroom, DiscordChannel(client))
        bot = client._bot  # the simulator takes the place of login and gateway, which `connect` would do
        bot.ears, bot.permitted = Ears(nothing, nothing, Counter(bureau, COGS).answer), True
        async with simcord.run(bot) as env:
            bureau.ids.update(await client.offer(offered(CATALOGUE)))
            guild = env.create_guild()
            role = guild.create_role("Leitung", permissions=discord.Permissions(manage_channels=True))
            member = guild.add_member(env.create_user("anna"))
            manager = guild.add_member(env.create_user("bert"), roles=[role])
            yield Rig(env, guild.create_text_channel("news"), member, manager, client, bureau)


def told(result: simcord.InteractionResult) -> str:
    """All that is to be read of an answer."""
    shown = [result.response, *result.followups] if result.response else []
    return "\n".join(str(one.components) + one.content for one in shown if one)


async def test_who_may_manage_channels_is_offered_all_commands(home: Path) -> None:
    async with rigged(home) as rig:
        assert sorted(rig.manager.available_commands(rig.channel)) == sorted(PATHS)


async def test_all_others_are_offered_what_manages_nothing(home: Path) -> None:
    async with rigged(home) as rig:
        wanted = [path for path in PATHS if path.split()[0] not in MANAGED]

        assert sorted(rig.member.available_commands(rig.channel)) == sorted(wanted)


@pytest.mark.parametrize("command", CATALOGUE, ids=PATHS)
async def test_each_command_is_answered_in_time_and_within_the_limits(home: Path, command: Command) -> None:
    async with rigged(home) as rig:
        result = await rig.use(command, rig.manager)

        assert result.acknowledged
        assert result.modal if command.path.en in FORMS else told(result)
        assert FAILED not in told(result)


@pytest.mark.parametrize("command", [one for one in CATALOGUE if one.path.en.split()[0] in MANAGED], ids=MANAGING)
async def test_who_may_not_is_not_let_in(home: Path, command: Command) -> None:
    async with rigged(home) as rig:
        with pytest.raises(simcord.SetupError, match="default-member-permissions"):
            await rig.use(command, rig.member)


@pytest.mark.parametrize("command", CATALOGUE, ids=PATHS)
async def test_answers_are_for_the_asker_alone(home: Path, command: Command) -> None:
    async with rigged(home) as rig:
        result = await rig.use(command, rig.manager)

        assert result.modal or result.ephemeral


async def test_a_message_without_links_is_answered(home: Path) -> None:
    async with rigged(home) as rig:
        message = await rig.member.send(rig.channel, "Guten Morgen")
        result = await rig.member.context_menu(rig.channel, SUMMARISE.en, message)

        assert "kein Link" in told(result)


async def test_topics_are_completed(home: Path) -> None:
    async with rigged(home) as rig:
        found = await rig.member.autocomplete(rig.channel, "summary", "topic", "k")

        assert 0 < len(found) <= 25
        assert all(len(one["name"]) <= 100 for one in found)


async def test_the_simulator_would_notice_what_is_too_long(home: Path) -> None:
    async with rigged(home) as rig:

        async def talk(_: Bureau, __: Asked, to: Answer) -> None:
            await to.say([{"type": pieces.DISPLAY, "content": "x" * 4_001}])

        rig.client._bot.ears = Ears(nothing, nothing, Counter(rig.bureau, [Cog(commands={HELP: talk})]).answer)

        assert FAILED in told(await rig.member.slash(rig.channel, "help"))
