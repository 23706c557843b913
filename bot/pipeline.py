"""The stages in order, from feeds to a digest.

    Feed ─collect→ Article ─place→ Story ─rank→ RankedStory ─read→ (the same with full texts)
         ─summarise→ Summary ─compose→ Digest

Only what an audience is shown is read in full and condensed. A failing feed, page or model is a result, not a crash.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.collect import Collection, collect
from bot.model import (
    Article,
    Failure,
    FeedState,
    Member,
    RankedStory,
    Story,
    Summary,
    Topic,
    version_of,
)
from bot.placing import Placing
from bot.ports import Clock, Progress, Store, Web, Workers
from bot.reading import Reading
from bot.stories.rank import IMPORTANT, rank
from bot.summaries.sources import articles_of
from bot.summaries.write import Summariser


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: published in these hours, about these topics (none: all), so many stories at most."""

    since: datetime
    until: datetime
    topics: tuple[str, ...] = ()
    limit: int = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """What was found: the stories in order with their summaries at full length, and what was looked at."""

    stories: tuple[RankedStory, ...]
    summaries: Mapping[int, Summary]
    looked_at: int
    failed: tuple[Failure, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Runs the stages over one store. It decides nothing; it hands on."""

    store: Store
    clock: Clock
    topics: Sequence[Topic]
    web: Web
    workers: Workers
    placing: Placing
    reading: Reading
    summariser: Summariser

    async def collect(self, progress: Progress, *, everything: bool = False) -> Collection:
        """Read the feeds that are due, or all of them, once."""
        return await collect(self.store, self.web, self.workers, self.clock, progress, everything=everything)

    async def edition(self, wish: Wish, progress: Progress) -> Edition:
        """What the stored news hold for this wish. At most one model call for each story that is shown."""
        now = self.clock.now()
        await self.placing.place(now, progress)
        states = await self.store.feeds.all()
        ranked = await self._ranked(wish, {state.feed.url for state in states}, now)
        shown = await self._completed(ranked[: wish.limit], progress)
        written = await self.summariser.summarise([one.story for one in shown], progress)
        looked_at = await self.store.articles.count(wish.since)
        return Edition(tuple(shown), written.summaries, looked_at, _failures(states), written.notes)

    async def single(self, article: Article, progress: Progress) -> Edition:
        """One article as a story of its own."""
        tagged = replace(article, topics=self.placing.topics(article))
        story = Story(tagged.id, version_of([tagged]), (Member(tagged, "angefragt"),), tagged.topics)
        written = await self.summariser.summarise([story], progress)
        return Edition((RankedStory(story, 0.0, ()),), written.summaries, 1, (), written.notes)

    async def _ranked(self, wish: Wish, feeds: set[str], now: datetime) -> list[RankedStory]:
        stories = await self.store.stories.current(wish.since)
        told = [narrow for story in stories if (narrow := _narrowed(story, feeds, wish))]
        ranked = rank(told, min(now, wish.until), frozenset(wish.topics))
        return [one for one in ranked if one.score >= IMPORTANT]

    async def _completed(self, ranked: Sequence[RankedStory], progress: Progress) -> list[RankedStory]:
        """The same stories, with the pages read of which a feed only told the start."""
        sources = [article for one in ranked for article in articles_of(one.story)]
        fuller = await self.reading.complete(sources, progress)
        return [replace(one, story=_with(one.story, fuller)) for one in ranked]


def _narrowed(story: Story, feeds: set[str], wish: Wish) -> Story | None:
    """The story as these feeds told it until then; None if they said nothing in the hours that are asked about."""
    members = tuple(m for m in story.members if m.article.feed_url in feeds and m.article.published <= wish.until)
    if not any(m.article.published >= wish.since for m in members):
        return None
    return _of(story, members)


def _with(story: Story, fuller: Mapping[int, Article]) -> Story:
    return _of(story, tuple(replace(m, article=fuller.get(m.article.id, m.article)) for m in story.members))


def _of(story: Story, members: tuple[Member, ...]) -> Story:
    if members == story.members:
        return story
    return replace(story, members=members, version=version_of(m.article for m in members))


def _failures(states: Sequence[FeedState]) -> tuple[Failure, ...]:
    return tuple(Failure(state.feed.name, state.reason) for state in states if state.reason)
