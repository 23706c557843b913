"""Collections against a real web server, real workers and a real database."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from bot.collect import Collection, collect
from bot.errors import NoDatabase
from bot.feeds.fetch import HttpWeb
from bot.model import Failure, Feed, FeedState, Language
from bot.store.migrate import migrate
from bot.store.store import DatabaseStore, open_store
from bot.workers import ProcessWorkers

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)
Answerer = Callable[[web.Request], web.StreamResponse]


def rss(*numbers: int, title: str = "Nachricht") -> bytes:
    """A feed that tells these entries."""
    items = "".join(
        f"<item><title>{title} {n}</title><link>https://a.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>{(NOW - timedelta(minutes=n)):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>Der Text der Nachricht {n}</description></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>A</title><ttl>30</ttl>{items}</channel></rss>'.encode()


@dataclass
class Site:
    """A web server whose answers a test sets; remembers what it was asked."""

    answers: dict[str, Answerer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    conditions: list[str | None] = field(default_factory=list)
    root: str = ""

    def tells(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Answer this path so from now on; its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(request: web.Request) -> web.Response:
            etag = named.get("ETag")
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304)
            return web.Response(body=body, status=status, headers=named)

        self.answers[path] = answer
        return self.root + path

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.conditions.append(request.headers.get("If-None-Match"))
        answer = self.answers.get(request.path)
        return answer(request) if answer else web.Response(status=404)


class Clock:
    """A clock that tests move."""

    time = NOW

    def now(self) -> datetime:
        return self.time


@dataclass
class Newsroom:
    """What a collection needs, and what it remembers."""

    site: Site
    store: DatabaseStore
    web: HttpWeb
    workers: ProcessWorkers
    clock: Clock = field(default_factory=Clock)
    steps: list[tuple[str, int, int]] = field(default_factory=list)

    async def enrol(self, *urls: str) -> None:
        """Know these feeds, named A, B, C …"""
        await self.store.feeds.enrol([Feed(url, chr(65 + n), Language.DE) for n, url in enumerate(urls)])

    async def collect(self, hours: float = 0, *, everything: bool = False) -> Collection:
        """Collect so many hours later."""
        self.clock.time += timedelta(hours=hours)
        return await collect(
            self.store, self.web, self.workers, self.clock, lambda *step: self.steps.append(step), everything=everything
        )

    async def titles(self) -> set[str]:
        return {article.title for article in await self.store.articles.since(LONG_AGO)}

    async def states(self) -> Sequence[FeedState]:
        return await self.store.feeds.all()


@pytest.fixture(scope="module")
def workers() -> ProcessWorkers:
    """Workers start slowly; this module's tests share them, and the event loop they belong to."""
    return ProcessWorkers(count=2)


@pytest_asyncio.fixture(loop_scope="module")
async def newsroom(tmp_path: Path, workers: ProcessWorkers) -> AsyncIterator[Newsroom]:
    """A newsroom that knows no feed yet."""
    site = Site()
    application = web.Application()
    application.router.add_get("/{path:.*}", site.handle)
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        server = web.TCPSite(runner, "127.0.0.1", 0)
        await server.start()
        host, port = runner.addresses[0][:2]
        site.root = f"http://{host}:{port}"
        url = f"sqlite:///{tmp_path}/depesche.db"
        migrate(url)
        store = await stack.enter_async_context(open_store(url))
        client = HttpWeb("Depesche test", workers, private_hosts=frozenset({(host, port)}))
        stack.push_async_callback(client.close)
        yield Newsroom(site, store, client, workers)


async def test_what_is_due_becomes_articles(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1, 2)), newsroom.site.tells("/b", rss(3)))
    report = await newsroom.collect()
    assert report == Collection(feeds=2, fetched=2, new=3)
    assert report.totals() == {"feeds": 2, "fetched": 2, "unchanged": 0, "failed": 0, "new": 3}
    assert await newsroom.titles() == {"Nachricht 1", "Nachricht 2", "Nachricht 3"}
    assert newsroom.steps[-1] == ("Feeds gelesen", 2, 2)


async def test_nothing_is_asked_before_it_is_due_unless_everything_is(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1)))
    await newsroom.collect()
    assert await newsroom.collect() == Collection()
    assert (await newsroom.collect(0.01, everything=True)).feeds == 1
    assert (await newsroom.collect(24)).feeds == 1
    assert newsroom.site.asked == ["/a"] * 3


async def test_only_what_is_new_is_new(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(5, 6, 7)))
    await newsroom.collect()
    newsroom.site.tells("/a", rss(4, 5, 6))
    assert await newsroom.collect(24) == Collection(feeds=1, fetched=1, new=1)
    assert "Nachricht 7" in await newsroom.titles()


async def test_a_feed_is_asked_conditionally_and_304_is_no_news(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1), ETag='"v1"'))
    await newsroom.collect()
    assert await newsroom.collect(24) == Collection(feeds=1, unchanged=1)
    assert newsroom.site.conditions == [None, '"v1"']


async def test_the_same_body_is_never_parsed(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1)))
    await newsroom.collect()
    assert await newsroom.collect(24) == Collection(feeds=1, unchanged=1)
    newsroom.site.tells("/a", rss(1) + b" ")
    assert await newsroom.collect(24) == Collection(feeds=1, fetched=1)


