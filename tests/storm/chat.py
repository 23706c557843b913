"""A stand-in for a chat as a process of its own, with the faults of a bad day."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.storm.bots import ROOT

LATENCY = (0.08, 0.3)  # seconds
AFTER = {"reset": 0.1, "drop": 0.05}  # chances that the connection breaks off although the message is stored,
BEFORE = {"reset": 0.03, "drop": 0.02}  # and before it is
STATUSES = (500, 502, 503, 504)
STATUS_AFTER, STATUS_BEFORE = 0.02, 0.01  # chances of each of them
LIMITED = {"limited": 0.02, "limited_globally": 0.005}  # chances of a 429 that no limit explains
LOOKS = 0.1  # chance that reading a channel fails


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the chats: its stand-in, how posting and reading back are called, and how it behaves."""

    module: str
    posting: str
    looking: str
    limits: Mapping[str, float] = field(default_factory=lambda: dict(LIMITED))
    settings: Mapping[str, Any] = field(default_factory=dict)


KINDS = {
    "discord": Kind(
        "tests.chats.guildhall",
        "create_message",
        "list_messages",
        settings={"limit": 50, "echo": False, "openapi": False},
    ),
    "slack": Kind(
        "tests.chats.workspace", "chat.postMessage", "conversations.history", {"limited": LIMITED["limited"]}
    ),
}


def faults(of: Kind) -> list[dict[str, Any]]:
    """What goes wrong by chance, for ever."""
    found: list[dict[str, Any]] = []
    for when, kinds, status in (("after", AFTER, STATUS_AFTER), ("before", BEFORE, STATUS_BEFORE)):
        found += [{"kind": kind, "when": when, "chance": chance} for kind, chance in kinds.items()]
        found += [{"kind": "status", "status": code, "when": when, "chance": status} for code in STATUSES]
    found += [{"kind": kind, "chance": chance} for kind, chance in of.limits.items()]
    posts = [{"on": of.posting, "times": -1, **fault} for fault in found]
    return [*posts, {"kind": "status", "status": 503, "on": of.looking, "times": -1, "chance": LOOKS}]


class Chat:
    """A running stand-in: where it is, what it is told, what it holds."""

    def __init__(self, told: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self.told = told
        self._control: str = told["control"]
        self._session = session

    @property
    def environment(self) -> Mapping[str, str]:
        """What a bot needs to find it."""
        told = self.told
        if "app_token" in told:
            tokens = {"SLACK_BOT_TOKEN": told["token"], "SLACK_APP_TOKEN": told["app_token"]}
            return {**tokens, "SLACK_API_URL": told["api"]}
        return {
            "DISCORD_TOKEN": told["token"],
            "DISCORD_API_URL": told["rest"],
            "DISCORD_GATEWAY_URL": told["gateway"],
        }

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """One verb of the control plane."""
        async with self._session.post(f"{self._control}/{verb}", json=arguments) as answer:
            told = await answer.text()
            assert answer.status == 200, told
            return json.loads(told) if told else None

    async def messages(self) -> int:
        """How many there are."""
        found: int = (await self.ask("counters"))["messages"]
        return found


@asynccontextmanager
async def chatting(channels: int, seed: int, surface: str = "discord") -> AsyncIterator[Chat]:
    """A stand-in with so many channels, in foul weather."""
    kind = KINDS[surface]
    settings = {"latency": LATENCY, "seed": seed, **kind.settings}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", kind.module, "--channels", str(channels)),
        *("--settings", json.dumps(settings)),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            told = json.loads(await process.stdout.readline())
        async with aiohttp.ClientSession() as session:
            chat = Chat(told, session)
            for fault in faults(kind):
                await chat.ask("fault", **fault)
            yield chat
    finally:
        process.terminate()
        await process.wait()
