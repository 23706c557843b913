"""The port `Subscriptions`, on both databases."""

from dataclasses import replace
from datetime import time

from bot.model import Channel, Empty, Importance, Length, Platform, State, Subscription
from bot.ports import Outcome
from bot.store.store import DatabaseStore
from tests.contracts.postings import CHANNEL, LEASE, PERSON, TODAY, delivery, put, subscription
from tests.contracts.samples import BIG, NOW

SLACK = Channel(Platform.SLACK, "1", "10")


async def save(store: DatabaseStore, *subscriptions: Subscription) -> None:
    for one in subscriptions:
        await store.subscriptions.save(one)


async def ids(store: DatabaseStore) -> list[int]:
    return sorted(one.id for one in await store.subscriptions.all())


async def waiting(store: DatabaseStore) -> list[int]:
    return sorted(one.subscription for one in await store.outbox.claim(NOW, 100, LEASE))


async def test_everything_comes_back_as_it_was(store: DatabaseStore) -> None:
    full = Subscription(
        id=BIG,
        channel=PERSON,
        name="Wochenrückblick „KI“",
        at=time(23, 59),
        zone="America/Sao_Paulo",
        topics=("ki", "cloud"),
        weekdays=frozenset({0, 6}),
        length=Length.LONG,
        stories=12,
        importance=Importance.HIGH,
        empty=Empty.SKIP,
        holidays="DE-BY",
        recap=True,
        cutoff=3,
        public=True,
        chart=True,
        paused=True,
        reason="Der Bot darf hier nicht schreiben.",
    )
    plain = subscription(1)
    await save(store, full, plain)
    assert await store.subscriptions.get([BIG, 2, 1]) == [plain, full]


async def test_a_server_has_its_own_and_no_other(store: DatabaseStore) -> None:
    elsewhere = replace(subscription(2), channel=replace(CHANNEL, space="other"))
    person, slack = replace(subscription(3), channel=PERSON), replace(subscription(4), channel=SLACK)
    await save(store, subscription(1), elsewhere, person, slack)

    assert await store.subscriptions.within(Platform.DISCORD, CHANNEL.space) == [subscription(1)]
    assert await store.subscriptions.within(Platform.DISCORD, "other") == [elsewhere]
    assert await store.subscriptions.within(Platform.SLACK, SLACK.space) == [slack]


async def test_a_second_save_replaces_everything(store: DatabaseStore) -> None:
    paused = replace(
        subscription(), at=time(0), zone="UTC", channel=SLACK, topics=("ki",), paused=True, reason="Darum."
    )
    await save(store, subscription(), paused)
    assert await store.subscriptions.all() == [paused]
    await save(store, subscription())
    assert await store.subscriptions.all() == [subscription()]


async def test_a_channel_has_its_own_by_name(store: DatabaseStore) -> None:
    there = [subscription(1, name="b"), subscription(2, name="a")]
    elsewhere = [subscription(3, PERSON), subscription(4, SLACK), subscription(5, replace(CHANNEL, id="11"))]
    await save(store, *there, *elsewhere)
    assert await store.subscriptions.of(CHANNEL) == [there[1], there[0]]
    assert await store.subscriptions.of(PERSON) == [elsewhere[0]]
    assert [one.id for one in await store.subscriptions.all()] == [3, 2, 1, 5, 4]


async def test_those_of_a_zone_between_two_minutes(store: DatabaseStore) -> None:
    times = {1: time(8), 2: time(7, 59), 3: time(8, 15), 4: time(8, 16), 5: time(8)}
    await save(store, *(subscription(id_, at=at, paused=id_ == 5) for id_, at in times.items()))
    await save(store, subscription(6, zone="Europe/Vienna"))
    assert await store.subscriptions.zones() == ["Europe/Berlin", "Europe/Vienna"]
    assert await store.subscriptions.at("Europe/Berlin", 480, 495) == [(1, 480), (5, 480), (3, 495)]
    assert await store.subscriptions.at("Europe/Zurich", 0, 1439) == []


