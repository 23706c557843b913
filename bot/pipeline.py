"""The stages in order, from feeds to a digest.

    Feed ─collect→ Article ─place→ Story ─rank→ RankedStory ─read→ (the same with full texts)
         ─summarise→ Summary ─compose→ Digest

Only what an audience is shown is read in full and condensed. A failing feed, page or model is a result, not a crash.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice, takewhile

from bot.collect import Collection, collect
from bot.digests.compose import compose
from bot.model import (
    EVERYBODY,
    Article,
    Digest,
    Failure,
    Importance,
    Length,
    Member,
    RankedStory,
    Story,
    Summary,
    Topic,
    View,
    interests_of,
    version_of,
)
from bot.placing import Placing
from bot.ports import Clock, Progress, Store, Web, Workers
from bot.reading import Reading
from bot.sight import Sight, Sights, of_members
from bot.stories.rank import LEAST, choose, score
from bot.stories.taste import Taste
from bot.stories.votes import Weights
from bot.stories.words import Mentions
from bot.summaries.extract import extract
from bot.summaries.sources import articles_of
from bot.summaries.write import Summariser, shorten

BREATH = 100  # stories between two looks at the event loop

Hours = tuple[datetime, datetime, bool, View]  # from when until when, whether for a recap, and of whose feeds
Scored = tuple[int, str, datetime, bool]  # a story and its version, when, and whether for a recap
Key = tuple[int, str]  # a story and its version
Notes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: published in these hours, about these topics (none: all), so many stories at most.

    `topics` are entries as `Interests` has them; `weights` are those of topics that readers voted on.
    `told`: the stories that the audience had before, and when; they come again only for what is new since then.
    `recap`: what was told most, whenever that was. `view`: whose feeds are looked at.
    """

    since: datetime
    until: datetime
    topics: tuple[str, ...] = ()
    limit: int = 8
    importance: Importance = Importance.NORMAL
    told: frozenset[tuple[int, datetime]] = frozenset()
    recap: bool = False
    view: View = EVERYBODY
    weights: Weights = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a digest: its name (German), local day and zone, how much it reads, and since when news is new to it.

    `told`: the stories it was told before, and so many days ago; None where nobody remembers. `today`: it is told of
    the day on which it reads.
    """

    name: str
    day: date
    zone: str
    since: datetime
    length: Length = Length.MEDIUM
    notes: tuple[str, ...] = ()
    told: Mapping[int, int] | None = None
    today: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """What was found: the stories in order with their summaries at full length, and what was looked at.

    `on_topic`: whether any article was about what was wanted.
    """

    stories: tuple[RankedStory, ...]
    summaries: Mapping[int, Summary]
    looked_at: int
    failed: tuple[Failure, ...]
    notes: tuple[str, ...]
    on_topic: bool = True

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
            on_topic=self.on_topic,
            today=audience.today,
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
        sights = Sights(await self.store.feeds.all())
        chosen = await self._chosen(wishes, sights)
        fuller = await self._fuller(chosen, progress)
        shown = [[replace(one, story=_with(one.story, fuller)) for one in found.stories] for found in chosen]
        written, notes = await self._written([one.story for stories in shown for one in stories], progress)
        tallies = {since: await self.store.articles.tally(since) for since in {wish.since for wish in wishes}}
        editions = []
        for wish, found, stories in zip(wishes, chosen, shown, strict=True):
            sight = sights.of(wish.view)
            summaries, count = _summaries(stories, written, sight), sight.count(tallies[wish.since])
            editions.append(Edition(tuple(stories), summaries, count, sight.failed, notes, found.on_topic))
        return editions

    async def at_once(self, stories: Sequence[Story], seconds: float) -> Mapping[Key, Summary]:
        """A summary for each version of each story; an extract of what nobody reads or condenses in so many seconds."""
        until = asyncio.get_running_loop().time() + seconds
        fuller: Mapping[int, Article] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / 2):
                sources = {article.id: article for story in stories for article in articles_of(story)}
                fuller = await self.reading.complete(list(sources.values()), _unseen)

        async def written(story: Story) -> Summary:
            full = _with(story, fuller)
            with suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    return (await self.summariser.summarise([full], _unseen)).summaries[story.id]
            return extract(full)

        found = await asyncio.gather(*map(written, stories))
        return {(story.id, story.version): summary for story, summary in zip(stories, found, strict=True)}

    async def single(self, article: Article, progress: Progress) -> Edition:
        """One article as a story of its own."""
        tagged = replace(article, topics=self.placing.topics(article))
        story = Story(tagged.id, version_of([tagged]), (Member(tagged, "angefragt"),), tagged.topics)
        written = await self.summariser.summarise([story], progress)
        return Edition((RankedStory(story, 0.0, ()),), written.summaries, 1, (), written.notes)

    async def story(self, one: RankedStory, sight: Sight, progress: Progress) -> Edition:
        """One story as these feeds tell it, at most one model call."""
        written = await self.summariser.summarise([one.story], progress)
        summaries = {one.story.id: named(one.story, written.summaries[one.story.id], sight)}
        return Edition((one,), summaries, 1, (), written.notes)

    async def _chosen(self, wishes: Sequence[Wish], sights: Sights) -> "list[_Chosen]":
        """The stories of each wish, best first. Scoring is shared by all that see the same and ask about one time."""
        own = {url for view in {wish.view for wish in wishes} for url, _ in view.own}
        since = min(wish.since for wish in wishes)
        stories = await self.store.stories.current(since, topics=_topics_alone(wishes), own=own)
        scored: dict[Hours, list[RankedStory]] = {}
        known: dict[Scored, RankedStory] = {}
        chosen = []
        for wish in wishes:
            hours = (wish.since, wish.until, wish.recap, wish.view)
            if hours not in scored:
                scored[hours] = await self._scored(stories, sights.of(wish.view), wish, known)
            await self._look(scored[hours], wish)
            interests = interests_of(wish.topics)
            taste = Taste(interests, wish.weights, self.mentions)
            best = _best(scored[hours], wish, self.clock.now(), taste)
            on_topic = interests.is_all or bool(best) or any(map(taste.of, scored[hours]))
            chosen.append(_Chosen(best, on_topic))
            await asyncio.sleep(0)
        return chosen

    async def _scored(
        self, stories: Sequence[Story], sight: Sight, wish: Wish, known: dict[Scored, RankedStory]
    ) -> list[RankedStory]:
        """What this view holds, with its scores; most of it another view holds as well, and has them `known`."""
        now, scored = min(self.clock.now(), wish.until), []
        for n, story in enumerate(stories):
            if narrow := sight.narrowed(story, wish.since, wish.until):
                key = (narrow.id, narrow.version, now, wish.recap)
                if key not in known:
                    known[key] = score(narrow, now, recap=wish.recap)
                scored.append(known[key])
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

    async def _fuller(self, chosen: "Sequence[_Chosen]", progress: Progress) -> Mapping[int, Article]:
        """The articles of these stories whose pages had to be read, as a feed only told their start."""
        stories = [one.story for found in chosen for one in found.stories]
        sources = {article.id: article for story in stories for article in articles_of(story)}
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


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is best for a wish, and whether there was anything about its topics."""

    stories: Sequence[RankedStory]
    on_topic: bool


