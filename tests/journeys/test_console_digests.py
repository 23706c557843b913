"""/digest and /help on the console: what is said first, what is missing, and what a wrong line is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import wiring
from bot.model import Delivery, Feed, FeedState, Language, State, delivery_id
from bot.newsroom import Newsroom
from bot.ports import Body, Outcome
from config.settings import Settings
from tests.journeys.test_console import Clock, told
from tests.told import NOW, fresh_database

HERE = "channel:discord:1/2"
SETUP = f"/digest setup {HERE} time:07:00"


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A newsroom without a token, at noon (UTC) of a Monday."""
    settings = Settings(database_url=fresh_database(tmp_path), openai_api_key="", discord_token="")
    async with wiring.house(settings, [Feed("https://b.example/", "Blatt", Language.DE)], clock=Clock()) as house:
        yield house.newsroom


async def said(newsroom: Newsroom, *lines: str) -> str:
    """All that is said, in one line."""
    _, out, err = await told(newsroom, *lines)
    return " ".join(f"{out} {err}".split())


async def first(newsroom: Newsroom, line: str) -> str:
    """The first line of an answer."""
    _, out, err = await told(newsroom, line)
    return (out or err).splitlines()[0]


async def test_what_was_done_is_said_first(newsroom: Newsroom) -> None:
    assert await first(newsroom, SETUP) == "Eingerichtet."
    assert await first(newsroom, SETUP) == "Nichts geändert."
    assert await first(newsroom, f"/digest setup {HERE} time:08:00") == "Geändert: Uhrzeit jetzt 08:00."
    assert (
        await first(newsroom, f"/digest setup {HERE} themen:ki tage:mo-fr länge:kurz feiertage:Bayern leer:auslassen")
        == "Geändert: kommt jetzt montags bis freitags, Themen jetzt KI, Länge jetzt kurz, "
        "entfällt jetzt an Feiertagen in Bayern, an ruhigen Tagen nichts."
    )
    assert await first(newsroom, f"/digest pause {HERE}") == "Pausiert."
    assert await first(newsroom, f"/digest pause {HERE}") == "War schon pausiert."
    assert await first(newsroom, f"/digest resume {HERE}") == "Läuft wieder."
    assert await first(newsroom, f"/digest resume {HERE}") == "Lief schon."


async def test_one_of_several_is_named(newsroom: Newsroom) -> None:
    await told(newsroom, f"{SETUP} name:Morgens")
    assert await first(newsroom, f"{SETUP} name:Abends") == "Neuer Digest „Abends“ eingerichtet, neben „Morgens“."

    which = "Welcher Digest ist gemeint? Hier gibt es: „Abends“ und „Morgens“. Bitte mit name: angeben."
    assert await said(newsroom, SETUP) == f"{which} Ein neuer Name legt einen weiteren an."
    for verb in ("pause", "resume", "remove", "now"):
        assert await said(newsroom, f"/digest {verb} {HERE}") == which
        unknown = await said(newsroom, f"/digest {verb} {HERE} name:Neu")
        assert unknown == "Einen Digest „Neu“ gibt es in discord:1/2 nicht. Hier gibt es: „Abends“ und „Morgens“."


async def test_a_digest_that_came_today_says_why_the_next_comes_tomorrow(newsroom: Newsroom) -> None:
    await told(newsroom, SETUP)
    assert "Der nächste Digest kommt morgen um 07:00 Uhr." in await said(newsroom, f"/digest show {HERE}")
    await came(newsroom, State.SENT)

    answer = await said(newsroom, f"/digest setup {HERE} time:20:00")
    assert "Der nächste Digest kommt morgen um 20:00 Uhr; der heutige ist schon gekommen." in answer
    assert "schon gekommen" not in await said(newsroom, f"/digest setup {HERE} time:07:00")


async def test_one_that_did_not_come_is_not_said_to_have_come(newsroom: Newsroom) -> None:
    await told(newsroom, SETUP)
    await came(newsroom, State.SKIPPED)

    answer = await said(newsroom, f"/digest setup {HERE} time:20:00")
    assert "Der von heute kam nicht: Feiertag." in answer
    assert "kommt morgen um 20:00 Uhr; der heutige war schon an der Reihe." in answer


async def came(newsroom: Newsroom, state: State) -> None:
    """Have it on record how today's went."""
    (one,) = await newsroom.store.subscriptions.all()
    at = NOW - timedelta(hours=6)
    made = Delivery(delivery_id(one.id, at.date(), 1), one.id, one.channel, at.date(), 1, "{}", State.PENDING, at, NOW)
    await newsroom.store.outbox.add([made], [Body("{}")], at)
    await newsroom.store.outbox.record([Outcome(made.id, state, at, "1", "Feiertag.")])


