"""The addresses of the archive: each asks for what anybody may read, and shows it."""

from datetime import date

from aiohttp import web

from bot.ports import Page, Store
from cogs.web import pages
from cogs.web.gallery import Gallery

LATEST, MANY = 20, 50  # digests on a page
SHORT = "public, max-age=300"  # what is made private again is gone from all caches so soon
HEX = "[0-9a-f]{1,16}"


class Archive:
    """Answers for digests, stories, days, topics and channels; what is not public is not there."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/", self.latest),
            web.get(f"/d/{{id:{HEX}}}", self.digest),
            web.get(f"/s/{{id:{HEX}}}", self.story),
            web.get(f"/k/{{id:{HEX}}}", self.channel),
            web.get(r"/tag/{day:\d{4}-\d{2}-\d{2}}", self.day),
            web.get("/thema/{topic:[^/]+}", self.topic),
        ]

    async def latest(self, _: web.Request) -> web.Response:
        """`/`: the latest digests."""
        return _shown(pages.as_list("Depesche", await (await self._store()).archive.latest(LATEST)))

    async def digest(self, request: web.Request) -> web.Response:
        """`/d/<id>`."""
        page = await (await self._store()).archive.page(_number(request))
        if page is None:
            raise web.HTTPNotFound
        return _shown(pages.as_digest(page))

    async def story(self, request: web.Request) -> web.Response:
        """`/s/<id>`."""
        story = _number(request)
        found = _any(await (await self._store()).archive.telling(story, MANY))
        return _shown(pages.as_story(story, found))

    async def channel(self, request: web.Request) -> web.Response:
        """`/k/<id>`: the digests of one subscription."""
        found = _any(await (await self._store()).archive.of(_number(request), LATEST))
        return _shown(pages.as_list(found[0].digest.audience, found))

    async def day(self, request: web.Request) -> web.Response:
        """`/tag/<day>`."""
        try:
            day = date.fromisoformat(request.match_info["day"])
        except ValueError:
            raise web.HTTPNotFound from None
        return _shown(pages.as_list(pages.day_title(day), _any(await (await self._store()).archive.on(day, MANY))))

    async def topic(self, request: web.Request) -> web.Response:
        """`/thema/<name>`."""
        topic = request.match_info["topic"]
        if "\0" in topic:  # PostgreSQL takes none
            raise web.HTTPNotFound
        return _shown(pages.as_list(topic, _any(await (await self._store()).archive.about(topic, LATEST))))

    async def _store(self) -> Store:
        return await self._gallery.store()


def _number(request: web.Request) -> int:
    return int(request.match_info["id"], 16)


def _any(found: list[Page]) -> list[Page]:
    if not found:
        raise web.HTTPNotFound
    return found


def _shown(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers={"Cache-Control": SHORT})
