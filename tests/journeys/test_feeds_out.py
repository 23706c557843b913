"""Atom feeds of what is public, as a feed reader takes them over a socket."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from bot.store.store import open_store
from tests.journeys.commandline import bot
from tests.journeys.test_archive import HOSTILE, keep, variant
from tests.journeys.test_web import BOTH, Pages, pages
from tests.stages.digests import DIGEST, STORY

ATOM = "{http://www.w3.org/2005/Atom}"
BOTH_FEEDS = ("/k/1/feed.atom", "/thema/Sicherheit/feed.atom")


def valid(body: str) -> etree._Element:
    """What RFC 4287 demands of a feed and its entries (4.1.1, 4.1.2)."""
    feed = etree.fromstring(body.encode())
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            assert len(element.findall(ATOM + once)) == 1, once
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert ids
    assert len(set(ids)) == len(ids)
    return feed


async def asked(web: Pages, path: str, tag: str) -> tuple[int, bytes]:
    async with web.browser.get(web.base + path, headers={"If-None-Match": tag}) as answer:
        return answer.status, await answer.read()


@BOTH
async def test_a_reader_can_follow_a_channel_and_a_topic(url: str, tmp_path: Path) -> None:
    path = await keep(url, variant(7))
    async with pages(url, tmp_path, PUBLIC_URL="https://depesche.example/") as web:
        for address in BOTH_FEEDS:
            status, body, headers = await web.get(address)
            assert (status, headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
            valid(body)
            told = feedparser.parse(body)
            assert not told.bozo
            (entry,) = told.entries
            assert entry.link == f"https://depesche.example{path}"
            assert "Das Update schließt die Lücke." in entry.content[0].value
            assert {link.href for link in told.feed.links if link.rel == "self"} == {
                f"https://depesche.example{address}"
            }
        page = (await web.get("/k/1"))[1]
        assert 'type="application/atom+xml"' in page


async def test_what_has_not_changed_is_not_sent_again(url: str, tmp_path: Path) -> None:
    await keep(url, variant(7))
    async with pages(url, tmp_path) as web:
        for address in (*BOTH_FEEDS, "/"):
            tag = (await web.get(address))[2]["etag"]
            for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
                assert await asked(web, address, known) == (304, b""), (address, known)
            assert (await asked(web, address, '"other"'))[0] == 200
        tag, first = (await web.get("/k/1/feed.atom"))[2]["etag"], (await web.get("/k/1/feed.atom"))[1]
        await keep(url, variant(8, day=DIGEST.day + timedelta(days=1)))
        status, body = await asked(web, "/k/1/feed.atom", tag)
        assert status == 200
        before, after = (
            [entry.findtext(f"{ATOM}id") for entry in valid(text).findall(f"{ATOM}entry")]
            for text in (first, body.decode())
        )
        assert after[1:] == before  # ids stay, the latest comes first


async def test_a_private_channel_has_no_feed(url: str, tmp_path: Path) -> None:
    await keep(url, variant(7))
    async with pages(url, tmp_path) as web:
        tag = (await web.get("/k/1/feed.atom"))[2]["etag"]  # the control: it is there while it is public
        async with open_store(url) as store:
            (one,) = await store.subscriptions.get([1])
            await store.subscriptions.save(replace(one, public=False))
        for address in BOTH_FEEDS:
            assert (await asked(web, address, tag))[0] == 404


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_keep_it_well_formed(url: str, tmp_path: Path, words: str) -> None:
    summary = replace(STORY.summary, headline=words)
    await keep(url, replace(DIGEST, audience=words, stories=(replace(STORY, summary=summary, topics=(words,)),)))
    async with pages(url, tmp_path) as web:
        body = (await web.get("/k/1/feed.atom"))[1]
        content = valid(body).findtext(f"{ATOM}entry/{ATOM}content")
        assert "<script" not in content
        assert "<img" not in content
        assert not feedparser.parse(body).bozo


@pytest.mark.parametrize("bad", ["depesche.example", "ftp://depesche.example", "https://a b", "https://a/b"])
def test_an_address_that_is_none(bad: str, tmp_path: Path) -> None:
    ended = bot("web", home=tmp_path, PUBLIC_URL=bad)
    assert (ended.returncode, "PUBLIC_URL" in ended.stderr) == (2, True)
