"""Builds everything from Settings and closes it in reverse.

The composition root is this with `work` and `findings`, and the command line above them: nobody else knows `config`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import uvloop
from pydantic import ValidationError

from bot import inputs, misset
from bot.alertdesk import AlertDesk
from bot.asking import Asking
from bot.clock import SystemClock
from bot.desk import Desk
from bot.errors import SetupError, UserError
from bot.feeds.fetch import HttpWeb
from bot.feeds.opml import read_opml
from bot.llm.endpoints import ON, Endpoint, parse_fallbacks, parse_judge
from bot.llm.prices import parse_prices
from bot.model import Feed, Platform, Prices, Topic
from bot.newsroom import Newsroom
from bot.pipeline import Edition, Pipeline, Wish
from bot.placing import Placing, Turn
from bot.planning import Planning
from bot.ports import Clock, Model, Spending, Store, Surface, Web, Workers
from bot.reading import Reading
from bot.recent import Recent
from bot.shards import Shards, shards
from bot.sources import Sources
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.summaries.turns import Turns
from bot.summaries.write import Summariser
from bot.workers import ProcessWorkers
from config.files import read_feeds, read_topics
from config.settings import Settings, bounds

Hosts = frozenset[tuple[str, int]]
SHARED = 60.0  # seconds that the people of a bot share what was found for the same wish
PLACING, PLACING_LEASE = "placing", timedelta(minutes=2)  # it is renewed every minute
OPML = {".opml", ".xml"}
AGENT = "Depesche/0.1 (+https://github.com/depesche/depesche)"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is open while a command runs."""

    clock: Clock
    store: Store
    web: Web
    workers: Workers
    model: Model | None
    pipeline: Pipeline
    planning: Planning
    newsroom: Newsroom


def settings() -> Settings:
    """The settings of this process. Raises `SetupError`, naming the variables that are wrong and what they can be."""
    try:
        found = Settings()
    except ValidationError as error:
        raise SetupError(misset.explain(error, bounds())) from error
    zone(found.timezone)
    shards_of(found)
    parse_prices(found.llm_prices)
    return found


def has_slack(found: Settings) -> bool:
    """Whether both of Slack's tokens are there. Raises `SetupError` where one of them is missing."""
    tokens = {"SLACK_BOT_TOKEN": found.slack_bot_token, "SLACK_APP_TOKEN": found.slack_app_token}
    missing = [name for name, token in tokens.items() if not token]
    if len(missing) == 1:
        raise SetupError(f"Für Slack fehlt {missing[0]}. Bitte in .env eintragen; die README sagt, woher es kommt.")
    return not missing


def shards_of(found: Settings) -> Shards | None:
    """The shards of this process; None: all. Raises `SetupError`."""
    return shards(found.shard_ids, found.shard_count)


def zone(name: str) -> ZoneInfo:
    """A time zone. Raises `SetupError` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SetupError(f"TIMEZONE: Die Zeitzone „{name}“ gibt es nicht. Ein Beispiel: Europe/Berlin.") from error


def configured(found: Settings, topics: Sequence[Topic]) -> Sequence[Feed]:
    """The feeds of `FEEDS_FILE`, TOML or OPML. Raises `SetupError` for what is neither."""
    if found.feeds_file.suffix not in OPML:
        return read_feeds(found.feeds_file, topics)
    try:
        feeds = read_opml(inputs.read(str(found.feeds_file)))
    except UserError as error:
        raise SetupError(str(error)) from error
    if not feeds:
        raise SetupError(f"{found.feeds_file} enthält keine Feeds. Bitte eine andere OPML-Datei angeben.")
    return feeds


def database_url(found: Settings) -> str:
    """The configured database, or the SQLite file under `DATA_DIR`."""
    return found.database_url or f"sqlite:///{found.data_dir.absolute() / 'depesche.db'}"


def will_be_lost(found: Settings) -> bool:
    """Whether the database is a SQLite file on a disk that is new at each start, rather than on a volume of its own."""
    url = database_url(found)
    if not found.fleeting or not url.startswith("sqlite"):
        return False
    file, code = Path(url.partition(":///")[2]).absolute(), Path(__file__)
    return not any(folder.is_mount() and folder not in code.parents for folder in file.parents)


def private_hosts(listed: str) -> Hosts:
    """The servers of `PRIVATE_HOSTS`. Raises `SetupError` for what is no host:port."""
    hosts = set()
    for item in filter(None, (part.strip() for part in listed.split(","))):
        host, _, port = item.rpartition(":")
        if not host or not port.isdecimal():
            raise SetupError(f"PRIVATE_HOSTS: „{item}“ ist kein host:port. Ein Beispiel: rsshub.internal:1200.")
        hosts.add((host.strip("[]").lower(), int(port)))
    return frozenset(hosts)


def endpoints(found: Settings) -> list[Endpoint]:
    """The models to ask, in order; none without a key, unless a server of one's own is named, which may want none."""
    is_default = found.openai_base_url == Settings.model_fields["openai_base_url"].default
    first = [] if is_default and not found.openai_api_key else [_first(found)]
    return first + parse_fallbacks(found.llm_fallbacks, found.llm_fallback_keys)


def _first(found: Settings) -> Endpoint:
    return Endpoint(found.openai_model, found.openai_base_url, found.openai_api_key)


