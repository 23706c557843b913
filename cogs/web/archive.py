"""The addresses of the archive: each asks for what anybody may read, and shows it."""

from datetime import date
from hashlib import blake2b

from aiohttp import web

from bot.ports import Page, Store
from cogs.web import pages
from cogs.web.atom import as_atom
from cogs.web.gallery import Gallery

LATEST, MANY = 20, 50  # digests on a page
SHORT = "public, max-age=300"  # what is made private again is gone from all caches so soon
ATOM = "application/atom+xml"
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
            web.get("/thema/{topic:[^/]+}/feed.atom", self.topic_feed),
            web.get(f"/k/{{id:{HEX}}}/feed.atom", self.channel_feed),
        ]

    async def latest(self, request: web.Request) -> web.Response:
        """`/`: the latest digests."""
        return _shown(
            request, pages.as_list("Die neuesten Digests", await (await self._store()).published.latest(LATEST))
        )

    async def digest(self, request: web.Request) -> web.Response:
        """`/d/<id>`."""
        page = await (await self._store()).published.page(_number(request))
        if page is None:
            raise web.HTTPNotFound
        return _shown(request, pages.as_digest(page))

    async def story(self, request: web.Request) -> web.Response:
        """`/s/<id>`."""
        story = _number(request)
        found = _any(await (await self._store()).published.telling(story, MANY))
        return _shown(request, pages.as_story(story, found))

    async def channel(self, request: web.Request) -> web.Response:
        """`/k/<id>`: the digests of one subscription."""
        path, found = await self._of(request)
        return _shown(request, pages.as_list(found[0].digest.audience, found, path))

    async def channel_feed(self, request: web.Request) -> web.Response:
        """`/k/<id>/feed.atom`."""
        path, found = await self._of(request)
        return self._fed(request, found[0].digest.audience, path, found)

    async def day(self, request: web.Request) -> web.Response:
        """`/tag/<day>`."""
        try:
            day = date.fromisoformat(request.match_info["day"])
        except ValueError:
            raise web.HTTPNotFound from None
        return _shown(
            request, pages.as_list(pages.day_title(day), _any(await (await self._store()).published.on(day, MANY)))
        )

    async def topic(self, request: web.Request) -> web.Response:
        """`/thema/<name>`."""
        topic, found = await self._about(request)
        return _shown(request, pages.as_list(topic, found, pages.topic_path(topic)))

    async def topic_feed(self, request: web.Request) -> web.Response:
        """`/thema/<name>/feed.atom`."""
        topic, found = await self._about(request)
        return self._fed(request, topic, pages.topic_path(topic), found)

    async def _of(self, request: web.Request) -> tuple[str, list[Page]]:
        subscription = _number(request)
        return f"/k/{subscription:x}", _any(await (await self._store()).published.of(subscription, LATEST))

    async def _about(self, request: web.Request) -> tuple[str, list[Page]]:
        topic = request.match_info["topic"]
        if "\0" in topic:  # PostgreSQL takes none
            raise web.HTTPNotFound
        return topic, _any(await (await self._store()).published.about(topic, LATEST))

    def _fed(self, request: web.Request, title: str, path: str, found: list[Page]) -> web.Response:
        return _shown(request, as_atom(title, path, found, self._gallery.address), ATOM)

    async def _store(self) -> Store:
        return await self._gallery.store()


def _number(request: web.Request) -> int:
    return int(request.match_info["id"], 16)


def _any(found: list[Page]) -> list[Page]:
    if not found:
        raise web.HTTPNotFound
    return found


def _shown(request: web.Request, page: str, kind: str = "text/html") -> web.Response:
    """The page, or nothing where the reader has it already."""
    body = page.encode("utf-8", "replace")
    tag = blake2b(body, digest_size=12).hexdigest()
    has_it = any(known.value in {tag, "*"} for known in request.if_none_match or ())
    response = web.Response(status=304) if has_it else web.Response(body=body, content_type=kind, charset="utf-8")
    response.etag = tag
    response.headers["Cache-Control"] = SHORT
    return response
