"""The feeds and topics that come with the repository: enough, well-formed, and of one mind about the topics."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.model import Feed, Language
from config.files import read_feeds, read_topics

CONFIG = Path(__file__).parents[2] / "config"
TOPICS = read_topics(CONFIG / "topics.toml")
FEEDS = read_feeds(CONFIG / "feeds.toml", TOPICS)
ROWS: list[dict[str, Any]] = tomllib.loads((CONFIG / "topics.toml").read_text("utf-8"))["topic"]
KEYS = "ki sicherheit hardware software mobil netzpolitik wirtschaft wissenschaft raumfahrt mobilitaet gaming cloud"


def test_there_are_feeds_for_every_topic_in_both_languages() -> None:
    assert len(FEEDS) >= 40
    assert {feed.language for feed in FEEDS} == set(Language)
    assert {topic for feed in FEEDS for topic in feed.topics} == set(KEYS.split())


@pytest.mark.parametrize("feed", FEEDS, ids=[feed.name for feed in FEEDS])
def test_a_feed_is_asked_safely_and_counts_sensibly(feed: Feed) -> None:
    address = urlsplit(feed.url)

    assert (address.scheme, address.port, address.username) == ("https", None, None)
    assert "." in (address.hostname or "")
    assert feed.name == feed.name.strip()
    assert 0.5 <= feed.weight <= 2.0


def test_no_feed_is_there_twice() -> None:
    assert len({feed.name.casefold() for feed in FEEDS}) == len(FEEDS)
    assert len({feed.url.casefold().rstrip("/") for feed in FEEDS}) == len(FEEDS)


def test_the_topics_are_those_of_the_house() -> None:
    assert " ".join(topic.key for topic in TOPICS) == KEYS


@pytest.mark.parametrize("row", ROWS, ids=[row["key"] for row in ROWS])
@pytest.mark.parametrize("language", ["words_de", "words_en"])
def test_a_topic_has_plenty_of_words_in_each_language(row: dict[str, Any], language: str) -> None:
    words = [word.casefold() for word in row[language]]

    assert 20 <= len(words) <= 50
    assert len(set(words)) == len(words)
    assert all(word == " ".join(word.split()) and len(word) >= 2 for word in words)