async def test_removing_takes_what_is_still_to_be_sent_and_leaves_what_was(store: DatabaseStore) -> None:
    await save(store, *(subscription(id_) for id_ in (1, 2)))
    await put(store, *(delivery(id_) for id_ in (1, 2)))
    await put(store, delivery(1, day=TODAY.replace(day=22)))
    await store.outbox.record([Outcome(delivery(1, day=TODAY.replace(day=22)).id, State.SENT, NOW, "m")])
    await store.subscriptions.remove([1])
    assert await ids(store) == [2]
    assert await waiting(store) == [2]
    assert (await store.outbox.last([1], sent=False))[1].message == "m"


async def test_more_than_one_statement_takes(store: DatabaseStore) -> None:
    many = list(range(1, 1200))
    await put(store, *(delivery(id_) for id_ in many))
    await save(store, *(subscription(id_) for id_ in (1, 1199)))
    assert len(await store.subscriptions.get(many)) == 2
    await store.subscriptions.remove(many[1:])
    assert await ids(store) == [1]
    assert await waiting(store) == [1]


async def test_a_server_that_was_left_takes_all_its_channels_along(store: DatabaseStore) -> None:
    channels = dict(enumerate([CHANNEL, replace(CHANNEL, id="11"), replace(CHANNEL, space="2"), SLACK, PERSON]))
    await save(store, *(subscription(id_, channel) for id_, channel in channels.items()))
    await put(store, *(delivery(id_, channel=channel) for id_, channel in channels.items()))
    await store.subscriptions.leave(Platform.DISCORD, "1")
    assert await ids(store) == [2, 3, 4]
    await store.subscriptions.leave(Platform.DISCORD, "")  # people have no server that could be left
    assert await ids(store) == await waiting(store) == [2, 3, 4]


async def test_a_channel_that_is_gone_takes_only_its_own_along(store: DatabaseStore) -> None:
    channels = dict(enumerate([CHANNEL, replace(CHANNEL, id="11"), SLACK, PERSON]))
    await save(store, *(subscription(id_, channel) for id_, channel in channels.items()), subscription(9))
    await put(store, *(delivery(id_, channel=channel) for id_, channel in channels.items()))
    await store.subscriptions.close(CHANNEL)
    assert await ids(store) == await waiting(store) == [1, 2, 3]


async def test_pausing_skips_what_is_still_to_be_sent_and_leaves_what_was(store: DatabaseStore) -> None:
    yesterday = delivery(1, day=TODAY.replace(day=22))
    await save(store, *(subscription(id_) for id_ in (1, 2)))
    await put(store, yesterday, delivery(1), delivery(1, 2), delivery(2))
    await store.outbox.record([Outcome(yesterday.id, State.SENT, NOW, "m")])
    await store.outbox.record([Outcome(delivery(1).id, State.PENDING, NOW, reason="Besetzt.", due=NOW)])
    await store.subscriptions.pause([1], None)

    assert [one.paused for one in await store.subscriptions.get([1, 2])] == [True, False]
    assert await waiting(store) == [2]
    latest, before = await store.outbox.recent(1, 5)
    assert (latest.state, latest.reason) == (State.SKIPPED, "Der Digest wurde pausiert.")
    assert (before.state, before.message) == (State.SENT, "m")


async def test_what_got_through_while_it_was_paused_counts_as_sent(store: DatabaseStore) -> None:
    await save(store, subscription(1))
    await put(store, delivery(1))
    await waiting(store)
    await store.subscriptions.pause([1], None)
    await store.outbox.record([Outcome(delivery(1).id, State.SENT, NOW, "m")])

    assert (await store.outbox.last([1], sent=True))[1].message == "m"


async def test_pausing_changes_nothing_else_and_brings_nothing_back(store: DatabaseStore) -> None:
    wanted = subscription(1, topics=("ki",), cutoff=3)
    await store.subscriptions.save(wanted)
    await store.subscriptions.pause([1, 2], "Dem Bot fehlt ein Recht.")

    assert await store.subscriptions.all() == [replace(wanted, paused=True, reason="Dem Bot fehlt ein Recht.")]
