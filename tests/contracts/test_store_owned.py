"""Whose feeds are whose: the port `Feeds` about spaces, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.model import EVERYBODYS, Article, Channel, Feed, FeedState, Platform, SpaceFeed, View
from bot.ports import Placement
from bot.store.store import DatabaseStore
from tests.contracts.samples import NOW, article, feed

ONE, TWO, DAY = "discord:1", "discord:2", NOW - timedelta(days=1)
PERSON = "discord:77"


def own(name: str, space: str = ONE, by: str = PERSON, called: str = "") -> SpaceFeed:
    wanted = replace(feed(name), name=called or name.upper())
    return SpaceFeed(space, wanted, NOW, by, outlet=f"Feed {name}")


async def asked(store: DatabaseStore) -> list[str]:
    return sorted(state.feed.url for state in await store.feeds.all())


def url(name: str) -> str:
    return feed(name).url


async def test_what_a_space_has_is_asked_once_and_private(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a")])
    assert await store.feeds.give([own("b", called="Geheim")], 5) == {url("b")}
    assert await store.feeds.give([own("b", TWO, called="Anders")], 5) == {url("b")}

    claimed = await store.feeds.claim(NOW, 10)
    assert [state.feed for state in claimed] == [feed("a"), Feed(url("b"), "Feed b", private=True)]
    assert await store.feeds.views([ONE, TWO, "discord:3", EVERYBODYS]) == {
        ONE: View(((url("b"), "Geheim"),)),
        TWO: View(((url("b"), "Anders"),)),
    }
    assert [one.feed.name for one in await store.feeds.of(ONE)] == ["Geheim"]
    assert await store.feeds.of("discord:3") == []


async def test_a_new_start_leaves_it_what_it_is(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a")])
    await store.feeds.give([own("b")], 5)
    await store.feeds.enrol([feed("c")])
    assert await asked(store) == [url("b"), url("c")]
    await store.feeds.enrol([feed("b")])
    (state,) = await store.feeds.all()
    assert state.feed == feed("b"), "everybody's now"
    await store.feeds.enrol([])
    (state,) = await store.feeds.all()
    assert state.feed.private


async def test_the_last_who_leaves_turns_out_the_light(store: DatabaseStore) -> None:
    for space in (ONE, TWO):
        await store.feeds.give([own("b", space)], 5)
    await store.feeds.take(ONE, [url("b")], NOW)
    assert await asked(store) == [url("b")]
    await store.feeds.take(TWO, [url("b")], NOW)
    assert await asked(store) == []
    assert await store.feeds.claim(NOW, 10) == []


async def test_everybodys_is_hidden_for_one_space_and_comes_back(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a")])
    await store.feeds.take(ONE, [url("a")], NOW, PERSON)
    assert await store.feeds.views([ONE, TWO]) == {ONE: View(hidden=frozenset({url("a")}))}
    assert await asked(store) == [url("a")]
    assert await store.feeds.give([own("a")], 0) == {url("a")}, "it is none of its own"
    assert await store.feeds.views([ONE]) == {}


async def test_what_the_operator_gives_and_takes_is_everybodys(store: DatabaseStore) -> None:
    await store.feeds.enrol([feed("a")])
    await store.feeds.give([own("b", EVERYBODYS)], 5)
    assert [state.feed.private for state in await store.feeds.all()] == [False, False]
    await store.feeds.take(EVERYBODYS, [url("a"), url("b")], NOW)
    assert await asked(store) == []
    await store.feeds.enrol([feed("a")])
    assert await asked(store) == [], "it is still hidden from all"
    await store.feeds.give([own("a", EVERYBODYS)], 5)
    assert await asked(store) == [url("a")]


async def test_everybody_knows_it_as_the_operator_calls_it(store: DatabaseStore) -> None:
    await store.feeds.give([own("b", called="Geheim")], 5)
    await store.feeds.give([own("b", EVERYBODYS, called="Bote")], 5)
    (state,) = await store.feeds.all()
    assert state.feed == Feed(url("b"), "Bote")
    await store.feeds.give([own("b", EVERYBODYS, called="Bote")], 5)
    await store.feeds.take(EVERYBODYS, [url("b")], NOW)
    (state,) = await store.feeds.all()
    assert state.feed.private, "the server that had it first still has it"


async def test_the_most_is_kept(store: DatabaseStore) -> None:
    assert await store.feeds.give([own(name) for name in "abc"], 2) == {url("a"), url("b")}
    assert await store.feeds.give([own("d"), own("a")], 2) == {url("a")}
    assert len(await store.feeds.of(ONE)) == 2


async def test_what_was_gone_is_asked_again(store: DatabaseStore) -> None:
    await store.feeds.give([own("a")], 5)
    (state,) = await store.feeds.claim(NOW, 10)
    await store.feeds.record([replace(state, gone=True, due=NOW + timedelta(days=9))])
    assert await store.feeds.claim(NOW, 10) == []
    await store.feeds.give([own("a", TWO)], 5)
    assert len(await store.feeds.claim(NOW, 10)) == 1


async def test_a_server_that_is_left_takes_its_feeds_along(store: DatabaseStore) -> None:
    for space in (ONE, "discord:11", "dm:discord:1", "slack:T1", "dm:slack:T1/U1", "dm:slack:T11/U1"):
        await store.feeds.give([own("b", space)], 5)
    await store.subscriptions.leave(Platform.DISCORD, "1")
    await store.subscriptions.leave(Platform.SLACK, "T1")
    await store.subscriptions.leave(Platform.DISCORD, "")
    spaces = ("discord:11", "dm:discord:1", "dm:slack:T11/U1", ONE, "slack:T1", "dm:slack:T1/U1")
    assert [len(await store.feeds.of(space)) for space in spaces] == [1, 1, 1, 0, 0, 0]
    assert Channel(Platform.SLACK, "T1", "U1", direct=True).home == "dm:slack:T1/U1"


async def test_private_articles_are_counted_apart_and_may_be_left_out(store: DatabaseStore) -> None:
    told: list[Article] = [article(1), article(2), article(3, private=True), article(4, held=True)]
    await store.articles.add(told)
    await store.stories.place([Placement(n, 1, "") for n in (1, 2, 3)])

    a = told[0].feed_url
    sums = {(one.feed_url, one.private): one.articles for one in await store.articles.tally(DAY)}
    assert sums == {(a, False): 2, (a, True): 1}
    (story,) = await store.stories.current(DAY, own=())
    assert [one.id for one in story.articles] == [1, 2]
    for all_ in (None, {a}):
        (story,) = await store.stories.current(DAY, own=all_)
        assert [one.private for one in story.articles] == [False, False, True]


def test_a_state_is_everybodys_unless_told_otherwise() -> None:
    assert not FeedState(feed(), "").feed.private
