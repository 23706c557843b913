"""A process at work: the parts of `run` put together, as `wiring` does for all that is only asked.

Apart from `wiring`, because the chats' and the engine's libraries take seconds to import and only `run` needs them.
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

from bot import onslack, wiring
from bot.clock import SystemClock
from bot.deliveries import freedays
from bot.engine import open_engine
from bot.errors import ChatBusy, ChatError, NoDatabase
from bot.holding import while_held
from bot.model import Channel, Platform
from bot.newsroom import Newsroom
from bot.ports import Clock, Store, Surface
from bot.posting import Posting
from bot.running import Running
from bot.schedule import ticking
from bot.shards import Shards
from cogs.commands import CATALOGUE
from cogs.discord import starts
from cogs.discord.bot import Ears
from cogs.discord.catalogue import offered
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import DiscordClient, pause
from cogs.discord.client import opened as logged_in
from cogs.discord.cogs import COGS
from cogs.discord.counter import Bureau, Counter
from cogs.slack.channel import SlackChannel
from config.settings import Settings

LOG = logging.getLogger(__name__)
Discord = tuple[DiscordClient, DiscordChannel]
Works = dict[str, Callable[[], Awaitable[None]]]
WHOSE_SERVERS, SAME_BOT = "servers of discord", timedelta(days=30)
SPACING = timedelta(seconds=starts.SPACING)
OFFERED = 30.0  # seconds between two looks for the commands that another process has offered
LOST = (
    "This host empties its disk at each start, and the SQLite file with it: all digests that are set up will be lost. "
    "Set DATABASE_URL to a PostgreSQL database, or DATA_DIR to a folder on a volume"
)


@asynccontextmanager
async def working(found: Settings) -> AsyncIterator[asyncio.Future[Any]]:
    """Everything `run` does, until the end of the context. What is yielded raises when it can't go on.

    At the end, what is being posted is finished; everything else is left to other processes, or to the next start.
    """
    if wiring.will_be_lost(found):
        LOG.warning(LOST)
    clock, executor = SystemClock(), f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    await asyncio.to_thread(freedays.load)
    async with AsyncExitStack() as stack:
        client, slack = await asyncio.gather(_logged_in(found, stack), onslack.logged_in(found, stack))
        discord = (client, DiscordChannel(client)) if client else None
        there: Sequence[Surface | None] = (discord and discord[1], slack)
        surfaces = {one.platform: one for one in there if one}
        async with wiring.house(found, clock=clock, surfaces=surfaces, executor=executor) as house:
            store = house.store
            posting = Posting(store, clock, surfaces)
            running = Running(store, clock, house.pipeline, house.planning, posting, found.collect_minutes)
            url = wiring.database_url(found)
            async with (
                _given_back(store, executor),
                open_engine(url, executor, running.jobs, store.leases, clock) as engine,
                ticking(running.ticks(engine)),
            ):
                works = _works(found, house.newsroom, discord, slack)
                gateway = asyncio.ensure_future(_held(works, store, clock, executor))
                ending = asyncio.gather(gateway, posting.refused)
                await running.tell_next()
                try:
                    yield ending
                finally:
                    posting.stop()
                    # Where `ending` was cancelled, it did this already; done twice, the lease would not be given back.
                    if not gateway.cancelling():
                        gateway.cancel()
                    await asyncio.gather(gateway, return_exceptions=True)


def _works(
    found: Settings,
    newsroom: Newsroom,
    discord: tuple[DiscordClient, DiscordChannel] | None,
    slack: SlackChannel | None,
) -> Works:
    """What only one of all processes does, by the name of its lease: holding a chat's connection."""
    works: Works = {}
    if discord:
        shards = wiring.shards_of(found)
        connect = partial(_connect, discord[0], newsroom, discord[1], shards)
        works[f"discord:{shards}" if shards else "discord"] = connect
    if slack:
        works[onslack.lease(slack)] = onslack.connecting(found, newsroom, slack)
    return works


