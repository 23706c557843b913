"""Token buckets with the time passed in, and the queue that has an end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.german.waits import span
from bot.limits import Buckets, Limits, Queue, Rate

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
RATE = Rate(3, 60.0)


def taken(buckets: Buckets, key: str, now: float, count: int) -> int:
    """How many of so many tries get a token."""
    got = 0
    for _ in range(count):
        if not buckets.wait(key, now):
            buckets.take(key, now)
            got += 1
    return got


def refused(limits: Limits, person: str = "1", server: str = "", seconds: float = 0) -> str:
    """What is said, empty where it is admitted."""
    try:
        limits.admit(person, server, NOW + timedelta(seconds=seconds))
    except UserError as error:
        return str(error)
    return ""


def test_so_many_at_once_then_one_by_one() -> None:
    buckets = Buckets(RATE)
    assert taken(buckets, "a", 0, 9) == 3
    assert buckets.wait("a", 0) == pytest.approx(20)
    assert taken(buckets, "a", 19, 9) == 0
    assert taken(buckets, "a", 20.001, 9) == 1
    assert taken(buckets, "a", 1_000, 9) == 3  # never more than the bucket holds
    assert taken(buckets, "b", 0, 9) == 3  # another one has tokens of its own


def test_in_no_minute_more_than_twice_the_rate_whenever_it_is_asked() -> None:
    buckets = Buckets(RATE)
    got = [moment / 10 for moment in range(3_000) if taken(buckets, "a", moment / 10, 1)]
    assert all(sum(first <= one < first + 60 for one in got) <= 2 * RATE.count for first in got)


def test_a_clock_that_is_set_back_gives_and_takes_nothing() -> None:
    buckets = Buckets(RATE)
    taken(buckets, "a", 1_000, 2)
    assert taken(buckets, "a", 0, 9) == 1
    assert buckets.wait("a", 0) == pytest.approx(20)


def test_the_memory_is_bounded_and_who_was_seen_last_stays() -> None:
    buckets = Buckets(RATE, most=10)
    assert taken(buckets, "busy", 0, 3) == 3
    for n in range(1_000):
        taken(buckets, str(n), 0, 1)
        buckets.wait(str(n), 0)  # looking remembers nobody
        if n == 5:
            taken(buckets, "busy", 20, 1)
    assert len(buckets) == 10
    fresh = Buckets(RATE, most=10)
    taken(fresh, "busy", 0, 3)
    for n in range(9):
        taken(fresh, str(n), 0, 1)
    assert taken(fresh, "busy", 0, 1) == 0
    taken(fresh, "one more", 0, 1)
    assert taken(fresh, "busy", 0, 1) == 1  # the control: forgotten is full again


def test_a_person_is_told_how_long_to_wait() -> None:
    limits = Limits(person=Rate(2, 60), server=Rate(100, 60))
    assert [refused(limits) for _ in range(2)] == ["", ""]
    assert refused(limits) == "Das waren viele Anfragen kurz nacheinander. Bitte in 30 Sekunden noch einmal."
    assert "29 Sekunden" in refused(limits, seconds=1)  # what was refused did not count
    assert refused(limits, "2") == ""
    assert refused(limits, seconds=30.1) == ""


def test_a_server_is_told_and_its_people_keep_theirs() -> None:
    limits = Limits(person=Rate(2, 60), server=Rate(3, 60))
    assert [refused(limits, str(n), "77") for n in range(3)] == ["", "", ""]
    assert "Auf diesem Server" in refused(limits, "9", "77")
    assert [refused(limits, "9", "78") for _ in range(2)] == ["", ""]  # a refusal costs nobody anything
    assert "kurz nacheinander" in refused(limits, "9", "79")
    assert [refused(limits, f"x{n}") for n in range(50)] == [""] * 50  # outside of servers there is no such limit


@pytest.mark.parametrize(
    ("seconds", "told"), [(1, "1 Sekunde"), (1.1, "2 Sekunden"), (60, "60 Sekunden"), (61, "2 Minuten")]
)
def test_a_wait_is_rounded_up(seconds: float, told: str) -> None:
    assert span(seconds) == told


async def test_so_many_work_at_once_and_so_many_wait() -> None:
    queue, ending, at_once, most = Queue(2, 3), asyncio.Event(), 0, 0

    async def work() -> str:
        nonlocal at_once, most
        async with queue.turn():
            at_once += 1
            most = max(most, at_once)
            await ending.wait()
            at_once -= 1
        return "done"

    works = [asyncio.ensure_future(work()) for _ in range(5)]
    await asyncio.sleep(0)
    with pytest.raises(UserError, match=r"Gerade warten schon viele auf eine Antwort\. Bitte in etwa 20 Sekunden"):
        await work()
    works[4].cancel()  # who goes away makes room
    await asyncio.sleep(0)
    more = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    ending.set()
    assert await asyncio.gather(*works[:4], more) == ["done"] * 5
    assert most == 2
    assert await work() == "done"


async def test_a_work_that_fails_gives_its_turn_back() -> None:
    queue = Queue(1, 0)
    for _ in range(3):
        with pytest.raises(KeyError):
            async with queue.turn():
                raise KeyError
    async with queue.turn():
        with pytest.raises(UserError):
            async with queue.turn():
                pass
