"""What a digest tells, what it costs, and what becomes of it when models fail."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, time, timedelta

import pytest
from aiohttp import web

from bot.llm.endpoints import OUTPUT_TOKENS
from bot.llm.openai import OpenAIModel
from bot.model import Empty, Importance, Length, State
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


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        yield opened


BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)

TWO = dict(list(TOLD.items())[:2])

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


async def test_what_is_not_posted_has_no_page(hall: Guildhall, bot: Office) -> None:
    """Paused, or removed, after it was made: nobody got it, so nobody reads it."""
    await bot.subscribe(subscription(0, public=True), subscription(1, public=True), subscription(2, public=True))
    await bot.publish(TOLD)
    bot.clock.set(SEVEN + timedelta(seconds=1))
    await bot.plan()
    assert await bot.count("readers") == 3, "the control: they were made"
    assert await bot.store.published.latest(9) == []
    await bot.store.subscriptions.pause([1], None)
    await bot.store.subscriptions.remove([2])
    await bot.post()

    assert await bot.states() == ["skipped", "sent"]
    assert [len(await bot.store.published.of(id_, 9)) for id_ in (1, 2, 3)] == [0, 0, 1]
    await bot.store.subscriptions.save(subscription(1, public=True))
    assert await bot.store.published.of(2, 9) == [], "set up anew, it still did not come"


async def test_nothing_is_kept_where_nothing_is_public(hall: Guildhall, bot: Office) -> None:
    await bot.subscribe(subscription(0), subscription(1))
    await bot.publish(TOLD)
    await bot.morning()
    assert [await bot.count(table) for table in ("digests", "tellings", "readers")] == [0, 0, 0]
