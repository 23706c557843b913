"""Jobs that run once, however many processes enqueue them; the only importer of dbos.

DBOS keeps the list of jobs, hands each one to one process, and remembers what is done. What is added here is what its
free part leaves to others: jobs of a process that died go on in another one, and what is done is forgotten some day.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from threading import Lock

from dbos import DBOS, DBOSConfig, WorkflowSerializationFormat, WorkflowStatus
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import NoDatabase
from bot.ports.chat import Job
from bot.ports.posts import Leases
from bot.ports.world import Clock

log = logging.getLogger(__name__)

NAME = "depesche"
VERSION = "1"  # raised only if jobs change so much that older processes must not touch them; else DBOS hashes our code
PORTABLE = WorkflowSerializationFormat.PORTABLE  # JSON; the default is pickle
FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
PORTION = 500  # jobs that one transaction deletes
LEASE = timedelta(minutes=1)  # to resume the jobs of a dead process; takes well under a second
THREADS = 16  # for DBOS's own calls; its default has no bound
CONNECTIONS = 5  # to PostgreSQL; DBOS's 20 for each process are more than small servers have
NOT_OPEN = (
    "Die Liste der Aufträge in {name} lässt sich nicht öffnen ({reason}). "
    "Bitte prüfen, ob die Datenbank erreichbar ist und der Bot dort Tabellen anlegen darf."
)
ONLY = Lock()  # DBOS is one object for the whole process


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast things go, in seconds, and how many jobs of a kind a process runs at once (`abreast`).

    `poll`: how often new jobs are looked for. `beat`: how often a process tells that it lives. `silence`: after how
    long it counts as dead. `patience`: how long running jobs are waited for at the end. `lives`: how many processes
    may die of a job until it is given up.
    """

    poll: float = 0.5
    beat: float = 5.0
    silence: float = 20.0
    patience: float = 10.0
    abreast: int = 4
    lives: int = 5


STEADY = Pace()


class JobFailed(Exception):
    """What DBOS is told of a job that raised; it was logged already."""


class DurableEngine:
    """Fulfils the port `Engine`. Jobs run on the loop that opened it, in the context in which it was opened."""

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        """Take the jobs by their kinds; they run once DBOS is launched."""
        self._kinds = frozenset(jobs)
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        # In the context of a workflow DBOS would count the job's own calls as steps, and expect the same ones again.
        self._context = copy_context()
        for kind, job in jobs.items():
            self._register(kind, job)

    async def enqueue(self, kind: str, id_: str, argument: str) -> None:
        """Have this job done by any process, once: a second one with the same id is none.

        Waits while the database is away.
        """
        if kind not in self._kinds:
            raise LookupError(f"no job of the kind {kind!r}")
        await DBOS.enqueue_workflow_with_options_async(
            {
                "workflow_name": kind,
                "queue_name": kind,  # of its own, so that no kind keeps another one waiting
                "workflow_id": id_,
                "app_version": VERSION,
                "serialization_type": PORTABLE,
            },
            argument,
        )

    async def tidy(self, before: datetime) -> int:
        """Forget jobs that ended before that moment, so that their ids count as new again; how many."""
        count = 0
        while ids := await self._ended(before):
            await DBOS.delete_workflows_async(ids)
            count += len(ids)
        return count

    async def stop(self, patience: float) -> None:
        """Take no more jobs; wait for the running ones so many seconds, then leave them to other processes."""
        loop = asyncio.get_running_loop()
        # Ours is the time that counts: DBOS looks once a second, and would let go of what still runs.
        ending = asyncio.create_task(
            asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=ceil(patience) + 5)
        )
        await asyncio.wait([ending], timeout=patience)
        self._stopping = True
        for task in self._running:
            task.cancel()
        await ending
        loop.set_default_executor(ThreadPoolExecutor())  # DBOS made its own the loop's, and shut it down

    async def _ended(self, before: datetime) -> list[str]:
        jobs = await DBOS.list_workflows_async(
            status=FINISHED,
            completed_before=before.isoformat(),
            limit=PORTION,
            load_input=False,
            load_output=False,
        )
        return [job.workflow_id for job in jobs]

    def _register(self, kind: str, job: Job) -> None:
        async def work(argument: str) -> None:
            await job(argument)

        async def workflow(argument: str) -> None:
            task = asyncio.create_task(work(argument), context=self._context.copy())
            await self._watch(task, f"{kind} {DBOS.workflow_id}")

        DBOS.workflow(name=kind, serialization_type=PORTABLE)(workflow)

    async def _watch(self, task: asyncio.Task[None], name: str) -> None:
        self._running.add(task)
        try:
            await asyncio.wait([task])
        finally:
            self._running.discard(task)
        if self._stopping and task.cancelled():
            raise asyncio.CancelledError  # DBOS writes no outcome, so that another process takes it up
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is not None:
            log.error("Job %s failed", name, exc_info=error)
            raise JobFailed(repr(error))


