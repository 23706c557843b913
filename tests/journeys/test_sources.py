"""Feeds of a server's own: found, shown to it alone, asked once; and nothing of them anywhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import wiring
from bot.model import Article, Feed, Language
from bot.newsroom import Why, ignore
from bot.sight import Sight
from bot.stories.group import Window
from bot.wiring import House
from cogs.console.console import run_console
from config.settings import Settings
from tests.chats.guildhall import Guildhall
from tests.journeys.office import BLATT, ITEM, TOLD, channel, office, subscription, texts
from tests.servers import Origin, by_path, reply, serving
from tests.told import NOW, fresh_database

A, B = "discord:1", "discord:2"
HERE, THERE = "channel:discord:1/10", "channel:discord:2/20"
NEVER = ("Schattenwerk", "Brunnhilde", "Hausmitteilung", "Geheimblatt", "Quarz")  # what only server A may read

PUBLIC = dict(list(TOLD.items())[:2])
PRIVATE = {
    "Schattenwerk Brunnhilde nimmt Betrieb auf": (
        "Das Kraftwerk Schattenwerk Brunnhilde hat am Montag den Betrieb aufgenommen. Die Anlage liefert 420 Megawatt. "
        "Der Betreiber Quarz Energie will im Sommer einen zweiten Block bauen. Die Kosten liegen bei 93 Millionen Euro."
    ),
    # About the same event as a public story, and at the same address as none.
    "Rakete Petrel erreicht Umlaufbahn, Hausmitteilung": (
        "Die Rakete Petrel hat am Montag zwei Satelliten in die Umlaufbahn gebracht. Sie startete um 4.12 Uhr auf den "
        "Shetlandinseln, sagt die Hausmitteilung von Quarz. Beim ersten Versuch war die zweite Stufe ausgefallen."
    ),
}


class Clock:
    """Runs only when it is told to."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Desk:
    """A newsroom, the web that it reads, and its console."""

    house: House
    origin: Origin
    answers: dict[str, bytes]
    clock: Clock

    async def says(self, *lines: str) -> str:
        out = StringIO()
        screens = (Console(file=out, width=200), Console(file=out, width=200))
        await run_console(self.house.newsroom, StringIO("\n".join(lines)), *screens)
        return out.getvalue()

    async def collect(self) -> None:
        await self.house.pipeline.collect(ignore, everything=True)
        self.clock.moment += timedelta(seconds=1)

    def url(self, path: str) -> str:
        return self.origin.url(path)

    def asked(self, path: str) -> int:
        return self.origin.paths.count(path)

    async def stories(self) -> list[int]:
        return [story.id for story in await self.house.store.stories.current(NOW - timedelta(days=3))]


def rss(title: str, told: dict[str, str], hours: float = 3, host: str = "blatt.example") -> bytes:
    moment = format_datetime(NOW - timedelta(hours=hours))
    items = "".join(
        ITEM.format(name, n, moment, text).replace("blatt.example", host) for n, (name, text) in enumerate(told.items())
    )
    body = f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"
    return reply(body=body.encode(), content_type="application/rss+xml")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Desk]:
    clock = Clock()
    answers = {
        "/blatt": rss("Blatt", PUBLIC),
        "/privat": rss("Geheimblatt", PRIVATE, hours=2, host="geheim.example"),
        "/": reply(
            body=b"<html><head><link rel='alternate' type='application/rss+xml' href='/privat'></head></html>",
            content_type="text/html",
        ),
        "/seite": reply(body=b"<html><body>Nichts</body></html>", content_type="text/html"),
        "/kaputt": reply(500),
    }
    settings = Settings(database_url=fresh_database(folder), openai_api_key="", host_spacing=0)
    async with serving(by_path(answers)) as origin:
        feeds = [Feed(origin.url("/blatt"), "Blatt", Language.DE)]
        async with wiring.house(settings, feeds, frozenset({origin.place}), clock) as house:
            yield Desk(house, origin, answers, clock)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as found:
        yield found


@pytest.fixture
async def two(desk: Desk) -> Desk:
    """Server A has a feed of its own, server B has none; both have a digest, and all was read."""
    await desk.says(
        f"/sources add address:{desk.url('/privat')} {HERE}",
        f"/digest setup {HERE} time:07:00",
        f"/digest setup {THERE} time:07:00",
    )
    await desk.collect()
    return desk


# commands


