"""A digest -> the terminal, set like a newsletter. Pure but for printing; text of feeds is never read as markup."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.german import phrases
from bot.german.dates import told, with_weekday
from bot.model import Digest, DigestStory, Sentence, Source

WIDEST = 100  # columns; longer lines are hard to read
INDENT = (0, 0, 0, 3)


def print_digest(digest: Digest, console: Console) -> None:
    """Print the whole digest: stories with numbered sources, then what was looked at, what failed, who wrote it."""
    width = min(console.width, WIDEST)
    for block in _blocks(digest):
        console.print(block, width=width, highlight=False)


Block = Text | Padding | Rule | Table


def _blocks(digest: Digest) -> Iterator[Block]:
    yield Rule(Text("Depesche", style="bold"), characters="━")
    yield Text.assemble((with_weekday(digest.day), "bold"), f" · {digest.audience}" if digest.audience else "")
    for note in digest.notes:
        yield Text(note, style="italic")
    for n, story in enumerate(digest.stories, 1):
        yield Text("")
        yield _story(n, story, ZoneInfo(digest.zone))
    yield Text("")
    yield Rule(characters="─", style="dim")
    for line in phrases.footer(digest):
        yield Text(line)
    if digest.failed:
        yield Text(phrases.failed(digest))
    for failure in digest.failed:
        yield Padding(Text(f"{failure.feed}: {failure.reason}", style="dim"), INDENT)


def _story(n: int, story: DigestStory, zone: ZoneInfo) -> Table:
    """A story with its number hanging in the margin."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=2, justify="right", style="bold cyan")
    grid.add_column()
    grid.add_row(str(n), Group(*_lines(story, zone)))
    return grid


def _lines(story: DigestStory, zone: ZoneInfo) -> Iterator[Text]:
    summary = story.summary
    newest = max((source.published for source in summary.sources), default=None)
    yield Text(summary.headline, style="bold")
    yield Text(" · ".join(phrases.marks(story)), style="dim")
    for sentence in summary.sentences:
        yield _sentence(sentence)
    for source in summary.sources:
        yield _source(source, newest or source.published, zone)
    if story.parts:
        yield Text(phrases.why(story.parts), style="dim")


def _sentence(sentence: Sentence) -> Text:
    numbers = "".join(f"[{n}]" for n in sentence.sources)
    return Text.assemble(sentence.text, (f" {numbers}" if numbers else "", "cyan"))


def _source(source: Source, now: datetime, zone: ZoneInfo) -> Text:
    facts = [source.outlet, *phrases.source_marks(source), told(source.published, now, zone)]
    link = ("\n    " + source.url, f"dim link {source.url}") if source.url else ""
    return Text.assemble((f"[{source.n}] ", "cyan"), (" · ".join(facts), "dim"), link, overflow="fold")
