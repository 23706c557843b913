"""The port `Engine` over DBOS on both databases, with real processes where several are needed."""

import asyncio
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import psycopg
import pytest

from bot.clock import SystemClock
from bot.engine import DurableEngine, Pace, open_engine
from bot.errors import NoDatabase
from bot.ports.chat import Job
from tests.contracts.engine_process import PACE
from tests.leases import FileLeases

BOUND = 60.0  # seconds, against hanging
ROOT = Path(__file__).parents[2]


class Process:
    """One more process with an engine."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        command = [sys.executable, "-m", "tests.contracts.engine_process", url, str(folder), name]
        self._log = (folder / f"{name}.log").open("w")
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=self._log, text=True, cwd=ROOT)
        self.say("")

    def say(self, line: str) -> None:
        """Give it a line (none: only wait until it is open), and read its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if line:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
        assert self._process.stdout.readline()

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.wait(BOUND)

    def wait(self) -> int:
        """Its exit code, once it is gone by itself."""
        return self._process.wait(BOUND)

    def close(self) -> None:
        """End it in whatever way."""
        self._process.kill()
        self._process.communicate(timeout=BOUND)
        self._log.close()


Start = Callable[[str], Process]


@pytest.fixture
def start(empty: str, tmp_path: Path) -> Iterator[Start]:
    """Start a process of this name."""
    processes = []

    def start(name: str) -> Process:
        processes.append(Process(empty, tmp_path, name))
        return processes[-1]

    yield start
    for process in processes:
        process.close()


