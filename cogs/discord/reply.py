"""Answers one message with a reply: once, whoever hears it twice, and at the pace that all processes keep together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, NoDatabase
from bot.newsroom import Newsroom
from cogs.discord import cited
from cogs.discord.channel import DiscordChannel
from cogs.discord.pieces import Json
from cogs.discord.said import Said

LOG = logging.getLogger(__name__)
ONCE = timedelta(minutes=15)  # so long a message counts as answered; the gateway brings nothing back that is older
TYPING = 8.0  # seconds; Discord shows for ten that somebody types
TRIES = 4
FIRST_REST, LONGEST_REST = 1.0, 60.0  # seconds between two tries
PATIENCE = timedelta(minutes=2)  # for a turn; while all are to be silent, there is none


class Reply:
    """The way back to whoever wrote to the bot. Where it may not write, nothing happens but a line in the log."""

    def __init__(self, newsroom: Newsroom, surface: DiscordChannel, said: Said) -> None:
        """Answer this message, once."""
        self._newsroom = newsroom
        self._surface = surface
        self._said = said

    async def is_ours(self) -> bool:
        """Whether this is to be answered, here: nobody has begun to, and the bot may write there."""
        leases, name = self._newsroom.store.leases, f"said:{self._said.id}"
        if not await leases.take(name, secrets.token_hex(8), self._newsroom.clock.now(), ONCE):
            return False
        return await self._types()

    @asynccontextmanager
    async def thinking(self) -> AsyncIterator[None]:
        """Go on to show that an answer will come."""
        task = asyncio.ensure_future(self._go_on_typing())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def say(self, message: Json) -> None:
        """Post the answer; its nonce tells that of this message from all others."""
        said, rest = self._said, FIRST_REST
        for _ in range(TRIES):
            if not await self._turn():
                break
            try:
                await self._surface.reply(said.channel, said.id, message)
            except (ChatBusy, ChatUnsure) as error:
                rest = max(rest, getattr(error, "retry_after", None) or 0.0)
                LOG.warning("no answer to %s: %s", said.id, error)
            except ChatError as error:
                LOG.warning("no answer in channel %s: %s", said.channel, error)
                return
            else:
                return
            await asyncio.sleep(min(rest, LONGEST_REST))
            rest *= 2
        LOG.warning("no answer to %s: given up", said.id)

    async def refuse(self, sentence: str) -> None:
        """Say what can't be done."""
        await self.say(cited.message(sentence))

    async def _types(self) -> bool:
        """Show that an answer will come; whether the bot may write there."""
        try:
            await self._surface.type_(self._said.channel)
        except (ChatForbidden, ChatGone) as error:
            LOG.warning("no answer in channel %s: %s", self._said.channel, error)
            return False
        except ChatError as error:  # the answer itself may get through
            LOG.info("typing in channel %s: %s", self._said.channel, error)
        return True

    async def _go_on_typing(self) -> None:
        while True:
            await asyncio.sleep(TYPING)
            await self._types()

    async def _turn(self) -> bool:
        """Wait for the next turn of all processes; whether there is one before long."""
        newsroom, surface = self._newsroom, self._surface
        with suppress(NoDatabase):  # then what went wrong is to be told all the same
            now = newsroom.clock.now()
            turn = await newsroom.store.leases.reserve(surface.platform.value, now, 1, surface.interval)
            if turn > now + PATIENCE:
                return False
            await asyncio.sleep((turn - newsroom.clock.now()).total_seconds())
        return True
