"""Topics and words of one's own, from what is typed to what is posted; and what votes make of a channel's digests."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.errors import UserError
from bot.model import Empty
from bot.stories import taste
from bot.stories.votes import COUNTED
from tests.chats.guildhall import Guildhall
from tests.journeys.office import SEVEN, TOLD, Office, channel, office, subscription, texts
from tests.models import ModelServer

PETREL, STRATUS, KERNEL = TOLD
ME = "dm:discord:7"


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        yield opened


async def story_of(bot: Office, title: str) -> int:
    """The story that a title is told in."""
    await bot.house.pipeline.placing.place(bot.clock.now(), lambda *_: None)
    stories = await bot.store.stories.current(SEVEN - timedelta(days=1))
    return next(one.id for one in stories if one.articles[0].title == title)


async def preview(bot: Office, n: int = 0) -> list[str]:
    """The headlines of a channel's digest as it would be now, with what they are there for."""
    digest = await bot.house.newsroom.desk.preview(channel(n), "", lambda *_: None)
    return [one.summary.sources[0].title for one in digest.stories]


# subscribing


async def test_from_the_first_topic_to_the_last_one(bot: Office) -> None:
    first = await bot.console(f'/topics subscribe channel:{ME} topic:ki,"Petrel"')
    assert "Abonniert: KI und „Petrel“." in first
    assert f"„Meine Themen“ in {ME}" in first
    assert "Täglich um 07:00\N{NO-BREAK SPACE}Uhr (Europe/Berlin)" in first
    assert "an ruhigen Tagen nichts" in first
    assert "Der nächste Digest kommt heute um 07:00" in first

    later = await bot.console(f"/topics subscribe channel:{ME} topic:-gaming time:8:30 timezone:Wien")
    assert "Abonniert: ohne Gaming." in later
    assert "KI und „Petrel“, ohne Gaming, höchstens 8 Meldungen" in later
    assert "um 08:30" in later
    assert "Europe/Vienna" in later

    assert "Schon abonniert: „Petrel“." in await bot.console(f"/themen abonnieren kanal:{ME} thema:Petrel")
    assert "KI und „Petrel“, ohne Gaming" in await bot.console(f"/topics mine channel:{ME}")
    assert "KI, ohne Gaming" in await bot.console(f"/topics unsubscribe channel:{ME} topic:petrel")

    last = await bot.console(f"/topics unsubscribe channel:{ME} topic:KI")
    assert "Abbestellt: KI. Das war das letzte Thema; „Meine Themen“ ist damit entfernt." in last
    assert await bot.store.subscriptions.all() == []
    assert "Noch kein Thema abonniert." in await bot.console(f"/topics mine channel:{ME}")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"/topics subscribe channel:{ME} topic:Sicherheitt", "Meinten Sie Sicherheit? Für ein eigenes Wort bitte in"),
        (f"/topics subscribe channel:{ME} topic:ab", "Ein eigenes Wort hat 3 bis 40 Zeichen"),
        (f"/topics subscribe channel:{ME} topic:alle", "Alle Themen gibt es mit /digest setup."),
        (f"/topics subscribe channel:{ME} topic:-ki", "Damit bliebe kein Thema übrig."),
        (f"/topics subscribe channel:{ME}", "Welches Thema?"),
        ("/topics subscribe topic:ki", "Für welchen Kanal?"),
        (f"/topics subscribe channel:{ME} topic:ki time:25:00", "keine Uhrzeit"),
        (f"/topics unsubscribe channel:{ME} topic:cloud", "„cloud“ ist hier nicht abonniert. Abonniert ist: KI."),
        ("/topics unsubscribe channel:dm:discord:8 topic:ki", "Noch kein Thema abonniert."),
        ("/topics mine", "Für welchen Kanal?"),
    ],
)
async def test_what_does_not_work_is_said_and_changes_nothing(bot: Office, line: str, says: str) -> None:
    await bot.console(f"/topics subscribe channel:{ME} topic:ki")
    before = await bot.store.subscriptions.all()

    assert says in await bot.console(line)
    assert await bot.store.subscriptions.all() == before


