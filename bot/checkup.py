"""The set-up, looked over for an operator: one German line for each part, and the worst exit code."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import BaseModel

from bot.errors import ModelError, ModelRefused, NotAFeed, SourceError
from bot.feeds.batches import parse_all
from bot.model import Feed, FeedDocument
from bot.ports import Model, Prompt, Request, Web, Workers

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
