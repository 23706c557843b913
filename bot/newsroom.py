"""What people can ask for, on whatever surface. Answers are values; how they look is the surface's business."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.alertdesk import AlertDesk
from bot.asking import Asking, Inquiry
from bot.desk import Desk
from bot.errors import UserError
from bot.german.dates import long_date
from bot.german.schedules import ALL_TOPICS
from bot.german.topics import named
from bot.llm.budget import most
from bot.model import (
    EVERYBODY,
    EVERYBODYS,
    LONG_AGO,
    Account,
    Answer,
    Article,
    Channel,
    Digest,
    Dropped,
    Failure,
    FeedState,
    Length,
    Prices,
    RankedStory,
    ScorePart,
    Story,
    Topic,
    View,
    interests_of,
    together,
)
from bot.people import People
from bot.pipeline import Audience, Edition, Pipeline, Wish
from bot.ports import Clock, Progress, Store
from bot.reading import article_of_text
from bot.recent import Recent
from bot.sight import Sight, Sights
from bot.sources import Sources
from bot.stories.rank import score
from bot.stories.taste import Taste
from bot.stories.votes import COUNTED, weights
from bot.summaries.prompt import LONGEST_QUESTION
from bot.summaries.sources import articles_of

STORIES = 8  # of a digest; what one screen or one message holds

Hours = tuple[datetime, datetime]  # from when until when, in UTC


class Period(StrEnum):
    """Which hours a summary covers."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic, and how many stories it had in the last seven days."""

    topic: Topic
    stories: int


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story: whose it is, and why it belongs there (German)."""

    outlet: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a story is where it is: its headline, its points as of now, and what it is made of, oldest first.

    `topics` (German) are those it has, own words first. What was left out: `dropped` sentences of its summary, and so
    many of its `sources` that the summary does not go by.
    """

    title: str
    parts: tuple[ScorePart, ...]
    sources: tuple[Told, ...]
    topics: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unused: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """How the newsroom is doing. `model` is None without one; tokens are today's, by UTC.

    `next_read`: when the first feed is due; None where one was never asked, or there is none. `account`: what the
    models used today, and `prices` what that costs.
    """

    feeds: int
    failed: tuple[Failure, ...]
    last_answer: datetime | None
    articles_today: int
    articles_week: int
    model: str | None
    tokens: int
    daily_tokens: int
    next_read: datetime | None = None
    account: Account = field(default_factory=Account)
    prices: Prices = field(default_factory=dict)


def ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Answers from what is stored; collecting is somebody else's turn. A day is a day in `zone`.

    A `space` (`Channel.home`) is answered from the feeds it has; without one, from everybody's. `recent`: where many
    ask at once, they share what was found for the same wish.
    """

    store: Store
    pipeline: Pipeline
    clock: Clock
    topics: Sequence[Topic]
    zone: ZoneInfo
    desk: Desk
    sources: Sources
    asking: Asking
    alerts: AlertDesk
    model: str | None = None
    daily_tokens: int = 0
    recent: Recent[Wish, Edition] | None = None
    prices: Prices = field(default_factory=dict)

    @property
    def people(self) -> People:
        """What people can ask about themselves."""
        return People(self.store, self.clock)

    async def digest(
        self,
        *,
        topics: Sequence[str] = (),
        day: date | None = None,
        length: Length = Length.MEDIUM,
        notes: tuple[str, ...] = (),
        progress: Progress = ignore,
        space: str = EVERYBODYS,
    ) -> Digest:
        """The digest of a day, or of the last 24 hours. Raises `UserError` for an unknown topic."""
        keys, hours = self.keys(topics), self._hours(day)
        wish = Wish(*hours, keys, STORIES, view=await self._view(space))
        edition = await self.pipeline.edition(wish, progress)
        return self._digest(edition, hours, length, self._names(keys), notes)

    async def summary(
        self,
        topic: str = "",
        link: str = "",
        period: Period = Period.TODAY,
        length: Length = Length.MEDIUM,
        progress: Progress = ignore,
        space: str = EVERYBODYS,
    ) -> Digest:
        """What the stored news of a period say about a topic, or about all; with a link, what that one article says.

        Raises `UserError` for an unknown topic, or for a topic and a link at once, and `SourceError` as `link` does.
        """
        if link and topic:
            raise UserError("Thema und Link gehen nicht zusammen. Bitte nur eins von beiden angeben.")
        if link:
            return await self.link(link, length, progress)
        keys, hours = self.keys([topic] if topic else []), self._period(period)
        view = await self._view(space)
        if self.recent is None:
            edition = await self.pipeline.edition(Wish(*hours, keys, STORIES, view=view), progress)
        else:
            hours = to_the_minute(hours)
            wish = Wish(*hours, keys, STORIES, view=view)
            edition = await self.recent.get(wish, lambda: self.pipeline.edition(wish, progress))
        return self._digest(edition, hours, length, self._names(keys), ())

    async def link(self, url: str, length: Length = Length.MEDIUM, progress: Progress = ignore) -> Digest:
        """One article of the web in German. Raises `SourceError` where its page can't be read."""
        return await self._single(await self.pipeline.reading.article(url, self.clock.now()), length, progress)

    async def text(self, text: str, outlet: str, length: Length = Length.MEDIUM, progress: Progress = ignore) -> Digest:
        """One article as plain text, its first line being the title; `outlet`: where it is from, such as a file.

        Raises `UserError` where there is none.
        """
        return await self._single(article_of_text(text, self.clock.now(), outlet), length, progress)

    async def ask(
        self,
        question: str,
        *,
        space: str = EVERYBODYS,
        story: int | Sequence[int] | None = None,
        thread: str = "",
        asker: Channel | None = None,
        progress: Progress = ignore,
    ) -> Answer:
        """What the stored articles say about a question: those of this story first, then all.

        Of several, such as those of a digest, the one that it names comes first.

        Of a thread (a surface's own key, such as „discord:THREAD“) the questions before are remembered, so that
        „Und wann kommt das?“ is understood; nothing is remembered without one. `asker` is the person, who can ask for
        what is stored of them. Only what the space may see is an answer to it. Raises `UserError` where nothing is
        asked, or too much.
        """
        stories = (story,) if isinstance(story, int) else tuple(story or ())
        inquiry = Inquiry(question, await self._sight(space), stories, thread, asker, space)
        return await self.asking.ask(inquiry, progress)

    async def why(self, story: int, space: str = EVERYBODYS, channel: Channel | None = None) -> Why | None:
        """Why a story is in a space's digest; None where it is not stored (any more), or of feeds it does not have.

        `channel`: where it was shown; what is wanted and voted there counts, too.
        """
        sight, now = await self._sight(space), self.clock.now()
        narrow = await self._seen(story, sight, now)
        if narrow is None:
            return None
        ranked, stored = score(narrow, now), await self.pipeline.summariser.stored(narrow)
        ranked = await self._wanted(ranked, channel, now) if channel else ranked
        return Why(
            stored.headline if stored else await self.pipeline.summariser.headline(narrow),
            ranked.parts,
            tuple(Told(sight.outlet(member.article), member.reason) for member in narrow.members),
            tuple(named(entry, {topic.key: topic.name for topic in self.topics}) for entry in ranked.story.topics),
            stored.dropped if stored else (),
            len(narrow.members) - len(articles_of(narrow)),
        )

    async def story(self, story: int, space: str = EVERYBODYS, progress: Progress = ignore) -> Digest | None:
        """One story in full, as a space sees it; None as in `why`."""
        sight, now = await self._sight(space), self.clock.now()
        narrow = await self._seen(story, sight, now)
        if narrow is None:
            return None
        edition = await self.pipeline.story(score(narrow, now), sight, progress)
        return self._digest(edition, (now, now), Length.LONG, "Gemerkt", ())

    async def _seen(self, story: int, sight: Sight, now: datetime) -> Story | None:
        found = await self.store.stories.get(story)
        return sight.narrowed(found, LONG_AGO, now) if found else None

    async def _wanted(self, ranked: RankedStory, channel: Channel, now: datetime) -> RankedStory:
        """What it is worth to that digest of a channel to which it is worth most."""
        voted = weights(await self.store.votes.of(channel, now - COUNTED), now)
        there = await self.store.subscriptions.of(channel)
        tastes = [Taste(interests_of(one.topics), voted, self.pipeline.mentions) for one in there]
        return max(filter(None, (taste.of(ranked) for taste in tastes)), key=lambda one: one.score, default=ranked)

    async def topic_counts(self, space: str = EVERYBODYS) -> tuple[TopicCount, ...]:
        """Every topic with its stories of the last seven days, in the order of the configuration."""
        now, keys = self.clock.now(), [topic.key for topic in self.topics]
        counts = await self.store.stories.counts(keys, now - timedelta(days=7), now, await self._view(space))
        return tuple(TopicCount(topic, counts.get(topic.key, 0)) for topic in self.topics)

    async def status(self, space: str = EVERYBODYS) -> Status:
        """How the feeds of a space, the store and the model are doing."""
        now, sight = self.clock.now(), await self._sight(space)
        today, _ = self._period(Period.TODAY)
        account = await self.account()
        return Status(
            feeds=len(sight.states),
            failed=sight.failed,
            last_answer=max((state.answered for state in sight.states if state.answered), default=None),
            articles_today=sight.count(await self.store.articles.tally(today)),
            articles_week=sight.count(await self.store.articles.tally(now - timedelta(days=7))),
            model=self.model,
            tokens=together(account.used).total,
            daily_tokens=self.daily_tokens,
            next_read=_first_due(sight.states),
            account=account,
            prices=self.prices,
        )

    async def account(self) -> Account:
        """What the models used today (UTC), and whether that leaves enough for a story."""
        found = await self.store.spending.account(self.clock.now().date())
        is_spent = together(found.used).total + most(LONGEST_QUESTION) > self.daily_tokens
        return replace(found, is_spent=self.model is not None and is_spent)

    async def _view(self, space: str) -> View:
        return (await self.store.feeds.views([space])).get(space, EVERYBODY)

    async def _sight(self, space: str) -> Sight:
        return Sights(await self.store.feeds.all()).of(await self._view(space))

    def keys(self, names: Sequence[str]) -> tuple[str, ...]:
        """The topics with these keys or German names. Raises `UserError`, naming those there are."""
        return tuple(self._key(name) for name in names)

    def _key(self, name: str) -> str:
        wanted = name.strip().casefold()
        for topic in self.topics:
            if wanted in {topic.key.casefold(), topic.name.casefold()}:
                return topic.key
        known = ", ".join(topic.key for topic in self.topics)
        raise UserError(f"Das Thema „{name}“ gibt es nicht. Möglich sind: {known}.")

    async def _single(self, article: Article, length: Length, progress: Progress) -> Digest:
        edition = await self.pipeline.single(article, progress)
        now = self.clock.now()
        return self._digest(edition, (now, now), length, "Artikel", ())

    def _digest(self, edition: Edition, hours: Hours, length: Length, audience: str, notes: tuple[str, ...]) -> Digest:
        since, until = hours
        day = (until - timedelta(microseconds=1)).astimezone(self.zone).date()
        today = day == self.clock.now().astimezone(self.zone).date() and until - since <= timedelta(hours=24)
        return edition.digest(Audience(audience, day, self.zone.key, since, length, notes, today=today), self.topics)

    def _names(self, keys: Sequence[str]) -> str:
        return ", ".join(topic.name for topic in self.topics if topic.key in keys) or ALL_TOPICS

    def _hours(self, day: date | None) -> Hours:
        """That local day, or the 24 hours until now. Raises `UserError` for a day that is yet to come."""
        now = self.clock.now()
        if day is None:
            return now - timedelta(hours=24), now
        if self._midnight(day) > now:
            raise UserError(f"Der {long_date(day)} liegt in der Zukunft.")
        return self._midnight(day), min(self._midnight(day + timedelta(days=1)), now)

    def _period(self, period: Period) -> Hours:
        now = self.clock.now()
        today = now.astimezone(self.zone).date()
        match period:
            case Period.TODAY:
                return self._midnight(today), now
            case Period.YESTERDAY:
                return self._midnight(today - timedelta(days=1)), self._midnight(today)
            case Period.WEEK:
                return now - timedelta(days=7), now

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def _first_due(states: Sequence[FeedState]) -> datetime | None:
    due = [state.due for state in states if not state.gone]
    asked = [moment for moment in due if moment is not None]
    return min(asked) if asked and len(asked) == len(due) else None


def to_the_minute(hours: Hours) -> Hours:
    """These hours from and to full minutes, so that those who ask within one ask for the same."""
    since, until = (moment - timedelta(seconds=moment.second, microseconds=moment.microsecond) for moment in hours)
    return since, until + timedelta(minutes=1) if until < hours[1] else until
