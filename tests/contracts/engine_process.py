"""A process with an engine, for tests that need several: `python -m tests.contracts.engine_process URL FOLDER NAME`.

It reads lines `KIND ID ARGUMENT` and enqueues them, says "open" and "enqueued ID", and ends with its input. Its jobs
write a line `NAME ARGUMENT` to the file of their kind.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.clock import SystemClock
from bot.engine import Pace, open_engine
from tests.leases import FileLeases

PACE = Pace(poll=0.05, beat=0.2, silence=2.0, patience=0.5, lives=2)


def write(folder: Path, kind: str, line: str) -> None:
    """Append in one piece, whoever else does."""
    with (folder / kind).open("ab", buffering=0) as file:
        file.write(f"{line}\n".encode())


def jobs(folder: Path, name: str) -> dict[str, Callable[[str], Awaitable[None]]]:
    """What the processes can do."""

    async def note(argument: str) -> None:
        write(folder, "note", f"{name} {argument}")

    async def wait(argument: str) -> None:
        write(folder, "wait", f"{name} {argument}")
        while not (folder / "go").exists():  # noqa: ASYNC110 - a file is what several processes see
            await asyncio.sleep(0.05)
        write(folder, "waited", f"{name} {argument}")

    async def die(argument: str) -> None:
        write(folder, "die", f"{name} {argument}")
        os.kill(os.getpid(), signal.SIGKILL)

    return {"note": note, "wait": wait, "die": die}


async def main(url: str, folder: Path, name: str) -> None:
    """Serve until the input ends."""
    leases = FileLeases(folder / "leases.db")
    async with open_engine(url, name, jobs(folder, name), leases, SystemClock(), PACE) as engine:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        while line := await asyncio.to_thread(sys.stdin.readline):
            kind, id_, argument = line.split()
            await engine.enqueue(kind, id_, argument)
            sys.stdout.write(f"enqueued {id_}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
