"""Answers one message, in its thread: once, whoever hears it twice."""

import asyncio
import logging
import secrets
from datetime import timedelta

from bot.errors import ChatBusy, ChatError, ChatUnsure
from bot.model import number
from bot.newsroom import Newsroom
from cogs.slack import pieces
from cogs.slack.channel import SlackChannel
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Pieces
from cogs.slack.said import Said

LOG = logging.getLogger(__name__)
ONCE = timedelta(minutes=15)  # Slack tells an event again for up to six minutes
TRIES = 3
REST, LONGEST_REST = 1.0, 30.0  # seconds between two tries
THINKING = "Die Artikel werden durchsucht …"


class Reply:
    """The way back to whoever wrote to the bot. Where it may not write, nothing happens but a line in the log."""

    def __init__(self, newsroom: Newsroom, surface: SlackChannel, said: Said) -> None:
        """Answer this message, once."""
        self._newsroom = newsroom
        self._surface = surface
        self._said = said
        self._posted = ""

    async def is_ours(self) -> bool:
        """Whether nobody has begun to answer it. It is told by message and by event: both may come twice."""
        leases, holder, now = self._newsroom.store.leases, secrets.token_hex(8), self._newsroom.clock.now()
        names = (f"said:slack:{self._said.event}", f"said:slack:{number(f'{self._said.channel}{self._said.ts}')}")
        return all([await leases.take(name, holder, now, ONCE) for name in names])

    async def think(self) -> None:
        """Show that an answer will come, where it will be. Raises nothing: the answer itself may get through."""
        try:
            self._posted = await self._post([pieces.small(THINKING)])
        except ChatError as error:
            LOG.info("no word in %s: %s", self._said.channel, error)

    async def say(self, told: Pieces) -> None:
        """The answer, in place of the word that one will come."""
        rest = REST
        for _ in range(TRIES):
            try:
                await self._said_once(told)
            except (ChatBusy, ChatUnsure) as error:
                rest = max(rest, getattr(error, "retry_after", None) or 0.0)
                LOG.warning("no answer to %s: %s", self._said.ts, error)
                if isinstance(error, ChatUnsure):  # it may be there, and two answers are worse than none
                    return
            except ChatError as error:
                LOG.warning("no answer in channel %s: %s", self._said.channel, error)
                return
            else:
                return
            await asyncio.sleep(min(rest, LONGEST_REST))
            rest *= 2
        LOG.warning("no answer to %s: given up", self._said.ts)

    async def refuse(self, sentence: str) -> None:
        """Say what can't be done."""
        await self.say([pieces.text(plain(sentence, pieces.ROOM // 2))])

    async def _said_once(self, told: Pieces) -> None:
        if not self._posted:
            await self._post(told)
            return
        message = pieces.message(told) | {"channel": self._said.channel, "ts": self._posted}
        await self._surface.client.request("chat.update", message)

    async def _post(self, told: Pieces) -> str:
        said = self._said
        thread = said.thread or ("" if said.direct else said.ts)
        return await self._surface.post(
            pieces.message(told) | {"channel": said.channel} | ({"thread_ts": thread} if thread else {})
        )
