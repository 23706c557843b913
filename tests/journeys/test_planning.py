"""What a digest tells and when: through downtime, clocks that are changed, and models that fail."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from aiohttp import web

from bot.llm.endpoints import OUTPUT_TOKENS
from bot.llm.openai import OpenAIModel
from bot.model import Channel, Empty, Importance, Length, Platform, State
from bot.planning import Batch
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL
from tests.journeys.office import (
    BERLIN,
    BLATT,
    BOTE,
    GOES_ON,
    SEVEN,
    TOLD,
    Office,
    channel,
    day,
    many,
    office,
    requests,
    subscription,
    texts,
)
from tests.models import ModelServer, condenses, hangs, says, status

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
TWO = dict(list(TOLD.items())[:2])


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        yield opened


# what it tells


@BOTH
async def test_what_was_told_is_not_told_again_but_what_is_new_about_it(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning()
    bot.clock.set(day(1) - timedelta(minutes=30))
    await bot.publish(GOES_ON, feed=BOTE)
    await bot.morning(day(1))

    first, second = texts(hall)
    assert "Petrel erreicht die Umlaufbahn" in first
    assert "Neu seit" not in first
    assert "Neu seit gestern" in second
    assert "Verlust eines Satelliten" in second
    assert "Stratus" not in second
    assert "Bote" in second
    assert "Blatt" not in second


async def test_another_channel_has_not_had_it(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning()
    await bot.subscribe(subscription(1, at=time(8), since=SEVEN))
    await bot.morning(SEVEN + timedelta(hours=1))

    assert "Petrel erreicht die Umlaufbahn" in texts(hall, 1)[0]


@pytest.mark.parametrize("empty", Empty)
async def test_a_day_without_news(hall: Guildhall, bot: Office, empty: Empty) -> None:
    await bot.subscribe(subscription(0, empty=empty))
    (row,) = await bot.morning()

    if empty is Empty.POST:
        (line,) = texts(hall)
        assert "kein Artikel erschienen" in line
        assert "\n" not in line
        return
    assert row.state is State.SKIPPED
    assert not texts(hall)
    assert "kam nicht: In diesem Zeitraum ist kein Artikel erschienen." in await bot.console("/status")


async def test_a_recap_tells_the_week_again(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(
        subscription(0), subscription(0, 9, name="Woche", at=time(8), weekdays=frozenset({0}), recap=True)
    )
    for feed in (BLATT, BOTE):
        await bot.publish(TOLD, hours=60, feed=feed)
    await bot.morning()
    await bot.morning(SEVEN + timedelta(hours=1))

    assert len(texts(hall)) == 2
    assert "Petrel" not in texts(hall)[0]
    (recap,) = [text for text in texts(hall) if "Wochenrückblick" in text]
    assert "Petrel" in recap


async def test_several_digests_of_one_channel_come_apart(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(0, 9, name="Kurz", length=Length.SHORT, stories=1))
    await bot.publish(TOLD)
    await bot.morning()

    assert sorted(text.count("Kein Sprachmodell") for text in texts(hall)) == [1, 1]
    assert sorted(sum(title in text for title in TOLD) for text in texts(hall)) == [1, 3]
    assert "Welcher Digest ist gemeint?" in await bot.console(f"/digest remove channel:{channel().place}")


async def test_who_wants_only_what_matters_much_gets_less(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1, importance=Importance.HIGH))
    await bot.publish(TWO)
    await bot.morning()

    assert "Stratus" in texts(hall, 0)[0]
    assert "nichts Wichtiges dabei" in texts(hall, 1)[0]


async def test_a_public_holiday_is_skipped_by_name(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, holidays="DE-BY", since=datetime(2026, 12, 24, 7, tzinfo=BERLIN)))
    await bot.morning(datetime(2026, 12, 25, 7, tzinfo=BERLIN))

    assert await bot.states() == ["skipped"]
    assert "kam nicht: Feiertag: " in await bot.console("/status")
    assert requests(hall) == 0


async def test_a_long_digest_goes_on_in_a_thread(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, length=Length.LONG, stories=30, importance=Importance.LOW))
    await bot.publish(many(14))
    rows = await bot.morning()
    for _ in rows:
        await bot.retry()
        await bot.post()

    assert len(rows) > 1
    assert set(await bot.states()) == {"sent"}
    first, *others = hall.control.messages()
    assert first["channel"] == str(CHANNEL)
    assert {one["channel"] for one in others} == {first["id"]}
    assert len(others) == len(rows) - 1


async def test_who_deletes_the_thread_keeps_the_digest(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0, length=Length.LONG, stories=30, importance=Importance.LOW))
    await bot.publish(many(14))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    hall.control.fault(kind="status", status=503, on="create_message", skip=1)
    await bot.post()
    await bot.post()
    (first,) = hall.control.messages()
    hall.control.delete_channel(first["thread"])
    hall.control.hall.world.messages[int(first["id"])].thread = int(first["id"])  # it had one, Discord says
    await bot.retry(len(await bot.rows()))

    assert set(await bot.states()) == {"sent"}
    assert len(await bot.store.subscriptions.all()) == 1


# what it costs


@pytest.mark.parametrize("channels", [10, 1_000])
async def test_calls_of_the_model_follow_the_stories_and_not_the_channels(
    hall: Guildhall, url: str, channels: int
) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:
        await bot.publish(TOLD)
        lengths = (Length.SHORT, Length.MEDIUM)
        await bot.subscribe(
            *(subscription(n % 5, n + 1, name=f"Nummer {n}", length=lengths[n % 2]) for n in range(channels))
        )
        bot.clock.set(SEVEN + timedelta(seconds=1))
        await bot.plan()

        assert len(await bot.rows()) == channels
        assert len(server.asked) == len(TOLD)


async def test_equal_wishes_share_one_body(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(*(subscription(n % 5, n + 1, name=f"Nummer {n}") for n in range(50)))
    rows = await bot.morning()

    assert len(rows) == len(texts(hall)) == 50
    assert await bot.count("bodies") == 1


# models that fail

Responder = Callable[[dict[str, object]], web.StreamResponse | Awaitable[web.StreamResponse]]


@pytest.mark.parametrize(
    "otherwise",
    [hangs, status(500), says("Gern, hier ist alles!")],
    ids=["hangs", "500", "prose"],
)
async def test_without_a_usable_model_the_digest_comes_as_extracts(
    hall: Guildhall, url: str, otherwise: Responder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenAIModel.__init__, "__defaults__", (0.3, OUTPUT_TOKENS))
    async with ModelServer(otherwise) as server, office(url, hall, model=server) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0))
        await bot.morning()

        (text,) = texts(hall)
        assert server.asked
    assert all(title in text for title in TOLD)
    assert "Auszug" in text
    assert "Kein Sprachmodell war beteiligt" in text


async def test_when_the_model_is_back_it_condenses(hall: Guildhall, url: str) -> None:
    async with ModelServer(condenses) as server, office(url, hall, model=server) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0))
        await bot.morning()

    assert "hat ein Sprachmodell verfasst" in texts(hall)[0]


# when it comes


async def test_after_three_days_there_is_one_digest_for_today(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning()
    bot.clock.set(day(3) + timedelta(minutes=20))
    async with office(str(bot.store.outbox.database.url), hall, day(3) + timedelta(minutes=20)) as again:
        again.clock.wait(minutes=1)
        await again.plan()
        await again.post()

        sent = [row.day for row in await again.rows() if row.state is State.SENT]
        assert sent == [SEVEN.date(), day(3).date()]
        assert len(texts(hall)) == 2
        assert "26. November" in texts(hall)[1]


async def test_five_hours_late_it_tells_what_happened_meanwhile(hall: Guildhall, url: str) -> None:
    async with office(url, hall, SEVEN + timedelta(hours=5), leave_out=("post",)) as bot:
        await bot.subscribe(subscription(0))
        bot.offer(TOLD, hours=8)
        await bot.plan()
        await bot.post()

        (text,) = texts(hall)
        assert "Petrel" in text, "it was collected first"
        bot.offer({**TOLD, **GOES_ON}, hours=1)
        bot.clock.set(day(1) - timedelta(hours=12))
        await bot.running.ask_feeds()
        await bot.morning(day(1))
        assert await bot.states() == ["sent", "sent"]


async def test_twenty_hours_late_it_is_skipped_and_told_why(hall: Guildhall, url: str) -> None:
    async with office(url, hall, SEVEN + timedelta(hours=20)) as bot:
        await bot.subscribe(subscription(0))
        await bot.publish(TOLD)
        await bot.plan()
        await bot.post()

        assert await bot.states() == ["skipped"]
        assert not texts(hall)
        told = await bot.console("/status")
        assert "kam nicht: Der Digest wurde nicht rechtzeitig fertig; nach 6 Stunden" in told


@BOTH
async def test_a_clock_set_back_by_two_hours_doubles_nothing(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0))
    await bot.publish(TOLD)
    await bot.morning(SEVEN + timedelta(minutes=10))
    bot.clock.set(SEVEN - timedelta(hours=1, minutes=50))
    await bot.plan()
    await bot.subscribe(subscription(1, at=time(6), since=bot.clock.now()))
    for minutes in range(-60, 15, 5):
        await bot.morning(SEVEN + timedelta(minutes=minutes))

    assert len(texts(hall, 0)) == 1
    assert len(texts(hall, 1)) == 1, "what is set up in the hours that come again is not forgotten"


async def test_an_hour_that_comes_twice_is_one_slot(hall: Guildhall, url: str) -> None:
    start = datetime(2027, 10, 30, 23, 50, tzinfo=UTC)  # 01:50 in Berlin
    async with office(url, hall, start) as bot:
        await bot.subscribe(*(subscription(n, at=time(2, 30), since=start) for n in range(2)))
        seen = []
        for n in range(20):
            await bot.morning(start + n * timedelta(minutes=10))
            seen.append(len(texts(hall)))

        assert seen == [0] * 4 + [2] * 16, "at the first 02:30, and not at the second"
        assert await bot.states() == ["sent"] * 2


# what changes meanwhile


async def test_what_is_removed_while_its_digest_is_made_is_not_posted(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:

        async def removes(asked: dict[str, object]) -> web.StreamResponse:
            await bot.store.subscriptions.remove([1])
            return condenses(asked)

        server.otherwise = removes
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0), subscription(1))
        await bot.morning()

        assert await bot.states() == ["sent"]
        assert [len(texts(hall, n)) for n in range(2)] == [0, 1]


async def test_what_is_changed_while_its_digest_is_made_comes_once(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, model=server) as bot:

        async def changes(asked: dict[str, object]) -> web.StreamResponse:
            await bot.console(f"/digest setup channel:{channel().place} time:07:05 stories:1")
            return condenses(asked)

        server.otherwise = changes
        await bot.publish(TOLD)
        await bot.console(f"/digest setup channel:{channel().place} time:07:00")
        await bot.morning()
        await bot.morning(SEVEN + timedelta(minutes=6))

        assert await bot.states() == ["sent"]
        assert len(texts(hall)) == 1


async def test_what_is_removed_while_it_waits_is_not_posted(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert await bot.states() == ["pending"] * 2
    await bot.console(f"/digest remove channel:{channel().place}")
    await bot.post()

    assert [len(texts(hall, n)) for n in range(2)] == [0, 1]
    assert requests(hall) == 1


@BOTH
async def test_what_is_paused_while_it_waits_or_is_tried_again_is_not_posted(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    await bot.console(f"/digest pause channel:{channel(0).place}")
    hall.control.fault(kind="status", status=503, on="create_message")
    await bot.post()
    assert await bot.states() == ["skipped", "pending"]
    told = await bot.console(f"/digest pause channel:{channel(1).place}")
    assert "kam nicht: Der Digest wurde pausiert." in told
    await bot.retry()
    bot.clock.wait(minutes=30)
    await bot.post()

    assert not texts(hall)
    assert await bot.states() == ["skipped"] * 2


# what fails


async def test_a_chat_that_is_not_run_here_takes_nobody_along(hall: Guildhall, bot: Office) -> None:
    slack = replace(subscription(3), channel=Channel(Platform.SLACK, "T1", "C1"))
    await bot.subscribe(slack, subscription(0))
    await bot.publish(TOLD)
    await bot.morning()

    assert await bot.states() == ["sent"]
    assert len(texts(hall, 0)) == 1


@BOTH
async def test_a_plan_that_failed_is_made_up_for(hall: Guildhall, bot: Office) -> None:
    await bot.publish(TOLD)
    await bot.subscribe(subscription(0), subscription(1))
    await bot.execute("ALTER TABLE bodies RENAME TO away")
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert any("away" in how or "bodies" in how for how in bot.engine.done.values()), "it failed"
    await bot.execute("ALTER TABLE away RENAME TO bodies")
    for _ in range(2):
        bot.clock.wait(minutes=1)
        await bot.plan()
    assert not await bot.rows(), "its job counts as done"
    bot.clock.wait(minutes=10)
    await bot.running.ask_missed()
    await bot.running.ask_missed()
    await bot.post()

    assert await bot.states() == ["sent"] * 2
    assert len(texts(hall)) == 2


async def test_what_is_missed_is_tried_in_small_portions(bot: Office) -> None:
    await bot.subscribe(*(subscription(n % 5, n + 1, name=f"Nummer {n}") for n in range(30)))
    bot.clock.set(SEVEN + timedelta(minutes=30))
    missed = await bot.house.planning.missed(SEVEN - timedelta(hours=1), bot.clock.now())

    assert missed == [Batch(BERLIN.key, SEVEN.date(), (n + 1,)) for n in range(30)]


# what anybody may read


@BOTH
async def test_what_is_public_has_its_page_and_what_is_private_has_none(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(
        subscription(0, public=True), subscription(1, public=True), subscription(2, length=Length.SHORT)
    )
    await bot.publish(TOLD)
    rows = await bot.morning()
    assert [row.state for row in rows if row.part == 1] == [State.SENT] * 3
    (page,) = await bot.store.published.latest(9)
    assert {story.summary.headline for story in page.digest.stories} <= set(TOLD)
    assert (await bot.count("digests"), await bot.count("readers")) == (1, 2)


async def test_nothing_is_kept_where_nothing_is_public(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    await bot.publish(TOLD)
    await bot.morning()
    assert [await bot.count(table) for table in ("digests", "tellings", "readers")] == [0, 0, 0]
