"""`python -m bot web` as an operator starts, asks and stops it: a real process on loopback."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.model import Feed
from bot.store.store import open_store
from tests.journeys.commandline import ROOT, bot, is_one_german_line
from tests.journeys.office import until

BOUND = 60.0  # seconds, against hanging
BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
FEED = Feed("https://blatt.example/feed", "Blatt")
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"\})? [0-9.e+-]+')


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Pages:
    """A process that serves, and a browser."""

    process: asyncio.subprocess.Process
    browser: aiohttp.ClientSession
    base: str
    log: Path

    async def get(self, path: str, method: str = "GET") -> tuple[int, str, dict[str, str]]:
        async with self.browser.request(method, self.base + path) as answer:
            return answer.status, await answer.text(), {k.lower(): v for k, v in answer.headers.items()}

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), BOUND)


@asynccontextmanager
async def pages(url: str, home: Path, **environment: str) -> AsyncIterator[Pages]:
    """The process, once it listens; killed at the end if it still runs."""
    port, log = free_port(), home / "web.log"
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "DATABASE_URL": url, "PORT": str(port)}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "web"), stdout=file, stderr=file, cwd=ROOT, env=clean | environment
        )
    try:
        await until(lambda: "pages are at" in log.read_text() or process.returncode is not None, BOUND)
        async with aiohttp.ClientSession() as browser:
            yield Pages(process, browser, f"http://127.0.0.1:{port}", log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def at_work(url: str, now: datetime) -> None:
    """As if `run` had just collected."""
    async with open_store(url) as store:
        await store.feeds.enrol([FEED])
        for state in await store.feeds.claim(now, 1):
            asked = {"due": now + timedelta(hours=1), "asked": now}
            await store.feeds.record([type(state)(**{f: getattr(state, f) for f in state.__slots__} | asked)])
        await store.leases.beat("one", now)
        await store.leases.take("discord", "one", now, timedelta(minutes=5))


@BOTH
async def test_it_says_whether_all_is_well(url: str, tmp_path: Path) -> None:
    async with pages(url, tmp_path) as web:
        status, body, _ = await web.get("/readyz")
        told = json.loads(body)
        assert (status, told["ready"]) == (503, False)
        assert any("python -m bot run" in reason for reason in told["reasons"])
        await at_work(url, datetime.now(UTC))
        await asyncio.sleep(5.1)  # a pulse is shown again for five seconds
        status, body, _ = await web.get("/readyz")
        told = json.loads(body)
        assert (status, told["reasons"], told["processes"]) == (200, [], 1)
        assert told["leases"].keys() == {"discord"}
        assert told["last_collection_age"] < BOUND
        assert "one" not in body  # who holds a lease is nobody's business
        status, body, headers = await web.get("/metrics")
        assert status == 200
        assert headers["content-type"].startswith("text/plain; version=0.0.4")
        assert all(line.startswith("# ") or SAMPLE.fullmatch(line) for line in body.splitlines()), body
        assert {'depesche_feeds{state="ok"} 1', "depesche_processes 1"} <= set(body.splitlines())


async def test_without_a_database_it_lives_and_says_so(tmp_path: Path) -> None:
    async with pages(f"sqlite:///{tmp_path}/secret/none.db", tmp_path) as web:
        assert (await web.get("/healthz"))[0] == 200
        status, body, _ = await web.get("/readyz")
        assert status == 503
        assert "Datenbank" in body
        assert "secret" not in body
        assert "depesche_up 0" in (await web.get("/metrics"))[1]
        assert "NoDatabase" in web.log.read_text()
        assert not (tmp_path / "secret").exists()  # it only reads


async def test_strangers_can_read_and_nothing_else(url: str, tmp_path: Path) -> None:
    async with pages(url, tmp_path) as web:
        for path in ("/none", "/healthz", "/readyz", "/metrics", "/style.css", "/%2e%2e/etc/passwd"):
            _, _, headers = await web.get(path)
            assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'"), path
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["server"] == "Depesche"
        status, body, _ = await web.get("/none")
        assert status == 404
        assert "Diese Seite gibt es nicht" in body
        assert (await web.get("/none", "HEAD"))[:2] == (404, "")
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            status, _, headers = await web.get("/healthz", method)
            assert (status, headers["allow"]) == (405, "GET, HEAD"), method


async def test_sigterm_ends_it(url: str, tmp_path: Path) -> None:
    async with pages(url, tmp_path) as web:
        await web.get("/healthz")  # the connection stays open
        assert await web.stop() == 0
        assert "Traceback" not in web.log.read_text()


@pytest.mark.parametrize(
    "bad", [{"PORT": "none"}, {"PORT": "0"}, {"PORT": "70000"}, {"WEB_HOST": "256.0.0.1"}, {"WEB_HOST": "192.0.2.1"}]
)
def test_where_nobody_can_listen(bad: dict[str, str], tmp_path: Path) -> None:
    ended = bot("web", home=tmp_path, **({"PORT": str(free_port())} | bad))
    assert ended.returncode == 2
    assert is_one_german_line(ended.stderr), ended.stderr
    assert next(iter(bad)) in ended.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = bot("web", home=tmp_path, PORT=str(other.getsockname()[1]))
    assert ended.returncode == 2
    assert is_one_german_line(ended.stderr), ended.stderr
