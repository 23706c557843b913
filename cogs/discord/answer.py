"""Answers one interaction of the real discord.py: at once, or a word that it will be, and then the answer itself."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from enum import Enum, auto
from typing import Any

import discord
from discord import app_commands

from bot.ports import Progress
from cogs.discord import pieces
from cogs.discord.asked import Asked, Kind, data, texts
from cogs.discord.markdown import cut, plain
from cogs.discord.pieces import Json, Pieces
from cogs.discord.rights import THREADS

ACKNOWLEDGED = 40060  # Discord's code: it has the first answer already, where a try seemed to have failed
EVERY = 1.5  # seconds between two words on how far it is; Discord takes five edits in five seconds


class State(Enum):
    """How far an answer is."""

    NOTHING = auto()  # three seconds are left to say something
    LOADING = auto()  # a message that says that the bot is thinking
    CHANGING = auto()  # the message that the component is in will change
    DONE = auto()


class Raw(discord.ui.LayoutView):
    """Components as they are; discord.py needs to remember nothing of them."""

    def __init__(self, told: Pieces) -> None:
        super().__init__(timeout=None)
        self._told = list(told)
        self.stop()

    def has_components_v2(self) -> bool:
        """It is what every answer of ours is made of."""
        return True

    def to_components(self) -> list[dict[str, Any]]:
        """What Discord is sent."""
        return self._told


class RawForm(discord.ui.Modal):
    """A form as it is."""

    def __init__(self, told: Json) -> None:
        super().__init__(title=told["title"], timeout=None, custom_id=told["custom_id"])
        self._told = told
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        """What Discord is sent."""
        return self._told


class Answer:
    """The way back to whoever asked. Whatever is said first decides whether all of it is for them alone."""

    def __init__(self, interaction: discord.Interaction) -> None:
        """Answer this interaction, once."""
        self._interaction = interaction
        self._state = State.NOTHING
        self._turn: AbstractAsyncContextManager[None] | None = None
        self._held = AsyncExitStack()
        self.told = False  # whether anything was said that more can be added to

    async def wait(self, *, private: bool = True) -> None:
        """Say that an answer will come; then there are fifteen minutes for it."""
        with _once():
            await self._interaction.response.defer(ephemeral=private, thinking=True)
        self._state = State.LOADING
        await self._in_turn()

    async def wait_to_change(self) -> None:
        """As `wait`, where the message that the component is in will change."""
        with _once():
            await self._interaction.response.defer()
        self._state = State.CHANGING
        await self._in_turn()

    async def say(self, told: Pieces, *, private: bool = True) -> None:
        """The answer, or a further message after the first one."""
        if self._state is State.NOTHING:
            with _once():
                await self._interaction.response.send_message(view=Raw(told), ephemeral=private)
        elif self._state is State.LOADING:
            await self._interaction.edit_original_response(view=Raw(told))
        else:
            await self._interaction.followup.send(view=Raw(told), ephemeral=private)
        self._state, self.told = State.DONE, True

    async def change(self, told: Pieces) -> None:
        """Put this in place of the message that the component is in, or of what was answered."""
        if self._state is State.NOTHING:
            with _once():
                await self._interaction.response.edit_message(view=Raw(told))
        else:
            await self._interaction.edit_original_response(view=Raw(told))
        self._state, self.told = State.DONE, True

    async def hand(self, told: Pieces, name: str, body: str) -> None:
        """A text file under these pieces, after `wait`."""
        shown = [*told, pieces.file(name)]
        file = discord.File(io.BytesIO(body.encode()), name)
        await self._interaction.edit_original_response(view=Raw(shown), attachments=[file])
        self._state, self.told = State.DONE, True

    @asynccontextmanager
    async def in_turn(self, turn: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
        """Whatever is waited with from here on takes this turn, once it was said that an answer will come."""
        self._turn = turn
        async with self._held:
            yield

    async def _in_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            await self._held.enter_async_context(turn)

    async def ask(self, form: Json) -> None:
        """Open a form; it must be the first thing that is said."""
        with _once():
            await self._interaction.response.send_modal(RawForm(form))
        self._state = State.DONE

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer up to 25 (value, what it is called) for what is being typed."""
        kept = [one for one in choices if len(one[0]) <= pieces.SHORT][:25]  # a value that is cut would be another one
        shown = [app_commands.Choice(name=cut(name, pieces.SHORT), value=value) for value, name in kept]
        await self._interaction.response.autocomplete(shown)
        self._state = State.DONE

    async def refuse(self, sentence: str) -> None:
        """Say what can't be done, to whoever asked alone."""
        if self._interaction.type is discord.InteractionType.autocomplete:
            return
        await self.say([pieces.text(sentence)])

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[Progress]:
        """Tell how far a long piece of work is, in place of the answer, every 1.5 seconds at most."""
        await self._in_turn()
        steps: list[str] = []
        ended = asyncio.Event()
        task = asyncio.ensure_future(self._tell(steps, ended))
        try:
            yield lambda step, done, total: steps.append(f"{step}: {done} von {total} …")
        finally:
            ended.set()
            await task  # or a late edit would take the place of the answer

    async def _tell(self, steps: list[str], ended: asyncio.Event) -> None:
        while not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), EVERY)
            except TimeoutError:
                if steps:
                    told = steps[-1]
                    steps.clear()
                    await self._progress(told)

    async def _progress(self, told: str) -> None:
        try:
            await self._interaction.edit_original_response(view=Raw([pieces.text(plain(told))]))
        except discord.HTTPException:  # the answer itself will say what is wrong
            return


@contextmanager
def _once() -> Iterator[None]:
    """The first answer, which counts also where only a later try learns that it came."""
    try:
        yield
    except discord.HTTPException as error:
        if error.code != ACKNOWLEDGED:
            raise


def asked_of(interaction: discord.Interaction) -> Asked:
    """What was asked, as a value."""
    given: Mapping[str, Any] = {**(interaction.data or {})}
    told, message, channel = data(given), interaction.message, interaction.channel
    shown = tuple(one.to_dict() for one in message.components) if message else ()
    return Asked(
        Kind(interaction.type.value),
        told.name,
        str(interaction.user.id),
        str(interaction.channel_id or ""),
        str(interaction.guild_id or ""),
        interaction.context.dm_channel is True,
        interaction.locale.value,
        interaction.permissions.value,
        interaction.app_permissions.value,
        told.options,
        told.values,
        told.focused,
        told.places,
        told.texts or (texts({"content": message.content, "components": shown}) if message else ()),
        tuple({**one} for one in shown),
        told.message or (str(message.id) if message else ""),
        channel is not None and channel.type.value in THREADS,
        str(channel.parent_id) if isinstance(channel, discord.Thread) else "",
        told.files,
    )
