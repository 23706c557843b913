"""The port `Feeds`, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from bot.model import FeedState, Language
from bot.store.feeds import LEASE
from bot.store.store import DatabaseStore, open_store
from tests.contracts.samples import NOW, feed

HOUR = timedelta(hours=1)


def names(states: list[FeedState]) -> list[str]:
    return sorted(state.feed.name for state in states)


async def test_a_new_feed_is_due_and_nothing_is_known_of_it(store: DatabaseStore) -> None:
    known = feed(language=Language.EN, topics=("ki", "cloud"), weight=0.5)
    await store.feeds.enrol([known])
    assert await store.feeds.claim(NOW, 10) == [FeedState(known, known.url)]
    assert await store.feeds.all() == [FeedState(known, known.url)]


async def test_everything_recorded_comes_back(store: DatabaseStore) -> None:
    state = FeedState(
        feed=feed(),
        url="https://other.example/atom",
        etag='W/"1"',
        last_modified="Mon, 23 Nov 2026 12:00:00 GMT",
        body_hash=b"\x00\xff" * 8,
        due=NOW + HOUR,
        asked=NOW,
        answered=NOW - HOUR,
        interval=timedelta(minutes=20),
        failures=3,
        reason="Der Server antwortet nicht.",
        moved_to="https://new.example/",
        moved_days=(date(2026, 11, 21), date(2026, 11, 22)),
    )
    await store.feeds.enrol([state.feed])
    await store.feeds.record([state])
    assert await store.feeds.all() == [state]


async def test_enrolling_again_updates_the_feed_and_keeps_what_is_remembered(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed()])
    remembered = FeedState(feed(), "https://moved.example/", etag="1", asked=NOW, due=NOW + HOUR, failures=2)
    await store.feeds.record([remembered])
    renamed = feed(name="a", topics=("mobil",), weight=2.0, language=Language.DE)
    for _ in range(2):
        await store.feeds.enrol([renamed])
    assert await store.feeds.all() == [replace(remembered, feed=renamed)]


async def test_a_feed_that_left_the_configuration_is_not_asked_until_it_is_back(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a"), feed("b")])
    await store.feeds.enrol([feed("b")])
    assert names(await store.feeds.all()) == ["B"]
    assert names(await store.feeds.claim(NOW, 10)) == ["B"]
    await store.feeds.enrol([feed("a"), feed("b")])
    assert names(await store.feeds.claim(NOW, 10)) == ["A"]


async def test_only_due_feeds_are_handed_out_the_longest_due_first(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed(name) for name in "abcd"])
    due = {"a": NOW + HOUR, "b": NOW, "c": NOW - HOUR, "d": None}
    await store.feeds.record([FeedState(feed(name), "x", due=moment) for name, moment in due.items()])
    assert [state.feed.name for state in await store.feeds.claim(NOW, 10)] == ["D", "C", "B"]


async def test_the_limit_is_kept(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed(name) for name in "abc"])
    assert len(await store.feeds.claim(NOW, 2)) == 2
    assert len(await store.feeds.claim(NOW, 2)) == 1


async def test_a_feed_is_gone_for_good(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a"), feed("b")])
    await store.feeds.record([FeedState(feed("a"), "x", gone=True)])
    assert names(await store.feeds.claim(NOW, 10)) == ["B"]
    assert names(await store.feeds.claim(NOW, 10, asked_before=NOW + HOUR)) == []


async def test_a_lease_lasts_until_the_feed_is_recorded_or_its_time_is_over(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a"), feed("b")])
    first = await store.feeds.claim(NOW, 10)
    assert await store.feeds.claim(NOW, 10, asked_before=NOW) == []
    await store.feeds.record([state for state in first if state.feed.name == "A"])
    assert names(await store.feeds.claim(NOW, 10)) == ["A"]
    assert names(await store.feeds.claim(NOW + LEASE, 10)) == ["A", "B"]


async def test_with_a_moment_every_feed_is_due_that_was_not_asked_since(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed(name) for name in "abc"])
    asked = {"a": NOW, "b": NOW - HOUR, "c": None}
    await store.feeds.record([FeedState(feed(n), "x", due=NOW + HOUR, asked=asked[n]) for n in "abc"])
    assert await store.feeds.claim(NOW, 10) == [FeedState(feed("c"), "x", due=NOW + HOUR)][1:]
    assert names(await store.feeds.claim(NOW, 10, asked_before=NOW)) == ["B", "C"]


async def test_processes_that_claim_at_once_never_get_the_same_feed(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        await one.feeds.enrol([feed(f"feed{n}") for n in range(60)])
        claims = await asyncio.gather(*(store.feeds.claim(NOW, 7) for store in (one, two) * 6))
    handed = [state.feed.name for claim in claims for state in claim]
    assert len(handed) == len(set(handed)) == 60
