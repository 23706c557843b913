"""The real discord.py: logged in over HTTP for posting, and, where wanted, held connected to the gateway.

Retries have one owner, the newsroom: what discord.py would try again by itself comes to us after one try.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route, json_or_text

from bot.errors import ChatBusy, ChatUnsure
from cogs.discord import shapes
from cogs.discord.catalogue import ids, same
from cogs.discord.errors import BANNED, FOREIGN, Json, LimitedGlobally, ours, readable
from cogs.discord.pace import Pace
from cogs.discord.said import Said, heard
from cogs.discord.servers import Servers

ALLOWED, SPAN = 50, 1.04  # requests in so many seconds: Discord's second, and what the way there may vary by
PATIENCE = 20.0  # seconds for one request; discord.py sets none, and aiohttp's is 300
LOGIN = 30.0  # seconds
LONGEST_WAIT = 30.0  # seconds that discord.py may wait for a full bucket, the least it takes
LONGEST_SILENCE = 86_400.0  # seconds that an answer can ask for
CLEARING = 60.0  # seconds between two looks for limits that are idle
HOUR = 3_600.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds between two identifies: at most 19 an hour, of 1,000 a day

Left = Callable[[str], Awaitable[None]]  # told the server that the bot was removed from
Deleted = Callable[[str, str], Awaitable[None]]  # told the server and the channel that is gone
Ready = Callable[[], Awaitable[None]]  # told that the gateway has told all servers that it tells
Asked = Callable[[discord.Interaction], Awaitable[None]]  # told what somebody did, to answer it
Heard = Callable[[Said], Awaitable[None]]  # told what somebody wrote to the bot

log = logging.getLogger(__name__)


class TooOften(Exception):
    """The next identify must wait so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"next identify in {seconds:.0f} s")
        self.seconds = seconds


async def unheard(_: Said) -> None:
    """Whoever writes to the bot is not answered."""


discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it will not speak


class DiscordClient:
    """One bot on Discord. Requests raise our errors; the gateway connection is made only by `connect`."""

    def __init__(self, token: str, api_url: str = "", gateway_url: str = "") -> None:
        """Addresses left empty are Discord's own. They hold for the whole process, as discord.py keeps them."""
        if api_url:
            Route.BASE = api_url.rstrip("/")
        if gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway_url)
        self._token = token
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._compare)
        self._bot = Bot(trace)
        self.ahead = timedelta(0)  # of Discord's clock is this machine's; negative if it is behind
        self._pace = Pace(ALLOWED, SPAN)
        self._silent_until = 0.0  # in the loop's time; for all requests

    @property
    def me(self) -> str:
        """The bot's own id."""
        assert self._bot.user is not None, "logged in by `opened`"
        return str(self._bot.user.id)

    @property
    def name(self) -> str:
        """What the bot is called on Discord."""
        assert self._bot.user is not None, "logged in by `opened`"
        return self._bot.user.name

    def kind(self, channel: str) -> int | None:
        """The type of a channel, if the gateway has told it."""
        known = self._bot.get_channel(int(channel)) if channel.isdecimal() else None
        return known.type.value if isinstance(known, discord.abc.GuildChannel | discord.Thread) else None

    def parent(self, channel: str) -> str:
        """The channel that this is a thread of, if the gateway has told that; else empty."""
        known = self._bot.get_channel(int(channel)) if channel.isdecimal() else None
        return str(known.parent_id) if isinstance(known, discord.Thread) else ""

    def servers(self) -> Servers | None:
        """The servers that the bot is in, as far as this connection is told of them; None where that is not sure.

        It is not while the connection is not ready, and while Discord reports an outage of any of them.
        """
        if not self._bot.is_ready() or any(guild.unavailable for guild in self._bot.guilds):
            return None
        there = frozenset(str(guild.id) for guild in self._bot.guilds)
        count = self._bot.shard_count or 1
        shards = getattr(self._bot, "shard_ids", None) or range(count)
        return Servers(there, frozenset(shards), count)

    async def login(self) -> None:
        """Raises `TokenRefused`, or `ChatBusy` where Discord can't be reached."""
        try:
            async with asyncio.timeout(LOGIN):
                await self._bot.login(self._token)
        except FOREIGN as error:
            raise ours(error, ChatBusy) from error

    async def request(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, int] | None = None,
        shape: object = None,
        **ids: str,
    ) -> Json:
        """One request, tried once: the answer's JSON, which has this shape (`shapes.py`). `path` has `ids` in braces.

        Raises `ChatError`, whatever the answer is. No shape: an object or a list, and of a POST that made something
        one with an id.
        """
        await self._pace.turn()
        rest = self._silent_until - asyncio.get_running_loop().time()
        if rest > 0:
            raise ChatBusy("Discord nimmt gerade nichts an.", rest, everyone=True)
        options: dict[str, Any] = {"timeout": aiohttp.ClientTimeout(total=PATIENCE), "raise_for_status": self._once}
        options |= {} if body is None else {"json": body}
        options |= {} if query is None else {"params": query}
        try:
            answer = await self._bot.http.request(Route(method, path, **ids), **options)
            return readable(answer, shape or (shapes.MADE if method == "POST" else shapes.ANY))
        except FOREIGN as error:
            raise ours(error, ChatUnsure if method == "POST" else ChatBusy) from error

    async def offer(self, commands: Sequence[dict[str, Any]]) -> dict[str, str]:
        """Have Discord offer these commands; their ids by name. It is told only what it doesn't know.

        Raises `ChatError`. Discord takes 200 new commands a day.
        """
        path, me = "/applications/{application_id}/commands", str(self._bot.application_id)
        there = await self.request(
            "GET", path, query={"with_localizations": 1}, shape=shapes.COMMANDS, application_id=me
        )
        if not same(there, commands):
            there = await self.request("PUT", path, commands, shape=shapes.COMMANDS, application_id=me)
        return ids(there)

    async def connect(
        self, left: Left, deleted: Deleted, asked: Asked, said: Heard = unheard, ready: Ready | None = None
    ) -> None:
        """Hold the gateway connection until cancelled. Raises `TokenRefused`, or `SetupError` where it is refused."""
        self._bot.left, self._bot.deleted, self._bot.asked, self._bot.said = left, deleted, asked, said
        self._bot.ready = ready
        failures = 0
        while not self._bot.is_closed():
            try:
                await self._bot.connect()
            except TooOften as wait:
                await asyncio.sleep(wait.seconds)
            except AttributeError as error:
                if getattr(self._bot, "ws", None):
                    raise
                # discord.py trips over the socket it has not got when the very first connection fails.
                log.warning("no gateway: %s", error.__context__)
                failures += 1
                await asyncio.sleep(pause(failures))
            except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as error:
                raise ours(error) from error

    async def close(self) -> None:
        """End all connections."""
        await self._bot.close()

    async def _compare(self, _: object, __: object, ended: aiohttp.TraceRequestEndParams) -> None:
        """Compare this machine's clock to Discord's, which each answer tells in whole seconds.

        The way of the answer makes it seem a little further ahead, which lets one look back a little further.
        """
        told = moment_of(ended.response.headers.get("Date", ""))
        if told is not None:
            self.ahead = datetime.now(UTC) - told

    async def _once(self, response: aiohttp.ClientResponse) -> None:
        """Raise for what discord.py would try again; aiohttp calls it before discord.py sees the answer."""
        broken = response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if not broken and response.status != HTTPStatus.TOO_MANY_REQUESTS:
            return
        if broken:  # what it says is not Discord's at all at times, and decides nothing
            raise discord.DiscordServerError(response, await response.text("utf-8", "replace"))
        told = await json_or_text(response)
        if not isinstance(told, dict) or "Via" not in response.headers:
            self._be_silent(BANNED)
            raise discord.HTTPException(response, told)
        seconds = min(float(told.get("retry_after", 1)), LONGEST_SILENCE)
        if told.get("global"):
            self._be_silent(seconds)
            raise LimitedGlobally(seconds)
        raise discord.RateLimited(seconds)

    def _be_silent(self, seconds: float) -> None:
        """Ask nothing for a while: what is refused counts towards a ban, too."""
        self._silent_until = asyncio.get_running_loop().time() + seconds


