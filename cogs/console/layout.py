"""A digest -> the terminal, set like a newsletter. Pure but for printing; text of feeds is never read as markup.

A terminal gets titles to click, with the host beside; a file or a pipe gets whole addresses, each on a line of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.german import phrases
from bot.german.dates import with_weekday
from bot.model import Digest, DigestStory, Failure
from cogs.console.sheet import MARGIN, Sheet, body


def print_digest(digest: Digest, console: Console) -> None:
    """Print the whole digest: stories with numbered sources, then what was looked at, what failed, who wrote it."""
    page = Page(console, digest)
    for line in page.lines():
        console.print(line, soft_wrap=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A digest on the way to one console, whose width and abilities it knows."""

    console: Console
    digest: Digest

    def lines(self) -> Iterator[Text]:
        """Every line, none wider than the console but for addresses, none ending in blanks."""
        yield from self._head()
        for number, story in enumerate(self.digest.stories, 1):
            yield Text()
            yield from self._story(number, story)
        yield Text()
        yield from self._foot()

    def _head(self) -> Iterator[Text]:
        yield Text(" Depesche ", style="bold").join([Text("━" * 3), Text("━" * max(self._sheet.width - 13, 0))])
        yield from self._sheet.wrapped(
            Text.assemble((with_weekday(self.digest.day), "bold"), *_after(" · ", self.digest.audience))
        )
        for note in self.digest.notes:
            yield from self._sheet.wrapped(Text(note, style="italic"))

    def _foot(self) -> Iterator[Text]:
        yield Text("─" * self._sheet.width, style="dim")
        for line in phrases.footer(self.digest):
            yield from self._sheet.wrapped(Text(line))
        if self.digest.failed:
            yield from self._sheet.wrapped(Text(f"{phrases.failed(self.digest)}:"))
        for failure in self.digest.failed:
            yield from self._sheet.wrapped(_failure(failure), "  ")

    def _story(self, number: int, story: DigestStory) -> Iterator[Text]:
        headline = Text(story.summary.headline, style="bold")
        yield from self._sheet.wrapped(headline, Text(f"{number:>2}  ", style="bold cyan"))
        for line in (_kicker(story), body(story.summary.sentences)):
            yield from self._sheet.wrapped(line, " " * MARGIN)
        for source in story.summary.sources:
            yield from self._sheet.source(source)
        yield from self._sheet.wrapped(Text(_reasons(story), style="dim"), " " * MARGIN)

    @property
    def _sheet(self) -> Sheet:
        """Any moment of the digest's day will do: what „heute“ means is what its head says."""
        zone = ZoneInfo(self.digest.zone)
        return Sheet(self.console, zone, datetime.combine(self.digest.day, datetime.min.time(), zone))


def _after(between: str, words: str) -> Iterable[str]:
    return (between, words) if words else ()


def _failure(failure: Failure) -> Text:
    return Text(f"{failure.feed}: {failure.reason}", style="dim")


def _kicker(story: DigestStory) -> Text:
    """What a story is about, and what to know before reading it."""
    flags = [Text(flag, style="bold yellow") for flag in phrases.flags(story)]
    return Text(" · ").join([*flags, *(Text(topic, style="dim") for topic in story.topics)])


def _reasons(story: DigestStory) -> str:
    """Who wrote it, and why it is there."""
    why = phrases.why(story.parts) if story.parts else ""
    return " · ".join(part for part in (phrases.written_by(story), why) if part)
