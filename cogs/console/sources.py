"""The /sources commands on the console: an operator looks after the feeds of any space, or of everybody."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.text import Text

from bot import inputs
from bot.errors import UserError
from bot.german import reports
from bot.german.dates import told
from bot.model import EVERYBODYS
from bot.newsroom import Newsroom
from bot.sources import Found, Listed, TakenIn
from cogs.commands import SOURCES_ADD, SOURCES_EXPORT, SOURCES_IMPORT, SOURCES_LIST, SOURCES_REMOVE, Command
from cogs.console.answers import names
from cogs.console.screen import Screen

Options = Mapping[str, str]


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources list."""
    found = await newsroom.sources.listing(_space(newsroom, options))
    lines = [_line(one, newsroom.clock.now(), newsroom.zone) for one in found]
    _print(screen, *(lines or [reports.NO_SOURCE]))


async def add(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources add: tells what was understood, with its latest entries."""
    space = _space(newsroom, options)
    found = await newsroom.sources.find(_needed(options, "address"))
    wanted = {key: options[key] for key in ("name", "topics", "language") if key in options}
    added = await newsroom.sources.add(space, found, **wanted)
    _print(screen, *_added(added, found, newsroom))


async def remove(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources remove."""
    space = _space(newsroom, options)
    gone = await newsroom.sources.remove(space, _needed(options, "source"))
    hidden = space != EVERYBODYS and not gone.own
    _print(screen, reports.gone(gone.feed.name, gone.feed.url, hidden=hidden))


async def take_in(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources import."""
    space = _space(newsroom, options)
    _print(screen, *_taken_in(await newsroom.sources.take_in(space, inputs.read(_needed(options, "file")))))


async def export(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources export: on the screen, or into a file."""
    opml = await newsroom.sources.export(_space(newsroom, options))
    if "file" not in options:
        screen.out.print(Text(opml.rstrip()), soft_wrap=True)
        return
    inputs.write(Path(options["file"]), opml)
    _print(screen, f"Geschrieben: {options['file']}")


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    SOURCES_LIST: show,
    SOURCES_ADD: add,
    SOURCES_REMOVE: remove,
    SOURCES_IMPORT: take_in,
    SOURCES_EXPORT: export,
}


def _space(newsroom: Newsroom, options: Options) -> str:
    """Whose feeds these are: everybody's, where no channel is named."""
    return newsroom.sources.space(options["channel"]) if "channel" in options else EVERYBODYS


def _needed(options: Options, name: str) -> str:
    if not options.get(name, "").strip():
        raise UserError(f"Es fehlt {name}:… Alle Befehle mit ihren Optionen zeigt /help.")
    return options[name]


def _print(screen: Screen, *lines: str) -> None:
    screen.out.print(Text("\n".join(lines)), soft_wrap=True)


def _line(one: Listed, now: datetime, zone: ZoneInfo) -> str:
    return f"{one.feed.name} ({reports.whose(one.health)}): {reports.health(one.health, now, zone)} {one.feed.url}"


def _added(one: Listed, found: Found, newsroom: Newsroom) -> list[str]:
    now, zone = newsroom.clock.now(), newsroom.zone
    about = reports.about_feed(one.feed.language, one.feed.topics, names(newsroom))
    lines = [f"„{one.feed.name}“ ist hinzugefügt: {one.feed.url}", f"  {about}"]
    for entry in found.latest:
        when = f" ({told(entry.published, now, zone)})" if entry.published else ""
        lines.append(f"  - {entry.title or entry.text[:80]}{when}")
    return lines if found.latest else [*lines, "  Er hat noch keinen Eintrag."]


def _taken_in(done: TakenIn) -> list[str]:
    """What became of a list, and of each entry that was refused."""
    head = reports.taken_in(done.added, done.known, len(done.refused))
    return [head, *(f"  {failure.feed}: {failure.reason}" for failure in done.refused)]