async def _held(works: Works, store: Store, clock: Clock, executor: str) -> None:
    """Do all of it, each while its lease is held. Raises what any of it does."""
    held = (while_held(store.leases, clock, name, executor, work) for name, work in works.items())
    await asyncio.gather(*held)


@asynccontextmanager
async def _given_back(store: Store, executor: str) -> AsyncIterator[None]:
    """Let another process place articles as soon as this one has stopped."""
    try:
        yield
    finally:
        with suppress(NoDatabase):
            await store.leases.release(wiring.PLACING, executor)


async def _logged_in(found: Settings, stack: AsyncExitStack) -> DiscordClient | None:
    """A client, as soon as Discord can be reached; None without its token. Raises `TokenRefused`."""
    if not found.discord_token:
        return None
    failures = 0
    while True:
        client = logged_in(found.discord_token, found.discord_api_url, found.discord_gateway_url)
        try:
            logged = await stack.enter_async_context(client)
        except ChatBusy as error:
            failures += 1
            LOG.warning("%s; next try in %.0f s", error, pause(failures))
            await asyncio.sleep(pause(failures))
        else:
            LOG.info("Discord: connected as %s", logged.name)
            return logged


async def _connect(client: DiscordClient, newsroom: Newsroom, surface: DiscordChannel, shards: Shards | None) -> None:
    """Hold the gateway; what it tells of servers and channels that are gone is minded, and people are answered."""
    store, bureau = newsroom.store, Bureau(newsroom, surface)

    async def left(space: str) -> None:
        await store.subscriptions.leave(Platform.DISCORD, space)

    async def deleted(space: str, channel: str) -> None:
        await store.subscriptions.close(Channel(Platform.DISCORD, space, channel))

    async def ready() -> None:
        await leave_missing(store, newsroom.clock, client)

    async def turn(bucket: int) -> float:
        now = newsroom.clock.now()
        try:
            moment = await store.leases.reserve(f"discord:identify:{bucket}", now, 1, SPACING)
        except NoDatabase:  # whoever can't tell waits; soon the lease is lost as well
            return SPACING.total_seconds()
        return (moment - now).total_seconds()

    offering = asyncio.ensure_future(_offer(client, bureau.ids, first=shards is None or 0 in shards.ids))
    offering.add_done_callback(_loud)
    try:
        counter = Counter(bureau, COGS)
        await client.connect(Ears(left, deleted, counter.answer, counter.hear, ready), shards, turn)
    finally:
        offering.cancel()
        await asyncio.gather(offering, return_exceptions=True)


async def leave_missing(store: Store, clock: Clock, client: DiscordClient) -> None:
    """Forget the servers that the bot was removed from while no process was connected.

    Not while Discord reports an outage, and not where the token is another bot's than the one whose servers these are:
    that one is in other servers. It counts as the same after 30 days.
    """
    if client.servers() is None:
        return
    kept = await store.subscriptions.spaces(Platform.DISCORD)
    servers = client.servers()  # after that: a server that joined meanwhile is in the list
    if servers is None:
        return
    if not await store.leases.take(WHOSE_SERVERS, client.me, clock.now(), SAME_BOT):
        LOG.warning("Another bot's servers are kept; what it has left is not looked for")
        return
    for space in servers.left(kept):
        LOG.info("Server %s was left; what is kept of it is deleted", space)
        await store.subscriptions.leave(Platform.DISCORD, space)


def _loud(task: asyncio.Future[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error:
        LOG.error("commands could not be offered", exc_info=error)


async def _offer(client: DiscordClient, ids: dict[str, str], *, first: bool) -> None:
    """Have Discord offer all commands, as soon as it takes them; `ids` are filled in.

    That is for whoever has the `first` shard; others wait until it is done.
    """
    failures = 0
    while not ids:
        try:
            ids.update(await (client.offer(offered(CATALOGUE)) if first else client.known()))
            if not ids:
                await asyncio.sleep(OFFERED)
        except ChatError as error:
            failures += 1
            LOG.warning("commands: %s Next try in %.0f s", error, pause(failures))
            await asyncio.sleep(pause(failures))
