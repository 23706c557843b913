"""Slack's part of a process at work: logged in, and the socket held by one of all processes."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

from bot import wiring
from bot.model import Channel, Platform
from bot.newsroom import Newsroom
from cogs.slack.channel import SlackChannel
from cogs.slack.client import SlackClient, opened, patiently
from cogs.slack.cogs import COGS
from cogs.slack.counter import Bureau, Counter
from cogs.slack.sockets import Ears
from config.settings import Settings

LOG = logging.getLogger(__name__)
DELETED = frozenset({"channel_deleted", "group_deleted"})


async def logged_in(found: Settings, stack: AsyncExitStack) -> SlackChannel | None:
    """The way there, as soon as Slack can be reached; None without its tokens. Raises `TokenRefused`."""
    if not wiring.has_slack(found):
        return None

    async def enter() -> SlackClient:
        return await stack.enter_async_context(
            opened(found.slack_bot_token, found.slack_app_token, found.slack_api_url)
        )

    client: SlackClient = await patiently(enter)
    LOG.info("Slack: connected as %s in %s", client.name, client.workspace)
    return SlackChannel(client)


def lease(surface: SlackChannel) -> str:
    """What whoever holds the socket has."""
    return f"slack:{surface.client.team}"


def connecting(found: Settings, newsroom: Newsroom, surface: SlackChannel) -> Callable[[], Awaitable[None]]:
    """What holds the socket: people are answered, and what is gone is forgotten."""
    admins = frozenset(filter(None, (one.strip() for one in found.slack_admins.split(","))))
    counter = Counter(Bureau(newsroom, surface, admins), COGS)

    async def told(payload: Mapping[str, Any]) -> None:
        await forget_gone(newsroom, surface.client.team, payload.get("event") or {})
        await counter.told(payload)

    return lambda: surface.client.connect(Ears(counter.asked, told))


async def forget_gone(newsroom: Newsroom, team: str, event: Mapping[str, Any]) -> None:
    """Forget all of a channel that was deleted, or of a workspace that removed the app."""
    if event.get("type") in DELETED and event.get("channel"):
        await newsroom.store.subscriptions.close(Channel(Platform.SLACK, team, str(event["channel"])))
    elif event.get("type") == "app_uninstalled":
        await newsroom.store.subscriptions.leave(Platform.SLACK, team)
