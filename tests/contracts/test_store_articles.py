"""The port `Articles`, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Extent, Language
from bot.ports import Known
from bot.store.articles import TEXT_LIMIT
from bot.store.store import DatabaseStore
from tests.contracts.samples import BIG, NOW, article

DAY = NOW - timedelta(hours=24)


async def test_an_article_comes_back_as_it_was(store: DatabaseStore) -> None:
    told = article(BIG, language=Language.EN, extent=Extent.FULL, topics=())
    assert await store.articles.add([told]) == 1
    assert await store.articles.get([BIG, 7]) == {BIG: told}
    assert await store.articles.since(DAY) == [told]


async def test_what_is_kept_already_stays_as_it_is(store: DatabaseStore) -> None:
    await store.articles.add([article(1)])
    again = [article(1, outlet="B", title="Anders"), article(2), article(2, title="Doppelt")]
    assert await store.articles.add(again) == 1
    assert await store.articles.since(DAY) == [article(1), article(2)]


async def test_many_articles_in_one_go(store: DatabaseStore) -> None:
    many = [article(n, hours=n / 1000) for n in range(1, 1201)]
    assert await store.articles.add(many) == 1200
    assert await store.articles.since(DAY) == many[::-1]
    assert len(await store.articles.get(list(range(1, 1300)))) == 1200
    assert await store.articles.add([]) == 0


async def test_a_text_is_bounded(store: DatabaseStore) -> None:
    await store.articles.add([article(1, text="ä" * (TEXT_LIMIT + 1))])
    await store.articles.rewrite([article(1, text="ö" * (TEXT_LIMIT + 1))])
    assert (await store.articles.get([1]))[1].text == "ö" * TEXT_LIMIT


async def test_since_and_count_see_what_is_young_and_not_held(store: DatabaseStore) -> None:
    young, held, old = article(1, hours=23), article(2, held=True), article(3, hours=25)
    await store.articles.add([young, held, old])
    assert await store.articles.since(DAY) == [young]
    assert await store.articles.count(DAY) == 1
    assert await store.articles.count(NOW) == 0
    assert await store.articles.get([2]) == {2: held}


async def test_a_held_article_becomes_news_when_another_feed_tells_it_as_news(store: DatabaseStore) -> None:
    await store.articles.add([article(1, held=True)])
    await store.articles.add([article(1, held=True)])
    assert await store.articles.count(DAY) == 0
    await store.articles.add([article(1)])
    await store.articles.add([article(1, held=True)])
    assert await store.articles.count(DAY) == 1


async def test_rewriting_replaces_title_text_and_extent_only(store: DatabaseStore) -> None:
    await store.articles.add([article(1), article(2)])
    changed = article(1, title="Neu", text="Neuer Text", extent=Extent.FULL, outlet="Niemand", topics=("mobil",))
    await store.articles.rewrite([changed])
    await store.articles.rewrite([])
    expected = replace(article(1), title="Neu", text="Neuer Text", extent=Extent.FULL)
    assert await store.articles.get([1, 2]) == {1: expected, 2: article(2)}


async def test_keys_are_kept_in_order_and_replaced_as_a_whole(store: DatabaseStore) -> None:
    first = [Known(BIG, 1, -BIG, 3), Known(2, 3, 4)]
    await store.articles.remember({"a": first, "b": [Known(5, 6, 7, 8)]})
    assert await store.articles.known(["a", "b", "c"]) == {"a": first, "b": [Known(5, 6, 7, 8)]}
    await store.articles.remember({"a": first[1:]})
    await store.articles.remember({})
    assert await store.articles.known(["a"]) == {"a": first[1:]}
