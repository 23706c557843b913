"""REST v10: from a request to an answer, through token, limits and faults."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Callable
from email.utils import formatdate
from math import ceil
from typing import Any

from aiohttp import web

from tests.chats import interactions, messages, places
from tests.chats.faults import Fault
from tests.chats.hall import Hall, Limited, Wrong
from tests.chats.messages import Answer, Call
from tests.chats.world import Bot, Json

PREFIX = "/api/v10/"
Carry = Callable[[Call], Answer]

ROUTES: dict[str, Carry] = {
    "GET users/@me": places.get_me,
    "POST users/@me/channels": places.create_direct,
    "GET gateway": places.get_gateway,
    "GET gateway/bot": places.get_gateway_bot,
    "GET applications/@me": places.get_application,
    "GET oauth2/applications/@me": places.get_application,
    "GET applications/*/commands": places.list_commands,
    "PUT applications/*/commands": places.put_commands,
    "GET applications/*/guilds/*/commands": places.list_commands,
    "PUT applications/*/guilds/*/commands": places.put_commands,
    "GET users/*": places.get_user,
    "GET guilds/*": places.get_guild,
    "GET guilds/*/roles": places.list_roles,
    "GET guilds/*/channels": places.list_channels,
    "GET guilds/*/threads/active": places.list_active_threads,
    "GET guilds/*/members/*": places.get_member,
    "GET channels/*": places.get_channel,
    "GET channels/*/messages": messages.list_messages,
    "POST channels/*/messages": messages.create_message,
    "GET channels/*/messages/*": messages.get_message,
    "PATCH channels/*/messages/*": messages.edit_message,
    "DELETE channels/*/messages/*": messages.delete_message,
    "POST channels/*/messages/*/crosspost": messages.crosspost_message,
    "POST channels/*/messages/*/threads": messages.thread_of_message,
    "POST channels/*/threads": messages.create_thread,
    "POST channels/*/typing": places.type_,
    "POST interactions/*/*/callback": interactions.callback,
    "POST webhooks/*/*": interactions.follow_up,
    "GET webhooks/*/*/messages/*": interactions.get_response,
    "PATCH webhooks/*/*/messages/*": interactions.edit_response,
    "DELETE webhooks/*/*/messages/*": interactions.delete_response,
}
OPEN = ("interactions", "webhooks")  # their token stands in the path, and no limit of the bot's counts
ANY = "*"

Table = dict[tuple[str, int], list[tuple[tuple[str, ...], str, Carry]]]


def _table() -> Table:
    found: Table = {}
    for pattern, carry in ROUTES.items():
        method, path = pattern.split(" ")
        steps = tuple(path.split("/"))
        found.setdefault((method, len(steps)), []).append((steps, carry.__name__, carry))
    return found


TABLE = _table()


def match(method: str, path: str) -> tuple[str, Carry, tuple[str, ...]]:
    """The route's name, what carries it out, and the ids in the path."""
    asked = path.removeprefix(PREFIX).split("/")
    for steps, name, carry in TABLE.get((method, len(asked)), ()):
        if all(step in (ANY, given) for step, given in zip(steps, asked, strict=True)):
            return name, carry, tuple(given for step, given in zip(steps, asked, strict=True) if step == ANY)
    raise Wrong(404, 0, "404: Not Found")


