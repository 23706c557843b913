"""Where a surface posts to in these tests, and what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.model import Channel, Delivery, Digest, Length, Platform, State, Subscription
from cogs.discord.channel import DiscordChannel
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD
from tests.stages.digests import DIGEST

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)

TEXT = Channel(Platform.DISCORD, str(GUILD), str(CHANNEL))

PERSON = Channel(Platform.DISCORD, "", "42", direct=True)

FORUM = replace(TEXT, id="200000000000000051")

NEWS = replace(TEXT, id="200000000000000061")

SUBSCRIPTION = Subscription(1, TEXT, "", time(7), "Europe/Berlin")

PLACES = [TEXT, PERSON, FORUM, NEWS]


def delivery(channel: Channel = TEXT, digest: Digest = DIGEST, part: int = 1, **changes: Any) -> Delivery:
    wanted = SUBSCRIPTION if part == 1 else replace(SUBSCRIPTION, length=Length.LONG)
    body = DiscordChannel.render(None, digest, wanted)[part - 1].text  # type: ignore[arg-type]
    made = Delivery(
        7, 1, channel, date(2026, 11, 23), part, body, State.PENDING, NOW, NOW + timedelta(hours=6), tries=1
    )
    return replace(made, **changes)


def told(hall: Guildhall) -> list[dict[str, Any]]:
    return [message for message in hall.control.messages() if not message["deleted"]]


def requests(hall: Guildhall, route: str = "create_message") -> int:
    return hall.control.hall.counters.routes[route]
