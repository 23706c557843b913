"""What the newsroom needs from outside. Stages and pipeline know these protocols; wiring knows who fulfils them.

Clock · bot/clock.py: what time it is
Web · bot/feeds/fetch.py: one guarded, bounded GET
Workers · bot/workers.py: heavy work in processes that can be killed
Model · bot/llm/: a language model that answers in JSON
Store · bot/store/: everything that outlives the process
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, NamedTuple, Protocol, TypeVar, TypeVarTuple

from pydantic import BaseModel

from bot.model import Article, Feed, FeedState, Story, Summary, Tokens

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
AnswerT = TypeVar("AnswerT", bound=BaseModel)


# Told of every step of long work: its German name, how much is done, and of how much.
Progress = Callable[[str, int, int], None]


class Clock(Protocol):
    """The time, in UTC. Tests and the sample edition move it."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. `limit` bounds the decompressed body in bytes, `patience` the whole request in seconds."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    limit: int = 8_000_000
    patience: float = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 200 or 304. `url` is where it came from, after redirects.

    `permanent` is the address that 301 and 308 alone led to, None where there was none. Header names are in lower case.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    permanent: str | None = None


class Web(Protocol):
    """The world's web servers, asked politely: one request at a time to each scheme, host and port, with spacing."""

    async def get(self, request: Request) -> Answer:
        """Ask once, following redirects. Raises `SourceError`: every address is checked before it is connected to."""
        ...

    async def allowed(self, url: str) -> bool:
        """Whether the site's robots.txt lets us read this page."""
        ...


class Workers(Protocol):
    """Worker processes for what may be slow, large or hostile; the event loop never waits for a parser."""

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, seconds: float = 10.0) -> T:
        """Call a module-level function in a worker. Kills it and raises `TooMuch` after so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `constant` never changes and comes first (endpoints cache it); `question` is the rest."""

    constant: str
    question: str


@dataclass(frozen=True, slots=True)
class Reply(Generic[AnswerT]):
    """A validated answer, the name of the model that gave it, and what it used."""

    answer: AnswerT
    model: str
    tokens: Tokens


class Model(Protocol):
    """A language model, or a chain of them."""

    @property
    def name(self) -> str:
        """The model asked first; part of what a stored summary belongs to."""
        ...

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> "Reply[AnswerT]":
        """An answer of this shape. Raises `ModelError`; retries, fallbacks and the daily limit are its own business."""
        ...


class Feeds(Protocol):
    """The feeds we ask and what we remember of them."""

    async def enrol(self, feeds: Sequence[Feed]) -> None:
        """Ask these feeds from now on, and no others; what is remembered of known ones stays."""
        ...

    async def claim(self, now: datetime, limit: int, asked_before: datetime | None = None) -> list[FeedState]:
        """Due feeds, each handed to one process only until it is recorded or the lease ends.

        With `asked_before`, every feed is due that was not asked since that moment.
        """
        ...

    async def record(self, states: Sequence[FeedState]) -> None:
        """Remember what the requests taught, and end the leases."""
        ...

    async def all(self) -> list[FeedState]:
        """Every enrolled feed, by name."""
        ...


class Known(NamedTuple):
    """The keys by which an article is recognised when its feed tells it again (`stories.identity` makes them).

    `text` tells whether its text is still the same.
    """

    article: int
    guid: int
    title: int
    text: int = 0


class Articles(Protocol):
    """Everything read, once."""

    async def known(self, feed_urls: Sequence[str]) -> Mapping[str, Sequence[Known]]:
        """What each of these feeds told lately, newest first."""
        ...

    async def add(self, articles: Sequence[Article]) -> int:
        """Keep what is not kept yet; how many were new. An article that another feed told already stays as it is."""
        ...

    async def remember(self, told: Mapping[str, Sequence[Known]]) -> None:
        """By these keys each of these feeds is recognised from now on, newest first; they replace the ones before."""
        ...

    async def get(self, ids: Sequence[int]) -> Mapping[int, Article]:
        """The articles with these ids, as far as they are kept."""
        ...

    async def rewrite(self, articles: Sequence[Article]) -> None:
        """Replace title, text and extent: the page was read, or the outlet changed its article."""
        ...

    async def since(self, moment: datetime) -> list[Article]:
        """What was published since then, oldest first; nothing held."""
        ...

    async def count(self, since: datetime) -> int:
        """How many were published since then; nothing held."""
        ...


@dataclass(frozen=True, slots=True)
class Placement:
    """Which story an article belongs to, and why (German). `news`: it brings a new fact to a story told before.

    `topics` are what the article is about; they replace those of its feed.
    """

    article: int
    story: int
    reason: str
    news: bool = False
    topics: tuple[str, ...] = ()


class Stories(Protocol):
    """Which articles are about one event."""

    async def unplaced(self, since: datetime, limit: int) -> list[Article]:
        """Articles published since then that have no story yet, oldest first."""
        ...

    async def placed(self, since: datetime) -> list[tuple[Article, Placement]]:
        """Articles published since then with their place, oldest first: what a new process builds its window of."""
        ...

    async def place(self, placements: Sequence[Placement]) -> None:
        """Remember where they belong; the first place of an article stays."""
        ...

    async def current(self, since: datetime, topics: Sequence[str] = ()) -> list[Story]:
        """The stories with an article published since then (and on one of these topics), with all their articles."""
        ...

    async def get(self, story: int) -> Story | None:
        """One story."""
        ...


class Summaries(Protocol):
    """Stories condensed, once for each version of their sources and each recipe (prompt version and model)."""

    async def find(self, stories: Sequence[Story], recipe: str) -> Mapping[int, Summary]:
        """The stored summaries of exactly these versions, by story id."""
        ...

    async def keep(self, summary: Summary, recipe: str, tokens: Tokens) -> None:
        """Store a summary; a second one for the same story, version and recipe is ignored."""
        ...


class Spending(Protocol):
    """The tokens used, by day (UTC) and model."""

    async def spent(self, day: date) -> int:
        """All tokens of that day."""
        ...

    async def record(self, day: date, model: str, tokens: Tokens) -> None:
        """Add to the day's account."""
        ...


class Store(Protocol):
    """The database, by noun."""

    @property
    def feeds(self) -> Feeds: ...  # noqa: D102 - the noun says it

    @property
    def articles(self) -> Articles: ...  # noqa: D102

    @property
    def stories(self) -> Stories: ...  # noqa: D102

    @property
    def summaries(self) -> Summaries: ...  # noqa: D102

    @property
    def spending(self) -> Spending: ...  # noqa: D102
