"""From feeds to a digest, as a newcomer sees it: the real command over the sample edition, served on loopback."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cogs.console.sample import EDITION_TIME
from tests.journeys.commandline import bot

EDITION = Path(__file__).parents[2] / "cogs" / "console" / "edition" / "articles.jsonl"
TRUTH: list[dict[str, str]] = [json.loads(line) for line in EDITION.read_text("utf-8").splitlines()]
THE_DAY_BEFORE = EDITION_TIME - timedelta(hours=24)


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    result = bot("preview", "--sample", "--format", "json", home=tmp_path_factory.mktemp("home"))
    assert result.returncode == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_it_tells_the_day_and_what_failed(digest: dict[str, Any]) -> None:
    assert digest["date"] == "2026-11-23"
    assert digest["looked_at"] == sum(datetime.fromisoformat(row["published"]) > THE_DAY_BEFORE for row in TRUTH)
    assert [failure["feed"] for failure in digest["failed"]] == ["Küstenfunk Digital"]
    assert "Beispielausgabe" in digest["notes"][0]


def test_its_stories_are_the_events(digest: dict[str, Any]) -> None:
    events = {row["title"]: row["event"] for row in TRUTH}
    told = [{events[source["title"]] for source in story["sources"]} for story in digest["stories"]]

    assert len(told) == 8
    assert all(len(story) == 1 for story in told)
    assert len({event for story in told for event in story}) == len(told)


def test_every_sentence_names_its_sources_and_stands_in_them(digest: dict[str, Any]) -> None:
    texts = {row["title"]: f"{row['teaser']} {row['text']}" for row in TRUTH}
    for story in digest["stories"]:
        sources = {source["n"]: texts[source["title"]] for source in story["sources"]}
        for sentence in story["sentences"]:
            assert sentence["sources"]
            assert sentence["text"] in " ".join(sources[sentence["sources"][0]].split())


def test_the_day_of_the_attacks_is_led_by_them(digest: dict[str, Any]) -> None:
    first = digest["stories"][0]

    assert "Torvik" in first["headline"]
    assert {source["outlet"] for source in first["sources"]} >= {"Prüfsumme", "Leitungsblatt", "Sandbox Sentinel"}
    assert first["follow_up"]
    assert first["made_by"] == "extract"


def test_a_topic_and_a_page(tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    result = bot("preview", "--sample", "--topic", "raumfahrt", "--out", str(page), home=tmp_path)

    assert result.returncode == 0, result.stderr
    assert "Habicht" in result.stdout
    assert "Vossa" not in result.stdout
    assert "Feeds gelesen: 19" in result.stderr
    html = page.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "127.0.0.1" not in html + result.stdout, "nobody is sent where nothing is"
    assert "ihre Quellen gibt es im Netz nicht" in html


def test_a_look_at_discord(tmp_path: Path) -> None:
    page = tmp_path / "discord.html"
    sample = ("preview", "--sample", "--topic", "raumfahrt", "--format", "discord")
    result = bot(*sample, "--out", str(page), home=tmp_path)

    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert str(page) in result.stderr
    html = page.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    for told in ("Habicht", "Warum sehe ich das?", "von 4.000 Zeichen", "von 40 Bausteinen"):
        assert told in html
    assert "Vossa" not in html
    assert "127.0.0.1" not in html
    assert "<script" not in html


def test_the_console_answers_what_is_piped_in(tmp_path: Path) -> None:
    lines = "/help\n/topics list\n/status\n/summary topic:ki\n/summary topik:ki\n"
    result = bot("console", home=tmp_path, given=lines, FEEDS_FILE=str(feeds_of_nobody(tmp_path)))

    assert result.returncode == 1  # the last line was wrong
    assert "Meinten Sie topic?" in result.stderr
    for words in ("/summary", "Netzpolitik", "1 Feed, noch keiner gelesen", "kein Artikel erschienen"):
        assert words in result.stdout


def test_dead_feeds_of_ones_own_are_no_reason_for_the_sample(tmp_path: Path) -> None:
    result = bot("preview", "--feeds", str(feeds_of_nobody(tmp_path)), home=tmp_path, PRIVATE_HOSTS="127.0.0.1:9")

    assert result.returncode == 1
    assert "war erreichbar" in result.stderr
    assert not result.stdout


def feeds_of_nobody(folder: Path) -> Path:
    file = folder / "feeds.toml"
    file.write_text('[[feed]]\nname = "Niemand"\nurl = "http://127.0.0.1:9/feed"\nlanguage = "de"\n', "utf-8")
    return file