async def test_a_feed_is_found_shown_and_listed(desk: Desk) -> None:
    added = await desk.says(f"/sources add address:{desk.url('/')} topics:wirtschaft {HERE}")
    assert f"„Geheimblatt“ ist hinzugefügt: {desk.url('/privat')}" in added
    assert "deutsch; Wirtschaft" in added
    assert "- Schattenwerk Brunnhilde nimmt Betrieb auf (heute, 11:00" in added

    listed = await desk.says(f"/quellen liste {HERE}")
    assert "Geheimblatt (eigene): In sieben Tagen kein Artikel. Noch nicht gelesen." in listed
    assert "Blatt (für alle)" in listed
    await desk.collect()
    listed = await desk.says("/sources list channel:discord:1")
    assert "2 Artikel in sieben Tagen, der letzte: heute, 11:00" in listed
    assert "Letzte Antwort: heute" in listed

    assert "ist entfernt" in await desk.says(f"/sources remove source:geheimblatt {HERE}")
    assert "Geheimblatt" not in await desk.says(f"/sources list {HERE}")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/sources add address:{}/blatt", "gibt es hier schon"),
        ("/sources add address:{}/seite", "Das ist weder ein Feed noch eine Seite"),
        ("/sources add address:{}/kaputt", "500"),
        ("/sources add address:{}/privat topics:quatsch", "nur zu Themen gehören, die es gibt"),
        ("/sources add", "Es fehlt address:"),
        ("/sources add address:http://127.0.0.1:8080/", "PRIVATE_HOSTS"),
        ("/sources add address:http://169.254.169.254/latest/meta-data", "PRIVATE_HOSTS"),
        ("/sources add address:http://[::1]/", "PRIVATE_HOSTS"),
        ("/sources add address:http://metadata.google.internal/", "PRIVATE_HOSTS"),
        ("/sources add address:file:///etc/passwd", "Nur Adressen mit http"),
        ("/sources remove source:Blat", "Meinten Sie „Blatt“?"),
        ("/sources list channel:quatsch", "ist kein Kanal"),
        ("/sources import file:/nirgends", "gibt es nicht"),
    ],
)
async def test_what_is_wrong_is_one_line(desk: Desk, line: str, says: str) -> None:
    told = await desk.says(line.format(desk.url("").rstrip("/")))
    assert says in told
    assert told.count("\n") == 1
    assert len(await desk.house.store.feeds.all()) == 1


async def test_nothing_private_is_connected_to(desk: Desk) -> None:
    """Neither at once, nor as what a page names, nor where a redirect leads; the control is every other test here."""
    async with serving(by_path({"/feed": rss("Innen", PRIVATE)})) as inner:
        link = (
            f"<html><head><link rel='alternate' type='application/rss+xml' href='{inner.url('/feed')}'></head></html>"
        )
        desk.answers["/nennt"] = reply(body=link.encode(), content_type="text/html")
        desk.answers["/weg"] = reply(302, location=inner.url("/feed"))
        for address in (inner.url("/feed"), desk.url("/nennt"), desk.url("/weg")):
            assert "hinzugefügt" not in await desk.says(f"/sources add address:{address} {HERE}")
        assert inner.connections == 0


