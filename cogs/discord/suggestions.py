"""What is offered while somebody types an option."""

from collections.abc import Iterable, Sequence

from bot.deliveries.zones import zones_like
from bot.german.regions import REGIONS
from bot.german.spelling import plain
from bot.model import Channel, Platform
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog

Choices = Sequence[tuple[str, str]]


async def topic(bureau: Bureau, asked: Asked) -> Choices:
    """One topic."""
    return like(asked.options.get("topic", ""), [(one.key, one.name) for one in bureau.newsroom.topics])


async def topics(bureau: Bureau, asked: Asked) -> Choices:
    """Several, with commas between them: the last one is completed."""
    before, comma, last = asked.options.get("topics", "").rpartition(",")
    done = {part.strip() for part in before.split(",")}
    open_ = [(one.key, one.name) for one in bureau.newsroom.topics if one.key not in done]
    return [(f"{before}{comma}{key}", f"{before}{comma} {name}".strip()) for key, name in like(last, open_)]


async def name(bureau: Bureau, asked: Asked) -> Choices:
    """A digest of the channel that is named, or of this one."""
    channel = Channel(Platform.DISCORD, asked.space, asked.options.get("channel") or asked.channel)
    reports = await bureau.newsroom.desk.show(channel) if asked.space else []
    names = [report.subscription.name for report in reports]
    return like(asked.options.get("name", ""), [(one, one) for one in names])


async def zone(_: Bureau, asked: Asked) -> Choices:
    """A time zone, by its name or a city."""
    return [(one, one) for one in zones_like(asked.options.get("timezone", ""))]


async def holidays(_: Bureau, asked: Asked) -> Choices:
    """A country or a part of it, or none."""
    return like(asked.options.get("holidays", ""), [("none", "keine"), *REGIONS.items()])


def like(text: str, known: Iterable[tuple[str, str]]) -> Choices:
    """Those whose value or name begins with the text, then those that hold it."""
    wanted = plain(text)
    found = [one for one in known if wanted in plain(one[0]) or wanted in plain(one[1])]
    return sorted(found, key=lambda one: not plain(one[1]).startswith(wanted))[:25]


COG = Cog(typing={"topic": topic, "topics": topics, "name": name, "timezone": zone, "holidays": holidays})
