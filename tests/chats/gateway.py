"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME and whatever it is told to dispatch."""

import asyncio
import json
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp import web

from tests.chats import payloads
from tests.chats.hall import Hall
from tests.chats.world import Bot, Json

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 8, 9, 10, 11
GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 9, 1 << 12, 1 << 15
REMEMBERED = 1000  # events that a RESUME can bring back


@dataclass(eq=False)
class Session:
    """A bot's session, which outlives its connection."""

    bot: Bot
    intents: int
    shard: tuple[int, int]
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    sequence: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    socket: web.WebSocketResponse | None = None

    def concerns(self, guild: int | None) -> bool:
        shard, shards = self.shard
        return shard == (0 if guild is None else (guild >> 22) % shards)

    def written(self, event: str, data: Any) -> str:
        """The next event, numbered and remembered."""
        self.sequence += 1
        text = json.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.events.append((self.sequence, text))
        return text


class Gateway:
    """All sessions of one hall. Events go out in order, in one task for each connection."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.sessions: dict[str, Session] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self.refusing = False  # no connection is taken
        self.deaf = False  # heartbeats are not answered
        self._address = ""
        self.forbidden = 0  # intents that close with 4014
        self._identified: dict[int, float] = {}  # when last, by bucket
        self._closed: WeakSet[web.WebSocketResponse] = WeakSet()  # by us
        self._queues: dict[web.WebSocketResponse, asyncio.Queue[str]] = {}
        hall.told, hall.listened = self.tell, lambda: bool(self.sessions)
        self._takers: dict[int, Callable[[web.WebSocketResponse, Json], Awaitable[None]]] = {
            IDENTIFY: self._identify,
            RESUME: self._resume,
            MEMBERS: self._members,
        }

    def tell(self, event: str, data: Json, guild: int | None) -> None:
        """Dispatch an event to every session that it concerns; those away get it when they resume."""
        for session in self.sessions.values():
            shown = _readable(event, data, session)
            if session.concerns(guild) and shown is not None:
                self._send(session, session.written(event, shown))

    def raw(self, text: str) -> None:
        """Send this to every connection, whatever it is."""
        for queue in self._queues.values():
            queue.put_nowait(text)

    async def close(self, code: int, shard: int | None = None) -> None:
        """Close every connection with this code, or those of one shard; their sessions can be resumed."""
        of_shard = {one.socket for one in self.sessions.values() if one.shard[0] == shard}
        closing = [socket for socket in self.sockets if shard is None or socket in of_shard]
        self._closed.update(closing)
        await asyncio.gather(*(socket.close(code=code) for socket in closing))

    def forget(self) -> None:
        """Forget every session, so that none can be resumed."""
        self.sessions.clear()

    async def connect(self, request: web.BaseRequest) -> web.StreamResponse:
        """One connection from HELLO to its end."""
        self._hall.counters.connections += 1
        if self.refusing:
            return web.Response(status=503)
        self._address = f"ws://{request.host}/gateway"
        socket = web.WebSocketResponse(timeout=1.0, compress=False, max_msg_size=1 << 20)
        await socket.prepare(request)
        queue = self._queues[socket] = asyncio.Queue()
        self.sockets.add(socket)
        sender = asyncio.create_task(_pour(queue, socket))
        queue.put_nowait(op(HELLO, {"heartbeat_interval": int(self._hall.settings.heartbeat * 1000)}))
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._take(socket, json.loads(message.data))
        finally:
            sender.cancel()
            self._gone(socket)
        return socket

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self.sockets.discard(socket)
        del self._queues[socket]
        for session in [one for one in self.sessions.values() if one.socket is socket]:
            session.socket = None
            if socket.close_code in {1000, 1001} and socket not in self._closed:  # the client said good-bye
                self.sessions.pop(session.id, None)

    def _send(self, session: Session, text: str) -> None:
        if session.socket in self._queues:
            self._queues[session.socket].put_nowait(text)

    async def _take(self, socket: web.WebSocketResponse, message: Json) -> None:
        if message["op"] == HEARTBEAT and not self.deaf:
            self._queues[socket].put_nowait(op(ACK, None))
        if taker := self._takers.get(message["op"]):
            await taker(socket, message["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        self._hall.counters.identifies += 1
        bot = self._hall.world.bots.get(data.get("token", ""))
        intents = data.get("intents", 0)
        if bot is None or intents & self.forbidden:
            await socket.close(code=4004 if bot is None else 4014)
            return
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            await socket.close(code=4010)
            return
        if self._is_early(shard):
            self._hall.counters.early += 1
            self._queues[socket].put_nowait(op(INVALID, data=False))
            return
        session = Session(bot, intents, (shard, shards), socket=socket)
        self.sessions[session.id] = session
        guilds = [one for one in self._hall.world.guilds.values() if session.concerns(one.id)]
        ready = {
            "v": 10,
            "user": payloads.user(self._hall.world, bot.id),
            "guilds": [{"id": str(one.id), "unavailable": True} for one in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._address,
            "shard": [shard, shards],
            "application": {"id": str(bot.id), "flags": 0},
        }
        self._send(session, session.written("READY", ready))
        for one in [one for one in guilds if not one.out]:
            whole = payloads.whole_guild(self._hall.world, one, bot.id)
            self._send(session, session.written("GUILD_CREATE", whole))

    def _is_early(self, shard: int) -> bool:
        """Whether another shard of its bucket identified just now; if not, this one did."""
        chosen, now = self._hall.settings, self._hall.clock()
        bucket = shard % chosen.concurrency
        early = now - self._identified.get(bucket, -chosen.spacing) < chosen.spacing
        if not early:
            self._identified[bucket] = now
        return early

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        self._hall.counters.resumes += 1
        session = self.sessions.get(data.get("session_id", ""))
        if session is None or data.get("seq") is None or data["seq"] > session.sequence:
            self._queues[socket].put_nowait(op(INVALID, data=False))
            return
        session.socket = socket
        for sequence, text in session.events:
            if sequence > data["seq"]:
                self._send(session, text)
        self._send(session, session.written("RESUMED", {}))

    async def _members(self, socket: web.WebSocketResponse, data: Json) -> None:
        for session in [one for one in self.sessions.values() if one.socket is socket]:
            guild = self._hall.world.guilds.get(int(data["guild_id"]))
            people = [session.bot.id, *(guild.members if guild else ())]
            members = [payloads.member(self._hall.world, one) for one in people]
            chunk = {"guild_id": data["guild_id"], "members": members, "chunk_index": 0, "chunk_count": 1}
            self._send(session, session.written("GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")}))


def op(code: int, data: Any) -> str:
    return json.dumps({"op": code, "d": data, "s": None, "t": None})


async def _pour(queue: asyncio.Queue[str], socket: web.WebSocketResponse) -> None:
    while not socket.closed:
        await socket.send_str(await queue.get())


def _readable(event: str, data: Json, session: Session) -> Json | None:
    """A message as far as the session's intents go: nothing, without what it says, or whole."""
    if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
        return data
    private = "guild_id" not in data
    if not session.intents & (DIRECT_MESSAGES if private else GUILD_MESSAGES):
        return None
    own = str(session.bot.id)
    near = private or data["author"]["id"] == own or any(one["id"] == own for one in data["mentions"])
    if near or session.intents & CONTENT:
        return data
    return data | {"content": "", "embeds": [], "components": [], "attachments": []}
