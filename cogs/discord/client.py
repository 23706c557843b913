"""The real discord.py: logged in over HTTP for posting, and, where wanted, held connected to the gateway.

Retries have one owner, the newsroom: what discord.py would try again by itself comes to us after one try.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route, json_or_text

from bot.errors import ChatBusy, ChatError, ChatUnsure
from bot.shards import Shards
from cogs.discord import shapes, starts
from cogs.discord.bot import Bot, Ears, TooOften
from cogs.discord.catalogue import ids, same
from cogs.discord.errors import BANNED, FOREIGN, Json, LimitedGlobally, ours, readable
from cogs.discord.pace import Pace
from cogs.discord.servers import Servers
from cogs.discord.starts import Starts, Turn, at_once, starts_of

ALLOWED, SPAN = 50, 1.04  # requests in so many seconds: Discord's second, and what the way there may vary by
PATIENCE = 20.0  # seconds for one request; discord.py sets none, and aiohttp's is 300
LOGIN = 30.0  # seconds
LONGEST_SILENCE = 86_400.0  # seconds that an answer can ask for
HOUR = 3_600.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds between two identifies: at most 19 an hour, of 1,000 a day
FRESH = 60.0  # seconds that an answer of /gateway/bot is believed; Discord takes two such questions in five

log = logging.getLogger(__name__)


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
        self._shards: list[Bot] = [self._bot]
        self._gate = asyncio.Lock()
        self._identified: list[float] = []  # when, in the loop's time; of all shards
        self._starts: Starts | None = None
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
        known = self._channel(channel)
        return known.type.value if isinstance(known, discord.abc.GuildChannel | discord.Thread) else None

    def parent(self, channel: str) -> str:
        """The channel that this is a thread of, if the gateway has told that; else empty."""
        known = self._channel(channel)
        return str(known.parent_id) if isinstance(known, discord.Thread) else ""

    def servers(self) -> Servers | None:
        """The servers that the bot is in, as far as this connection is told of them; None where that is not sure.

        It is not while the connection is not ready, and while Discord reports an outage of any of them.
        """
        guilds = [guild for bot in self._shards for guild in bot.guilds]
        if not all(bot.is_ready() for bot in self._shards) or any(guild.unavailable for guild in guilds):
            return None
        there, ids_ = frozenset(str(guild.id) for guild in guilds), (bot.shard_id or 0 for bot in self._shards)
        return Servers(there, frozenset(ids_), self._shards[0].shard_count or 1)

    def _channel(self, id_: str) -> object:
        """A channel as the gateway has told it."""
        found = (bot.get_channel(int(id_)) for bot in self._shards) if id_.isdecimal() else ()
        return next(filter(None, found), None)

    async def login(self) -> None:
        """Raises `TokenRefused`, or `ChatBusy` where Discord can't be reached."""
        await self._log_in(self._bot)

    async def _log_in(self, bot: "Bot") -> None:
        try:
            async with asyncio.timeout(LOGIN):
                await bot.login(self._token)
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

    async def known(self) -> dict[str, str]:
        """The ids by name of the commands that Discord offers. Raises `ChatError`."""
        path, me = "/applications/{application_id}/commands", str(self._bot.application_id)
        return ids(await self.request("GET", path, shape=shapes.COMMANDS, application_id=me))

    async def connect(self, ears: Ears, shards: Shards | None = None, turn: Turn = at_once) -> None:
        """Hold the gateway connections of these shards, or of all that Discord recommends, until cancelled.

        No shard identifies before its `turn`. Raises `TokenRefused`, or `SetupError` where Discord refuses.
        """
        shards = shards or all_of((await self._told()).shards)
        if shards.count > 1:
            self._shards = [Bot(aiohttp.TraceConfig(), id_, shards.count) for id_ in shards.ids]
        for bot in self._shards:
            bot.ears = ears
        tasks = [asyncio.ensure_future(self._hold(bot, turn)) for bot in self._shards]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            others, self._shards = [bot for bot in self._shards if bot is not self._bot], [self._bot]
            await asyncio.gather(*(bot.close() for bot in others))

    async def _hold(self, bot: "Bot", turn: Turn) -> None:
        """Hold one connection."""
        failures = 0
        while not bot.is_closed():
            permit = 0.0
            try:
                await self._logged_in(bot)
                permit = await self._permitted(bot, turn)
                await bot.connect()
            except TooOften:
                continue
            except (AttributeError, ChatBusy) as error:
                if getattr(bot, "ws", None):
                    raise
                # discord.py trips over the socket it has not got when the very first connection fails.
                log.warning("no gateway: %s", error.__context__ or error)
                failures += 1
                await asyncio.sleep(pause(failures))
            except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as error:
                raise ours(error) from error
            finally:
                if bot.permitted:  # it was of no use
                    bot.permitted = False
                    self._identified.remove(permit)

    async def _logged_in(self, bot: "Bot") -> None:
        if bot.user is None:
            await self._log_in(bot)

    async def _permitted(self, bot: "Bot", turn: Turn) -> float:
        """Wait until this shard may identify: the moment, which counts for all shards together."""
        loop = asyncio.get_running_loop()
        async with self._gate:
            await asyncio.sleep(hold(self._identified, loop.time(), len(self._shards)))
            told = await self._told()
            while told.left <= 0:
                log.warning("Discord takes no further connection for %.0f s", told.reset)
                await asyncio.sleep(told.reset)
                told = await self._told()
            told.left -= 1
            moment = loop.time()
            self._identified = [one for one in self._identified if one > moment - HOUR] + [moment]
        await asyncio.sleep(await turn(told.bucket(bot.shard_id or 0)))
        bot.permitted = True
        return moment

    async def _told(self) -> Starts:
        """What Discord says of connecting, lately; asked until it answers."""
        failures, now = 0, asyncio.get_running_loop().time
        while self._starts is None or now() - self._starts.at > FRESH:
            try:
                answer = await self.request("GET", "/gateway/bot", shape=starts.SHAPE)
            except ChatError as error:
                failures += 1
                log.warning("no gateway: %s", error)
                await asyncio.sleep(pause(failures))
            else:
                self._starts = starts_of(answer, now())
        return self._starts

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


def hold(identified: Sequence[float], now: float, shards: int = 1) -> float:
    """How long the next identify must wait. Each of the shards has one an hour; those beyond wait longer and longer."""
    recent = [moment for moment in identified if moment > now - HOUR]
    beyond = len(recent) - shards + 1
    return max(max(recent) + pause(beyond) - now, 0.0) if beyond > 0 else 0.0


def all_of(count: int) -> Shards:
    """All of so many shards."""
    return Shards(tuple(range(count)), count)