async def test_a_failing_feed_costs_one_line_and_nothing_else(newsroom: Newsroom) -> None:
    site = newsroom.site
    await newsroom.enrol(site.tells("/a", rss(1)), site.tells("/b", b"", status=500), site.tells("/c", b"no feed"))
    report = await newsroom.collect()
    assert (report.fetched, report.new) == (1, 1)
    assert sorted(failure.feed for failure in report.failed) == ["B", "C"]
    good, *bad = await newsroom.states()
    assert (good.failures, good.reason) == (0, None)
    assert {(state.failures, state.reason) for state in bad} == {(1, failure.reason) for failure in report.failed}


async def test_a_feed_recovers(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", b"", status=503))
    await newsroom.collect()
    newsroom.site.tells("/a", rss(1))
    assert await newsroom.collect(24) == Collection(feeds=1, fetched=1, new=1)
    assert [state.failures for state in await newsroom.states()] == [0]


async def test_a_feed_that_is_gone_is_not_asked_again(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", b"", status=410))
    assert len((await newsroom.collect()).failed) == 1
    assert await newsroom.collect(48) == Collection()


async def test_a_site_leads_to_its_feed_and_the_address_is_remembered(newsroom: Newsroom) -> None:
    page = b"""<!DOCTYPE html><html><head><title>A</title>
        <link rel="alternate" type="application/rss+xml" href="/missing">
        <link rel="alternate" type="application/rss+xml" href="/feed"></head><body><p>Guten Tag</p></body></html>"""
    newsroom.site.tells("/feed", rss(1))
    await newsroom.enrol(newsroom.site.tells("/", page))
    assert await newsroom.collect() == Collection(feeds=1, fetched=1, new=1)
    assert [state.url for state in await newsroom.states()] == [newsroom.site.root + "/feed"]
    await newsroom.collect(24)
    assert newsroom.site.asked == ["/", "/missing", "/feed", "/feed"]


async def test_a_page_in_place_of_a_known_feed_is_a_failure(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1)))
    await newsroom.collect()
    newsroom.site.tells("/a", b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/b">')
    newsroom.site.tells("/b", rss(2))
    assert len((await newsroom.collect(24)).failed) == 1
    assert newsroom.site.asked == ["/a", "/a"]


async def test_a_flood_is_reported_and_not_told(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(*range(10))))
    await newsroom.collect()
    flood = rss(*range(3000, 3010), title="Fremd").replace(b"<guid>", b"<guid>x")
    newsroom.site.tells("/a", flood)
    report = await newsroom.collect(24)
    reason = "10 von 10 Einträgen sind auf einmal neu; sie werden gemerkt, aber nicht gemeldet."
    assert (report.new, report.held) == (10, (Failure("A", reason),))
    assert not any(title.startswith("Fremd") for title in await newsroom.titles())
    assert [state.reason for state in await newsroom.states()] == [reason]


async def test_an_article_that_its_outlet_changes_is_rewritten_in_place(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1, 2)))
    await newsroom.collect()
    newsroom.site.tells("/a", rss(1, 2, title="Korrektur"))
    assert (await newsroom.collect(24)).new == 0
    assert await newsroom.titles() == {"Korrektur 1", "Korrektur 2"}


async def test_an_article_that_two_feeds_tell_is_one(newsroom: Newsroom) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1)), newsroom.site.tells("/b", rss(1, title="Anders")))
    assert (await newsroom.collect()).new == 1


async def test_many_feeds_are_all_asked_once(newsroom: Newsroom) -> None:
    await newsroom.enrol(*(newsroom.site.tells(f"/{n}", rss(n)) for n in range(230)))
    report = await newsroom.collect()
    assert (report.feeds, report.fetched, report.new) == (230, 230, 230)
    assert sorted(newsroom.site.asked) == sorted(f"/{n}" for n in range(230))


async def test_two_collections_at_once_share_the_work(newsroom: Newsroom) -> None:
    await newsroom.enrol(*(newsroom.site.tells(f"/{n}", rss(n)) for n in range(150)))
    reports = await asyncio.gather(newsroom.collect(), newsroom.collect())
    assert sum(report.feeds for report in reports) == len(newsroom.site.asked) == 150


async def test_hostile_feeds_fail_alone(newsroom: Newsroom) -> None:
    site = newsroom.site
    nested = b"<rss><channel><item><title>" + b"<b>" * 20_000 + b"</title></item></channel></rss>"
    bomb = gzip.compress(b" " * 20_000_000)
    await newsroom.enrol(
        site.tells("/a", rss(1)),
        site.tells("/bomb", bomb, Content_Encoding="gzip"),
        site.tells("/nested", nested),
        site.tells("/b", rss(2)),
    )
    report = await newsroom.collect()
    assert await newsroom.titles() >= {"Nachricht 1", "Nachricht 2"}
    assert "B" in {failure.feed for failure in report.failed}
    assert report.fetched + len(report.failed) == 4


async def test_a_database_that_goes_away_is_named(newsroom: Newsroom, tmp_path: Path) -> None:
    await newsroom.enrol(newsroom.site.tells("/a", rss(1)))
    await newsroom.collect()
    for file in tmp_path.glob("depesche.db*"):  # noqa: ASYNC240 - two files of a test
        file.write_bytes(b"broken " * 1000)
    with pytest.raises(NoDatabase):
        await newsroom.collect(24)
