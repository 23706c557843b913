"""The archive in a browser: what is public can be read, what is private is not there, and nothing runs."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.model import Channel, Delivery, Digest, Platform, Sentence, Source, State, Subscription, delivery_id
from bot.ports import Body, Outcome, Printed
from bot.store.store import open_store
from cogs.web.pages import digest_path
from tests.journeys.strict import read
from tests.journeys.test_web import BOTH, pages
from tests.stages.digests import DIGEST, STORY

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202egnirts\u2066 \x00\x07",
    "<!-- --><![CDATA[ ]]>",
)


def variant(number: int, **fields: object) -> Digest:
    summary = replace(STORY.summary, story_id=number, version=f"v{number}")
    return replace(DIGEST, stories=(replace(STORY, summary=summary),), **fields)  # type: ignore[arg-type]


async def keep(url: str, digest: Digest, id_: int = 1, *, public: bool = True) -> str:
    """Keep it for one subscription; where its page is."""
    place = Channel(Platform.DISCORD, "1", str(id_))
    async with open_store(url) as store:
        await store.subscriptions.save(Subscription(id_, place, "geheimer Name", time(7), "Europe/Berlin", public=True))
        posted = Delivery(delivery_id(id_, digest.day, 1), id_, place, digest.day, 1, "Body", State.PENDING, NOW, NOW)
        await store.published.keep({id_: Printed(digest, "Body")}, NOW)
        await store.outbox.add([posted], [Body("Body")], NOW)
        await store.outbox.record([Outcome(posted.id, State.SENT, NOW, "m")])
        (page,) = await store.published.of(id_, 1)
        if not public:
            await store.subscriptions.save(Subscription(id_, place, "geheimer Name", time(7), "Europe/Berlin"))
        return digest_path(page.id)


@BOTH
async def test_a_digest_and_its_story_can_be_read(url: str, tmp_path: Path) -> None:
    path = await keep(url, variant(7))
    await keep(url, replace(variant(7), day=DIGEST.day - timedelta(days=1), looked_at=5), id_=2)
    async with pages(url, tmp_path) as web:
        for address in ("/", path, "/s/7", "/k/1", "/tag/2026-11-23", "/thema/Sicherheit"):
            status, body, headers = await web.get(address)
            assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8"), address
            assert "Eine Lücke ist geschlossen" in "".join(read(body).words), address
            assert "geheimer Name" not in body
        digest = read((await web.get(path))[1])
        assert {"/s/7", "/tag/2026-11-23", "https://blatt.example/1"} <= set(digest.links)
        assert path in read((await web.get("/"))[1]).links
        assert "Zeitung" not in "".join(digest.words)  # the feeds that failed
        for gone in (
            "/d/1",
            "/s/8",
            "/k/9",
            "/tag/2026-11-20",
            "/tag/2026-13-45",
            "/thema/Nichts",
            "/d/ffffffffffffffff",
        ):
            assert (await web.get(gone))[0] == 404, gone
        assert (await web.get("/thema/a%00b"))[0] == 404


@BOTH
async def test_what_is_private_is_not_there(url: str, tmp_path: Path) -> None:
    path = await keep(url, variant(7), public=False)
    public = await keep(url, variant(8, day=DIGEST.day + timedelta(days=1)), id_=2)
    async with pages(url, tmp_path) as web:
        for address in (path, "/s/7", "/k/1", "/tag/2026-11-23"):
            assert (await web.get(address))[0] == 404, address
        for address in ("/", "/thema/Sicherheit"):
            links = read((await web.get(address))[1]).links
            assert path not in links
            assert public in links  # the control: the other one is there


@pytest.mark.parametrize("words", HOSTILE)
async def test_nothing_that_others_wrote_runs(url: str, tmp_path: Path, words: str) -> None:
    source = Source(
        1, words, words, "javascript:alert(1)", STORY.summary.sources[0].language, NOW, STORY.summary.sources[0].extent
    )
    summary = replace(STORY.summary, headline=words, sentences=(Sentence(words, (1,)),), sources=(source,), dropped=())
    path = await keep(url, replace(DIGEST, audience=words, stories=(replace(STORY, summary=summary, topics=(words,)),)))
    async with pages(url, tmp_path) as web:
        for address in ("/", path, "/s/7", "/k/1"):
            status, body, _ = await web.get(address)
            assert status == 200
            assert words.replace("\x00", "").strip()[:9] in "".join(read(body).words).replace("\x00", ""), address
        if "\x00" not in words:
            assert (await web.get(f"/thema/{quote(words, safe='')}"))[0] == 200


async def test_an_empty_archive_says_so(url: str, tmp_path: Path) -> None:
    async with pages(url, tmp_path) as web:
        status, body, _ = await web.get("/")
        assert status == 200
        assert "noch kein Digest" in body
