"""The real process on the nights when clocks are changed, with a clock that libfaketime moves."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.model import Delivery, State
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall
from tests.journeys.office import subscription, texts, until
from tests.journeys.process import BOUND, Run, running
from tests.servers import Origin

FOLDERS = ("/usr/lib", "/usr/local/lib", "/usr/lib64")
FOUND = [file for folder in FOLDERS for file in Path(folder).glob("**/faketime/libfaketimeMT.so.1")]
SHORTLY = timedelta(seconds=20)  # a start and a collection take some seconds
needs_faketime = pytest.mark.skipif(not FOUND, reason="libfaketime is not installed (Debian's package faketime)")


@dataclass(frozen=True, slots=True)
class Night:
    """One on which clocks are changed: when 02:30 comes, and when it would for who takes the other offset."""

    day: date
    comes: datetime
    not_again: datetime


SPRING = Night(date(2027, 3, 28), datetime(2027, 3, 28, 1, 0, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
AUTUMN = Night(date(2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC))


def showing(moment: datetime) -> dict[str, str]:
    """An environment in which a process' clock shows this moment now. Its clock that only runs is left alone."""
    ahead = (moment - datetime.now(UTC)).total_seconds()
    return {
        "LD_PRELOAD": str(FOUND[0]),
        "FAKETIME": f"{ahead:+.3f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(Path(__file__).parent / "moved"),
    }


async def rows(url: str) -> list[Delivery]:
    async with open_store(url) as store:
        return await store.outbox.recent(1_000, 10)


async def passes(run: Run, moment: datetime, ahead: timedelta) -> None:
    """Wait until the process has been seen at work some seconds after that moment."""
    wanted = moment + timedelta(seconds=4)
    await until(lambda: datetime.now(UTC) + ahead > wanted or run.process.returncode is not None, BOUND)


@needs_faketime
@pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=["the hour that is left out", "the hour that comes twice"])
async def test_a_slot_comes_once_on_the_night_when_clocks_are_changed(
    hall: Guildhall, url: str, home: Path, paper: Origin, night: Night
) -> None:
    async with open_store(url) as store:
        await store.subscriptions.save(subscription(0, 1_000, at=time(2, 30), since=night.comes - timedelta(hours=1)))
    for moment in (night.comes, night.not_again):
        ahead = moment - SHORTLY - datetime.now(UTC)
        clock = showing(moment - SHORTLY)
        async with running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}", **clock) as run:
            await run.says("Depesche runs")
            if moment is night.comes:
                await until(lambda: texts(hall), BOUND)
            await passes(run, moment, ahead)
            assert await run.stop() == 0, run.log
        assert "Traceback" not in run.log

    (digest,) = texts(hall)
    assert "Petrel" in digest
    (row,) = await rows(url)
    assert (row.day, row.state, row.due) == (night.day, State.SENT, night.comes)
    assert row.sent
    assert timedelta(0) <= row.sent - night.comes < timedelta(seconds=BOUND)
