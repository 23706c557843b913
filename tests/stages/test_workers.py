"""Work that hangs, bloats or crashes ends its worker; the bot and the next piece of work go on."""

import asyncio
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import NotAFeed, TooMuch
from bot.workers import ProcessWorkers
from tests.labours import bloat, blunder, burn, complain, crash, double, faults, leave, limits, modules, sleep, who

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workers() -> ProcessWorkers:
    return ProcessWorkers(2, memory=500_000_000)


async def test_gives_back_what_the_function_gives(workers: ProcessWorkers) -> None:
    assert await workers.run(double, 21) == 42
    assert await workers.run(who) != os.getpid()


async def test_the_same_worker_serves_again(workers: ProcessWorkers) -> None:
    assert await workers.run(who) == await workers.run(who)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries keep what is freed by themselves")
async def test_texts_that_come_and_go_ask_the_kernel_for_nothing(workers: ProcessWorkers) -> None:
    assert await workers.run(faults) < 1_000
    program = "from tests.labours import faults; print(faults())"
    control = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await control.communicate()
    assert int(told) > 1_000


async def test_our_errors_come_through_and_blunders_stay_loud(workers: ProcessWorkers) -> None:
    with pytest.raises(NotAFeed, match="kein Feed"):
        await workers.run(complain)
    with pytest.raises(ZeroDivisionError):
        await workers.run(blunder)


async def test_hanging_work_is_ended_in_time(workers: ProcessWorkers) -> None:
    before = await workers.run(who)
    started = time.monotonic()
    with pytest.raises(TooMuch, match="zu lange"):
        await workers.run(sleep, 60.0, seconds=0.3)
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert await workers.run(double, 1) == 2


async def test_burning_work_is_ended_in_time(workers: ProcessWorkers) -> None:
    await workers.run(who)
    with pytest.raises(TooMuch, match="zu lange"):
        await workers.run(burn, seconds=0.3)


async def test_the_kernel_ends_burning_work_when_nobody_else_does() -> None:
    script = "from bot.workers import *; from tests.labours import burn; bounded(MEMORY, -2, burn, ())"
    ended = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], cwd=ROOT, timeout=30, check=False)
    assert ended.returncode == -signal.SIGXCPU


async def test_bloated_work_fails_alone(workers: ProcessWorkers) -> None:
    with pytest.raises(TooMuch, match="zu groß"):
        await workers.run(bloat, 550_000_000)
    assert await workers.run(bloat, 100_000_000) == 100_000_000


async def test_control_without_the_limit_it_gets_its_memory() -> None:
    assert await ProcessWorkers(1, memory=2_000_000_000).run(bloat, 550_000_000) == 550_000_000


@pytest.mark.parametrize("function", [crash, leave])
async def test_a_crash_ends_the_worker_only(workers: ProcessWorkers, function: Callable[[], None]) -> None:
    with pytest.raises(TooMuch, match="nicht gelesen"):
        await workers.run(function)
    assert await workers.run(double, 1) == 2


async def test_the_bot_itself_is_not_limited(workers: ProcessWorkers) -> None:
    before = limits()
    address_space, cpu = await workers.run(limits)
    assert address_space == 500_000_000
    assert cpu < 60
    assert limits() == before


async def test_no_more_than_so_many_work_at_once(workers: ProcessWorkers) -> None:
    pids = await asyncio.gather(*(workers.run(sleep, 0.02) for _ in range(12)))
    assert len(set(pids)) == 2


async def test_waiting_for_a_worker_costs_no_time() -> None:
    workers = ProcessWorkers(1)
    await workers.run(who)
    assert len(await asyncio.gather(*(workers.run(sleep, 0.15, seconds=0.6) for _ in range(6)))) == 6


async def test_the_event_loop_goes_on_meanwhile(workers: ProcessWorkers) -> None:
    working = asyncio.create_task(workers.run(sleep, 0.3))
    await asyncio.sleep(0.01)
    assert not working.done()
    await working


async def test_giving_up_ends_the_worker(workers: ProcessWorkers) -> None:
    worker = await workers.run(who)
    working = asyncio.create_task(workers.run(sleep, 60.0, seconds=90))
    await asyncio.sleep(0.1)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


async def test_workers_carry_no_more_than_they_need(workers: ProcessWorkers) -> None:
    heavy = {"aiohttp", "httpx", "openai", "sqlalchemy", "pydantic", "trafilatura", "rich", "click"}
    assert not heavy & await workers.run(modules)


MAIN = """
import asyncio, os, sys
from bot.workers import ProcessWorkers
from tests.labours import who, sleep
print("main imported", file=sys.stderr)
async def main():
    workers = ProcessWorkers(2)
    print(*await asyncio.gather(*(workers.run(sleep, 0.1) for _ in range(2))), flush=True)
    if sys.argv[1] == "killed":
        asyncio.ensure_future(workers.run(sleep, 1.0))
        await asyncio.sleep(0.1)
        os.kill(os.getpid(), 9)
if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("end", ["returns", "killed"])
def test_no_worker_is_left_behind_and_none_imports_the_main_module(tmp_path: Path, end: str) -> None:
    script = tmp_path / "main.py"
    script.write_text(MAIN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, str(script), end], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    pids = [int(pid) for pid in ended.stdout.split()]
    assert len(set(pids)) == 2
    assert ended.stderr.count("main imported") == 1
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    """Whether the process runs; one that waits for its parent to look is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
