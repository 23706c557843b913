"""/sources on Discord: a server's feeds, changed by who manages it, and a person's own."""

import re
from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Any

import pytest

from bot.model import Feed
from cogs.discord import managing
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, DM, GUILD
from tests.chats.world import Channel as Place
from tests.journeys.office import BLATT, SEVEN, TOLD, Office, office
from tests.journeys.people import MANAGER, ROUTINE, People, Shown, people
from tests.servers import reply

PRIVATE, ELSEWHERE = 900000000000000001, 900000000000000002
HERE, OWN = f"discord:{GUILD}", "dm:discord:42"
KEEPER = f"{ROUTINE} manage_guild"
NOT_ALLOWED = "„Server verwalten“"
OPML = "<opml version='2.0'><body>{}</body></opml>"
OUTLINE = "<outline text='{0}' xmlUrl='{1}'/>"


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        opened.clock.set(SEVEN)
        await opened.publish(TOLD)
        opened.answers["/eigen"] = feed(opened, "Eigenblatt", TOLD)
        page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/eigen'></head></html>"
        opened.answers["/site"] = reply(body=page, content_type="text/html")
        opened.answers["/nichts"] = reply(body=b"<html><body>Nichts</body></html>", content_type="text/html")
        opened.answers["/kaputt"] = reply(500)
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    hall.control.hall.world.channels[PRIVATE] = Place(PRIVATE, DM, None, "", person=42)
    async with people(hall, bot) as there:
        yield there
        assert hall.control.counters()["violations"] == []
        assert hall.control.counters()["pinging"] == 0


def feed(bot: Office, title: str, told: dict[str, str]) -> bytes:
    moment = format_datetime(bot.clock.now())
    item = "<item><title>{}</title><link>https://eigen.example/{}</link><pubDate>{}</pubDate></item>"
    items = "".join(item.format(name, n, moment) for n, name in enumerate(told))
    body = f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"
    return reply(body=body.encode(), content_type="application/rss+xml")


def at(bot: Office, path: str) -> str:
    return bot.feeds[BLATT].url.removesuffix("/Blatt") + path


async def owned(bot: Office, space: str = HERE) -> dict[str, str]:
    """The feeds that a space has of its own: their names by address."""
    return {one.feed.url: one.feed.name for one in await bot.store.feeds.of(space) if not one.hidden}


def said(shown: Shown) -> str:
    return "\n".join([shown.text, *shown.further]).replace("\\", "")


# listing


async def test_the_list_tells_how_sources_are_doing(crowd: People, bot: Office) -> None:
    await bot.execute("UPDATE feeds SET reason = 'Der Server antwortet nicht.' WHERE url LIKE '%Bote'")
    shown = await crowd.use("sources list")

    assert shown.private
    assert "**2 Quellen**" in said(shown)
    assert "**Blatt** (für alle, 127.0.0.1): 3 Artikel in sieben Tagen, der letzte: heute, 04:00" in said(shown)
    assert "**Bote** (für alle, 127.0.0.1): Der Server antwortet nicht. Noch nicht gelesen." in said(shown)
    assert shown.pressable == {}


async def test_a_long_list_has_pages(crowd: People, bot: Office) -> None:
    feeds = [Feed(f"https://{n:02}.example/feed", f"Quelle {n:02} {'x' * 60}") for n in range(40)]
    await bot.store.feeds.enrol(feeds)
    shown = await crowd.use("sources list")
    assert "Seite 1 von 4" in said(shown)
    assert "Quelle 11" in shown.text
    assert "Quelle 12" not in shown.text

    shown = await crowd.press(shown, "Weiter")
    assert "Seite 2 von 4" in said(shown)
    assert "Quelle 12" in shown.text
    for wrong, page in (("99", 4), ("-1", 1), ("x", 1), ("9" * 50, 1)):
        turned = await crowd.press(shown, "Weiter", custom_id=f"sources:page:{wrong}")
        assert f"Seite {page} von 4" in said(turned)
    await bot.store.feeds.enrol(feeds[:3])  # a month later there are fewer
    assert "**3 Quellen**" in said(await crowd.press(shown, "Zurück", custom_id="sources:page:2"))