async def test_a_list_is_taken_in_and_given_out(desk: Desk, tmp_path: Path) -> None:
    outlines = [
        f'<outline text="Eins" xmlUrl="{desk.url("/privat")}" topics="ki,quatsch"/>',
        f'<outline text="Zwei" xmlUrl="{desk.url("/blatt")}"/>',
        '<outline text="Drei" xmlUrl="http://10.0.0.1/feed"/>',
        '<outline text="Vier" xmlUrl="http://169.254.169.254/"/>',
    ]
    file = tmp_path / "list.opml"
    file.write_text(f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>", "utf-8")

    told = await desk.says(f"/sources import file:{file} {HERE}")
    assert "1 Quelle übernommen, 1 schon bekannt, 2 abgelehnt:" in told
    assert "Drei: Die Adresse führt in ein privates Netz." in told
    assert desk.asked("/privat") == 0, "the first collection tells"
    opml = await desk.says(f"/sources export {HERE}")
    assert f'text="Eins" title="Eins" xmlUrl="{desk.url("/privat")}"' in opml
    assert 'topics="ki"' in opml
    assert desk.url("/blatt") in opml
    await desk.says(f"/sources export file:{tmp_path / 'out.opml'} {HERE}")
    assert "2 Quellen übernommen" not in await desk.says(f"/sources import file:{tmp_path / 'out.opml'} {THERE}")
    assert "Eins" in await desk.says(f"/sources list {THERE}"), "what goes out can come in"


async def test_there_is_a_most(desk: Desk, tmp_path: Path) -> None:
    outlines = "".join(f'<outline text="Feed {n}" xmlUrl="{desk.url(f"/{n}")}"/>' for n in range(52))
    file = tmp_path / "list.opml"
    file.write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")

    told = await desk.says(f"/sources import file:{file} {HERE}", f"/sources add address:{desk.url('/privat')} {HERE}")
    assert "50 Quellen übernommen, 0 schon bekannt, 2 abgelehnt" in told
    assert told.count("Mehr als 50 eigene Quellen gehen nicht.") == 3
    assert "52 Quellen übernommen" in await desk.says(f"/sources import file:{file}"), "an operator may"


async def test_everybodys_is_hidden_in_one_server(two: Desk) -> None:
    told = await two.says(f"/sources remove source:Blatt {THERE}", f"/digest now {THERE}", f"/digest now {HERE}")
    assert "„Blatt“ ist hier ausgeblendet" in told
    b, a = told.split("Depesche ")[1:]
    assert "Stratus" not in b
    assert "Stratus" in a
    assert "Blatt (hier ausgeblendet)" in await two.says(f"/sources list {THERE}")
    await two.says(f"/sources add address:{two.url('/blatt')} {THERE}")
    assert "Stratus" in await two.says(f"/digest now {THERE}")


async def test_what_the_operator_adds_is_everybodys(desk: Desk) -> None:
    await desk.says(f"/sources add address:{desk.url('/privat')}", f"/digest setup {THERE} time:07:00")
    await desk.collect()
    assert "Schattenwerk" in await desk.says(f"/digest now {THERE}")
    await desk.says("/sources remove source:Geheimblatt")
    assert "Schattenwerk" not in await desk.says(f"/digest now {THERE}")


# whose is what


async def test_nothing_of_a_private_feed_reaches_another_server(two: Desk) -> None:
    mine = await two.says(f"/digest now {HERE}")
    assert "Schattenwerk Brunnhilde" in mine
    assert "Geheimblatt" in mine
    assert await leaks(two) == []


@pytest.mark.parametrize("filter_", ["shows", "count"])
async def test_without_the_filter_it_would(two: Desk, filter_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await facts(two)
    if filter_ == "shows":
        monkeypatch.setattr(Sight, "shows", lambda self, article: bool(self and article))
        stories = type(two.house.store.stories)
        whole = stories.current
        monkeypatch.setattr(stories, "current", lambda self, since, **_: whole(self, since))
        assert await leaks(two)
    else:
        monkeypatch.setattr(Sight, "count", lambda self, tallies: sum(one.articles for one in tallies if self))
        assert await facts(two) != before


async def leaks(desk: Desk) -> list[str]:
    """What of server A's feed server B can read, whatever it asks."""
    said = await desk.says(f"/digest now {THERE}", f"/sources list {THERE}", f"/sources export {THERE}", "/status")
    newsroom = desk.house.newsroom
    said += repr(await newsroom.summary(space=B)) + repr(await newsroom.digest(space=B))
    said += repr(await newsroom.topic_counts(B)) + repr(await newsroom.status(B))
    for story in await desk.stories():
        said += repr(await newsroom.why(story, B))
    return [word for word in (*NEVER, desk.url("/privat")) if word in said]


async def facts(desk: Desk) -> list[object]:
    """All numbers that server B is told."""
    newsroom = desk.house.newsroom
    status, digest = await newsroom.status(B), await newsroom.digest(space=B)
    counts = [one.stories for one in await newsroom.topic_counts(B)]
    return [status.feeds, status.articles_today, status.articles_week, digest.looked_at, counts]


async def test_what_others_add_changes_nothing(tmp_path: Path) -> None:
    """Server B is told the same to the letter, and the same points, whether or not server A has a feed of its own."""
    assert await told_to_b(tmp_path / "without", has_own=False) == await told_to_b(tmp_path / "with", has_own=True)


async def test_if_others_saw_private_articles_it_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Window, "_keep", lambda self, entry, _: self._index.add(entry))
    assert await told_to_b(tmp_path / "without", has_own=False) != await told_to_b(tmp_path / "with", has_own=True)


async def told_to_b(folder: Path, *, has_own: bool) -> list[object]:
    """Everything, where server A's feed, if it has one, is first with an event."""
    await asyncio.to_thread(folder.mkdir)
    async with opened(folder) as desk:
        desk.answers["/privat"] = rss("Geheimblatt", PRIVATE, hours=4, host="geheim.example")
        if has_own:
            await desk.says(f"/sources add address:{desk.url('/privat')} {HERE}")
        await desk.collect()
        newsroom = desk.house.newsroom
        digest = await newsroom.digest(space=B)
        assert len(digest.stories) == 2
        reasons = [await newsroom.why(one.summary.story_id, B) for one in digest.stories]
        return [digest, reasons, await facts(desk)]


async def test_why_tells_nothing_of_a_story_that_is_not_for_this_server(two: Desk) -> None:
    newsroom = two.house.newsroom
    await newsroom.digest(space=A)
    (mine,) = [one for one in await two.stories() if await newsroom.why(one, B) is None]
    why = await newsroom.why(mine, A)
    assert isinstance(why, Why)
    assert "Schattenwerk" in why.title
    assert await newsroom.why(mine) is None, "nor is it for everybody"


async def test_its_own_feed_joins_the_stories_of_everybody(two: Desk) -> None:
    digest = await two.house.newsroom.digest(space=A)
    outlets = {tuple(source.outlet for source in one.summary.sources) for one in digest.stories}
    assert ("Blatt", "Geheimblatt") in outlets
    assert ("Blatt",) in outlets


async def test_a_feed_that_tells_what_everybodys_tells_takes_it_from_nobody(desk: Desk) -> None:
    """The private one is asked first, and tells more of the same address."""
    desk.answers["/blatt"] = rss("Blatt", {})
    fuller = {title: f"{text} Das Geheimblatt weiß mehr." for title, text in PUBLIC.items()}
    desk.answers["/privat"] = rss("Geheimblatt", fuller)
    await desk.says(f"/sources add address:{desk.url('/privat')} {HERE}")
    await desk.collect()
    desk.answers["/blatt"] = rss("Blatt", PUBLIC)
    await desk.collect()
    digest = await desk.house.newsroom.digest(space=B)
    assert len(digest.stories) == 2
    assert await leaks(desk) == []


async def test_a_private_feed_that_fails_is_told_to_its_server_alone(two: Desk) -> None:
    two.answers["/privat"] = reply(503)
    await two.collect()
    newsroom = two.house.newsroom
    assert [failure.feed for failure in (await newsroom.status(A)).failed] == ["Geheimblatt"]
    assert [failure.feed for failure in (await newsroom.digest(space=A)).failed] == ["Geheimblatt"]
    assert not (await newsroom.status(B)).failed
    assert await leaks(two) == []


async def test_an_address_of_two_servers_is_asked_once_under_two_names(two: Desk) -> None:
    before = two.asked("/privat")
    added = await two.says(f"/sources add address:{two.url('/privat')} name:Nachbarblatt {THERE}")
    assert "„Nachbarblatt“ ist hinzugefügt" in added
    found = two.asked("/privat")
    await two.collect()
    newsroom = two.house.newsroom

    assert (found - before, two.asked("/privat") - found) == (1, 1)
    assert "Nachbarblatt" in repr(await newsroom.digest(space=B))
    assert "Geheimblatt" not in repr((await newsroom.digest(space=B)).stories)
    assert "Nachbarblatt" not in repr(await newsroom.digest(space=A))
    await two.says(f"/sources remove source:Geheimblatt {HERE}")
    assert await newsroom.why((await two.stories())[0], B) is not None
    assert "Schattenwerk" not in repr(await newsroom.digest(space=A))
    assert "Schattenwerk" in repr(await newsroom.digest(space=B))


async def test_what_is_posted_is_made_once_for_all_that_see_the_same(hall: Guildhall, url: str) -> None:
    async with office(url, hall) as bot:
        home = bot.feeds[BLATT].url.replace("/Blatt", "/privat")
        bot.answers["/privat"] = rss("Geheimblatt", PRIVATE, hours=10, host="geheim.example")
        await bot.publish(PUBLIC)
        await bot.console(f"/sources add address:{home} channel:{channel().place}")
        await bot.house.pipeline.collect(ignore, everything=True)
        others = [replace(channel(n), space=str(70 + n)) for n in range(1, 5)]
        await bot.subscribe(subscription(0), *(subscription(n, channel=one) for n, one in enumerate(others, 1)))
        await bot.morning()

        assert await bot.count("bodies") == 2
        assert "Schattenwerk" in texts(hall, 0)[0]
        assert [any(word in text for word in NEVER) for n in range(1, 5) for text in texts(hall, n)] == [False] * 4


def test_an_article_is_everybodys_unless_told_otherwise() -> None:
    assert Article.__dataclass_fields__["private"].default is False
