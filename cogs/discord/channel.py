"""Digests -> Discord: into channels, threads, forums and private messages, each once."""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from discord.utils import time_snowflake

from bot.errors import ChatError, ChatForbidden, ChatGone
from bot.model import Alert, Channel, Delivery, Digest, DigestStory, Platform, Subscription
from bot.ports.posts import Body
from cogs.discord import alarm, layout, shapes
from cogs.discord.client import DiscordClient
from cogs.discord.errors import BodyRefused, HistoryRefused, MessageDeleted, ThreadExists, WrongKind
from cogs.discord.rights import ANNOUNCEMENT, FORUMS, MANAGE_THREADS, POSTABLE, THREADED, THREADS, missing, rights

# Discord allows a bot 50 requests a second. A little less often than `pace` lets through, or requests would pile up.
INTERVAL = timedelta(seconds=1.042 / 50)
RECENT = 100  # messages in which one of ours is looked for; what one request gives
PAGES = 10  # requests for those since the first try: 1,000 messages
MEMORY = timedelta(minutes=4)  # Discord knows a nonce again for some minutes, how many it doesn't say
SLACK = timedelta(minutes=1)  # before a try began: what is known of Discord's clock is a little old at times
POSTS = 5  # posts of a forum with the right title that are looked into
ELSEWHERE = "Diesen Kanal gibt es auf dem Server nicht."
DELETED = "deleted"  # in place of the id of a message that was posted, and deleted since

MESSAGES = [shapes.MESSAGE]

Message = Mapping[str, Any]


