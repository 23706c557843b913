"""A stand-in for Slack on loopback: the Web API, Socket Mode and a control plane, in one process or one test.

`python -m tests.chats.workspace --port 0` prints `{"port": …, "api": …, "control": …, "token": …, "app_token": …}`
as its first line. In a test: `async with workspace() as slack: slack.control.fault(kind="reset", when="after")`.
"""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvloop
from aiohttp import web

from tests.chats.slack_control import Control
from tests.chats.slack_socket import Sockets
from tests.chats.slack_web import Web
from tests.chats.slack_world import APP_TOKEN, TOKEN, Json, Settings
from tests.chats.slack_world import Workspace as World

HOST = "127.0.0.1"


@dataclass(slots=True)
class Workspace:
    """A running stand-in: where it is, and how it is steered."""

    port: int
    control: Control
    token: str = TOKEN
    app_token: str = APP_TOKEN

    @property
    def api(self) -> str:
        """What SLACK_API_URL is to be."""
        return f"http://{HOST}:{self.port}/api/"

    def told(self) -> Json:
        """What a process prints about itself."""
        control = f"http://{HOST}:{self.port}/_ctl"
        tokens = {"token": self.token, "app_token": self.app_token}
        return {"port": self.port, "api": self.api, "control": control, **tokens}


@asynccontextmanager
async def workspace(port: int = 0, channels: int = 2, **settings: Any) -> AsyncIterator[Workspace]:
    """Run it in this event loop; `settings` as in `Settings`."""
    world = World(Settings(**settings))
    world.fill(channels)
    sockets, api = Sockets(world), Web(world)
    control = Control(world, sockets)

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/socket"):
            return await sockets.connect(request)
        if request.path.startswith("/_ctl/"):
            return await control.answer(request)
        if request.path.startswith("/response/"):
            return await sockets.respond(request)
        if request.path.startswith("/upload/"):
            world.files[request.path.rpartition("/")[2]]["text"] = (await request.read()).decode()
            return web.Response(text="OK")
        return await api.answer(request)

    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, port, backlog=4096).start()
    found = runner.addresses[0][1]
    world.place = f"{HOST}:{found}"
    try:
        yield Workspace(found, control)
    finally:
        await sockets.close()
        await runner.cleanup()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="workspace")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--channels", type=int, default=2)
    parser.add_argument("--settings", type=json.loads, default={}, help="of `Settings`, as JSON")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with workspace(options.port, options.channels, **options.settings) as slack:
        sys.stdout.write(json.dumps(slack.told()) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    uvloop.run(_serve(_options()))
