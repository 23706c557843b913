"""From a feed to a digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple


def number(text: str) -> int:
    """A positive number of 63 bits for a text, the same on every machine: what ids are made of."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


class Language(StrEnum):
    """What an article is written in; everything else is not read."""

    DE = "de"
    EN = "en"


class Extent(StrEnum):
    """How much of an article was read."""

    FULL = "full"
    TEASER = "teaser"  # shown as „nur Anriss gelesen“


class MadeBy(StrEnum):
    """Who wrote a summary."""

    MODEL = "model"
    EXTRACT = "extract"


class Length(StrEnum):
    """How much a reader wants to read."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to subscribe to; `words` in German and English, matched without regard to case and inflection."""

    key: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """An address we ask. `name` is the outlet as readers know it; `weight` is 1.0 for an ordinary source.

    `private`: it is not everybody's, and what it tells is for those alone who have it.
    """

    url: str
    name: str
    language: Language | None = None
    topics: tuple[str, ...] = ()
    weight: float = 1.0
    private: bool = False


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed from one request to the next. `url` is where to ask; `feed` is as configured."""

    feed: Feed
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    due: datetime | None = None  # None: never asked
    asked: datetime | None = None
    answered: datetime | None = None  # last time it answered with 200 or 304
    interval: timedelta = timedelta(hours=1)
    failures: int = 0  # in a row
    reason: str | None = None  # German; why the last request failed
    moved_to: str | None = None  # a 301/308 target seen on `moved_days`
    moved_days: tuple[date, ...] = ()
    gone: bool = False


class Entry(NamedTuple):
    """One entry as its feed tells it, before any rule of ours. `text` is the body, else the summary."""

    title: str = ""
    link: str | None = None
    id: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    text: str = ""
    has_body: bool = False  # the feed carries the article itself, not only a summary


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What one answer of a feed says: entries in document order. `ttl`: how long it asks to be left alone."""

    title: str = ""
    link: str | None = None
    language: Language | None = None
    ttl: timedelta | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One entry with its text, as stored. `id` is made of its address (`stories.identity`), equal on every machine."""

    id: int
    feed_url: str
    outlet: str
    url: str
    title: str
    text: str
    language: Language
    published: datetime  # clamped: never later than `seen`; `seen` where the feed gives no date
    seen: datetime
    extent: Extent = Extent.TEASER
    topics: tuple[str, ...] = ()
    weight: float = 1.0
    held: bool = False  # kept and recognised, but never news: told before we listened, or in a flood
    dated: bool = True  # False where `published` is only when it was handed in; not stored, as feeds' articles are news
    private: bool = False  # told by a feed that was not everybody's then: for those alone who have this feed


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, with the reason why it belongs there. `news`: it brought a new fact to a told story."""

    article: Article
    reason: str
    news: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event, oldest first. `version` changes when what they say changes."""

    id: int
    version: str
    members: tuple[Member, ...]
    topics: tuple[str, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles without the reasons."""
        return tuple(member.article for member in self.members)


def version_of(articles: Iterable[Article]) -> str:
    """A short name for what these articles say; it changes with every article, title and text."""
    digest = blake2b(digest_size=8)
    for article in sorted(articles, key=lambda article: article.id):
        digest.update(f"{article.id}\0{article.title}\0{article.text}\0".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One addend of a story's rank: what it counts (German) and how much."""

    name: str
    points: float


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story with its rank; `parts` sum up to `score` and explain it."""

    story: Story
    score: float
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary; `sources` are numbers into the summary's sources, from 1."""

    text: str
    sources: tuple[int, ...]
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was refused, and why (German)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a number in a summary stands for."""

    n: int
    outlet: str
    title: str
    url: str
    language: Language
    published: datetime
    extent: Extent
    dated: bool = True  # False where nobody told when it was published


@dataclass(frozen=True, slots=True)
class Summary:
    """A story condensed in German. `translated` is False where an extract had to keep an English headline."""

    story_id: int
    version: str
    headline: str
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    made_by: MadeBy
    translated: bool = True
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestStory:
    """One story as an audience sees it: its summary, German topic names, why it is there, and whether it goes on.

    `told`: so many days ago this audience was told it before; 0 where it was not, or nobody remembers.
    """

    summary: Summary
    topics: tuple[str, ...]
    parts: tuple[ScorePart, ...]
    follow_up: bool = False
    told: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A feed that could not be read, and why (German). `kind`: the same for the log, as the name of an error."""

    feed: str
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The summaries for one audience and one day. `looked_at` counts the articles of the day that were considered."""

    day: date
    audience: str
    stories: tuple[DigestStory, ...]
    looked_at: int
    failed: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()  # German; what a reader must know, such as that this is the sample edition
    zone: str = "Europe/Berlin"  # in whose time it is told when something was published
    on_topic: bool = True  # whether there was an article about what is wanted, important or not
    today: bool = False  # whether it tells of the day on which it is read
