"""The database, by noun."""

from typing import Protocol

from bot.ports.news import Articles, Feeds, Spending, Stories, Summaries
from bot.ports.people import People
from bot.ports.posts import Alerts, Leases, Outbox, Subscriptions, Votes
from bot.ports.published import Published
from bot.ports.questions import Archive, Conversations
from bot.ports.watching import Watch


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

    @property
    def subscriptions(self) -> Subscriptions: ...  # noqa: D102

    @property
    def outbox(self) -> Outbox: ...  # noqa: D102

    @property
    def leases(self) -> Leases: ...  # noqa: D102

    @property
    def votes(self) -> Votes: ...  # noqa: D102

    @property
    def archive(self) -> Archive: ...  # noqa: D102

    @property
    def conversations(self) -> Conversations: ...  # noqa: D102

    @property
    def watch(self) -> Watch: ...  # noqa: D102

    @property
    def published(self) -> Published: ...  # noqa: D102

    @property
    def people(self) -> People: ...  # noqa: D102

    @property
    def alerts(self) -> Alerts: ...  # noqa: D102
