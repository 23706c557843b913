"""/digest on Discord, as those who manage a channel use it, and those who may not."""

from collections.abc import AsyncIterator
from datetime import time
from typing import Any

import pytest

from bot.model import Channel, Length, Platform, Subscription
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, DM, GUILD
from tests.chats.world import Channel as Place
from tests.journeys.office import SEVEN, TOLD, Office, channel, day, office, subscription, texts
from tests.journeys.people import MANAGER, ROUTINE, People, Shown, people

PRIVATE, ELSEWHERE = 900000000000000001, 900000000000000002
TITLE = "Petrel erreicht die Umlaufbahn"
NOT_ALLOWED = "„Kanäle verwalten“"
OPTIONS: dict[str, Any] = {"time": "8:15", "weekdays": "mo-fr", "stories": 3}


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


async def there(bot: Office) -> list[Subscription]:
    return await bot.store.subscriptions.all()


async def form(crowd: People, **options: Any) -> dict[str, Any]:
    """The form that /digest setup opens."""
    return (await crowd.use("digest setup", rights=MANAGER, **options)).answered


def fields(form_: dict[str, Any]) -> dict[str, Any]:
    """What stands in a form when it opens."""
    found = {}
    for label in form_["components"]:
        one = label["component"]
        marked = [option["value"] for option in one.get("options", ()) if option.get("default")]
        marked += [value["id"] for value in one.get("default_values", ())]
        found[one["custom_id"]] = one.get("value", marked)
    return found


# setting up


async def test_a_digest_is_set_up_by_a_form_and_comes(crowd: People, hall: Guildhall, bot: Office) -> None:
    opened = await form(crowd)
    assert fields(opened) == {
        "channel": [str(CHANNEL)],
        "when": "07:00 Europe/Berlin",
        "days": ["daily"],
        "topics": [],
        "length": ["medium"],
    }
    shown = await crowd.send(opened)

    assert shown.private
    assert "Eingerichtet. Der Bot darf dort posten." in shown.text
    assert "Der nächste Digest kommt morgen" in shown.text
    (one,) = await there(bot)
    assert (one.channel, one.at, one.zone) == (channel(), time(7), "Europe/Berlin")

    await bot.morning(day(1))
    assert "Digest" in texts(hall, 0)[-1] or TITLE in texts(hall, 0)[-1]


async def test_all_fields_of_the_form_count(crowd: People, bot: Office) -> None:
    topic = bot.house.newsroom.topics[1].key
    shown = await crowd.send(
        await form(crowd),
        channel=[str(CHANNEL + 1)],
        when="18 Uhr, Wien",
        days=["mon-fri"],
        topics=[topic],
        length=["short"],
    )

    assert "Eingerichtet" in shown.text
    (one,) = await there(bot)
    assert one.channel == channel(1)
    assert (one.at, one.zone, one.weekdays) == (time(18), "Europe/Vienna", frozenset(range(5)))
    assert (one.topics, one.length) == ((topic,), Length.SHORT)


async def test_the_form_holds_what_there_is(crowd: People, bot: Office) -> None:
    topic = bot.house.newsroom.topics[0].key
    await crowd.use(
        "digest setup", rights=MANAGER, time="9:30", weekdays="mo,mi", topics=topic, length="long", name="A"
    )
    opened = await form(crowd)

    assert fields(opened)["when"] == "09:30 Europe/Berlin"
    assert (fields(opened)["days"], fields(opened)["topics"]) == (["mon,wed"], [topic])
    await crowd.send(opened)
    (one,) = await there(bot)
    assert (one.name, one.at, one.weekdays, one.topics) == ("A", time(9, 30), frozenset({0, 2}), (topic,))


@pytest.mark.parametrize(
    ("topics", "chosen", "kept"),
    [
        ('ki,"Quantencomputer",-gaming', ["ki"], ("ki", "„Quantencomputer“", "-gaming")),
        ('ki,"Quantencomputer",-gaming', ["cloud"], ("cloud", "„Quantencomputer“", "-gaming")),
        ('"Quantencomputer"', [], ("„Quantencomputer“",)),
        ("-gaming", [], ("-gaming",)),
    ],
)
async def test_the_form_leaves_words_alone_that_it_does_not_show(
    crowd: People, bot: Office, topics: str, chosen: list[str], kept: tuple[str, ...]
) -> None:
    await crowd.use("digest setup", rights=MANAGER, topics=topics)
    await crowd.send(await form(crowd), topics=chosen)

    assert [one.topics for one in await there(bot)] == [kept]


