"""The way back to whoever did something: by the response_url, in direct messages, or into a thread.

A response_url takes five answers within 30 minutes, and those to a slash command can't be changed any more. In the
bot's direct messages everything is posted, and progress is shown by changing it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

from bot.errors import ChatError
from bot.ports import Progress
from cogs.slack import pieces
from cogs.slack.asked import Asked, Kind
from cogs.slack.client import SlackClient
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json, Pieces

LOG = logging.getLogger(__name__)
EVERY = 1.5  # seconds between two words on how far it is, where they are changed in place
ONCE = 4.0  # seconds after which it is said once where it can't be changed
CHANGES = 2  # of five uses of a response_url, for progress


class Answer:
    """The way back. What was done is acknowledged already; whatever is said comes on top."""

    def __init__(self, client: SlackClient, asked: Asked) -> None:
        """Answer this."""
        self._client = client
        self._asked = asked
        self._posted = ""  # the message in direct messages that is changed
        self._changing = False  # whether the message with the component will change
        self._turn: AbstractAsyncContextManager[None] | None = None
        self._held = AsyncExitStack()
        self.told = False  # whether anything was said that more can be added to

    async def wait(self) -> None:
        """An answer will come."""
        await self._in_turn()

    async def wait_to_change(self) -> None:
        """As `wait`, where the message that the component is in will change."""
        self._changing = True
        await self._in_turn()

    async def say(self, told: Pieces, *, private: bool = True, spoken: str = "") -> None:
        """The answer, or a further message; `private`: for whoever asked alone. Raises `ChatError`."""
        message = pieces.message(told, spoken)
        place = await self._place()
        if place and self._posted:
            ts, self._posted = self._posted, ""
            await self._client.request("chat.update", {**message, "channel": place, "ts": ts})
        elif place:
            thread = {"thread_ts": self._asked.thread} if self._asked.thread else {}
            await self._client.request("chat.postMessage", {**message, "channel": place, **thread})
        else:
            kind = "ephemeral" if private else "in_channel"
            await self._respond({**message, "response_type": kind, "replace_original": False})
        self.told = True

    async def change(self, told: Pieces) -> None:
        """Put this in place of the message that the component is in. Raises `ChatError`."""
        message, place = pieces.message(told), await self._place()
        if place and self._asked.message:
            await self._client.request("chat.update", {**message, "channel": place, "ts": self._asked.message})
        elif self._asked.kind is Kind.PART and not self._asked.open and not place:
            await self._respond({**message, "response_type": "ephemeral", "replace_original": True})
        else:
            await self.say(told)
        self.told = True

    async def hand(self, told: str, name: str, body: str) -> None:
        """A text file, which nobody but the person may see: as a direct message. Raises `ChatError`."""
        private = await self._client.private(self._asked.person)
        await self._client.hand(private, name, body, told)
        if private != await self._place():
            await self.say([pieces.text(f"{told} Sie liegt in Ihren Direktnachrichten mit dem Bot.")])
        self.told = True

    async def ask(self, form: Json) -> None:
        """Open a form, within three seconds of what was done. Raises `ChatError`."""
        await self._client.request("views.open", {"trigger_id": self._asked.trigger, "view": form})

    async def refuse(self, sentence: str) -> None:
        """Say what can't be done, to whoever asked alone."""
        await self.say([pieces.text(plain(sentence, pieces.ROOM // 2))])

    @asynccontextmanager
    async def in_turn(self, turn: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
        """Whatever is waited with from here on takes this turn."""
        self._turn = turn
        async with self._held:
            yield

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[Progress]:
        """Tell how far a long piece of work is."""
        await self._in_turn()
        steps: list[str] = []
        ended = asyncio.Event()
        task = asyncio.ensure_future(self._tell(steps, ended))
        try:
            yield lambda step, done, total: steps.append(f"{step}: {done} von {total} …")
        finally:
            ended.set()
            await task  # or a late word would stand below the answer

    async def _tell(self, steps: list[str], ended: asyncio.Event) -> None:
        place, said = await self._place(), 0
        is_changed = bool(place) or (self._changing and not self._asked.open)
        most = 1_000 if place else CHANGES if is_changed else 1
        while not ended.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), EVERY if is_changed else ONCE)
            if steps and not ended.is_set() and said < most:
                said += 1
                with suppress(ChatError):  # the answer itself will say what is wrong
                    await self._progress(place, [pieces.small(plain(steps[-1]))])
                steps.clear()

    async def _progress(self, place: str, told: Pieces) -> None:
        message = pieces.message(told, "…")
        if self._changing and not self._asked.open:
            await self.change(told)
        elif not place:
            await self._respond({**message, "response_type": "ephemeral", "replace_original": False})
        elif self._posted:
            await self._client.request("chat.update", {**message, "channel": place, "ts": self._posted})
        else:
            sent = await self._client.request("chat.postMessage", {**message, "channel": place})
            self._posted = str(sent["ts"])

    async def _in_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            await self._held.enter_async_context(turn)

    async def _place(self) -> str:
        """Where it is posted rather than answered: in the bot's direct messages; empty elsewhere."""
        asked = self._asked
        if not asked.direct and asked.url:
            return ""
        if asked.direct or not asked.channel:
            private = await self._client.private(asked.person)
            return private if asked.at_home or asked.channel in {"", private} else ""
        return ""

    async def _respond(self, message: Json) -> None:
        """By the response_url; where that takes nothing more, to the person alone in the channel, or directly."""
        asked = self._asked
        thread = {"thread_ts": asked.thread} if asked.thread else {}
        try:
            if asked.url:
                await self._client.respond(asked.url, message | thread)
                return
        except ChatError as error:
            LOG.info("no answer by the response_url: %s", error)
        shown = {key: message[key] for key in ("blocks", "text")} | thread
        try:
            body = {**shown, "channel": asked.channel, "user": asked.person}
            await self._client.request("chat.postEphemeral", body)
        except ChatError as error:
            LOG.info("no answer in the channel: %s", error)
            private = await self._client.private(asked.person)
            bare = {key: message[key] for key in ("blocks", "text")}
            await self._client.request("chat.postMessage", {**bare, "channel": private})