async def test_a_list_is_of_the_server_where_it_is_asked_for(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    await added(crowd, bot, "/eigen?token=secret")

    assert "**Eigenblatt** (eigene" in said(await crowd.use("sources list"))
    assert "secret" not in said(await crowd.use("sources list")), "a password in an address is for managers"
    for other in (ELSEWHERE, PRIVATE):
        assert "Eigenblatt" not in said(await crowd.use("sources list", at=other))


# adding


async def added(crowd: People, bot: Office, path: str = "/eigen", **options: Any) -> Shown:
    """A source that was previewed and added."""
    bot.answers[path] = feed(bot, "Eigenblatt", TOLD)
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, path), **options)
    return await crowd.press(preview, "Hinzufügen", rights=MANAGER)


@pytest.mark.parametrize("path", ["/eigen", "/site"])
async def test_a_source_is_previewed_and_then_added(crowd: People, bot: Office, path: str) -> None:
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, path))
    assert preview.private
    for words in ("**Eigenblatt**", "deutsch", *TOLD, f"Adresse: <{at(bot, '/eigen')}>"):
        assert words in said(preview)
    assert await owned(bot) == {}

    shown = await crowd.press(preview, "Hinzufügen", rights=MANAGER)
    assert "„Eigenblatt“ ist hinzugefügt" in said(shown)
    assert await owned(bot) == {at(bot, "/eigen"): "Eigenblatt"}
    assert (await bot.store.feeds.of(HERE))[0].by == OWN
    assert "nicht mehr vollständig" in said(await crowd.press(preview, "Hinzufügen", rights=MANAGER))
    assert "gibt es hier schon" in said(await crowd.use("sources add", rights=KEEPER, address=at(bot, "/eigen")))


async def test_name_topics_and_language_are_as_they_were_wished(crowd: People, bot: Office) -> None:
    wishes = {"name": "Haus|Blatt: *Nord*", "topics": "KI, sicherheit", "language": "en"}
    shown = await added(crowd, bot, **wishes)

    assert "„Haus|Blatt: *Nord*“ ist hinzugefügt" in said(shown)
    assert "englisch; KI, Sicherheit" in said(shown)
    (one,) = await bot.store.feeds.of(HERE)
    assert (one.feed.name, one.feed.topics, one.feed.language) == (wishes["name"], ("ki", "sicherheit"), "en")


async def test_a_button_needs_no_memory_and_reads_again(crowd: People, hall: Guildhall, bot: Office) -> None:
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, "/eigen"))
    async with people(hall, bot) as restarted:  # another process
        bot.answers["/eigen"] = reply(500)
        assert "ist hinzugefügt" not in said(await restarted.press(preview, "Hinzufügen", rights=MANAGER))
        bot.answers["/eigen"] = feed(bot, "Eigenblatt", TOLD)
        assert "ist hinzugefügt" in said(await restarted.press(preview, "Hinzufügen", rights=MANAGER))
    assert len(await owned(bot)) == 1


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"address": "/nichts"}, "weder ein Feed noch eine Seite"),
        ({"address": "/kaputt"}, "Server"),
        ({"address": "http://169.254.169.254/latest"}, "dresse"),
        ({"address": "file:///etc/passwd"}, "Nur Adressen mit http"),
        ({"address": "zwei worte"}, "keine Adresse"),
        ({"address": "/eigen", "topics": "quatsch"}, "nur zu Themen"),
        ({"address": "/eigen", "language": "fr"}, "liest Depesche nicht"),
        ({"address": "/eigen", "name": "x" * 100}, "zu lang"),
    ],
)
async def test_what_can_not_be_added(crowd: People, bot: Office, options: dict[str, str], refusal: str) -> None:
    address = options["address"]
    wanted = options | {"address": at(bot, address) if address.startswith("/") else address}
    shown = await crowd.use("sources add", rights=MANAGER, **wanted)  # type: ignore[arg-type]

    assert refusal in said(shown)
    assert shown.private
    assert shown.pressable == {}
    assert await owned(bot) == {}


