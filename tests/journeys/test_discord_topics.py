"""/topics on Discord: what comes to oneself by direct message, or to a channel that one manages."""

from collections.abc import AsyncIterator
from datetime import time
from typing import Any

import pytest

from bot.model import Channel, Platform, Subscription
from cogs.discord import managing
from cogs.discord.private import CLOSED
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, DM, GUILD
from tests.chats.world import Channel as Place
from tests.journeys.office import SEVEN, TOLD, Office, channel, day, office, subscription
from tests.journeys.people import MANAGER, ROUTINE, People, Shown, people

PRIVATE, ELSEWHERE = 900000000000000001, 900000000000000002
NOT_ALLOWED = "„Kanäle verwalten“"
OWN = Channel(Platform.DISCORD, "", "42", direct=True)
BUTTONS = ["Uhrzeit ändern", "Pausieren", "Abbestellen"]


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        opened.clock.set(SEVEN)
        await opened.publish(TOLD)
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    world = hall.control.hall.world
    world.channels[PRIVATE] = Place(PRIVATE, DM, None, "", person=42)
    world.direct[next(iter(world.bots.values())).id, 42] = PRIVATE
    async with people(hall, bot) as there:
        yield there
        assert hall.control.counters()["violations"] == []
        assert hall.control.counters()["pinging"] == 0


async def there(bot: Office) -> list[Subscription]:
    return await bot.store.subscriptions.all()


def direct(hall: Guildhall) -> list[str]:
    return [one["text"].replace("\\", "") for one in hall.control.messages(PRIVATE)]


def said(shown: Shown) -> str:
    return "\n".join([shown.text, *shown.further]).replace("\\", "")


# for oneself


@pytest.mark.parametrize("at", [CHANNEL, PRIVATE])
async def test_a_topic_comes_by_direct_message(crowd: People, hall: Guildhall, bot: Office, at: int) -> None:
    shown = await crowd.use("topics subscribe", at=at, topic='ki, "Petrel", -gaming', time="6:30", timezone="Wien")

    assert "Abonniert: KI und „Petrel“, ohne Gaming. Es kommt als Direktnachricht." in said(shown)
    assert shown.private
    assert list(shown.pressable) == BUTTONS
    (one,) = await there(bot)
    assert (one.channel, one.name, one.at, one.zone) == (OWN, "Meine Themen", time(6, 30), "Europe/Vienna")
    assert one.topics == ("ki", "„Petrel“", "-gaming")

    greeted = len(direct(hall))
    await bot.morning(day(1))
    assert "Petrel" in direct(hall)[-1]
    assert len(direct(hall)) == greeted + 1


async def test_whoever_uses_it_elsewhere_is_greeted_once(crowd: People, hall: Guildhall, bot: Office) -> None:
    await crowd.use("topics subscribe", topic="ki")
    await crowd.use("topics subscribe", topic="cloud")

    (greeting,) = direct(hall)
    assert "Abonniert: KI." in greeting
    assert "/topics mine" in greeting


async def test_as_an_app_of_ones_own_between_people(crowd: People, bot: Office) -> None:
    hall = crowd.hall
    hall.control.hall.world.channels[PRIVATE + 10] = Place(PRIVATE + 10, DM, None, "", person=43)
    await crowd.use("topics subscribe", at=PRIVATE + 10, topic="ki")

    assert [one.channel for one in await there(bot)] == [OWN]


async def test_closed_direct_messages_are_told_at_once(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.close_direct(42)
    shown = await crowd.use("topics subscribe", topic="ki")

    assert CLOSED in shown.text
    assert "Bis dahin kommt nichts an." in shown.text
    assert len(await there(bot)) == 1, "it is subscribed to: they can be opened later"


async def test_where_nobody_can_be_written_to_at_all(crowd: People, hall: Guildhall, bot: Office) -> None:
    refusal = '{"message": "Cannot send messages to this user", "code": 50007}'
    hall.control.fault(kind="garbled", on="create_direct", status=403, body=refusal, content_type="application/json")

    assert CLOSED in (await crowd.use("topics subscribe", topic="ki")).text


async def test_a_discord_that_is_busy_does_not_keep_from_subscribing(
    crowd: People, hall: Guildhall, bot: Office
) -> None:
    hall.control.fault(kind="status", on="create_direct", status=503)

    assert "ließ sich gerade nicht prüfen" in (await crowd.use("topics subscribe", topic="ki")).text
    assert len(await there(bot)) == 1


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"topic": "alle"}, "/digest setup"),
        ({"topic": "Sicherheitt"}, "Meinten Sie"),
        ({"topic": "ki", "time": "25:00"}, "keine Uhrzeit"),
        ({"topic": "ki", "timezone": "Atlantis"}, "Atlantis"),
    ],
)
async def test_what_can_not_be_subscribed_to(
    crowd: People, hall: Guildhall, bot: Office, options: dict[str, Any], refusal: str
) -> None:
    shown = await crowd.use("topics subscribe", **options)

    assert refusal in shown.text
    assert shown.private
    assert await there(bot) == []
    assert direct(hall) == [], "nobody is greeted for nothing"


