"""Where everything that people do on Slack arrives: who answers it, and what is said when that goes wrong.

A cog is a table of short functions, as the console's: each reads what was asked, asks the newsroom once, and answers.
"""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.errors import ChatError, DepescheError, SetupError, UserError
from bot.german import people
from bot.limits import Limits
from bot.newsroom import Newsroom
from cogs.commands import Command
from cogs.slack import pieces, words
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked, Kind, Payload, asked_of
from cogs.slack.channel import SlackChannel
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json
from cogs.slack.reply import Reply
from cogs.slack.said import Said, said_of

LOG = logging.getLogger(__name__)
SHELF = 1_000  # answers that one person alone saw, and may yet show everybody
UNKNOWN = "Das kennt der Bot nicht mehr. Bitte den Befehl neu eingeben; /depesche help zeigt alle."
WRONG = "Das hat nicht geklappt. Bitte später noch einmal versuchen. Fehler-Nr. {}, falls Sie es melden möchten."


class Shelf:
    """What was answered one person alone: Slack does not tell it again, so to show everybody it is kept, in memory.

    After a restart it is gone, and whoever wants to show it asks again.
    """

    def __init__(self) -> None:
        """It is empty."""
        self._kept: OrderedDict[str, Sequence[Json]] = OrderedDict()

    def put(self, blocks: Sequence[Json]) -> str:
        """Keep it; under which name."""
        name = secrets.token_hex(8)
        self._kept[name] = blocks
        while len(self._kept) > SHELF:
            self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Sequence[Json] | None:
        """It, if it is still there."""
        return self._kept.get(name)


@dataclass(frozen=True)
class Bureau:
    """What the cogs answer from. `admins`: ids of people who may what only the workspace's own admins may."""

    newsroom: Newsroom
    surface: SlackChannel
    admins: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    shelf: Shelf = field(default_factory=Shelf)


Act = Callable[[Bureau, Asked, Answer], Awaitable[None]]
Hear = Callable[[Bureau, Said, Reply], Awaitable[None]]
Show = Callable[[Bureau, str], Awaitable[None]]


@dataclass(frozen=True)
class Cog:
    """One group of commands; `parts`, `forms`, `shortcuts`: by the action or the callback.

    `costly`: the names of those entries that are expensive (English path of a command, action, callback): for them a
    person and a workspace have a limit, and all together a queue. They must call `wait` or `watched` before they work.
    """

    commands: Mapping[Command, Act] = field(default_factory=dict)
    shortcuts: Mapping[str, Act] = field(default_factory=dict)
    parts: Mapping[str, Act] = field(default_factory=dict)
    forms: Mapping[str, Act] = field(default_factory=dict)
    costly: frozenset[str] = frozenset()
    said: Hear | None = None  # what people write to the bot; one cog has it
    home: Show | None = None  # somebody opened the home tab; one cog has it


class Counter:
    """Answers everything by the tables of these cogs."""

    def __init__(self, bureau: Bureau, cogs: Sequence[Cog]) -> None:
        """Answer from this bureau; no two cogs may have the same entry."""
        self._bureau = bureau
        self._acts: Mapping[Kind, Mapping[str, Act]] = {
            Kind.COMMAND: {command.path.en: act for cog in cogs for command, act in cog.commands.items()},
            Kind.PART: {name: act for cog in cogs for name, act in cog.parts.items()},
            Kind.FORM: {name: act for cog in cogs for name, act in cog.forms.items()},
            Kind.SHORTCUT: {name: act for cog in cogs for name, act in cog.shortcuts.items()},
        }
        self._costly = frozenset(name for cog in cogs for name in cog.costly)
        self._said = next(cog.said for cog in cogs if cog.said)
        self._home = next(cog.home for cog in cogs if cog.home)

    async def asked(self, payload: Payload) -> None:
        """Answer it, whatever happens: what went wrong is a sentence for whoever asked, and a line in the log."""
        try:
            asked = asked_of(payload)
        except (LookupError, TypeError) as error:
            LOG.warning("not understood: %r", error)
            return
        answer = Answer(self._bureau.surface.client, asked)
        await self._minded(self._answered(asked, answer), answer)

    async def told(self, payload: Payload) -> None:
        """Answer what somebody wrote to the bot, in the same way; show the home tab."""
        event = payload.get("event") or {}
        if event.get("type") == "app_home_opened" and event.get("tab", "home") == "home":
            await self._shown(str(event.get("user") or ""))
            return
        said = said_of(payload, self._bureau.surface.client.me)
        if said is not None:
            reply = Reply(self._bureau.newsroom, self._bureau.surface, said)
            await self._minded(self._heard(said, reply), reply)

    async def _shown(self, person: str) -> None:
        try:
            await self._home(self._bureau, person)
        except DepescheError as error:
            LOG.warning("no home tab: %s", error)

    async def _answered(self, asked: Asked, answer: Answer) -> None:
        await self._act(asked, answer)
        if answer.told and (those := await self._bureau.newsroom.people.untold(asked.asker)):
            await answer.say([pieces.text(plain(people.paused(those), pieces.ROOM))])

    async def _heard(self, said: Said, reply: Reply) -> None:
        limits = self._bureau.limits
        if not await reply.is_ours():
            return
        try:
            limits.admit(said.person, said.space, self._bureau.newsroom.clock.now())
        except UserError:  # to say so would be one more message for each that is too many
            LOG.info("too many questions in %s", said.channel)
            return
        async with limits.turn():
            await self._said(self._bureau, said, reply)

    async def _minded(self, work: Awaitable[None], answer: Answer | Reply) -> None:
        try:
            await work
        except SetupError as error:
            await self._failed(answer, error)
        except DepescheError as error:
            await _say(answer, str(error))
        except Exception as error:  # noqa: BLE001 - the one place where nothing may be left unanswered
            await self._failed(answer, error)

    async def _act(self, asked: Asked, answer: Answer) -> None:
        name = asked.name
        if asked.kind is Kind.COMMAND:
            typed = words.read(asked.name, asked.told)
            name, asked = typed.command.path.en, _with(asked, typed.options)
        act = self._acts[asked.kind].get(name)
        if act is None:
            await answer.refuse(UNKNOWN)
        elif name not in self._costly:
            await act(self._bureau, asked, answer)
        else:
            limits = self._bureau.limits
            limits.admit(asked.person, asked.space, self._bureau.newsroom.clock.now())
            async with answer.in_turn(limits.turn()):
                await act(self._bureau, asked, answer)

    async def _failed(self, answer: Answer | Reply, error: Exception) -> None:
        number = secrets.token_hex(3).upper()
        LOG.error("error %s", number, exc_info=error)
        await _say(answer, WRONG.format(number))


def _with(asked: Asked, options: Mapping[str, str]) -> Asked:
    return replace(asked, options=options)


async def _say(answer: Answer | Reply, sentence: str) -> None:
    try:
        await answer.refuse(sentence)
    except ChatError as error:
        LOG.warning("no answer: %s", error)
