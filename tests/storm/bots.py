"""The bots that are alive, seen from the storm: started, killed, and asked how they ended."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.storm.nursery import Nature

ROOT = Path(__file__).parents[2]
TAIL = 4_000  # characters of a log that are shown


class Astray(Exception):
    """Something happened that no fault explains; the message holds the end of a log."""


class Bots:
    """The bots of one nursery. Logs are numbered by the order of starts."""

    def __init__(self, nursery: asyncio.subprocess.Process, folder: Path) -> None:
        self._nursery = nursery
        self._folder = folder
        self._logs: dict[int, Path] = {}
        self.alive: list[int] = []
        self.starts = 0

    async def start(self) -> None:
        self.starts += 1
        log = self._folder / f"bot-{self.starts}.log"
        pid = int(await self._ask(f"start {log}"))
        self._logs[pid] = log
        self.alive.append(pid)

    async def kill(self, pid: int) -> None:
        """As the kernel does when memory is short. Raises `Astray` where it had ended by itself."""
        await self._end(pid, signal.SIGKILL, -signal.SIGKILL)

    async def stop(self, pid: int) -> None:
        """As an operator does. Raises `Astray` where that ends in anything but 0."""
        await self._end(pid, signal.SIGTERM, 0)

    def told(self) -> str:
        """The end of the log of the one that was started last."""
        *_, last = self._logs.values()
        return last.read_text()[-TAIL:]

    async def _end(self, pid: int, number: signal.Signals, expected: int) -> None:
        self.alive.remove(pid)
        os.kill(pid, number)
        code = int(await self._ask(f"wait {pid}"))
        if code != expected:
            raise Astray(f"a bot ended with {code}:\n{self._logs[pid].read_text()[-TAIL:]}")

    async def _ask(self, line: str) -> str:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{line}\n".encode())
        async with asyncio.timeout(60):
            return (await self._nursery.stdout.readline()).decode()


@asynccontextmanager
async def nursery(folder: Path, environment: Mapping[str, str], nature: Nature) -> AsyncIterator[Bots]:
    """Bots with this environment, that lie in this folder; all are dead at the end."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storm.nursery", nature.as_text()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=folder,
        env={**clean, **environment},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(120):
            assert await process.stdout.readline() == b"ready\n"
        yield Bots(process, folder)
    finally:
        process.stdin.close()
        await process.wait()
