"""The port `Watch`, on both databases."""

from datetime import datetime, timedelta

from bot.model import Channel, Delivery, Platform, State, Tokens, delivery_id
from bot.ports import Body, Outcome
from bot.store.store import DatabaseStore
from tests.contracts.samples import NOW

HOUR = timedelta(hours=1)


async def test_an_empty_database(store: DatabaseStore) -> None:
    pulse = await store.watch.look(NOW)
    assert (pulse.articles, pulse.stories, pulse.tokens, pulse.processes) == (0, 0, 0, 0)
    assert (pulse.collected, pulse.posted, pulse.feed_due, pulse.delivery_due) == (None,) * 4
    assert set(pulse.feeds.values()) | set(pulse.deliveries.values()) == {0}


async def test_deliveries(store: DatabaseStore) -> None:
    rows = [delivery(number, NOW - number * HOUR) for number in (1, 2, 30)]
    await store.outbox.add(rows, [Body("x")], NOW)
    pulse = await store.watch.look(NOW)
    assert (pulse.deliveries[State.PENDING], pulse.delivery_due) == (2, NOW - 30 * HOUR)
    assert pulse.posted is None
    await store.outbox.record([Outcome(row.id, State.SENT, NOW - HOUR / 2, "m") for row in rows])
    pulse = await store.watch.look(NOW)
    assert (pulse.deliveries[State.SENT], pulse.delivery_due, pulse.posted) == (2, None, NOW - HOUR / 2)


async def test_what_is_due_later_is_not_late(store: DatabaseStore) -> None:
    await store.outbox.add([delivery(1, NOW + HOUR)], [Body("x")], NOW)
    assert (await store.watch.look(NOW)).delivery_due is None


async def test_processes_leases_and_tokens(store: DatabaseStore) -> None:
    await store.leases.beat("dead", NOW - HOUR)
    await store.leases.beat("alive", NOW)
    await store.leases.take("discord", "alive", NOW, HOUR)
    await store.leases.take("old", "dead", NOW - 3 * HOUR, HOUR)
    await store.spending.record(NOW.date(), "model", Tokens(3, 4))
    await store.spending.record(NOW.date() - timedelta(days=1), "model", Tokens(100, 100))
    pulse = await store.watch.look(NOW)
    assert (pulse.processes, pulse.leases, pulse.tokens) == (1, {"discord": NOW + HOUR}, 7)


def delivery(number: int, due: datetime) -> Delivery:
    day = NOW.date()
    place = Channel(Platform.DISCORD, "1", str(number))
    return Delivery(delivery_id(number, day, 1), number, place, day, 1, "x", State.PENDING, due, NOW + 9 * HOUR)
