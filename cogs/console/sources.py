"""The /sources commands on the console: an operator looks after the feeds of any space, or of everybody."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.text import Text

from bot import inputs
from bot.errors import UserError
from bot.german.dates import told
from bot.german.numbers import counted
from bot.model import EVERYBODYS, Language, Topic
from bot.newsroom import Newsroom
from bot.sources import Found, Listed, TakenIn
from cogs.commands import SOURCES_ADD, SOURCES_EXPORT, SOURCES_IMPORT, SOURCES_LIST, SOURCES_REMOVE, Command
from cogs.console.screen import Screen

Options = Mapping[str, str]
LANGUAGES = {Language.DE: "deutsch", Language.EN: "englisch"}


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources list."""
    found = await newsroom.sources.listing(_space(newsroom, options))
    lines = [_line(one, newsroom.clock.now(), newsroom.zone) for one in found]
    _print(screen, *(lines or ["Noch gibt es keine Quelle. Das geht mit /sources add."]))


async def add(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources add: tells what was understood, with its latest entries."""
    space = _space(newsroom, options)
    found = await newsroom.sources.find(_needed(options, "address"))
    wanted = {key: options[key] for key in ("name", "topics", "language") if key in options}
    added = await newsroom.sources.add(space, found, **wanted)
    _print(screen, *_added(added, found, newsroom.topics, newsroom.clock.now(), newsroom.zone))


async def remove(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/sources remove."""
    space = _space(newsroom, options)
    gone = await newsroom.sources.remove(space, _needed(options, "source"))
    if space == EVERYBODYS or gone.own:
        _print(screen, f"Die Quelle „{gone.feed.name}“ ist entfernt.")
    else:
        _print(screen, f"„{gone.feed.name}“ ist hier ausgeblendet. /sources add {gone.feed.url} bringt sie zurück.")


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
    whose = "hier ausgeblendet" if one.hidden else "eigene" if one.own else "für alle"
    return f"{one.feed.name} ({whose}): {_health(one, now, zone)} {one.feed.url}"


def _health(one: Listed, now: datetime, zone: ZoneInfo) -> str:
    """How a feed is doing, in sentences."""
    if one.hidden:
        return ""
    if one.reason:
        return f"{one.reason} {_answered(one, now, zone)}"
    if one.last is None:
        return f"In sieben Tagen kein Artikel. {_answered(one, now, zone)}"
    count = counted(one.articles, "Artikel", "Artikel")
    return f"{count} in sieben Tagen, der letzte: {told(one.last, now, zone)}. {_answered(one, now, zone)}"


def _answered(one: Listed, now: datetime, zone: ZoneInfo) -> str:
    return f"Letzte Antwort: {told(one.answered, now, zone)}." if one.answered else "Noch nicht gelesen."


def _added(one: Listed, found: Found, topics: Sequence[Topic], now: datetime, zone: ZoneInfo) -> list[str]:
    names = ", ".join(topic.name for topic in topics if topic.key in one.feed.topics) or "ohne festes Thema"
    language = LANGUAGES[one.feed.language] if one.feed.language else "Sprache je Artikel"
    lines = [f"„{one.feed.name}“ ist hinzugefügt: {one.feed.url}", f"  {language}; {names}"]
    for entry in found.latest:
        when = f" ({told(entry.published, now, zone)})" if entry.published else ""
        lines.append(f"  - {entry.title or entry.text[:80]}{when}")
    return lines if found.latest else [*lines, "  Er hat noch keinen Eintrag."]


def _taken_in(done: TakenIn) -> list[str]:
    """What became of a list, and of each entry that was refused."""
    first = f"{counted(done.added, 'Quelle', 'Quellen')} übernommen, {done.known} schon bekannt"
    head = f"{first}, {len(done.refused)} abgelehnt:" if done.refused else f"{first}."
    return [head, *(f"  {failure.feed}: {failure.reason}" for failure in done.refused)]