async def test_what_is_missing_until_anything_is_posted_is_said(newsroom: Newsroom) -> None:
    tokens = "DISCORD_TOKEN (oder SLACK_BOT_TOKEN und SLACK_APP_TOKEN)"
    waits = f"Gepostet wird, sobald {tokens} in .env steht und „python -m bot run“ läuft."
    for line in (SETUP, f"/digest show {HERE}", "/status"):
        assert waits in await said(newsroom, line)
    assert "Gepostet wird" not in await said(newsroom, f"/digest pause {HERE}")

    await told(newsroom, f"/digest resume {HERE}")
    await newsroom.store.leases.beat("another process", NOW - timedelta(minutes=2))
    assert waits in await said(newsroom, "/status"), "a process that is gone posts nothing"
    await newsroom.store.leases.beat("another process", NOW - timedelta(seconds=5))
    for line in (SETUP, f"/digest show {HERE}", "/status"):
        assert "Gepostet wird" not in await said(newsroom, line)


async def test_with_a_token_only_the_process_is_missing(tmp_path: Path) -> None:
    settings = Settings(database_url=fresh_database(tmp_path), openai_api_key="", discord_token="loopback-token")
    async with wiring.house(settings, [], clock=Clock()) as house:
        assert "Gepostet wird, sobald „python -m bot run“ läuft." in await said(house.newsroom, SETUP)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (NOW + timedelta(minutes=5), "Der nächste Feed wird heute um 13:05 Uhr gelesen."),
        (NOW - timedelta(minutes=5), "Der nächste Feed wird gleich gelesen."),
        (None, "Der nächste Feed wird gleich gelesen."),
    ],
)
async def test_status_tells_when_feeds_are_read(newsroom: Newsroom, due: datetime | None, says: str) -> None:
    await newsroom.store.leases.beat("another process", NOW)
    (state,) = await newsroom.store.feeds.all()
    await newsroom.store.feeds.record([_read(state, due)])

    answer = await said(newsroom, "/status")
    assert says in answer
    assert "zuletzt gelesen gestern, 13:00 Uhr." in answer
    assert "2026" not in answer, "dates are told in one style"


def _read(state: FeedState, due: datetime | None) -> FeedState:
    return replace(state, answered=NOW - timedelta(days=1), asked=NOW - timedelta(days=1), due=due)


async def test_a_link_to_a_channel_is_a_place(newsroom: Newsroom) -> None:
    await told(newsroom, SETUP)
    for link in ("https://discord.com/channels/1/2", "https://ptb.discord.com/channels/1/2/77"):
        assert "in discord:1/2" in await said(newsroom, f"/digest show {link}")
        assert "in discord:1/2" in await said(newsroom, f"/digest show kanal:{link}")
    assert "ist kein Kanal" in await said(newsroom, "/digest show channel:https://discord.example/channels/1/2")
    assert "ist kein Kanal" in await said(newsroom, "/digest show https://discord.com/channels/@me/2")


async def test_the_missing_channel_is_named_as_the_rest_was_typed(newsroom: Newsroom) -> None:
    assert "Bitte kanal:discord:SERVER/KANAL" in await said(newsroom, "/digest einrichten uhrzeit:7")
    assert "Bitte channel:discord:SERVER/KANAL" in await said(newsroom, "/digest setup time:7")


async def test_one_command_is_shown_with_all_its_options(newsroom: Newsroom) -> None:
    english = await said(newsroom, "/help /digest setup")
    assert english.startswith("/digest setup Richtet einen regelmäßigen Digest ein")
    assert "time: Wann er kommt, etwa 07:00" in english
    assert "length: Wie ausführlich: short, medium, long" in english
    example = "/digest setup channel:discord:SERVER/KANAL time:07:00 weekdays:mo-fr topics:ki,sicherheit"
    assert english.endswith(f"Beispiel: {example}")
    german = await said(newsroom, "/hilfe digest einrichten")
    assert "länge: Wie ausführlich: kurz, mittel, lang" in german
    assert "Beispiel: /digest einrichten kanal:discord:SERVER/KANAL uhrzeit:07:00" in german

    assert "länge: Wie ausführlich: kurz" in await said(newsroom, "/help zusammenfassung")
    assert "/digest pause" in await said(newsroom, "/help digest")
    assert "/summary" not in await said(newsroom, "/help digest")
    assert "Meinten Sie /summary?" in await said(newsroom, "/help sumary")


async def test_an_example_can_be_copied_in_one_line(newsroom: Newsroom) -> None:
    _, out, _ = await told(newsroom, "/help digest setup")

    assert out.splitlines()[-1].endswith("topics:ki,sicherheit")
    assert out.splitlines()[-1].startswith("Beispiel: ")


async def test_a_link_that_fails_promises_no_other_try(newsroom: Newsroom) -> None:
    answer = await said(newsroom, "/summary https://nirgends.invalid/1")

    assert answer.endswith(".")
    assert "Versuch" not in answer
