"""/summary, /topics, /status and /help on Discord, as people use them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.errors import UserError
from bot.model import Channel, Platform
from cogs.commands import HELP, STATUS, SUMMARY, TOPICS_LIST
from cogs.discord import answer as answers
from cogs.discord import pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, DM, GUILD
from tests.chats.world import Channel as Place
from tests.journeys.office import BLATT, SEVEN, TOLD, Office, office, subscription, until
from tests.journeys.people import People, people
from tests.servers import reply

PRIVATE = 900000000000000001
PAGE = "<html lang=de><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
TITLE = "Petrel erreicht die Umlaufbahn"


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        opened.clock.set(SEVEN)
        await opened.publish(TOLD)
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    hall.control.hall.world.channels[PRIVATE] = Place(PRIVATE, DM, None, "", person=42)
    async with people(hall, bot) as there:
        yield there
        assert hall.control.counters()["violations"] == []
        assert hall.control.counters()["pinging"] == 0


def offered(bot: Office) -> list[str]:
    """Two articles of the web."""
    base = bot.feeds[BLATT].url.removesuffix("/Blatt")
    for n, (title, text) in enumerate(list(TOLD.items())[:2]):
        page = PAGE.format(title, f"{text}</p><p>{text}").encode()
        bot.answers[f"/artikel/{n}"] = reply(body=page, content_type="text/html; charset=utf-8")
    return [f"{base}/artikel/{n}" for n in range(2)]


async def test_a_summary_is_for_whoever_asks_until_it_is_shared(crowd: People) -> None:
    shown = await crowd.use("summary")

    assert shown.private
    assert TITLE in shown.text

    shared = await crowd.press(shown, "Für alle zeigen")

    assert not shared.private
    assert TITLE in shared.text
    assert "Geteilt von <@42>" in shared.text
    assert "Für alle zeigen" not in shared.pressable


async def test_who_may_not_write_shares_nothing(crowd: People) -> None:
    shown = await crowd.use("summary")
    shared = await crowd.press(shown, "Für alle zeigen", rights="view_channel send_messages_in_threads")

    assert shared.private
    assert "nichts schreiben" in shared.text


async def test_a_first_answer_that_came_though_it_seemed_lost_is_gone_on_from(crowd: People, hall: Guildhall) -> None:
    hall.control.fault(kind="status", on="callback", status=500, when="after")

    assert TITLE in (await crowd.use("summary")).text


async def test_a_summary_is_of_one_topic_and_period(crowd: People, bot: Office) -> None:
    topic = bot.house.newsroom.topics[0]

    assert topic.name in (await crowd.use("summary", topic=topic.key, period="week", length="long")).text
    assert "gibt es nicht" in (await crowd.use("summary", topic="Blumen")).text


async def test_a_long_summary_goes_on_in_further_private_messages(crowd: People, bot: Office) -> None:
    await bot.publish({f"Meldung {n}: {title}": text * 8 for n in range(3) for title, text in TOLD.items()})
    shown = await crowd.use("summary", length="long")

    assert shown.private
    assert shown.further_private


async def test_where_nobody_else_reads_an_answer_is_not_hidden(crowd: People) -> None:
    shown = await crowd.use("summary", at=PRIVATE)

    assert not shown.private
    assert "Für alle zeigen" not in shown.pressable


async def test_a_link_is_summarised(crowd: People, bot: Office) -> None:
    link, _ = offered(bot)
    shown = await crowd.use("summary", link=link)

    assert TITLE in shown.text
    assert list(shown.pressable) == ["Für alle zeigen"]  # no menu of stories that nobody could find later


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"link": "http://169.254.169.254/"}, "Adresse"),
        ({"link": "https://blatt.example/1", "topic": "ki"}, "nicht zusammen"),
    ],
)
async def test_what_can_not_be_summarised_is_said(crowd: People, options: dict[str, Any], refusal: str) -> None:
    shown = await crowd.use("summary", **options)

    assert shown.private
    assert refusal in shown.text


async def test_a_message_with_a_link_is_summarised(crowd: People, bot: Office) -> None:
    link, _ = offered(bot)

    assert TITLE in (await crowd.point({"content": f"Schaut mal: <{link}>!"})).text
    assert TITLE in (await crowd.point({"content": "", "embeds": [{"url": link}]})).text
    assert "kein Link" in (await crowd.point({"content": "Hallo"})).text


async def test_of_several_links_one_is_chosen(crowd: People, bot: Office) -> None:
    first, second = offered(bot)
    shown = await crowd.point({"content": f"{first}, {second} und noch einmal {first}."})
    assert shown.private
    chosen = await crowd.press(shown, "Link wählen …", values=["1"])

    assert list(TOLD)[1] in chosen.text
    assert "kein Link" in (await crowd.press(shown, "Link wählen …", values=["7"])).text


async def test_topics_are_listed(crowd: People, bot: Office) -> None:
    shown = await crowd.use("topics list")

    assert shown.private
    assert all(f"`{topic.key}`" in shown.text for topic in bot.house.newsroom.topics)


async def test_the_status_tells_of_this_server_alone(crowd: People, bot: Office, hall: Guildhall) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(CHANNEL + 9, GUILD + 9)
    theirs = Channel(Platform.DISCORD, str(GUILD + 9), str(CHANNEL + 9))
    mine = Channel(Platform.DISCORD, "", "42", direct=True)
    await bot.subscribe(
        subscription(0, name="Unserer"),
        subscription(1, name="Fremder", channel=theirs),
        subscription(2, name="Meiner", channel=mine),
    )
    here, there = await crowd.use("status"), await crowd.use("status", at=CHANNEL + 9)
    private = await crowd.use("status", at=PRIVATE)

    assert [name for name in ("Unserer", "Fremder", "Meiner") if name in here.text] == ["Unserer"]
    assert [name for name in ("Unserer", "Fremder", "Meiner") if name in there.text] == ["Fremder"]
    assert [name for name in ("Unserer", "Fremder", "Meiner") if name in private.text] == ["Meiner"]
    assert "Feeds" in here.text


async def test_help_can_be_clicked_and_is_english_for_others(crowd: People, hall: Guildhall) -> None:
    assert "`/digest setup`: Richtet" in (await crowd.use("help")).text
    crowd.bureau.ids.update({"digest": "5", "summary": "6"})
    shown = await crowd.use("help")

    assert "</digest setup:5>" in shown.text
    assert "</summary:6>" in shown.text
    id_ = hall.control.interact(CHANNEL, {"name": "help"}, locale="fr")["id"]
    await until(lambda: next(one for one in hall.control.interactions() if one["id"] == id_)["original"])
    text = hall.control.interactions()[-1]["original"]["text"]
    assert "Sets up a regular digest" in text
    assert "all answers in German" in text


async def test_topics_are_completed(crowd: People, bot: Office) -> None:
    first, second = bot.house.newsroom.topics[:2]

    assert first.key in await crowd.type_("summary", "topic", first.name[:3].upper())
    assert len(await crowd.type_("summary", "topic", "")) == min(len(bot.house.newsroom.topics), 25)
    assert await crowd.type_("summary", "topic", "Blumen") == []
    assert f"{first.key},{second.key}" in await crowd.type_("digest setup", "topics", f"{first.key},{second.name}")


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [("timezone", "wien", "Europe/Vienna"), ("timezone", "", "Europe/Berlin"), ("holidays", "bay", "DE-BY")],
)
async def test_options_are_completed(crowd: People, option: str, text: str, expected: str) -> None:
    offered = await crowd.type_("digest setup", option, text)

    assert offered[0] == expected
    assert len(offered) <= 25


async def test_why_a_story_is_there_is_told_alone(crowd: People, hall: Guildhall) -> None:
    shown = await crowd.use("summary")
    menu = next(label for label in shown.pressable if "Meldung wählen" in label)
    story = next(
        option["value"]
        for row in hall.control.interactions()[-1]["original"]["components"]
        if row["type"] == 1 and row["components"][0]["type"] == 3
        for option in row["components"][0]["options"]
    )
    card = await crowd.press(shown, menu, values=[story])
    why = await crowd.press(card, "Warum sehe ich das?")

    assert card.private
    assert "Warum hier" in why.text


# when something goes wrong


@asynccontextmanager
async def failing(hall: Guildhall, bot: Office, cog: Cog) -> AsyncIterator[People]:
    async with people(hall, bot, [cog]) as there:
        yield there


async def breaks(_: Bureau, __: Asked, ___: Answer) -> None:
    raise LookupError("a secret")


async def breaks_late(_: Bureau, __: Asked, to: Answer) -> None:
    await to.wait()
    raise LookupError("a secret")


async def refuses_late(_: Bureau, __: Asked, to: Answer) -> None:
    await to.wait()
    raise UserError("Das geht nicht.")


async def works(_: Bureau, __: Asked, to: Answer) -> None:
    await to.wait()
    async with to.watched() as progress:
        progress("Meldungen", 1, 2)
        await asyncio.sleep(0.3)
        progress("Meldungen", 2, 2)
    await to.say([pieces.text("Fertig.")])


async def test_our_own_mistake_has_a_number_that_the_log_has_too(
    hall: Guildhall, bot: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async with failing(hall, bot, Cog(commands={HELP: breaks, SUMMARY: breaks_late})) as there:
        told = [await there.use("help"), await there.use("summary")]

    for shown in told:
        number = shown.text.partition("Fehler-Nr. ")[2][:6]
        assert shown.private
        assert "secret" not in shown.text
        assert number in caplog.text
    assert "LookupError: a secret" in caplog.text


async def test_a_refusal_takes_the_place_of_what_is_loading(hall: Guildhall, bot: Office) -> None:
    async with failing(hall, bot, Cog(commands={STATUS: refuses_late})) as there:
        assert (await there.use("status")).text == "Das geht nicht."
        assert "kennt der Bot nicht" in (await there.use("help")).text


async def test_a_broken_database_tells_people_nothing_of_it(
    crowd: People, bot: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.execute("ALTER TABLE subscriptions RENAME TO gone")

    assert "Fehler-Nr." in (await crowd.use("status")).text


async def test_what_comes_too_late_is_only_logged(
    hall: Guildhall, crowd: People, caplog: pytest.LogCaptureFixture
) -> None:
    hall.control.settings(interaction_deadline=-1.0)
    hall.control.interact(CHANNEL, {"name": "topics", "options": [{"type": 1, "name": "list"}]})
    await until(lambda: "too late" in caplog.text)

    assert "Traceback" not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_progress_is_told_now_and_then(hall: Guildhall, bot: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "EVERY", 0.05)
    async with failing(hall, bot, Cog(commands={TOPICS_LIST: works})) as there:
        shown = await there.use("topics list")

    assert shown.text == "Fertig."
    assert hall.control.counters()["routes"]["edit_response"] == 2


async def test_progress_is_not_told_faster_than_discord_takes_it(hall: Guildhall, bot: Office) -> None:
    async with failing(hall, bot, Cog(commands={TOPICS_LIST: works})) as there:
        await there.use("topics list")

    assert hall.control.counters()["routes"]["edit_response"] == 1
