"""What a space is shown: stories as its feeds tell them, what failed, and how much there was. Pure.

Nothing of a feed that is not its own reaches a space: no article, no topic of a story, no count, no failure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import Article, Failure, FeedState, Member, Story, View, version_of
from bot.ports import Tally


@dataclass(frozen=True, slots=True)
class Sight:
    """A view of the feeds that there are: `common` are everybody's that it shows, `own` its own, by address, as named.

    `states` are those it shows, by name.
    """

    common: Collection[str]
    own: Mapping[str, str]
    states: tuple[FeedState, ...]

    @property
    def failed(self) -> tuple[Failure, ...]:
        """What could not be read, under the names of this space."""
        return tuple(Failure(self.name(state), state.reason) for state in self.states if state.reason)

    def name(self, state: FeedState) -> str:
        """What the space calls a feed."""
        return self.own.get(state.feed.url, state.feed.name)

    def outlet(self, article: Article) -> str:
        """What the space calls an article's feed."""
        return self.own.get(article.feed_url, article.outlet)

    def shows(self, article: Article) -> bool:
        """Whether this space may see it."""
        return article.feed_url in self.own or (article.feed_url in self.common and not article.private)

    def narrowed(self, story: Story, since: datetime, until: datetime) -> Story | None:
        """The story as these feeds told it until then; None if they said nothing since the first moment."""
        members = tuple(m for m in story.members if self.shows(m.article) and m.article.published <= until)
        if not any(m.article.published >= since for m in members):
            return None
        narrow = of_members(story, members)
        return narrow if narrow is story else replace(narrow, topics=_topics(narrow.articles))

    def count(self, tallies: Iterable[Tally]) -> int:
        """How many of these articles it may see."""
        return sum(
            one.articles
            for one in tallies
            if one.feed_url in self.own or (one.feed_url in self.common and not one.private)
        )


class Sights:
    """All views of the feeds that there are now; each is looked at once."""

    def __init__(self, states: Sequence[FeedState]) -> None:
        """Of the feeds that are asked, by name."""
        self._states = states
        self._common = {state.feed.url for state in states if not state.feed.private}
        self._made: dict[View, Sight] = {}

    def of(self, view: View) -> Sight:
        """What this view shows."""
        if view not in self._made:
            own = dict(view.own)
            common = self._common - view.hidden if view.hidden else self._common
            shown = tuple(state for state in self._states if state.feed.url in common or state.feed.url in own)
            self._made[view] = Sight(common, own, shown)
        return self._made[view]


def of_members(story: Story, members: tuple[Member, ...]) -> Story:
    """The story, told by these of its members alone."""
    if members == story.members:
        return story
    return replace(story, members=members, version=version_of(m.article for m in members))


def _topics(articles: Iterable[Article]) -> tuple[str, ...]:
    """What most of these are about, first."""
    topics = Counter(topic for article in articles for topic in article.topics)
    return tuple(topic for topic, _ in topics.most_common())