class Rest:
    """Answers requests for one hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to one request, in time and with the faults that are due."""
        counters = self._hall.counters
        counters.requests += 1
        counters.at_once += 1
        counters.most_at_once = max(counters.most_at_once, counters.at_once)
        try:
            answer = await self._answer(request)
        finally:
            counters.at_once -= 1
        answer.headers["Date"] = formatdate(time.time() - self._hall.settings.behind, usegmt=True)
        counters.statuses[str(answer.status)] += 1
        counters.invalid += answer.status in {401, 403, 429}
        return answer

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        try:
            body = await _body(request, self._hall)
            route, carry, ids = match(request.method, request.path)
            self._hall.counters.routes[route] += 1
            bot = self._let_in(request)
            await self._late()
            fault = self._hall.faults.next(route, ids)
            if fault is not None:
                return await self._faulty(request, fault, lambda: self._carry(request, body, bot, (route, carry, ids)))
            return self._carry(request, body, bot, (route, carry, ids))
        except Wrong as wrong:
            return shown(wrong.status, wrong.body)
        except Limited as limited:
            return self._limited(limited)

    def _let_in(self, request: web.BaseRequest) -> Bot:
        world = self._hall.world
        if request.path[len(PREFIX) :].startswith(OPEN):
            return next(iter(world.bots.values()))
        bot = world.bots.get(request.headers.get("Authorization", "").removeprefix("Bot "))
        if bot is None:
            raise Wrong(401, 0, "401: Unauthorized")
        if wait := self._hall.rates.wait(bot.id, self._hall.clock()):
            raise Limited(wait, "global")
        return bot

    async def _late(self) -> None:
        least, most = self._hall.settings.latency
        if most:
            await asyncio.sleep(self._hall.chance.uniform(least, most))

    def _carry(
        self, request: web.BaseRequest, body: Json, bot: Bot, found: tuple[str, Carry, tuple[str, ...]]
    ) -> web.Response:
        route, carry, ids = found
        call = Call(self._hall, bot, route, ids, request.query, body)
        call.place = request.host
        try:
            status, answer = carry(call)
        except Wrong as wrong:
            return shown(wrong.status, wrong.body, call.headers)
        except Limited as limited:
            return self._limited(limited, call.headers)
        return shown(status, answer, call.headers)

    def _limited(self, limited: Limited, headers: dict[str, str] | None = None) -> web.Response:
        self._hall.counters.limited[limited.scope] += 1
        wide = limited.scope == "global"
        seconds = ceil(limited.seconds * 1000) / 1000
        more = {
            "Via": "1.1 google",  # without it discord.py takes the answer for a ban
            "Retry-After": str(int(seconds) + 1),
            "X-RateLimit-Scope": "global" if wide else "user",
            **({"X-RateLimit-Global": "true"} if wide else {}),
            **(headers or {}),
        }
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": wide}
        return shown(429, body | ({"code": 20016} if limited.scope == "slow" else {}), more)

    async def _faulty(self, request: web.BaseRequest, fault: Fault, carry: Callable[[], web.Response]) -> web.Response:
        self._hall.counters.faults[f"{fault.kind} {fault.when}"] += 1
        done = carry() if fault.when == "after" else None
        if fault.kind in {"reset", "drop"}:
            break_off(request, hard=fault.kind == "reset")
            return web.Response(status=500)  # which reaches nobody
        if fault.kind == "hang":
            await asyncio.Event().wait()
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return done or carry()
        if fault.kind == "banned":
            return web.Response(status=429, text="error code: 1015", headers={"Retry-After": str(int(fault.seconds))})
        if fault.kind == "garbled":
            raw, headers = fault.body.encode("latin-1"), {"Via": "1.1 google"}
            return web.Response(status=fault.status, body=raw, headers=headers, content_type=fault.content_type)
        if fault.kind == "status":
            return shown(fault.status, {"message": f"{fault.status}: Scripted", "code": 0})
        return self._limited(Limited(fault.seconds, "global" if fault.kind == "limited_globally" else "fault"))


def shown(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    """JSON, of exactly the content type that discord.py takes for it."""
    if body is None:
        return web.Response(status=status, headers=headers)
    written = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(status=status, body=written, headers=headers, content_type="application/json")


async def _body(request: web.BaseRequest, hall: Hall) -> Any:
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        files = [one for one in form.values() if isinstance(one, web.FileField)]
        hall.handed += [(one.filename, one.file.read().decode()) for one in files]
        return json.loads(str(form.get("payload_json", "{}")))
    try:
        return json.loads(await request.read() or b"{}")
    except ValueError:
        raise Wrong(400, 50109, "The request body contains invalid JSON.") from None


def break_off(request: web.BaseRequest, *, hard: bool) -> None:
    """End the connection; `hard`: so that the other side reads ECONNRESET rather than an end."""
    transport = request.transport
    if transport is None:
        return
    if hard:
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
