"""One collection: what is due is asked, read, recognised and stored.

    claim -> ask (many) -> unchanged? -> parse (workers) -> identify -> store and record (one writer, in batches)

What is in hand at once is bounded: memory does not grow with the number of feeds. A feed that fails is a result.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from bot.errors import NotAFeed, SourceError
from bot.feeds import due
from bot.feeds.batches import Batches, NoFeed
from bot.german.language import guess
from bot.log import english
from bot.model import Failure, FeedDocument, FeedState
from bot.ports import Answer, Clock, Progress, Request, Store, Web, Workers
from bot.stories.identity import Identified, identify, rewritten

PENDING = 400  # feeds in hand: enough to find 50 different hosts among them, few enough to be done within their lease
CLAIMED = 100  # feeds a claim takes
RECORDED = 100  # feeds a transaction records; each rewrites the pages of an index that grows with what is stored
PARSING = 4  # calls of workers at once; those that find no free worker wait for one
LIMIT = 4_000_000  # bytes of a feed; the largest of the field have 3 MB
DISCOVERED = 3  # links of a page that are tried
NOT_MODIFIED = 304
STEP = "Feeds gelesen"


@dataclass(frozen=True, slots=True)
class Collection:
    """What a collection did: `new` counts articles, the other numbers feeds. `held` tells of floods (German)."""

    feeds: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    new: int = 0
    held: tuple[Failure, ...] = ()

    def totals(self) -> dict[str, int]:
        """The numbers alone, as the command line prints them."""
        return {
            "feeds": self.feeds,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "failed": len(self.failed),
            "new": self.new,
        }


@dataclass(frozen=True, slots=True)
class _Failed:
    state: FeedState
    at: datetime
    error: SourceError


@dataclass(frozen=True, slots=True)
class _Unchanged:
    state: FeedState
    at: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Told:
    state: FeedState
    at: datetime
    answer: Answer
    body_hash: bytes
    document: FeedDocument


_Result = _Failed | _Unchanged | _Told


async def collect(
    store: Store, web: Web, workers: Workers, clock: Clock, progress: Progress, *, everything: bool = False
) -> Collection:
    """Ask what is due (`everything`: each feed, once). Raises `NoDatabase`; feeds that fail are in the result."""
    writer = _Writer(store, progress)
    try:
        await _Round(store, web, clock, Batches(workers), writer).run(everything=everything)
    except BaseExceptionGroup as group:
        raise _first(group) from group
    return writer.done


class _Round:
    """Asks, and hands the results to the writer."""

    def __init__(self, store: Store, web: Web, clock: Clock, batches: Batches, writer: "_Writer") -> None:
        self._store = store
        self._web = web
        self._clock = clock
        self._batches = batches
        self._writer = writer
        self._pending = asyncio.Semaphore(PENDING)

    async def run(self, *, everything: bool) -> None:
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(self._writer.run())
            parsing = [group.create_task(self._batches.run()) for _ in range(PARSING)]
            await self._ask_all(everything=everything)
            await self._writer.results.put(None)
            await writing
            for task in parsing:
                task.cancel()

    async def _ask_all(self, *, everything: bool) -> None:
        started = self._clock.now()
        async with asyncio.TaskGroup() as group:
            while states := await self._store.feeds.claim(started, CLAIMED, started if everything else None):
                self._writer.claimed += len(states)
                for state in states:
                    await self._pending.acquire()
                    group.create_task(self._ask(state))

    async def _ask(self, state: FeedState) -> None:
        try:
            result = await self._result(state)
        except SourceError as error:
            result = _Failed(state, self._clock.now(), error)
        await self._writer.results.put(result)
        self._pending.release()

    async def _result(self, state: FeedState) -> _Result:
        answer = await self._get(state)
        body_hash = _hash(answer)
        if answer.status == NOT_MODIFIED or body_hash == state.body_hash:
            return _Unchanged(state, self._clock.now(), answer)
        document = await self._batches.parse(answer)
        if isinstance(document, FeedDocument):
            return _Told(state, self._clock.now(), _emptied(answer), body_hash, document)
        if state.answered is None:
            return await self._discovered(state, document)
        raise NotAFeed(document.reason)

    async def _discovered(self, state: FeedState, page: NoFeed) -> _Told:
        """The first feed that a site's page names and that is one; from now on it is asked there."""
        for link in page.links[:DISCOVERED]:
            found = replace(state, url=link)
            with suppress(SourceError):
                answer = await self._get(found)
                document = await self._batches.parse(answer)
                if isinstance(document, FeedDocument):
                    return _Told(found, self._clock.now(), _emptied(answer), _hash(answer), document)
        raise NotAFeed(page.reason)

    async def _get(self, state: FeedState) -> Answer:
        return await self._web.get(Request(state.url, state.etag, state.last_modified, limit=LIMIT))


