"""Which articles are about one event."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, update

from bot.model import Article, Member, Story, View, version_of
from bot.ports import Placement
from bot.store.archived import take_in
from bot.store.articles import article_of, is_news_since
from bot.store.database import BATCH, Database, batches
from bot.store.tables import articles, feeds, memberships, story_topics

MEMBERS = select(articles, memberships.c.story, memberships.c.reason, memberships.c.news).join_from(
    articles, memberships
)
LONGEST = timedelta(days=30)  # that a story goes on; what was told of it before makes it no story of a topic any more
RETAG = update(articles).where(articles.c.id == bindparam("key")).values(topics=bindparam("topics"))


@dataclass(frozen=True, slots=True)
class StoredStories:
    """Fulfils the port `Stories`."""

    database: Database

    async def unplaced(self, since: datetime, limit: int) -> list[Article]:
        """Articles published since then that have no story yet, oldest first; nothing held."""
        wanted = (
            select(articles)
            .outerjoin(memberships)
            .where(*is_news_since(since), memberships.c.article.is_(None))
            .order_by(articles.c.published, articles.c.id)
            .limit(limit)
        )
        return [article_of(row) async for row in self.database.rows(wanted)]

    async def placed(self, since: datetime) -> list[tuple[Article, Placement]]:
        """Articles published since then with their place, oldest first."""
        wanted = MEMBERS.where(*is_news_since(since)).order_by(articles.c.published, articles.c.id)
        found = [(article_of(row), row) async for row in self.database.rows(wanted)]
        return [
            (article, Placement(article.id, row.story, row.reason, row.news, article.topics)) for article, row in found
        ]

    async def place(self, placements: Sequence[Placement]) -> None:
        """Remember where they belong; the first place of an article stays."""
        for batch in batches(placements):
            await self._place(batch)

    async def counts(self, topics: Sequence[str], since: datetime, until: datetime, view: View) -> Mapping[str, int]:
        """How many stories each of these topics had then; their texts, megabytes of a week, are not read."""
        everybodys = select(feeds.c.url).where(feeds.c.enrolled, feeds.c.common)
        common = articles.c.feed_url.in_(everybodys) & articles.c.feed_url.not_in(sorted(view.hidden))
        shown = (common & ~articles.c.private) | articles.c.feed_url.in_([url for url, _ in view.own])
        when = story_topics.c.published.between(since, until)
        wanted = (
            select(story_topics.c.topic, func.count(story_topics.c.story.distinct()).label("stories"))
            .join_from(story_topics, articles)
            .where(story_topics.c.topic.in_(topics), when, ~articles.c.held, shown)
            .group_by(story_topics.c.topic)
        )
        return {row.topic: row.stories async for row in self.database.rows(wanted)}

    async def current(
        self, since: datetime, topics: Sequence[str] = (), own: Collection[str] | None = None
    ) -> list[Story]:
        """The stories with an article published since then, and with one on one of these topics if any are given.

        With `own`, private articles of other feeds are left out; but where these are more than a statement takes.
        """
        moved = _told_since(since)
        if topics:
            moved = moved.where(memberships.c.story.in_(_on_topics(since - LONGEST, topics)))
        wanted = MEMBERS.where(memberships.c.story.in_(moved))
        if own is not None and len(own) <= BATCH:
            wanted = wanted.where(~articles.c.private | articles.c.feed_url.in_(sorted(own)))
        return await self._stories(wanted)

    async def get(self, story: int) -> Story | None:
        """One story."""
        found = await self._stories(MEMBERS.where(memberships.c.story == story))
        return found[0] if found else None

    async def _stories(self, members: Select[Any]) -> list[Story]:
        ordered = members.order_by(memberships.c.story, articles.c.published, articles.c.id)
        found: list[Story] = []
        group: list[Row[Any]] = []
        async for row in self.database.rows(ordered):  # not all at once: the event loop breathes between two portions
            if group and group[0].story != row.story:
                found.append(_story(group[0].story, group))
                group = []
            group.append(row)
        return [*found, _story(group[0].story, group)] if group else found

    async def _place(self, placements: Sequence[Placement]) -> None:
        insert = self.database.insert(memberships).on_conflict_do_nothing().returning(memberships.c.article)
        told = select(articles).where(articles.c.id.in_([one.article for one in placements]))
        # Held, as what nobody may see any more is deleted meanwhile.
        held = told.order_by(articles.c.id).with_for_update()
        async with self.database.writing() as connection:
            found = {row.id: article_of(row) for row in await connection.execute(held)}
            rows = [_membership(one) for one in placements if one.article in found]
            placed = set((await connection.execute(insert, rows)).scalars()) if rows else set()
            first = [one for one in placements if one.article in placed]
            if not first:
                return
            await connection.execute(RETAG, [{"key": one.article, "topics": one.topics} for one in first])
            await take_in(self.database, connection, [found[one.article] for one in first])
            tags = [tag for one in first for tag in _tags(one, found[one.article].published)]
            if tags:
                await connection.execute(self.database.insert(story_topics).on_conflict_do_nothing(), tags)


def _told_since(since: datetime) -> Select[Any]:
    return select(memberships.c.story).join_from(articles, memberships).where(*is_news_since(since))


def _on_topics(since: datetime, topics: Sequence[str]) -> Select[Any]:
    return select(story_topics.c.story).where(story_topics.c.topic.in_(topics), story_topics.c.published >= since)


def _story(story: int, rows: Iterable[Row[Any]]) -> Story:
    members = tuple(Member(article_of(row), row.reason, row.news) for row in rows)
    told = [member.article for member in members]
    topics = Counter(topic for article in told for topic in article.topics)
    return Story(story, version_of(told), members, tuple(topic for topic, _ in topics.most_common()))


def _membership(placement: Placement) -> dict[str, Any]:
    return {
        "article": placement.article,
        "story": placement.story,
        "reason": placement.reason,
        "news": placement.news,
    }


def _tags(placement: Placement, published: datetime) -> list[dict[str, Any]]:
    """A row for each topic."""
    row = {"published": published, "article": placement.article, "story": placement.story}
    return [row | {"topic": topic} for topic in dict.fromkeys(placement.topics)]
