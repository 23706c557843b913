"""The control plane: each public method here is a verb of `POST /_ctl/<verb>`, with its arguments as a JSON object."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, get_args
from uuid import uuid4

from aiohttp import web

from tests.chats.faults import Fault, Kind
from tests.chats.rest import shown
from tests.chats.slack_checks import texts
from tests.chats.slack_socket import Sockets
from tests.chats.slack_world import APP, BOT, PERSON, TEAM, Counters, Deed, Json, Message, Room, Settings, Workspace


class Control:
    """What a test can see and do."""

    def __init__(self, workspace: Workspace, sockets: Sockets) -> None:
        self.space = workspace
        self.sockets = sockets

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

    def messages(self, channel: str = "", only: str = "") -> list[Json]:
        """Every message in the order they came, also those that one person alone sees; `only`: these fields."""
        rooms = [self.space.rooms[channel]] if channel else list(self.space.rooms.values())
        every = sorted((one for room in rooms for one in room.messages), key=lambda one: float(one.ts))
        names = only.split()
        return [{name: READ[name](one) for name in names or READ} for one in every]

    def counters(self) -> Json:
        """All counters."""
        return {one.name: getattr(self.space.counters, one.name) for one in fields(Counters)}

    def deeds(self) -> list[Json]:
        """What people did, each with its acknowledgement and what came by its response_url."""
        return [asdict(one) for one in self.space.deeds]

    def views(self) -> list[Json]:
        """Every view that was opened, updated or published."""
        return self.space.views

    def homes(self) -> Json:
        """The home tab of each person."""
        return self.space.homes

    def files(self) -> list[Json]:
        """The files that the bot sent."""
        return list(self.space.files.values())

    # how it behaves

    def reset(self) -> None:
        """Forget counters, faults, messages and deeds."""
        self.space.reset()
        self.space.deeds.clear()
        for room in self.space.rooms.values():
            room.messages.clear()

    def settings(self, **changes: Any) -> Json:
        """Change settings, and all of them as they are now."""
        known = {one.name for one in fields(Settings)}
        if unknown := changes.keys() - known:
            raise KeyError(*unknown)
        for name, value in changes.items():
            setattr(self.space.settings, name, tuple(value) if isinstance(value, list) else value)
        return asdict(self.space.settings)

    def fault(self, **fault: Any) -> None:
        """Have something go wrong; the fields of `Fault`, `on` being a method of the Web API."""
        wanted = Fault(**fault)
        if wanted.kind not in get_args(Kind):
            raise ValueError(wanted)
        self.space.faults.add(wanted)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self.space.faults.clear()

    def revoke(self, app: bool = False) -> None:
        """Let the bot's token, or the app's, in no more."""
        if app:
            self.space.app_token = ""
        else:
            self.space.token = ""

    def scopes(self, without: str) -> None:
        """Take these scopes away."""
        self.space.scopes -= set(without.split())

    # the workspace

    def person(self, person: str = PERSON, **facts: Any) -> Json:
        """Add or change a person: is_admin, is_restricted, is_ultra_restricted, deleted, locale, …"""
        one: Json = self.space.people.setdefault(person, {"name": person.lower()})
        one.update(facts)
        return one

    def channel(self, channel: str, **changes: Any) -> None:
        """Add or change a channel: name, private, archived, joined."""
        room = self.space.rooms.setdefault(channel, Room(channel, members={PERSON}))
        for name, value in changes.items():
            setattr(room, name, set(value) if name == "members" else value)

    def delete_channel(self, channel: str) -> None:
        """As if it had never been."""
        del self.space.rooms[channel]

    def delete_message(self, channel: str, ts: str) -> None:
        """Delete a message."""
        next(one for one in self.space.rooms[channel].messages if one.ts == ts).deleted = True

    # the socket

    async def refresh(self) -> None:
        """Have all connections replaced, as Slack does every few hours."""
        for socket in list(self.sockets.open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """Break all connections off."""
        await self.sockets.cut()

    async def raw(self, text: str) -> None:
        """Send this text to all connections."""
        await self.sockets.raw(text)

    # people

    async def command(self, line: str, channel: str, person: str = PERSON, **more: Any) -> Deed:
        """A person types a slash command."""
        name, _, text = line.partition(" ")
        payload = {"command": name, "text": text, "channel_name": "news", **self._who(person), "channel_id": channel}
        flat = {"team_id": TEAM, "user_id": person, "response_url": "", "trigger_id": payload["trigger_id"]}
        return await self._answerable("slash_commands", payload | flat | more)

    async def press(
        self, action: str, channel: str, person: str = PERSON, message: Json | None = None, **element: Any
    ) -> Deed:
        """A person uses a button or menu; `element`: value, or selected_option, …; no `message`: it is ephemeral."""
        kind = "static_select" if "selected_option" in element else "button"
        kind = "overflow" if element.pop("overflow", False) else kind
        one = {"type": kind, "action_id": action, "block_id": "b", "action_ts": self.space.ts(), **element}
        payload: Json = {"type": "block_actions", "actions": [one], **self._who(person)}
        payload["channel"] = {"id": channel, "name": "news"}
        payload["container"] = {"type": "message", "channel_id": channel, "is_ephemeral": message is None}
        if message is not None:
            payload["message"] = message
            payload["container"]["message_ts"] = message["ts"]
        return await self._answerable("interactive", payload)

    async def home_press(self, action: str, person: str = PERSON, **element: Any) -> Deed:
        """As `press`, in the home tab."""
        one = {"type": "button", "action_id": action, "block_id": "b", "action_ts": self.space.ts(), **element}
        payload: Json = {"type": "block_actions", "actions": [one], **self._who(person)}
        payload |= {"container": {"type": "view"}, "view": self.space.homes.get(person, {})}
        return await self.sockets.tell("interactive", payload)

    async def submit(self, view: Json, values: Json, person: str = PERSON) -> Deed:
        """A person sends a form; `values`: by block, each an element's state."""
        state = {"values": {block: {block: told} for block, told in values.items()}}
        payload = {"type": "view_submission", "view": {**view, "state": state}, **self._who(person)}
        return await self.sockets.tell("interactive", payload)

    async def shortcut(self, callback: str, channel: str, message: Json, person: str = PERSON) -> Deed:
        """A person uses an entry of the menu of a message."""
        payload = {"type": "message_action", "callback_id": callback, "message": message, **self._who(person)}
        payload |= {"channel": {"id": channel, "name": "news"}, "message_ts": message["ts"]}
        return await self._answerable("interactive", payload)

    async def say(
        self, channel: str, text: str, person: str = PERSON, thread: str = "", event_id: str = "", **more: Any
    ) -> Json:
        """A person writes a message; connected bots hear of it as an app_mention or a message."""
        room = self.space.rooms[channel]
        body = {"text": text, **more}
        message = Message(self.space.ts(), channel, person, body, [], thread)
        self.space.keep(message)
        event = message.shown() | {"channel": channel, "channel_type": "im" if room.person else "channel"}
        mentioned = f"<@{BOT}>" in text
        kind = "message" if room.person or not mentioned else "app_mention"
        await self.event(event | {"type": kind, **more}, event_id)
        if mentioned and not room.person:  # whoever listens to messages as well gets both
            await self.event(event, "")
        return message.shown()

    async def event(self, event: Json, event_id: str = "", **more: Any) -> Json:
        """Tell any event; `more` of the envelope: retry_attempt, retry_reason."""
        payload: Json = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event": event}
        payload |= {"event_id": event_id or f"Ev{uuid4().hex[:10].upper()}", "event_time": int(time.time())}
        payload |= {"authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}]}
        await self.sockets.tell("events_api", payload, **more)
        return payload

    async def again(self, payload: Json) -> None:
        """Tell an event once more, as Slack does where it heard no acknowledgement."""
        await self.sockets.tell("events_api", payload, retry_attempt=1, retry_reason="timeout")

    def _who(self, person: str) -> Json:
        trigger = f"{uuid4().hex}"
        self.space.triggers[trigger] = time.monotonic()
        who = {"user": {"id": person, "username": "kim", "team_id": TEAM}, "team": {"id": TEAM, "domain": "loopback"}}
        return {**who, "trigger_id": trigger, "api_app_id": APP}

    async def _answerable(self, kind: str, payload: Json) -> Deed:
        path = f"/response/{uuid4().hex}"
        payload["response_url"] = f"http://{self.space.place}{path}"
        deed = Deed("", kind, payload, time.monotonic())
        self.space.responses[path] = deed
        found = await self.sockets.tell(kind, payload)
        found.responses = deed.responses
        return found


READ: dict[str, Callable[[Message], Any]] = {
    "id": lambda one: one.ts,
    "channel": lambda one: one.channel,
    "author": lambda one: one.author,
    "text": lambda one: one.body.get("text") or "",
    "blocks": lambda one: one.body.get("blocks") or [],
    "seen": lambda one: read(one.body),
    "metadata": lambda one: one.body.get("metadata"),
    "thread": lambda one: one.thread,
    "only": lambda one: one.only,
    "edits": lambda one: one.edits,
    "deleted": lambda one: one.deleted,
    "pings": lambda one: one.pings,
    "body": lambda one: one.body,
}


def read(body: Json) -> str:
    """What readers see of a message."""
    return "\n".join(one["text"] for one in texts(body["blocks"])) if body.get("blocks") else body.get("text", "")
