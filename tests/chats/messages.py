"""Messages and threads: what a bot may do with them, and what it is answered."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chats import openapi, payloads
from tests.chats.hall import Hall, Limited, Wrong
from tests.chats.limits import LAYOUT, broken, empty
from tests.chats.pings import pings, text_of
from tests.chats.world import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    DM,
    FORUM,
    PERMISSIONS,
    THREAD,
    THREADS,
    Bot,
    Channel,
    Json,
    Message,
)

CROSSPOSTED, HAS_THREAD = 1, 1 << 5
MEMBER = {"roles": [], "joined_at": payloads.moment(1_600_000_000), "deaf": False, "mute": False, "flags": 0}


@dataclass(slots=True)
class Call:
    """A request that is let in: who asks, the ids in its path, its query and its body."""

    hall: Hall
    bot: Bot
    route: str
    ids: tuple[str, ...]
    query: Mapping[str, str]
    body: Any  # an object; of commands a list
    headers: dict[str, str] = field(default_factory=dict)  # of the answer
    place: str = ""  # host and port that were asked


Answer = tuple[int, Json | list[Json] | None]


def number(text: str) -> int:
    """An id of a path."""
    if not text.isdecimal():
        raise Wrong(400, 50035, "Invalid Form Body")
    return int(text)


def seen(call: Call, place: int = 0) -> Channel:
    """The channel that the path names, if the bot may see it."""
    found = call.hall.world.channels.get(number(call.ids[place]))
    if found is None:
        raise Wrong(404, 10003, "Unknown Channel")
    if not call.hall.world.permissions(found) & PERMISSIONS["view_channel"]:
        raise Wrong(403, 50001, "Missing Access")
    return found


def need(call: Call, channel: Channel, permission: str) -> None:
    if not call.hall.world.permissions(channel) & PERMISSIONS[permission]:
        raise Wrong(403, 50013, "Missing Permissions")


def checked(call: Call, body: Json, schema: str, *, flags: int = 0) -> None:
    """Refuse a message that breaks a limit of Discord's."""
    if call.hall.settings.openapi and (findings := openapi.wrong(schema, body)):
        raise call.hall.violated(call.route, [("openapi", finding) for finding in findings])
    if findings_ := broken(body, flags=flags):
        raise call.hall.violated(call.route, findings_)


def shaped(call: Call, schema: str) -> None:
    """Refuse a body that is not as Discord's document says."""
    if call.hall.settings.openapi and (findings := openapi.wrong(schema, call.body)):
        raise call.hall.violated(call.route, [("openapi", finding) for finding in findings])


def written(call: Call, channel: Channel) -> None:
    """Refuse to write where the bot may not."""
    hall = call.hall
    if channel.kind == FORUM:
        raise Wrong(400, 50008, "Cannot send messages in a non-text channel")
    if channel.kind == DM and channel.person in hall.world.closed:
        raise Wrong(403, 50007, "Cannot send messages to this user")
    need(call, channel, "send_messages_in_threads" if channel.kind in THREADS else "send_messages")
    if channel.locked and channel.kind in THREADS:
        raise Wrong(403, 160005, "This thread is locked")
    if hall.settings.channel_limit is not None:
        _paced(call, channel)
    if channel.slowmode and (slow := hall.rates.slow(channel.id, hall.clock(), channel.slowmode)):
        raise Limited(slow, "slow")


