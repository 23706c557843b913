"""A story whose sources have not changed is paid for once, however many processes want it; on both databases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.llm.budget import Budget
from bot.llm.connect import connect
from bot.llm.endpoints import Endpoint
from bot.model import MadeBy
from bot.ports.news import CONDENSING
from bot.store.store import DatabaseStore, open_store
from bot.summaries.turns import LENGTH, Turns
from bot.summaries.write import Summariser
from tests.models import KEY, Asked, ModelServer, condenses, says
from tests.told import STORIES, ignore

CLOCK = SystemClock()
ONE = STORIES[0]


@asynccontextmanager
async def process(
    url: str, server: ModelServer, name: str, *, alone: bool = True
) -> AsyncIterator[tuple[Summariser, DatabaseStore]]:
    """What one process has: a store, a model and a summariser of its own."""
    async with open_store(url) as store:
        budget = Budget(store.spending, CLOCK, 1_000_000)
        async with connect([Endpoint("test-model", server.url, KEY)], budget) as model:
            turns = Turns(store.leases, CLOCK, name) if alone else None
            yield Summariser(store.summaries, model, turns=turns), store


@pytest.mark.parametrize("alone", [True, False], ids=["turns", "control"])
async def test_two_processes_pay_once(url: str, alone: bool) -> None:
    both, one = asyncio.Event(), asyncio.Event()

    async def slow(asked: Asked) -> web.StreamResponse:
        one.set()
        await asyncio.wait_for(both.wait(), 20)
        return condenses(asked)

    async with (
        ModelServer(slow) as server,
        process(url, server, "first", alone=alone) as (first, _),
        process(url, server, "second", alone=alone) as (second, _),
    ):
        running = [asyncio.create_task(first.summarise([ONE], ignore))]
        await asyncio.wait_for(one.wait(), 20)
        running.append(asyncio.create_task(second.summarise([ONE], ignore)))
        if not alone:
            async with asyncio.timeout(20):
                while len(server.asked) < 2:  # noqa: ASYNC110 - elsewhere
                    await asyncio.sleep(0.02)
        both.set()
        written = await asyncio.wait_for(asyncio.gather(*running), 30)
        assert len(server.asked) == (1 if alone else 2)
    assert [found.summaries[1].made_by for found in written] == [MadeBy.MODEL] * 2
    assert written[0].summaries[1].sentences == written[1].summaries[1].sentences


async def test_whoever_fails_leaves_the_turn_to_the_next(url: str) -> None:
    async with (
        ModelServer(condenses) as server,
        process(url, server, "first") as (first, store),
        process(url, server, "second") as (second, _),
    ):
        server.script(says("", finish="length"))
        assert (await first.summarise([ONE], ignore)).summaries[1].made_by is MadeBy.EXTRACT
        assert (await store.watch.look(CLOCK.now())).leases == {}
        assert (await second.summarise([ONE], ignore)).summaries[1].made_by is MadeBy.MODEL


async def test_a_process_that_died_is_not_waited_for_for_ever(url: str) -> None:
    async with ModelServer(condenses) as server, process(url, server, "me") as (me, store):
        long_ago = CLOCK.now() - LENGTH + timedelta(seconds=0.5)
        await store.leases.take(f"{CONDENSING}1:v1", "dead", long_ago, LENGTH)
        written = await asyncio.wait_for(me.summarise([ONE], ignore), 30)
        assert written.summaries[1].made_by is MadeBy.MODEL
        assert len(server.asked) == 1


async def test_whoever_gives_up_lets_go(url: str) -> None:
    async with ModelServer() as server, process(url, server, "first") as (first, store):
        server.otherwise = _never
        running = asyncio.create_task(first.summarise([ONE], ignore))
        async with asyncio.timeout(20):
            while not server.asked:  # noqa: ASYNC110 - elsewhere
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert await store.leases.take(f"{CONDENSING}1:v1", "another", CLOCK.now(), LENGTH)


async def _never(_: Asked) -> web.StreamResponse:
    await asyncio.sleep(20)
    return web.Response()
