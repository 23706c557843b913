"""A short storm: bots are killed while they post, and each channel gets its digest, once. `make storm` has long ones.

The storms run side by side: most of their time they wait.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from tests.postgres import create, serving
from tests.storm.bots import nursing
from tests.storm.storm import Figures, Plan, storm

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLANS = {
    "sqlite": Plan(60, 5, seed=1),
    "postgresql": Plan(60, 5, processes=2, seed=2),
    "forgetful": Plan(40, 3, seed=3, forgetful=True),
    "slack": Plan(40, 4, seed=6, surface="slack"),
    "slack, with the library's retries": Plan(40, 2, seed=7, surface="slack", control=True),
    "without nonces": Plan(40, 2, seed=4, control=True),
    "without looking": Plan(60, 3, seed=5, forgetful=True, control=True),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def figures(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Mapping[str, Figures]]:
    """What was counted after each storm."""
    with serving() as server:
        async with nursing() as nursery, asyncio.TaskGroup() as group:
            tasks = {}
            for name, plan in PLANS.items():
                folder: Path = tmp_path_factory.mktemp("storm")
                url = create(server) if name == "postgresql" else f"sqlite+aiosqlite:///{folder}/depesche.db"
                tasks[name] = group.create_task(storm(plan, url, folder, nursery))
        yield {name: task.result() for name, task in tasks.items()}


@pytest.mark.parametrize("name", ["sqlite", "postgresql", "forgetful", "slack"])
async def test_each_channel_gets_its_digest_once(figures: Mapping[str, Figures], name: str) -> None:
    found = figures[name]
    assert (found.lost, found.double, found.astray) == (0, 0, 0), found.line()
    assert found.messages == found.plan.deliveries


@pytest.mark.parametrize("name", ["without nonces", "without looking", "slack, with the library's retries"])
async def test_without_protection_there_are_doubles(figures: Mapping[str, Figures], name: str) -> None:
    assert figures[name].double > 0, figures[name].line()


async def test_the_storm_struck_while_there_was_work(figures: Mapping[str, Figures]) -> None:
    for name in ("sqlite", "postgresql"):
        assert figures[name].at_work > 0, figures[name].line()
        assert figures[name].recognised > 0, figures[name].line()
    assert figures["forgetful"].looks > 0, figures["forgetful"].line()
