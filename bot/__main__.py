"""The command line: what an operator can do from a terminal. Exit codes are those of the outside contract."""

import asyncio
import gc
import json
import logging
import signal
import sys
from collections.abc import Coroutine
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click
from rich.console import Console

from bot import checkup, inputs, log, showing, wiring
from bot.collect import Collection
from bot.errors import DepescheError, ModelRefused, NoDatabase, SetupError, SourceError, TokenRefused, UserError
from bot.feeds.opml import write_opml
from bot.feeds.parse import as_json as feed_as_json
from bot.feeds.parse import parse
from bot.feeds.status import once
from bot.german.numbers import counted
from bot.model import Digest, FeedDocument
from bot.ports import Progress, Web, Workers
from bot.stories.group import group_lines
from bot.usage import GermanGroup, explain
from bot.verifying import verify_lines
from cogs.console.console import run_console
from cogs.console.layout import print_digest
from cogs.console.progress import Steps
from cogs.console.sample import EditionClock, serve_edition
from config.files import read_topics
from config.settings import Settings

LOG = logging.getLogger(__name__)
T = TypeVar("T")
FILE = click.Path(path_type=Path)
OUT, ERR = Console(), Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
CODES = {
    NoDatabase: 4,
    TokenRefused: 3,
    ModelRefused: 3,
    SetupError: 2,
    UserError: 2,
}  # everything else that we expect: 1
PATIENT = (
    20_000,
    20,
    50,
)  # new objects until the collector looks for circles, of which we make few: saves a tenth of CPU
SAMPLE = "Beispielausgabe mit erfundenen Meldungen; ihre Quellen gibt es im Netz nicht."
NO_CHAT = (
    "Es fehlt ein Token: Ohne ihn hat der Bot keinen Chat, in dem er verschicken könnte. Für Discord legt man unter "
    "https://discord.com/developers/applications eine Anwendung an, kopiert unter „Bot“ den Token und trägt ihn als "
    "DISCORD_TOKEN in .env ein. Für Slack legt man unter https://api.slack.com/apps eine App an, fügt den Inhalt von "
    "docs/slack-manifest.yaml ein, installiert sie und trägt ihr „Bot User OAuth Token“ als SLACK_BOT_TOKEN und ein "
    "„App-Level Token“ mit dem Recht connections:write als SLACK_APP_TOKEN in .env ein."
)
LOOK = "Was ausgegeben wird; discord ist eine HTML-Seite, die den Digest so zeigt, wie Discord es tut."
DAY = "Der Tag; sonst die letzten 24 Stunden."
NO_NETWORK = f"Kein Feed war erreichbar. Deshalb hier die {SAMPLE}"


