"""The port `Outbox`, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.model import Channel, Delivery, Platform, State
from bot.ports import Body, Outcome, Shown
from bot.store.database import Database
from bot.store.store import DatabaseStore, open_store
from bot.store.tables import deliveries
from tests.contracts.postings import DAY, LEASE, PERSON, TODAY, bodies, delivery, put, subscription
from tests.contracts.samples import BIG, NOW

MINUTE = timedelta(minutes=1)
YESTERDAY = TODAY - DAY
SLACK = Channel(Platform.SLACK, "1", "10")


def sent(one: Delivery, message: str = "m") -> Outcome:
    return Outcome(one.id, State.SENT, NOW, message)


def ended(one: Delivery, state: State = State.FORBIDDEN, reason: str = "Darum.") -> Outcome:
    return Outcome(one.id, state, NOW, reason=reason)


async def claimed(store: DatabaseStore, now_after: timedelta = timedelta(0), limit: int = 100) -> list[int]:
    return [one.id for one in await store.outbox.claim(NOW + now_after, limit, LEASE)]


async def last(store: DatabaseStore, subscription_: int = 1, *, sent_: bool = False) -> Delivery:
    return (await store.outbox.last([subscription_], sent_))[subscription_]


async def test_a_delivery_comes_back_as_it_was(store: DatabaseStore) -> None:
    one = delivery(id=BIG, channel=PERSON, body="**Heute** „neu“ 🚀\n\u2028", tries=2, tried=NOW - DAY, reason="Voll.")
    assert await put(store, one) == 1
    assert await store.outbox.claim(NOW, 10, LEASE) == [one]


async def test_a_second_add_changes_nothing(store: DatabaseStore) -> None:
    assert await put(store, delivery(1), delivery(2)) == 2
    await store.outbox.record([sent(delivery(1))])
    later = [replace(delivery(id_), body="Anders", due=NOW - DAY) for id_ in (1, 2, 3)]
    assert await put(store, *later) == 1
    assert await store.outbox.claim(NOW, 10, LEASE) == [later[2], delivery(2)]
    assert await put(store) == 0


async def test_a_delivery_without_its_body_is_our_mistake_and_adds_nothing(store: DatabaseStore) -> None:
    with pytest.raises(KeyError):
        await store.outbox.add([delivery(1), delivery(2, body="Fehlt")], [Body(delivery(1).body or "")], NOW)
    assert await store.outbox.settled([1, 2], TODAY) == set()
    assert await put(store, delivery(1)) == 1


@pytest.mark.parametrize("different", [50, 10_000])
async def test_many_are_added_by_several_at_once_and_each_is_there_once(url: str, different: int) -> None:
    """One day's digests in portions, as many processes write them that all see the same ones due."""
    digests = [delivery(id_, body=f"Digest {id_ % different}") for id_ in range(10_000)]
    portions = [digests[start : start + 1000] for start in range(0, 10_000, 1000)]
    async with open_store(url) as one, open_store(url) as two:
        counts = await asyncio.gather(
            *(put(store, *some[::order]) for some in portions for store, order in ((one, 1), (two, -1)))
        )
        assert sum(counts) == 10_000
        assert await one.outbox.due(NOW) == 10_000


async def test_what_was_due_and_did_not_come_has_not_reached_anybody(store: DatabaseStore) -> None:
    days = [TODAY - n * DAY for n in range(5)]
    for id_, state in enumerate(State, 1):
        await put(store, delivery(id_, subscription=id_, day=days[1], state=state))
        await put(store, delivery(10 + id_, subscription=id_, day=days[2], state=State.SENT))
    await put(store, delivery(21, subscription=8, day=days[0]), delivery(22, subscription=9, day=days[4]))

    past = await store.outbox.past(range(1, 11), NOW - DAY, days[0])

    came = {State.PENDING, State.SENT, State.SKIPPED}
    reached = {id_: days[1 if state in came else 2] for id_, state in enumerate(State, 1)}
    assert {id_: one.reached for id_, one in past.items()} == reached | {8: None, 9: days[4]}


async def test_what_has_a_delivery_of_the_day_is_settled(store: DatabaseStore) -> None:
    await put(store, delivery(1), delivery(1, 2), delivery(3, day=YESTERDAY))
    await put(store, delivery(2, body=None, state=State.SKIPPED, reason="Feiertag."))
    assert await store.outbox.settled([1, 2, 3, 4], TODAY) == {1, 2}
    assert await store.outbox.settled([], TODAY) == set()


async def test_the_oldest_due_come_first_and_the_limit_is_kept(store: DatabaseStore) -> None:
    dues = {1: 0, 2: 2, 3: 1, 4: -1}
    await put(store, *(delivery(id_, due=NOW - minutes * MINUTE) for id_, minutes in dues.items()))
    assert await store.outbox.due(NOW) == 3
    assert await claimed(store, limit=2) == [delivery(2).id, delivery(3).id]
    assert await claimed(store) == [delivery(1).id]
    assert await claimed(store, MINUTE) == [delivery(4).id]


