"""The port `Votes`, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Channel, Platform, Vote
from bot.store.store import DatabaseStore
from tests.contracts.postings import CHANNEL, PERSON, subscription
from tests.contracts.samples import BIG, NOW

SLACK = Channel(Platform.SLACK, "1", "10")
LONG_AGO = NOW - timedelta(days=365)


def vote(person: str = "7", story: int = 1, **fields: object) -> Vote:
    cast = {"channel": CHANNEL, "value": 1, "topics": ("ki", "cloud"), "at": NOW}
    return Vote(story=story, person=person, **(cast | fields))  # type: ignore[arg-type]


async def cast(store: DatabaseStore, *votes: Vote) -> None:
    for one in votes:
        await store.votes.cast(one)


async def test_everything_comes_back_as_it_was(store: DatabaseStore) -> None:
    votes = [vote(story=BIG, at=NOW), vote("8", value=-1, topics=(), at=NOW + timedelta(microseconds=1))]
    await cast(store, *reversed(votes))
    assert await store.votes.of(CHANNEL, LONG_AGO) == votes


async def test_one_vote_for_each_person_and_story_which_can_be_changed_and_taken_back(store: DatabaseStore) -> None:
    assert await store.votes.cast(vote()) == 1
    changed = vote(value=-1, topics=("ki",), at=NOW + timedelta(hours=1))
    assert await store.votes.cast(changed) == -1
    assert await store.votes.of(CHANNEL, LONG_AGO) == [changed]
    assert await store.votes.cast(replace(changed, at=NOW + timedelta(hours=2))) == 0
    assert await store.votes.of(CHANNEL, LONG_AGO) == []
    assert await store.votes.cast(changed) == -1


async def test_other_people_stories_and_channels_are_apart(store: DatabaseStore) -> None:
    apart = [vote(), vote("8"), vote(story=2), *(vote(channel=place) for place in (PERSON, SLACK))]
    await cast(store, *apart)
    assert len(await store.votes.of(CHANNEL, LONG_AGO)) == 3
    assert await store.votes.of(PERSON, LONG_AGO) == [apart[3]]


async def test_what_is_old_is_not_asked_for_and_forgotten_in_time(store: DatabaseStore) -> None:
    old, new = vote(at=NOW - timedelta(days=91)), vote("8")
    await cast(store, old, new)
    assert await store.votes.of(CHANNEL, NOW - timedelta(days=90)) == [new]
    assert await store.votes.forget(NOW - timedelta(days=90)) == 1
    assert await store.votes.of(CHANNEL, LONG_AGO) == [new]


async def test_those_of_many_channels_at_once(store: DatabaseStore) -> None:
    many = [replace(CHANNEL, id=str(n)) for n in range(1000, 2200)]
    later = vote("8", value=-1, at=NOW + timedelta(hours=1))
    await cast(store, later, vote(), vote("9", at=LONG_AGO), vote(channel=PERSON), vote(channel=SLACK))
    await cast(store, vote(channel=many[1199]))
    assert await store.votes.among([*many, CHANNEL, PERSON], NOW - timedelta(days=90)) == {
        CHANNEL: [vote(), later],
        PERSON: [vote(channel=PERSON)],
        many[1199]: [vote(channel=many[1199])],
    }
    assert await store.votes.among([], LONG_AGO) == {}


async def test_a_channel_is_cleared(store: DatabaseStore) -> None:
    await cast(store, vote(), vote("8"), vote(channel=SLACK))
    assert await store.votes.clear(CHANNEL) == 2
    assert await store.votes.of(SLACK, LONG_AGO) == [vote(channel=SLACK)]


async def test_a_person_can_see_and_withdraw_all_of_theirs(store: DatabaseStore) -> None:
    elsewhere = replace(CHANNEL, id="11")
    await cast(store, vote(), vote("8"), vote(channel=elsewhere), vote(channel=SLACK))
    assert len(await store.votes.by(Platform.DISCORD, "7")) == 2
    assert await store.votes.withdraw(Platform.DISCORD, "7") == 2
    assert await store.votes.by(Platform.DISCORD, "7") == []
    assert await store.votes.of(CHANNEL, LONG_AGO) == [vote("8")]
    assert await store.votes.by(Platform.SLACK, "7") == [vote(channel=SLACK)]


async def test_they_go_with_their_server_and_channel(store: DatabaseStore) -> None:
    elsewhere, other = replace(CHANNEL, id="11"), replace(CHANNEL, space="2")
    await cast(store, *(vote(channel=place) for place in (CHANNEL, elsewhere, other, SLACK, PERSON)))
    await store.subscriptions.close(CHANNEL)
    assert {one.channel for one in await store.votes.by(Platform.DISCORD, "7")} == {PERSON, elsewhere, other}
    await store.subscriptions.leave(Platform.DISCORD, "1")
    await store.subscriptions.leave(Platform.DISCORD, "")
    assert {one.channel for one in await store.votes.by(Platform.DISCORD, "7")} == {PERSON, other}
    assert len(await store.votes.of(SLACK, LONG_AGO)) == 1


async def test_they_stay_when_a_digest_of_their_channel_goes(store: DatabaseStore) -> None:
    await store.subscriptions.save(subscription(1))
    await cast(store, vote())
    await store.subscriptions.remove([1])
    assert await store.votes.of(CHANNEL, LONG_AGO) == [vote()]
