"""The sample edition: enough of everything, served as outlets serve it, and read as any other feed."""

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.feeds.page import read_page
from bot.feeds.parse import parse
from bot.model import Feed
from cogs.console.papers import Piece
from cogs.console.sample import EDITION_TIME, FOLDER, Edition, EditionClock, read_outlets, read_pieces, serve_edition

LABELS: list[dict[str, Any]] = [
    json.loads(line) for line in FOLDER.joinpath("articles.jsonl").read_text("utf-8").splitlines()
]
OUTLETS = {outlet.name: outlet for outlet in read_outlets()}
PIECES = read_pieces()
SPOKEN = {name: outlet for name, outlet in OUTLETS.items() if outlet.format != "broken"}


@pytest.fixture
async def edition() -> AsyncIterator[Edition]:
    async with serve_edition() as served:
        yield served


async def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    async with ClientSession(headers=headers) as session, session.get(url) as answer:
        return answer.status, await answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def feed_of(edition: Edition, name: str) -> Feed:
    return next(feed for feed in edition.feeds if feed.name == name)


def page_of(edition: Edition, told: Piece) -> str:
    return feed_of(edition, told.outlet).url.removesuffix("/feed") + told.path


def test_there_is_enough_of_everything() -> None:
    events = defaultdict(set)
    for row in LABELS:
        events[row["event"]].add((row["outlet"], row["language"]))
    told_by_many = [tellers for tellers in events.values() if len(tellers) >= 2]

    assert len(SPOKEN) >= 14
    assert len(LABELS) >= 70
    assert sum(len({language for _, language in tellers}) == 2 for tellers in told_by_many) >= 10
    assert {outlet.format for outlet in OUTLETS.values()} >= {"rss", "rss-teaser", "rss-latin1", "atom", "rdf", "json"}
    assert Counter(row.get("wall") for row in LABELS)["paywall"]
    assert Counter(row.get("wall") for row in LABELS)["consent"]


def test_labels_are_whole_and_unlike_one_another() -> None:
    for field in ("id", "url", "title"):
        assert len({row[field] for row in LABELS}) == len(LABELS)
    for row in LABELS:
        assert {"id", "event", "outlet", "language", "url", "published", "title", "teaser", "text"} <= row.keys()
        assert row["language"] == OUTLETS[row["outlet"]].language
        assert EDITION_TIME - timedelta(days=3) < datetime.fromisoformat(row["published"]) <= EDITION_TIME


def test_every_topic_occurs() -> None:
    topics = (
        "ki sicherheit hardware software mobil netzpolitik wirtschaft wissenschaft raumfahrt mobilitaet gaming cloud"
    )

    assert {topic for row in LABELS for topic in row["topics"]} == set(topics.split())


async def test_each_outlet_has_an_origin_of_its_own(edition: Edition) -> None:
    assert len(edition.hosts) == len(edition.feeds) == len(OUTLETS)
    assert all(f"http://{host}:{port}/feed" in {feed.url for feed in edition.feeds} for host, port in edition.hosts)


@pytest.mark.parametrize("name", SPOKEN)
async def test_a_feed_tells_its_articles(name: str, edition: Edition) -> None:
    feed = feed_of(edition, name)
    status, body, headers = await get(feed.url)
    document = parse(body, url=feed.url, content_type=headers["content-type"])

    assert status == 200
    assert document.title == name
    for entry, piece in itertools.zip_longest(document.entries, PIECES[name]):
        assert (entry.title, entry.link, entry.published) == (
            piece.title,
            page_of(edition, piece),
            piece.published.astimezone(UTC),
        )
        assert entry.text == (piece.teaser if SPOKEN[name].format == "rss-teaser" else piece.text)


@pytest.mark.parametrize("piece", [piece for piece in itertools.chain(*PIECES.values()) if not piece.wall][::4])
async def test_a_page_holds_its_article_and_much_else(piece: Piece, edition: Edition) -> None:
    url = page_of(edition, piece)
    _, body, headers = await get(url)
    page = read_page(body, url, headers["content-type"])

    assert page.readable, page.reason
    assert page.title == piece.title
    assert page.text == piece.text
    assert "184" in body.decode()  # the partners of the cookie banner, which is no part of the article


@pytest.mark.parametrize("piece", [piece for piece in itertools.chain(*PIECES.values()) if piece.wall])
async def test_a_wall_is_seen(piece: Piece, edition: Edition) -> None:
    url = page_of(edition, piece)
    _, body, headers = await get(url)
    page = read_page(body, url, headers["content-type"])

    assert not page.readable
    assert page.reason


async def test_it_is_served_compressed_and_only_once(edition: Edition) -> None:
    url = feed_of(edition, "Taktkurier").url
    status, _, headers = await get(url)
    again = await get(url, **{"If-None-Match": headers["etag"]})

    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["last-modified"].endswith("GMT")
    assert again[:2] == (304, b"")


async def test_one_outlet_fails_and_nothing_else_is_there(edition: Edition) -> None:
    broken = next(feed_of(edition, name) for name, outlet in OUTLETS.items() if outlet.format == "broken")
    site = feed_of(edition, "Taktkurier").url.removesuffix("/feed")

    assert (await get(broken.url))[0] == 503
    assert (await get(f"{site}/gibt-es-nicht"))[0] == 404
    assert b"Disallow: /intern/" in (await get(f"{site}/robots.txt"))[1]


def test_the_clock_starts_in_the_evening_and_ticks() -> None:
    clock = EditionClock()
    first, second = clock.now(), clock.now()

    assert EDITION_TIME <= first < second < EDITION_TIME + timedelta(minutes=1)
