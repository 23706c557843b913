"""The newsroom in a terminal: the commands of the catalogue, typed or piped in. The pattern for every other surface.

A command reads its options, asks the newsroom once, and shows the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TextIO

from rich.console import Console

from bot.errors import DepescheError
from bot.model import Length
from bot.newsroom import Newsroom, Period
from cogs.commands import CATALOGUE, HELP, STATUS, SUMMARY, TOPICS_LIST, Command
from cogs.console import answers, typed
from cogs.console.layout import print_digest
from cogs.console.progress import Steps

Handler = Callable[[Newsroom, Mapping[str, str], Console], Awaitable[None]]
GOODBYE = {"quit", "exit", "/quit", "/exit"}
PROMPT = "depesche> "


async def run_console(newsroom: Newsroom, lines: TextIO, out: Console, err: Console) -> int:
    """Obey line after line until there are no more; 1 if one of them failed, else 0. Typed lines get a prompt."""
    typing = lines.isatty()
    if typing:
        out.print("Depesche. /help zeigt alle Befehle, /quit beendet.", highlight=False)
    code = 0
    while line := await asyncio.to_thread(_next, lines, typing=typing):
        if line.strip() in GOODBYE:
            break
        if line.strip() and not line.startswith("#"):
            code |= await obey(newsroom, line.strip(), out, err)
    return 0 if typing else code


async def obey(newsroom: Newsroom, line: str, out: Console, err: Console) -> int:
    """Run one typed command. What we expect to go wrong is one German line, and 1."""
    try:
        wanted = typed.read(line)
        await HANDLERS[wanted.command](newsroom, wanted.options, out)
    except DepescheError as error:
        err.print(str(error), markup=False, highlight=False, soft_wrap=True)
        return 1
    return 0


async def summary(newsroom: Newsroom, options: Mapping[str, str], out: Console) -> None:
    """/summary: one article by its link, else the stored news of a period."""
    length = Length(options.get("length", Length.MEDIUM))
    with Steps(Console(stderr=True)) as steps:
        if "link" in options:
            digest = await newsroom.link(options["link"], length, steps)
        else:
            period = Period(options.get("period", Period.TODAY))
            digest = await newsroom.summary(options.get("topic", ""), period, length, steps)
    print_digest(digest, out)


async def topics_list(newsroom: Newsroom, _: Mapping[str, str], out: Console) -> None:
    """/topics list."""
    out.print(answers.topics(await newsroom.topic_counts()))


async def status(newsroom: Newsroom, _: Mapping[str, str], out: Console) -> None:
    """/status."""
    out.print(answers.status(await newsroom.status(), newsroom.zone))


async def show_help(_: Newsroom, __: Mapping[str, str], out: Console) -> None:
    """/help: fits on one screen."""
    out.print(answers.commands(CATALOGUE))


HANDLERS: Mapping[Command, Handler] = {
    SUMMARY: summary,
    TOPICS_LIST: topics_list,
    STATUS: status,
    HELP: show_help,
}


def _next(lines: TextIO, *, typing: bool) -> str:
    """The next line with its end, or nothing at the end of the input."""
    if not typing:
        return lines.readline()
    try:
        return input(PROMPT) + "\n"
    except EOFError:
        return ""
