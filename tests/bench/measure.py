"""What a contestant used since a moment, its living and dead children included."""

import asyncio
import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Self

import psutil  # type: ignore[import-untyped] # comes without types, and only bench needs it


class Meter:
    """Starts to count when it is made: start-up is taken off."""

    def __init__(self) -> None:
        self._cpu = cpu()
        self._wall = time.perf_counter()

    def read(self) -> dict[str, float]:
        """CPU and wall seconds until now, and the most memory of the main process so far, in megabytes."""
        return {
            "cpu": cpu() - self._cpu,
            "wall": time.perf_counter() - self._wall,
            "megabytes": most_memory(),
        }


def most_memory() -> float:
    """The most memory that this program held, in megabytes: `getrusage` would count that of its parent as well."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def say(line: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def cpu() -> float:
    """CPU seconds of this process and all below it, dead or alive."""
    alive = sum(sum(child.cpu_times()[:4]) for child in psutil.Process().children(recursive=True))
    own = os.times()  # last: looking for children takes time of its own
    return own.user + own.system + own.children_user + own.children_system + alive


class Pulse:
    """Measures how long the event loop lets others wait. Use as an async context manager."""

    longest = 0.0  # seconds

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _beat(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.longest = max(self.longest, time.perf_counter() - before - 0.005)
