"""Every command on Slack, by the real slack_bolt against the stand-in: what is typed, and what comes back."""

from collections.abc import AsyncIterator

import pytest

from cogs.slack.channel import SlackChannel
from cogs.slack.client import opened
from tests.chats.slack_world import CHANNEL, PERSON, TEAM
from tests.chats.workspace import Workspace
from tests.journeys.office import GOES_ON, TOLD, Office, office, until
from tests.journeys.slackers import ADMIN, Slackers, parts, slackers

GUEST = "U0000000099"


@pytest.fixture
async def people(url: str, slack: Workspace) -> AsyncIterator[Slackers]:
    """Somebody in a workspace with news."""
    async with (
        opened(slack.token, slack.app_token, slack.api) as client,
        office(url, None, slack=SlackChannel(client)) as bot,
        slackers(bot, slack, client) as found,
    ):
        await bot.publish(TOLD)
        await bot.house.pipeline.placing.place(bot.clock.now(), lambda *_: None)
        yield found
        assert slack.control.counters()["violations"] == []
        assert slack.control.counters()["late"] == 0
        assert slack.control.counters()["pinging"] == 0


async def digest(office_: Office, people: Slackers) -> dict[str, object]:
    """The digest of a channel as it was posted."""
    await people.type_("/digest setup time:07:00")
    await office_.morning()
    (message,) = [one for one in people.slack.control.messages(CHANNEL) if not one["only"]]
    return {"ts": message["id"], "blocks": message["blocks"], "text": message["text"]}


async def test_a_summary_is_for_whoever_asked_until_it_is_shared(people: Slackers) -> None:
    shown = await people.type_("/summary woche kurz")

    assert "Petrel" in shown.text
    assert shown.private
    shared = await people.press(shown.parts["Öffentlich machen"])
    assert shared.last["response_type"] == "in_channel"
    assert "Petrel" in shared.text
    assert "Geteilt von kim" in shared.text


async def test_what_is_gone_from_the_shelf_is_asked_for_anew(people: Slackers) -> None:
    shown = await people.press({"action_id": "summary:share", "value": "long ago"})

    assert "Bitte neu anfragen" in shown.text


async def test_a_summary_of_a_topic_in_words(people: Slackers) -> None:
    assert "· KI" in (await people.type_("/summary KI woche")).text
    assert "Das Thema „Quatsch“ gibt es nicht" in (await people.type_("/summary Quatsch")).text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/depesche", "/summary"),
        ("/depesche help digest setup", "weekdays"),
        ("/depesche status", "Feeds"),
        ("/topics", "Themen und ihre Meldungen"),
        ("/sources", "2 Quellen"),
        ("/alerts", "keine Eilmeldungen"),
        ("/privacy", "gespeichert"),
        ("/digest", "noch kein Digest"),
        ("/digest paus", "Meinten Sie /digest pause"),
        ("/summary length:riesig", "Möglich sind"),
        ("/quatsch", "gibt es nicht"),
    ],
)
async def test_what_is_typed_is_answered_in_german_and_alone(people: Slackers, line: str, says: str) -> None:
    shown = await people.type_(line)

    assert says in shown.text
    assert shown.private


async def test_a_digest_is_set_up_shown_tried_paused_and_removed(people: Slackers) -> None:
    assert "Eingerichtet. Der Bot darf dort posten." in (await people.type_("/digest setup 07:00 ki")).text
    assert "KI" in (await people.type_("/digest show")).text
    await people.type_("/digest setup topics:*")
    preview = await people.type_("/digest now")
    assert "Petrel" in preview.text
    await people.press(preview.parts["Posten"])
    await people.press(preview.parts["Posten"])
    assert len(people.slack.control.messages(CHANNEL)) == 1, "pressed twice it is posted once"
    paused = await people.press((await people.type_("/digest show")).parts["Pausieren"])
    assert "Pausiert." in paused.text
    assert paused.last["replace_original"]
    sure = await people.press(paused.parts["Entfernen"])
    assert "ist entfernt" in (await people.press(sure.parts["Ja, entfernen"])).text


async def test_setup_without_options_opens_a_form(people: Slackers) -> None:
    await people.slack.control.command("/digest setup", CHANNEL)
    await until(people.slack.control.views)
    view = people.slack.control.views()[-1]
    topics = next(one for one in view["blocks"] if one["block_id"] == "topics")["element"]["options"]
    values = {
        "channel": {"selected_conversation": CHANNEL},
        "when": {"value": "8:30 Wien"},
        "days": {"selected_option": {"value": "mon-fri"}},
        "topics": {"selected_options": topics[:2]},
        "length": {"selected_option": {"value": "short"}},
    }
    command = people.slack.control.space.deeds[-1]
    await people.slack.control.submit(view, values)
    await until(lambda: command.responses)

    assert "Eingerichtet" in str(command.responses[-1]["blocks"])
    (one,) = await people.office.store.subscriptions.all()
    assert (f"{one.at:%H:%M}", one.zone, one.length.value, len(one.topics)) == ("08:30", "Europe/Vienna", "short", 2)
    assert one.channel.place == f"slack:{TEAM}/{CHANNEL}"


async def test_guests_set_nothing_up(people: Slackers) -> None:
    people.slack.control.person(GUEST, is_ultra_restricted=True)
    people.slack.control.channel("C0000000001", members=[PERSON, GUEST])

    assert "Gäste" in (await people.type_("/digest setup time:07:00", person=GUEST)).text
    assert not await people.office.store.subscriptions.all()


