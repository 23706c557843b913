"""What is kept of a person, on both databases: every row of it is told, and gone when it is deleted."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.model import Alert, Channel, Feed, Platform, SpaceFeed, State, Turn, Vote
from bot.ports import Body, Outcome
from bot.store.people import KNOWN, NOBODY
from bot.store.store import DatabaseStore
from bot.store.tables import metadata
from tests.contracts.postings import CHANNEL, LEASE, TODAY, bodies, delivery, put, subscription
from tests.contracts.samples import NOW, feed

ID, OTHER_ID = "771234567890", "881234567890"
ANNA, BEN = (Channel(Platform.DISCORD, "", id_, direct=True) for id_ in (ID, OTHER_ID))
SERVER = "discord:1"
OF_PEOPLE = {"subscriptions", "deliveries", "alerts", "votes", "questions", "space_feeds", "notices"}
Rows = dict[str, list[dict[str, Any]]]


async def settle_in(store: DatabaseStore, person: Channel, first: int) -> None:
    """Something of every noun for a person; whoever adds a noun adds it here."""
    gone = delivery(first + 1, channel=person, body="früher")
    await store.subscriptions.save(subscription(first, person))
    await put(store, delivery(first, channel=person), delivery(first, 2, channel=person), gone)
    await store.outbox.record([Outcome(gone.id, State.SENT, NOW, "m")])  # of a subscription that is no more
    await store.alerts.save(Alert(person, "Europe/Berlin"))
    await store.votes.cast(Vote(CHANNEL, first, person.id, 1, ("ki",), NOW))
    await store.votes.cast(Vote(person, first, person.id, -1, ("ki",), NOW))
    await store.conversations.add(f"discord:{first}", Turn("Was?", "Das.", (), NOW, None, person, SERVER))
    await store.conversations.add(f"discord:{first + 1}", Turn("Was?", "Das.", (), NOW, None, None, person.home))
    await store.feeds.enrol([feed("a")])
    by = f"discord:{person.id}"
    await store.feeds.give([_feed(person.home, f"own{first}", by)], 9)
    await store.feeds.take(person.home, [feed("a").url], NOW, by)
    await store.feeds.give([_feed(SERVER, f"theirs{first}", by), _feed(SERVER, f"place{first}", person.place)], 9)
    await store.subscriptions.save(subscription(first + 2, person))
    await store.subscriptions.pause([first + 2], "Zu.")


def _feed(space: str, name: str, by: str) -> SpaceFeed:
    return SpaceFeed(space, replace(feed(name), name=name), NOW, by)


async def holding(store: DatabaseStore, id_: str) -> Rows:
    """All rows of all tables that hold this text anywhere."""
    found: Rows = {}
    for table in metadata.sorted_tables:
        if table.name == "searched":  # of its words, SQLite tells none
            continue
        async for row in store.outbox.database.rows(select(table)):
            if any(id_ in str(value) for value in row._mapping.values()):
                found.setdefault(table.name, []).append(dict(row._mapping))
    return found


def test_every_table_is_known_to_hold_people_or_nobody() -> None:
    assert {*metadata.tables} == OF_PEOPLE | NOBODY


async def test_every_row_that_holds_a_person_is_told_and_nothing_else(store: DatabaseStore) -> None:
    await settle_in(store, ANNA, 100)
    await settle_in(store, BEN, 200)
    told = await store.people.about(ANNA)
    everywhere = await holding(store, ID)

    assert {*everywhere} == OF_PEOPLE  # the control: each of them was seeded
    assert {*told} == {one.noun for one in KNOWN}
    rows = [row for rows in told.values() for row in rows]
    assert all(row in rows for there in everywhere.values() for row in there)
    assert all(ID in str(row) for row in rows)
    assert not any(OTHER_ID in str(row) for row in rows)


async def test_all_of_a_person_is_deleted_and_nobody_else_misses_anything(store: DatabaseStore) -> None:
    await settle_in(store, ANNA, 100)
    await settle_in(store, BEN, 200)
    before = await holding(store, OTHER_ID)
    counts = await store.people.forget(ANNA)

    assert counts == {
        "subscriptions": 2,
        "deliveries": 3,
        "alerts": 1,
        "votes": 2,
        "questions": 2,
        "own_feeds": 2,
        "added_feeds": 2,
        "notices": 1,
    }
    assert await holding(store, ID) == {}
    assert await store.people.about(ANNA) == {}
    assert await holding(store, OTHER_ID) == before
    names = {one.feed.name for one in await store.feeds.of(SERVER)}
    assert {"theirs100", "place100"} <= names  # a server keeps its feeds
    asked = {state.feed.url for state in await store.feeds.all()}
    assert feed("own100").url not in asked
    assert feed("own200").url in asked
    assert await store.people.forget(ANNA) == dict.fromkeys(counts, 0)


async def test_a_stranger_has_nothing(store: DatabaseStore) -> None:
    await settle_in(store, ANNA, 100)
    for other in (BEN, replace(ANNA, platform=Platform.SLACK, space="T1"), replace(ANNA, id=ID[:-1])):
        assert await store.people.about(other) == {}
        assert not any((await store.people.forget(other)).values())
    assert {*await holding(store, ID)} == OF_PEOPLE


async def test_a_digest_that_is_being_made_meanwhile_finds_nobody(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1, ANNA))
    await store.people.forget(ANNA)
    planned = delivery(1, channel=ANNA)  # before, and written after
    assert await store.outbox.tell([planned], bodies([planned]), NOW) == 0

    assert await store.outbox.claim(NOW, 9, LEASE) == []
    assert await holding(store, ID) == {}


@pytest.mark.parametrize("how", ["forget", "remove", "pause", "orphan"])
async def test_what_was_claimed_stands_no_more_once_it_is_not_wanted(store: DatabaseStore, how: str) -> None:
    await store.subscriptions.save(subscription(1, ANNA))
    await put(store, delivery(1, channel=ANNA))
    (claimed,) = await store.outbox.claim(NOW, 9, LEASE)
    assert await store.outbox.stands(claimed.id)  # the control
    if how == "forget":
        await store.people.forget(ANNA)
    elif how == "remove":
        await store.subscriptions.remove([1])
    elif how == "pause":
        await store.subscriptions.pause([1], None)
    else:  # it was written again after its subscription was gone
        await store.people.forget(ANNA)
        await put(store, delivery(1, channel=ANNA))
    assert not await store.outbox.stands(claimed.id)
    await store.outbox.record([Outcome(claimed.id, State.SENT, NOW, "m")])
    assert how != "forget" or await holding(store, ID) == {}


async def test_deleting_posting_and_planning_at_once_hold_nobody_up(store: DatabaseStore) -> None:
    """The bound is against waiting for each other for ever."""
    crowd = [replace(ANNA, id=f"77{n}00") for n in range(8)]
    days = [TODAY + timedelta(days=n) for n in range(4)]
    written = [delivery(n, part, day, channel=one) for n, one in enumerate(crowd) for day in days for part in (1, 2)]

    async def plan() -> None:
        await store.outbox.tell(written, bodies(written), NOW)

    async def post() -> None:
        claimed = await store.outbox.claim(NOW + timedelta(days=9), 99, LEASE)
        await store.outbox.record([Outcome(one.id, State.MISSED, NOW, reason="Zu spät.") for one in reversed(claimed)])

    await asyncio.gather(*(store.subscriptions.save(subscription(n, one)) for n, one in enumerate(crowd)))
    await put(store, *written)
    async with asyncio.timeout(60):
        await asyncio.gather(
            post(), plan(), *map(store.people.forget, crowd), post(), plan(), *map(store.people.forget, crowd)
        )
    assert [await store.people.about(one) for one in crowd] == [{}] * len(crowd)


async def test_what_is_sent_stands_no_more(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1, ANNA))
    await put(store, delivery(1, channel=ANNA))
    await store.outbox.record([Outcome(delivery(1).id, State.SENT, NOW, "m")])
    assert not await store.outbox.stands(delivery(1).id)


async def test_who_closed_their_messages_is_told_once(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1, ANNA))
    await store.subscriptions.save(subscription(2, ANNA, name="Noch einer"))
    await store.subscriptions.save(subscription(3))
    await store.subscriptions.pause([1, 2, 3], "Zu.")
    assert not await store.people.untold(BEN)
    assert await store.people.untold(ANNA)
    assert not await store.people.untold(ANNA)
    await store.subscriptions.pause([1], "Wieder zu.")
    assert await store.people.untold(ANNA)


async def test_who_paused_it_needs_not_be_told(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1, ANNA))
    await store.subscriptions.pause([1], None)
    assert not await store.people.untold(ANNA)


# servers that were left


async def test_nothing_is_left_of_a_server_that_was_left(store: DatabaseStore) -> None:
    guild, other = "5550001111", "5550002222"
    for n, space in enumerate([guild, other], 1):
        place = Channel(Platform.DISCORD, space, f"9{n}")
        removed = delivery(10 * n, channel=place, body="früher")
        await store.subscriptions.save(subscription(n, place))
        await put(store, delivery(n, channel=place), delivery(n, day=TODAY - timedelta(days=1), channel=place), removed)
        await store.outbox.record([Outcome(removed.id, State.SENT, NOW, "m")])
        await store.votes.cast(Vote(place, 1, ID, 1, ("ki",), NOW))
        await store.conversations.add(f"discord:9{n}", Turn("Was?", "Das.", (), NOW, None, ANNA, place.home))
        await store.feeds.give([SpaceFeed(place.home, Feed(f"https://{n}.example/f", "F"), NOW, "discord:7")], 9)
    there, theirs = await holding(store, guild), await holding(store, other)
    assert {*there} == {"subscriptions", "deliveries", "votes", "questions", "space_feeds"}  # the control
    assert await store.subscriptions.spaces(Platform.DISCORD) == {guild, other}
    await store.subscriptions.leave(Platform.DISCORD, guild)

    assert await holding(store, guild) == {}
    assert await holding(store, other) == theirs
    assert await store.subscriptions.spaces(Platform.DISCORD) == {other}
    assert await store.subscriptions.spaces(Platform.SLACK) == set()


async def test_servers_are_known_by_whatever_is_kept_of_them(store: DatabaseStore) -> None:
    place = Channel(Platform.DISCORD, "1", "10")
    await store.subscriptions.save(subscription(1, replace(place, space="2")))
    await store.subscriptions.save(subscription(2, ANNA))
    await store.votes.cast(Vote(replace(place, space="3"), 1, ID, 1, ("ki",), NOW))
    await store.conversations.add("discord:1", Turn("Was?", "Das.", (), NOW, None, ANNA, "discord:4"))
    await store.conversations.add("discord:2", Turn("Was?", "Das.", (), NOW, None, ANNA, ANNA.home))
    await store.conversations.add("console:1", Turn("Was?", "Das.", (), NOW))
    await store.feeds.give([SpaceFeed("discord:5", Feed("https://x.example/f", "F"), NOW)], 9)
    await store.feeds.give([SpaceFeed("", Feed("https://y.example/f", "F"), NOW)], 9)
    await store.subscriptions.save(subscription(3, Channel(Platform.SLACK, "T1", "C1")))
    assert await store.subscriptions.spaces(Platform.DISCORD) == {"2", "3", "4", "5"}
    assert await store.subscriptions.spaces(Platform.SLACK) == {"T1"}


async def test_conversations_go_with_their_channel(store: DatabaseStore) -> None:
    turn = Turn("Was?", "Das.", (), NOW, None, ANNA, CHANNEL.home)
    threads = {"discord:10": turn, "discord:10/7": turn, "discord:100": turn, "discord:11": turn}
    elsewhere = replace(turn, space="discord:2")
    for thread, one in threads.items():
        await store.conversations.add(thread, one)
    await store.conversations.add("discord:10", elsewhere)
    await store.subscriptions.close(CHANNEL)
    left = {thread: await store.conversations.turns(thread) for thread in threads}
    assert left == {"discord:10": [elsewhere], "discord:10/7": [], "discord:100": [turn], "discord:11": [turn]}


async def test_bodies_hold_nobody(store: DatabaseStore) -> None:
    """The control of `NOBODY`: what is posted to many is kept without anybody's id."""
    one = delivery(1, channel=ANNA, body="Der Digest")
    await store.outbox.add([one], [Body("Der Digest")], NOW)
    assert {*await holding(store, ID)} == {"deliveries"}
