"""What `check` finds, part by part: first what keeps digests from coming, then what to mend, then what is well."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
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
from cogs.slack import client as slack_client
from cogs.slack.channel import SlackChannel
from config.files import read_topics
from config.settings import Settings

TOGETHER = 5  # digests looked at together
PATIENCE = timedelta(seconds=20)  # a pause that Discord asked for may be much longer
REQUESTS = 4  # that looking at one takes at most: its channel, a thread's parent, the server, the bot's roles there
NO_TOKEN = "Discord: kein Token eingerichtet, es wird nichts verschickt. (DISCORD_TOKEN in .env)"  # noqa: S105
NO_DIGESTS = "Digests: noch keiner eingerichtet. Das geht mit /digest setup in „python -m bot console“."
SILENCE = "{} nimmt gerade nichts an. Bitte später noch einmal prüfen, ob der Bot dort schreiben darf."
Surfaces = Mapping[Platform, Surface]
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
        awaited = any(report.next for report in reports)
        told, surfaces = await _surfaces(settings, stack, awaited=awaited)
        for found in told:
            yield found
        if not reports:
            yield Finding(NO_DIGESTS)
        for start in range(0, len(reports), TOGETHER):
            for finding in await _digests(reports[start : start + TOGETHER], surfaces, house):
                yield finding


async def _surfaces(settings: Settings, stack: AsyncExitStack, *, awaited: bool) -> tuple[list[Finding], Surfaces]:
    """What each chat says of its token, and those that can be asked. Of a chat nobody uses nothing is said."""
    told, surfaces = [], []
    is_on_slack = wiring.has_slack(settings)
    if settings.discord_token or not is_on_slack:
        found, surface = await _discord(settings, stack, awaited=awaited)
        told.append(found)
        surfaces.append(surface)
    if is_on_slack:
        found, surface = await _slack(settings, stack)
        told.append(found)
        surfaces.append(surface)
    return told, {one.platform: one for one in surfaces if one}


async def _slack(settings: Settings, stack: AsyncExitStack) -> tuple[Finding, Surface | None]:
    """Whether the bot can log in and open a socket, and where it can, its channels until the stack is closed."""
    try:
        client = await stack.enter_async_context(
            slack_client.opened(settings.slack_bot_token, settings.slack_app_token, settings.slack_api_url)
        )
        await client.check_app()
    except ChatError as error:
        return refused(str(error), error), None
    return Finding(f"Slack: angemeldet als „{client.name}“ in „{client.workspace}“."), SlackChannel(client)


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


async def _digests(reports: Sequence[Report], surfaces: Surfaces, house: House) -> list[Finding]:
    """Some digests, at the pace that is kept with processes that post; those of a chat that is silent are not asked."""
    now = turn = house.clock.now()
    platforms, silent = [one.subscription.channel.platform for one in reports], set()
    for platform, surface in surfaces.items():
        count = platforms.count(platform) * REQUESTS
        moment = await house.store.leases.reserve(platform, now, count, surface.interval)
        if moment - now > PATIENCE:
            silent.add(platform)
        else:
            turn = max(turn, moment)
    await asyncio.sleep((turn - now).total_seconds())
    asked = [None if one in silent else surfaces.get(one) for one in platforms]
    found = await asyncio.gather(*(check_digest(one, chat, now) for one, chat in zip(reports, asked, strict=True)))
    return [
        Finding(f"{one.line} {SILENCE.format(platform.capitalize())}", code=1) if platform in silent else one
        for one, platform in zip(found, platforms, strict=True)
    ]
