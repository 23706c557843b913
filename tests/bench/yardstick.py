"""The yardstick: the least that a collection can cost in Python. No guard, no repair, no workers, no rules.

    python -m tests.bench.yardstick DATABASE < addresses

Fetches conditionally with 50 in flight, skips the body that is byte-equal, parses with fastfeedparser and inserts every
entry with sqlite3. Prints its CPU and wall seconds without start-up.
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Iterator
from hashlib import blake2b

import aiohttp
import fastfeedparser
import uvloop

from tests.bench.measure import Meter, say

IN_FLIGHT = 50
SCHEMA = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, hash BLOB) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS entry (
        feed TEXT, guid TEXT, link TEXT, title TEXT, published TEXT, text TEXT, PRIMARY KEY (feed, guid)
    );
"""
State = tuple[str | None, str | None, bytes | None]
Entry = tuple[str, str, str, str, str, str]


class Loop:
    """Everything at hand in one process."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript(SCHEMA)
        self.states: dict[str, State] = {
            url: (etag, modified, digest) for url, etag, modified, digest in self.database.execute("SELECT * FROM feed")
        }
        self.changed: list[tuple[str, State, list[Entry]]] = []

    async def run(self, urls: list[str]) -> None:
        todo = iter(urls)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
            await asyncio.gather(*(self.work(session, todo) for _ in range(IN_FLIGHT)))
        self.flush()

    async def work(self, session: aiohttp.ClientSession, todo: Iterator[str]) -> None:
        for url in todo:
            etag, modified, digest = self.states.get(url, (None, None, None))
            headers = {"If-None-Match": etag or "", "If-Modified-Since": modified or ""}
            async with session.get(url, headers={name: value for name, value in headers.items() if value}) as answer:
                body = await answer.read()
            if answer.status == 200 and (now := blake2b(body, digest_size=16).digest()) != digest:
                state = (answer.headers.get("ETag"), answer.headers.get("Last-Modified"), now)
                self.keep(url, state, body)

    def keep(self, url: str, state: State, body: bytes) -> None:
        self.changed.append((url, state, list(entries(url, body))))
        if len(self.changed) >= IN_FLIGHT:
            self.flush()

    def flush(self) -> None:
        self.database.execute("BEGIN")
        for url, state, rows in self.changed:
            self.database.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)", (url, *state))
            self.database.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.database.execute("COMMIT")
        self.changed.clear()


def entries(url: str, body: bytes) -> Iterator[Entry]:
    for entry in fastfeedparser.parse(body).entries:
        content = entry["content"][0]["value"] if entry.get("content") else entry.get("description") or ""
        link = entry.get("link") or ""
        yield url, entry.get("id") or link, link, entry.get("title") or "", entry.get("published") or "", content


async def main() -> None:
    loop = Loop(sys.argv[1])
    urls = sys.stdin.read().split()
    meter = Meter()
    await loop.run(urls)
    say(json.dumps(meter.read()))


if __name__ == "__main__":
    uvloop.run(main())