class Models(NamedTuple):
    """Who writes, and who judges what was written; None where nobody does."""

    writer: Model | None = None
    judge: Model | None = None


@asynccontextmanager
async def connected(found: Settings, spending: Spending, clock: Clock) -> AsyncIterator[Models]:
    """The chain of models and the judge within one budget of the day; none where no model is configured."""
    wanted = endpoints(found)
    judge = parse_judge(found.llm_judge, found.llm_judge_key, wanted)
    if not wanted or not found.llm_daily_tokens:
        yield Models()
        return
    from bot.llm.budget import Budget  # noqa: PLC0415 - the SDK takes over a second to import; not everybody has a key
    from bot.llm.connect import connect  # noqa: PLC0415

    budget = Budget(spending, clock, found.llm_daily_tokens)
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(connect(wanted, budget))
        if judge is not None:
            yield Models(model, await stack.enter_async_context(connect([judge], budget)))
        else:
            yield Models(model, model if found.llm_judge.strip().lower() == ON else None)


@asynccontextmanager
async def reading(found: Settings, hosts: Hosts = frozenset()) -> AsyncIterator[tuple[Web, Workers]]:
    """The web and the workers alone, for commands that need no database."""
    allowed = private_hosts(found.private_hosts) | hosts
    workers = ProcessWorkers()
    web = HttpWeb(AGENT, workers, private_hosts=allowed, host_spacing=found.host_spacing)
    try:
        yield web, workers
    finally:
        await web.close()


def migrated(found: Settings) -> None:
    """Bring the configured database up to date. Raises `NoDatabase`."""
    migrate(database_url(found))


@asynccontextmanager
async def opened(found: Settings) -> AsyncIterator[Store]:
    """The database. The SQLite file is made and brought up to date on the way; a server's is `migrate`'s business."""
    url = database_url(found)
    if url.startswith("sqlite"):
        await asyncio.to_thread(migrate, url)
    async with open_store(url) as store:
        yield store


class Gallery:
    """What the pages look at: a database that may come later than they do, and be away for a while."""

    def __init__(self, url: str, clock: Clock, address: str, prices: Prices, stack: AsyncExitStack) -> None:
        """Connect later, at first use. `address`: scheme and host that others know the pages by, or empty."""
        self.clock = clock
        self.address = address
        self.prices = prices
        self._url = url
        self._stack = stack
        self._store: Store | None = None
        self._opening = asyncio.Lock()

    async def store(self) -> Store:
        """The database. Raises `NoDatabase` unless it is there and up to date; nothing is ever written to it."""
        async with self._opening:
            if self._store is not None:
                return self._store
            store = await self._stack.enter_async_context(open_store(self._url))
            self._store = store
            return store


@asynccontextmanager
async def watching(found: Settings) -> AsyncIterator[Gallery]:
    """What the pages need."""
    async with AsyncExitStack() as stack:
        yield Gallery(database_url(found), SystemClock(), found.public_url, parse_prices(found.llm_prices), stack)


@asynccontextmanager
async def house(
    found: Settings,
    feeds: Sequence[Feed] | None = None,
    hosts: Hosts = frozenset(),
    clock: Clock | None = None,
    surfaces: Mapping[Platform, Surface] | None = None,
    executor: str = "",
) -> AsyncIterator[House]:
    """A newsroom over these feeds, by default those of `FEEDS_FILE`; `hosts` are private ones that may be asked.

    `executor` names this process where several share the work.
    """
    clock, prices = clock or SystemClock(), parse_prices(found.llm_prices)
    topics = read_topics(found.topics_file)
    feeds = configured(found, topics) if feeds is None else feeds
    async with (
        opened(found) as store,
        reading(found, hosts) as (web, workers),
        connected(found, store.spending, clock) as (model, judge),
    ):
        await store.feeds.enrol(feeds)
        placing = Placing(store.stories, store.archive, topics, _only_one(store, executor) if executor else None)
        reader = Reading(web, workers, store.articles)
        turns = Turns(store.leases, clock, executor or token_hex(8))
        summariser = Summariser(store.summaries, model, judge, prices, turns)
        pipeline = Pipeline(store, clock, topics, web, workers, placing, reader, summariser)
        planning = Planning(store, clock, pipeline, surfaces or {}, topics)
        place = zone(found.timezone)
        desk = Desk(store, clock, topics, planning, place.key, has_token=bool(found.discord_token) or has_slack(found))
        name, limit = (model.name if model else None), found.llm_daily_tokens
        sources = Sources(store, web, workers, clock, topics)
        alerts = AlertDesk(store, clock, topics, place.key)
        asking = Asking(store, clock, topics, model)
        recent = Recent[Wish, Edition](SHARED) if executor else None
        newsroom = Newsroom(
            store, pipeline, clock, topics, place, desk, sources, asking, alerts, name, limit, recent, prices
        )
        yield House(clock, store, web, workers, model, pipeline, planning, newsroom)


def _only_one(store: Store, executor: str) -> Turn:
    """Whether it is this process that places articles: each has a window of its own, and two would not agree."""

    async def mine(now: datetime) -> bool:
        return await store.leases.take(PLACING, executor, now, PLACING_LEASE)

    return mine


def event_loop() -> asyncio.AbstractEventLoop:
    """The fast loop: a third less CPU for fetching."""
    return uvloop.new_event_loop()
