"""The port `Stories`, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.model import EVERYBODY, Article, Feed, Member, Story, View, version_of
from bot.ports import Placement
from bot.store.store import DatabaseStore
from tests.contracts.samples import BIG, NOW, article

DAY = NOW - timedelta(hours=24)


def place(id_: int, story: int, *topics: str, news: bool = False) -> Placement:
    return Placement(id_, story, f"Grund {id_}", news, topics)


def told(id_: int, *topics: str, hours: float = 1.0) -> Article:
    """How a placed article comes back."""
    return article(id_, hours, topics=topics)


async def stories(store: DatabaseStore, *topics: str) -> dict[int, Story]:
    return {story.id: story for story in await store.stories.current(DAY, topics)}


async def test_articles_wait_for_their_story_the_oldest_first(store: DatabaseStore) -> None:
    await store.articles.add([article(1, 2), article(2, 3), article(3, 25), article(4, held=True), article(5, 1)])
    assert await store.stories.unplaced(DAY, 2) == [article(2, 3), article(1, 2)]
    await store.stories.place([place(2, 2), place(1, 2)])
    assert await store.stories.unplaced(DAY, 9) == [article(5, 1)]


async def test_a_story_is_joined_of_its_articles(store: DatabaseStore) -> None:
    await store.articles.add([article(1, 30), article(2, 2), article(3, 1)])
    await store.stories.place(
        [place(1, BIG, "cloud"), place(2, BIG, "ki", "cloud"), place(3, BIG, "ki", "cloud", news=True)]
    )
    members = (
        Member(told(1, "cloud", hours=30), "Grund 1"),
        Member(told(2, "ki", "cloud", hours=2), "Grund 2"),
        Member(told(3, "ki", "cloud"), "Grund 3", news=True),
    )
    expected = Story(BIG, version_of(m.article for m in members), members, ("cloud", "ki"))
    assert await store.stories.current(DAY) == [expected]
    assert await store.stories.get(BIG) == expected
    assert await store.stories.get(7) is None


async def test_only_stories_that_move_are_current(store: DatabaseStore) -> None:
    await store.articles.add([article(1, 30), article(2, 30), article(3, 1)])
    await store.stories.place([place(1, 10), place(2, 20), place(3, 20)])
    assert list(await stories(store)) == [20]
    assert len((await stories(store))[20].articles) == 2


async def test_current_stories_of_a_topic(store: DatabaseStore) -> None:
    await store.articles.add([article(n) for n in range(1, 5)] + [article(5, 30)])
    await store.stories.place(
        [place(1, 10, "ki"), place(2, 20, "mobil"), place(3, 30), place(4, 20), place(5, 50, "ki")]
    )
    assert set(await stories(store, "ki")) == {10}
    assert set(await stories(store, "ki", "mobil")) == {10, 20}
    assert await stories(store, "gaming") == {}
    assert len((await stories(store, "mobil"))[20].articles) == 2


async def test_a_story_of_a_topic_may_go_on_about_something_else(store: DatabaseStore) -> None:
    await store.articles.add([article(1, 30), article(2, 1), article(3, 30)])
    await store.stories.place([place(1, 10, "ki"), place(2, 10, "mobil"), place(3, 30, "ki")])
    assert set(await stories(store, "ki")) == {10}


async def test_stories_are_counted_as_far_as_a_view_shows_them(store: DatabaseStore) -> None:
    url = article(1).feed_url
    await store.feeds.enrol([Feed(url, "A")])
    await store.articles.add([article(1), article(2), article(3, 30), replace(article(4), private=True)])
    await store.articles.add([replace(article(5), feed_url="https://fremd.example/feed")])
    await store.stories.place([place(1, 10, "ki", "mobil"), place(2, 10, "ki"), place(3, 30, "ki")])
    await store.stories.place([place(4, 40, "ki"), place(5, 50, "ki")])

    async def count(view: View) -> dict[str, int]:
        return dict(await store.stories.counts(["ki", "gaming"], DAY, NOW, view))

    assert await count(EVERYBODY) == {"ki": 1}
    assert await count(View(own=((url, "Unsere"),))) == {"ki": 2}  # the private one, too
    assert await count(View(hidden=frozenset({url}))) == {}


async def test_the_first_place_of_an_article_stays(store: DatabaseStore) -> None:
    await store.articles.add([article(1)])
    await store.stories.place([place(1, 10, "ki")])
    await store.stories.place([place(1, 20, "mobil")])
    await store.stories.place([])
    assert await store.stories.placed(DAY) == [(told(1, "ki"), place(1, 10, "ki"))]
    assert await stories(store, "mobil") == {}


async def test_the_version_follows_what_the_articles_say(store: DatabaseStore) -> None:
    await store.articles.add([article(1), article(2)])
    await store.stories.place([place(1, 10)])
    seen = [(await stories(store))[10].version]
    await store.stories.place([place(2, 10)])
    seen.append((await stories(store))[10].version)
    await store.articles.rewrite([article(2, text="Anders")])
    seen.append((await stories(store))[10].version)
    assert len(set(seen)) == 3
    assert (await stories(store))[10].version == seen[2]


def test_the_version_does_not_follow_order_or_topics() -> None:
    one, two = article(1), article(2)
    assert version_of([one, two]) == version_of([replace(two, topics=()), one])
