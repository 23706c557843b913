"""What the storm passes over: a database with news and subscriptions, all due in the same minute, and its outbox."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot import wiring
from bot.model import Channel, Feed, Language, Platform, State, Subscription
from bot.planning import ignore
from bot.store.database import Database, parse
from bot.store.tables import deliveries
from config.settings import Settings
from tests.chats import slack_world
from tests.chats.world import CHANNEL, GUILD
from tests.servers import Origin, always, reply, serving

ZONE = "Europe/Berlin"
TURN = asyncio.Lock()  # of several grounds in one process, as alembic migrates one database at a time
NEWS = {
    "Stadtwerke Kelmbach öffnen ihre Schnittstelle für Verbrauchsdaten": (
        "Die Stadtwerke Kelmbach geben die Verbrauchsdaten ihrer Kunden über eine offene Schnittstelle heraus. Wer "
        "zustimmt, kann sie mit eigenen Programmen lesen. Nach Angaben des Unternehmens sind 41.000 Zähler dabei."
    ),
    "Orvelin stellt Speicherbaustein mit 96 Lagen vor": (
        "Der Hersteller Orvelin hat einen Speicherbaustein mit 96 Lagen vorgestellt. Er soll im Frühjahr in Serie "
        "gehen und 15 Prozent weniger Strom brauchen als sein Vorgänger. Zum Preis sagte Orvelin nichts."
    ),
    "Sicherheitslücke in der Verwaltungssoftware Amtora geschlossen": (
        "In der Verwaltungssoftware Amtora ist eine Sicherheitslücke geschlossen worden. Betroffen waren alle "
        "Fassungen vor 4.2. Angreifer konnten Formulare anderer Personen lesen. Der Anbieter rät zum sofortigen Update."
    ),
}


def feed(now: datetime) -> bytes:
    """The news, told two hours ago."""
    date = format_datetime(now - timedelta(hours=2))
    items = "".join(
        f"<item><title>{title}</title><link>https://blatt.example/{n}</link><guid>{n}</guid><pubDate>{date}</pubDate>"
        f"<description>{text} {text}</description></item>"
        for n, (title, text) in enumerate(NEWS.items())
    )
    return f'<rss version="2.0"><channel><title>Blatt</title>{items}</channel></rss>'.encode()


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery as the outbox has it."""

    channel: str
    state: State
    message: str | None
    tries: int


class Ground:
    """One database, and what bots need to work on it."""

    def __init__(self, url: str, folder: Path, origin: Origin) -> None:
        self._url = url
        self._folder = folder
        self._feed = Feed(origin.url("/feed"), "Blatt", Language.DE)
        self._hosts = frozenset({origin.place})
        self._database = Database(parse(url))

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings of a bot, but for the chat's."""
        file = self._folder / "feeds.toml"
        file.write_text(f'[[feed]]\nname = "Blatt"\nurl = "{self._feed.url}"\nlanguage = "de"\n')
        (place,) = self._hosts
        return {
            "DATABASE_URL": self._url,
            "HOME": str(self._folder),
            "DATA_DIR": str(self._folder),
            "FEEDS_FILE": str(file),
            "PRIVATE_HOSTS": f"{place[0]}:{place[1]}",
            "COLLECT_MINUTES": "60",
        }

    async def prepare(self, count: int, surface: str = "discord") -> None:
        """Read the news, and have so many channels wait for a digest since a minute ago."""
        settings = Settings(database_url=self._url, data_dir=self._folder, llm_daily_tokens=0)
        async with TURN:
            await asyncio.to_thread(wiring.migrated, settings)
            await self._plant(settings, count, surface)

    async def _plant(self, settings: Settings, count: int, surface: str) -> None:
        async with wiring.house(settings, [self._feed], self._hosts) as house:
            await house.pipeline.collect(ignore, everything=True)
            await house.pipeline.placing.place(house.clock.now(), ignore)
            slot = (datetime.now(UTC) - timedelta(minutes=1)).replace(second=0, microsecond=0)
            for number in range(count):
                await house.store.subscriptions.save(_subscription(number, slot, surface))

    async def states(self) -> Counter[str]:
        """How many deliveries are in which state."""
        wanted = select(deliveries.c.state, func.count().label("count")).group_by(deliveries.c.state)
        return Counter({row.state: row.count async for row in self._database.rows(wanted)})

    async def rows(self) -> list[Row]:
        """The whole outbox."""
        found = self._database.rows(select(deliveries))
        return [Row(row.channel, State(row.state), row.message, row.tries) async for row in found]

    async def close(self) -> None:
        await self._database.close()


def _subscription(number: int, slot: datetime, surface: str) -> Subscription:
    channel = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL + number))
    if surface == "slack":
        channel = Channel(Platform.SLACK, slack_world.TEAM, f"C{int(slack_world.CHANNEL[1:]) + number:010}")
    at = slot.astimezone(ZoneInfo(ZONE)).time()
    return Subscription(number + 1, channel, "Digest", at, ZONE, since=slot - timedelta(hours=1))


@asynccontextmanager
async def ground(url: str, folder: Path) -> AsyncIterator[Ground]:
    """A database at this address, which is empty, and a feed."""
    async with serving(always(reply(200, feed(datetime.now(UTC)), content_type="application/rss+xml"))) as origin:
        found = Ground(url, folder, origin)
        try:
            yield found
        finally:
            await found.close()
