"""The port `Outbox`, on both databases: what was claimed and not sent, and what is no longer wanted."""

import asyncio

from sqlalchemy import update

from bot.model import State
from bot.ports import Outcome
from bot.store.store import DatabaseStore
from bot.store.tables import subscriptions
from tests.contracts.postings import DAY, LEASE, bodies, delivery, put, subscription
from tests.contracts.samples import NOW

AGAIN = NOW + LEASE


async def test_what_is_given_back_is_as_it_was(store: DatabaseStore) -> None:
    old = delivery(2, tries=3, tried=NOW - DAY, reason="Darum.")
    await put(store, delivery(1), old)
    claimed = await store.outbox.claim(NOW, 10, LEASE)
    assert claimed == [delivery(1), old]
    await store.outbox.give_back(claimed)

    assert await store.outbox.claim(NOW, 10, LEASE) == [delivery(1), old]
    await store.outbox.give_back([])


async def test_who_is_not_given_back_counts_as_tried(store: DatabaseStore) -> None:
    """The negative control: its process may have died after it posted."""
    await put(store, delivery(1))
    await store.outbox.claim(NOW, 10, LEASE)

    assert await store.outbox.claim(AGAIN, 10, LEASE) == [delivery(1, tries=1, tried=NOW)]


async def test_what_another_has_claimed_since_is_not_given_back(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    slow = await store.outbox.claim(NOW, 10, LEASE)
    await store.outbox.claim(AGAIN, 10, LEASE)
    await store.outbox.give_back(slow)

    assert await store.outbox.claim(AGAIN, 10, LEASE) == [], "the other one still has it"
    assert await store.outbox.claim(AGAIN + LEASE, 10, LEASE) == [delivery(1, tries=2, tried=NOW)]


async def test_what_was_settled_since_is_not_given_back(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    claimed = await store.outbox.claim(NOW, 10, LEASE)
    await store.outbox.record([Outcome(delivery(1).id, State.SENT, NOW, "m")])
    await store.outbox.give_back(claimed)

    assert (await store.outbox.last([1], sent=True))[1].message == "m"
    assert await store.outbox.claim(AGAIN, 10, LEASE) == []


async def test_a_try_begins_on_the_chats_clock(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    await store.outbox.claim(NOW, 10, LEASE, begun=NOW - DAY)

    assert await store.outbox.claim(AGAIN, 10, LEASE, begun=NOW) == [delivery(1, tries=1, tried=NOW - DAY)]


async def test_what_waits_for_paused_ones_is_skipped_and_tells_why(store: DatabaseStore) -> None:
    for one in (subscription(1, paused=True), subscription(2)):
        await store.subscriptions.save(one)
    await store.outbox.tell([delivery(1), delivery(2)], bodies([delivery(1)]), NOW)

    assert [one.id for one in await store.outbox.claim(NOW, 10, LEASE)] == [delivery(2).id]
    (skipped,) = await store.outbox.recent(1, 5)
    assert (skipped.state, skipped.reason) == (State.SKIPPED, "Der Digest wurde pausiert.")


async def test_who_is_just_being_paused_is_waited_for(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1))
    async with store.outbox.database.writing() as connection:
        await connection.execute(update(subscriptions).values(paused=True))
        telling = asyncio.create_task(store.outbox.tell([delivery(1)], bodies([delivery(1)]), NOW))
        await asyncio.sleep(0.3)
        assert not telling.done()
    await telling

    assert await store.outbox.claim(NOW, 10, LEASE) == []
