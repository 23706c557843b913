"""The menu under a digest, and what a reader is told who picks a story."""

from dataclasses import replace

import pytest

from bot.german.topics import NOT_STORED
from bot.model import Dropped, ScorePart
from bot.newsroom import Told, Why
from cogs.discord.markdown import units
from cogs.discord.menu import ANSWER, LABEL, OPTIONS, PLACEHOLDER, answer, card, menu, story_id
from tests.stages.digests import STORY, SUMMARY

WHY = Why(
    "Rakete *Petrel* startet",
    (ScorePart("2 unabhängige Quellen", 1.5), ScorePart("Aktualität", 0.8)),
    (Told("Blatt", "Erster Artikel über dieses Ereignis"), Told("Kurier", "Teilt »Petrel« mit „Start“ (Blatt)")),
)


def test_every_story_can_be_picked_by_its_headline() -> None:
    (row,) = menu([STORY, replace(STORY, summary=replace(SUMMARY, story_id=2**63 - 1, headline="H" * 300))])
    select = row["components"][0]  # type: ignore[index]

    assert [option["value"] for option in select["options"]] == [str(SUMMARY.story_id), str(2**63 - 1)]
    assert select["options"][0]["label"] == SUMMARY.headline
    assert len(select["options"][1]["label"]) <= LABEL


def test_a_menu_has_something_to_pick_and_no_more_than_discord_takes() -> None:
    assert menu([]) == []
    many = [replace(STORY, summary=replace(SUMMARY, story_id=n)) for n in range(40)]
    assert len(menu(many)[0]["components"][0]["options"]) == OPTIONS  # type: ignore[index]


def test_no_story_is_offered_twice() -> None:
    assert len(menu([STORY, STORY])[0]["components"][0]["options"]) == 1  # type: ignore[index]


def test_the_answer_names_points_and_articles() -> None:
    told = answer(WHY)

    assert "2 unabhängige Quellen (+1,5), Aktualität (+0,8)" in told
    assert "- Blatt: Erster Artikel über dieses Ereignis" in told
    assert "\\*Petrel\\*" in card(WHY.title, 1, told)[0]["content"]


def test_the_answer_tells_what_was_left_out() -> None:
    dropped = tuple(Dropped(f"Satz {n}", "nennt eine Zahl, die in keiner Quelle steht") for n in range(6))
    told = answer(replace(WHY, topics=("„Petrel“", "Raumfahrt"), dropped=dropped, unused=3))

    assert "Themen: „Petrel“, Raumfahrt" in told
    assert "Nicht in der Zusammenfassung: 3 weitere Artikel dieser Meldung." in told
    assert "- „Satz 3“: nennt eine Zahl, die in keiner Quelle steht" in told
    assert "- … und 2 weitere" in told
    assert "gestrichen" not in answer(WHY)
    assert "1 weiterer Artikel dieser" in answer(replace(WHY, unused=1))


def test_the_menu_says_what_can_be_done() -> None:
    for word in ("nachfragen", "merken", "mehr", "weniger", "Warum"):
        assert word in PLACEHOLDER
    labels = [one["label"] for one in card("Petrel", 7)[1]["components"]]
    assert labels == ["Nachfragen", "Merken", "Mehr davon", "Weniger davon", "Warum sehe ich das?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), None),
        ("9" * 400, None),
        ("", None),
        ("-1", None),
        ("x", None),
    ],
)
def test_what_can_be_no_story_is_none(text: str, expected: int | None) -> None:
    assert story_id(text) == expected


def test_an_answer_has_room_and_an_old_story_a_word() -> None:
    many = replace(WHY, sources=(Told("B" * 90, "<@1> @everyone " * 90),) * 30)

    assert units(answer(many)) <= ANSWER
    assert "<@1>" not in answer(many)
    assert answer(None) == NOT_STORED
