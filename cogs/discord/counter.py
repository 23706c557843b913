"""Where everything that people do on Discord arrives: who answers it, and what is said when that goes wrong.

A cog is a table of short functions, as the console's: each reads what was asked, asks the newsroom once, and answers.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import discord

from bot.errors import DepescheError, SetupError, UserError
from bot.german import people
from bot.limits import Limits
from bot.model import Channel, Platform
from bot.newsroom import Newsroom
from cogs.commands import Command, Words
from cogs.discord import pieces
from cogs.discord.answer import Answer, asked_of
from cogs.discord.asked import Asked, Kind
from cogs.discord.channel import DiscordChannel
from cogs.discord.errors import FOREIGN
from cogs.discord.markdown import plain
from cogs.discord.reply import Reply
from cogs.discord.said import Said

LOG = logging.getLogger(__name__)
TOO_OLD = {10015, 10062, 50027}  # Discord's codes: it waits for this answer no more
UNKNOWN = "Das kennt der Bot nicht mehr. Bitte den Befehl neu eingeben; /help zeigt alle."
WRONG = "Das hat nicht geklappt. Bitte später noch einmal versuchen. Fehler-Nr. {}, falls Sie es melden möchten."


@dataclass(frozen=True)
class Bureau:
    """What the cogs answer from. `ids`: those of the commands by their names, once Discord has told them.

    `limits`: of what is expensive; the counter minds them for interactions.
    """

    newsroom: Newsroom
    surface: DiscordChannel
    ids: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


Act = Callable[[Bureau, Asked, Answer], Awaitable[None]]
Hear = Callable[[Bureau, Said, Reply], Awaitable[None]]
Suggest = Callable[[Bureau, Asked], Awaitable[Sequence[tuple[str, str]]]]


@dataclass(frozen=True)
class Cog:
    """One group of commands. `parts`, `forms`: by the first two words of the custom id of a component or a modal.

    `costly`: the names of those entries that are expensive (English path of a command, prefix of a custom id): for
    them a person and a server have a limit, and all together a queue. They must call `wait`, `wait_to_change` or
    `watched` before they work.
    """

    commands: Mapping[Command, Act] = field(default_factory=dict)
    messages: Mapping[Words, Act] = field(default_factory=dict)  # commands in the menu of a message
    parts: Mapping[str, Act] = field(default_factory=dict)
    forms: Mapping[str, Act] = field(default_factory=dict)
    typing: Mapping[str, Suggest] = field(default_factory=dict)  # by the English name of the option
    costly: frozenset[str] = frozenset()
    said: Hear | None = None  # what people write to the bot; one cog has it


class Counter:
    """Answers every interaction by the tables of these cogs."""

    def __init__(self, bureau: Bureau, cogs: Sequence[Cog]) -> None:
        """Answer from this bureau; no two cogs may have the same entry."""
        self._bureau = bureau
        commands = {command.path.en: act for cog in cogs for command, act in cog.commands.items()}
        messages = {name.en: act for cog in cogs for name, act in cog.messages.items()}
        self._acts: Mapping[Kind, Mapping[str, Act]] = {
            Kind.COMMAND: commands | messages,
            Kind.COMPONENT: {prefix: act for cog in cogs for prefix, act in cog.parts.items()},
            Kind.MODAL: {prefix: act for cog in cogs for prefix, act in cog.forms.items()},
        }
        self._costly = frozenset(name for cog in cogs for name in cog.costly)
        self._said = next((cog.said for cog in cogs if cog.said), None)
        self._typing = {name: suggest for cog in cogs for name, suggest in cog.typing.items()}

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer it, whatever happens: what went wrong is a sentence for whoever asked, and a line in the log."""
        if interaction.type is discord.InteractionType.ping:
            return
        answer = Answer(interaction)
        await self._minded(self._answered(interaction, answer), answer)

    async def hear(self, said: Said) -> None:
        """Answer what somebody wrote to the bot, in the same way."""
        if self._said:
            reply = Reply(self._bureau.newsroom, self._bureau.surface, said)
            await self._minded(self._heard(self._said, said, reply), reply)

    async def _answered(self, interaction: discord.Interaction, answer: Answer) -> None:
        asked = asked_of(interaction)
        await self._act(asked, answer)
        if answer.told:
            await self._tell_paused(asked, answer)

    async def _heard(self, hear: Hear, said: Said, reply: Reply) -> None:
        limits = self._bureau.limits
        try:
            limits.admit(said.person, said.space, self._bureau.newsroom.clock.now())
        except UserError:  # to say so would be one more message for each that is too many
            LOG.info("too many questions in %s", said.channel)
            return
        async with limits.turn():
            await hear(self._bureau, said, reply)

    async def _minded(self, work: Awaitable[None], answer: Answer | Reply) -> None:
        try:
            await work
        except DepescheError as error:
            if isinstance(error, SetupError):
                await self._failed(answer, error)
            else:
                await _say(answer, str(error))
        except Exception as error:  # noqa: BLE001 - the one place where nothing may be left unanswered
            if getattr(error, "code", None) in TOO_OLD:
                LOG.warning("too late: %s", error)
            else:
                await self._failed(answer, error)

    async def _act(self, asked: Asked, answer: Answer) -> None:
        if asked.kind is Kind.TYPING:
            suggest = self._typing.get(asked.focused)
            await answer.suggest(await suggest(self._bureau, asked) if suggest else ())
            return
        name = asked.name if asked.kind is Kind.COMMAND else asked.prefix
        act = self._acts[asked.kind].get(name)
        if act is None:
            await answer.refuse(UNKNOWN)
            return
        if name not in self._costly:
            await act(self._bureau, asked, answer)
            return
        limits = self._bureau.limits
        limits.admit(asked.person, asked.space, self._bureau.newsroom.clock.now())
        async with answer.in_turn(limits.turn()):
            await act(self._bureau, asked, answer)

    async def _tell_paused(self, asked: Asked, answer: Answer) -> None:
        """Tell a person once, after their answer, that their direct messages were paused meanwhile."""
        person = Channel(Platform.DISCORD, "", asked.person, direct=True)
        if those := await self._bureau.newsroom.people.untold(person):
            await answer.say([pieces.text(plain(people.paused(those), pieces.ROOM))])

    async def _failed(self, answer: Answer | Reply, error: Exception) -> None:
        number = secrets.token_hex(3).upper()
        LOG.error("error %s", number, exc_info=error)
        await _say(answer, WRONG.format(number))


async def _say(answer: Answer | Reply, sentence: str) -> None:
    try:
        await answer.refuse(sentence)
    except FOREIGN as error:
        LOG.warning("no answer: %s", error)
