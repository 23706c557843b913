"""What is to go wrong: scripted for the next requests, or by chance with a seed."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["reset", "drop", "status", "limited", "limited_globally", "banned", "garbled", "delay", "hang", "error"]
When = Literal["before", "after"]


@dataclass(slots=True)
class Fault:
    """One fault. `reset`: the connection breaks off (ECONNRESET); `drop`: it is closed without an answer; `status`:
    answer with `status`; `limited`, `limited_globally`: 429 with `seconds`; `banned`: a 429 that is not Discord's own;
    `garbled`: answer with `status` and `body` of `content_type`, each letter a byte;
    `delay`: answer `seconds` later; `hang`: never; `error`: answer as Slack does, that it is not ok, with `error`.

    `when`: before or after the request is carried out. `on`: the name of a route (`create_message`), all if empty.
    `times`: so many requests, after the first `skip`; -1 is for ever. `chance`: for each request that it concerns.
    """

    kind: Kind
    when: When = "before"
    on: str = ""
    channel: int | str | None = None
    times: int = 1
    skip: int = 0
    chance: float = 1.0
    status: int = 500
    seconds: float = 0.3
    body: str = ""
    content_type: str = "application/json"
    error: str = ""

    def concerns(self, route: str, ids: Iterable[str]) -> bool:
        return self.on in {"", route} and (self.channel is None or str(self.channel) in ids)


class Faults:
    """The faults to come, in the order they were asked for; a request meets one at most."""

    def __init__(self, seed: int) -> None:
        self.coming: list[Fault] = []
        self._random = random.Random(seed)

    def add(self, fault: Fault) -> None:
        self.coming.append(fault)

    def clear(self) -> None:
        self.coming.clear()

    def next(self, route: str, ids: tuple[str, ...]) -> Fault | None:
        """The fault that this request meets."""
        for fault in self.coming:
            if fault.concerns(route, ids) and self._strikes(fault):
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        if fault.skip:
            fault.skip -= 1
            return False
        if fault.chance < 1 and self._random.random() >= fault.chance:
            return False
        fault.times -= 1
        if fault.times == 0:
            self.coming = [other for other in self.coming if other is not fault]
        return True
