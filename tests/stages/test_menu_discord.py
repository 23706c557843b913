"""The menu under a digest, and what a reader is told who picks a story."""

from dataclasses import replace

from bot.model import ScorePart
from bot.newsroom import Told, Why
from cogs.discord.markdown import units
from cogs.discord.menu import ANSWER, GONE, LABEL, OPTIONS, answer, menu
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
    assert "\\*Petrel\\*" in told


def test_an_answer_has_room_and_an_old_story_a_word() -> None:
    many = replace(WHY, sources=(Told("B" * 90, "<@1> @everyone " * 90),) * 30)

    assert units(answer(many)) <= ANSWER
    assert "<@1>" not in answer(many)
    assert answer(None) == GONE
