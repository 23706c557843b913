"""A newsroom with everything real in one loop: store, planning, posting, discord.py; only the clock can be moved."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot import wiring
from bot.errors import DepescheError
from bot.model import Article, Channel, Delivery, Extent, Feed, Language, Platform, State, Subscription, number
from bot.ports import Job, Surface
from bot.posting import Posting
from bot.running import Running
from bot.store.deliveries import delivery_of
from bot.store.store import DatabaseStore
from bot.store.subscriptions import _row as row_of
from bot.store.tables import deliveries, subscriptions
from bot.wiring import House
from cogs.console import sample
from cogs.console.console import run_console
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from cogs.slack.channel import SlackChannel
from config.settings import Settings
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD, TOKEN
from tests.models import KEY, ModelServer
from tests.servers import by_path, reply, serving

BERLIN = ZoneInfo("Europe/Berlin")
SEVEN = datetime(2026, 11, 23, 7, tzinfo=BERLIN)  # a Monday
TODAY = SEVEN.date()
EDITION = Path(sample.__file__).parent / "edition" / "articles.jsonl"
BLATT, BOTE = "Blatt", "Bote"  # the feeds
RSS = "<rss version='2.0'><channel><title>Blatt</title>{}</channel></rss>"
ITEM = (
    "<item><title>{}</title><link>https://blatt.example/{}</link><pubDate>{}</pubDate>"
    "<description>{}</description></item>"
)
TOLD = {
    "Rakete Petrel erreicht die Umlaufbahn": (
        "Die Rakete Petrel hat am Montag zwei Satelliten in die Umlaufbahn gebracht. Sie startete um 4.12 Uhr auf den "
        "Shetlandinseln. Beim ersten Versuch war die zweite Stufe ausgefallen. Der nächste Start soll im März folgen. "
        "Finanziert hat die Mission die Raumfahrtagentur mit 18 Millionen Euro."
    ),
    "Cloud-Anbieter Stratus Nord fällt aus": (
        "Ein Ausfall beim Cloud-Anbieter Stratus Nord hat am Sonntag drei Banken getroffen. Ursache war ein "
        "abgelaufenes Zertifikat. Nach zwei Stunden liefen die Rechenzentren des Anbieters wieder. Der Betreiber "
        "entschuldigte sich und kündigte einen Bericht für Freitag an."
    ),
    "Kernel 7.4 bringt Treiber für Kvarn-Chips": (
        "Die Entwickler des Linux-Kernels haben Version 7.4 freigegeben. Sie enthält Treiber für die Grafikchips von "
        "Kvarn und ein neues Verfahren zum Sparen von Speicher. Die nächste Version soll im Februar erscheinen. "
        "Verteilungen wollen sie in den kommenden Wochen übernehmen."
    ),
}
GOES_ON = {
    "Petrel: Raumfahrtagentur meldet Verlust eines Satelliten": (
        "Die Raumfahrtagentur hat den Kontakt zu einem der zwei Satelliten verloren, welche die Rakete Petrel am "
        "Montag in die Umlaufbahn brachte. Ein Sonnensegel hat sich nach Angaben der Agentur nicht entfaltet. Die "
        "Rakete Petrel war auf den Shetlandinseln gestartet. Der Versicherer Halkyon Re beziffert den Schaden auf 9,7 "
        "Millionen Euro. Gebaut hat das Sonnensegel die Firma Brennfeld Optik, die Untersuchung leitet Ada Morvane."
    )
}


class Moved:
    """A clock that runs like all others, and can be put forward and back."""

    def __init__(self, moment: datetime) -> None:
        self._ahead = timedelta()
        self.set(moment)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        self._ahead = moment.astimezone(UTC) - datetime.now(UTC)

    def wait(self, **time_: float) -> None:
        """As if so much time had gone by."""
        self._ahead += timedelta(**time_)


class AtOnce:
    """Fulfils the port `Engine`, for one process: does each job once, as soon as it is told, but leaves some out."""

    def __init__(self, jobs: Mapping[str, Job], but: Collection[str]) -> None:
        self.jobs = jobs
        self.but = but
        self.done: dict[str, str] = {}  # each job, and how it ended

    async def enqueue(self, kind: str, id_: str, argument: str) -> None:
        if kind in self.but or id_ in self.done:
            return
        self.done[id_] = ""
        try:
            await self.jobs[kind](argument)
        except (
            DepescheError,
            LookupError,
            ValueError,
            SQLAlchemyError,
        ) as error:  # it counts as done, as with any engine
            self.done[id_] = repr(error)

    async def tidy(self, before: datetime) -> int:
        del before
        return 0


@dataclass
class Office:
    """Everything of one process."""

    house: House
    clock: Moved
    posting: Posting
    running: Running
    engine: AtOnce
    feeds: Mapping[str, Feed]
    answers: dict[str, bytes]

    @property
    def store(self) -> DatabaseStore:
        assert isinstance(self.house.store, DatabaseStore)
        return self.house.store

    async def subscribe(self, *wanted: Subscription) -> None:
        """Set up many at once."""
        async with self.store.outbox.database.writing() as connection:
            await connection.execute(insert(subscriptions), [row_of(one) for one in wanted])

    async def publish(self, told: Mapping[str, str], hours: float = 3, feed: str = BLATT) -> None:
        """Articles of so many hours ago, collected at once."""
        moment = self.clock.now() - timedelta(hours=hours)
        found = self.feeds[feed]
        await self.store.articles.add([article(title, text, moment, found) for title, text in told.items()])

    def offer(self, told: Mapping[str, str], hours: float = 3) -> None:
        """Articles of so many hours ago, which are in a feed, but nobody has collected yet."""
        moment = format_datetime(self.clock.now() - timedelta(hours=hours))
        items = (ITEM.format(title, number(title), moment, text) for title, text in told.items())
        self.answers["/Blatt"] = reply(body=RSS.format("".join(items)).encode(), content_type="application/rss+xml")

    async def plan(self) -> int:
        """What became due since the last time; how many batches."""
        before = len(self.engine.done)
        await self.running.ask_slots()
        return len(self.engine.done) - before

    async def morning(self, moment: datetime = SEVEN) -> list[Delivery]:
        """What happens at a moment: planned and posted."""
        self.clock.set(moment + timedelta(seconds=1))
        await self.plan()
        await self.post()
        return await self.rows()

    async def post(self) -> None:
        """Post what is due now."""
        await asyncio.wait_for(self.posting.post(), 60)

    async def retry(self, times: int = 1) -> None:
        """Post what is to be tried again, when it is."""
        for _ in range(times):
            waiting = [row for row in await self.rows() if row.state is State.PENDING]
            pending = [row.due for row in waiting if row.tries] or [row.due for row in waiting]
            if not pending:
                return
            self.clock.set(max(min(pending), self.clock.now()) + timedelta(milliseconds=5))
            await self.post()

    async def rows(self) -> list[Delivery]:
        """The outbox."""
        wanted = select(deliveries).order_by(deliveries.c.day, deliveries.c.subscription, deliveries.c.part)
        return [delivery_of(row) async for row in self.store.outbox.database.rows(wanted)]

    async def count(self, table: str) -> int:
        async with self.store.outbox.database.reading() as connection:
            return int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())

    async def execute(self, statement: str) -> None:
        """What no process of ours would do."""
        async with self.store.outbox.database.writing() as connection:
            await connection.exec_driver_sql(statement)

    async def states(self) -> list[str]:
        return [row.state.value for row in await self.rows()]

    async def console(self, *lines: str) -> str:
        """What the operator is told."""
        out, err = StringIO(), StringIO()
        screens = (Console(file=out, width=200), Console(file=err, width=200))
        await run_console(self.house.newsroom, StringIO("\n".join(lines)), *screens)
        return out.getvalue() + err.getvalue()


def article(title: str, text: str, moment: datetime, feed: Feed) -> Article:
    """Published and seen at that moment."""
    url = f"https://{feed.name.lower()}.example/{number(title)}"
    return Article(
        number(url), feed.url, feed.name, url, title, text, Language.DE, moment, moment, Extent.FULL, ("ki",)
    )


def many(count: int) -> dict[str, str]:
    """So many German stories of the sample edition, one article of each."""
    rows = [json.loads(line) for line in EDITION.read_text("utf-8").splitlines()]
    first = {row["event"]: row for row in reversed(rows) if row["language"] == "de"}
    return {row["title"]: row["text"] for row in list(first.values())[:count]}


def channel(n: int = 0) -> Channel:
    """The stand-in's channels."""
    return Channel(Platform.DISCORD, str(GUILD), str(CHANNEL + n))