async def test_a_private_channel_is_its_members_business(people: Slackers) -> None:
    people.slack.control.channel("C0000000077", private=True, members=[ADMIN])

    shown = await people.type_("/digest setup time:07:00 channel:<#C0000000077|geheim>")
    assert "wer in diesem Kanal ist" in shown.text


async def test_where_the_bot_is_not_the_answer_says_how_to_let_it_in(people: Slackers) -> None:
    people.slack.control.channel(CHANNEL, joined=False)

    assert "/invite @Depesche" in (await people.type_("/digest setup time:07:00")).text


async def test_sources_of_the_workspace_are_its_admins_business(people: Slackers) -> None:
    assert "Administratoren" in (await people.type_("/sources remove Blatt")).text
    assert "Blatt" in (await people.type_("/sources remove Blatt", person=ADMIN)).text
    assert [one.hidden for one in await people.office.store.feeds.of(f"slack:{TEAM}")] == [True]


async def test_an_export_is_a_file_in_direct_messages(people: Slackers) -> None:
    await people.type_("/sources export", person=ADMIN)

    (file,) = people.slack.control.files()
    assert "<opml" in file["text"]
    assert file["channel"] == "D0000000001"


async def test_topics_come_as_direct_messages(people: Slackers) -> None:
    assert "Es kommt als Direktnachricht" in (await people.type_("/topics subscribe ki „Quantencomputer“")).text
    (one,) = await people.office.store.subscriptions.all()

    assert one.channel.place == f"dm:slack:{TEAM}/{PERSON}"
    assert one.topics == ("ki", "„Quantencomputer“") or len(one.topics) == 2
    mine = await people.type_("/topics mine")
    form = await people.opens(mine.parts["Uhrzeit ändern"])
    await people.slack.control.submit(form, {"when": {"value": "09:15"}})
    await until(lambda: "09:15" in str(people.slack.control.deeds()))
    dropping = await people.press(mine.parts["Abbestellen"])
    gone = await people.choose(dropping.parts["Wählen …"], str(one.id))
    assert "Abbestellt" in gone.text


async def test_privacy_is_shown_exported_and_deleted(people: Slackers) -> None:
    await people.type_("/topics subscribe ki")
    sure = await people.type_("/privacy delete")
    await people.type_("/privacy export")
    assert "ki" in people.slack.control.files()[-1]["text"]
    await people.press(sure.parts["Ja, alles löschen"])
    assert not await people.office.store.subscriptions.all()


async def test_alerts_are_set_up_by_words(people: Slackers) -> None:
    assert "Gespeichert." in (await people.type_("/alerts set ki kritisch:ja")).text
    assert "niemanden eigens" in (await people.type_("/alerts set ki role:S1")).text
    assert "entfernt" in (await people.type_("/alerts remove")).text


async def test_the_menu_beside_a_story(people: Slackers) -> None:
    message = await digest(people.office, people)
    menu = next(one["accessory"] for one in message["blocks"] if "accessory" in one)  # type: ignore[attr-defined]

    why = await people.choose(menu, "story:reason", message=message)
    assert "Warum hier" in why.text
    assert why.private
    assert not why.last["replace_original"], "the digest itself stays as it is"
    more = await people.choose(menu, "story:more", message=message)
    assert "Mehr davon" in more.text
    less = await people.press(more.parts["Weniger davon"])
    assert less.last["replace_original"], "the card is changed"
    assert "Gemerkt" in (await people.choose(menu, "story:keep", message=message)).text
    await people.choose(menu, "story:keep", message=message)
    assert len(people.slack.control.messages("D0000000042")) == 1, "kept twice it comes once"


async def test_a_question_about_a_story_by_a_form(people: Slackers) -> None:
    message = await digest(people.office, people)
    menu = next(one["accessory"] for one in message["blocks"] if "accessory" in one)  # type: ignore[attr-defined]
    option = next(one for one in menu["options"] if one["value"].startswith("story:ask"))
    deed = await people.slack.control.press(menu["action_id"], CHANNEL, PERSON, message, selected_option=option)
    await until(people.slack.control.views)
    view = people.slack.control.views()[-1]
    await people.slack.control.submit(view, {"question": {"value": "Wann startete die Rakete Petrel?"}})
    await until(lambda: deed.responses)

    assert "4.12" in str(deed.responses[-1]["blocks"])
    assert "Weiterfragen" in parts(deed.responses[-1]["blocks"])


async def test_the_shortcut_of_a_message_without_a_link(people: Slackers) -> None:
    deed = await people.slack.control.shortcut("summarise", CHANNEL, {"ts": "1.0", "text": "Kein Link &amp; nichts"})
    await until(lambda: deed.responses)

    assert "kein Link" in str(deed.responses[-1]["text"])


async def test_the_home_tab_shows_what_comes_and_what_failed(people: Slackers) -> None:
    await people.type_("/topics subscribe ki")
    await people.slack.control.event({"type": "app_home_opened", "user": PERSON, "tab": "home"})
    await until(people.slack.control.homes)
    told = str(people.slack.control.homes()[PERSON]["blocks"])

    assert "Meine Themen" in told
    assert "Feeds" in told


async def test_what_fails_is_a_number_for_whoever_asked(people: Slackers, caplog: pytest.LogCaptureFixture) -> None:
    await people.office.execute("DROP TABLE alerts")

    assert "Fehler-Nr." in (await people.type_("/alerts")).text
    assert GOES_ON
    assert caplog.records
