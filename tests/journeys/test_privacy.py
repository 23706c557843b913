"""/privacy on the console and on Discord, what is expensive there, and who closed their direct messages."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.limits import Limits, Queue, Rate
from bot.model import Channel, Delivery, Feed, Platform, SpaceFeed, State, Turn, Vote
from bot.posting import Posting
from bot.store.outbox import StoredOutbox
from cogs.commands import ASK, DIGEST_NOW, PRIVACY_SHOW, SOURCES_ADD, SUMMARY
from cogs.discord import pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.catalogue import offered
from cogs.discord.cogs import COGS
from cogs.discord.counter import Bureau, Cog
from tests.chats.guildhall import Guildhall
from tests.journeys.office import SEVEN, TOLD, Office, channel, day, office, subscription, texts, until
from tests.journeys.people import People, people
from tests.models import ModelServer, condenses

ME, ID = "dm:discord:42", "42"
PERSON, OTHER = (Channel(Platform.DISCORD, "", id_, direct=True) for id_ in (ID, "43"))


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        await opened.publish(TOLD)
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    async with crowded(hall, bot) as there:
        yield there


@asynccontextmanager
async def crowded(
    hall: Guildhall, bot: Office, cogs: Any = COGS, limits: Limits | None = None
) -> AsyncIterator[People]:
    async with people(hall, bot, cogs) as there:
        if limits:
            object.__setattr__(there.bureau, "limits", limits)
        yield there
        assert hall.control.counters()["violations"] == []
        assert hall.control.counters()["pinging"] == 0


async def settle_in(bot: Office, person: Channel = PERSON, n: int = 0) -> None:
    """Something of every kind for a person."""
    server, store = channel().home, bot.store
    await bot.subscribe(subscription(n + 10, channel=person, name="Meine Themen"))
    await store.votes.cast(Vote(channel(), 1, person.id, 1, ("ki",), SEVEN))
    await store.conversations.add("discord:5", Turn("Was kostet das?", "479 Euro.", (), SEVEN, None, person, server))
    by = f"discord:{person.id}"
    await store.feeds.give([SpaceFeed(person.home, Feed(f"https://{n}.example/f", "Eigener *Blog*"), SEVEN, by)], 9)
    await store.feeds.give([SpaceFeed(server, Feed(f"https://{n}.example/g", "Unserer"), SEVEN, by)], 9)


def uploaded(hall: Guildhall) -> Any:
    return json.loads(dict(hall.control.hall.handed)["depesche-daten.json"])


# the console


async def test_the_console_tells_exports_and_deletes(bot: Office) -> None:
    await settle_in(bot)
    await bot.morning()
    told = await bot.console(f"/privacy show person:{ME}")
    assert "1 Abonnement Ihrer Direktnachrichten: „Meine Themen“" in told
    assert "1 Zustellung an Sie" in told
    assert "1 Frage mit ihrer Antwort" in told
    assert "„Eigener *Blog*“" in told
    assert "Zustellungen 30 Tage" in told
    assert "Stimmen 90 Tage" in told
    assert "Nicht gespeichert: Ihr Name" in told

    exported = json.loads(await bot.console(f"/privacy export person:{ME}"))
    assert exported["person"] == ME
    assert {*exported["kept"]} == {"subscriptions", "deliveries", "votes", "questions", "own_feeds", "added_feeds"}
    assert exported["kept"]["questions"][0]["answer"] == "479 Euro."
    assert exported["kept"]["votes"][0]["at"] == "2026-11-23T06:00:00+00:00"

    asked = await bot.console(f"/privacy delete person:{ME}")
    assert "bitte zum Löschen confirm:yes anfügen" in asked
    assert "bestätigen:ja anfügen" in await bot.console(f"/datenschutz löschen person:{ME} bestätigen:nein")
    assert await bot.store.people.about(PERSON)  # the control: nothing is gone yet

    done = await bot.console(f"/datenschutz löschen person:{ME} bestätigen:ja")
    assert "Gelöscht: 1 Abonnement Ihrer Direktnachrichten, 1 Zustellung an Sie" in done
    assert "1 Quelle bleibt ihrem Server, ohne Ihre Kennung." in done
    assert "Über Sie ist nichts gespeichert." in await bot.console(f"/privacy show person:{ME}")
    assert "Über Sie war nichts gespeichert." in await bot.console(f"/privacy delete person:{ME} confirm:yes")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/privacy show", "Über wen? Bitte person:dm:discord:PERSON angeben."),
        (f"/privacy show person:{channel().place}", "ist ein Kanal, keine Person"),
        ("/privacy delete person:42 confirm:yes", "ist kein Kanal"),
        (f"/privacy delete person:{ME} confirm:vielleicht", "Möglich sind: yes, no"),
        ("/privacy", "/privacy show, /privacy export, /privacy delete"),
    ],
)
async def test_what_can_not_be_asked_is_said(bot: Office, line: str, says: str) -> None:
    assert says in await bot.console(line)


# on Discord


async def test_on_discord_everybody_is_told_about_themselves_alone(crowd: People, bot: Office, hall: Guildhall) -> None:
    await settle_in(bot)
    await settle_in(bot, OTHER, 1)
    shown = await crowd.use("privacy show")
    assert shown.private
    assert "1 Abonnement Ihrer Direktnachrichten: „Meine Themen“" in shown.text
    assert "Eigener \\*Blog\\*" in shown.text
    assert "Nicht gespeichert" in shown.text

    exported = await crowd.use("privacy export")
    assert exported.private
    file = uploaded(hall)
    assert file["person"] == ME
    assert '"43"' not in json.dumps(file)
    assert file["kept"] == json.loads(await bot.console(f"/privacy export person:{ME}"))["kept"]
    stranger = await crowd.use("privacy show", person=77)
    assert "Über Sie ist nichts gespeichert" in stranger.text
    assert "nichts gespeichert" in (await crowd.use("privacy delete", person=77)).text


async def test_on_discord_deleting_wants_to_be_confirmed(crowd: People, bot: Office) -> None:
    await settle_in(bot)
    await settle_in(bot, OTHER, 1)
    asked = await crowd.use("privacy delete")
    assert asked.private
    assert "Alles über Sie löschen?" in asked.text
    assert await bot.store.people.about(PERSON)  # the control: nothing is gone yet

    done = await crowd.press(asked, "Ja, alles löschen")
    assert "Gelöscht: 1 Abonnement Ihrer Direktnachrichten, 1 Stimme" in done.text
    assert done.pressable == {}
    assert await bot.store.people.about(PERSON) == {}
    assert {*await bot.store.people.about(OTHER)} >= {"subscriptions", "votes", "questions"}


def test_no_option_of_the_console_is_offered_on_discord() -> None:
    (group,) = [one for one in offered([PRIVACY_SHOW]) if one["name"] == "privacy"]
    assert "options" not in group["options"][0]


# nothing is posted any more


async def test_what_waits_to_be_posted_goes_with_the_person(bot: Office, hall: Guildhall) -> None:
    await bot.subscribe(subscription(0), subscription(1, channel=PERSON), subscription(2, channel=OTHER))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert await bot.states() == ["pending"] * 3  # the control
    await bot.console(f"/privacy delete person:{ME} confirm:yes")
    await bot.post()

    assert await bot.states() == ["sent"] * 2
    assert len(texts(hall)) == 2
    assert not [one for one in hall.control.world()["channels"] if _is_of(one, ID)]


def _is_of(one: dict[str, Any], person: str) -> bool:
    return any(each["id"] == person for each in one.get("recipients", ()))


@pytest.mark.parametrize("deleted", [True, False])
async def test_what_is_about_to_be_posted_is_not(bot: Office, hall: Guildhall, deleted: bool) -> None:
    """Claimed by the poster, whose turn comes later; without deleting, it is posted: the control."""
    await bot.subscribe(subscription(1, channel=PERSON))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    await bot.store.leases.reserve("discord", bot.clock.now() + timedelta(seconds=2), 1, timedelta())
    posting = asyncio.create_task(bot.posting.post())
    await _claimed(bot)
    if deleted:
        await bot.house.newsroom.people.forget(PERSON)
    await asyncio.wait_for(posting, 60)

    assert len(texts(hall)) == (0 if deleted else 1)
    assert await bot.states() == ([] if deleted else ["sent"])


async def _claimed(bot: Office) -> None:
    async with asyncio.timeout(20):
        while not any(row.tries for row in await bot.rows()):  # noqa: ASYNC110 - what is waited for is a row
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("protected", [True, False])
@pytest.mark.parametrize("when", ["while it is made", "while it is written"])
async def test_a_digest_that_is_being_made_finds_nobody(
    hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch, when: str, protected: bool
) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:
        real, forget = StoredOutbox.tell if protected else StoredOutbox.add, bot.store.people.forget

        async def forgets(asked: dict[str, object]) -> web.StreamResponse:
            await forget(PERSON)
            return condenses(asked)

        async def late(self: StoredOutbox, written: Sequence[Delivery], *more: Any) -> int:
            if written:
                await forget(PERSON)
            return await real(self, written, *more)

        async def nothing(*_: object) -> None:
            """Leave what waits for nobody, and let it be posted."""

        if when == "while it is made":
            server.otherwise = forgets
        else:
            monkeypatch.setattr(StoredOutbox, "tell", late)
        if not protected:
            monkeypatch.setattr(Posting, "_dropped", nothing)
        await bot.publish(TOLD)
        await bot.subscribe(subscription(1, channel=PERSON), subscription(2))
        await bot.morning()

        assert await bot.store.subscriptions.of(PERSON) == []
        survives = not protected and when == "while it is written"
        assert [row.channel for row in await bot.rows()] == [PERSON] * survives + [channel(2)]
        assert len(texts(hall)) == 1 + survives


# what is expensive


async def test_who_asks_too_often_waits_and_what_is_cheap_stays_free(hall: Guildhall, bot: Office) -> None:
    async with crowded(hall, bot, limits=Limits(Rate(2, 60), Rate(3, 60))) as crowd:
        for _ in range(2):
            assert "Petrel" in (await crowd.use("summary")).text
        refused = await crowd.use("summary")
        assert refused.private
        assert "Das waren viele Anfragen kurz nacheinander. Bitte in" in refused.text
        assert "kurz nacheinander" in (await crowd.point({"content": "Kein Link"})).text
        for _ in range(4):
            assert "Feeds" in (await crowd.use("status")).text
            assert await crowd.type_("summary", "topic", "") != []

        assert "Petrel" in (await crowd.use("summary", person=43)).text
        assert "Auf diesem Server" in (await crowd.use("summary", person=44)).text
        bot.clock.wait(seconds=31)
        assert "Petrel" in (await crowd.use("summary")).text


async def test_more_than_can_be_worked_at_waits_or_is_refused_but_all_are_answered_at_once(
    hall: Guildhall, bot: Office
) -> None:
    ending, began = asyncio.Event(), 0

    async def slow(_: Bureau, asked: Asked, to: Answer) -> None:
        nonlocal began
        await to.wait()
        began += 1
        await ending.wait()
        await to.say([pieces.text(f"Fertig {asked.person}")])

    cog = Cog(commands={SUMMARY: slow}, costly=frozenset({SUMMARY.path.en}))
    async with crowded(hall, bot, [cog], Limits(queue=Queue(2, 2))) as crowd:
        works = [asyncio.create_task(crowd.use("summary", person=n)) for n in range(100, 105)]
        await until(lambda: all(one["after"] is not None for one in hall.control.interactions()))
        await until(lambda: len(hall.control.interactions()) == 5)
        await until(lambda: any("Gerade warten" in _text(one) for one in hall.control.interactions()))
        assert began == 2  # the others were told that an answer will come
        ending.set()
        shown = [one.text for one in await asyncio.gather(*works)]
    assert sum(text.startswith("Fertig") for text in shown) == 4
    assert sum("Gerade warten schon viele auf eine Antwort. Bitte in etwa" in text for text in shown) == 1


def _text(one: dict[str, Any]) -> str:
    return str(one["original"]["text"]) if one["original"] else ""


def test_what_is_expensive_costs_on_discord() -> None:
    for command in (SUMMARY, ASK, DIGEST_NOW, SOURCES_ADD):
        cogs = [cog for cog in COGS if command in cog.commands]
        assert all(command.path.en in cog.costly for cog in cogs)
    for cog in COGS:  # whatever costs is there
        names = {one.path.en for one in cog.commands} | {one.en for one in cog.messages} | {*cog.parts} | {*cog.forms}
        assert cog.costly <= names


# closed direct messages


async def test_who_closed_their_messages_is_told_once_with_their_next_answer(
    crowd: People, bot: Office, hall: Guildhall
) -> None:
    hall.control.close_direct(42)
    await bot.subscribe(subscription(1, channel=PERSON, name="Meine Themen"), subscription(2, channel=OTHER))
    await bot.morning()
    assert sorted(await bot.states()) == ["forbidden", "sent"]
    (mine,) = await bot.store.subscriptions.of(PERSON)
    assert mine.paused
    assert mine.reason

    assert (await crowd.use("status", person=43)).further == []
    await crowd.type_("summary", "topic", "")  # no chance: nothing is said there
    shown = await crowd.use("status")
    (told,) = shown.further
    assert shown.further_private
    assert "Ihre Direktnachrichten kamen nicht an, deshalb ist „Meine Themen“ pausiert." in told
    assert "/topics mine" in told
    assert (await crowd.use("status")).further == []


async def test_who_resumed_meanwhile_is_not_told(crowd: People, bot: Office, hall: Guildhall) -> None:
    hall.control.close_direct(42)
    await bot.subscribe(subscription(1, channel=PERSON, name="Meine Themen"))
    await bot.morning()
    await bot.console(f"/topics subscribe channel:{ME} topic:ki", f'/digest resume channel:{ME} name:"Meine Themen"')
    hall.control.close_direct(42, closed=False)

    assert (await crowd.use("status")).further == []
    assert replace((await bot.store.subscriptions.of(PERSON))[0], topics=()).paused is False
    await bot.morning(day(1))
    assert State.SENT.value in await bot.states()