def subscription(n: int = 0, id_: int = 0, **fields: Any) -> Subscription:
    """Every day at 7 in Berlin, into the stand-in's nth channel."""
    made = Subscription(id_ or n + 1, channel(n), "Digest", time(7), BERLIN.key, since=SEVEN - timedelta(hours=12))
    return replace(made, **fields)


@asynccontextmanager
async def office(
    url: str,
    hall: Guildhall | None,
    moment: datetime = SEVEN,
    model: ModelServer | None = None,
    leave_out: Collection[str] = ("collect", "post"),
    slack: SlackChannel | None = None,
    **more: Any,
) -> AsyncIterator[Office]:
    """A process' parts over this database and these chats; its clock shows a minute before that moment.

    `more` are settings.
    """
    clock = Moved(moment - timedelta(minutes=1))
    settings = Settings(
        database_url=url,
        openai_api_key=KEY if model else "",
        openai_base_url=model.url if model else "https://api.openai.com/v1",
        openai_model="test-model",
        host_spacing=0,
        **more,
    )
    answers = {f"/{name}": reply(304) for name in (BLATT, BOTE)}
    async with serving(by_path(answers)) as origin, AsyncExitStack() as stack:
        feeds = {name: Feed(origin.url(f"/{name}"), name, Language.DE) for name in (BLATT, BOTE)}
        hosts = {origin.place}  # of feeds, and of the files people hand in
        surfaces: dict[Platform, Surface] = {Platform.SLACK: slack} if slack else {}
        if hall:
            client = await stack.enter_async_context(opened(TOKEN, hall.rest, hall.gateway))
            surfaces[Platform.DISCORD] = DiscordChannel(client)
            hosts.add((origin.name, hall.port))
        async with wiring.house(settings, list(feeds.values()), frozenset(hosts), clock, surfaces) as house:
            posting = Posting(house.store, clock, surfaces)
            running = Running(house.store, clock, house.pipeline, house.planning, posting, minutes=5)
            engine = AtOnce(running.jobs, leave_out)
            running.ticks(engine)
            opened_ = Office(house, clock, posting, running, engine, feeds, answers)
            await opened_.execute("UPDATE feeds SET etag = 'known'")  # or it would not believe that nothing is new
            yield opened_
            if posting.refused.done():
                posting.refused.exception()  # else it complains that nobody looked


def texts(hall: Guildhall, n: int | None = None) -> list[str]:
    """What readers see, oldest first."""
    wanted = None if n is None else CHANNEL + n
    return [one["text"] for one in hall.control.messages(wanted) if not one["deleted"]]


def requests(hall: Guildhall, route: str = "create_message") -> int:
    return int(hall.control.hall.counters.routes[route])


def day(n: int) -> datetime:
    """Seven o'clock, so many days later."""
    return datetime.combine(TODAY + timedelta(days=n), time(7), BERLIN)


def days(rows: Sequence[Delivery]) -> list[date]:
    return [row.day for row in rows]


async def until(holds: Callable[[], Any], seconds: float = 20.0) -> None:
    """Wait for what happens elsewhere; the bound is against hanging only."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - outside this loop
            await asyncio.sleep(0.02)
