"""Where the news are kept: feeds, articles, stories, summaries, and what they cost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.model import Account, Article, Feed, FeedState, SpaceFeed, Story, Summary, Tokens, View

CONDENSING = "condense:"  # begins the names of leases on a story


class Feeds(Protocol):
    """The feeds we ask and what we remember of them."""

    async def enrol(self, feeds: Sequence[Feed]) -> None:
        """These are everybody's from now on; besides, only what a space has is asked. What is remembered stays."""
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
        """Every feed that is asked, by name."""
        ...

    async def give(self, wanted: Sequence[SpaceFeed], most: int) -> set[str]:
        """Let a space have these feeds, so many of its own at most; the addresses it has now. All are of one space.

        One of everybody's that was hidden is shown again. What was gone is asked again.
        """
        ...

    async def take(self, space: str, urls: Sequence[str], at: datetime, by: str = "") -> None:
        """Take these feeds from a space; of everybody's they are hidden there. Nobody's feed is not asked any more."""
        ...

    async def of(self, space: str) -> list[SpaceFeed]:
        """What a space has of its own, and what it hides, by name."""
        ...

    async def views(self, spaces: Collection[str]) -> Mapping[str, View]:
        """The views of those of these spaces that differ from everybody's."""
        ...

    async def forget_nobodys(self) -> int:
        """Delete the feeds that nobody has any more, and what they alone told; how many articles."""
        ...


class Known(NamedTuple):
    """The keys by which an article is recognised when its feed tells it again (`stories.identity` makes them).

    `text` tells whether its text is still the same.
    """

    article: int
    guid: int
    title: int
    text: int = 0


class Tally(NamedTuple):
    """How many articles a feed published, and when the last one; what it told while it was private apart."""

    feed_url: str
    private: bool
    articles: int
    last: datetime


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

    async def tally(self, since: datetime) -> list[Tally]:
        """How many each feed published since then, and the latest; nothing held."""
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

    async def counts(self, topics: Sequence[str], since: datetime, until: datetime, view: View) -> Mapping[str, int]:
        """How many stories have an article on each of these topics that was published then, and that this view shows.

        A topic without any may be missing.
        """
        ...

    async def current(
        self, since: datetime, topics: Sequence[str] = (), own: Collection[str] | None = None
    ) -> list[Story]:
        """The stories with an article published since then (and one on one of these topics), with all their articles.

        With `own`, private articles may be left out that are of none of these feeds.
        """
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
    """The tokens used, by day (UTC) and model, and those of them that a story cost."""

    async def spent(self, day: date) -> int:
        """All tokens of that day."""
        ...

    async def record(self, day: date, model: str, tokens: Tokens, story: int | None = None) -> None:
        """Add an answer to the day's account, and to that of the story that it was about."""
        ...

    async def account(self, day: date) -> Account:
        """What was used that day; how much there may be is not known here."""
        ...

    async def forget(self, before: date) -> None:
        """Forget what single stories cost before that day; the days' sums stay."""
        ...
