"""An answer -> the terminal: its sentences with numbers, and the sources below. Pure but for printing."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.german import answers
from bot.model import Answer, MadeBy
from cogs.console.sheet import MARGIN, Sheet, body


def print_answer(answer: Answer, console: Console, now: datetime, zone: ZoneInfo) -> None:
    """Print it; what feeds and models wrote is never read as markup."""
    for line in _lines(answer, Sheet(console, zone, now)):
        console.print(line, soft_wrap=True, highlight=False)


def _lines(answer: Answer, sheet: Sheet) -> Iterator[Text]:
    yield from sheet.wrapped(Text(answers.heading(answer), style="" if answer.sentences else "bold"))
    yield from _sentences(answer, sheet)
    if answer.sources:
        yield Text()
    for source in answer.sources:
        yield from sheet.source(source)
    for line in answers.footer(answer):
        yield from sheet.wrapped(Text(line, style="dim"))


def _sentences(answer: Answer, sheet: Sheet) -> Iterator[Text]:
    """A paragraph, or each quote by itself: they come from several articles."""
    shown = answers.sentences(answer)
    if answer.made_by is MadeBy.MODEL:
        yield from sheet.wrapped(body(shown))
        return
    for one in shown:
        yield from sheet.wrapped(body([one]), " " * MARGIN)
