"""Digests -> Slack: into channels, their threads and direct messages, each once.

Slack knows no name under which a message is taken once. So each carries its delivery's mark in its metadata, and
before a second try the channel is looked through for it.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.errors import ChatForbidden
from bot.model import Alert, Channel, Delivery, Digest, DigestStory, Platform, Subscription
from bot.ports.posts import Body
from cogs.slack import layout
from cogs.slack.client import SlackClient
from cogs.slack.errors import INVITE, BodyRefused, MessageDeleted

# „Several hundred messages a minute“ a workspace takes, and one a second a channel; bursts are answered with 429.
INTERVAL = timedelta(seconds=0.2)
PAGE, PAGES = 200, 10  # messages at once, and requests: 2,000 messages since the first try
SLACK = timedelta(minutes=1)  # before a try began: what is known of Slack's clock is a little old at times
EVENT = "depesche_delivery"
DELETED = "deleted"  # in place of the id of a message that was posted, and deleted since
ELSEWHERE = "Dieser Kanal gehört zu einem anderen Workspace als der Bot."
ARCHIVED = "Der Kanal ist archiviert. Bitte wiederherstellen oder einen anderen wählen."

Message = Mapping[str, Any]


class SlackChannel:
    """Posts through one client."""

    platform = Platform.SLACK
    interval = INTERVAL
    memory = timedelta(0)  # that Slack recognises what was posted, for itself

    def __init__(self, client: SlackClient) -> None:
        """Post through this client, which must be logged in."""
        self.client = client

    @property
    def ahead(self) -> timedelta:
        """By how much this machine's clock is ahead of Slack's; negative if behind."""
        return self.client.ahead

    def render(self, digest: Digest, subscription: Subscription) -> tuple[Body, ...]:
        """The messages in order, each with its stories."""
        return layout.parts(digest, subscription)

    def render_alert(self, story: DigestStory, why: str, alert: Alert) -> Body:
        """The message that tells one story at once; its group alone is notified."""
        return layout.alert(story, why, alert.role)

    async def send(self, delivery: Delivery) -> str:
        """Post it; the name of the message (its ts), or `DELETED`. Raises `ChatError`."""
        if delivery.root == DELETED:
            return DELETED
        message = json.loads(delivery.body or "{}")
        message["metadata"] = {"event_type": EVENT, "event_payload": {"mark": delivery.mark}}
        message["channel"] = await self._place(delivery.channel)
        if delivery.part > 1 and delivery.root:
            message["thread_ts"] = delivery.root
        try:
            return await self.post(message)
        except MessageDeleted:
            return DELETED

    async def post(self, message: Message) -> str:
        """Post a message, its text alone where its blocks are refused; its name. Raises `ChatError`."""
        try:
            sent = await self.client.request("chat.postMessage", message)
        except BodyRefused:
            bare = {key: value for key, value in message.items() if key != "blocks"}
            sent = await self.client.request("chat.postMessage", bare)
        return str(sent["ts"])

    async def find(self, delivery: Delivery) -> str | None:
        """The message of this delivery among the 2,000 since its first try. Raises `ChatError`."""
        async for page in self._pages(delivery):
            for one in page:
                told = one.get("metadata") or {}
                if told.get("event_type") == EVENT and told.get("event_payload", {}).get("mark") == delivery.mark:
                    return str(one["ts"])
        return None

    async def check(self, channel: Channel) -> None:
        """Whether the bot may post there. Raises `ChatForbidden`, naming what is missing, or `ChatGone`."""
        self._check_team(channel)
        if channel.direct:
            await self.client.private(channel.id)
            return
        told = (await self.client.request("conversations.info", channel=channel.id))["channel"]
        if told.get("is_archived"):
            raise ChatForbidden(ARCHIVED)
        if not told.get("is_member"):
            raise ChatForbidden(INVITE)

    async def _pages(self, delivery: Delivery) -> AsyncIterator[Sequence[Message]]:
        """The messages since a try began; of a further part those of its thread."""
        query: dict[str, Any] = {"channel": await self._place(delivery.channel), "limit": PAGE}
        query["include_all_metadata"] = True
        if delivery.tried is not None:
            query["oldest"] = f"{(delivery.tried - SLACK).timestamp():.6f}"
        method = "conversations.history"
        if delivery.part > 1 and delivery.root:
            method, query["ts"] = "conversations.replies", delivery.root
        for _ in range(PAGES):
            page = await self.client.request(method, **query)
            yield page.get("messages") or ()
            query["cursor"] = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not query["cursor"]:
                return

    async def _place(self, channel: Channel) -> str:
        self._check_team(channel)
        return await self.client.private(channel.id) if channel.direct else channel.id

    def _check_team(self, channel: Channel) -> None:
        if channel.space != self.client.team:
            raise ChatForbidden(ELSEWHERE)