def _topics_alone(wishes: Sequence[Wish]) -> Sequence[str]:
    """The topics that the stories can be looked for by; none where a wish goes beyond, or where there are many wishes.

    A week's stories are 20,000 articles at worst, most of which one topic would not show.
    """
    interests = interests_of(wishes[0].topics)
    return interests.topics if len(wishes) == 1 and not interests.words else ()


def _best(scored: Sequence[RankedStory], wish: Wish, now: datetime, taste: Taste) -> list[RankedStory]:
    told = dict(sorted(wish.told))
    offered = (new for one in scored if (new := _untold(one, told.get(one.story.id), min(now, wish.until))))
    ranked = choose(filter(None, map(taste.of, offered)))
    return list(islice(takewhile(lambda one: one.score >= LEAST[wish.importance], ranked), wish.limit))


def _untold(one: RankedStory, told: datetime | None, now: datetime) -> RankedStory | None:
    """The story, or what is new in it for those who were told it then; None where that is nothing."""
    if told is None:
        return one
    members = tuple(m for m in one.story.members if m.news and m.article.seen > told)
    return score(of_members(one.story, members), now) if members else None


def _unseen(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def _summaries(stories: Sequence[RankedStory], written: Mapping[Key, Summary], sight: Sight) -> dict[int, Summary]:
    return {one.story.id: named(one.story, written[one.story.id, one.story.version], sight) for one in stories}


def named(story: Story, summary: Summary, sight: Sight) -> Summary:
    """The summary with the names that a space gave to its own feeds; what is stored of it has theirs alone."""
    names = {article.url: sight.outlet(article) for article in story.articles if article.feed_url in sight.own}
    if not names:
        return summary
    sources = tuple(replace(source, outlet=names.get(source.url, source.outlet)) for source in summary.sources)
    return replace(summary, sources=sources)


def _with(story: Story, fuller: Mapping[int, Article]) -> Story:
    return of_members(story, tuple(replace(m, article=fuller.get(m.article.id, m.article)) for m in story.members))
