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
from bot.german.numbers import counted
from bot.model import Feed, FeedDocument
from bot.ports import Model, Prompt, Request, Surface, Web, Workers

NAMED = 5  # feeds that fail alike
PROBED = 3  # hosts; one alone may have gone
PROBE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part. `code` is the exit code it asks for, 0 where digests come all the same.

    `warns`: something is to be mended, though digests come.
    """

    line: str
    code: int = 0
    warns: bool = False

    @property
    def urgency(self) -> int:
        """What is worst comes first: 0 stops digests, 1 is a warning, 2 is well."""
        return 0 if self.code else 1 if self.warns else 2


class Word(BaseModel):
    """The smallest answer there is."""

    wort: str


PING = Prompt("Antworte mit einem JSON-Objekt.", "Setze wort auf „bereit“.")


async def check_model(model: Model | None, spent: str = "") -> Finding:
    """Whether the model answers; costs a few tokens. `spent`: that the day's are used up (German); nobody is asked."""
    if model is None:
        return Finding("Sprachmodell: keines eingerichtet, Digests bestehen aus Auszügen. (OPENAI_API_KEY in .env)")
    if spent:
        return Finding(f"Sprachmodell: {spent}", warns=True)
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
        schedules.told_next(one, report.next, now, outcomes.had(report.latest) if report.had_today else ""),
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


async def check_feeds(feeds: Sequence[Feed], web: Web, workers: Workers) -> list[Finding]:
    """Whether feeds can be read: those that fail alike in one line, the others in a line each.

    A feed that fails stops nothing, as the others go on; all of them failing does.
    """
    if not feeds:
        return []
    if not await is_online(feeds):
        return [Finding(f"Netz: kein Name-Server antwortet. {counted(len(feeds), 'Feed', 'Feeds')} nicht geprüft.", 1)]
    found = await asyncio.gather(*(_read(feed, web, workers) for feed in feeds))
    failed: dict[str, list[str]] = {}
    for feed, told in zip(feeds, found, strict=True):
        if isinstance(told, SourceError):
            failed.setdefault(str(told), []).append(feed.name)
    code = int(all(isinstance(told, SourceError) for told in found))
    wrong = [Finding(_alike(names, reason), code, warns=True) for reason, names in failed.items()]
    well = [
        Finding(f"Feed {feed.name}: {counted(len(told.entries), 'Eintrag', 'Einträge')}.")
        for feed, told in zip(feeds, found, strict=True)
        if isinstance(told, FeedDocument)
    ]
    return [*wrong, *well]


async def _read(feed: Feed, web: Web, workers: Workers) -> FeedDocument | SourceError:
    try:
        return await read_feed(feed.url, web, workers)
    except SourceError as error:
        return error


def _alike(names: Sequence[str], reason: str) -> str:
    """„Feed Blatt: …“, or „67 Feeds (Blatt, Kurier, … und 62 weitere): …“."""
    if len(names) == 1:
        return f"Feed {names[0]}: {reason}"
    more = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
    return f"{len(names)} Feeds ({', '.join(names[:NAMED])}{more}): {reason}"