def _paced(call: Call, channel: Channel) -> None:
    hall = call.hall
    wait, left, rest = hall.rates.channel(channel.id, hall.clock())
    call.headers |= {
        "X-RateLimit-Bucket": "80c17d2f203122d936070c88c8d10f33",
        "X-RateLimit-Limit": str(hall.settings.channel_limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset-After": f"{rest + 0.001:.3f}",
        "X-RateLimit-Reset": f"{time.time() + rest:.3f}",
    }
    if wait:
        raise Limited(wait, "channel")


def accepted(call: Call, channel: Channel, body: Json, schema: str) -> None:
    """Refuse a new message that breaks a limit, is empty, or is not taken in this channel."""
    checked(call, body, schema)
    if empty(body):
        raise Wrong(400, 50006, "Cannot send an empty message")
    if (body.get("flags") or 0) & LAYOUT and not channel.layouts:
        raise call.hall.violated(call.route, [("flags", "Components V2 are not taken here.")])


def put(
    hall: Hall, channel: Channel, author: int, body: Json, *, nonce: str | int | None = None, id_: int | None = None
) -> Message:
    """Store a message, count it, and tell of it; it wakes an archived thread."""
    message = Message(id_ or hall.world.snowflake(), channel.id, author, time.time(), (body, text_of(body)))
    message.nonce, message.flags = nonce, body.get("flags") or 0
    channel.archived = False
    hall.world.keep(message)
    publish(hall, channel, message)
    return message


def publish(hall: Hall, channel: Channel, message: Message) -> None:
    """Find out whom it notifies, count it, and tell of it."""
    replied = hall.world.messages.get(int((message.body.get("message_reference") or {}).get("message_id") or 0))
    message.pings = pings(message.text, message.body.get("allowed_mentions"), replied.author if replied else None)
    if any(bot.id == message.author for bot in hall.world.bots.values()):  # whom people notify is their own business
        hall.counted(message)
    tell(hall, channel, message, "MESSAGE_CREATE")


def tell(hall: Hall, channel: Channel, message: Message, event: str) -> None:
    """Dispatch an event about a message, where anybody listens."""
    if hall.settings.echo and hall.listened():
        where: Json = {"guild_id": str(channel.guild), "member": MEMBER} if channel.guild else {}
        if message.nonce is not None:
            where["nonce"] = message.nonce
        hall.told(event, payloads.message(hall.world, message) | where, channel.guild)


def create_message(call: Call) -> Answer:
    channel, hall = seen(call), call.hall
    written(call, channel)
    accepted(call, channel, call.body, "MessageCreateRequest")
    nonce = call.body.get("nonce")
    key = (channel.id, call.bot.id, nonce if nonce is not None else "")
    if nonce is not None and call.body.get("enforce_nonce"):
        at, before = hall.world.nonces.get(key, (0.0, None))
        if before and hall.clock() - at < hall.settings.nonce_window:
            if before.deleted:
                raise Wrong(404, 10008, "Unknown Message")
            hall.counters.same_nonce += 1
            return 200, payloads.message(hall.world, before) | {"nonce": nonce}
    message = put(hall, channel, call.bot.id, call.body, nonce=nonce)
    if nonce is not None:
        hall.world.nonces[key] = hall.clock(), message
    answer = payloads.message(hall.world, message) | ({} if nonce is None else {"nonce": nonce})
    if hall.settings.lean:
        message.pack()
    return 200, answer


def message_of(call: Call) -> tuple[Channel, Message]:
    """The channel and message that the path names."""
    channel = seen(call)
    found = call.hall.world.messages.get(number(call.ids[1]))
    if found is None or found.deleted or found.channel != channel.id:
        raise Wrong(404, 10008, "Unknown Message")
    return channel, found


def get_message(call: Call) -> Answer:
    channel, message = message_of(call)
    need(call, channel, "read_message_history")
    return 200, payloads.message(call.hall.world, message)


def list_messages(call: Call) -> Answer:
    """Newest first; nothing where the bot may not read back."""
    channel, query = seen(call), call.query
    if not call.hall.world.permissions(channel) & PERMISSIONS["read_message_history"]:
        return 200, []
    limit = int(query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise call.hall.violated(call.route, [("limit", "int value should be between 1 and 100.")])
    before, after = int(query.get("before", 1 << 63)), int(query.get("after", 0))
    found = [one for one in channel.messages if after < one.id < before and not one.deleted]
    chosen = found[:limit] if "after" in query else found[-limit:]
    return 200, [payloads.message(call.hall.world, one) for one in reversed(chosen)]


def edit_message(call: Call) -> Answer:
    channel, message = message_of(call)
    if message.author != call.bot.id:
        raise Wrong(403, 50005, "Cannot edit a message authored by another user")
    checked(call, call.body, "MessageEditRequestPartial", flags=message.flags & LAYOUT)
    edited(call.hall, channel, message, call.body)
    return 200, payloads.message(call.hall.world, message)


def edited(hall: Hall, channel: Channel, message: Message, changes: Json) -> None:
    """Change a message and tell of it; nobody is notified by that."""
    body = message.body | changes
    message.written = body, text_of(body)
    message.flags |= changes.get("flags") or 0
    message.edited = time.time()
    tell(hall, channel, message, "MESSAGE_UPDATE")


def delete_message(call: Call) -> Answer:
    channel, message = message_of(call)
    if message.author != call.bot.id:
        need(call, channel, "manage_messages")
    message.deleted = True
    return 204, None


def crosspost_message(call: Call) -> Answer:
    channel, message = message_of(call)
    if channel.kind != ANNOUNCEMENT:
        raise Wrong(400, 50024, "Cannot execute action on this channel type")
    need(call, channel, "send_messages" if message.author == call.bot.id else "manage_messages")
    if message.flags & CROSSPOSTED:
        raise Wrong(400, 40033, "This message has already been crossposted")
    message.flags |= CROSSPOSTED
    return 200, payloads.message(call.hall.world, message)


def _thread(call: Call, parent: Channel, id_: int, kind: int) -> Channel:
    thread = Channel(id_, kind, parent.guild, call.body["name"], parent=parent.id, owner=call.bot.id)
    thread.layouts = parent.layouts
    call.hall.world.channels[id_] = thread
    call.hall.told("THREAD_CREATE", payloads.channel(call.hall.world, thread), parent.guild)
    return thread


def _named(call: Call) -> None:
    if not 1 <= len(call.body.get("name") or "") <= 100:
        raise call.hall.violated(call.route, [("name", "Must be between 1 and 100 in length.")])


def thread_of_message(call: Call) -> Answer:
    """A thread under a message, with the message's id."""
    channel, message = message_of(call)
    if channel.kind in THREADS or channel.kind == DM:
        raise Wrong(400, 50024, "Cannot execute action on this channel type")
    need(call, channel, "create_public_threads")
    shaped(call, "CreateTextThreadWithMessageRequest")
    _named(call)
    if message.thread is not None:
        raise Wrong(400, 160004, "A thread has already been created for this message")
    thread = _thread(call, channel, message.id, ANNOUNCEMENT_THREAD if channel.kind == ANNOUNCEMENT else THREAD)
    message.thread = thread.id
    message.flags |= HAS_THREAD
    return 201, payloads.channel(call.hall.world, thread)


def create_thread(call: Call) -> Answer:
    """A post in a forum, with its first message; elsewhere a thread of its own."""
    channel, world = seen(call), call.hall.world
    if channel.kind != FORUM:
        need(call, channel, "create_public_threads")
        shaped(call, "CreateTextThreadWithoutMessageRequest")
        _named(call)
        kind = call.body.get("type") or THREAD
        return 201, payloads.channel(world, _thread(call, channel, world.snowflake(), kind))
    need(call, channel, "send_messages")
    shaped(call, "CreateForumThreadRequest")
    _named(call)
    first = call.body.get("message") or {}
    accepted(call, channel, first, "BaseCreateMessageCreateRequest")
    if call.hall.settings.channel_limit is not None:
        _paced(call, channel)
    thread = _thread(call, channel, world.snowflake(), THREAD)
    message = put(call.hall, thread, call.bot.id, first, id_=thread.id)  # the first message has the post's id
    return 201, payloads.channel(world, thread) | {"message": payloads.message(world, message)}
