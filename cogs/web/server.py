"""The pages, served: read-only, without scripts, and without a request to any other host."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.errors import NoDatabase, SetupError
from bot.ports import Pulse
from cogs.web.archive import Archive
from cogs.web.gallery import Gallery
from cogs.web.health import as_json, as_metrics
from cogs.web.pages import as_note

LOG = logging.getLogger(__name__)
FRESH = timedelta(seconds=5)  # so long a pulse is shown again: whoever asks often costs the database nothing
GOODBYE = 2.0  # seconds for what is being answered when the process is to end
CSS = (Path(__file__).parent / "templates" / "digest.css").read_text("utf-8")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "Depesche",  # not which version of what
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NOT_FOUND = ("Diese Seite gibt es nicht", "Vielleicht ist in der Adresse ein Tippfehler.")
NOT_ALLOWED = ("Das geht hier nicht", "Diese Seiten kann man nur lesen.")
NO_ANSWER = ("Gerade geht es nicht", "Bitte in ein paar Minuten noch einmal versuchen.")
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Watchman:
    """Takes the pulse, but not more often than every few seconds."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._last: tuple[datetime, Pulse | NoDatabase] | None = None
        self._looking = asyncio.Lock()

    async def pulse(self) -> Pulse:
        """The pulse of the last seconds. Raises `NoDatabase`."""
        async with self._looking:
            now = self._gallery.clock.now()
            if self._last is None or abs(now - self._last[0]) >= FRESH:
                self._last = now, await self._look(now)
            found = self._last[1]
        if isinstance(found, NoDatabase):
            raise found
        return found

    async def _look(self, now: datetime) -> Pulse | NoDatabase:
        try:
            return await (await self._gallery.store()).watch.look(now)
        except NoDatabase as error:
            LOG.warning("%s", error)
            return error

    async def alive(self, _: web.Request) -> web.Response:
        """`/healthz`: this process answers."""
        return web.json_response({"alive": True})

    async def ready(self, _: web.Request) -> web.Response:
        """`/readyz`: whether all that posting digests needs is there, and what is missing."""
        try:
            told = as_json(await self.pulse())
        except NoDatabase:
            # Whoever asks from outside needs not know where the database is; the log says it.
            told = {"ready": False, "reasons": ["Die Datenbank ist nicht bereit. Das Protokoll sagt, warum."]}
        return web.json_response(told, status=200 if told["ready"] else 503, dumps=_json)

    async def metrics(self, _: web.Request) -> web.Response:
        """`/metrics`, for Prometheus."""
        try:
            text = as_metrics(await self.pulse(), self._gallery.prices)
        except NoDatabase:
            text = as_metrics(None)
        return web.Response(body=text.encode(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@web.middleware
async def _mannered(request: web.Request, handler: Next) -> web.StreamResponse:
    """Answer GET and HEAD alone; whatever goes wrong is a small page."""
    if request.method not in {"GET", "HEAD"}:
        response = page(405, *NOT_ALLOWED)
        response.headers["Allow"] = "GET, HEAD"
        return response
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return page(404, *NOT_FOUND)
    except NoDatabase as error:
        LOG.warning("%s", error)
        return page(503, *NO_ANSWER)


async def _head(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")


def page(status: int, title: str, text: str) -> web.Response:
    """A small page that says one thing."""
    return web.Response(status=status, text=as_note(title, text), content_type="text/html")


async def _style(_: web.Request) -> web.Response:
    return web.Response(text=CSS, content_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def application(gallery: Gallery) -> web.Application:
    """All pages."""
    app = web.Application(middlewares=[_mannered])
    app.on_response_prepare.append(_head)
    watchman = Watchman(gallery)
    app.router.add_get("/healthz", watchman.alive)
    app.router.add_get("/readyz", watchman.ready)
    app.router.add_get("/metrics", watchman.metrics)
    app.router.add_get("/style.css", _style)
    app.router.add_routes(Archive(gallery).routes())
    return app


@asynccontextmanager
async def serving(gallery: Gallery, host: str, port: int) -> AsyncIterator[str]:
    """Serve the pages until the end of the context; where. Raises `SetupError` where nobody can listen there."""
    runner = web.AppRunner(application(gallery), access_log=None, shutdown_timeout=GOODBYE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:
            raise SetupError(
                f"Unter WEB_HOST={host} und PORT={port} lässt sich nichts öffnen. Bitte beide prüfen; vielleicht läuft "
                "dort schon ein anderes Programm."
            ) from error
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    finally:
        await runner.cleanup()
