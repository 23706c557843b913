"""`python -m bot run` as a process of its own, with a stand-in for Discord."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

from tests.chats.guildhall import Guildhall
from tests.chats.world import TOKEN
from tests.journeys.commandline import ROOT
from tests.journeys.office import until

BOUND = 60.0  # seconds, against hanging


class Run:
    """One process of `run`, and what it logs."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    async def says(self, words: str) -> None:
        await until(lambda: words in self.log or self.process.returncode is not None, BOUND)
        assert words in self.log, self.log

    async def ends(self) -> int:
        """Its exit code, once it ends by itself."""
        return await asyncio.wait_for(self.process.wait(), BOUND)

    async def stop(self) -> int:
        """As a host ends it: its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ends()


@asynccontextmanager
async def running(hall: Guildhall, url: str, home: Path, **environment: str) -> AsyncIterator[Run]:
    """A process with this database and chat; killed at the end if it still runs."""
    log = home / f"run-{token_hex(4)}.log"
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "COLUMNS": "100", "DATABASE_URL": url}
    chat = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": hall.rest, "DISCORD_GATEWAY_URL": hall.gateway}
    feeds = {"FEEDS_FILE": str(home / "feeds.toml"), "HOST_SPACING": "0", "DATA_DIR": str(home / "data")}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            stdout=file,
            stderr=file,
            cwd=ROOT,
            env=clean | chat | feeds | environment,
        )
    try:
        yield Run(process, log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
