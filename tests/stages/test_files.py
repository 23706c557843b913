"""feeds.toml and topics.toml: what is right is read, what is wrong is named in German."""

from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.model import Feed, Language, Topic
from config.files import read_feeds, read_topics

KI = Topic("ki", "KI", ("Sprachmodell", "language model"))
TABLE = '[[feed]]\nname = "Blatt"\nurl = "https://blatt.example/feed"\nlanguage = "de"\ntopics = ["ki"]\nweight = 1.5\n'


def write(path: Path, text: str) -> Path:
    file = path / "file.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_feed_is_read(tmp_path: Path) -> None:
    feeds = read_feeds(write(tmp_path, TABLE), [KI])

    assert feeds == (Feed("https://blatt.example/feed", "Blatt", Language.DE, ("ki",), 1.5),)


def test_a_topic_has_the_words_of_both_languages(tmp_path: Path) -> None:
    text = '[[topic]]\nkey = "ki"\nname = "KI"\nwords_de = ["Sprachmodell"]\nwords_en = ["language model"]\n'

    assert read_topics(write(tmp_path, text)) == (KI,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "keine [[feed]]-Tabelle"),
        ("[[feed]\n", "kein gültiges TOML"),
        (TABLE + TABLE, "kommt mehrfach vor: https://blatt.example/feed"),
        (TABLE.replace("https://", "ftp://"), "keine http- oder https-Adresse"),
        (TABLE.replace('"ki"', '"kl"'), "unbekanntes Thema: kl"),
        (TABLE.replace("1.5", "-1"), "weight"),
        (TABLE.replace('"de"', '"fr"'), "language"),
        (TABLE.replace("weight", "gewicht"), "gewicht"),
    ],
)
def test_what_is_wrong_is_named(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError) as error:
        read_feeds(write(tmp_path, text), [KI])

    assert says in str(error.value)
    assert "\n" not in str(error.value)