async def come(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(BOUND):
        while not true():  # noqa: ASYNC110 - what is waited for is outside
            await asyncio.sleep(0.05)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


Open = Callable[[dict[str, Job]], AbstractAsyncContextManager[DurableEngine]]


@pytest.fixture
def opened(empty: str, tmp_path: Path) -> Open:
    """Open an engine in this process."""
    return lambda jobs: engine_of(empty, tmp_path, jobs)


@asynccontextmanager
async def engine_of(
    url: str, folder: Path, jobs: dict[str, Job], pace: Pace = PACE, name: str = "here"
) -> AsyncIterator[DurableEngine]:
    leases = FileLeases(folder / "leases.db")
    async with open_engine(url, name, jobs, leases, SystemClock(), pace) as engine:
        yield engine


class Notes:
    """A job that keeps what it was given."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def take(self, argument: str) -> None:
        self.taken.append(argument)


async def test_a_job_runs_once_however_many_processes_enqueue_it(start: Start, tmp_path: Path) -> None:
    processes = [start("one"), start("two")]
    await asyncio.gather(*(asyncio.to_thread(enqueue_many, process) for process in processes))
    await come(lambda: len(lines(tmp_path / "note")) >= 6)
    for process in processes:
        process.say("note same again")  # after it is done, too
        process.say("note last-of-all last")
    await come(lambda: any(line.endswith("last") for line in lines(tmp_path / "note")))
    arguments = [line.split()[1] for line in lines(tmp_path / "note")]
    assert sorted(arguments) == ["0", "1", "2", "3", "4", "last", "once"]


def enqueue_many(process: Process) -> None:
    for number in range(50):
        process.say("note same once")
        process.say(f"note other-{number % 5} {number % 5}")


async def test_jobs_run_on_the_loop_that_opened_the_engine(opened: Open) -> None:
    loops = []

    async def job(argument: str) -> None:
        loops.append(asyncio.get_running_loop())

    async with opened({"job": job}) as engine:
        await engine.enqueue("job", "a", "")
        await come(lambda: bool(loops))
    assert loops == [asyncio.get_running_loop()]


async def test_a_failing_job_is_logged_once_and_the_others_go_on(
    opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    notes = Notes()

    async def fail(argument: str) -> None:
        raise ZeroDivisionError(argument)

    async def cancel(argument: str) -> None:
        raise asyncio.CancelledError

    async with opened({"fail": fail, "cancel": cancel, "take": notes.take}) as engine:
        await engine.enqueue("fail", "broken-1", "division")
        await engine.enqueue("cancel", "broken-2", "")
        await come(lambda: len(caplog.records) >= 2)
        await engine.enqueue("take", "whole", "x")
        await engine.enqueue("fail", "broken-1", "not again")
        await come(lambda: notes.taken == ["x"])
    said = {record.getMessage(): record for record in caplog.records if record.levelno >= logging.WARNING}
    assert set(said) == {"Job fail broken-1 failed", "Job cancel broken-2 failed"}
    assert len(caplog.records) == 2
    assert "in fail" in caplog.text
    assert "ZeroDivisionError: division" in caplog.text


async def test_a_kind_with_as_many_jobs_as_run_at_once_keeps_no_other_kind_waiting(opened: Open) -> None:
    begun, notes, end = [], Notes(), asyncio.Event()

    async def hold(argument: str) -> None:
        begun.append(argument)
        await end.wait()

    async with opened({"hold": hold, "take": notes.take}) as engine:
        for number in range(PACE.abreast + 1):
            await engine.enqueue("hold", f"held-{number}", str(number))
        await come(lambda: len(begun) == PACE.abreast)
        await engine.enqueue("take", "other", "x")
        await come(lambda: notes.taken == ["x"])
        assert len(begun) == PACE.abreast, "the negative control: one more of its own kind waits"
        end.set()
        await come(lambda: len(begun) == PACE.abreast + 1)


async def test_a_job_may_enqueue_others_and_do_other_things_the_second_time(
    empty: str, tmp_path: Path, start: Start
) -> None:
    """A protection: in DBOS's own context, a job that went on differently would be refused."""
    notes = Notes()
    held: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def first(argument: str) -> None:
        await engine.enqueue("take", "from-first", "1")
        await held

    async def second(argument: str) -> None:
        await engine.enqueue("take", "another", "2")
        await engine.enqueue("other", "from-second", "3")

    jobs: dict[str, Job] = {"take": notes.take, "other": notes.take}
    async with engine_of(empty, tmp_path, {**jobs, "job": first}, name="before") as engine:
        await engine.enqueue("job", "a", "")
        await come(lambda: notes.taken == ["1"])
    assert held.cancelled()
    async with engine_of(empty, tmp_path, {**jobs, "job": second}, name="after") as engine:
        await come(lambda: sorted(notes.taken) == ["1", "2", "3"])


async def test_a_killed_process_has_its_jobs_finished_by_another(start: Start, tmp_path: Path) -> None:
    victim = start("victim")
    for number in range(3):
        victim.say(f"wait job-{number} {number}")
    await come(lambda: len(lines(tmp_path / "wait")) == 3)
    victim.kill()
    (tmp_path / "go").touch()
    assert not lines(tmp_path / "waited")
    start("heir")
    await come(lambda: len(lines(tmp_path / "waited")) >= 3)
    assert sorted(lines(tmp_path / "waited")) == ["heir 0", "heir 1", "heir 2"]


async def test_a_living_process_keeps_its_jobs(start: Start, tmp_path: Path) -> None:
    """The negative control of the sweeper: only who is silent is swept behind."""
    start("busy").say("wait job 0")
    await come(lambda: lines(tmp_path / "wait") == ["busy 0"])
    start("other")
    await asyncio.sleep(1.5 * PACE.silence)
    (tmp_path / "go").touch()
    await come(lambda: bool(lines(tmp_path / "waited")))
    assert lines(tmp_path / "wait") == ["busy 0"]
    assert lines(tmp_path / "waited") == ["busy 0"]


async def test_without_sweeping_nobody_finishes_the_jobs_of_the_dead(empty: str, start: Start, tmp_path: Path) -> None:
    victim = start("victim")
    victim.say("wait job 0")
    await come(lambda: lines(tmp_path / "wait") == ["victim 0"])
    victim.kill()
    notes = Notes()
    blind = Pace(poll=0.05, beat=0.1, silence=1000.0, patience=0.5)
    async with engine_of(empty, tmp_path, {"wait": notes.take, "take": notes.take}, blind) as engine:
        await asyncio.sleep(1.5 * PACE.silence)
        await engine.enqueue("take", "x", "x")
        await come(lambda: bool(notes.taken))
    assert notes.taken == ["x"]


async def test_a_job_that_kills_its_processes_is_given_up(start: Start, tmp_path: Path) -> None:
    first = start("first")
    first.say("die bad 0")
    assert first.wait() != 0
    assert start("second").wait() != 0
    last = start("last")
    await come(lambda: "given up" in (tmp_path / "last.log").read_text())
    last.say("note good 0")
    await come(lambda: lines(tmp_path / "note") == ["last 0"])
    assert lines(tmp_path / "die") == ["first 0", "second 0"]


async def test_stopping_waits_for_running_jobs(empty: str, tmp_path: Path) -> None:
    notes = Notes()
    begun = asyncio.Event()

    async def job(argument: str) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        await notes.take(argument)

    patient = Pace(poll=0.05, patience=BOUND)
    async with engine_of(empty, tmp_path, {"job": job}, patient) as engine:
        await engine.enqueue("job", "a", "x")
        await begun.wait()
    assert notes.taken == ["x"]
    assert count_ended(empty, tmp_path) == 1


async def test_threads_still_work_after_the_engine(opened: Open) -> None:
    async with opened({}):
        pass
    assert await asyncio.to_thread(lambda: 1) == 1


async def test_retention_forgets_what_ended_and_nothing_else(opened: Open, empty: str, tmp_path: Path) -> None:
    notes = Notes()
    hold = asyncio.Event()

    async def wait(argument: str) -> None:
        await hold.wait()

    async with opened({"take": notes.take, "wait": wait}) as engine:
        for number in range(3):
            await engine.enqueue("take", f"job-{number}", str(number))
        await engine.enqueue("wait", "running", "")
        await come(lambda: len(notes.taken) == 3 and count_ended(empty, tmp_path) == 3)
        now = datetime.now(UTC)
        assert await engine.tidy(now - timedelta(days=1)) == 0
        assert await engine.tidy(now + timedelta(minutes=1)) == 3
        await engine.enqueue("take", "job-0", "again")
        await come(lambda: notes.taken[3:] == ["again"])
        hold.set()
        await come(lambda: count_ended(empty, tmp_path) == 2)


def count_ended(url: str, folder: Path) -> int:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(folder / "depesche-jobs.db")
        rows = connection.execute("SELECT status FROM workflow_status").fetchall()
        connection.close()
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as server:
            rows = server.execute("SELECT status FROM dbos.workflow_status").fetchall()
    return rows.count(("SUCCESS",))


async def test_a_kind_that_nobody_does_is_refused(opened: Open) -> None:
    async with opened({}) as engine:
        with pytest.raises(LookupError):
            await engine.enqueue("unknown", "a", "")


async def test_there_is_one_engine_in_a_process(opened: Open) -> None:
    async with opened({}):
        with pytest.raises(RuntimeError):
            async with opened({}):
                pass


@pytest.mark.parametrize("nowhere", ["sqlite:///{}/missing/depesche.db", "postgresql+psycopg://u:secret@127.0.0.1:1/x"])
async def test_a_database_out_of_reach_is_the_operators(
    nowhere: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leases = FileLeases(tmp_path / "leases.db")
    with pytest.raises(NoDatabase, match="Bitte") as raised:
        async with open_engine(nowhere.format(tmp_path), "x", {}, leases, SystemClock()):
            pass
    assert "secret" not in str(raised.value) + caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    async with engine_of(f"sqlite:///{tmp_path}/depesche.db", tmp_path, {}):
        pass  # the next try is a new one


async def test_on_sqlite_the_list_of_jobs_is_a_second_file_in_wal(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/depesche.db"
    async with engine_of(url, tmp_path, {}):
        connection = sqlite3.connect(tmp_path / "depesche-jobs.db")
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()
    assert not (tmp_path / "depesche.db").exists()
