"""A digest -> the terminal, set like a newsletter. Pure but for printing; text of feeds is never read as markup.

A terminal gets titles to click, with the host beside; a file or a pipe gets whole addresses, each on a line of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.german import phrases
from bot.german.dates import with_weekday
from bot.model import Digest, DigestStory, Failure, Sentence, Source

WIDEST = 92  # columns; longer lines are hard to read
MARGIN = 4  # columns, in which the number of a story hangs
ADDRESSES = ("http", "https")


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

    @property
    def _width(self) -> int:
        return min(self.console.width, WIDEST)

    def _head(self) -> Iterator[Text]:
        yield Text(" Depesche ", style="bold").join([Text("━" * 3), Text("━" * max(self._width - 13, 0))])
        yield from self._wrapped(
            Text.assemble((with_weekday(self.digest.day), "bold"), *_after(" · ", self.digest.audience))
        )
        for note in self.digest.notes:
            yield from self._wrapped(Text(note, style="italic"))

    def _foot(self) -> Iterator[Text]:
        yield Text("─" * self._width, style="dim")
        for line in phrases.footer(self.digest):
            yield from self._wrapped(Text(line))
        if self.digest.failed:
            yield from self._wrapped(Text(f"{phrases.failed(self.digest)}:"))
        for failure in self.digest.failed:
            yield from self._wrapped(_failure(failure), "  ")

    def _story(self, number: int, story: DigestStory) -> Iterator[Text]:
        headline = Text(story.summary.headline, style="bold")
        yield from self._wrapped(headline, Text(f"{number:>2}  ", style="bold cyan"))
        for line in (_kicker(story), _body(story.summary.sentences)):
            yield from self._wrapped(line, " " * MARGIN)
        for source in story.summary.sources:
            yield from self._source(source)
        yield from self._wrapped(Text(_reasons(story), style="dim"), " " * MARGIN)

    def _source(self, source: Source) -> Iterator[Text]:
        """Its title, and under it who said it when, and where."""
        mark = f"{' ' * MARGIN}[{source.n}] "
        is_link = not is_address(source.url) or phrases.is_link(source)
        clickable = self.console.is_terminal and is_address(source.url) and is_link
        title = Text(source.title, style=Style(link=source.url) if clickable else "")
        when = phrases.published(source, self._moment, self._zone)
        facts = [source.outlet, when, *phrases.source_marks(source)]
        host = [urlsplit(source.url).netloc.removeprefix("www.")] if clickable else []
        yield from self._wrapped(title, Text(mark, style="cyan"))
        yield from self._wrapped(Text(" · ".join(facts + host), style="dim"), " " * len(mark))
        if source.url and is_link and not clickable:
            yield Text(" " * len(mark) + source.url)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.digest.zone)

    @property
    def _moment(self) -> datetime:
        """Any moment of the digest's day: what „heute“ means is what its head says."""
        return datetime.combine(self.digest.day, datetime.min.time(), self._zone)

    def _wrapped(self, text: Text, first: Text | str = "") -> Iterator[Text]:
        """The text in lines, the first after what hangs in the margin, the others under it; no line for no text."""
        if not text.plain:
            return
        margin = Text(first) if isinstance(first, str) else first
        for line in text.wrap(self.console, max(self._width - len(margin), 1)):
            line.rstrip()
            yield Text.assemble(margin, line)
            margin = Text(" " * len(margin))


def is_address(url: str) -> bool:
    """Whether a terminal may be told to open this."""
    return urlsplit(url).scheme in ADDRESSES and url.isprintable() and " " not in url


def _after(between: str, words: str) -> Iterable[str]:
    return (between, words) if words else ()


def _failure(failure: Failure) -> Text:
    return Text(f"{failure.feed}: {failure.reason}", style="dim")


def _kicker(story: DigestStory) -> Text:
    """What a story is about, and what to know before reading it."""
    flags = [Text(flag, style="bold yellow") for flag in phrases.flags(story)]
    return Text(" · ").join([*flags, *(Text(topic, style="dim") for topic in story.topics)])


def _body(sentences: Iterable[Sentence]) -> Text:
    """The sentences as one paragraph, each followed by the numbers of its sources."""
    return Text(" ").join(_sentence(sentence) for sentence in sentences)


def _sentence(sentence: Sentence) -> Text:
    numbers = "".join(f"[{n}]" for n in sentence.sources)
    return Text.assemble(sentence.text, (f"\N{NO-BREAK SPACE}{numbers}" if numbers else "", "cyan"))


def _reasons(story: DigestStory) -> str:
    """Who wrote it, and why it is there."""
    why = phrases.why(story.parts) if story.parts else ""
    return " · ".join(part for part in (phrases.written_by(story), why) if part)