class _Writer:
    """The only one who stores: takes results as they come, batch by batch."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self.results: asyncio.Queue[_Result | None] = asyncio.Queue(PENDING)
        self.claimed = 0
        self.done = Collection()

    async def run(self) -> None:
        """Until there is None instead of a result."""
        batch: list[_Result] = []
        while (result := await self.results.get()) is not None:
            batch.append(result)
            self._progress(STEP, self.done.feeds + len(batch), self.claimed)
            if len(batch) == RECORDED:
                await self._write(batch)
                batch = []
        await self._write(batch)

    async def _write(self, results: Sequence[_Result]) -> None:
        """Articles first: if this is where the process dies, its feeds are asked again and nothing is lost."""
        found = await self._identified([result for result in results if isinstance(result, _Told)])
        articles = self._store.articles
        new = await articles.add([article for one in found.values() for article in one.new])
        changed = [article for one in found.values() for article in one.changed]
        await articles.rewrite(rewritten(changed, await articles.get([article.id for article in changed])))
        await articles.remember({url: one.keys for url, one in found.items()})
        await self._store.feeds.record([_next(result, found) for result in results])
        self.done = _sum(self.done, results, found, new)

    async def _identified(self, told: Sequence[_Told]) -> dict[str, Identified]:
        """What the documents mean, by the feed's address; the event loop breathes between two of them."""
        known = await self._store.articles.known([one.state.feed.url for one in told])
        found = {}
        for one in told:
            feed = one.state.feed
            found[feed.url] = identify(one.document, known.get(feed.url, ()), feed, one.state.answered, one.at, guess)
            await asyncio.sleep(0)
        return found


def _hash(answer: Answer) -> bytes:
    """What tells one body from another."""
    return blake2b(answer.body, digest_size=16).digest()


def _emptied(answer: Answer) -> Answer:
    """The answer without its body: hundreds may wait to be stored."""
    return replace(answer, body=b"")


def _next(result: _Result, found: dict[str, Identified]) -> FeedState:
    """What is remembered of the feed from now on, and when it is due again."""
    chance = random.random()  # noqa: S311 - spreads requests, keeps no secret
    match result:
        case _Failed(state, at, error):
            return due.after_failure(state, error, at, chance)
        case _Unchanged(state, at, answer):
            return due.after_no_news(state, answer, at, chance)
        case _Told(state, at, answer, body_hash, document):
            dates = tuple(entry.published for entry in document.entries if entry.published)
            after = due.after_news(state, answer, due.News(body_hash, dates, document.ttl), at, chance)
            return replace(after, reason=found[state.feed.url].reason)


def _sum(done: Collection, results: Sequence[_Result], found: dict[str, Identified], new: int) -> Collection:
    failed = [_failure(one) for one in results if isinstance(one, _Failed)]
    told = [(one.state.feed.name, found[one.state.feed.url]) for one in results if isinstance(one, _Told)]
    return Collection(
        feeds=done.feeds + len(results),
        fetched=done.fetched + len(told),
        unchanged=done.unchanged + len(results) - len(told) - len(failed),
        failed=(*done.failed, *failed),
        new=done.new + new,
        held=(*done.held, *(Failure(name, one.reason) for name, one in told if one.reason)),
    )


def _failure(one: _Failed) -> Failure:
    return Failure(one.state.feed.name, str(one.error), english(one.error))


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error behind a group of them: the others are what it drew along."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