async def test_a_topic_is_unsubscribed_from(crowd: People, bot: Office) -> None:
    assert "nicht abonniert" in (await crowd.use("topics unsubscribe", topic="ki")).text
    await crowd.use("topics subscribe", topic='ki, "Petrel"')

    assert "Abbestellt: KI." in (await crowd.use("topics unsubscribe", topic="ki")).text
    assert (await there(bot))[0].topics == ("„Petrel“",)
    assert "Meine Themen" in (await crowd.use("topics unsubscribe", topic="Petrel")).text
    assert await there(bot) == []


# for a channel


async def test_a_channel_is_subscribed_by_who_manages_it(crowd: People, bot: Office) -> None:
    shown = await crowd.use("topics subscribe", rights=MANAGER, channel=CHANNEL + 1, topic="ki")

    assert "Abonniert: KI. Der Bot darf dort posten." in said(shown)
    (one,) = await there(bot)
    assert (one.channel, one.name) == (channel(1), "Themen")
    assert "„Themen“" in said(await crowd.use("topics mine", rights=MANAGER, channel=CHANNEL + 1))
    assert "Abbestellt" in said(await crowd.use("topics unsubscribe", channel=CHANNEL + 1, topic="ki"))


async def test_a_right_that_is_missing_is_told(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.channel(CHANNEL, permissions="view_channel read_message_history")
    shown = await crowd.use("topics subscribe", rights=MANAGER, channel=CHANNEL, topic="ki")

    assert "„Nachrichten senden“" in shown.text
    assert len(await there(bot)) == 1


@pytest.mark.parametrize("what", ["subscribe", "unsubscribe", "mine"])
async def test_only_who_manages_a_channel_may(crowd: People, bot: Office, what: str) -> None:
    await bot.subscribe(subscription(topics=("ki",)))
    before = await there(bot)
    topic: dict[str, Any] = {} if what == "mine" else {"topic": "cloud" if what == "subscribe" else "ki"}
    shown = await crowd.use(f"topics {what}", channel=CHANNEL, **topic)

    assert NOT_ALLOWED in shown.text
    assert "„Digest“" not in shown.text
    assert await there(bot) == before


@pytest.mark.parametrize("what", ["subscribe", "unsubscribe", "mine"])
async def test_without_the_check_everybody_might(
    crowd: People, bot: Office, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(managing, "MANAGE_CHANNELS", ~0)
    await bot.subscribe(subscription(topics=("ki",)))
    topic: dict[str, Any] = {} if what == "mine" else {"topic": "cloud" if what == "subscribe" else "ki"}

    assert NOT_ALLOWED not in (await crowd.use(f"topics {what}", channel=CHANNEL, **topic)).text


async def test_a_channel_of_another_server_is_none(crowd: People, hall: Guildhall, bot: Office) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)

    assert "auf dem Server nicht" in (await crowd.use("topics subscribe", channel=ELSEWHERE, topic="ki")).text
    assert "nur auf einem Server" in (await crowd.use("topics mine", at=PRIVATE, channel=CHANNEL)).text
    assert await there(bot) == []


# what there is, with its buttons


async def test_mine_shows_ones_own_alone(crowd: People, bot: Office) -> None:
    assert "Noch kein Thema abonniert" in (await crowd.use("topics mine")).text
    await bot.subscribe(subscription(topics=("cloud",)))
    await crowd.use("topics subscribe", topic="ki", person=43)
    await crowd.use("topics subscribe", topic="raumfahrt")
    shown = said(await crowd.use("topics mine"))

    assert "Raumfahrt" in shown
    assert "KI" not in shown
    assert "Cloud" not in shown


async def test_buttons_pause_resume_and_set_the_time(crowd: People, bot: Office) -> None:
    await crowd.use("topics subscribe", topic="ki")
    shown = await crowd.use("topics mine")

    paused = await crowd.press(shown, "Pausieren")
    assert "Pausiert." in paused.text
    assert (await there(bot))[0].paused
    resumed = await crowd.press(paused, "Fortsetzen")
    assert "Läuft wieder. Es kommt als Direktnachricht." in resumed.text
    assert not (await there(bot))[0].paused

    form = (await crowd.press(resumed, "Uhrzeit ändern")).answered
    wrong = await crowd.write(form, when="abends")
    assert "„abends“ ist keine Uhrzeit" in said(wrong)
    form = (await crowd.press(wrong, "Noch einmal")).answered
    assert "Geändert: Uhrzeit jetzt 18:15" in said(await crowd.write(form, when="18:15 Wien"))
    assert ((await there(bot))[0].at, (await there(bot))[0].zone) == (time(18, 15), "Europe/Vienna")


async def test_ones_own_votes_are_reset(crowd: People, bot: Office) -> None:
    await crowd.use("topics subscribe", topic="raumfahrt")
    digest = await bot.house.newsroom.digest()
    story = next(one.summary.story_id for one in digest.stories if "Raumfahrt" in one.topics)
    await bot.house.newsroom.desk.vote(OWN, story, "42", 1)
    shown = await crowd.use("topics mine")
    assert "Gewichte: Raumfahrt ×" in said(shown)

    assert "gibt es nicht mehr" in said(await crowd.press(shown, "Stimmen zurücksetzen", person=43, rights=MANAGER))
    assert await bot.count("votes") == 1
    assert "sind vergessen" in said(await crowd.press(shown, "Stimmen zurücksetzen"))
    assert await bot.count("votes") == 0


async def test_a_button_unsubscribes_from_one_or_all(crowd: People, bot: Office) -> None:
    await crowd.use("topics subscribe", topic='ki, "Petrel", -gaming')
    shown = await crowd.use("topics mine")
    asked = await crowd.press(shown, "Abbestellen")

    one = await crowd.press(asked, "Wählen …", values=["„Petrel“"])
    assert "Abbestellt: „Petrel“." in said(one)
    assert (await there(bot))[0].topics == ("ki", "-gaming")
    again = await crowd.press(asked, "Wählen …", values=["„Petrel“"])
    assert "gibt es nicht mehr" in said(again)
    asked = await crowd.press(one, "Abbestellen")
    assert "ist beendet" in said(await crowd.press(asked, "Wählen …", values=["*"]))
    assert await there(bot) == []


@pytest.mark.parametrize("label", BUTTONS)
async def test_buttons_of_long_ago_and_of_what_is_gone(crowd: People, bot: Office, label: str) -> None:
    await crowd.use("topics subscribe", topic="ki")
    shown = await crowd.use("topics mine")
    bot.clock.wait(days=31)
    assert "Fehler-Nr." not in said(await crowd.press(shown, label))
    await bot.execute("DELETE FROM subscriptions")

    assert "Dieses Abo gibt es nicht mehr" in said(await crowd.press(shown, label))


@pytest.mark.parametrize("label", BUTTONS)
async def test_of_another_persons_nothing_is_done_or_told(crowd: People, bot: Office, label: str) -> None:
    await crowd.use("topics subscribe", topic='"Geheimwort"')
    shown = await crowd.use("topics mine")
    before = await there(bot)
    pressed = await crowd.press(shown, label, person=43, rights=MANAGER)

    assert "Dieses Abo gibt es nicht mehr" in said(pressed)
    assert await there(bot) == before


@pytest.mark.parametrize("prefix", ["pause", "resume", "time", "drop", "dropped"])
@pytest.mark.parametrize("where", ["here", "elsewhere"])
async def test_of_channels_only_managers_press(
    crowd: People, hall: Guildhall, bot: Office, prefix: str, where: str
) -> None:
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    other = Channel(Platform.DISCORD, str(GUILD + 9), str(ELSEWHERE))
    await bot.subscribe(subscription(topics=("ki",), channel=channel() if where == "here" else other))
    await crowd.use("topics subscribe", topic="cloud")
    shown = await crowd.use("topics mine")
    before = await there(bot)
    rights = ROUTINE if where == "here" else MANAGER
    values: dict[str, Any] = {"values": ["*"]} if prefix == "dropped" else {}
    pressed = await crowd.press(shown, "Abbestellen", rights=rights, custom_id=f"topics:{prefix}:1", **values)

    assert (NOT_ALLOWED if where == "here" else "gibt es nicht mehr") in said(pressed)
    assert await there(bot) == before


# while typing


async def test_topics_and_own_words_are_offered(crowd: People, bot: Office) -> None:
    assert (await crowd.type_("topics subscribe", "topic", "sich"))[0] == "sicherheit"
    assert await crowd.type_("topics subscribe", "topic", "Quantencomputer") == ['"Quantencomputer"']
    assert await crowd.type_("topics subscribe", "topic", "ki, -Elon Musk") == ['ki,-"Elon Musk"']
    assert (await crowd.type_("topics subscribe", "topic", "-gam"))[0] == "-gaming"
    assert len(await crowd.type_("topics subscribe", "topic", "")) == len(bot.house.newsroom.topics)
    for offered in await crowd.type_("topics subscribe", "topic", "ki, -Elon Musk"):
        assert "Abonniert" in (await crowd.use("topics subscribe", topic=offered)).text


async def test_what_is_subscribed_to_is_offered_to_unsubscribe_from(crowd: People, bot: Office) -> None:
    await crowd.use("topics subscribe", topic='ki, "Petrel", -gaming')
    offered = await crowd.type_("topics unsubscribe", "topic", "")

    assert sorted(offered) == ["-gaming", "ki", "„Petrel“"]
    for entry in offered:
        assert "Fehler" not in (await crowd.use("topics unsubscribe", topic=entry)).text
    assert await there(bot) == []


async def test_what_a_channel_has_is_offered_to_who_manages_it(crowd: People, bot: Office) -> None:
    await bot.subscribe(subscription(topics=("cloud",)))

    assert await crowd.type_("topics unsubscribe", "topic", "", channel=CHANNEL) == ["cloud"]
    assert await crowd.type_("topics unsubscribe", "topic", "", rights=ROUTINE, channel=CHANNEL) == []