async def test_a_process_is_handed_what_its_own_chats_get(store: DatabaseStore) -> None:
    await put(store, delivery(1, channel=SLACK, due=NOW - MINUTE), delivery(2))
    assert await store.outbox.due(NOW, [Platform.DISCORD]) == 1
    assert await store.outbox.claim(NOW, 1, LEASE, [Platform.DISCORD]) == [delivery(2)]
    assert await store.outbox.claim(NOW, 1, LEASE, []) == []
    await store.outbox.record([sent(delivery(2))])
    assert await store.outbox.due(NOW, [Platform.DISCORD]) == 0
    assert await store.outbox.due(NOW) == 1
    (waiting,) = await store.outbox.claim(NOW, 1, LEASE)
    assert (waiting.channel, waiting.tries) == (SLACK, 0)


async def test_a_lease_that_ran_out_hands_out_again_and_says_that_there_was_a_try(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    assert await store.outbox.claim(NOW, 10, LEASE) == [delivery(1)]
    assert await claimed(store, LEASE - MINUTE) == []
    assert await store.outbox.claim(NOW + LEASE, 10, LEASE) == [delivery(1, tries=1, tried=NOW)]
    assert await store.outbox.claim(NOW + 2 * LEASE, 10, LEASE) == [delivery(1, tries=2, tried=NOW)]


async def test_a_lease_that_a_clock_wrote_which_ran_ahead_holds_nothing_up(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    await claimed(store, DAY)
    assert await claimed(store) == [delivery(1).id]
    assert await claimed(store, MINUTE) == []


async def test_a_clock_that_is_a_little_slow_is_not_handed_the_same(store: DatabaseStore) -> None:
    await put(store, delivery(1, due=NOW - DAY))
    await claimed(store)
    assert await claimed(store, -MINUTE) == []


async def test_a_try_that_failed_for_now_is_due_again_when_its_outcome_says(store: DatabaseStore) -> None:
    await put(store, delivery(1), delivery(2))
    await claimed(store)
    busy = [Outcome(delivery(id_).id, State.PENDING, NOW, reason="Besetzt.") for id_ in (1, 2)]
    await store.outbox.record([replace(busy[0], due=NOW + MINUTE), busy[1]])
    assert await store.outbox.due(NOW) == 1
    assert await claimed(store) == [delivery(2).id]
    again = delivery(1, due=NOW + MINUTE, tries=1, tried=NOW, reason="Besetzt.")
    assert await store.outbox.claim(NOW + MINUTE, 10, LEASE) == [again]


async def test_what_was_sent_is_never_handed_out_again(store: DatabaseStore) -> None:
    await put(store, delivery(1))
    await claimed(store)
    await store.outbox.record([sent(delivery(1), "42")])
    assert await claimed(store, DAY) == []
    assert await store.outbox.due(NOW + DAY) == 0
    done = delivery(1, body=None, state=State.SENT, tries=1, tried=NOW, message="42", sent=NOW)
    assert await last(store) == await last(store, sent_=True) == done


async def test_a_process_that_comes_late_undoes_nothing(store: DatabaseStore) -> None:
    await put(store, delivery(1), delivery(2))
    await store.outbox.record([sent(delivery(1), "first"), ended(delivery(2))])
    late = [Outcome(delivery(id_).id, State.PENDING, NOW, due=NOW) for id_ in (1, 2)]
    await store.outbox.record([*late, ended(delivery(1)), sent(delivery(1), "second")])
    assert await claimed(store, DAY) == []
    assert (await last(store)).message == "first"
    await store.outbox.record([sent(delivery(2), "there after all")])
    assert (await last(store, 2, sent_=True)).message == "there after all"


async def test_parts_go_out_in_order_and_know_the_first_message(store: DatabaseStore) -> None:
    parts = [delivery(1, part) for part in (1, 2, 3)]
    await put(store, *reversed(parts), delivery(1, day=YESTERDAY), delivery(2))
    await store.outbox.record([sent(delivery(1, day=YESTERDAY)), sent(delivery(2))])
    for number, part in enumerate(parts):
        root = None if number == 0 else "m1"
        assert await store.outbox.claim(NOW, 10, LEASE) == [replace(part, root=root)]
        assert await claimed(store) == []
        await store.outbox.record([sent(part, f"m{number + 1}")])
    assert await claimed(store, DAY) == []


@pytest.mark.parametrize("state", [State.FORBIDDEN, State.GONE, State.SKIPPED, State.MISSED])
async def test_the_parts_after_one_that_is_not_sent_end_as_it_did(store: DatabaseStore, state: State) -> None:
    await put(store, *(delivery(1, part) for part in (1, 2, 3)), delivery(1, day=TODAY + DAY), delivery(2))
    await store.outbox.record([sent(delivery(1))])
    await store.outbox.record([ended(delivery(1, 2), state)])
    assert await claimed(store, DAY) == [delivery(2).id, delivery(1, day=TODAY + DAY).id]
    assert await store.outbox.due(NOW + DAY) == 2


async def test_recording_and_removing_at_once_never_wait_for_each_other_for_ever(url: str) -> None:
    """A third holds the part that both need until both wait for it; the one who waits must hold nothing itself."""
    first, second = delivery(1, 1, id=2), delivery(1, 2, id=1)
    async with open_store(url) as store, open_store(url) as other:
        await store.subscriptions.save(subscription(1))
        await put(store, first, second)
        third = other.outbox.database
        async with asyncio.timeout(20), asyncio.TaskGroup() as group, third.writing() as connection:
            await connection.execute(update(deliveries).where(deliveries.c.id == second.id).values(tries=1))
            group.create_task(store.subscriptions.remove([1]))
            await until_waiting(third, 1)
            group.create_task(store.outbox.record([ended(first)]))
            await until_waiting(third, 2)
        assert await store.outbox.due(NOW) == 0


async def until_waiting(database: Database, count: int) -> None:
    """Until so many wait for a lock; on SQLite, which has one writer, nobody is caught halfway."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not database.is_sqlite:
        async with database.reading() as connection:
            if (await connection.exec_driver_sql(waits)).scalar_one() == count:
                return
        await asyncio.sleep(0.02)


async def test_the_parts_after_one_that_is_tried_again_wait(store: DatabaseStore) -> None:
    await put(store, delivery(1, 1), delivery(1, 2))
    await store.outbox.record([Outcome(delivery(1).id, State.PENDING, NOW, due=NOW + MINUTE)])
    assert await claimed(store) == []
    assert await claimed(store, MINUTE) == [delivery(1).id]


async def test_processes_that_claim_at_once_never_get_the_same_delivery(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        await put(one, *(delivery(id_) for id_ in range(300)))
        claims = await asyncio.gather(*(claimed(store, limit=20) for store in (one, two) * 10))
        rest = await claimed(one, limit=1000)
    handed = [id_ for claim in [*claims, rest] for id_ in claim]
    assert len(handed) == len(set(handed)) == 300


async def test_a_claim_larger_than_one_statement(store: DatabaseStore) -> None:
    many = [delivery(id_, body=f"Digest {id_}") for id_ in range(1200)]
    await put(store, *many)
    assert await store.outbox.claim(NOW, 1200, LEASE) == many
    await store.outbox.record([sent(one) for one in many])
    assert await store.outbox.due(NOW) == 0


async def test_what_was_shown_since_with_the_latest_digest(store: DatabaseStore) -> None:
    days = {NOW - 2 * DAY: (1, 2), NOW - DAY: (2, 3), NOW: (3, BIG)}
    for moment, stories in days.items():
        await put(store, delivery(1, day=moment.date()), delivery(2, day=moment.date()), shown=stories)
    await store.outbox.record([sent(delivery(1, day=YESTERDAY)), ended(delivery(2, day=YESTERDAY))])
    found = await store.outbox.shown([1, 2, 3], NOW - DAY)
    assert set(found[1]) == {Shown(2, NOW - DAY), Shown(3, NOW), Shown(BIG, NOW)}
    assert set(found[2]) == {Shown(3, NOW), Shown(BIG, NOW)}
    assert set(found) == {1, 2}


async def test_who_had_the_same_digests_shares_what_was_shown(store: DatabaseStore) -> None:
    for day in (YESTERDAY, TODAY):
        await put(store, *(delivery(id_, day=day) for id_ in (1, 2)), shown=(day.day,))
    await put(store, delivery(3), shown=(TODAY.day,))
    found = await store.outbox.shown([1, 2, 3], NOW - 2 * DAY)
    assert found[1] is found[2]
    assert found[3] < found[1]


async def test_the_same_words_on_another_day_were_shown_that_day(store: DatabaseStore) -> None:
    await put(store, delivery(1, day=YESTERDAY, body="Gleich"), shown=(1,))
    await put(store, delivery(2, body="Gleich"), shown=(1,))
    found = await store.outbox.shown([1, 2], NOW - 2 * DAY)
    assert found == {1: {Shown(1, NOW - DAY)}, 2: {Shown(1, NOW)}}


async def test_the_last_is_the_first_part_of_the_latest_day(store: DatabaseStore) -> None:
    days = [delivery(1, part, TODAY - n * DAY) for n in range(3) for part in (1, 2)]
    await put(store, *days, delivery(2))
    await store.outbox.record([sent(one) for one in days if one.day < TODAY])
    found = await store.outbox.last([1, 2, 3], sent=False)
    assert {id_: (one.day, one.part) for id_, one in found.items()} == {1: (TODAY, 1), 2: (TODAY, 1)}
    found = await store.outbox.last([1, 2, 3], sent=True)
    assert {id_: (one.day, one.part) for id_, one in found.items()} == {1: (YESTERDAY, 1)}


async def count(store: DatabaseStore, subscription_: int) -> list[date]:
    days = [TODAY - n * DAY for n in range(12)]
    return [day for day in days if await store.outbox.settled([subscription_], day)]


async def test_only_who_is_there_is_told_and_the_paused_learn_why_not(store: DatabaseStore) -> None:
    for one in (subscription(1), subscription(3, paused=True)):
        await store.subscriptions.save(one)
    written = [delivery(id_, part) for id_ in (1, 2, 3) for part in (1, 2)]
    skipped = delivery(3, day=YESTERDAY, body=None, state=State.SKIPPED, reason="Feiertag.")

    assert await store.outbox.tell([*written, skipped], bodies(written), NOW) == 4
    assert await claimed(store) == [delivery(1).id]
    assert (await store.outbox.recent(2, 5)) == []
    told = [(one.state, one.part, one.reason) for one in await store.outbox.recent(3, 5)]
    assert told == [(State.SKIPPED, 1, "Der Digest wurde pausiert."), (State.SKIPPED, 1, "Feiertag.")]
    assert await store.outbox.tell([], [], NOW) == 0


async def test_forgetting_keeps_the_latest_the_latest_sent_and_what_is_pending(store: DatabaseStore) -> None:
    for id_ in (1, 2):  # the third has been removed
        await store.subscriptions.save(subscription(id_))
    days = [TODAY - n * DAY for n in range(5, 10)]
    await put(store, *(delivery(id_, day=day) for id_ in (1, 2, 3) for day in days))
    await put(store, delivery(2, day=days[-1] - DAY))
    outcomes = [ended(delivery(1, day=day)) for day in days[:2]] + [sent(delivery(1, day=day)) for day in days[2:]]
    outcomes += [sent(delivery(id_, day=day)) for id_ in (2, 3) for day in days]
    await store.outbox.record([replace(one, at=NOW - 5 * DAY) for one in outcomes])
    assert await store.outbox.forget(NOW - 6 * DAY) == 0  # they were sent later than they were due
    assert await store.outbox.forget(NOW) == 3 + 4 + 5
    assert await count(store, 1) == [days[0], days[2]]
    assert await count(store, 2) == [days[0], days[-1] - DAY]
    assert await count(store, 3) == []
    assert await store.outbox.forget(NOW) == 0
    assert (await last(store)).day == days[0]
    assert (await last(store, sent_=True)).day == days[2]
    assert await claimed(store) == [delivery(2, day=days[-1] - DAY).id]


async def test_forgetting_takes_the_bodies_that_nobody_needs(store: DatabaseStore) -> None:
    old = [delivery(id_, day=YESTERDAY, body=text) for id_, text in {1: "A", 2: "A", 3: "B"}.items()]
    await put(store, *old)
    await store.outbox.record([sent(old[0]), sent(old[2])])
    assert await store.outbox.forget(NOW + DAY) == 2
    assert await texts(store) == {"A"}
    assert await store.outbox.claim(NOW, 10, LEASE) == [old[1]]


async def texts(store: DatabaseStore) -> set[str]:
    async with store.outbox.database.reading() as connection:
        return set((await connection.exec_driver_sql("SELECT text FROM bodies")).scalars())


async def test_the_stories_of_a_digest_are_found_by_any_of_its_messages(store: DatabaseStore) -> None:
    planned = [delivery(1), delivery(1, 2), delivery(2), delivery(1, day=YESTERDAY)]
    rows = [replace(one, body=f"Digest {n}") for n, one in enumerate(planned, 1)]
    shown = [(7, BIG), (8, 7), (9,), (5,)]
    await store.outbox.add(rows, [Body(f"Digest {n}", told) for n, told in enumerate(shown, 1)], NOW)
    await store.outbox.record([sent(one, f"m{n}") for n, one in enumerate(rows, 1)])

    assert await store.outbox.told([1], {"m1"}) == (7, BIG, 8)
    assert await store.outbox.told([1], {"m2", "x"}) == (7, BIG, 8)
    assert await store.outbox.told([1], {"m4"}) == (5,)
    assert await store.outbox.told([1], {"m3"}) == ()  # another channel's
    assert await store.outbox.told([1, 2], {"m3", "m4"}) == (5, 9)
    assert await store.outbox.told([], {"m1"}) == await store.outbox.told([1], set()) == ()