class Sweeper:
    """Tells that this process lives, and has the jobs of dead ones resumed."""

    def __init__(self, executor: str, leases: Leases, clock: Clock, pace: Pace) -> None:
        self._executor = executor
        self._leases = leases
        self._clock = clock
        self._pace = pace

    async def run(self) -> None:
        """Go on for ever; a round that fails is logged."""
        while True:
            try:
                await self.round()
            except Exception:
                log.exception("Looking after dead processes failed; the next try is in %s s", self._pace.beat)
            await asyncio.sleep(self._pace.beat)

    async def round(self) -> None:
        """Give a sign of life, and sweep once behind everybody who gave none."""
        now = self._clock.now()
        await self._leases.beat(self._executor, now)
        for holder in await self._leases.silent(now - timedelta(seconds=self._pace.silence)):
            if holder != self._executor:
                await self._sweep(holder, now)

    async def _sweep(self, holder: str, now: datetime) -> None:
        lease = f"sweep:{holder}"
        if not await self._leases.take(lease, self._executor, now, LEASE):
            return
        jobs = await DBOS.list_workflows_async(
            status="PENDING", executor_id=holder, load_input=False, load_output=False
        )
        for job in jobs:
            await self._resume(job)
        await self._leases.bury(holder)
        await self._leases.release(lease, self._executor)
        log.info("%s is gone, %d of its jobs go on here or elsewhere", holder, len(jobs))

    async def _resume(self, job: WorkflowStatus) -> None:
        """Put it back, unless it went down with too many processes: DBOS's own count begins anew when it is resumed."""
        deaths = int((job.attributes or {}).get("deaths", 0)) + 1
        if deaths >= self._pace.lives:
            log.error("Job %s %s is given up: %d processes died with it", job.name, job.workflow_id, deaths)
            await DBOS.cancel_workflow_async(job.workflow_id)
            return
        await DBOS.update_workflow_attributes_async(job.workflow_id, {"deaths": deaths})
        await DBOS.resume_workflow_async(job.workflow_id, queue_name=job.name)


@asynccontextmanager
async def open_engine(
    url: str, executor: str, jobs: Mapping[str, Job], leases: Leases, clock: Clock, pace: Pace = STEADY
) -> AsyncIterator[DurableEngine]:
    """An engine that takes jobs until the end of the context; one at most in a process. Raises `NoDatabase`.

    `url` is our database: on PostgreSQL DBOS has a schema of its own in it, on SQLite a file beside it. `executor`
    names this start of this process, and no other one. Starting blocks the loop while DBOS sets up its tables.
    """
    if not ONLY.acquire(blocking=False):
        raise RuntimeError("this process has an engine already")
    try:
        await leases.beat(executor, clock.now())  # before the first job, so that nobody's jobs are overlooked
        async with _launched(url, executor, jobs, pace) as engine:
            sweeping = asyncio.create_task(Sweeper(executor, leases, clock, pace).run())
            try:
                yield engine
            finally:
                sweeping.cancel()
                with suppress(asyncio.CancelledError):
                    await sweeping
    finally:
        ONLY.release()


@asynccontextmanager
async def _launched(url: str, executor: str, jobs: Mapping[str, Job], pace: Pace) -> AsyncIterator[DurableEngine]:
    _tame_log()
    try:
        DBOS(config=_configuration(url, executor))
        engine = DurableEngine(jobs)
        DBOS.launch()  # not in a thread: the loop of the caller is the one that jobs run on
        for kind in jobs:
            await DBOS.register_queue_async(kind, worker_concurrency=pace.abreast, polling_interval_sec=pace.poll)
    except (SQLAlchemyError, sqlite3.Error) as error:
        DBOS.destroy(destroy_registry=True)
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise NoDatabase(NOT_OPEN.format(name=make_url(url).database, reason=reason)) from error
    try:
        yield engine
    finally:
        await engine.stop(pace.patience)


def _configuration(url: str, executor: str) -> DBOSConfig:
    return {
        "name": NAME,
        "system_database_url": _own_database(url),
        "dbos_system_schema": "dbos",
        "application_version": VERSION,
        "executor_id": executor,
        "enable_otlp": False,
        "log_level": "WARNING",
        "max_executor_threads": THREADS,
        "sys_db_pool_size": CONNECTIONS,
        "use_listen_notify": False,  # serves messages between workflows, which we don't use; costs a connection
    }


def _own_database(url: str) -> str:
    """The address of DBOS's tables. A file of its own, because it locks it more often than we can bear."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return parsed.render_as_string(hide_password=False)
    path = Path(parsed.database or "")
    path = path.with_stem(f"{path.stem}-jobs")
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # twice the jobs per second; DBOS leaves it as it is
    return f"sqlite:///{path}"


def _tame_log() -> None:
    """Let DBOS's log go where ours goes: it writes to the console by itself where it finds no handler."""
    theirs = logging.getLogger("dbos")
    if not theirs.handlers:
        theirs.addHandler(logging.NullHandler())
    theirs.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Not what we log ourselves (a job that failed) or raise (DBOS that did not start)."""
    is_ours = bool(record.exc_info and isinstance(record.exc_info[1], JobFailed))
    return not is_ours and not record.getMessage().startswith("DBOS failed to launch")
