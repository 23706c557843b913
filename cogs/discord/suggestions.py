"""What is offered while somebody types an option."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress

from bot.deliveries import interests
from bot.deliveries.zones import zones_like
from bot.errors import ChatError, UserError
from bot.german.regions import REGIONS
from bot.german.spelling import plain
from bot.german.topics import entry_name
from bot.model import Feed, own
from cogs.commands import TOPICS_SUBSCRIBE, TOPICS_UNSUBSCRIBE
from cogs.discord.answers import names
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.managing import managed, may_change_sources, subscriber

QUOTES = '"„“”»« '
Choices = Sequence[tuple[str, str]]


async def topic(bureau: Bureau, asked: Asked) -> Choices:
    """One topic; to subscribe to also what is typed as an own word, to unsubscribe from what is subscribed to."""
    typed = asked.options.get("topic", "")
    if asked.name == TOPICS_UNSUBSCRIBE.path.en:
        return like(typed, await _subscribed(bureau, asked))
    known = [(one.key, one.name) for one in bureau.newsroom.topics]
    return _wanted(typed, known) if asked.name == TOPICS_SUBSCRIBE.path.en else like(typed, known)


async def source(bureau: Bureau, asked: Asked) -> Choices:
    """A source that is shown here, by its name; by its address, where several have that name.

    For those who may change them alone: an address may hold what is secret.
    """
    with suppress(UserError):
        may_change_sources(asked)
        return _by_name(await bureau.newsroom.sources.shown(asked.home), asked.options.get("source", ""))
    return ()


def _by_name(there: Sequence[Feed], typed: str) -> Choices:
    count = Counter(feed.name.casefold() for feed in there)
    values = [(feed.name if count[feed.name.casefold()] == 1 else feed.url, feed) for feed in there]
    named = [(value, feed.name if value == feed.name else f"{feed.name}: {value}") for value, feed in values]
    return like(typed, named)


def _wanted(typed: str, known: Choices) -> Choices:
    """The last of several with commas between them: topics like it, then itself as an own word; with a minus, without.

    What comes before stays as it is.
    """
    before, comma, last = typed.rpartition(",")
    bare = last.strip()
    minus = "-" if bare.startswith("-") else ""
    word = " ".join(bare.removeprefix("-").strip(QUOTES).split())
    start, without = f"{before}{comma}{minus}", "ohne " if minus else ""
    offered = [(f"{start}{key}", f"{before}{comma} {without}{name}".strip()) for key, name in like(word, known)]
    own_words = interests.valid(own(word), set()) and plain(word) not in {plain(name) for _, name in known}
    told = (f'{start}"{word}"', f"{before}{comma} {without}„{word}“ als eigenes Wort".strip())
    return [*offered[:24], *([told] if own_words else [])]


async def _subscribed(bureau: Bureau, asked: Asked) -> Choices:
    """The entries that the channel named, or the person, is subscribed to; nothing for those who may not ask."""
    with suppress(UserError, ChatError):
        reports = await bureau.newsroom.desk.show(await subscriber(bureau, asked))
        entries = dict.fromkeys(entry for report in reports for entry in report.subscription.topics)
        return [(entry, entry_name(entry, names(bureau.newsroom))) for entry in entries]
    return ()


async def topics(bureau: Bureau, asked: Asked) -> Choices:
    """Several, with commas between them: the last one is completed."""
    before, comma, last = asked.options.get("topics", "").rpartition(",")
    done = {part.strip() for part in before.split(",")}
    open_ = [(one.key, one.name) for one in bureau.newsroom.topics if one.key not in done]
    return [(f"{before}{comma}{key}", f"{before}{comma} {name}".strip()) for key, name in like(last, open_)]


async def name(bureau: Bureau, asked: Asked) -> Choices:
    """A digest of the channel that is named, or of this one; nothing for those who may not manage it."""
    with suppress(UserError, ChatError):
        reports = await bureau.newsroom.desk.show(await managed(bureau, asked))
        return like(asked.options.get("name", ""), [(one.subscription.name,) * 2 for one in reports])
    return ()


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


COG = Cog(
    typing={
        "topic": topic,
        "topics": topics,
        "name": name,
        "timezone": zone,
        "holidays": holidays,
        "source": source,
    }
)
