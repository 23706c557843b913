"""Choosing costs nothing: ranked stories and their summaries become a digest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.compose import compose
from bot.model import MadeBy, Member, RankedStory, ScorePart, Story, Summary
from tests.told import NOW, article

PARTS = (ScorePart("Aktualität", 1.9),)
NAMES = {"ki": "KI", "mobilitaet": "Mobilität"}


def ranked(id_: int, *members: Member, topics: tuple[str, ...] = ()) -> RankedStory:
    return RankedStory(Story(id_, "v", members or (Member(article(id_), ""),), topics), 1.9, PARTS)


def summary(id_: int) -> Summary:
    return Summary(id_, "v", f"Meldung {id_}", (), (), MadeBy.EXTRACT)


def test_stories_keep_their_order_and_their_reasons() -> None:
    stories = compose([ranked(2), ranked(1)], {1: summary(1), 2: summary(2)}, NAMES, NOW)

    assert [story.summary.headline for story in stories] == ["Meldung 2", "Meldung 1"]
    assert stories[0].parts == PARTS


def test_topics_are_named_in_german_and_unknown_ones_left_out() -> None:
    (story,) = compose([ranked(1, topics=("mobilitaet", "abgeschafft", "ki"))], {1: summary(1)}, NAMES, NOW)

    assert story.topics == ("Mobilität", "KI")


def test_what_has_no_summary_is_left_out() -> None:
    assert compose([ranked(1)], {}, NAMES, NOW) == ()


@pytest.mark.parametrize(
    ("news", "hours", "follows"),
    [(True, 1, True), (True, 0, True), (True, -1, False), (False, 1, False)],
    ids=["new fact", "at once", "new fact of before", "old fact"],
)
def test_a_follow_up_has_a_new_fact_since_then(news: bool, hours: int, follows: bool) -> None:
    told = replace(article(2), published=NOW + timedelta(hours=hours))
    story = ranked(1, Member(article(1), ""), Member(told, "dasselbe Ereignis", news=news))

    assert compose([story], {1: summary(1)}, NAMES, NOW)[0].follow_up is follows


@pytest.mark.parametrize(("told", "days"), [({1: 1}, 1), ({1: 3}, 3), ({2: 1}, 0), ({}, 0)])
def test_for_an_audience_a_follow_up_is_what_it_was_told_before(told: dict[int, int], days: int) -> None:
    fresh = replace(article(2), published=NOW)
    story = ranked(1, Member(article(1), ""), Member(fresh, "dasselbe Ereignis", news=True))

    (shown,) = compose([story], {1: summary(1)}, NAMES, NOW, told)

    assert (shown.follow_up, shown.told) == (days > 0, days)