async def test_in_quotes_a_word_may_be_like_a_topic(bot: Office) -> None:
    assert "Abonniert: „Sicherheitt“." in await bot.console(f'/topics subscribe channel:{ME} topic:"Sicherheitt"')
    assert "entfernt" in await bot.console(f"/topics unsubscribe channel:{ME} topic:Sicherheitt")


async def test_a_channel_gets_topics_into_the_digest_that_has_some(bot: Office) -> None:
    place = channel().place
    await bot.console(f"/digest setup channel:{place} topics:ki name:Morgen")
    assert "„Morgen“" in await bot.console(f"/topics subscribe channel:{place} topic:Petrel")
    (one,) = await bot.store.subscriptions.all()
    assert one.topics == ("ki", "„Petrel“")


async def test_one_that_has_all_of_them_stays_as_it_is(bot: Office) -> None:
    place = channel().place
    await bot.console(f"/digest setup channel:{place}", f"/topics subscribe channel:{place} topic:Petrel")
    assert {one.name: one.topics for one in await bot.store.subscriptions.all()} == {
        "Digest": (),
        "Themen": ("„Petrel“",),
    }


async def test_subscribing_resumes_what_was_paused(bot: Office) -> None:
    await bot.console(f"/topics subscribe channel:{ME} topic:ki")
    (one,) = await bot.store.subscriptions.all()
    await bot.store.subscriptions.pause([one.id], "Die Person nimmt keine Direktnachrichten an.")
    assert "Pausiert" in await bot.console(f"/topics mine channel:{ME}")
    assert "Der nächste Digest kommt" in await bot.console(f"/topics subscribe channel:{ME} topic:ki")


# what comes


async def test_channels_get_what_their_words_say_and_why(hall: Guildhall, bot: Office) -> None:
    wanted = [("„Petrel“",), ("„Zertifikat“",), ("-raumfahrt", "-„Stratus Nord“"), ("„Linux“", "-„Kernel“")]
    await bot.subscribe(*(subscription(n, topics=topics, empty=Empty.SKIP) for n, topics in enumerate(wanted)))
    await bot.publish(TOLD)
    await bot.morning()

    petrel, stratus, kernel = (texts(hall, n)[0] for n in range(3))
    assert [PETREL in text for text in (petrel, stratus, kernel)] == [True, False, False]
    assert [STRATUS in text for text in (petrel, stratus, kernel)] == [False, True, False]
    assert [KERNEL in text for text in (petrel, stratus, kernel)] == [False, False, True]
    assert "-# Petrel · Raumfahrt\n" in petrel, "the word is what it is about"
    assert not texts(hall, 3), "what is left out is left out, although a word of it is wanted"


async def test_a_digest_says_which_word_it_is_there_for(bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0, topics=("„Zertifikat“",)))
    digest = await bot.house.newsroom.desk.preview(channel(), "", lambda *_: None)

    (one,) = digest.stories
    assert digest.audience == "Zertifikat"
    assert one.topics[0] == "Zertifikat"
    assert [part.name for part in one.parts][-1] == "eigenes Wort „Zertifikat“"
    assert one.parts[-1].points == 0.5


