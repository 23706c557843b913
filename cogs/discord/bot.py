"""discord.py's own client, with no more of it than we need, and whom it tells what it hears on the gateway."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import discord
from discord.http import HTTPClient

from cogs.discord.said import Said, heard

LONGEST_WAIT = 30.0  # seconds that discord.py may wait for a full bucket, the least it takes
CLEARING = 60.0  # seconds between two looks for limits that are idle

Left = Callable[[str], Awaitable[None]]  # told the server that the bot was removed from
Deleted = Callable[[str, str], Awaitable[None]]  # told the server and the channel that is gone
Ready = Callable[[], Awaitable[None]]  # told that the gateway has told all servers that it tells
Asked = Callable[[discord.Interaction], Awaitable[None]]  # told what somebody did, to answer it
Heard = Callable[[Said], Awaitable[None]]  # told what somebody wrote to the bot


discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it will not speak


class TooOften(Exception):
    """An identify must wait for its turn."""


async def unheard(_: Said) -> None:
    """Whoever writes to the bot is not answered."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told what the gateway tells."""

    left: Left
    deleted: Deleted
    asked: Asked
    said: Heard = unheard
    ready: Ready | None = None


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

    ears: Ears
    permitted = False  # to identify, once

    def __init__(self, trace: aiohttp.TraceConfig, shard: int | None = None, shards: int | None = None) -> None:
        super().__init__(
            shard_id=shard,
            shard_count=shards,
            http_trace=trace,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.http.__class__ = Requests
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
        """Refuse an identify whose turn it is not; Discord resets the token after 1,000 a day."""
        del shard_id, initial
        if not self.permitted:
            raise TooOften
        self.permitted = False

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form."""
        await self.ears.asked(interaction)

    async def on_ready(self) -> None:
        """All servers were told, or those that are not are out of order."""
        if self.ears.ready is not None:
            await self.ears.ready()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """An outage is over; discord.py tells of no other servers this way once it is ready."""
        del guild
        await self.on_ready()

    async def on_said(self, told: Said) -> None:
        """Somebody wrote to the bot."""
        await self.ears.said(told)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed, or its server deleted."""
        await self.ears.left(str(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self.ears.deleted(str(channel.guild.id), str(channel.id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        await self.ears.deleted(str(thread.guild_id), str(thread.thread_id))
