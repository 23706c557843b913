"""The port `Leases`, on both databases."""

import asyncio
from datetime import timedelta

from bot.store.store import DatabaseStore, open_store
from tests.contracts.samples import NOW

MINUTE = timedelta(minutes=1)
TURN = timedelta(milliseconds=25)
SECOND = timedelta(seconds=1)


async def test_a_lease_is_one_holders_until_it_runs_out(store: DatabaseStore) -> None:
    take = store.leases.take
    assert await take("gateway", "a", NOW, MINUTE)
    assert not await take("gateway", "b", NOW, MINUTE)
    assert await take("other", "b", NOW, MINUTE)
    assert await take("gateway", "a", NOW + MINUTE / 2, MINUTE)  # renewed
    assert not await take("gateway", "b", NOW + MINUTE, MINUTE)
    assert await take("gateway", "b", NOW + MINUTE * 1.5, MINUTE)
    assert not await take("gateway", "a", NOW + MINUTE * 2, MINUTE)


async def test_only_its_holder_gives_a_lease_back(store: DatabaseStore) -> None:
    assert await store.leases.take("gateway", "a", NOW, MINUTE)
    await store.leases.release("gateway", "b")
    assert not await store.leases.take("gateway", "b", NOW, MINUTE)
    await store.leases.release("gateway", "a")
    assert await store.leases.take("gateway", "b", NOW, MINUTE)


async def test_a_lease_that_a_clock_wrote_which_ran_ahead_holds_nobody_up(store: DatabaseStore) -> None:
    assert await store.leases.take("gateway", "a", NOW + timedelta(days=1), MINUTE)
    assert await store.leases.take("gateway", "b", NOW, MINUTE)
    assert not await store.leases.take("gateway", "a", NOW + MINUTE / 2, MINUTE)


async def test_a_clock_that_is_a_little_slow_takes_nothing_away(store: DatabaseStore) -> None:
    assert await store.leases.take("gateway", "a", NOW, MINUTE)
    assert not await store.leases.take("gateway", "b", NOW - SECOND, MINUTE)


async def test_of_many_who_want_a_lease_at_once_one_gets_it(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        for now in (NOW, NOW + MINUTE):  # free at first, then run out
            tries = [store.leases.take("gateway", f"{now}{n}", now, MINUTE) for n, store in enumerate((one, two) * 10)]
            assert sum(await asyncio.gather(*tries)) == 1


async def test_a_process_that_tells_nothing_is_named_until_it_is_buried(store: DatabaseStore) -> None:
    await store.leases.beat("a", NOW)
    await store.leases.beat("b", NOW + MINUTE)
    await store.leases.beat("c", NOW)
    await store.leases.beat("c", NOW + MINUTE)
    assert await store.leases.silent(NOW) == []
    for _ in range(2):
        assert await store.leases.silent(NOW + MINUTE) == ["a"]
    assert await store.leases.alive(NOW) == ["a", "b", "c"]
    assert await store.leases.alive(NOW + MINUTE) == ["b", "c"]
    assert await store.leases.alive(NOW + MINUTE + SECOND) == []
    await store.leases.bury("a")
    assert await store.leases.silent(NOW + MINUTE) == []
    assert await store.leases.silent(NOW + 2 * MINUTE) == ["b", "c"]


async def test_turns_are_one_after_the_other(store: DatabaseStore) -> None:
    assert await store.leases.reserve("discord", NOW, 3, TURN) == NOW
    assert await store.leases.reserve("discord", NOW, 1, TURN) == NOW + 3 * TURN
    assert await store.leases.reserve("slack", NOW, 1, TURN) == NOW
    assert await store.leases.reserve("discord", NOW + MINUTE, 1, TURN) == NOW + MINUTE  # nothing is saved up
    assert await store.leases.reserve("discord", NOW, 1, TURN) == NOW + MINUTE + TURN  # by a clock that is slow


async def test_turns_that_are_reserved_at_once_never_overlap(url: str) -> None:
    counts = [1 + n % 5 for n in range(200)]
    async with open_store(url) as one, open_store(url) as two:
        reserves = [
            store.leases.reserve("discord", NOW + n * timedelta(microseconds=7), count, TURN)
            for n, (store, count) in enumerate(zip((one, two) * 100, counts, strict=True))
        ]
        starts = await asyncio.gather(*reserves)
    taken = sorted(zip(starts, counts, strict=True))
    ends = [start + count * TURN for start, count in taken]
    assert all(end <= start for end, (start, _) in zip(ends, taken[1:], strict=False))
    assert ends[-1] - taken[0][0] >= sum(counts) * TURN


async def test_a_clock_that_was_set_back_stops_nobody(store: DatabaseStore) -> None:
    await store.leases.reserve("discord", NOW, 1, SECOND)
    earlier = NOW - timedelta(hours=2)
    assert await store.leases.reserve("discord", earlier, 1, SECOND) == earlier
    assert await store.leases.reserve("discord", earlier, 1, SECOND) == earlier + SECOND


async def test_a_silence_of_minutes_is_kept(store: DatabaseStore) -> None:
    await store.leases.reserve("discord", NOW + timedelta(minutes=15), 0, timedelta())
    assert await store.leases.reserve("discord", NOW, 1, SECOND) == NOW + timedelta(minutes=15)


async def test_leases_that_ended_long_ago_are_forgotten(store: DatabaseStore) -> None:
    assert await store.leases.take("said:1", "a", NOW, MINUTE)
    assert await store.leases.take("said:2", "a", NOW + MINUTE, MINUTE)
    assert await store.leases.forget(NOW + MINUTE * 1.5) == 1
    assert not await store.leases.take("said:2", "b", NOW + MINUTE * 1.5, MINUTE)
    assert await store.leases.forget(NOW + MINUTE * 1.5) == 0