@pytest.mark.parametrize("days", ["daily", "mon-fri", "sat,sun", "weekly", "sun"])
async def test_days_come_back_as_they_were_sent(crowd: People, bot: Office, days: str) -> None:
    await crowd.send(await form(crowd), days=[days])

    assert fields(await form(crowd))["days"] == [days]


async def test_of_several_digests_one_must_be_named(crowd: People, bot: Office) -> None:
    await bot.subscribe(subscription(0, 1, name="A"), subscription(0, 2, name="B", at=time(12)))

    assert "Welcher Digest ist gemeint" in (await crowd.use("digest setup", rights=MANAGER)).text
    assert fields(await form(crowd, name="B"))["when"].startswith("12:00")
    assert await crowd.type_("digest now", "name", "b") == ["B"]


async def test_a_wrong_time_is_said_and_the_form_opens_again(crowd: People, bot: Office) -> None:
    topics = [one.key for one in bot.house.newsroom.topics[1:3]]
    opened = await form(crowd, name="Mein Digest")
    shown = await crowd.send(opened, when="abends", channel=[str(CHANNEL + 1)], days=["weekly"], topics=topics)
    assert "„abends“ ist keine Uhrzeit" in shown.text
    assert await there(bot) == []

    again = (await crowd.press(shown, "Noch einmal", rights=MANAGER)).answered
    assert fields(again)["channel"] == [str(CHANNEL + 1)]
    assert (fields(again)["days"], fields(again)["topics"]) == (["weekly"], topics)
    await crowd.send(again, when="8 Uhr Wien")
    (one,) = await there(bot)
    assert (one.name, one.channel, one.at, one.recap) == ("Mein Digest", channel(1), time(8), True)


async def test_a_form_too_long_to_come_back_is_only_refused(crowd: People, bot: Office) -> None:
    shown = await crowd.send(await form(crowd, name="x" * 60), when="8 Uhr Atlantis")

    assert "Atlantis" in shown.text
    assert shown.pressable == {}


async def test_the_form_that_opens_again_can_not_be_sent_by_others(crowd: People, bot: Office) -> None:
    shown = await crowd.send(await form(crowd), when="abends")
    again = (await crowd.press(shown, "Noch einmal", rights=ROUTINE)).answered

    assert NOT_ALLOWED in (await crowd.send(again, rights=ROUTINE, held=ROUTINE, when="8")).text
    assert await there(bot) == []


async def test_options_are_those_of_the_console(crowd: People, bot: Office) -> None:
    shown = await crowd.use("digest setup", rights=MANAGER, name="Früh", holidays="Bayern", empty="skip", **OPTIONS)

    assert "Neuer Digest „Früh“ eingerichtet. Der Bot darf dort posten." in shown.text
    assert "„Früh“" in shown.text
    (one,) = await there(bot)
    assert (one.at, one.stories, one.holidays) == (time(8, 15), 3, "DE-BY")


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"time": "25:00"}, "keine Uhrzeit"),
        ({"timezone": "Atlantis"}, "Zeitzone"),
        ({"weekdays": "neulich"}, "keine Wochentage"),
        ({"topics": "Sicherheitt"}, "Meinten Sie"),
        ({"holidays": "Atlantis"}, "Feiertage"),
        ({"name": "x" * 61, "time": "7"}, "kein Name"),
        ({"name": "x" * 61}, "kein Name"),
        ({"channel": ELSEWHERE, "time": "7"}, "auf dem Server nicht"),
        ({"channel": 1, "time": "7"}, "gibt es nicht"),
    ],
)
async def test_what_can_not_be_set_up_is_said(
    crowd: People, hall: Guildhall, bot: Office, options: dict[str, Any], refusal: str
) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    shown = await crowd.use("digest setup", rights=MANAGER, **options)

    assert shown.private
    assert refusal in shown.text
    assert await there(bot) == []


