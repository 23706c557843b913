"""One entry as its feed tells it -> the article that is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model import Article, Entry, Extent, Feed, FeedDocument, Language

FIRST_DATE = datetime(1995, 1, 1, tzinfo=UTC)  # older than any feed: not a date, but a default
FULL_LENGTH = 600  # characters; shorter than the shortest news items that are told in full
TITLE_LENGTH = 300  # characters
MADE_TITLE = 80  # characters of the text that stand in for a missing title
URL_LENGTH = 2_000  # characters; longer ones are data, not addresses
GUESSED_FROM = 2_000  # characters

# What a feed writes at the end of a text that goes on elsewhere, in lower case.
CUT = ("…", "...", "[")
MORE = (
    "weiterlesen",
    "weiter lesen",
    "mehr lesen",
    "jetzt lesen",
    "lesen sie mehr",
    "lesen sie hier mehr",
    "zum artikel",
)
MORE_ENGLISH = ("read more", "continue reading", "full story", "full article", "read the rest")

Guess = Callable[[str], Language | None]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the articles of one answer of one feed, at one moment."""

    document: FeedDocument
    feed: Feed
    now: datetime
    guess: Guess

    def article(self, entry: Entry, title: str, id_: int, *, held: bool) -> Article:
        """The article that this entry tells, under this title."""
        feed = self.feed
        return Article(
            id=id_,
            feed_url=feed.url,
            outlet=feed.name,
            url=link(entry) or self.document.link or feed.url,
            title=title,
            text=entry.text,
            language=feed.language or self.document.language or self._guessed(entry),
            published=published(entry, self.now),
            seen=self.now,
            extent=_extent(entry),
            topics=feed.topics,
            weight=feed.weight,
            held=held,
            private=feed.private,
        )

    def _guessed(self, entry: Entry) -> Language:
        """The entry's language, else that of all titles together: one headline may hold no telling word."""
        all_titles = "\n".join(entry.title for entry in self.document.entries[:30])
        return self.guess(f"{entry.title}\n{entry.text[:GUESSED_FROM]}") or self.guess(all_titles) or Language.EN


def link(entry: Entry) -> str | None:
    """Where the article can be read; an id that is an address serves where there is no link."""
    if entry.link and _is_address(entry.link):
        return entry.link
    return entry.id if entry.id and _is_address(entry.id) else None


def title_of(entry: Entry) -> str:
    """The title, else the first words of the text."""
    if entry.title:
        return _shortened(entry.title, TITLE_LENGTH)
    return _shortened(" ".join(entry.text[: 2 * MADE_TITLE].split()), MADE_TITLE)


def published(entry: Entry, now: datetime) -> datetime:
    """When it was published; now, where the date is missing, in the future, or none that a feed can have."""
    date = entry.published or entry.updated
    return date if date is not None and FIRST_DATE <= date <= now else now


def _is_address(address: str) -> bool:
    return address.startswith(("http://", "https://")) and len(address) <= URL_LENGTH


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    return f"{start.rpartition(' ')[0] or start}…"


def _extent(entry: Entry) -> Extent:
    whole = entry.has_body and len(entry.text) >= FULL_LENGTH and not _is_cut(entry.text)
    return Extent.FULL if whole else Extent.TEASER


def _is_cut(text: str) -> bool:
    end = text[-40:].lower().rstrip(" )]>»→")
    return end.endswith(CUT) or end.rstrip(" .:…").endswith((*MORE, *MORE_ENGLISH))