async def test_the_same_words_share_one_digest_and_one_call_for_each_story(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:
        await bot.publish(TOLD)
        words = [("„Petrel“",), ("„Kernel“",), ("„Kernel“", "„Petrel“")]
        await bot.subscribe(*(subscription(n % 5, n + 1, name=f"Nummer {n}", topics=words[n % 3]) for n in range(300)))
        bot.clock.set(SEVEN + timedelta(seconds=1))
        statements = counted(bot)
        await bot.plan()

        assert len(await bot.rows()) == 300
        assert await bot.count("bodies") == len(words)
        assert len(server.asked) == 2, "two stories, whoever asked for them"
        assert len([one for one in statements if "FROM memberships" in one or "JOIN memberships" in one]) < 10
        assert len([one for one in statements if "votes" in one]) <= 2, "one look for all of a batch"


def counted(bot: Office) -> list[str]:
    """The statements from now on."""
    seen: list[str] = []
    engine = bot.store.outbox.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    return seen


# votes


async def test_votes_move_the_digests_of_their_channel_only(bot: Office) -> None:
    desk = bot.house.newsroom.desk
    await bot.subscribe(subscription(0), subscription(1))
    await bot.publish(TOLD)
    before = await preview(bot)
    last = await story_of(bot, before[-1])
    voted = [await desk.vote(channel(), last, str(person), 1) for person in range(12)]

    assert [one.value for one in voted] == [1] * 12
    assert [one.weights[0][1] for one in voted] == sorted(one.weights[0][1] for one in voted)
    assert (await preview(bot))[0] == before[-1]
    assert await preview(bot, 1) == before
    shown = await bot.console(f"/digest show channel:{channel().place}")
    assert "Gewichte: " in shown
    assert "×1,7" in shown
    assert "Gewichte" not in await bot.console(f"/digest show channel:{channel(1).place}")


async def test_without_the_points_for_votes_nothing_moves(bot: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taste, "VOTED", 0.0)
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    before = await preview(bot)
    for person in range(12):
        await bot.house.newsroom.desk.vote(channel(), await story_of(bot, before[-1]), str(person), 1)

    assert await preview(bot) == before


async def test_voted_digests_are_posted_and_others_share_theirs(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(*(subscription(n, stories=1) for n in range(5)))
    await bot.publish(TOLD)
    everything = await bot.house.newsroom.digest()
    first, *_, last = (one.summary.story_id for one in everything.stories)
    for n in (0, 1):
        for person in range(12):
            await bot.house.newsroom.desk.vote(channel(n), last, str(person), 1)
    await bot.morning()

    assert len({texts(hall, n)[0] for n in (0, 1)}) == 1
    assert len({texts(hall, n)[0] for n in (2, 3, 4)}) == 1
    assert await bot.count("bodies") == 2
    shown = await bot.store.outbox.shown([1, 3], SEVEN - timedelta(days=1))
    assert [{told.story for told in shown[id_]} for id_ in (1, 3)] == [{last}, {first}]


async def test_a_vote_is_changed_taken_back_and_reset(bot: Office) -> None:
    desk = bot.house.newsroom.desk
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    story = await story_of(bot, PETREL)

    assert (await desk.vote(channel(), story, "7", 1)).weights[0] == ("Raumfahrt", 1.1)
    assert (await desk.vote(channel(), story, "7", -1)).weights[0] == ("Raumfahrt", 0.9)
    back = await desk.vote(channel(), story, "7", -1)
    assert (back.value, back.weights[0]) == (0, ("Raumfahrt", 1.0))
    await desk.vote(channel(), story, "7", 1)
    assert "Raumfahrt ×1,1" in await bot.console("/digest show")
    assert "Gewichte" not in await bot.console(f"/digest einrichten kanal:{channel().place} stimmen:zurücksetzen")
    assert await bot.count("votes") == 0


async def test_votes_on_what_is_gone(bot: Office) -> None:
    with pytest.raises(UserError, match="nicht mehr gespeichert"):
        await bot.house.newsroom.desk.vote(channel(), 1, "7", 1)


async def test_votes_are_forgotten_in_time(bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.house.newsroom.desk.vote(channel(), await story_of(bot, PETREL), "7", 1)
    bot.clock.wait(days=COUNTED.days - 1)
    await bot.running._forget()
    assert await bot.count("votes") == 1
    bot.clock.wait(days=2)
    await bot.running._forget()
    assert await bot.count("votes") == 0
