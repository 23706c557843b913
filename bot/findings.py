"""What `check` finds, part by part: first what keeps digests from coming, then what to mend, then what is well."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta

from bot import wiring
from bot.checkup import Finding, check_digest, check_feeds, check_model, refused
from bot.desk import Report
from bot.errors import ChatError
from bot.german import costs
from bot.german.numbers import counted
from bot.model import Platform
from bot.ports import Surface
from bot.wiring import House
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from config.files import read_topics
from config.settings import Settings

TOGETHER = 5  # digests looked at together
PATIENCE = timedelta(seconds=20)  # a pause that Discord asked for may be much longer
REQUESTS = 4  # that looking at one takes at most: its channel, a thread's parent, the server, the bot's roles there
NO_TOKEN = "Discord: kein Token eingerichtet, es wird nichts verschickt. (DISCORD_TOKEN in .env)"  # noqa: S105
NO_DIGESTS = "Digests: noch keiner eingerichtet. Das geht mit /digest setup in „python -m bot console“."
SILENCE = "Discord nimmt gerade nichts an. Bitte später noch einmal prüfen, ob der Bot dort schreiben darf."
LOST = (
    "Datenträger: Dieser Host leert ihn bei jedem Start, und mit ihm die SQLite-Datei. Bitte in DATABASE_URL eine "
    "PostgreSQL-Datenbank angeben oder in DATA_DIR einen Ordner auf einem Volume."
)


async def findings(settings: Settings) -> list[Finding]:
    """All of them, the worst first. Raises `SetupError` where there is nothing to look at."""
    return sorted([found async for found in _findings(settings)], key=lambda found: found.urgency)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    """One after the other, as they are found."""
    feeds = wiring.configured(settings, read_topics(settings.topics_file))
    yield Finding(f"Einstellungen: in Ordnung, {counted(len(feeds), 'Feed', 'Feeds')}.")
    async with wiring.house(settings) as house:
        yield Finding("Datenbank: auf dem neuesten Stand.")
        if wiring.will_be_lost(settings):
            yield Finding(LOST, warns=True)
        account = await house.newsroom.account()
        is_over = costs.spent(house.clock.now(), house.newsroom.zone) if account.is_spent else ""
        yield await check_model(house.model, is_over)
        async for finding in _chats(settings, house):
            yield finding
        for finding in await check_feeds(feeds, house.web, house.workers):
            yield finding


async def _chats(settings: Settings, house: House) -> AsyncIterator[Finding]:
    """The token, then the digests; without a token, or with one that is refused, no channel is asked."""
    async with AsyncExitStack() as stack:
        reports = await house.newsroom.desk.show()
        found, surface = await _discord(settings, stack, awaited=any(report.next for report in reports))
        yield found
        if not reports:
            yield Finding(NO_DIGESTS)
        for start in range(0, len(reports), TOGETHER):
            for finding in await _digests(reports[start : start + TOGETHER], surface, house):
                yield finding


async def _discord(settings: Settings, stack: AsyncExitStack, *, awaited: bool) -> tuple[Finding, Surface | None]:
    """Whether the bot can log in, and where it can, its channels until the stack is closed.

    That there is no token is wrong only where digests are `awaited`.
    """
    if not settings.discord_token:
        return Finding(NO_TOKEN, code=int(awaited), warns=True), None
    client = opened(settings.discord_token, settings.discord_api_url, settings.discord_gateway_url)
    try:
        bot = await stack.enter_async_context(client)
    except ChatError as error:
        return refused(str(error), error), None
    return Finding(f"Discord: angemeldet als „{bot.name}“."), DiscordChannel(bot)


async def _digests(reports: Sequence[Report], surface: Surface | None, house: House) -> list[Finding]:
    """Some digests, at the pace that is kept with processes that post."""
    now = house.clock.now()
    if surface is not None:
        count = len(reports) * REQUESTS
        turn = await house.store.leases.reserve(surface.platform, now, count, surface.interval)
        if turn - now > PATIENCE:
            return [Finding(f"{one.line} {SILENCE}", code=1) for one in await _digests(reports, None, house)]
        await asyncio.sleep((turn - now).total_seconds())
    mine = [surface if one.subscription.channel.platform is Platform.DISCORD else None for one in reports]
    return await asyncio.gather(*(check_digest(one, chat, now) for one, chat in zip(reports, mine, strict=True)))
