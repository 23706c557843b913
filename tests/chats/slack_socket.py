"""Socket Mode: envelopes to the bot's connections, each to one of them, and what is acknowledged."""

import asyncio
import json
import time
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.chats.slack_checks import pings, wrong
from tests.chats.slack_world import APP, BOT, Deed, Json, Message, Workspace

MOST = 10  # connections of one app


class Sockets:
    """All connections."""

    def __init__(self, workspace: Workspace) -> None:
        self.space = workspace
        self.open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, Deed] = {}

    async def connect(self, request: web.BaseRequest) -> web.StreamResponse:
        """One connection, until it ends."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.space.counters.connections += 1
        self.open.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self.open), "connection_info": {"app_id": APP}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(json.loads(message.data))
        finally:
            if socket in self.open:
                self.open.remove(socket)
        return socket

    def _heard(self, told: Json) -> None:
        deed = self._waiting.get(told.get("envelope_id", ""))
        if deed is None or deed.after is not None:
            return
        deed.after, deed.answered = time.monotonic() - deed.at, told.get("payload")
        self.space.counters.late += deed.after > self.space.settings.deadline

    async def tell(self, kind: str, payload: Json, **more: Any) -> Deed:
        """Send an envelope to one of the connections, as soon as there is one."""
        deed = Deed(str(uuid4()), kind, payload, time.monotonic())
        self._waiting[deed.envelope] = deed
        self.space.deeds.append(deed)
        async with asyncio.timeout(30):
            while not self.open:  # noqa: ASYNC110 - it connects when it likes
                await asyncio.sleep(0.01)
        deed.at = time.monotonic()
        accepts = kind != "events_api"
        envelope = {"type": kind, "envelope_id": deed.envelope, "payload": payload, "accepts_response_payload": accepts}
        await self.open[len(self.space.deeds) % len(self.open)].send_json(envelope | more)
        return deed

    async def raw(self, text: str) -> None:
        """Send this to all connections."""
        for socket in list(self.open):
            await socket.send_str(text)

    async def cut(self) -> None:
        """Break all connections off."""
        for socket in self.open[:]:
            self.open.remove(socket)
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()

    async def close(self) -> None:
        """End them."""
        for socket in list(self.open):
            await socket.close()

    # what comes by a response_url

    async def respond(self, request: web.BaseRequest) -> web.Response:
        """What a bot answers to a command or an action after the first acknowledgement."""
        deed = self.space.responses.get(request.path)
        settings = self.space.settings
        if deed is None or time.monotonic() - deed.at > settings.response_life:
            return web.Response(status=404, text="expired_url")
        if len(deed.responses) >= settings.response_uses:
            return web.Response(status=404, text="used_url")
        body = json.loads(await request.read())
        fault = self.space.faults.next("response_url", (request.path,))
        if fault is not None:
            return web.Response(status=fault.status, text="Scripted")
        if not body.get("delete_original") and (found := wrong(body)):
            self.space.counters.violations.append({"route": "response_url", "findings": found})
            return web.Response(status=400, text="invalid_blocks")
        deed.responses.append(body)
        self._shown(deed, body)
        return web.Response(text="ok")

    def _shown(self, deed: Deed, body: Json) -> None:
        channel = str(deed.payload.get("channel_id") or (deed.payload.get("channel") or {}).get("id") or "")
        if body.get("response_type") != "in_channel" or channel not in self.space.rooms:
            return
        self.space.keep(Message(self.space.ts(), channel, BOT, body, pings(body)))