@click.group(cls=GermanGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Depesche: Tech-Nachrichten, auf Deutsch zusammengefasst."""


@cli.command()
@click.option("--topic", "topics", multiple=True, metavar="THEMA", help="Nur dieses Thema; mehrfach möglich.")
@click.option(
    "--feeds", type=click.Path(path_type=Path), metavar="DATEI", help="Liest die Feeds dieser Datei statt der üblichen."
)
@click.option("--format", "shape", type=click.Choice(showing.LOOKS), default="terminal", help=LOOK)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DATEI", help="Schreibt in diese Datei, nach ihrer Endung."
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="JJJJ-MM-TT", help=DAY)
@click.option("--sample", is_flag=True, help="Nimmt die mitgelieferte Beispielausgabe.")
def preview(
    topics: tuple[str, ...], feeds: Path | None, shape: str, out: Path | None, day: datetime | None, sample: bool
) -> None:
    """Ein Durchgang von den Feeds zum Digest, hier auf dem Schirm; nichts wird verschickt."""
    settings = wiring.settings()
    if feeds:
        settings = settings.model_copy(update={"feeds_file": feeds})
    wanted = day.date() if day else None
    with Steps(ERR) as steps:
        digest = None if sample else run(_preview(settings, topics, wanted, steps))
        if digest is None and feeds is None:
            digest = run(_sample(settings, topics, wanted, SAMPLE if sample else NO_NETWORK, steps))
    if digest is None:
        raise SourceError(f"Kein Feed aus {feeds} war erreichbar. Bitte Adressen und Netz prüfen.")
    show(digest, shape, out)


async def _preview(settings: Settings, topics: tuple[str, ...], day: date | None, steps: Progress) -> Digest | None:
    """The digest of the configured feeds; None if none of them could be reached."""
    async with wiring.house(settings) as house:
        wanted = house.newsroom.keys(topics)  # before anything is asked of others
        if not await checkup.is_online([state.feed for state in await house.store.feeds.all()]):
            return None
        collection = await house.pipeline.collect(steps, everything=True)
        if len(collection.failed) == collection.feeds:
            return None
        return await house.newsroom.digest(topics=wanted, day=day, progress=steps)


async def _sample(settings: Settings, topics: tuple[str, ...], day: date | None, note: str, steps: Progress) -> Digest:
    """The digest of the sample edition, from a database that is thrown away."""
    with TemporaryDirectory(prefix="depesche-") as folder:
        apart = settings.model_copy(update={"database_url": "", "data_dir": Path(folder), "host_spacing": 0.0})
        async with (
            serve_edition() as edition,
            wiring.house(apart, edition.feeds, edition.hosts, EditionClock()) as house,
        ):
            wanted = house.newsroom.keys(topics)
            await house.pipeline.collect(steps, everything=True)
            return await house.newsroom.digest(topics=wanted, day=day, notes=(note,), progress=steps)


@cli.command()
@click.argument("source", metavar="URL|DATEI")
@click.option("--format", "shape", type=click.Choice(showing.FORMATS), default="terminal", help="Was ausgegeben wird.")
def summarise(source: str, shape: str) -> None:
    """Fasst einen Artikel zusammen, wie es /summary tut."""
    text = "" if inputs.is_address(source) else inputs.text(source)
    show(run(_summarise(source, text)), shape)


async def _summarise(source: str, text: str) -> Digest:
    async with wiring.house(wiring.settings()) as house:
        return await (house.newsroom.text(text, Path(source).name) if text else house.newsroom.link(source))


@cli.command()
@click.option("--all", "everything", is_flag=True, help="Fragt jeden Feed, ob fällig oder nicht.")
@click.option("--json", "as_totals", is_flag=True, help="Gibt die Summen als JSON aus.")
def collect(everything: bool, as_totals: bool) -> None:
    """Liest die fälligen Feeds einmal und merkt sich, was neu ist."""
    with Steps(ERR) as steps:
        found = run(_collect(steps, everything=everything))
    for failure in (*found.failed, *found.held):
        ERR.print(f"{failure.feed}: {failure.reason}")
    click.echo(json.dumps(found.totals()) if as_totals else _told(found))


async def _collect(steps: Progress, *, everything: bool) -> Collection:
    async with wiring.house(wiring.settings()) as house:
        return await house.pipeline.collect(steps, everything=everything)


def _told(found: Collection) -> str:
    feeds, new = counted(found.feeds, "Feed", "Feeds"), counted(found.new, "neuer Artikel", "neue Artikel")
    return f"{feeds} gefragt: {found.unchanged} unverändert, {len(found.failed)} mit Fehler, {new}."


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="URL|DATEI …")
def feed(sources: tuple[str, ...]) -> int:
    """Zeigt, was Depesche in einem Feed liest: eine Zeile JSON je Datei oder Adresse."""
    return run(_feed(sources))


async def _feed(sources: tuple[str, ...]) -> int:
    code = 0
    async with wiring.reading(wiring.settings()) as (web, workers):
        for source in sources:
            try:
                click.echo(json.dumps(feed_as_json(await _document(source, web, workers)), ensure_ascii=False))
            except (SourceError, UserError) as error:
                click.echo("null")
                reason = once(str(error))
                ERR.print(reason if source in reason else f"{source}: {reason}")
                code = 1
    return code


async def _document(source: str, web: Web, workers: Workers) -> FeedDocument:
    if inputs.is_address(source):
        return await checkup.read_feed(source, web, workers)
    return await workers.run(parse, inputs.read(source))


@cli.command()
def opml() -> None:
    """Gibt die eingerichteten Feeds als OPML aus, für andere Feedreader."""
    settings = wiring.settings()
    click.echo(write_opml(wiring.configured(settings, read_topics(settings.topics_file))), nl=False)


@cli.command()
def group() -> None:
    """Liest Artikel als JSON-Zeilen von der Standardeingabe und nennt zu jedem seine Meldung."""
    count = 0
    for line in group_lines(inputs.lines(sys.stdin.buffer)):
        click.echo(line)
        count += 1
    if not count:
        raise UserError("Es kam kein Artikel. Erwartet wird ein JSON-Objekt je Zeile auf der Standardeingabe.")


@cli.command()
def verify() -> None:
    """Liest Sätze mit ihren Quellen als JSON-Zeilen von der Standardeingabe und sagt, ob die Quellen sie tragen."""
    count = 0
    for line in verify_lines(inputs.lines(sys.stdin.buffer)):
        click.echo(line)
        count += 1
    if not count:
        raise UserError("Es kam kein Satz. Erwartet wird ein JSON-Objekt je Zeile auf der Standardeingabe.")


@cli.command()
def migrate() -> None:
    """Legt die Datenbank an oder bringt sie auf den neuesten Stand."""
    wiring.migrated(wiring.settings())
    click.echo("Die Datenbank ist auf dem neuesten Stand.")


@cli.command()
def check() -> int:
    """Prüft Einstellungen, Datenbank, Token, Sprachmodell, jeden Digest und jeden Feed.

    Zuerst steht, was zu beheben ist. Der Exit-Code ist 0, wenn Digests kommen können, 1, wenn etwas sie verhindert, 3,
    wenn ein Token oder Schlüssel abgewiesen wird.
    """
    return run(_check())


async def _check() -> int:
    from bot.findings import findings  # noqa: PLC0415 - the chats' libraries take a second to import

    found = await findings(wiring.settings())
    for finding in found:
        click.echo(finding.line)
    return max(finding.code for finding in found)


@cli.command(name="run")
def run_bot() -> int:
    """Liest, fasst zusammen und verschickt, bis es beendet wird: der Bot selbst."""
    settings = wiring.settings()
    if not settings.discord_token and not wiring.has_slack(settings):
        raise SetupError(NO_CHAT)
    log.start(settings.log_format)
    return run(_run(settings))


async def _run(settings: Settings) -> int:
    from bot.work import working  # noqa: PLC0415 - the chats' and the engine's libraries take seconds to import

    this = asyncio.current_task()
    assert this is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, this.cancel)
    try:
        async with working(settings) as ending:
            LOG.info("Depesche runs")
            await ending
    except asyncio.CancelledError:
        LOG.info("Depesche stopped")
    return 0


@cli.command(name="web")
def web_() -> int:
    """Zeigt im Browser, wie es dem Bot geht, bis es beendet wird."""
    settings = wiring.settings()
    log.start(settings.log_format)
    return run(_web(settings))


async def _web(settings: Settings) -> int:
    from cogs.web.server import serving  # noqa: PLC0415 - the server's library takes a while to import

    this = asyncio.current_task()
    assert this is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, this.cancel)
    try:
        async with (
            wiring.watching(settings) as house,
            serving(house, settings.web_host, settings.port) as address,
        ):
            LOG.info("The pages are at %s", address)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        LOG.info("The pages are closed")
    return 0


@cli.command(name="export")
def export_() -> None:
    """Gibt alle eingerichteten Digests als ein JSON-Dokument aus."""
    click.echo(json.dumps(run(_export()), ensure_ascii=False, indent=1))


async def _export() -> dict[str, object]:
    async with wiring.house(wiring.settings()) as house:
        return await house.newsroom.desk.export()


@cli.command(name="import")
@click.argument("file", metavar="DATEI")
def import_(file: str) -> None:
    """Übernimmt Digests aus einem JSON-Dokument, wie `export` es ausgibt."""
    try:
        document = json.loads(inputs.text(file))
    except ValueError as error:
        raise UserError(f"{file} ist kein JSON. Erwartet wird ein Dokument, wie „export“ es ausgibt.") from error
    count = run(_import(document))
    click.echo(f"{counted(count, 'Digest', 'Digests')} übernommen.")


async def _import(document: object) -> int:
    async with wiring.house(wiring.settings()) as house:
        return await house.newsroom.desk.take_in(document)


@cli.command()
def console() -> int:
    """Dieselben Befehle wie im Chat, getippt oder aus einer Datei: /summary, /topics, /digest, /status, /help."""
    return run(_console())


async def _console() -> int:
    async with wiring.house(wiring.settings()) as house:
        return await run_console(house.newsroom, sys.stdin, OUT, ERR)


def show(digest: Digest, shape: str, out: Path | None = None) -> None:
    """Print the digest, or write it to a file in the format of its ending; a terminal gets to see it, too."""
    if out is not None:
        inputs.write(out, showing.written(digest, showing.shape_of(out, shape)))
    if shape == "terminal":
        print_digest(digest, OUT)
    elif out is None:
        click.echo(showing.written(digest, shape), nl=False)
    if out is not None:
        ERR.print(f"Geschrieben: {out}")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run on the fast loop."""
    with asyncio.Runner(loop_factory=wiring.event_loop) as runner:
        return runner.run(work)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every expected failure is one German line on standard error."""
    gc.set_threshold(*PATIENT)
    gc.freeze()  # what was imported stays: looking through it again and again costs 1 ms a feed
    try:
        return cli.main(arguments, prog_name="python -m bot", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.UsageError as error:
        ERR.print(explain(error))
        return 2
    except (click.Abort, KeyboardInterrupt):
        ERR.print("Abgebrochen.")
        return 1
    except DepescheError as error:
        ERR.print(str(error))
        return next((code for kind, code in CODES.items() if isinstance(error, kind)), 1)


if __name__ == "__main__":
    sys.exit(main())
