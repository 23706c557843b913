"""The port `Archive`, on both databases: the same articles are found, in the same order."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.german.keys import keys
from bot.model import LONG_AGO, Article, Language
from bot.ports import Placement, Sought
from bot.store.store import DatabaseStore
from tests.contracts.samples import NOW, article

FEED, OTHER = "https://a.example/feed", "https://b.example/feed"


def sought(*words: str, weight: float = 1.0, language: Language = Language.DE) -> list[Sought]:
    return [Sought(keys(word, language), weight) for word in words]


def told(id_: int, title: str, text: str = "", hours: float = 1.0, **fields: object) -> Article:
    return article(id_, hours, title=title, text=text, **fields)


async def placed(store: DatabaseStore, *articles: Article) -> None:
    await store.articles.add(articles)
    await store.stories.place([Placement(one.id, one.id, "") for one in articles])


async def found(store: DatabaseStore, words: list[Sought], feeds: tuple[str, ...] = (FEED, OTHER)) -> list[int]:
    return [one.id for one in await store.archive.search(words, LONG_AGO, feeds, 10)]


@pytest.mark.parametrize(
    "word", ["Sicherheitslücke", "Sicherheitslücken", "Lücke", "Lücken", "LÜCKE", "Torvik", "4.18", "gestartet"]
)
async def test_words_are_found_in_every_inflection_and_in_compounds(store: DatabaseStore, word: str) -> None:
    words = "Torviks Sicherheitslücken in Version 4.18: Gestern startete das Update."
    await placed(store, told(1, words), told(2, "Ein Spiel kommt in den Handel"))
    assert await found(store, sought(word)) == [1]


async def test_english_articles_are_found_by_english_stems(store: DatabaseStore) -> None:
    await placed(store, told(1, "Vulnerabilities were exploited", language=Language.EN))
    assert await found(store, sought("vulnerability", language=Language.EN)) == [1]


async def test_the_article_with_most_of_the_words_comes_first_then_the_latest(store: DatabaseStore) -> None:
    await placed(
        store,
        told(1, "Rakete", hours=1),
        told(2, "Rakete mit Satellit", hours=9),
        told(3, "Satellit", hours=2),
        told(4, "Satellit", hours=3),
    )
    assert await found(store, [*sought("Rakete", weight=1), *sought("Satellit", weight=1)]) == [2, 1, 3, 4]


async def test_what_has_only_words_that_tell_little_is_not_found(store: DatabaseStore) -> None:
    await placed(
        store, told(1, "Rakete", hours=1), told(2, "Satellit", hours=2), told(3, "Satellit und Rakete", hours=3)
    )
    much, little = sought("Satellit", weight=2), sought("Rakete", weight=1.5)
    assert await found(store, [*little, *much]) == [3, 2]
    assert await found(store, little) == [1, 3]  # the control


async def test_any_key_of_a_word_will_do_and_counts_once(store: DatabaseStore) -> None:
    await placed(store, told(1, "Preise und Kosten"), told(2, "Preise", hours=0.5))
    either = Sought(keys("Preis Kosten", Language.DE), 1.0)
    assert await found(store, [either]) == [2, 1]


async def test_only_articles_of_these_feeds_are_found(store: DatabaseStore) -> None:
    await placed(store, told(1, "Rakete"), told(2, "Rakete", feed_url=OTHER))
    assert set(await found(store, sought("Rakete"))) == {1, 2}  # the control: both are there
    assert await found(store, sought("Rakete"), (OTHER,)) == [2]
    assert await found(store, sought("Rakete"), ()) == []


async def test_only_what_is_young_enough_is_found_and_no_more_than_wanted(store: DatabaseStore) -> None:
    await placed(store, *(told(n, "Rakete", hours=n) for n in range(1, 6)))
    words = sought("Rakete")
    assert [a.id for a in await store.archive.search(words, NOW - timedelta(hours=3), [FEED], 9)] == [1, 2, 3]
    assert [a.id for a in await store.archive.search(words, LONG_AGO, [FEED], 2)] == [1, 2]


async def test_what_has_no_place_yet_is_not_found(store: DatabaseStore) -> None:
    await store.articles.add([told(1, "Rakete")])
    assert await found(store, sought("Rakete")) == []


async def test_a_rewritten_article_is_found_by_its_new_words_alone(store: DatabaseStore) -> None:
    await placed(store, told(1, "Rakete"), told(2, "Rakete"))
    await store.articles.rewrite([told(1, "Satellit", "Umlaufbahn")])
    assert await found(store, sought("Rakete")) == [2]
    assert await found(store, sought("Umlaufbahn")) == [1]


async def test_rewriting_does_not_let_anything_be_found_before_its_time(store: DatabaseStore) -> None:
    await store.articles.add([told(1, "Rakete")])
    await store.articles.rewrite([told(1, "Satellit")])
    assert await found(store, sought("Satellit")) == []


async def test_articles_of_a_former_version_are_taken_in_later(store: DatabaseStore) -> None:
    await placed(store, *(told(n, "Rakete", hours=n) for n in range(1, 6)))
    async with store.archive.database.writing() as connection:
        await connection.execute(text("DELETE FROM searched"))
    assert await found(store, sought("Rakete")) == []
    assert [await store.archive.catch_up(3) for _ in range(3)] == [3, 2, 0]
    assert await found(store, sought("Rakete")) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("hostile", ['" OR rowid:1 "', "' | 'rakete", "NEAR(", "*", "a:b", "-rakete", "\\", "𝕏 ☃"])
async def test_no_word_is_a_command_to_the_database(store: DatabaseStore, hostile: str) -> None:
    await placed(store, told(1, "Satellit"))
    assert await found(store, [Sought(keys(hostile, Language.DE), 1.0), *sought("Satellit")]) == [1]


async def test_nothing_is_looked_for(store: DatabaseStore) -> None:
    await placed(store, told(1, "Rakete"))
    assert await found(store, []) == []
    assert await found(store, [Sought(frozenset(), 1.0)]) == []
