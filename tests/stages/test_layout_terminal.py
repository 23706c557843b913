"""A digest in the terminal: complete, in German, and never obeying what feeds say."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from bot.model import Digest
from cogs.console.layout import print_digest
from tests.stages.digests import DIGEST, SOURCES, STORY, SUMMARY, TOLD, hostile

LONG = "https://blatt.example/" + "-".join(["sehr-lang"] * 20)


def printed(digest: Digest, width: int = 100, *, terminal: bool = False) -> str:
    page = StringIO()
    color = "standard" if terminal else None
    print_digest(digest, Console(file=page, width=width, force_terminal=terminal, color_system=color))  # type: ignore[arg-type]
    return page.getvalue()


@pytest.mark.parametrize("words", TOLD)
def test_a_digest_is_told_completely(words: str) -> None:
    assert words in printed(DIGEST).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("width", [20, 60, 100, 300])
def test_lines_fit_and_no_word_is_lost(width: int) -> None:
    lines = printed(DIGEST, width).splitlines()

    assert all(len(line) <= min(width, 92) for line in lines if "://" not in line)
    assert not any(line.endswith(" ") for line in lines)
    assert set(" ".join(lines).split()) >= {"Angriffe", "Anriss", "Zeitung:", "Quellen", "https://paper.example/2"}


def test_an_address_stays_in_one_piece_where_nobody_can_click() -> None:
    lines = printed(hostile("Titel", LONG), width=60).splitlines()

    assert LONG in {line.strip() for line in lines}
    assert "\x1b" not in "".join(lines)


def test_a_terminal_gets_titles_to_click_and_sees_the_host() -> None:
    page = printed(hostile("Titel", LONG), terminal=True)

    assert f";{LONG}\x1b\\" in page
    assert page.count(LONG) == 1
    assert "· blatt.example" in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/\x1b\\\x1b[2J", ""])
def test_a_terminal_opens_only_web_addresses(url: str) -> None:
    assert "\x1b]8;" not in printed(hostile("Titel", url), terminal=True)


def test_markup_of_feeds_is_printed_as_it_is() -> None:
    assert "[bold red]Eilt[/bold red] [link=x]" in printed(hostile("[bold red]Eilt[/bold red] [link=x]"))


def test_today_is_the_day_of_the_digest() -> None:
    earlier = tuple(replace(source, published=source.published - timedelta(days=1)) for source in SOURCES)
    page = printed(replace(DIGEST, stories=(replace(STORY, summary=replace(SUMMARY, sources=earlier)),)))

    assert "gestern, 09:05" in page
    assert "heute" not in page


def test_an_empty_digest_says_so() -> None:
    page = printed(replace(DIGEST, stories=(), failed=(), looked_at=214))

    assert "214 Artikel gesehen, nichts Wichtiges dabei." in page
    assert "Sprachmodell" not in page