async def test_a_missing_right_of_the_bot_is_named_at_once(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.channel(CHANNEL + 1, permissions="view_channel read_message_history")
    shown = await crowd.send(await form(crowd), channel=[str(CHANNEL + 1)])

    assert "„Nachrichten senden“" in shown.text
    assert len(await there(bot)) == 1  # it is set up: rights can be given later


async def test_a_forum_takes_digests_and_is_checked(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.channel(CHANNEL + 1, kind="forum")

    assert "darf dort posten" in (await crowd.send(await form(crowd), channel=[str(CHANNEL + 1)])).text


# who may


@pytest.mark.parametrize("what", ["setup", "show", "now", "pause", "resume", "remove"])
async def test_only_who_manages_the_channel_may(crowd: People, bot: Office, what: str) -> None:
    await bot.subscribe(subscription())
    before = await there(bot)
    shown = await crowd.use(f"digest {what}", rights=ROUTINE)

    assert shown.private
    assert NOT_ALLOWED in shown.text
    assert await there(bot) == before


@pytest.mark.parametrize("what", ["setup", "show", "now", "pause", "resume", "remove"])
async def test_who_administers_may(crowd: People, bot: Office, what: str) -> None:
    await bot.subscribe(subscription())

    assert NOT_ALLOWED not in (await crowd.use(f"digest {what}", rights=MANAGER)).text


async def test_it_is_the_channel_named_that_counts(crowd: People, hall: Guildhall, bot: Office) -> None:
    assert NOT_ALLOWED in (await crowd.send(await form(crowd), held=ROUTINE, channel=[str(CHANNEL + 1)])).text
    hall.control.guild(members=[42])
    assert NOT_ALLOWED in (await crowd.send(await form(crowd), held=None, channel=[str(CHANNEL + 1)])).text
    hall.control.guild(permissions=f"{MANAGER} read_message_history")
    assert "Eingerichtet" in (await crowd.send(await form(crowd), held=None, channel=[str(CHANNEL + 1)])).text

    assert [one.channel for one in await there(bot)] == [channel(1)]


async def test_there_is_none_in_private_messages(crowd: People, bot: Office) -> None:
    assert "nur auf einem Server" in (await crowd.use("digest setup", at=PRIVATE, time="7")).text
    assert await there(bot) == []


@pytest.mark.parametrize("label", ["Ändern", "Vorschau", "Pausieren", "Entfernen"])
async def test_a_button_asks_anew_who_presses_it(crowd: People, bot: Office, label: str) -> None:
    await bot.subscribe(subscription())
    before = await there(bot)
    shown = await crowd.use("digest show", rights=MANAGER)
    pressed = await crowd.press(shown, label, rights=ROUTINE)

    assert NOT_ALLOWED in refusal(pressed)
    assert await there(bot) == before


async def test_a_button_of_another_channel_asks_for_the_rights_there(
    crowd: People, hall: Guildhall, bot: Office
) -> None:
    hall.control.guild(members=[42])
    await bot.subscribe(subscription(1))
    shown = await crowd.use("digest show", rights=MANAGER, channel=CHANNEL + 1)
    pressed = await crowd.press(shown, "Pausieren", rights=MANAGER)

    assert NOT_ALLOWED in refusal(pressed)
    assert not (await there(bot))[0].paused


async def test_a_digest_of_another_server_is_unknown(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    await bot.subscribe(
        subscription(), subscription(1, channel=Channel(Platform.DISCORD, str(GUILD + 9), str(ELSEWHERE)))
    )
    shown = await crowd.use("digest show", rights=MANAGER)
    pressed = await crowd.press(shown, "Pausieren", rights=MANAGER, channel=ELSEWHERE)

    assert "gibt es nicht mehr" in refusal(pressed)
    assert not any(one.paused for one in await there(bot))


def refusal(shown: Shown) -> str:
    """What was said, as the first answer or after it."""
    return "\n".join([shown.text, *shown.further])


# showing, pausing, removing


async def test_buttons_pause_resume_and_remove(crowd: People, bot: Office) -> None:
    await bot.subscribe(subscription())
    shown = await crowd.use("digest show", rights=MANAGER)
    assert "„Digest“" in shown.text

    paused = await crowd.press(shown, "Pausieren", rights=MANAGER)
    assert "pausiert" in paused.text
    assert (await there(bot))[0].paused

    resumed = await crowd.press(paused, "Fortsetzen", rights=MANAGER)
    assert not (await there(bot))[0].paused

    sure = await crowd.press(resumed, "Entfernen", rights=MANAGER)
    assert "wirklich entfernen?" in sure.text
    assert len(await there(bot)) == 1
    assert "ist entfernt" in (await crowd.press(sure, "Ja, entfernen", rights=MANAGER)).text
    assert await there(bot) == []

    assert "gibt es nicht mehr" in refusal(await crowd.press(sure, "Ja, entfernen", rights=MANAGER))


async def test_a_button_opens_the_form(crowd: People, bot: Office) -> None:
    await bot.subscribe(subscription(at=time(11)))
    shown = await crowd.use("digest show", rights=MANAGER)

    assert fields((await crowd.press(shown, "Ändern", rights=MANAGER)).answered)["when"] == "11:00 Europe/Berlin"


async def test_commands_pause_resume_and_remove(crowd: People, bot: Office) -> None:
    assert "noch kein Digest" in (await crowd.use("digest show", rights=MANAGER)).text
    assert "kein Digest eingerichtet" in (await crowd.use("digest pause", rights=MANAGER)).text
    await bot.subscribe(subscription())

    assert "pausiert" in (await crowd.use("digest pause", rights=MANAGER)).text
    assert (await there(bot))[0].paused
    assert "Der nächste Digest" in (await crowd.use("digest resume", rights=MANAGER)).text
    assert "ist entfernt" in (await crowd.use("digest remove", rights=MANAGER, name="digest")).text
    assert await there(bot) == []


async def test_many_digests_fit_into_one_message(crowd: People, bot: Office) -> None:
    await bot.subscribe(*(subscription(0, n, name=f"Digest {n:02} {'x' * 45}") for n in range(1, 12)))
    shown = await crowd.use("digest show", rights=MANAGER)

    assert "… und 5 weitere" in shown.text


# a look at it now


async def test_a_preview_is_for_whoever_asks_and_can_be_posted(crowd: People, hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(1))
    shown = await crowd.use("digest now", rights=MANAGER, channel=CHANNEL + 1)
    assert shown.private
    assert TITLE in shown.text
    assert texts(hall, 1) == []

    hall.control.guild(members=[42], permissions=f"{MANAGER} read_message_history")
    posted = await crowd.press(shown, "Posten", rights=MANAGER)
    assert f"https://discord.com/channels/{GUILD}/{CHANNEL + 1}/" in posted.text
    (text,) = texts(hall, 1)
    assert TITLE in text


async def test_pressing_twice_posts_once(crowd: People, hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription())
    shown = await crowd.use("digest now", rights=MANAGER)
    before = len(texts(hall, 0))
    for _ in range(2):
        await crowd.press(shown, "Posten", rights=MANAGER)
    public = [one for one in hall.control.messages(CHANNEL) if not one["flags"] & 1 << 6]

    assert len(public) == 1
    assert before


async def test_whoever_set_one_up_can_look_at_it_at_once(crowd: People, hall: Guildhall, bot: Office) -> None:
    saved = await crowd.send(await form(crowd))
    shown = await crowd.press(saved, "Vorschau", rights=MANAGER)

    assert shown.private
    assert TITLE in shown.text
    assert "Posten" in shown.pressable
    assert NOT_ALLOWED in refusal(await crowd.press(saved, "Vorschau", rights=ROUTINE))


async def test_who_may_not_manage_posts_nothing(crowd: People, hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription())
    shown = await crowd.use("digest now", rights=MANAGER)
    pressed = await crowd.press(shown, "Posten", rights=ROUTINE)

    assert NOT_ALLOWED in refusal(pressed)
    assert not [one for one in hall.control.messages(CHANNEL) if not one["flags"] & 1 << 6]


async def test_a_post_that_is_refused_is_said(crowd: People, hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription())
    shown = await crowd.use("digest now", rights=MANAGER)
    hall.control.channel(CHANNEL, permissions="view_channel read_message_history")
    pressed = await crowd.press(shown, "Posten", rights=MANAGER)

    assert "„Nachrichten senden“" in refusal(pressed)
    assert pressed.further_private