class Requests(HTTPClient):
    """discord.py's own, but for looking through the limits of all channels whenever it meets a new one.

    That costs 4 ms a message when 15,000 channels were posted to within five minutes; once in a while will do.
    """

    _cleared = 0.0

    def _try_clear_expired_ratelimits(self) -> None:
        now = self.loop.time()
        if now - self._cleared > CLEARING:
            self._cleared = now
            super()._try_clear_expired_ratelimits()


class Bot(discord.Client):
    """discord.py's client with no more intents, caches and mentions than posting needs."""

    left: Left
    deleted: Deleted
    asked: Asked
    said: Heard
    ready: Ready | None = None

    def __init__(self, trace: aiohttp.TraceConfig) -> None:
        super().__init__(
            http_trace=trace,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.http.__class__ = Requests
        self._identified: deque[float] = deque(maxlen=50)
        self._read_messages_alone()

    def _read_messages_alone(self) -> None:
        """Have no objects made of the messages of all servers, of which hardly any is for the bot."""
        parsers = self._connection.parsers
        parsers["MESSAGE_CREATE"] = self._hear
        for event in ("MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"):
            parsers.pop(event)

    def _hear(self, message: object) -> None:
        told = heard(message, str(self.user.id)) if self.user else None
        if told:
            self.dispatch("said", told)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Refuse an identify that comes too early; Discord resets the token after 1,000 a day."""
        del shard_id, initial
        now = asyncio.get_running_loop().time()
        rest = hold(self._identified, now)
        if rest > 0:
            raise TooOften(rest)
        self._identified.append(now)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form."""
        await self.asked(interaction)

    async def on_ready(self) -> None:
        """All servers were told, or those that are not are out of order."""
        if self.ready is not None:
            await self.ready()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """An outage is over; discord.py tells of no other servers this way once it is ready."""
        del guild
        await self.on_ready()

    async def on_said(self, told: Said) -> None:
        """Somebody wrote to the bot."""
        await self.said(told)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed, or its server deleted."""
        await self.left(str(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self.deleted(str(channel.guild.id), str(channel.id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        await self.deleted(str(thread.guild_id), str(thread.thread_id))


@asynccontextmanager
async def opened(token: str, api_url: str = "", gateway_url: str = "") -> AsyncIterator[DiscordClient]:
    """A client that is logged in over HTTP. Raises `TokenRefused`, or `ChatBusy` where Discord can't be reached."""
    client = DiscordClient(token, api_url, gateway_url)
    try:
        await client.login()
        yield client
    finally:
        await client.close()


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 5, 10, 20 … 300."""
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)


def moment_of(date: str) -> datetime | None:
    """What an answer's Date says; None where it says nothing."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def hold(identified: Sequence[float], now: float) -> float:
    """How long the next identify must wait; the more there were within the hour, the longer."""
    recent = [moment for moment in identified if moment > now - HOUR]
    return max(recent[-1] + pause(len(recent)) - now, 0.0) if recent else 0.0
