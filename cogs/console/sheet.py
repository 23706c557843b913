"""What every page on the console is set with: lines of a good width, sentences with numbers, sources. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.german import phrases
from bot.model import Sentence, Source

WIDEST = 92  # columns; longer lines are hard to read
MARGIN = 4  # columns, in which the number of a story hangs
ADDRESSES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A console whose width and abilities are known, and from when and where a reader looks at what was published."""

    console: Console
    zone: ZoneInfo
    moment: datetime

    @property
    def width(self) -> int:
        """Columns of a line."""
        return min(self.console.width, WIDEST)

    def source(self, source: Source) -> Iterator[Text]:
        """Its title, and under it who said it when, and where."""
        mark = f"{' ' * MARGIN}[{source.n}] "
        is_link = not is_address(source.url) or phrases.is_link(source)
        clickable = self.console.is_terminal and is_address(source.url) and is_link
        title = Text(source.title, style=Style(link=source.url) if clickable else "")
        when = phrases.published(source, self.moment, self.zone)
        facts = [source.outlet, when, *phrases.source_marks(source)]
        host = [urlsplit(source.url).netloc.removeprefix("www.")] if clickable else []
        yield from self.wrapped(title, Text(mark, style="cyan"))
        yield from self.wrapped(Text(" · ".join(facts + host), style="dim"), " " * len(mark))
        if source.url and is_link and not clickable:
            yield Text(" " * len(mark) + source.url)

    def wrapped(self, text: Text, first: Text | str = "") -> Iterator[Text]:
        """The text in lines, the first after what hangs in the margin, the others under it; no line for no text."""
        if not text.plain:
            return
        margin = Text(first) if isinstance(first, str) else first
        for line in text.wrap(self.console, max(self.width - len(margin), 1)):
            line.rstrip()
            yield Text.assemble(margin, line)
            margin = Text(" " * len(margin))


def is_address(url: str) -> bool:
    """Whether a terminal may be told to open this."""
    return urlsplit(url).scheme in ADDRESSES and url.isprintable() and " " not in url


def body(sentences: Iterable[Sentence]) -> Text:
    """The sentences as one paragraph, each followed by the numbers of its sources."""
    return Text(" ").join(_sentence(sentence) for sentence in sentences)


def _sentence(sentence: Sentence) -> Text:
    numbers = "".join(f"[{n}]" for n in sentence.sources)
    return Text.assemble(sentence.text, (f"\N{NO-BREAK SPACE}{numbers}" if numbers else "", "cyan"))
