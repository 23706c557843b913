"""Slack's Web API, as far as the bot uses it: each method here is one of it, with dots as underscores."""

import asyncio
import inspect
import json
import math
import random
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.chats.faults import Fault
from tests.chats.rest import break_off, shown
from tests.chats.slack_checks import pings, wrong, wrong_view
from tests.chats.slack_world import APP, BOT, BOT_ID, TEAM, Json, Message, Room, Workspace, Wrong

PAGE = 200
NEEDED = {
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.open": {"im:write"},
    "users.info": {"users:read"},
    "files.getUploadURLExternal": {"files:write"},
}
HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}
READ = {"C": "channels:read", "G": "groups:read", "D": "im:read"}


class Limited(Exception):
    """A 429: seconds to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Web:
    """Answers requests for one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.space = workspace
        self._random = random.Random(workspace.settings.seed)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to one request, with the faults that are due."""
        method = request.path.removeprefix("/api/")
        counters = self.space.counters
        counters.requests += 1
        counters.routes[method] += 1
        given = await _given(request)  # first, as who asks may be dead by the time it is carried out
        least, most = self.space.settings.latency
        if most:
            await asyncio.sleep(self._random.uniform(least, most))
        fault = self.space.faults.next(method, (str(given.get("channel", "")),))
        if fault is None:
            answer = self._carry(request, method, given)
        else:
            answer = await self._faulty(request, fault, lambda: self._carry(request, method, given))
        counters.statuses[str(answer.status)] += 1
        return answer

    def _carry(self, request: web.BaseRequest, method: str, given: Json) -> web.Response:
        try:
            found = getattr(self, method.replace(".", "_"), None)
            if not callable(found) or method.startswith("_"):
                raise Wrong("unknown_method")  # noqa: TRY301 - as all other errors
            self._let_in(request, method)
            return shown(200, {"ok": True, **found(**_taken(found, given))})
        except Wrong as error:
            self.space.counters.errors[error.body["error"]] += 1
            return shown(200, error.body)
        except Limited as error:
            return limited(error.seconds)
        except TypeError as error:
            return shown(200, {"ok": False, "error": "invalid_arguments", "detail": str(error)})

    def _let_in(self, request: web.BaseRequest, method: str) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        wanted = self.space.app_token if method == "apps.connections.open" else self.space.token
        if token != wanted or not token:
            raise Wrong("invalid_auth")
        if lacking := NEEDED.get(method, set()) - self.space.scopes:
            raise Wrong("missing_scope", needed=",".join(lacking), provided=",".join(self.space.scopes))

    async def _faulty(self, request: web.BaseRequest, fault: Fault, carry: Callable[[], web.Response]) -> web.Response:
        self.space.counters.faults[f"{fault.kind} {fault.when}"] += 1
        done = carry() if fault.when == "after" else None
        if fault.kind in {"reset", "drop"}:
            break_off(request, hard=fault.kind == "reset")
            return web.Response(status=500)  # which reaches nobody
        if fault.kind == "hang":
            await asyncio.Event().wait()
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return done or carry()
        if fault.kind == "garbled":
            raw = fault.body.encode("latin-1")
            return web.Response(status=fault.status, body=raw, content_type=fault.content_type)
        if fault.kind == "status":
            return web.Response(status=fault.status, text="<html>Scripted</html>", content_type="text/html")
        if fault.kind == "error":
            return shown(200, {"ok": False, "error": fault.error})
        return limited(fault.seconds)

    # connecting

    def auth_test(self) -> Json:
        return {"url": "https://loopback.slack.com/", "team": "Loopback", "user": "depesche"} | {
            "team_id": TEAM,
            "user_id": BOT,
            "bot_id": BOT_ID,
        }

    def apps_connections_open(self) -> Json:
        return {"url": f"ws://{self.space.place}/socket?ticket={uuid4().hex}"}

    # messages

    def chat_postMessage(self, channel: str, thread_ts: str = "", **body: Any) -> Json:  # noqa: N802 - Slack's name
        room = self._room(channel)
        if room.person and room.person in self.space.closed:
            raise Wrong("cannot_dm_bot")
        self._check(body, "chat.postMessage")
        if not room.joined and not room.person:
            raise Wrong("not_in_channel")
        self._space_out(room)
        if thread_ts and not any(one.ts == thread_ts for one in room.messages):
            raise Wrong("thread_not_found")
        message = Message(self.space.ts(), room.id, BOT, body, pings(body), thread_ts)
        self.space.keep(message)
        return {"channel": room.id, "ts": message.ts, "message": message.shown(metadata=True)}

    def chat_postEphemeral(self, channel: str, user: str, thread_ts: str = "", **body: Any) -> Json:  # noqa: N802
        room = self._room(channel)
        self._check(body, "chat.postEphemeral")
        if not room.joined and not room.person:
            raise Wrong("not_in_channel")
        if user not in room.members:
            raise Wrong("user_not_in_channel")
        message = Message(self.space.ts(), room.id, BOT, body, [], thread_ts, only=user)
        self.space.keep(message)
        return {"message_ts": message.ts}

    def chat_update(self, channel: str, ts: str, **body: Any) -> Json:
        room = self._room(channel)
        message = next((one for one in room.messages if one.ts == ts and not one.deleted and not one.only), None)
        if message is None:
            raise Wrong("message_not_found")
        if message.author != BOT:
            raise Wrong("cant_update_message")
        self._check(body, "chat.update")
        message.body = {"metadata": message.body.get("metadata"), **body}
        message.edits += 1
        return {"channel": room.id, "ts": ts, "text": body.get("text", "")}

    def chat_delete(self, channel: str, ts: str) -> Json:
        room = self._room(channel)
        message = next((one for one in room.messages if one.ts == ts and not one.deleted), None)
        if message is None:
            raise Wrong("message_not_found")
        message.deleted = True
        return {"channel": room.id, "ts": ts}

    # channels and people

    def conversations_history(
        self,
        channel: str,
        limit: str | int = 100,
        cursor: str = "",
        oldest: str = "0",
        include_all_metadata: str | bool = False,
        latest: str = "",
    ) -> Json:
        room = self._read(channel)
        wanted = [one for one in room.messages if not one.thread or one.thread == one.ts]
        return self._page(wanted, limit, cursor, oldest, latest, include_all_metadata)

    def conversations_replies(
        self,
        channel: str,
        ts: str,
        limit: str | int = 100,
        cursor: str = "",
        oldest: str = "0",
        include_all_metadata: str | bool = False,
    ) -> Json:
        room = self._read(channel)
        if not any(one.ts == ts for one in room.messages):
            raise Wrong("thread_not_found")
        wanted = [one for one in room.messages if ts in {one.ts, one.thread}]
        return self._page(wanted[::-1], limit, cursor, oldest, "", include_all_metadata)

    def conversations_info(self, channel: str) -> Json:
        room = self._room(channel, archived=True)
        if READ[channel[0]] not in self.space.scopes:
            raise Wrong("missing_scope", needed=READ[channel[0]])
        if room.private and not room.joined:
            raise Wrong("channel_not_found")
        told = {"id": room.id, "name": room.name, "is_private": room.private, "is_archived": room.archived}
        return {"channel": told | {"is_member": room.joined, "is_im": bool(room.person), "user": room.person}}

    def conversations_members(self, channel: str, limit: str | int = 100, cursor: str = "") -> Json:
        del limit, cursor
        return {"members": sorted(self._room(channel).members), "response_metadata": {"next_cursor": ""}}

    def conversations_open(self, users: str) -> Json:
        if users not in self.space.people:
            raise Wrong("user_not_found")
        if self.space.people[users].get("deleted"):
            raise Wrong("user_disabled")
        return {"channel": {"id": self.space.direct(users).id}}

    def users_info(self, user: str) -> Json:
        if user not in self.space.people:
            raise Wrong("user_not_found")
        return {"user": {"id": user, "team_id": TEAM, "is_bot": False, **self.space.people[user]}}

    # views and files

    def views_open(self, trigger_id: str, view: Any) -> Json:
        at = self.space.triggers.pop(trigger_id, None)
        if at is None or time.monotonic() - at > self.space.settings.deadline:
            raise Wrong("expired_trigger_id" if at else "invalid_trigger_id")
        return {"view": self._view(view)}

    def views_update(self, view_id: str, view: Any) -> Json:
        return {"view": self._view(view) | {"id": view_id}}

    def views_publish(self, user_id: str, view: Any) -> Json:
        self.space.homes[user_id] = self._view(view)
        return {"view": self.space.homes[user_id]}

    def files_getUploadURLExternal(self, filename: str, length: str | int) -> Json:  # noqa: N802
        id_ = f"F{len(self.space.files):010}"
        self.space.files[id_] = {"name": filename, "length": int(length), "text": "", "channel": ""}
        return {"file_id": id_, "upload_url": f"http://{self.space.place}/upload/{id_}"}

    def files_completeUploadExternal(self, files: Any, channel_id: str = "") -> Json:  # noqa: N802
        listed = json.loads(files) if isinstance(files, str) else files
        for one in listed:
            self.space.files[one["id"]]["channel"] = channel_id
        return {"files": listed}

    def _view(self, view: Any) -> Json:
        told: Json = json.loads(view) if isinstance(view, str) else view
        self._violated("view", wrong_view(told))
        told = {**told, "id": f"V{len(self.space.views):010}", "app_id": APP}
        self.space.views.append(told)
        return told

    def _check(self, body: Json, method: str) -> None:
        for name in ("blocks", "metadata"):
            if isinstance(body.get(name), str):
                body[name] = json.loads(body[name])
        self._violated(method, wrong(body))

    def _violated(self, route: str, findings: list[str]) -> None:
        if findings:
            self.space.counters.violations.append({"route": route, "findings": findings})
            raise Wrong("invalid_blocks", response_metadata={"messages": findings})

    def _room(self, channel: str, *, archived: bool = False) -> Room:
        if channel in self.space.people:
            return self.space.direct(channel)
        room = self.space.rooms.get(channel)
        if room is None:
            raise Wrong("channel_not_found")
        if room.archived and not archived:
            raise Wrong("is_archived")
        return room

    def _read(self, channel: str) -> Room:
        room = self._room(channel, archived=True)
        if not room.joined and not room.person:
            raise Wrong("not_in_channel")
        if HISTORY[channel[0]] not in self.space.scopes:
            raise Wrong("missing_scope", needed=HISTORY[channel[0]])
        return room

    def _space_out(self, room: Room) -> None:
        now, free = time.monotonic(), self.space.spaced.get(room.id, 0.0)
        if self.space.settings.spacing and now < free:
            raise Limited(free - now)
        self.space.spaced[room.id] = now + self.space.settings.spacing

    def _page(
        self, found: list[Message], limit: str | int, cursor: str, oldest: str, latest: str, metadata: str | bool
    ) -> Json:
        there = [one for one in found if not one.only and not one.deleted and float(one.ts) > float(oldest or 0)]
        there = sorted((one for one in there if not latest or float(one.ts) < float(latest)), key=_age)
        start, count = int(cursor or 0), min(int(limit), PAGE)
        page, more = there[start : start + count], len(there) > start + count
        shown_ = [one.shown(metadata=str(metadata).lower() in {"1", "true"}) for one in page]
        next_ = str(start + count) if more else ""
        return {"messages": shown_, "has_more": more, "response_metadata": {"next_cursor": next_}}


def _age(message: Message) -> float:
    return -float(message.ts)


def limited(seconds: float) -> web.Response:
    return shown(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(max(math.ceil(seconds), 1))})


async def _given(request: web.BaseRequest) -> Json:
    if request.content_type == "application/json":
        return {**request.query, **json.loads(await request.read() or b"{}")}
    if request.content_type == "application/x-www-form-urlencoded":
        return {**request.query, **(await request.post())}
    return dict(request.query)


def _taken(method: Callable[..., Json], given: Json) -> Json:
    """The arguments that it knows; Slack ignores others."""
    known = inspect.signature(method).parameters
    free = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known.values())
    return {name: value for name, value in given.items() if (free or name in known) and name != "token"}
