"""Bots are killed at seeded moments while they post, in a chat with faults; then what is there is counted.

Each channel waits for one digest. Whatever dies and whatever breaks: afterwards there is exactly one in each, and its
row says so.
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.model import State
from tests.storm.bots import Astray, Bots, Nursery
from tests.storm.chat import KINDS, LATENCY, Chat, chatting
from tests.storm.ground import Ground, Row, ground
from tests.storm.nursery import Nature

EARLY = 0.15  # of the kills strike while a process starts, or soon after
YOUTH = 1.5  # seconds for which that counts
IDLE = 15.0  # seconds in which nothing is posted, after which the kill that waited for it strikes all the same
GLANCE = 0.03  # seconds between two looks at the chat
CALM = 240.0  # seconds until everything must be settled when no more is killed; a bound against hanging


@dataclass(frozen=True, slots=True)
class Plan:
    """How much there is to post, and what happens meanwhile.

    `surface`: in which chat. `forgetful`: it forgets all nonces while a bot is dead, so only looking tells what was
    posted. `control`: what protects from doubles is taken away, so that there must be some.
    """

    deliveries: int
    kills: int
    processes: int = 1
    seed: int = 1
    forgetful: bool = False
    control: bool = False
    surface: str = "discord"

    @property
    def nature(self) -> Nature:
        """What the bots are like. Where the chat forgets at once, it is never trusted to know a nonce."""
        trust = 0.0 if self.forgetful else None
        retries = self.control and self.surface == "slack"
        return Nature(marks=self.forgetful or not self.control, looks=not self.control, trust=trust, retries=retries)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was there afterwards, and what had happened. `lost`, `double`: channels with no message, messages too many.

    `astray`: rows that are not sent, or name another message than the one that is there. `at_work`: the kills while
    something was still to be posted. `recognised`: posts that the chat answered with the message that was there.
    """

    plan: Plan
    messages: int
    lost: int
    double: int
    astray: int
    kills: int
    at_work: int
    starts: int
    posts: int
    looks: int
    recognised: int
    faults: int
    limited: int
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether it is as it must be: all there once, or, where nothing protects, doubles."""
        if self.plan.control:
            return self.double > 0
        return self.lost == self.double == self.astray == 0 and self.messages == self.plan.deliveries

    def line(self) -> str:
        """All of it in one line."""
        names = self.__slots__[1:]
        return " ".join(f"{name}={getattr(self, name):.0f}" for name in names)


class Storm:
    """One run over one database and one chat."""

    def __init__(self, plan: Plan, floor: Ground, chat: Chat, bots: Bots) -> None:
        self._plan = plan
        self._ground = floor
        self._chat = chat
        self._bots = bots
        self._random = random.Random(plan.seed)
        self._at_work = 0

    async def run(self) -> Figures:
        """From the first start to the count."""
        begun = time.monotonic()
        for _ in range(self._plan.processes):
            await self._bots.start()
        for number in range(self._plan.kills):
            await self._strike(self._plan.kills - number)
        await self._calm()
        await self._bots.stop_all()
        return await self._count(time.monotonic() - begun)

    async def _strike(self, left: int) -> None:
        """Wait for the moment, kill one of them and start another; `left` kills are still to come, this one too."""
        await self._moment(left)
        self._at_work += await self._chat.messages() < self._plan.deliveries
        await self._bots.kill(self._random.choice(self._bots.alive))
        if self._plan.forgetful:
            await asyncio.sleep(2 * LATENCY[1])  # what the dead one asked for last is carried out
            await self._chat.ask("forget")
        await self._bots.start()

    async def _moment(self, left: int) -> None:
        """Soon after the start, or when so much more was posted that there is something left for the other kills."""
        before = await self._chat.messages()
        rest = max(self._plan.deliveries - before, 0)
        share = int(1.6 * rest / left)
        if not rest or self._random.random() < EARLY:
            await asyncio.sleep(self._random.uniform(0, YOUTH))
            return
        goal = min(before + self._random.randint(1, max(share, 1)), self._plan.deliveries - 1)
        end = time.monotonic() + IDLE
        while await self._chat.messages() < goal and time.monotonic() < end:  # noqa: ASYNC110 - it is in another process
            await asyncio.sleep(GLANCE)
        await asyncio.sleep(self._random.uniform(0, GLANCE))

    async def _calm(self) -> None:
        """Until nothing is to be posted any more."""
        end, states = time.monotonic() + CALM, Counter[str]()
        while states.total() < self._plan.deliveries or states[State.PENDING]:
            if time.monotonic() > end:
                raise Astray(f"it does not end: {dict(states)}\n{self._bots.told()}")
            await asyncio.sleep(0.3)
            states = await self._ground.states()

    async def _count(self, seconds: float) -> Figures:
        there = await self._chat.ask("messages", only="id channel")
        counters = await self._chat.ask("counters")
        by_channel: dict[str, list[str]] = {}
        for one in there:
            by_channel.setdefault(one["channel"], []).append(one["id"])
        rows = await self._ground.rows()
        return Figures(
            plan=self._plan,
            messages=len(there),
            lost=self._plan.deliveries - len(by_channel),
            double=len(there) - len(by_channel),
            astray=sum(not _is_told(row, by_channel) for row in rows) + abs(len(rows) - self._plan.deliveries),
            kills=self._plan.kills,
            at_work=self._at_work,
            starts=self._bots.starts,
            seconds=seconds,
            **_happened(counters, self._plan.surface),
        )


def _is_told(row: Row, by_channel: dict[str, list[str]]) -> bool:
    return row.state is State.SENT and row.message in by_channel.get(row.channel, [])


def _happened(counters: dict[str, Any], surface: str) -> dict[str, int]:
    routes, kind = counters["routes"], KINDS[surface]
    return {
        "posts": routes.get(kind.posting, 0),
        "looks": routes.get(kind.looking, 0),
        "recognised": counters.get("same_nonce", 0),
        "faults": sum(counters["faults"].values()),
        "limited": counters["statuses"].get("429", 0),
    }


async def storm(plan: Plan, url: str, folder: Path, nursery: Nursery) -> Figures:
    """One storm over an empty database. Raises `Astray` where a bot ends by itself, or the work does not end."""
    async with ground(url, folder) as floor, chatting(plan.deliveries, plan.seed, plan.surface) as chat:
        await floor.prepare(plan.deliveries, plan.surface)
        bots = Bots(nursery, folder, {**floor.environment, **chat.environment}, plan.nature)
        return await Storm(plan, floor, chat, bots).run()
