"""The newsroom in a terminal: the commands of the catalogue, typed or piped in. The pattern for every other surface.

A command reads its options, asks the newsroom once, and shows the answer.
"""

import asyncio
import io
import readline  # noqa: F401 - lets `input` edit a line and recall earlier ones
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TextIO

from rich.console import Console

from bot.errors import DepescheError
from bot.model import Length
from bot.newsroom import Newsroom, Period
from cogs import typed
from cogs.commands import ASK, CATALOGUE, HELP, STATUS, SUMMARY, Command
from cogs.console import alerts, answers, digests, privacy, sources, topics
from cogs.console.layout import print_digest
from cogs.console.replies import print_answer
from cogs.console.screen import Screen

GOODBYE = {"quit", "exit", "/quit", "/exit"}
PROMPT = "depesche> "


Handler = Callable[[Newsroom, Mapping[str, str], Screen], Awaitable[None]]


async def run_console(newsroom: Newsroom, lines: TextIO, out: Console, err: Console) -> int:
    """Obey line after line until there are no more; 1 if one of them failed, else 0. Typed lines get a prompt."""
    typing, screen, code = lines.isatty() and out.is_terminal, Screen(out, err), 0
    if isinstance(lines, io.TextIOWrapper):
        lines.reconfigure(errors="replace")  # what is no text is no command either
    if typing:
        out.print("Depesche. /help zeigt alle Befehle, /quit beendet.", highlight=False)
    while line := _typed() if typing else await asyncio.to_thread(lines.readline):
        if line.strip() in GOODBYE:
            break
        if line.strip() and not line.startswith("#"):
            code |= await obey(newsroom, line.strip(), screen)
    return 0 if typing else code


async def obey(newsroom: Newsroom, line: str, screen: Screen) -> int:
    """Run one typed command. What we expect to go wrong is one German line, and 1."""
    try:
        wanted = typed.read(line)
        await HANDLERS[wanted.command](newsroom, wanted.options, replace(screen, german=wanted.german))
    except DepescheError as error:
        screen.err.print(str(error), markup=False, highlight=False, soft_wrap=True)
        return 1
    return 0


async def summary(newsroom: Newsroom, options: Mapping[str, str], screen: Screen) -> None:
    """/summary: the stored news of a period, or one article by its link."""
    with screen.watched() as progress:
        digest = await newsroom.summary(
            options.get("topic", ""),
            options.get("link", ""),
            Period(options.get("period", Period.TODAY)),
            Length(options.get("length", Length.MEDIUM)),
            progress,
        )
    print_digest(digest, screen.out)


async def ask(newsroom: Newsroom, options: Mapping[str, str], screen: Screen) -> None:
    """/ask: a question; those before it in this session are remembered."""
    with screen.watched() as progress:
        answer = await newsroom.ask(options.get("question", ""), thread=screen.thread, progress=progress)
    print_answer(answer, screen.out, newsroom.clock.now(), newsroom.zone)


async def status(newsroom: Newsroom, _: Mapping[str, str], screen: Screen) -> None:
    """/status."""
    told, reports = await newsroom.status(), await newsroom.desk.show()
    is_running = await newsroom.desk.is_running()
    screen.out.print(answers.status(told, newsroom.clock.now(), newsroom.zone, is_running=is_running), soft_wrap=True)
    if reports:
        await digests.print_digests(newsroom, reports, screen)
    digests.print_alerts(newsroom, await newsroom.alerts.show_all(), screen)


async def show_help(_: Newsroom, options: Mapping[str, str], screen: Screen) -> None:
    """/help: all commands on one screen, or one with its options."""
    if "command" not in options:
        screen.out.print(answers.overview(CATALOGUE))
        return
    words = options["command"].removeprefix("/").casefold().split()
    group = [one for one in CATALOGUE if one.group and words in ([one.group.en], [one.group.de])]
    if group:
        screen.out.print(answers.commands(group))
        return
    command, _rest, german = typed.find(words)
    screen.out.print(answers.command(command, german=german or screen.german), soft_wrap=True)


HANDLERS: Mapping[Command, Handler] = {
    SUMMARY: summary,
    ASK: ask,
    **topics.HANDLERS,
    **digests.HANDLERS,
    **sources.HANDLERS,
    **privacy.HANDLERS,
    **alerts.HANDLERS,
    STATUS: status,
    HELP: show_help,
}


def _typed() -> str:
    """The next typed line with its end; nothing when Ctrl-D or Ctrl-C ends it.

    It holds up the loop, on which nothing else happens then. asyncio's own answer to Ctrl-C would wait for Enter.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input(PROMPT) + "\n"
    except (EOFError, KeyboardInterrupt):
        return ""
    finally:
        signal.signal(signal.SIGINT, before)
