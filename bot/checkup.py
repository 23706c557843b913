"""The set-up, looked over for an operator: one German line for each part, and the worst exit code."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from bot.desk import Report
from bot.errors import ChatError, ModelError, ModelRefused, NotAFeed, SourceError, TokenRefused
from bot.feeds.batches import parse_all
from bot.german import outcomes, schedules
from bot.model import Feed, FeedDocument
from bot.ports import Model, Prompt, Request, Surface, Web, Workers

PROBED = 3  # hosts; one alone may have gone
PROBE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part. `code` is the exit code it asks for, 0 where all is well."""

    line: str
    code: int = 0


class Word(BaseModel):
    """The smallest answer there is."""

    wort: str


PING = Prompt("Antworte mit einem JSON-Objekt.", "Setze wort auf „bereit“.")


async def check_model(model: Model | None) -> Finding:
    """Whether the model answers; costs a few tokens."""
    if model is None:
        return Finding("Sprachmodell: keines eingerichtet, Digests bestehen aus Auszügen. (OPENAI_API_KEY in .env)")
    try:
        reply = await model.ask(PING, Word)
    except ModelRefused as error:
        return Finding(f"Sprachmodell: {error}", code=3)
    except ModelError as error:
        return Finding(f"Sprachmodell: {error}", code=1)
    return Finding(f"Sprachmodell: {reply.model} antwortet.")


def refused(line: str, error: ChatError) -> Finding:
    """A line about what a chat had against us, with its code."""
    return Finding(line, code=3 if isinstance(error, TokenRefused) else 1)


async def check_digest(report: Report, surface: Surface | None, now: datetime) -> Finding:
    """When a digest came and comes, why one did not, and whether the bot may post it; not asked without a surface."""
    one, zone = report.subscription, ZoneInfo(report.subscription.zone)
    told = (
        outcomes.last(report.sent, now, zone),
        outcomes.missing(report.latest, now, zone),
        schedules.told_next(one, report.next, now),
    )
    name = f"Digest „{one.name}“ in {one.channel.place}"
    found = Finding(f"{name}: {' '.join(filter(None, told))}")
    if surface is None:
        return found
    try:
        await surface.check(one.channel)
    except ChatError as error:
        return refused(f"{found.line} {error}", error)
    return Finding(f"{found.line} Der Bot darf dort schreiben.")


async def is_online(feeds: Sequence[Feed]) -> bool:
    """Whether a name server knows one of the first few feeds' hosts; asked one by one, for it is quick to say no."""
    loop = asyncio.get_running_loop()
    for host in list(dict.fromkeys(urlsplit(feed.url).hostname for feed in feeds))[:PROBED]:
        with suppress(OSError, TimeoutError):
            return bool(await asyncio.wait_for(loop.getaddrinfo(host, None), PROBE_SECONDS))
    return False


async def read_feed(url: str, web: Web, workers: Workers) -> FeedDocument:
    """What a feed says now; at the address of a site, the first feed it names. Raises `SourceError`."""
    answer = await web.get(Request(url))
    (found,) = await workers.run(parse_all, [(answer.body, answer.url, answer.headers.get("content-type", ""))])
    if isinstance(found, FeedDocument):
        return found
    if not found.links or url in found.links:
        raise NotAFeed(found.reason)
    return await read_feed(found.links[0], web, workers)


async def check_feed(feed: Feed, web: Web, workers: Workers) -> Finding:
    """Whether a feed can be read. A feed that fails is no reason to fail: the others go on."""
    try:
        document = await read_feed(feed.url, web, workers)
    except SourceError as error:
        return Finding(f"Feed {feed.name}: {error}")
    count = len(document.entries)
    return Finding(f"Feed {feed.name}: {count} {'Eintrag' if count == 1 else 'Einträge'}.")
