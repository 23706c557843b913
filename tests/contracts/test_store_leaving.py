"""What is kept of a server: none of it is left when the bot has left, and nobody else misses anything."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.model import Alert, Article, Channel, Platform, SpaceFeed, State, Tokens, Turn, Vote, delivery_id
from bot.ports import Body, Known, Outcome, Placement, Printed
from bot.store import unasked
from bot.store.store import DatabaseStore
from bot.store.tables import metadata
from tests.contracts.postings import DAY, delivery, subscription
from tests.contracts.samples import NOW, article, feed
from tests.stages.digests import DIGEST, STORY

GUILD, OTHER = "771234567890", "881234567890"
HERE, THERE = (Channel(Platform.DISCORD, guild, f"{guild}1") for guild in (GUILD, OTHER))
COMMON, SECRET = feed("a"), "geheim"


def private(guild: str) -> str:
    return f"https://{SECRET}-{guild}.example/feed"


def told(id_: int, guild: str) -> Article:
    url = f"https://{SECRET}-{guild}.example/{id_}"
    return article(id_, feed_url=private(guild), url=url, title=f"Nur für {guild}", private=True)


async def settle_in(store: DatabaseStore, channel: Channel, first: int) -> None:
    """Something of everything for a server; whoever adds a noun adds it here."""
    guild, day = channel.space, DIGEST.day
    one = subscription(first, channel, public=True)
    await store.subscriptions.save(one)
    mine = replace(DIGEST, audience=f"Digest von {guild}")
    body = f"Digest für {guild}"
    posted = replace(delivery(first, channel=channel, body=body, day=day), id=delivery_id(first, day, 1))
    await store.published.keep({first: Printed(mine, body)}, NOW)
    shared = replace(posted, id=delivery_id(first, day - DAY, 1), day=day - DAY, body="für beide")
    await store.published.keep({first: Printed(replace(DIGEST, day=day - DAY), "für beide")}, NOW)
    alert = Alert(channel, "Europe/Berlin", critical=True)
    await store.alerts.save(alert)
    late = replace(delivery(alert.id, channel=channel, body=f"Eilmeldung für {guild}"), id=alert.id)
    texts = [Body(text) for text in (body, "für beide", f"Eilmeldung für {guild}")]
    await store.outbox.add([posted, shared, late], texts, NOW)
    await store.outbox.record([Outcome(each.id, State.SENT, NOW, "m") for each in (posted, shared)])
    await store.votes.cast(Vote(channel, first, "42", 1, ("ki",), NOW))
    await store.conversations.add(f"discord:{channel.id}/42", Turn("Was?", "Das.", (), NOW, None, None, channel.home))
    await store.feeds.give([SpaceFeed(channel.home, feed("p", url=private(guild)), NOW, "42")], 9)
    await store.feeds.take(channel.home, [COMMON.url], NOW, "42")
    await store.articles.add([told(first, guild), article(first + 1), told(first + 2, guild)])
    await store.articles.remember({private(guild): [Known(first, 1, 2)]})
    await store.stories.place(
        [
            Placement(first, first, f"Wie bei {guild}", topics=("ki",)),
            Placement(first + 1, first + 1, "Beginnt", topics=("ki",)),
            Placement(first + 2, first + 1, "Dieselbe", topics=("ki",)),
        ]
    )
    summary = replace(STORY.summary, story_id=first + 1, headline=f"Für {guild}")
    await store.summaries.keep(summary, "recipe", Tokens(0, 0))


async def holding(store: DatabaseStore, id_: str) -> dict[str, int]:
    """How many rows of which tables hold this text anywhere."""
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        if table.name == "searched":  # of its words, SQLite tells none
            continue
        async for row in store.outbox.database.rows(select(table)):
            if any(id_ in str(value) for value in row._mapping.values()):
                found[table.name] = found.get(table.name, 0) + 1
    return found


async def count(store: DatabaseStore, table: str) -> int:
    rows = store.outbox.database.rows(select(metadata.tables[table]))
    return len([row async for row in rows])


@pytest.fixture
async def kept(store: DatabaseStore) -> DatabaseStore:
    await store.feeds.enrol([COMMON])
    await settle_in(store, HERE, 1_000)
    await settle_in(store, THERE, 2_000)
    return store


async def test_nothing_is_left_of_a_server_and_others_miss_nothing(kept: DatabaseStore) -> None:
    before = await holding(kept, OTHER)
    assert {*before} == {
        *("alerts articles bodies deliveries digests feeds memberships questions space_feeds subscriptions".split()),
        *("summaries told votes".split()),
    }  # the control: each of them was seeded
    assert before == await holding(kept, GUILD)
    await kept.subscriptions.leave(Platform.DISCORD, GUILD)
    await kept.outbox.forget(NOW - 30 * DAY, NOW + timedelta(seconds=1))

    assert await holding(kept, GUILD) == {}
    assert await holding(kept, OTHER) == before
    assert await kept.subscriptions.spaces(Platform.DISCORD) == {OTHER}
    assert {row.subscription async for row in kept.outbox.database.rows(select(metadata.tables["readers"]))} == {2_000}
    assert await count(kept, "searched") == 4
    assert await count(kept, "story_topics") == 4
    assert {*await kept.articles.get([1_000, 1_001, 1_002])} == {1_001}, "what everybody's feed told stays"


async def test_its_pages_vanish_but_for_what_another_server_posted_too(kept: DatabaseStore) -> None:
    assert len(await kept.published.latest(9)) == 3
    await kept.subscriptions.leave(Platform.DISCORD, GUILD)
    assert [page.digest.audience for page in await kept.published.latest(9)] == [f"Digest von {OTHER}", DIGEST.audience]
    assert await count(kept, "digests") == 2
    await kept.subscriptions.leave(Platform.DISCORD, OTHER)
    assert [await count(kept, table) for table in ("digests", "tellings", "readers")] == [0, 0, 0]


async def test_a_feed_that_somebody_else_has_keeps_its_articles(kept: DatabaseStore) -> None:
    person = Channel(Platform.DISCORD, "", "42", direct=True)
    await kept.feeds.give([SpaceFeed(person.home, feed("p", url=private(GUILD)), NOW)], 9)
    await kept.subscriptions.leave(Platform.DISCORD, GUILD)
    assert {*await kept.articles.get([1_000, 1_002])} == {1_000, 1_002}
    assert private(GUILD) in {state.feed.url for state in await kept.feeds.all()}
    await kept.people.forget(person)
    assert await kept.articles.get([1_000, 1_002]) == {}
    assert SECRET not in str(await holding(kept, private(GUILD)))
    assert await holding(kept, private(GUILD)) == {}


async def test_what_was_read_meanwhile_goes_with_the_next_look(kept: DatabaseStore) -> None:
    await kept.subscriptions.leave(Platform.DISCORD, GUILD)
    await kept.articles.add([told(1_005, GUILD)])  # it was being collected
    await kept.articles.remember({private(GUILD): [Known(1_005, 1, 2)]})
    assert await kept.feeds.forget_nobodys() == 1
    assert await holding(kept, GUILD) == {"bodies": 2}  # of which nothing is needed, and which go within days
    assert await kept.feeds.forget_nobodys() == 0


async def test_a_source_that_is_removed_takes_its_articles_along(kept: DatabaseStore) -> None:
    await kept.feeds.take(HERE.home, [private(GUILD)], NOW)
    assert {*await kept.articles.get([1_000, 1_002])} == {1_000, 1_002}
    assert await kept.feeds.forget_nobodys() == 2
    assert "articles" not in await holding(kept, private(GUILD))
    assert COMMON.url in {state.feed.url for state in await kept.feeds.all()}


async def test_what_is_placed_meanwhile_is_not_in_the_way(kept: DatabaseStore) -> None:
    await kept.articles.add([told(3_000 + n, GUILD) for n in range(40)])
    placements = [[Placement(3_000 + n, 3_000 + n, "Beginnt")] for n in range(40)]
    await asyncio.gather(
        kept.subscriptions.leave(Platform.DISCORD, GUILD), *(kept.stories.place(some) for some in placements)
    )
    await unasked.forget(kept.outbox.database)
    assert "articles" not in await holding(kept, GUILD)
