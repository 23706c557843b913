"""What many ask for at once -> made once, and kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
KEPT = 200  # answers; the oldest goes first


@dataclass(slots=True)
class Recent(Generic[K, V]):
    """Answers by what was asked, each for so many seconds from when it was begun. A failure is for nobody else."""

    seconds: float
    _made: dict[K, tuple[float, asyncio.Task[V]]] = field(default_factory=dict)

    async def get(self, asked: K, make: Callable[[], Awaitable[V]]) -> V:
        """What `make` gives, or gave, or is about to give, to whoever asked the same. Raises what it raises."""
        now = asyncio.get_running_loop().time()
        begun, task = self._made.get(asked, (0.0, None))
        for key in [key for key, (since, made) in self._made.items() if now - since > self.seconds and made.done()]:
            del self._made[key]
        if task is None or now - begun > self.seconds:
            task = asyncio.ensure_future(_made(make))
            self._made.pop(asked, None)
            self._made[asked] = now, task
            task.add_done_callback(lambda done: self._forget_failure(asked, done))
            while len(self._made) > KEPT:
                del self._made[next(iter(self._made))]
        return await asyncio.shield(task)  # whoever gives up waiting takes nothing from the others

    def _forget_failure(self, asked: K, done: asyncio.Task[Any]) -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and self._made.get(asked, (0.0, None))[1] is done:
            del self._made[asked]


async def _made(make: Callable[[], Awaitable[V]]) -> V:
    return await make()
