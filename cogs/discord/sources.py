"""/sources on Discord: the feeds of a server, or of a person in direct messages.

What „Hinzufügen“ under a preview saves stands in that message and in the button; it is read and checked anew.
"""

import re

from bot.errors import UserError
from bot.german import reports
from bot.newsroom import Newsroom
from cogs.commands import SOURCES_ADD, SOURCES_EXPORT, SOURCES_IMPORT, SOURCES_LIST, SOURCES_REMOVE
from cogs.discord import pieces
from cogs.discord.answer import Answer
from cogs.discord.answers import names
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.feeds import ADDRESS, PAGE, SAVE, listed, preview, saved, taken_in
from cogs.discord.managing import may_change_sources
from cogs.discord.markdown import plain
from cogs.discord.private import person

WISHES = ("language", "topics", "name")  # in this order in the button
LONGEST = 100  # characters of a custom id
LARGEST = 2_000_000  # bytes of a list
FILE = "quellen.opml"
TOO_LONG = "Name und Themen sind zusammen zu lang. Bitte einen kürzeren Namen oder weniger Themen angeben."
OLD = "Diese Vorschau ist nicht mehr vollständig. Bitte /sources add neu eingeben."
NO_FILE = "Die Datei ist nicht angekommen. Bitte /sources import mit einer OPML-Datei neu eingeben."
TOO_LARGE = "Die Datei ist größer als 2 MB. Bitte eine kleinere OPML-Datei angeben."
EMPTY = "Die Datei ist leer. Bitte eine OPML-Datei aus einem Feedreader exportieren."
_ADDRESS = re.compile(re.escape(ADDRESS) + r"<(https?://[^<>\s]+)>")


async def list_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources list: the first page."""
    await to.wait()
    await to.say(await _page(bureau, asked, 0))


async def turned(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: another page of the list."""
    await to.wait_to_change()
    number = int(asked.rest) if asked.rest.isdecimal() and len(asked.rest) < len("10000") else 0
    await to.change(await _page(bureau, asked, number))


async def add(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources add: reads it and shows what would be added."""
    may_change_sources(asked)
    await to.wait()
    wishes = {key: asked.options.get(key, "") for key in WISHES}
    found = await bureau.newsroom.sources.find(asked.options.get("address", ""))
    feed = await bureau.newsroom.sources.wanted(asked.home, found, **wishes)
    kept = {"name": feed.name if wishes["name"] else "", "topics": ",".join(feed.topics) if wishes["topics"] else ""}
    custom_id = f"{SAVE}:{'|'.join((wishes | kept)[key] for key in WISHES)}"
    if len(custom_id) > LONGEST:
        raise UserError(TOO_LONG)
    told = preview(feed, found, names(bureau.newsroom), bureau.newsroom.clock.now(), bureau.newsroom.zone)
    await to.say([*told, pieces.buttons(pieces.button("Hinzufügen", custom_id, pieces.GREEN))])


async def save(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Hinzufügen“: reads the feed again, and adds it as if it were asked for now."""
    may_change_sources(asked)
    await to.wait_to_change()
    address = next((match[1] for text in reversed(asked.texts) if (match := _ADDRESS.fullmatch(text))), "")
    wishes = dict(zip(WISHES, asked.rest.split("|", len(WISHES) - 1), strict=False))
    if not address or len(wishes) < len(WISHES):
        raise UserError(OLD)
    found = await bureau.newsroom.sources.find(address)
    added = await bureau.newsroom.sources.add(asked.home, found, **wishes, by=person(asked.person).place)
    await to.change(saved(added.feed, names(bureau.newsroom)))


async def remove(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources remove."""
    may_change_sources(asked)
    await to.wait()
    gone = await bureau.newsroom.sources.remove(asked.home, asked.options.get("source", ""), person(asked.person).place)
    await to.say([pieces.text(plain(reports.gone(gone.feed.name, gone.feed.url, hidden=not gone.own), 2_500))])


async def take_in(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources import: of the file that Discord keeps."""
    may_change_sources(asked)
    await to.wait()
    file = asked.files.get(asked.options.get("file", ""))
    if file is None:
        raise UserError(NO_FILE)
    if not 0 < file.size <= LARGEST:
        raise UserError(TOO_LARGE if file.size else EMPTY)
    done = await bureau.newsroom.sources.take_in_from(asked.home, file.url, person(asked.person).place)
    await to.say([pieces.text(taken_in(done))])


async def export(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/sources export: a file. Addresses may hold what is secret, so it is for those who may change them."""
    may_change_sources(asked)
    await to.wait()
    opml = await bureau.newsroom.sources.export(asked.home)
    await to.hand([pieces.text("Die Quellen als OPML; jeder Feedreader liest sie.")], FILE, opml)


async def _page(bureau: Bureau, asked: Asked, number: int) -> list[pieces.Json]:
    newsroom: Newsroom = bureau.newsroom
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
    parts={PAGE: turned, SAVE: save},
    costly=frozenset({SOURCES_LIST.path.en, SOURCES_ADD.path.en, SOURCES_IMPORT.path.en, SAVE}),
)
