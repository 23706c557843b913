"""/sources on Slack: the feeds of a workspace, or of a person in direct messages.

What „Hinzufügen“ under a preview saves stands in the button; it is read and checked anew.
"""

import json

from bot.errors import UserError
from bot.german import reports
from cogs.commands import SOURCES_ADD, SOURCES_EXPORT, SOURCES_IMPORT, SOURCES_LIST, SOURCES_REMOVE
from cogs.slack import pieces
from cogs.slack.answer import Answer
from cogs.slack.answers import names
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.feeds import PAGE, SAVE, listed, preview, saved, taken_in
from cogs.slack.managing import check_sources
from cogs.slack.mrkdwn import plain

WISHES = ("language", "topics", "name")
FILE = "quellen.opml"
TOO_LONG = "Adresse, Name und Themen sind zusammen zu lang. Bitte einen kürzeren Namen oder weniger Themen angeben."
OLD = "Diese Vorschau ist nicht mehr vollständig. Bitte /sources add neu eingeben."
NO_LIST = "Bitte die Adresse der OPML-Datei angeben: /sources import https://…"
PAGES = (f"{PAGE}:Zurück", f"{PAGE}:Weiter")


async def list_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources list: the first page."""
    await to.wait()
    await to.say(await _page(bureau, asked, 0))


async def turned(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: another page of the list."""
    await to.wait_to_change()
    number = int(asked.value) if asked.value.isdecimal() and len(asked.value) < len("10000") else 0
    await to.change(await _page(bureau, asked, number))


async def add(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources add: reads it and shows what would be added."""
    await check_sources(bureau, asked)
    await to.wait()
    wishes = {key: asked.options.get(key, "") for key in WISHES}
    found = await bureau.newsroom.sources.find(asked.options.get("address", ""))
    feed = await bureau.newsroom.sources.wanted(asked.home, found, **wishes)
    kept = {"name": feed.name if wishes["name"] else "", "topics": ",".join(feed.topics) if wishes["topics"] else ""}
    value = json.dumps({**wishes, **kept, "address": found.url}, separators=(",", ":"), ensure_ascii=False)
    if len(value) > pieces.VALUE:
        raise UserError(TOO_LONG)
    told = preview(feed, found, names(bureau.newsroom), bureau.newsroom.clock.now(), bureau.newsroom.zone)
    await to.say([*told, pieces.buttons(pieces.button("Hinzufügen", SAVE, value, pieces.PRIMARY))])


async def save(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Hinzufügen“: reads the feed again, and adds it as if it were asked for now."""
    await check_sources(bureau, asked)
    await to.wait_to_change()
    try:
        kept = json.loads(asked.value)
        address, wishes = str(kept["address"]), {key: str(kept[key]) for key in WISHES}
    except (ValueError, LookupError, TypeError) as error:
        raise UserError(OLD) from error
    found = await bureau.newsroom.sources.find(address)
    added = await bureau.newsroom.sources.add(asked.home, found, **wishes, by=asked.asker.place)
    await to.change(saved(added.feed, names(bureau.newsroom)))


async def remove(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources remove."""
    await check_sources(bureau, asked)
    await to.wait()
    gone = await bureau.newsroom.sources.remove(asked.home, asked.options.get("source", ""), asked.asker.place)
    await to.say([pieces.text(plain(reports.gone(gone.feed.name, gone.feed.url, hidden=not gone.own), 2_500))])


async def take_in(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources import: of a list at an address; a slash command takes no file."""
    await check_sources(bureau, asked)
    await to.wait()
    address = asked.options.get("file", "")
    if not address:
        raise UserError(NO_LIST)
    done = await bureau.newsroom.sources.take_in_from(asked.home, address, asked.asker.place)
    await to.say([pieces.text(taken_in(done))])


async def export(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources export: a file. Addresses may hold what is secret, so it is for those who may change them."""
    await check_sources(bureau, asked)
    await to.wait()
    opml = await bureau.newsroom.sources.export(asked.home)
    await to.hand("Die Quellen als OPML; jeder Feedreader liest sie.", FILE, opml)


async def _page(bureau: Bureau, asked: Asked, number: int) -> list[pieces.Json]:
    newsroom = bureau.newsroom
    found = await newsroom.sources.listing(asked.home)
    return listed(found, number, newsroom.clock.now(), newsroom.zone)


COG = Cog(
    commands={
        SOURCES_LIST: list_,
        SOURCES_ADD: add,
        SOURCES_REMOVE: remove,
        SOURCES_IMPORT: take_in,
        SOURCES_EXPORT: export,
    },
    parts={**dict.fromkeys(PAGES, turned), SAVE: save},
    costly=frozenset({SOURCES_LIST.path.en, SOURCES_ADD.path.en, SOURCES_IMPORT.path.en, SAVE}),
)
