"""The clock: real time, short intervals."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import apscheduler.schedulers.base
import apscheduler.triggers.interval
import pytest

import bot.schedule
from bot.schedule import Tick, Ticking, _trigger, ticking

MODULES = {
    "schedule": bot.schedule,
    "base": apscheduler.schedulers.base,
    "interval": apscheduler.triggers.interval,
}

SOON = timedelta(milliseconds=50)
BOUND = 60.0  # seconds, against hanging


async def come(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(BOUND):
        while not true():  # noqa: ASYNC110 - what is waited for is outside
            await asyncio.sleep(0.01)


async def test_ticks_come_again_and_again_on_this_loop() -> None:
    loops = []

    async def call() -> None:
        loops.append(asyncio.get_running_loop())

    async with ticking({"x": Tick(call, SOON)}):
        await come(lambda: len(loops) >= 3)
    count = len(loops)
    await asyncio.sleep(5 * SOON.total_seconds())
    assert len(loops) == count
    assert set(loops) == {asyncio.get_running_loop()}


async def test_a_tick_that_raises_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    calls = []

    async def call() -> None:
        calls.append(1)
        raise ZeroDivisionError

    async with ticking({"broken": Tick(call, SOON)}):
        await come(lambda: len(calls) >= 3)
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert {record.getMessage() for record in errors} == {"The tick broken failed"}
    assert all(record.exc_info for record in errors)


async def test_a_slow_call_is_never_made_twice_at_once() -> None:
    most = 0
    running = 0
    calls = 0

    async def call() -> None:
        nonlocal most, running, calls
        calls += 1
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1

    async with ticking({"slow": Tick(call, SOON)}):
        await come(lambda: calls >= 3)
    assert most == 1


async def test_one_call_makes_up_for_many_missed_ones() -> None:
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1

    async with ticking({"x": Tick(call, SOON)}):
        await come(lambda: calls == 1)
        time.sleep(1.5)  # noqa: ASYNC251 - a loop that is held up for longer than APScheduler's grace of a second
        await asyncio.sleep(0)
        before = calls
        await come(lambda: calls > before)
        assert calls <= before + 2


async def test_a_call_that_still_runs_is_cancelled_at_the_end(caplog: pytest.LogCaptureFixture) -> None:
    cancelled = asyncio.Event()
    begun = asyncio.Event()

    async def call() -> None:
        begun.set()
        try:
            await asyncio.sleep(BOUND)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with ticking({"long": Tick(call, SOON)}):
        await begun.wait()
    assert cancelled.is_set()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_without_an_interval_it_ticks_at_the_full_minute() -> None:
    async def call() -> None: ...

    trigger = _trigger(Tick(call))  # its own clock is the machine's: the whole would take a minute
    now = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)  # half a minute before the clocks in Germany go back
    moments = []
    for _ in range(3):
        now = trigger.get_next_fire_time(None, now + timedelta(microseconds=1))
        moments.append((now.hour, now.minute, now.second, now.microsecond))
    assert moments == [(1, 0, 0, 0), (1, 1, 0, 0), (1, 2, 0, 0)]


@pytest.mark.parametrize("watched", [True, False], ids=["watched", "control"])
async def test_a_clock_set_back_stops_no_tick(monkeypatch: pytest.MonkeyPatch, watched: bool) -> None:
    wall = [timedelta()]

    class Wall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + wall[0]

    for module in ("schedule", "base", "interval"):
        monkeypatch.setattr(MODULES[module], "datetime", Wall)
    monkeypatch.setattr(Ticking, "watch", 0.05 if watched else BOUND)
    calls = []

    async def call() -> None:
        calls.append(1)

    async with ticking({"x": Tick(call, SOON)}):
        await come(lambda: len(calls) >= 2)
        wall[0] = timedelta(hours=-1)
        count = len(calls)
        if watched:
            await come(lambda: len(calls) >= count + 3)
        else:
            await asyncio.sleep(0.5)
            assert len(calls) <= count + 1
