"""What a story is worth to an audience with interests and votes of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Channel, Interests, Language, Member, Platform, RankedStory, Story, Vote, version_of
from bot.stories.rank import score
from bot.stories.taste import VOTED, Taste
from bot.stories.votes import COUNTED, weight, weights
from bot.stories.words import Mentions

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
CHANNEL = Channel(Platform.DISCORD, "1", "10")
PERSON = Channel(Platform.DISCORD, "", "7", direct=True)


def scored(title: str, text: str = "Text.", topics: tuple[str, ...] = ("hardware",)) -> RankedStory:
    one = Article(1, "f", "Blatt", "https://blatt.example/1", title, text, Language.DE, NOW, NOW)
    return score(Story(1, version_of([one]), (Member(one, ""),), topics), NOW)


def wanted(one: RankedStory, weighed: tuple[tuple[str, float], ...] = (), **interests: tuple[str, ...]) -> RankedStory:
    found = tasted(one, weighed, **interests)
    assert found is not None
    assert found.score == pytest.approx(sum(part.points for part in found.parts))
    return found


def tasted(
    one: RankedStory, weighed: tuple[tuple[str, float], ...] = (), **interests: tuple[str, ...]
) -> RankedStory | None:
    return Taste(Interests(**interests), weighed, Mentions()).of(one)


def named(one: RankedStory) -> dict[str, float]:
    return {part.name: round(part.points, 2) for part in one.parts}


class TestInterests:
    def test_who_wants_everything_gets_it_as_it_is(self) -> None:
        one = scored("Neuer Chip")
        assert tasted(one) is one

    def test_only_wanted_topics_are_told(self) -> None:
        assert tasted(scored("Neuer Chip"), topics=("gaming",)) is None
        assert named(wanted(scored("Neuer Chip"), topics=("hardware", "ki")))["gewünschtes Thema"] == 1.0

    def test_a_word_says_why_it_is_there_and_becomes_its_first_topic(self) -> None:
        found = wanted(scored("Chip für Quantencomputer"), words=("Quantencomputer", "Mond"))
        assert found.story.topics == ("„Quantencomputer“", "hardware")
        assert named(found)["eigenes Wort „Quantencomputer“"] == 1.0
        assert "eigenes Wort „Mond“" not in named(found)

    def test_a_word_in_the_text_counts_half(self) -> None:
        found = wanted(scored("Neuer Chip", "Für Quantencomputer."), topics=("ki",), words=("Quantencomputer",))
        assert named(found)["eigenes Wort „Quantencomputer“"] == 0.5

    def test_neither_topic_nor_word(self) -> None:
        assert tasted(scored("Neuer Chip"), topics=("ki",), words=("Quantencomputer",)) is None

    def test_what_is_about_something_left_out_is_not_told(self) -> None:
        about_musk = scored("Elon Musks neuer Chip")
        assert tasted(about_musk, without_words=("Elon Musk",)) is None
        assert tasted(about_musk, topics=("hardware",), words=("Chip",), without_words=("Elon Musk",)) is None
        assert tasted(scored("Konsole", topics=("hardware", "gaming")), without_topics=("gaming",)) is None

    def test_a_mere_mention_of_it_leaves_the_story(self) -> None:
        one = scored("Neuer Chip", "Auch Elon Musk war da.")
        assert tasted(one, without_words=("Elon Musk",), without_topics=("gaming",)) is one


class TestWeights:
    def test_votes_move_a_story_and_say_so(self) -> None:
        one = scored("Neuer Chip", topics=("hardware", "ki"))
        up, down = wanted(one, (("hardware", 1.3),)), wanted(one, (("hardware", 0.8), ("gaming", 2.0)))
        assert down.score < one.score < up.score
        assert set(named(up)) - set(named(one)) == {"Stimmen für und gegen die Themen"}

    def test_they_are_bounded_and_cancel_out(self) -> None:
        one = scored("Neuer Chip", topics=("hardware", "ki"))
        assert wanted(one, (("hardware", 2.0), ("ki", 2.0))).score == pytest.approx(one.score + VOTED)
        assert wanted(one, (("hardware", 0.5), ("ki", 0.5))).score == pytest.approx(one.score - VOTED)
        assert wanted(one, (("hardware", 0.5), ("ki", 2.0))).score == pytest.approx(one.score)


def vote(person: int, value: int = 1, days: float = 0, topics: tuple[str, ...] = ("ki",)) -> Vote:
    return Vote(CHANNEL, int(days * 100) + person, str(person), value, topics, NOW - timedelta(days=days))


class TestVotes:
    def test_nobody_voted(self) -> None:
        assert weights([], NOW) == ()

    def test_each_person_moves_it_a_little_within_bounds(self) -> None:
        found = [dict(weights([vote(n) for n in range(count)], NOW))["ki"] for count in (1, 2, 5, 20, 10_000)]
        assert found == sorted(found)
        assert found[0] == 1.1
        assert found[-1] == 2.0
        assert dict(weights([vote(n, -1) for n in range(10_000)], NOW)) == {"ki": 0.5}

    def test_for_and_against_cancel_out(self) -> None:
        assert weights([vote(1), vote(2, -1)], NOW) == ()

    def test_of_one_day_a_persons_last_one_counts(self) -> None:
        same_day = [
            replace(vote(1, value), story=n, at=NOW - timedelta(hours=n)) for n, value in enumerate((1, -1, -1))
        ]
        assert weights(same_day, NOW) == weights([vote(1)], NOW)

    def test_one_person_does_not_turn_a_topic_off(self) -> None:
        for_months = [vote(1, -1, days) for days in range(89)]
        assert dict(weights(for_months, NOW))["ki"] == 0.8

    def test_without_the_damping_one_person_would(self) -> None:
        assert weight(-89) == 0.5

    def test_whose_channel_it_is_is_heard(self) -> None:
        mine = [replace(vote(1, -1, days), channel=PERSON) for days in range(89)]
        assert dict(weights(mine, NOW))["ki"] == 0.5

    def test_they_expire(self) -> None:
        days = COUNTED.days
        assert weights([vote(1, days=days - 0.1)], NOW) == (("ki", 1.1),)
        assert weights([vote(1, days=days + 0.1)], NOW) == ()

    def test_a_story_of_several_topics_counts_for_each(self) -> None:
        assert weights([vote(1, topics=("sicherheit", "ki"))], NOW) == (("ki", 1.1), ("sicherheit", 1.1))