class DiscordChannel:
    """Posts through one client. What it has learnt of channels it keeps in memory only."""

    platform = Platform.DISCORD
    interval = INTERVAL
    memory = MEMORY

    def __init__(self, client: DiscordClient) -> None:
        """Post through this client, which must be logged in."""
        self._client = client
        self._kinds: dict[str, int] = {}  # by channel
        self._private: dict[str, str] = {}  # a person's channel

    def render(self, digest: Digest, subscription: Subscription) -> tuple[Body, ...]:
        """The messages in order, each with its stories."""
        return layout.parts(digest, subscription)

    def render_alert(self, story: DigestStory, why: str, alert: Alert) -> Body:
        """The message that tells one story at once; its role alone is notified."""
        return alarm.body(story, why, alert.role)

    @property
    def ahead(self) -> timedelta:
        """By how much this machine's clock is ahead of Discord's; negative if behind."""
        return self._client.ahead

    async def send(self, delivery: Delivery) -> str:
        """Post it; the id of the message, or `DELETED`. Raises `ChatError`.

        The mark is Discord's nonce. It knows it for some minutes, and answers with the first message meanwhile; where
        that was deleted, it is not posted again. A forum knows no nonce, so its posts are looked through before.
        """
        if delivery.root == DELETED:
            return DELETED
        message = json.loads(delivery.body or "{}")
        try:
            if delivery.part > 1:
                return await self._further(delivery, message)
            return await self._first(delivery, message)
        except MessageDeleted:
            return DELETED

    async def find(self, delivery: Delivery) -> str | None:
        """The message of this delivery among the 1,000 since its first try. Raises `ChatError`.

        Where nobody knows when that was, among the latest 100; in a forum, among the posts that are active.
        """
        message = json.loads(delivery.body or "{}")
        if delivery.part == 1 and not delivery.channel.direct and await self._kind(delivery.channel.id) in FORUMS:
            return await self._find_post(delivery.channel, message)
        for place in await self._places(delivery):
            absent = (ChatGone,) if place == delivery.root else ()  # no thread has been opened yet
            with suppress(*absent):
                found = await self._find(place, message, delivery)
                if found:
                    return found
        return None

    async def check(self, channel: Channel) -> None:
        """Whether the bot may post there. Raises `ChatForbidden`, naming what is missing, or `ChatGone`."""
        if channel.direct:
            await self._person(channel.id)
            return
        place = await self._client.request("GET", "/channels/{channel_id}", shape=shapes.CHANNEL, channel_id=channel.id)
        if place.get("guild_id") != channel.space:
            raise ChatGone(ELSEWHERE)
        self._kinds[channel.id] = place["type"]
        if place["type"] not in POSTABLE:
            raise WrongKind("In diesem Kanal lassen sich keine Nachrichten senden. Bitte einen Textkanal wählen.")
        await self._check_rights(channel, place)

    async def reply(self, place: str, to: str, message: Message) -> str:
        """Post this as a reply to a message, once within minutes; the id of the reply. Raises `ChatError`.

        Where the message is gone, or the bot may not read back, it is no reply.
        """
        reference = {"message_reference": {"message_id": to, "fail_if_not_exists": False}}
        try:
            return await self._post(place, {name: message[name] | reference for name in ("v2", "text")}, to)
        except HistoryRefused:
            return await self._post(place, message, to)

    async def type_(self, place: str) -> None:
        """Show for ten seconds that the bot is writing. Raises `ChatError`, `ChatForbidden` where it may not write."""
        await self._client.request("POST", "/channels/{channel_id}/typing", shape=shapes.ANYTHING, channel_id=place)

    def parent(self, place: str) -> str:
        """The channel that this is a thread of; empty if it is none, or nobody has told."""
        return self._client.parent(place)

    async def may(self, channel: Channel, person: str, right: int) -> bool:
        """Whether a person has this right, as bits, in a channel of their server. Raises `ChatError`."""
        place = await self._client.request("GET", "/channels/{channel_id}", channel_id=channel.id)
        if place.get("guild_id") != channel.space:
            raise ChatGone(ELSEWHERE)
        guild = await self._client.request("GET", "/guilds/{guild_id}", guild_id=channel.space)
        path = "/guilds/{guild_id}/members/{member_id}"
        member = await self._client.request("GET", path, guild_id=channel.space, member_id=person)
        parent = place
        if place["type"] in THREADS:
            parent = await self._client.request("GET", "/channels/{channel_id}", channel_id=place["parent_id"])
        return bool(rights(parent, guild, member) & right)

    async def _check_rights(self, channel: Channel, place: Message) -> None:
        guild = await self._client.request("GET", "/guilds/{guild_id}", shape=shapes.GUILD, guild_id=channel.space)
        path, me = "/guilds/{guild_id}/members/{member_id}", self._client.me
        member = await self._client.request("GET", path, shape=shapes.MEMBER, guild_id=channel.space, member_id=me)
        parent = place
        if place["type"] in THREADS:
            above, path = str(place.get("parent_id")), "/channels/{channel_id}"
            parent = await self._client.request("GET", path, shape=shapes.CHANNEL, channel_id=above)
        lacking = missing(place, parent, guild, member)
        if lacking:
            one = "das Recht" if len(lacking) == 1 else "die Rechte"
            names = " und ".join(f"„{name}“" for name in lacking)
            raise ChatForbidden(f"Dem Bot fehlen {one} {names}.".replace("fehlen das", "fehlt das"))
        if (place.get("thread_metadata") or {}).get("locked") and not rights(parent, guild, member) & MANAGE_THREADS:
            raise ChatForbidden("Der Thread ist gesperrt. Bitte entsperren oder einen anderen Kanal wählen.")

    async def _first(self, delivery: Delivery, message: Message) -> str:
        channel = delivery.channel
        place = await self._person(channel.id) if channel.direct else channel.id
        if self._known(place) in FORUMS:
            return await self._open_post(channel, message)
        try:
            sent = await self._post(place, message, delivery.mark)
        except WrongKind:
            if await self._asked_kind(place) not in FORUMS:  # it may have become one
                raise
            return await self._open_post(channel, message)
        if self._known(place) == ANNOUNCEMENT:
            await self._publish(place, sent)
        return sent

    async def _further(self, delivery: Delivery, message: Message) -> str:
        place = await self._below(delivery, message["title"])
        try:
            return await self._post(place, message, delivery.mark)
        except ChatGone:
            if place != delivery.root:
                raise
            return DELETED  # the thread alone was deleted, and its channel is still there

    async def _post(self, place: str, message: Message, mark: str) -> str:
        """Post a message; the text alone where its components are refused."""
        path, once = "/channels/{channel_id}/messages", {"nonce": mark, "enforce_nonce": True}
        try:
            sent = await self._client.request("POST", path, {**message["v2"], **once}, channel_id=place)
        except BodyRefused:
            sent = await self._client.request("POST", path, {**message["text"], **once}, channel_id=place)
        return str(sent["id"])

    async def _open_post(self, channel: Channel, message: Message) -> str:
        """Post into a forum, unless it is there; a post has the id of its first message."""
        there = await self._find_post(channel, message)
        if there:
            return there
        path = "/channels/{channel_id}/threads"
        try:
            post = {"name": message["title"], "message": message["v2"]}
            made = await self._client.request("POST", path, post, channel_id=channel.id)
        except BodyRefused:
            post = {"name": message["title"], "message": message["text"]}
            made = await self._client.request("POST", path, post, channel_id=channel.id)
        return str(made["id"])

    async def _publish(self, place: str, message: str) -> None:
        """Hand a message on to those who follow the channel; it is posted, even if this fails."""
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        with suppress(ChatError):
            await self._client.request("POST", path, channel_id=place, message_id=message)

    async def _below(self, delivery: Delivery, title: str) -> str:
        """Where the further parts go: into the thread of the first one, where there can be one."""
        channel, root = delivery.channel, delivery.root
        if channel.direct:
            return await self._person(channel.id)
        kind = await self._kind(channel.id)
        if root and kind in FORUMS:
            return root
        if not root or kind not in THREADED:
            return channel.id
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        try:
            await self._client.request("POST", path, {"name": title}, channel_id=channel.id, message_id=root)
        except ThreadExists:
            return root
        except ChatForbidden:
            return channel.id
        return root

    async def _places(self, delivery: Delivery) -> list[str]:
        """Where the message of a delivery may be."""
        if delivery.channel.direct:
            return [await self._person(delivery.channel.id)]
        threads = [delivery.root] if delivery.root and delivery.root != DELETED else []
        in_forum = threads and await self._kind(delivery.channel.id) in FORUMS
        return threads if in_forum else [*threads, delivery.channel.id]

    async def _find(self, place: str, message: Message, delivery: Delivery) -> str | None:
        pages = self._latest(place) if delivery.tried is None else self._since(place, delivery.tried)
        async for page in pages:
            for one in page:
                if self._is(one, message, delivery.mark):
                    return str(one["id"])
        return None

    async def _latest(self, place: str) -> AsyncIterator[Sequence[Message]]:
        path = "/channels/{channel_id}/messages"
        yield await self._client.request("GET", path, query={"limit": RECENT}, shape=MESSAGES, channel_id=place)

    async def _since(self, place: str, tried: datetime) -> AsyncIterator[Sequence[Message]]:
        """The messages since a try began, the oldest page first."""
        path, after = "/channels/{channel_id}/messages", time_snowflake(tried - SLACK)
        for _ in range(PAGES):
            query = {"limit": RECENT, "after": after}
            page = await self._client.request("GET", path, query=query, shape=MESSAGES, channel_id=place)
            yield page
            if len(page) < RECENT:
                return
            after = max(int(one["id"]) for one in page)

    async def _find_post(self, channel: Channel, message: Message) -> str | None:
        """The post with this message in a forum; its id is that of its first message."""
        path = "/guilds/{guild_id}/threads/active"
        active = await self._client.request("GET", path, shape=shapes.ACTIVE, guild_id=channel.space)
        path = "/channels/{channel_id}/messages/{message_id}"
        for post in [one for one in active["threads"] if self._may_be(one, channel, message)][:POSTS]:
            with suppress(ChatGone):
                id_ = str(post["id"])
                first = await self._client.request("GET", path, shape=shapes.MESSAGE, channel_id=id_, message_id=id_)
                if self._is(first, message, ""):
                    return id_
        return None

    def _may_be(self, post: Message, channel: Channel, message: Message) -> bool:
        asked = (channel.id, self._client.me, message["title"])
        return (post.get("parent_id"), post.get("owner_id"), post.get("name")) == asked

    def _is(self, one: Message, message: Message, mark: str) -> bool:
        """Whether this is the message: the bot's own, with its nonce (which is rarely told later on) or its text."""
        if str(one["author"]["id"]) != self._client.me:
            return False
        marked = bool(mark) and one.get("nonce") == mark
        return marked or words(one) in (words(message["v2"]), words(message["text"]))

    async def _person(self, person: str) -> str:
        """The channel of private messages with a person."""
        if person not in self._private:
            opened = await self._client.request("POST", "/users/@me/channels", {"recipient_id": person})
            self._private[person] = str(opened["id"])
        return self._private[person]

    def _known(self, channel: str) -> int | None:
        """The type of a channel, if that costs no request: posting pays for none."""
        known = self._client.kind(channel)
        return self._kinds.get(channel) if known is None else known

    async def _kind(self, channel: str) -> int:
        known = self._known(channel)
        return await self._asked_kind(channel) if known is None else known

    async def _asked_kind(self, channel: str) -> int:
        place = await self._client.request("GET", "/channels/{channel_id}", shape=shapes.CHANNEL, channel_id=channel)
        kind = self._kinds[channel] = int(place["type"])
        return kind


def words(message: Message) -> str:
    """All text of a message in order, without blanks, of which Discord keeps not all."""
    return "".join("".join([message.get("content") or "", *_texts(message.get("components") or ())]).split())


def _texts(components: Iterable[Message]) -> Iterator[str]:
    for component in components:
        yield component.get("content") or ""
        yield from _texts(component.get("components") or ())
