"""`python -m bot run` answers people on Discord: a real process, from its commands to a digest that outlives it."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL
from tests.journeys.office import BERLIN, until
from tests.journeys.people import MANAGER, command
from tests.journeys.process import BOUND, running


def answered(hall: Guildhall, id_: str) -> str:
    """What is to be read once it is no longer loading."""
    message = next(one for one in hall.control.interactions() if one["id"] == id_)["original"]
    return "" if message is None else str(message["text"])


async def ask(hall: Guildhall, path: str, **options: Any) -> str:
    id_ = hall.control.interact(CHANNEL, command(path, options), rights=MANAGER)["id"]
    await until(lambda: answered(hall, id_), BOUND)
    return answered(hall, id_)


async def helped(hall: Guildhall, id_: str) -> str:
    """The help as soon as it can be clicked: the process may still be told the ids."""
    async with asyncio.timeout(BOUND):
        while f":{id_}>" not in (told := await ask(hall, "help")):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.05)
    return told


async def test_a_newcomer_gets_help_and_sets_up_a_digest(hall: Guildhall, url: str, home: Path) -> None:
    async with running(hall, url, home) as run:
        await until(hall.control.commands, BOUND)
        await until(lambda: hall.control.hall.counters.identifies, BOUND)
        (registered,) = hall.control.commands().values()
        digest = next(one["id"] for one in registered if one["name"] == "digest")
        soon = datetime.now(BERLIN) + timedelta(hours=2)

        assert f"</digest setup:{digest}>" in await helped(hall, digest)
        assert "Eingerichtet. Der Bot darf dort posten." in await ask(hall, "digest setup", time=f"{soon:%H:%M}")
        assert "„Digest“" in await ask(hall, "status")
        assert await run.stop() == 0

    async with running(hall, url, home) as run:
        await until(lambda: hall.control.hall.counters.identifies >= 2, BOUND)
        assert "„Digest“" in await ask(hall, "digest show")
        assert await run.stop() == 0

    assert hall.control.hall.counters.routes["put_commands"] == 1
    assert hall.control.counters()["violations"] == []
