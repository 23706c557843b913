"""The order of the stories, and that it explains itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Article, Importance, Language, Member, Story
from bot.stories.rank import LEAST, MOST_BY_ONE, rank, score

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def article(n: int, outlet: str = "blatt", age: float = 1.0, weight: float = 1.0, title: str = "Titel") -> Article:
    at = NOW - timedelta(hours=age)
    url = f"https://{outlet}.example/{n}"
    return Article(n, url, outlet, url, title, "Text.", Language.DE, at, at, weight=weight)


def story(*articles: Article, topics: tuple[str, ...] = ("ki",)) -> Story:
    return Story(articles[0].id, "v", tuple(Member(one, "") for one in articles), topics)


def order(*stories: Story) -> list[int]:
    return [one.story.id for one in rank(stories, NOW)]


def test_more_independent_outlets_come_first() -> None:
    assert order(story(article(1)), story(article(2), article(3, "kurier"))) == [2, 1]


def test_two_pages_of_one_site_are_one_outlet() -> None:
    twice = story(
        replace(article(2), url="https://www.blatt.example/2"),
        replace(article(3, "blatt 2"), url="https://blatt.example/3"),
    )
    assert not any("unabhängig" in part.name for part in rank([twice], NOW)[0].parts)


def test_the_fresh_and_the_weighty_come_first() -> None:
    assert order(story(article(1, age=20)), story(article(2, "kurier", age=2))) == [2, 1]
    assert order(story(article(1)), story(article(2, "kurier", weight=2.0))) == [2, 1]


def test_urgency_counts() -> None:
    urgent = story(article(2, "kurier", title="Kritische Lücke wird bereits ausgenutzt"))
    assert order(story(article(1)), urgent) == [2, 1]


def test_one_outlet_alone_does_not_fill_the_digest() -> None:
    many = [story(article(n, age=n / 10)) for n in range(1, MOST_BY_ONE + 3)]
    other = story(article(99, "kurier", age=20))
    assert order(*many, other).index(99) == MOST_BY_ONE


def test_what_is_old_and_told_by_one_is_not_important() -> None:
    assert rank([story(article(1, age=72))], NOW)[0].score < LEAST[Importance.NORMAL]
    assert rank([story(article(1, age=12))], NOW)[0].score >= LEAST[Importance.NORMAL]


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0, 100), st.floats(0.5, 2)), min_size=1, max_size=12))
def test_the_parts_sum_up_to_the_score_and_the_order_does_not_depend_on_the_input(
    told: list[tuple[int, float, float]],
) -> None:
    stories = [story(article(n, f"o{o}", age, weight)) for n, (o, age, weight) in enumerate(told, 1)]
    ranked = rank(stories, NOW)
    assert ranked == rank(list(reversed(stories)), NOW)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    for one in ranked:
        assert one.score == pytest.approx(sum(part.points for part in one.parts))
        assert all(part.points for part in one.parts)


def test_a_recap_does_not_ask_how_fresh_a_story_is() -> None:
    old, new = story(article(1, age=140)), story(article(2, age=1))

    assert score(old, NOW, recap=True).score == score(new, NOW, recap=True).score
    assert score(old, NOW).score < score(new, NOW).score
