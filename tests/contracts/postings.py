"""Subscriptions and deliveries to store."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from bot.model import Channel, Delivery, Platform, State, Subscription
from bot.ports import Body
from bot.store.store import DatabaseStore
from tests.contracts.samples import NOW

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
LEASE = timedelta(minutes=5)
CHANNEL = Channel(Platform.DISCORD, "1", "10")
PERSON = Channel(Platform.DISCORD, "", "10", direct=True)


def subscription(id_: int = 1, channel: Channel = CHANNEL, **fields: object) -> Subscription:
    wanted = {"id": id_, "channel": channel, "name": "Digest", "at": time(8), "zone": "Europe/Berlin"}
    return Subscription(**(wanted | fields))  # type: ignore[arg-type]


def delivery(subscription_: int = 1, part: int = 1, day: date = TODAY, **fields: object) -> Delivery:
    """Due at noon of its day. There is one id for each subscription, day and part."""
    planned = {
        "id": (subscription_ * 10_000 + (day - TODAY).days + 5_000) * 10 + part,
        "subscription": subscription_,
        "channel": CHANNEL,
        "day": day,
        "part": part,
        "body": f"Der Digest vom {day}, Teil {part}",
        "state": State.PENDING,
        "due": NOW + (day - TODAY),
        "until": NOW + (day - TODAY) + timedelta(hours=6),
    }
    return Delivery(**(planned | fields))  # type: ignore[arg-type]


async def put(store: DatabaseStore, *deliveries: Delivery, shown: tuple[int, ...] = ()) -> int:
    """Add deliveries with their bodies, which show these stories."""
    made = min((one.due for one in deliveries), default=NOW)
    return await store.outbox.add(deliveries, bodies(deliveries, shown), made)


def bodies(deliveries: Iterable[Delivery], shown: tuple[int, ...] = ()) -> list[Body]:
    """What these are sent, each once."""
    return [Body(text, shown) for text in {one.body: None for one in deliveries} if text is not None]
