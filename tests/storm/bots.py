"""The bots that are alive, seen from the storm: started, killed, and asked how they ended."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.storm.nursery import Birth, Nature

ROOT = Path(__file__).parents[2]
TAIL = 4_000  # characters of a log that are shown
GLANCE = 0.02  # seconds between two looks whether one has ended


class Astray(Exception):
    """Something happened that no fault explains; the message holds the end of a log."""


class Nursery:
    """A process that starts bots. Several storms may share it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._turn = asyncio.Lock()

    async def bear(self, birth: Birth) -> int:
        """A new bot; its process's id."""
        return int(await self._ask(birth.as_text()))

    async def ended(self, pid: int) -> int:
        """With which code it ends, once it has."""
        async with asyncio.timeout(60):
            while not (code := await self._ask(str(pid))):  # noqa: ASYNC110 - it is in another process
                await asyncio.sleep(GLANCE)
        return int(code)

    async def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._turn, asyncio.timeout(60):
            self._process.stdin.write(f"{line}\n".encode())
            return (await self._process.stdout.readline()).decode().strip()


class Bots:
    """The bots of one storm. Logs are numbered by the order of starts."""

    def __init__(self, nursery: Nursery, folder: Path, environment: Mapping[str, str], nature: Nature) -> None:
        self._nursery = nursery
        self._folder = folder
        self._environment = environment
        self._nature = nature
        self._logs: dict[int, Path] = {}
        self.alive: list[int] = []
        self.starts = 0

    async def start(self) -> None:
        self.starts += 1
        log = self._folder / f"bot-{self.starts}.log"
        pid = await self._nursery.bear(Birth(str(self._folder), str(log), self._environment, self._nature))
        self._logs[pid] = log
        self.alive.append(pid)

    async def kill(self, pid: int) -> None:
        """As the kernel does when memory is short. Raises `Astray` where it had ended by itself."""
        await self._end(pid, signal.SIGKILL, -signal.SIGKILL)

    async def stop(self, pid: int) -> None:
        """As an operator does. Raises `Astray` where that ends in anything but 0."""
        await self._end(pid, signal.SIGTERM, 0)

    async def stop_all(self) -> None:
        """As `stop`, all of them."""
        for pid in list(self.alive):
            await self.stop(pid)

    def told(self) -> str:
        """The end of the log of the one that was started last."""
        *_, last = self._logs.values()
        return last.read_text()[-TAIL:]

    async def _end(self, pid: int, number: signal.Signals, expected: int) -> None:
        self.alive.remove(pid)
        os.kill(pid, number)
        code = await self._nursery.ended(pid)
        if code != expected:
            raise Astray(f"a bot ended with {code}:\n{self._logs[pid].read_text()[-TAIL:]}")


@asynccontextmanager
async def nursing() -> AsyncIterator[Nursery]:
    """A nursery; all its bots are dead at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storm.nursery"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1"},  # no thread may run where one forks
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(120):
            assert await process.stdout.readline() == b"ready\n"
        yield Nursery(process)
    finally:
        process.stdin.close()
        await process.wait()
