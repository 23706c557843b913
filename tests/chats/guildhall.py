"""A stand-in for Discord on loopback: REST v10, the gateway and a control plane, in one process or one test.

`python -m tests.chats.guildhall --port 0` prints `{"port": …, "rest": …, "gateway": …, "control": …, "token": …}`
as its first line. In a test: `async with guildhall() as hall: hall.control.fault(kind="reset", when="after")`.
"""

import argparse
import asyncio
import gc
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvloop
from aiohttp import web

from tests.chats.control import Control
from tests.chats.gateway import Gateway
from tests.chats.hall import Hall, Settings
from tests.chats.rest import Rest
from tests.chats.world import TOKEN, Json

HOST = "127.0.0.1"


@dataclass(slots=True)
class Guildhall:
    """A running stand-in: where it is, and how it is steered."""

    port: int
    control: Control
    token: str = TOKEN

    @property
    def rest(self) -> str:
        """What `discord.http.Route.BASE` is to be."""
        return f"http://{HOST}:{self.port}/api/v10"

    @property
    def gateway(self) -> str:
        """What `DiscordWebSocket.DEFAULT_GATEWAY` is to be, as a yarl URL."""
        return f"ws://{HOST}:{self.port}/gateway"

    def told(self) -> Json:
        """What a process prints about itself."""
        control = f"http://{HOST}:{self.port}/_ctl"
        return {"port": self.port, "rest": self.rest, "gateway": self.gateway, "control": control, "token": self.token}


class _Doors:
    """The listening socket, which can be shut for a while."""

    def __init__(self) -> None:
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, server: web.Server, port: int) -> None:
        self._server = server
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await self._listen(port)

    async def _listen(self, port: int) -> None:
        self._site = web.TCPSite(self._runner, HOST, port, backlog=4096)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    def pause(self, seconds: float) -> None:
        """Shut them for so many seconds, a moment from now, so that whoever asked for it is answered."""
        task = asyncio.create_task(self._paused(seconds))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _paused(self, seconds: float) -> None:
        await asyncio.sleep(0.02)
        await self._site.stop()
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(seconds)
        await self._listen(self.port)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._runner.cleanup()


@asynccontextmanager
async def guildhall(port: int = 0, guilds: int = 1, channels: int = 1, **settings: Any) -> AsyncIterator[Guildhall]:
    """Run it in this event loop, with guilds and text channels of consecutive ids; `settings` as in `Settings`."""
    hall = Hall(Settings(**settings))
    hall.world.fill(guilds, channels)
    gateway, rest, doors = Gateway(hall), Rest(hall), _Doors()
    control = Control(hall, gateway, doors.pause)

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/gateway"):
            return await gateway.connect(request)
        if request.path.startswith("/_ctl/"):
            return await control.answer(request)
        if request.path.startswith("/attachments/"):  # as cdn.discordapp.com keeps them
            body = hall.files.get(request.path)
            return web.Response(status=404) if body is None else web.Response(body=body)
        return await rest.answer(request)

    await doors.open(web.Server(answer, access_log=None), port)
    try:
        yield Guildhall(doors.port, control)
    finally:
        await gateway.close(1001)
        await doors.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="guildhall")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--guilds", type=int, default=1)
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--settings", type=json.loads, default={}, help='of `Settings`, as JSON: {"limit": 50}')
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    gc.set_threshold(50_000, 20, 100)  # with 100,000 messages in memory, looking through them costs most of the time
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with guildhall(options.port, options.guilds, options.channels, **options.settings) as hall:
        sys.stdout.write(json.dumps(hall.told()) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    uvloop.run(_serve(_options()))
