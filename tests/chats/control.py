"""The control plane: each public method here is a verb of `POST /_ctl/<verb>`, with its arguments as a JSON object."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, get_args
from uuid import uuid4

from aiohttp import web

from tests.chats import payloads
from tests.chats.faults import Fault, Kind
from tests.chats.gateway import INVALID, RECONNECT, Gateway, op
from tests.chats.hall import Counters, Hall, Interaction, Settings
from tests.chats.interactions import COMPONENT, event_of
from tests.chats.messages import put, tell
from tests.chats.rest import ROUTES, shown
from tests.chats.world import BOT, GUILD, KINDS, THREAD, Bot, Channel, Guild, Json, Message, bits


class Control:
    """What a test can see and do; ids are given as numbers or digits and come as digits."""

    def __init__(self, hall: Hall, gateway: Gateway, pause: Callable[[float], None]) -> None:
        self.hall = hall
        self.gateway = gateway
        self._pause = pause

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One request to the control plane."""
        verb = request.path.removeprefix("/_ctl/")
        method = None if verb.startswith("_") or verb == "answer" else getattr(self, verb, None)
        if not callable(method):
            return shown(404, {"error": f"there is no {verb}"})
        written = await request.read()
        try:
            found = method(**(json.loads(written) if written else dict(request.query)))
            return shown(200, await found if asyncio.iscoroutine(found) else found)
        except (TypeError, ValueError, KeyError) as error:
            return shown(400, {"error": repr(error)})

    # what there is

    def messages(self, channel: int | str | None = None, after: int | str = 0, only: str = "") -> list[Json]:
        """Every message in the order they came, deleted ones and those of channels that are gone included.

        `only`: these fields, blanks between them; it saves much time where there are very many.
        """
        wanted, names = None if channel is None else int(channel), only.split()
        every = [
            one for one in self.hall.world.messages.values() if wanted in {None, one.channel} and one.id > int(after)
        ]
        return [{name: LISTED[name](one) for name in names or LISTED} for one in every]

    def counters(self) -> Json:
        """All counters, and how many messages each channel has."""
        channels = {str(one.id): len(one.messages) for one in self.hall.world.channels.values() if one.messages}
        return {one.name: getattr(self.hall.counters, one.name) for one in fields(Counters)} | {"channels": channels}

    def world(self) -> Json:
        """All guilds and channels."""
        world = self.hall.world
        return {
            "guilds": [payloads.guild(world, one) for one in world.guilds.values()],
            "channels": [payloads.channel(world, one) for one in world.channels.values()],
        }

    def interactions(self) -> list[Json]:
        """Every interaction with its answer and what followed."""
        every = self.hall.interactions.values()
        return [
            {
                "id": str(one.id),
                "token": one.token,
                "type": one.acknowledged,
                "answered": one.answered,
                "after": one.after,
            }
            | {"original": _listed(one.original) if one.original else None}
            | {"follow_ups": [_listed(each) for each in one.follow_ups]}
            for one in every
        ]

    def commands(self) -> Json:
        """The commands registered, by application, or application and guild."""
        return {"/".join(ids): commands for ids, commands in self.hall.commands.items()}

    def files(self) -> list[list[str]]:
        """The files that bots sent, each with its name and text."""
        return [list(one) for one in self.hall.handed]

    def upload(self, name: str, text: str) -> Json:
        """A person hands in a file: what an interaction says of it, but for the host before the path of its `url`."""
        id_ = str(self.hall.world.snowflake())
        path, body = f"/attachments/{id_}/{name}", text.encode()
        self.hall.files[path] = body
        return {
            "id": id_,
            "filename": name,
            "size": len(body),
            "url": path,
            "proxy_url": path,
            "content_type": "text/xml",
        }

    # how it behaves

    def reset(self, messages: bool = True) -> None:
        """Forget counters and faults, and what was posted unless `messages` is false. Guilds and channels stay."""
        self.hall.reset()
        if messages:
            self.hall.world.messages.clear()
            self.hall.world.nonces.clear()
            self.hall.interactions.clear()
            for channel in self.hall.world.channels.values():
                channel.messages.clear()

    def settings(self, **changes: Any) -> Json:
        """Change settings, and all of them as they are now."""
        known = {one.name for one in fields(Settings)}
        if unknown := changes.keys() - known:
            raise KeyError(*unknown)
        for name, value in changes.items():
            setattr(self.hall.settings, name, tuple(value) if isinstance(value, list) else value)
        self.hall.apply()
        return asdict(self.hall.settings)

    def forget(self) -> None:
        """Forget all nonces, as Discord does after a few minutes."""
        self.hall.world.nonces.clear()

    def fault(self, **fault: Any) -> None:
        """Have something go wrong; the fields of `Fault`."""
        wanted = Fault(**fault)
        if wanted.kind not in get_args(Kind) or wanted.on not in {"", *(carry.__name__ for carry in ROUTES.values())}:
            raise ValueError(wanted)
        self.hall.faults.add(wanted)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self.hall.faults.clear()
        self.gateway.refusing = self.gateway.deaf = False

    def refuse(self, seconds: float) -> None:
        """Take no connection for so long, and break off those that are open."""
        self._pause(seconds)

    # the world

    def bot(self, token: str, bot: int | str = BOT) -> None:
        """Let this token in, as this bot."""
        self.hall.world.bots[token] = Bot(int(bot))

    def revoke(self, token: str) -> None:
        """Let this token in no more."""
        del self.hall.world.bots[token]

    def guild(
        self,
        guild: int | str = GUILD,
        name: str = "Gilde",
        permissions: str | int | None = None,
        members: list[int] | None = None,
    ) -> Json:
        """Add or change a guild; connected bots join a new one."""
        world, id_ = self.hall.world, int(guild)
        new = id_ not in world.guilds
        one = world.guilds.setdefault(id_, Guild(id_, name))
        one.permissions = one.permissions if permissions is None else bits(permissions)
        one.members |= set(members or ())
        if new:
            self.hall.told("GUILD_CREATE", payloads.whole_guild(world, one, next(iter(world.bots.values())).id), one.id)
        return payloads.guild(world, one)

    def channel(self, channel: int | str, guild: int | str = GUILD, kind: str = "text", **changes: Any) -> Json:
        """Add or change a channel: `name`, `permissions` (named, blanks between), `layouts`, `locked`, `slowmode`, …"""
        world, id_ = self.hall.world, int(channel)
        new = id_ not in world.channels
        one = world.channels.setdefault(id_, Channel(id_, KINDS[kind], int(guild), f"news-{id_}"))
        if "permissions" in changes and changes["permissions"] is not None:
            changes["permissions"] = bits(changes["permissions"])
        for name, value in changes.items():
            setattr(one, name, value)
        told = payloads.channel(world, one)
        self.hall.told("CHANNEL_CREATE" if new else "CHANNEL_UPDATE", told, one.guild)
        return told

    def convert(self, channel: int | str, kind: str) -> None:
        """Make it a channel of another kind."""
        self.hall.world.channels[int(channel)].kind = KINDS[kind]

    def delete_channel(self, channel: int | str, told: bool = True) -> None:
        """Delete a channel; `told`: whether connected bots hear of it."""
        shown_ = payloads.channel(self.hall.world, self.hall.world.channels[int(channel)])
        gone = self.hall.world.drop_channel(int(channel))
        if told:
            self.hall.told("CHANNEL_DELETE", shown_, gone.guild)

    def delete_guild(self, guild: int | str, told: bool = True) -> None:
        """Throw the bot out of a guild."""
        self.hall.world.drop_guild(int(guild))
        if told:
            self.hall.told("GUILD_DELETE", {"id": str(guild)}, int(guild))

    def outage(self, guild: int | str, over: bool = False) -> None:
        """A guild is out of order, or no more; connected bots hear of it."""
        world, id_ = self.hall.world, int(guild)
        one = world.guilds[id_]
        one.out = not over
        if over:
            self.hall.told("GUILD_CREATE", payloads.whole_guild(world, one, next(iter(world.bots.values())).id), id_)
        else:
            self.hall.told("GUILD_DELETE", {"id": str(id_), "unavailable": True}, id_)

    def delete_message(self, message: int | str) -> None:
        """Delete a message, as a moderator does."""
        one = self.hall.world.messages[int(message)]
        one.deleted = True
        channel = self.hall.world.channels[one.channel]
        gone = {"id": str(one.id), "channel_id": str(one.channel), "guild_id": str(channel.guild)}
        self.hall.told("MESSAGE_DELETE", gone, channel.guild)

    def close_direct(self, person: int | str, closed: bool = True) -> None:
        """Whether this person takes no direct messages."""
        (self.hall.world.closed.add if closed else self.hall.world.closed.discard)(int(person))

    def thread(self, message: int | str, name: str = "Thread") -> Json:
        """A person opens a thread under a message; it has the message's id."""
        one = self.hall.world.messages[int(message)]
        parent = self.hall.world.channels[one.channel]
        thread = Channel(one.id, THREAD, parent.guild, name, parent=parent.id, owner=42)
        self.hall.world.channels[thread.id] = thread
        one.thread = thread.id
        told = payloads.channel(self.hall.world, thread)
        self.hall.told("THREAD_CREATE", told, thread.guild)
        return told

    def redeliver(self, message: int | str) -> None:
        """Tell connected bots once more that a message was written."""
        one = self.hall.world.messages[int(message)]
        tell(self.hall, self.hall.world.channels[one.channel], one, "MESSAGE_CREATE")

    # the gateway

    def dispatch(self, t: str, d: Json, guild: int | str | None = None) -> None:
        """Dispatch any event to connected bots."""
        self.hall.told(t, d, None if guild is None else int(guild))

    async def close(self, code: int = 4000, forget: bool = False, shard: int | None = None) -> None:
        """Close every gateway connection, or those of one shard; `forget`: no session can be resumed."""
        if forget:
            self.gateway.forget()
        await self.gateway.close(code, shard)

    def reconnect(self) -> None:
        """Ask connected bots to come again (op 7)."""
        self.gateway.raw(op(RECONNECT, None))

    def invalidate(self, resumable: bool = False) -> None:
        """Tell connected bots that their session is invalid (op 9)."""
        if not resumable:
            self.gateway.forget()
        self.gateway.raw(op(INVALID, resumable))

    def raw(self, text: str) -> None:
        """Send this text to connected bots, malformed as it may be."""
        self.gateway.raw(text)

    def behave(self, refusing: bool = False, deaf: bool = False, forbidden: int = 0) -> None:
        """`refusing`: no connection is taken; `deaf`: no heartbeat answered; `forbidden`: intents not granted."""
        self.gateway.refusing, self.gateway.deaf, self.gateway.forbidden = refusing, deaf, forbidden

    # people

    def say(
        self,
        channel: int | str,
        content: str,
        person: int | str = 42,
        reply: int | str | None = None,
        ping: bool = True,
        **more: Any,
    ) -> Json:
        """A person writes a message; `ping`: whoever is replied to is notified. `more`: attachments, webhook_id."""
        body: Json = {"content": content, **more}
        if reply is not None:
            body["message_reference"] = {"message_id": str(reply), "channel_id": str(channel)}
        if not ping:
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
        return _listed(put(self.hall, self.hall.world.channels[int(channel)], int(person), body))

    def interact(
        self, channel: int | str, data: Json, person: int | str = 42, rights: str | None = None, **more: Any
    ) -> Json:
        """A person uses a command (`data`: name, options …) or, with `type` 3 and `message`, a component.

        `rights`: what the person may do there, named, blanks between; what the bot may by default.
        """
        world, token = self.hall.world, uuid4().hex
        where, message = world.channels[int(channel)], more.pop("message", None)
        found = Interaction(world.snowflake(), token, where.id, int(person), self.hall.clock(), data)
        found.message = None if message is None else int(message)
        self.hall.interactions[token] = found
        event = event_of(self.hall, found, where) | more
        if rights is not None and "member" in event:
            event["member"]["permissions"] = str(bits(rights))
        if found.message is not None:
            event |= {"type": COMPONENT, "message": payloads.message(world, world.messages[found.message])} | more
        self.hall.told("INTERACTION_CREATE", event, where.guild)
        return {"id": str(found.id), "token": token}


LISTED: dict[str, Callable[[Message], Any]] = {
    "id": lambda one: str(one.id),
    "channel": lambda one: str(one.channel),
    "author": lambda one: str(one.author),
    "nonce": lambda one: one.nonce,
    "content": lambda one: one.body.get("content") or "",
    "text": lambda one: one.text,
    "components": lambda one: one.body.get("components") or [],
    "embeds": lambda one: one.body.get("embeds") or [],
    "flags": lambda one: one.flags,
    "thread": lambda one: None if one.thread is None else str(one.thread),
    "created": lambda one: one.created,
    "edited": lambda one: one.edited,
    "deleted": lambda one: one.deleted,
    "pings": lambda one: one.pings,
    "body": lambda one: one.body,
}


def _listed(message: Message) -> Json:
    return {name: read(message) for name, read in LISTED.items()}