@pytest.mark.parametrize("rest", ["", "de", "xx|ki|", "|quatsch|"])
async def test_what_a_button_says_is_checked(crowd: People, bot: Office, rest: str) -> None:
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, "/eigen"))
    shown = await crowd.press(preview, "Hinzufügen", rights=MANAGER, custom_id=f"sources:save:{rest}")

    assert "ist hinzugefügt" not in said(shown)
    assert "Fehler-Nr." not in said(shown)
    assert await owned(bot) == {}


async def test_what_a_message_says_is_checked(crowd: People, hall: Guildhall, bot: Office) -> None:
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, "/eigen"))
    message = hall.control.hall.world.messages[int(preview.message)]
    body, text = message.body, message.text
    for address in ("http://169.254.169.254/latest", "http://127.0.0.1:9/feed", "file:///etc/passwd"):
        changed = re.sub(r"<http[^>]+>", f"<{address}>", str(body["components"][1]["content"]))
        told = body | {"components": [body["components"][0], {"type": 10, "content": changed}, body["components"][2]]}
        message.written = told, text
        assert "ist hinzugefügt" not in said(await crowd.press(preview, "Hinzufügen", rights=MANAGER))
    assert await owned(bot) == {}


# removing


async def test_a_source_is_removed_or_hidden(crowd: People, bot: Office) -> None:
    await added(crowd, bot)
    assert await crowd.type_("sources remove", "source", "eigen") == ["Eigenblatt"]
    assert "„Eigenblatt“ ist entfernt" in said(await crowd.use("sources remove", rights=MANAGER, source="Eigenblatt"))
    assert await owned(bot) == {}

    hidden = await crowd.use("sources remove", rights=KEEPER, source="Blatt")
    assert "hier ausgeblendet. /sources add http" in said(hidden)
    assert "**Blatt** (hier ausgeblendet" in said(await crowd.use("sources list"))
    assert "Blatt" not in await crowd.type_("sources remove", "source", "")
    assert "gibt es hier nicht" in said(await crowd.use("sources remove", rights=MANAGER, source="Nirgends"))


async def test_of_one_name_they_are_offered_by_their_addresses(crowd: People, bot: Office) -> None:
    await added(crowd, bot, "/zwei", name="Blatt")

    assert sorted(await crowd.type_("sources remove", "source", "blatt")) == sorted(
        [bot.feeds[BLATT].url, at(bot, "/zwei")]
    )


# whole lists


async def test_a_list_is_taken_in_and_handed_out(crowd: People, hall: Guildhall, bot: Office) -> None:
    outlines = [OUTLINE.format(f"Quelle {n}", f"https://{n}.example/feed") for n in range(3)]
    outlines += [OUTLINE.format("Metadaten", "http://169.254.169.254/"), OUTLINE.format("Blatt", bot.feeds[BLATT].url)]
    shown = await crowd.hand_in("sources import", "liste.opml", OPML.format("".join(outlines)), rights=MANAGER)

    assert shown.private
    assert "3 Quellen übernommen, 1 schon bekannt, 1 abgelehnt:" in said(shown)
    assert "- Metadaten: " in said(shown)
    assert set((await owned(bot)).values()) == {"Quelle 0", "Quelle 1", "Quelle 2"}

    await crowd.use("sources export")
    assert not hall.control.files(), "addresses may hold what is secret"
    exported = await crowd.use("sources export", rights=MANAGER)
    assert exported.private
    ((name, text),) = hall.control.files()
    assert name == "quellen.opml"
    assert "https://2.example/feed" in text
    assert "3 Quellen übernommen" not in said(await crowd.hand_in("sources import", name, text, rights=MANAGER))


