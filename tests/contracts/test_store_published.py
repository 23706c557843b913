"""The port `Published`, on both databases: what is private is never given out."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select, true

from bot.model import Channel, Delivery, Digest, Platform, State, Subscription, delivery_id
from bot.ports import Body, Outcome, Page, Printed
from bot.store import published
from bot.store.store import DatabaseStore
from bot.store.tables import digests, readers, tellings
from tests.contracts.samples import NOW
from tests.stages.digests import DIGEST, STORY

STORY_ID = STORY.summary.story_id
LATER = replace(DIGEST, day=DIGEST.day + timedelta(days=1), stories=(replace(STORY, told=1),))


def one(id_: int, *, public: bool) -> Subscription:
    place = Channel(Platform.DISCORD, "1", str(id_))
    return Subscription(id_, place, "Digest", time(7), "Europe/Berlin", public=public)


async def keep(store: DatabaseStore, digest: Digest, *subscriptions: Subscription, posted: bool = True) -> None:
    for subscription in subscriptions:
        await store.subscriptions.save(subscription)
    printed = Printed(digest, f"{digest.day} {digest.looked_at}")
    await store.published.keep(dict.fromkeys([one.id for one in subscriptions], printed), NOW)
    waiting = [_delivery(one, printed) for one in subscriptions]
    await store.outbox.add(waiting, [Body(printed.body)], NOW)
    if posted:
        await store.outbox.record([Outcome(one.id, State.SENT, NOW, "m") for one in waiting])


def _delivery(one: Subscription, printed: Printed) -> Delivery:
    day = printed.digest.day
    id_ = delivery_id(one.id, day, 1)
    return Delivery(id_, one.id, one.channel, day, 1, printed.body, State.PENDING, NOW, NOW)


async def count(store: DatabaseStore) -> list[int]:
    """Rows of digests, of what they tell, and of who reads them."""
    async with store.published.database.reading() as connection:
        tables = (digests, tellings, readers)
        return [(await connection.execute(select(func.count()).select_from(one))).scalar_one() for one in tables]


async def found(store: DatabaseStore, digest: Digest = DIGEST) -> list[list[Page]]:
    """The answers to all questions that could give this digest away, kept for subscription 1."""
    ids = [row.id for row in [*await store.published.latest(9)] if row.digest.day == digest.day]
    pages = [page for id_ in ids if (page := await store.published.page(id_))]
    return [
        pages,
        await store.published.latest(9),
        await store.published.on(digest.day, 9),
        await store.published.about("Sicherheit", 9),
        await store.published.telling(STORY_ID, 9),
        await store.published.of(1, 9),
    ]


async def test_a_public_digest_is_found_whole_but_for_the_feeds_that_failed(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True))
    answers = await found(store)
    assert {len(pages) for pages in answers} == {1}
    assert {pages[0].digest == replace(DIGEST, failed=()) for pages in answers} == {True}
    assert answers[0][0].made == NOW


async def test_a_private_one_is_not_found(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=False))
    assert await found(store) == [[]] * 6


async def test_the_control_without_the_filter_it_would_be(
    store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, DIGEST, one(1, public=False))
    monkeypatch.setattr(published, "IS_PUBLIC", true())
    assert {len(pages) for pages in await found(store)} == {1}


async def test_what_is_made_private_again_or_removed_is_gone(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True))
    id_ = (await store.published.latest(1))[0].id
    await store.subscriptions.save(one(1, public=False))
    assert await store.published.page(id_) is None
    await store.subscriptions.save(one(1, public=True))
    assert await store.published.page(id_)
    await store.subscriptions.remove([1])
    assert await store.published.page(id_) is None
    assert await count(store) == [0, 0, 0]


async def test_what_was_not_posted_is_not_found(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True), posted=False)
    assert await found(store) == [[]] * 6
    waiting = _delivery(one(1, public=True), Printed(DIGEST, ""))
    await store.outbox.record([Outcome(waiting.id, State.MISSED, NOW, reason="Zu spät.")])
    assert await found(store) == [[]] * 6
    await store.outbox.record([Outcome(waiting.id, State.SENT, NOW, "m")])  # it got through after all
    assert {len(pages) for pages in await found(store)} == {1}


async def test_the_control_without_the_look_at_what_was_posted_it_would_be(
    store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, DIGEST, one(1, public=True), posted=False)
    monkeypatch.setattr(published, "IS_POSTED", true())
    assert {len(pages) for pages in await found(store)} == {1}


async def test_one_that_was_made_anew_before_it_was_posted_is_the_one_that_is_found(store: DatabaseStore) -> None:
    lost = Printed(replace(DIGEST, looked_at=5), "was nie gepostet wird")
    await store.published.keep({1: lost}, NOW)  # whoever made it died then
    await keep(store, DIGEST, one(1, public=True))
    assert [page.digest.looked_at for page in await store.published.latest(9)] == [DIGEST.looked_at]


async def test_what_another_process_posted_instead_is_no_page_of_this_one(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True), posted=False)
    await store.published.keep({1: Printed(replace(DIGEST, looked_at=5), "zu spät gemacht")}, NOW)
    waiting = _delivery(one(1, public=True), Printed(DIGEST, ""))
    await store.outbox.record([Outcome(waiting.id, State.SENT, NOW, "m")])
    assert await store.published.latest(9) == []


async def test_what_was_never_posted_is_forgotten(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True))
    await keep(store, LATER, one(2, public=True), posted=False)
    await store.published.forget(LATER.day)
    assert (await count(store))[2] == 2, "it may still be posted"
    await store.published.forget(LATER.day + timedelta(days=1))
    assert [(await count(store))[n] for n in (0, 2)] == [1, 1]
    assert len(await store.published.latest(9)) == 1


async def test_a_digest_that_another_channel_reads_stays(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True), one(2, public=True))
    await store.subscriptions.close(one(1, public=True).channel)
    (page,) = await store.published.latest(9)
    assert await store.published.of(1, 9) == []
    assert await store.published.of(2, 9) == [page]


async def test_one_digest_for_many_is_kept_once_and_one_public_reader_is_enough(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=False), one(2, public=True), one(3, public=True))
    assert len(await store.published.latest(9)) == 1
    assert await store.published.of(1, 9) == []  # the same digest, but nobody shall know that this channel gets it
    assert len(await store.published.of(2, 9)) == 1


async def test_the_first_of_a_day_stays(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True))
    await keep(store, replace(DIGEST, looked_at=5), one(1, public=True))
    assert [page.digest.looked_at for page in await store.published.latest(9)] == [DIGEST.looked_at]


async def test_the_latest_comes_first(store: DatabaseStore) -> None:
    await keep(store, DIGEST, one(1, public=True))
    await keep(store, LATER, one(1, public=True))
    assert [page.digest.day for page in await store.published.telling(STORY_ID, 9)] == [LATER.day, DIGEST.day]
    assert [page.digest.day for page in await store.published.of(1, 1)] == [LATER.day]


async def test_numbers_that_no_database_knows(store: DatabaseStore) -> None:
    assert await store.published.page(2**64 - 1) is None
    assert await store.published.of(2**64 - 1, 9) == []
    assert await store.published.telling(2**64 - 1, 9) == []
