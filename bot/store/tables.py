"""The tables. Moments are integers (microseconds since 1970, UTC): exact and cheap, and alike on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# Lengths that a lease may seem to have left. One is too few: of two clocks, one is always a little slow, and would take
# what the other has just been given.
AHEAD = 2

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def to_number(moment: datetime | None) -> int | None:
    """Microseconds since 1970."""
    return None if moment is None else (moment - EPOCH) // MICROSECOND


def to_moment(number: int | None) -> datetime | None:
    """The moment so many microseconds after 1970, in UTC."""
    return None if number is None else EPOCH + timedelta(microseconds=number)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as a number."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:  # noqa: ARG002 - the base's
        """The bare function: one call for each value instead of three."""
        return to_number

    def result_processor(  # the arguments are those of the base
        self,
        dialect: Dialect,  # noqa: ARG002
        coltype: object,  # noqa: ARG002
    ) -> Callable[[int | None], datetime | None]:
        """The bare function, as above."""
        return to_moment


feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text),
    Column("topics", JSON, nullable=False),
    Column("weight", Float, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("common", Boolean, nullable=False),  # everybody's: configured or given to all, and not hidden from all
    Column("enrolled", Boolean, nullable=False),  # asked: everybody's, or some space's
    Column("address", Text, nullable=False),  # where to ask
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", LargeBinary),
    Column("due", Moment, nullable=False),  # 1970: never asked
    Column("asked", Moment, nullable=False),  # 1970: never
    Column("answered", Moment),
    Column("interval", Integer, nullable=False),  # seconds
    Column("failures", Integer, nullable=False),
    Column("reason", Text),
    Column("moved_to", Text),
    Column("moved_days", JSON, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("leased", Moment, nullable=False),  # until when one process has it
    Index(None, "enrolled", "due"),
    Index(None, "enrolled", "asked"),
)

# What spaces have of their own, or hide of what is everybody's. The empty space is everybody.
space_feeds = Table(
    "space_feeds",
    metadata,
    Column("space", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text),
    Column("topics", JSON, nullable=False),
    Column("weight", Float, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Index(None, "url"),
    Index(None, "person"),
)

# What each feed told, as packed keys: one row to read and write where a row for each key costs thirty times that.
told = Table(
    "told",
    metadata,
    Column("feed_url", Text, primary_key=True),
    Column("keys", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    # BIGINT on purpose: SQLite appends the rows and keeps the scattered ids in an index of their own.
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("feed_url", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("extent", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("weight", Float, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Index(None, "held", "published", "id"),
    Index("ix_articles_own", "feed_url", sqlite_where=text("private IS 1"), postgresql_where=text("private IS true")),
)

memberships = Table(
    "memberships",
    metadata,
    Column("article", BigInteger, ForeignKey(articles.c.id), primary_key=True, autoincrement=False),
    Column("story", BigInteger, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("news", Boolean, nullable=False),
)

# Finds the stories of a topic without looking at any other, however many are stored.
story_topics = Table(
    "story_topics",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("published", Moment, primary_key=True),
    Column("article", BigInteger, ForeignKey(articles.c.id), primary_key=True, autoincrement=False),
    Column("story", BigInteger, nullable=False),
)

summaries = Table(
    "summaries",
    metadata,
    Column("story", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Text, primary_key=True),
    Column("recipe", Text, primary_key=True),
    Column("body", Text, nullable=False),  # the summary as JSON
    Column("tokens_read", Integer, nullable=False),
    Column("tokens_written", Integer, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("platform", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("minute", Integer, nullable=False),  # of the day, on the wall in `zone`
    Column("zone", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("weekdays", JSON, nullable=False),
    Column("length", Text, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("importance", Text, nullable=False),
    Column("empty", Text, nullable=False),
    Column("holidays", Text, nullable=False),
    Column("recap", Boolean, nullable=False),
    Column("cutoff", Integer, nullable=False),  # hours
    Column("public", Boolean, nullable=False),
    Column("chart", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("reason", Text),
    Column("since", Moment, nullable=False),
    Index(None, "zone", "minute", "id"),
    Index(None, "platform", "space", "channel"),
    sqlite_with_rowid=False,  # by id, as they are read: a batch of due ones stands together
)

# What is posted, once for all channels that get the same.
bodies = Table(
    "bodies",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("shown", JSON, nullable=False),  # the ids of its stories
    Column("made", Moment, nullable=False),
)

# The outbox. The id is made of subscription, day and part, so that there is never a second one.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("subscription", BigInteger, nullable=False),
    Column("platform", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("part", Integer, nullable=False),
    Column("body", BigInteger, ForeignKey(bodies.c.id)),
    Column("state", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("leased", Moment, nullable=False),  # until when one process has it; 1970: nobody
    Column("tries", Integer, nullable=False),
    Column("tried", Moment),
    Column("message", Text),
    Column("sent", Moment),
    Column("reason", Text),
    Column("until", Moment, nullable=False),  # after that it is skipped
    Index(None, "state", "due"),
    Index(None, "subscription", "day"),
    Index(None, "body"),  # without it, each body that is deleted costs a look at every delivery
    # What a person was sent, whatever became of the subscription: `/privacy` tells and deletes it.
    Index("ix_deliveries_person", "channel", sqlite_where=text("direct IS 1"), postgresql_where=text("direct IS true")),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

beats = Table(
    "beats",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

# When the next turn at a chat is free.
turns = Table(
    "turns",
    metadata,
    Column("name", Text, primary_key=True),
    Column("free", Moment, nullable=False),
)

# What readers voted in a channel, one for each person and story. The key begins with what tells channels apart best:
# a batch of a thousand of them is looked for at once.
votes = Table(
    "votes",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("space", Text, primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("direct", Boolean, primary_key=True),
    Column("story", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, primary_key=True),
    Column("value", Integer, nullable=False),  # +1 or -1
    Column("topics", JSON, nullable=False),  # the story's, when it was voted on
    Column("at", Moment, nullable=False),
    Index(None, "platform", "space"),
    Index(None, "platform", "person"),
    Index(None, "at"),
    sqlite_with_rowid=False,
)

# What articles are found by. PostgreSQL keeps the keys of an article here; SQLite keeps them in `words` (full-text
# search, in no metadata), by `number`, which is never used again: what was rewritten gets a new one, and whatever
# `words` tells of a number that is gone is nothing.
searched = Table(
    "searched",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("article", BigInteger, ForeignKey(articles.c.id), nullable=False),
    Column("feed", BigInteger, nullable=False),  # `model.number` of its address
    Column("published", Moment, nullable=False),
    Column("words", TSVECTOR().with_variant(Text, "sqlite")),
    Index(None, "article", unique=True),
    Index("ix_searched_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    sqlite_autoincrement=True,
)

# Conversations: what was asked, and answered.
questions = Table(
    "questions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("thread", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("articles", JSON, nullable=False),  # the ids of what the answer cites
    Column("at", Moment, nullable=False),
    Column("story", BigInteger),
    Column("asker", Text),  # the person's place: `dm:discord:USER`; none at the console
    Column("space", Text),  # where it was asked: `Channel.home`; none at the console
    Index(None, "thread", "id"),
    Index(None, "asker"),
    Index(None, "space"),
    Index(None, "at"),
)

# Digests that anybody may read, once each, for ever; whether anybody may is decided when they are asked for.
digests = Table(
    "digests",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("made", Moment, nullable=False),
    Column("body", Text, nullable=False),  # the digest as JSON
    Index(None, "day", "id"),
)

# Which stories and topics a public digest tells.
tellings = Table(
    "tellings",
    metadata,
    Column("kind", Text, primary_key=True),  # story, topic
    Column("name", Text, primary_key=True),
    Column("digest", BigInteger, ForeignKey(digests.c.id), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# For which public subscriptions a digest was made, as which body, and whether that was posted: only then it is shown.
readers = Table(
    "readers",
    metadata,
    Column("subscription", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("digest", BigInteger, ForeignKey(digests.c.id), nullable=False, index=True),
    Column("body", BigInteger),
    Column("posted", Boolean, nullable=False),
    Index("ix_readers_unposted", "day", sqlite_where=text("posted IS 0"), postgresql_where=text("posted IS false")),
    sqlite_with_rowid=False,
)

# People whose direct messages were paused for a reason that nobody has told them yet.
notices = Table(
    "notices",
    metadata,
    Column("person", Text, primary_key=True),
    Column("space", Text, primary_key=True),
    Column("platform", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Who wants to be told at once. The id is made of the channel: each has one at most.
alerts = Table(
    "alerts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("platform", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("zone", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("critical", Boolean, nullable=False),
    Column("cap", Integer, nullable=False),  # of a local day
    Column("quiet_from", Integer, nullable=False),  # minutes of the day, on the wall in `zone`
    Column("quiet_until", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("reason", Text),
    Column("since", Moment, nullable=False),
    Index(None, "platform", "space"),
    sqlite_with_rowid=False,
)
