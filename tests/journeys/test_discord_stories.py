"""The menu under a digest on Discord: keep a story, vote on it, learn why it is there; and who is told nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import UserError
from bot.model import Channel, Feed, Platform, SpaceFeed, Story
from bot.sight import Sight
from cogs.discord.private import CLOSED
from tests.chats.guildhall import Guildhall
from tests.chats.world import BOT, CHANNEL, DM, GUILD, THREAD
from tests.chats.world import Channel as Place
from tests.journeys.office import SEVEN, TOLD, Office, channel, day, office, subscription
from tests.journeys.people import MANAGER, ROUTINE, People, Shown, parts, people

PRIVATE, ELSEWHERE, UNDER = 900000000000000001, 900000000000000002, 900000000000000003
TITLE = "Rakete Petrel erreicht die Umlaufbahn"
GONE = "nicht mehr gespeichert"
MENU = "Meldung wählen: nachfragen, merken, mehr oder weniger davon, Warum sehe ich das?"
BUTTONS = ["Merken", "Mehr davon", "Weniger davon", "Warum sehe ich das?"]


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


async def digest(hall: Guildhall, bot: Office, **fields: Any) -> Shown:
    """The message of a digest in the first channel."""
    await bot.subscribe(subscription(**fields))
    await bot.morning()
    return Shown({"original": hall.control.messages(CHANNEL)[-1]})


async def stories(bot: Office) -> dict[str, Story]:
    """What is stored, by the title of the first article."""
    found = await bot.store.stories.current(SEVEN - timedelta(days=3))
    return {one.articles[0].title: one for one in found}


async def chosen(crowd: People, shown: Shown, bot: Office, **more: Any) -> Shown:
    """A story that was chosen from the menu of a message."""
    story = (await stories(bot))[TITLE]
    return await crowd.press(shown, MENU, values=[str(story.id)], **more)


def direct(hall: Guildhall, person: int = 42) -> list[str]:
    """The direct messages of a person, oldest first."""
    id_ = next((id_ for (_, who), id_ in hall.control.hall.world.direct.items() if who == person), 0)
    return [one["text"] for one in hall.control.messages(id_)] if id_ else []


def said(shown: Shown) -> str:
    return "\n".join([shown.text, *shown.further])


async def test_a_story_has_its_buttons(crowd: People, hall: Guildhall, bot: Office) -> None:
    shown = await digest(hall, bot)
    card = await chosen(crowd, shown, bot)

    assert card.private
    assert "Petrel" in card.text
    assert list(card.pressable) == ["Nachfragen", *BUTTONS]
    assert card.pressable["Nachfragen"] == f"story:ask:{(await stories(bot))[TITLE].id}"


# Merken


async def test_a_story_is_kept_once_in_direct_messages(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    for _ in range(3):
        kept = await crowd.press(card, "Merken")
        assert kept.private
        assert kept.text == "Gemerkt. Die Meldung steht in Ihren Direktnachrichten."

    (message,) = direct(hall)
    assert "Umlaufbahn" in message
    assert "zwei Satelliten" in message
    assert "blatt" in message.casefold()
    assert hall.control.counters()["same_nonce"] == 2


async def test_of_a_servers_own_feed_no_menu_is_kept_that_would_tell_nothing(
    crowd: People, hall: Guildhall, bot: Office
) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    await crowd.press(card, "Merken", person=43)
    feed = Feed("https://geheim.example/feed", "Geheim")
    await bot.store.feeds.give([SpaceFeed(f"discord:{GUILD}", feed, SEVEN, "42", "Geheim")], 50)
    await hidden(bot, hall)
    await bot.execute(f"UPDATE articles SET feed_url = '{feed.url}' WHERE private")
    assert "Gemerkt" in (await crowd.press(card, "Merken")).text

    messages = [one for one in hall.control.messages() if "Gemerkt" in one["text"] and "Satelliten" in one["text"]]
    assert [len(parts(one)) for one in messages] == [1, 0]


async def test_another_person_has_a_message_of_their_own(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    for person in (42, 43):
        await crowd.press(card, "Merken", person=person)

    assert len(direct(hall, 42)) == len(direct(hall, 43)) == 1


async def test_a_month_later_it_can_be_kept_once_more(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    await crowd.press(card, "Merken")
    bot.clock.wait(days=30)
    hall.control.forget()
    await crowd.press(card, "Merken")

    assert len(direct(hall)) == 2


async def test_closed_direct_messages_are_told(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    hall.control.close_direct(42)
    shown = await crowd.press(card, "Merken")

    assert shown.private
    assert shown.text == CLOSED
    assert direct(hall) == []


async def test_a_discord_that_is_busy_is_told(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    hall.control.fault(kind="status", on="create_message", status=503)

    assert "doppelt kommt nichts" in (await crowd.press(card, "Merken")).text


# Mehr davon, weniger davon


async def test_votes_weigh_the_topics_of_the_channel(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)

    more = await crowd.press(card, "Mehr davon")
    assert "Mehr davon: In diesem Kanal gilt jetzt Raumfahrt ×1,1" in more.text
    assert "Noch einmal „Mehr davon“ nimmt das zurück." in more.text
    less = await crowd.press(more, "Weniger davon")
    assert "Raumfahrt ×0,9" in less.text
    back = await crowd.press(less, "Weniger davon")
    assert "Die Stimme ist zurückgenommen" in back.text
    assert await bot.count("votes") == 0


async def test_managers_see_and_reset_them(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    await crowd.press(card, "Mehr davon")

    shown = await crowd.use("digest show", rights=MANAGER)
    assert "Gewichte: Raumfahrt ×1,1" in shown.text.replace("\\", "")
    assert "„Kanäle verwalten“" in said(await crowd.press(shown, "Stimmen zurücksetzen", rights=ROUTINE))
    assert await bot.count("votes") == 1
    reset = await crowd.press(shown, "Stimmen zurücksetzen", rights=MANAGER)
    assert "sind vergessen" in reset.text
    assert "Gewichte" not in reset.text
    assert "Stimmen zurücksetzen" not in reset.pressable
    assert await bot.count("votes") == 0


async def test_a_vote_in_the_thread_of_a_digest_counts_for_its_channel(
    crowd: People, hall: Guildhall, bot: Office
) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    hall.control.hall.world.channels[UNDER] = Place(UNDER, THREAD, GUILD, "Montag", parent=CHANNEL, owner=BOT)
    voted = await crowd.press(card, "Mehr davon", channel=UNDER)

    assert "In diesem Kanal" in voted.text
    assert [one.channel for one in await bot.store.votes.by(Platform.DISCORD, "42")] == [channel()]


async def test_where_no_digest_comes_votes_are_for_ones_own(crowd: People, hall: Guildhall, bot: Office) -> None:
    own = Channel(Platform.DISCORD, "", "42", direct=True)
    for at in (PRIVATE, CHANNEL + 1):
        card = await chosen(crowd, await crowd.use("summary", at=at), bot, channel=at)
        assert "In Ihren Direktnachrichten gilt jetzt" in (await crowd.press(card, "Mehr davon", channel=at)).text
        assert [one.channel for one in await bot.store.votes.by(Platform.DISCORD, "42")] == [own]
        await crowd.press(card, "Mehr davon", channel=at)


# Warum sehe ich das?


async def test_why_tells_topics_points_sources_and_wishes(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot, topics=("„Petrel“", "raumfahrt")), bot)
    voted = await crowd.press(card, "Mehr davon")
    why = (await crowd.press(voted, "Warum sehe ich das?")).text.replace("\\", "")

    assert "Themen: „Petrel“, Raumfahrt" in why
    for part in ("Aktualität", "eigenes Wort „Petrel“ (+1,0)", "gewünschtes Thema", "Stimmen für und gegen die Themen"):
        assert part in why
    assert "- Blatt: Erster Artikel über dieses Ereignis" in why


async def test_what_a_channel_wants_is_told_in_no_other(crowd: People, hall: Guildhall, bot: Office) -> None:
    card = await chosen(crowd, await digest(hall, bot, topics=("„Petrel“",)), bot)
    why = (await crowd.press(card, "Warum sehe ich das?", channel=CHANNEL + 1)).text

    assert "Aktualität" in why
    assert "eigenes Wort" not in why


async def test_articles_that_the_summary_does_not_go_by_are_counted(
    crowd: People, hall: Guildhall, bot: Office
) -> None:
    text = next(iter(TOLD.values()))
    await bot.publish({f"{TITLE} ({n})": f"{text} Das ist Fassung {n}." for n in range(8)}, hours=2)
    shown = await digest(hall, bot)
    card = await chosen(crowd, shown, bot)
    why = (await crowd.press(card, "Warum sehe ich das?")).text

    assert "Nicht in der Zusammenfassung: " in why


# who is told nothing, and what is gone


@pytest.mark.parametrize("label", BUTTONS)
async def test_a_month_later_by_others(crowd: People, hall: Guildhall, bot: Office, label: str) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    await bot.morning(day(31))
    pressed = await crowd.press(card, label, person=77)

    assert any(word in said(pressed) for word in ("Gemerkt", "gilt jetzt", "Warum hier"))


@pytest.mark.parametrize("label", BUTTONS)
async def test_what_is_not_stored_any_more_is_told(crowd: People, hall: Guildhall, bot: Office, label: str) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    await bot.execute("DELETE FROM memberships")
    pressed = await crowd.press(card, label)

    assert GONE in said(pressed)
    assert await bot.count("votes") == 0
    assert direct(hall) == []


@pytest.mark.parametrize("id_", ["0", "9223372036854775807", "9223372036854775808", "9" * 70, "-1", "x", ""])
async def test_guessed_ids_are_no_stories(crowd: People, hall: Guildhall, bot: Office, id_: str) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    for prefix in ("keep", "more", "less", "reason"):
        assert GONE in said(await crowd.press(card, "Merken", custom_id=f"story:{prefix}:{id_}"))
    assert GONE in said(await crowd.press(card, "Merken", custom_id="story:why", values=[id_ or " "]))


ACTS = ("keep", "more", "less", "reason")


async def hidden(bot: Office, hall: Guildhall) -> str:
    """The id of a story that only another server may see."""
    hall.control.guild(GUILD + 9)
    hall.control.channel(ELSEWHERE, GUILD + 9)
    await bot.execute(f"UPDATE articles SET private = true WHERE title = '{TITLE}'")
    return str((await stories(bot))[TITLE].id)


@pytest.mark.parametrize("prefix", ACTS)
async def test_of_another_servers_stories_nothing_is_told(
    crowd: People, hall: Guildhall, bot: Office, prefix: str
) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    id_ = await hidden(bot, hall)
    pressed = await crowd.press(card, "Merken", custom_id=f"story:{prefix}:{id_}")

    assert said(pressed).endswith("Diese Meldung ist nicht mehr gespeichert.")
    assert "Satelliten" not in said(pressed)
    assert await bot.count("votes") == 0
    assert direct(hall) == []


@pytest.mark.parametrize("prefix", ACTS)
async def test_without_the_filter_it_would(
    crowd: People, hall: Guildhall, bot: Office, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await chosen(crowd, await digest(hall, bot), bot)
    id_ = await hidden(bot, hall)
    monkeypatch.setattr(Sight, "shows", lambda self, article: bool(self and article))
    await crowd.press(card, "Merken", custom_id=f"story:{prefix}:{id_}")

    assert hall.control.interactions()[-1]["original"]["text"].count(GONE) == 0
    assert (await bot.count("votes"), len(direct(hall))) == ((prefix in {"more", "less"}), (prefix == "keep"))


async def test_a_vote_is_on_what_the_channel_sees(bot: Office) -> None:
    await bot.subscribe(subscription())
    await bot.morning()
    there = (await stories(bot))[TITLE]
    await bot.execute("UPDATE articles SET private = true")

    with pytest.raises(UserError, match=GONE):
        await bot.house.newsroom.desk.vote(channel(), there.id, "7", 1)
    assert await bot.count("votes") == 0
