"""People who talk to the bot all at once: each does something, waits for the whole answer, thinks, and goes on."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.bench.crowd import topics
from tests.chats.guildhall import Guildhall
from tests.chats.hall import Interaction
from tests.chats.world import CHANNEL
from tests.journeys.people import MANAGER, command, parts

THINKS = (2.0, 6.0)  # seconds between an answer and the next thing: people read it
PATIENCE = 60.0  # seconds for a whole answer
Json = dict[str, Any]
TYPING, BUTTON = {"type": 4}, {"type": 3}


@dataclass(slots=True)
class Took:
    """What was measured of one kind of act: seconds to the first and to the whole answer. `lost`: there was none."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed; 0 of none."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)] if values else 0.0


class User:
    """One person in a channel of its own."""

    def __init__(self, hall: Guildhall, number: int, took: Mapping[str, Took]) -> None:
        self._hall = hall
        self._channel = CHANNEL + number
        self._person = 1_000 + number
        self._dice = random.Random(number)
        self._took = took
        self.keys = self.wanted = [topic.key for topic in topics()]
        self._card: Json | None = None  # the answer with buttons

    async def talk(self, until: float, acts: Sequence[str]) -> None:
        """Go on until this moment of `time.monotonic`."""
        await asyncio.sleep(self._dice.uniform(0, THINKS[1]))
        while time.monotonic() < until:
            await self.do(self._dice.choice(acts))
            await asyncio.sleep(self._dice.uniform(*THINKS))

    async def do(self, name: str) -> None:
        """One act, and its whole answer."""
        data, more = DOES[name](self)
        told = self._hall.control.interact(self._channel, data, self._person, MANAGER, **more)
        found = self._hall.control.hall.interactions[told["token"]]
        end = time.monotonic() + PATIENCE
        while found.whole is None and time.monotonic() < end:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.005)
        took = self._took[name]
        took.lost += found.after is None or found.whole is None
        took.first += [] if found.after is None else [found.after]
        took.whole += [] if found.whole is None else [found.whole]
        self._remember(name, found)

    def _remember(self, name: str, found: Interaction) -> None:
        if name in {"/digest show", "button"} and found.original is not None:
            shown = {"components": found.original.body.get("components") or []}
            ids = [
                part["custom_id"] for part in parts(shown) if part["custom_id"].startswith(("digest:pau", "digest:res"))
            ]
            self._card = {"message": found.original.id, "custom_id": ids[0]} if ids else None

    def summary(self) -> tuple[Json, Json]:
        """Of a topic, today."""
        return command("summary", {"topic": self._dice.choice(self.wanted)}), {}

    def week(self) -> tuple[Json, Json]:
        """Of a topic, over seven days."""
        return command("summary", {"topic": self._dice.choice(self.wanted), "period": "week"}), {}

    def typing(self) -> tuple[Json, Json]:
        """A topic is being typed."""
        data = command("summary", {"topic": self._dice.choice(self.wanted)[:2]})
        data["options"][0]["focused"] = True
        return data, TYPING

    def typing_name(self) -> tuple[Json, Json]:
        """The name of a digest is being typed."""
        data = command("digest show", {"name": "D"})
        data["options"][0]["options"][0]["focused"] = True
        return data, TYPING

    def button(self) -> tuple[Json, Json]:
        """Pause the digest that is shown, or let it go on."""
        if self._card is None:
            return command("digest show", {}), {}
        data = {"component_type": 2, "custom_id": self._card["custom_id"]}
        return data, {"message": self._card["message"], **BUTTON}


def _uses(path: str) -> Callable[[User], tuple[Json, Json]]:
    return lambda _: (command(path, {}), {})


DOES: Mapping[str, Callable[[User], tuple[Json, Json]]] = {
    "typing a topic": User.typing,
    "typing a name": User.typing_name,
    "/summary": User.summary,
    "/summary week": User.week,
    "/digest show": _uses("digest show"),
    "/topics list": _uses("topics list"),
    "/status": _uses("status"),
    "/help": _uses("help"),
    "button": User.button,
}
