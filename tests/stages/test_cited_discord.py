"""An answer as Discord shows it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.german.answers import NOT_THERE, QUOTES, WRITTEN
from bot.model import Answer, Extent, Language, MadeBy, Sentence, Source
from cogs.discord.cited import answered, cited
from cogs.discord.markdown import units

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def source(n: int, title: str = "Titel", language: Language = Language.DE) -> Source:
    return Source(n, f"Blatt {n}", title, f"https://blatt.example/{n}", language, NOW, Extent.FULL)


SENTENCES = (Sentence("Es kostet 249 Euro.", (1, 2)), Sentence("Es kommt im März.", (1,)))
TOLD = Answer("Was kostet es?", SENTENCES, (source(1), source(2, language=Language.EN)), MadeBy.MODEL)


def test_numbers_are_links_where_they_stand_first_and_sources_are_below() -> None:
    assert cited(TOLD).splitlines() == [
        (
            "Es kostet 249 Euro.\N{NO-BREAK SPACE}[[1]](https://blatt.example/1)[[2]](https://blatt.example/2) "
            "Es kommt im März.\N{NO-BREAK SPACE}\\[1\\]"
        ),
        "-# \\[1\\] Blatt 1: Titel",
        "-# \\[2\\] Blatt 2: Titel (Englisch)",
        f"-# {WRITTEN}",
    ]


def test_quotes_are_marked_and_stand_apart() -> None:
    lines = cited(replace(TOLD, made_by=MadeBy.EXTRACT), "Was <@1> kostet?").splitlines()
    assert lines[:2] == [r"**Was \<\@1\> kostet?**", QUOTES]
    assert lines[2].startswith("> „Es kostet 249 Euro.“")
    assert lines[3].startswith("> „Es kommt im März.“")


def test_without_an_answer_it_says_so_in_a_line() -> None:
    assert cited(Answer("?", (), (), MadeBy.MODEL)) == f"**{NOT_THERE}**"


@pytest.mark.parametrize("room", [3_900, 1_900])
@pytest.mark.parametrize("length", [10, 200, 600])
def test_whatever_is_cited_has_room(room: int, length: int) -> None:
    sources = tuple(replace(source(n, "*" * 150), url=f"https://blatt.example/{'x' * 370}{n}") for n in range(1, 9))
    sentences = tuple(Sentence("*" * length, tuple(range(1, 9))) for _ in range(8))
    told = cited(Answer("?" * 500, sentences, sources, MadeBy.MODEL), "?" * 500, room)
    assert units(told) <= room
    assert r"\*" in told
    assert "Blatt 1" in told


def test_no_link_leads_where_none_may() -> None:
    told = replace(TOLD, sources=(replace(source(1), url="javascript:x"), replace(source(2), url="http://127.0.0.1/")))
    assert "](" not in cited(told)


def test_a_message_notifies_nobody_in_either_form() -> None:
    told = answered(TOLD)
    for form in told.values():
        assert form["allowed_mentions"] == {"parse": [], "replied_user": False}
        assert form["flags"] & 1 << 2  # no previews
