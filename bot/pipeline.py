"""The stages in order, from feeds to a digest.

    Feed ─collect→ Article ─place→ Story ─rank→ RankedStory ─read→ (the same with full texts)
         ─summarise→ Summary ─compose→ Digest

Only what an audience is shown is read in full and condensed. A failing feed, page or model is a result, not a crash.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice, takewhile

from bot.collect import Collection, collect
from bot.digests.compose import compose
from bot.model import (
    Article,
    Digest,
    Failure,
    FeedState,
    Importance,
    Length,
    Member,
    RankedStory,
    Story,
    Summary,
    Topic,
    interests_of,
    version_of,
)
from bot.placing import Placing
from bot.ports import Clock, Progress, Store, Web, Workers
from bot.reading import Reading
from bot.stories.rank import LEAST, choose, score
from bot.stories.taste import Taste
from bot.stories.votes import Weights
from bot.stories.words import Mentions
from bot.summaries.sources import articles_of
from bot.summaries.write import Summariser, shorten

BREATH = 100  # stories between two looks at the event loop

Hours = tuple[datetime, datetime, bool]  # from when until when, and whether for a recap
Key = tuple[int, str]  # a story and its version
Notes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: published in these hours, about these topics (none: all), so many stories at most.

    `topics` are entries as `Interests` has them; `weights` are those of topics that readers voted on.
    `told`: the stories that the audience had before, and when; they come again only for what is new since then.
    `recap`: what was told most, whenever that was.
    """

    since: datetime
    until: datetime
    topics: tuple[str, ...] = ()
    limit: int = 8
    importance: Importance = Importance.NORMAL
    told: frozenset[tuple[int, datetime]] = frozenset()
    recap: bool = False
    weights: Weights = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a digest: its name (German), local day and zone, how much it reads, and since when news is new to it.

    `told`: the stories it was told before, and so many days ago; None where nobody remembers.
    """

    name: str
    day: date
    zone: str
    since: datetime
    length: Length = Length.MEDIUM
    notes: tuple[str, ...] = ()
    told: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What was found: the stories in order with their summaries at full length, and what was looked at."""

    stories: tuple[RankedStory, ...]
    summaries: Mapping[int, Summary]
    looked_at: int
    failed: tuple[Failure, ...]
    notes: tuple[str, ...]

    def digest(self, audience: Audience, topics: Sequence[Topic]) -> Digest:
        """The stories of this edition at the length, and with the date, that one audience gets."""
        summaries = {story: shorten(summary, audience.length) for story, summary in self.summaries.items()}
        names = {topic.key: topic.name for topic in topics}
        return Digest(
            day=audience.day,
            audience=audience.name,
            stories=compose(self.stories, summaries, names, audience.since, audience.told),
            looked_at=self.looked_at,
            failed=self.failed,
            notes=audience.notes + self.notes,
            zone=audience.zone,
        )


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
    mentions: Mentions = field(default_factory=Mentions)

    async def collect(self, progress: Progress, *, everything: bool = False) -> Collection:
        """Read the feeds that are due, or all of them, once."""
        return await collect(self.store, self.web, self.workers, self.clock, progress, everything=everything)

    async def edition(self, wish: Wish, progress: Progress) -> Edition:
        """What the stored news hold for this wish. At most one model call for each story that is shown."""
        (edition,) = await self.editions([wish], progress)
        return edition

    async def editions(self, wishes: Sequence[Wish], progress: Progress) -> list[Edition]:
        """What the stored news hold for each of these wishes; each story that any of them shows is condensed once."""
        if not wishes:
            return []
        await self.placing.place(self.clock.now(), progress)
        states = await self.store.feeds.all()
        chosen = await self._chosen(wishes, {state.feed.url for state in states})
        fuller = await self._fuller(chosen, progress)
        shown = [[replace(one, story=_with(one.story, fuller)) for one in stories] for stories in chosen]
        written, notes = await self._written([one.story for stories in shown for one in stories], progress)
        counts = {since: await self.store.articles.count(since) for since in {wish.since for wish in wishes}}
        failed = _failures(states)
        return [
            Edition(tuple(stories), _summaries(stories, written), counts[wish.since], failed, notes)
            for wish, stories in zip(wishes, shown, strict=True)
        ]

    async def single(self, article: Article, progress: Progress) -> Edition:
        """One article as a story of its own."""
        tagged = replace(article, topics=self.placing.topics(article))
        story = Story(tagged.id, version_of([tagged]), (Member(tagged, "angefragt"),), tagged.topics)
        written = await self.summariser.summarise([story], progress)
        return Edition((RankedStory(story, 0.0, ()),), written.summaries, 1, (), written.notes)

    async def _chosen(self, wishes: Sequence[Wish], feeds: set[str]) -> list[list[RankedStory]]:
        """The stories of each wish, best first. Scoring is shared by all that ask about the same hours."""
        stories = await self.store.stories.current(min(wish.since for wish in wishes))
        scored: dict[Hours, list[RankedStory]] = {}
        chosen = []
        for wish in wishes:
            hours = (wish.since, wish.until, wish.recap)
            if hours not in scored:
                scored[hours] = await self._scored(stories, feeds, wish)
            await self._look(scored[hours], wish)
            chosen.append(_best(scored[hours], wish, self.clock.now(), self.mentions))
            await asyncio.sleep(0)
        return chosen

    async def _scored(self, stories: Sequence[Story], feeds: set[str], wish: Wish) -> list[RankedStory]:
        now, scored = min(self.clock.now(), wish.until), []
        for n, story in enumerate(stories):
            if narrow := _narrowed(story, feeds, wish):
                scored.append(score(narrow, now, recap=wish.recap))
            if n % BREATH == 0:
                await asyncio.sleep(0)
        return scored

    async def _look(self, scored: Sequence[RankedStory], wish: Wish) -> None:
        """Look for own words ahead, with breath: `_best` takes a moment then, as for any other wish."""
        interests = interests_of(wish.topics)
        for word in interests.words + interests.without_words:
            for n, one in enumerate(scored):
                self.mentions.place(one.story, word)
                if n % BREATH == 0:
                    await asyncio.sleep(0)

    async def _fuller(self, chosen: Sequence[Sequence[RankedStory]], progress: Progress) -> Mapping[int, Article]:
        """The articles of these stories whose pages had to be read, as a feed only told their start."""
        sources = {article.id: article for stories in chosen for one in stories for article in articles_of(one.story)}
        return await self.reading.complete(list(sources.values()), progress)

    async def _written(self, stories: Sequence[Story], progress: Progress) -> tuple[Mapping[Key, Summary], Notes]:
        """A summary for each version of each story: one audience may get a story, another only what is new in it."""
        waiting = {(story.id, story.version): story for story in stories}
        written: dict[Key, Summary] = {}
        notes: dict[str, None] = {}
        while waiting:
            turn = list({id_: story for (id_, _), story in waiting.items()}.values())  # one version of each
            found = await self.summariser.summarise(turn, progress)
            for story in turn:
                written[story.id, story.version] = found.summaries[story.id]
                del waiting[story.id, story.version]
            notes |= dict.fromkeys(found.notes)
        return written, tuple(notes)


def _best(scored: Sequence[RankedStory], wish: Wish, now: datetime, mentions: Mentions) -> list[RankedStory]:
    told = dict(wish.told)
    taste = Taste(interests_of(wish.topics), wish.weights, mentions)
    offered = (new for one in scored if (new := _untold(one, told.get(one.story.id), min(now, wish.until))))
    ranked = choose(filter(None, map(taste.of, offered)))
    return list(islice(takewhile(lambda one: one.score >= LEAST[wish.importance], ranked), wish.limit))


def _untold(one: RankedStory, told: datetime | None, now: datetime) -> RankedStory | None:
    """The story, or what is new in it for those who were told it then; None where that is nothing."""
    if told is None:
        return one
    members = tuple(m for m in one.story.members if m.news and m.article.seen > told)
    return score(_of(one.story, members), now) if members else None


def _summaries(stories: Sequence[RankedStory], written: Mapping[Key, Summary]) -> dict[int, Summary]:
    return {one.story.id: written[one.story.id, one.story.version] for one in stories}


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
