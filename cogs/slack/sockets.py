"""slack_bolt's app over a socket of its own: what people do arrives here, is acknowledged, and handed on."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatBusy, ChatError

LOG = logging.getLogger(__name__)
QUIET = logging.getLogger("slack_bolt.depesche")
QUIET.setLevel(logging.ERROR)  # it warns of what is meant so
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds between two tries to connect
ANY = re.compile("")
FAREWELL = 5.0  # seconds for answers that are being given when the connection is to end

Payload = Mapping[str, Any]
Heard = Callable[[Payload], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told what arrives: `asked`, what somebody did, as Slack's payload; `told`, an event with its envelope."""

    asked: Heard
    told: Heard


class Socket(SocketModeClient):
    """slack_sdk's own, but for how it asks where to connect: with growing pauses, and not after a refusal."""

    def __init__(
        self, app_token: str, web: AsyncWebClient, where: Callable[[], Awaitable[str]], ping: float = 5.0
    ) -> None:
        """Connect where this says; `ping`: seconds between two looks whether the connection still holds."""
        super().__init__(app_token, QUIET, web, ping_interval=ping)
        self.proxy = web.proxy
        self._where = where
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def issue_new_wss_url(self) -> str:
        """Where to connect, as soon as Slack tells; never, where the token is refused."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._where()
            except ChatBusy as error:
                wait = max(pause, error.retry_after or 0.0)
                LOG.warning("no socket: %s Next try in %.0f s", error, wait)
                await asyncio.sleep(wait)
                pause = min(2 * pause, LONGEST_PAUSE)
            except ChatError as error:
                if not self.refused.done():
                    self.refused.set_exception(error)
                await asyncio.Event().wait()


class Works:
    """What is being answered, so that nothing goes on when the connection has ended."""

    def __init__(self) -> None:
        """Nothing is."""
        self._tasks: set[asyncio.Task[None]] = set()

    def of(self, heard: Heard) -> Heard:
        """The same, done beside."""

        async def begin(payload: Payload) -> None:
            task = asyncio.ensure_future(_done(heard, payload))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        return begin

    async def end(self) -> None:
        """Let all of it come to an end, for a while."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FAREWELL)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _done(heard: Heard, payload: Payload) -> None:
    await heard(payload)


async def hold(socket: Socket, ears: Ears, team: str, me: str) -> None:
    """Hold the connection until cancelled. Raises what `Socket` was refused with."""
    works = Works()
    app = application(Ears(works.of(ears.asked), works.of(ears.told)), team, me)

    async def handle(_: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        response = await run_async_bolt_app(app, request)
        with suppress(ConnectionError):  # Slack will tell it again, to the next connection
            await send_async_response(socket, request, response, began)

    socket.socket_mode_request_listeners.append(handle)
    connecting = asyncio.ensure_future(socket.connect())  # type: ignore[no-untyped-call]
    try:
        await asyncio.wait([connecting, socket.refused], return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            LOG.info("Slack: the socket is open")
        await socket.refused
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await works.end()
        await socket.close()  # type: ignore[no-untyped-call]


def application(ears: Ears, team: str, me: str) -> AsyncApp:
    """The app: everything is acknowledged at once, and answered afterwards."""

    async def authorize(**_: object) -> AuthorizeResult:
        """It is known who the bot is; asking again would cost a request before anything is acknowledged."""
        return AuthorizeResult(enterprise_id=None, team_id=team, bot_user_id=me, bot_id=me)

    app = AsyncApp(
        name="depesche",
        logger=QUIET,
        client=AsyncWebClient(retry_handlers=[]),  # without the token, as `authorize` is asked
        authorize=authorize,
        request_verification_enabled=False,  # the socket is authenticated
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )

    async def asked(ack: Callable[[], Awaitable[object]], body: Payload) -> None:
        await ack()
        await ears.asked(body)

    async def told(body: Payload) -> None:
        await ears.told(body)

    for listen in (app.command, app.action, app.view, app.shortcut):
        listen(ANY)(asked)
    app.event(ANY)(told)
    return app
