"""What many ask for at once is made once, and only once it is there or on its way."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.recent import KEPT, Recent


def counting(gate: asyncio.Event) -> tuple[list[int], Callable[[], Awaitable[int]]]:
    """What was made so far, and a slow way of making it."""
    made: list[int] = []

    async def make() -> int:
        made.append(len(made) + 1)
        number = made[-1]
        await gate.wait()
        return number

    return made, make


async def test_who_asks_the_same_at_once_waits_for_the_same() -> None:
    gate, recent = asyncio.Event(), Recent[str, int](60)
    made, make = counting(gate)
    asked = [asyncio.ensure_future(recent.get("ki", make)) for _ in range(50)]
    other = asyncio.ensure_future(recent.get("cloud", make))
    await asyncio.sleep(0)
    asked[0].cancel()  # who gives up takes nothing from the others
    gate.set()

    assert await asyncio.gather(*asked[1:], other) == [*[1] * 49, 2]
    assert await recent.get("ki", make) == 1
    assert made == [1, 2]


async def test_it_is_made_anew_when_it_is_old() -> None:
    gate, recent = asyncio.Event(), Recent[str, int](0)
    made, make = counting(gate)
    gate.set()
    await recent.get("ki", make)
    await asyncio.sleep(0.01)

    assert await recent.get("ki", make) == 2
    assert made == [1, 2]


async def test_a_failure_is_not_kept() -> None:
    recent = Recent[str, int](60)

    async def fail() -> int:
        raise LookupError

    async def work() -> int:
        return 7

    with pytest.raises(LookupError):
        await recent.get("ki", fail)
    await asyncio.sleep(0)
    assert await recent.get("ki", work) == 7


async def test_no_more_is_kept_than_is_told() -> None:
    recent = Recent[int, int](60)

    async def work() -> int:
        return 7

    for n in range(KEPT + 10):
        await recent.get(n, work)
    assert len(recent._made) == KEPT