@pytest.mark.parametrize(
    ("text", "more", "refusal"),
    [
        ("kein OPML", {}, "keine OPML-Liste"),
        ("", {}, "ist leer"),
        (" ", {}, "keine OPML-Liste"),
        ("<!DOCTYPE o [<!ENTITY a 'b'>]><opml><body/></opml>", {}, "Entitäten"),
        ("<opml/>", {"size": 2_000_001}, "größer als 2 MB"),
        ("<opml>" + " " * 2_100_000 + "</opml>", {"size": 9}, ""),
        ("<opml/>", {"url": "http://169.254.169.254/liste"}, "nicht laden"),
        ("<opml/>", {"url": "http://127.0.0.1:9/liste"}, "nicht laden"),
        ("<opml/>", {"url": "file:///etc/passwd"}, "nicht laden"),
    ],
)
async def test_what_is_no_list_is_told(
    crowd: People, bot: Office, text: str, more: dict[str, Any], refusal: str
) -> None:
    shown = await crowd.hand_in("sources import", "x.opml", text, rights=MANAGER, **more)

    assert refusal in said(shown)
    assert "übernommen" not in said(shown)
    assert "Fehler-Nr." not in said(shown)
    assert await owned(bot) == {}


async def test_a_file_that_is_gone_is_told(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.upload("x.opml", "<opml/>")
    shown = await crowd.use("sources import", rights=MANAGER, file="1")

    assert "nicht angekommen" in said(shown)


# who may


async def act(crowd: People, bot: Office, what: str, rights: str, where: int = CHANNEL) -> Shown:
    """Change sources in one of the ways that there are."""
    if what == "import":
        text = OPML.format(OUTLINE.format("Quelle", "https://neu.example/feed"))
        return await crowd.hand_in("sources import", "x.opml", text, rights=rights, at=where)
    if what == "remove":
        return await crowd.use("sources remove", rights=rights, at=where, source="Blatt")
    return await crowd.use("sources add", rights=rights, at=where, address=at(bot, "/eigen"))


@pytest.mark.parametrize("what", ["add", "remove", "import"])
async def test_only_who_manages_a_server_changes_its_sources(crowd: People, bot: Office, what: str) -> None:
    shown = await act(crowd, bot, what, ROUTINE)

    assert NOT_ALLOWED in said(shown)
    assert shown.private
    assert await bot.store.feeds.of(HERE) == []
    for rights in (KEEPER, MANAGER):
        assert NOT_ALLOWED not in said(await act(crowd, bot, what, rights))


@pytest.mark.parametrize("what", ["remove", "import"])
async def test_without_the_check_everybody_might(
    crowd: People, bot: Office, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(managing, "MANAGE_SERVER", ~0)
    await act(crowd, bot, what, ROUTINE)

    assert len(await bot.store.feeds.of(HERE)) == 1


async def test_a_button_asks_anew_who_presses_it(crowd: People, hall: Guildhall, bot: Office) -> None:
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, "/eigen"))

    assert NOT_ALLOWED in said(await crowd.press(preview, "Hinzufügen", rights=ROUTINE))
    assert await owned(bot) == {}


async def test_in_another_server_a_button_is_of_that_one(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    preview = await crowd.use("sources add", rights=MANAGER, address=at(bot, "/eigen"))
    assert NOT_ALLOWED in said(await crowd.press(preview, "Hinzufügen", channel=ELSEWHERE))

    await crowd.press(preview, "Hinzufügen", rights=MANAGER, channel=ELSEWHERE)
    assert (await owned(bot), len(await owned(bot, f"discord:{GUILD + 9}"))) == ({}, 1)


@pytest.mark.parametrize("what", ["add", "remove", "import"])
async def test_in_direct_messages_they_are_ones_own(crowd: People, bot: Office, what: str) -> None:
    shown = await act(crowd, bot, what, ROUTINE, PRIVATE)
    if what == "add":
        shown = await crowd.press(shown, "Hinzufügen", channel=PRIVATE)

    assert NOT_ALLOWED not in said(shown)
    assert len(await bot.store.feeds.of(OWN)) == 1
    assert await bot.store.feeds.of(HERE) == []
