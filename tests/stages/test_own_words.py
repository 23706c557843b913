"""Where a story has a word of one's own: inflected, in compounds, and not in words that only begin alike."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.model import Article, Language, Member, Story, version_of
from bot.stories import words
from bot.stories.words import Mentions, Place, has

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def story(*told: tuple[str, str]) -> Story:
    """Articles by their titles and texts."""
    articles = [
        Article(n, "f", "Blatt", f"https://blatt.example/{n}", title, text, Language.DE, NOW, NOW)
        for n, (title, text) in enumerate(told, 1)
    ]
    return Story(1, version_of(articles), tuple(Member(one, "") for one in articles), ())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ein Quantencomputer rechnet", "Quantencomputer"),
        ("Neue Quantencomputern helfen", "Quantencomputer"),
        ("des Quantencomputers", "quantencomputer"),
        ("QUANTENCOMPUTER!", "Quantencomputer"),
        ("Der Quantencomputer-Chip", "Quantencomputer"),
        ("Zwei Quantencomputerchips", "Quantencomputer"),
        ("Quantencomputerherstellerverband", "Quantencomputer"),
        ("(Quantencomputer)", "Quantencomputer"),
        ("Post-Quantencomputer-Zeit", "Quantencomputer"),
        ("mit künstlicher Intelligenz", "Künstliche Intelligenz"),
        ("die Deutschen Bahnen", "Deutsche Bahn"),
        ("Elon Musks Firma", "Elon Musk"),
        ("Open-Source-Projekt", "Open Source"),
        ("Open\nSource", "Open-Source"),
        ("zwei Vorstände", "Vorstand"),
        ("Den Vorständen", "Vorstand"),
        ("Überwachung", "ueberwachung"),
        ("U\u0308BERWACHUNG", "Überwachung"),
        ("Straße", "STRASSE"),
        ("Drohnenabwehr", "Drohne"),
        ("Roboterarm", "Roboter"),
        ("Batterien", "Batterie"),
        ("two batteries", "Battery"),
        ("three robots", "Robot"),
        ("Intels Chips", "Intel"),
        ("Teslas Werk", "Tesla"),
        ("Amazon-Aktie", "amazon"),
        ("Solarzellen", "Solar"),
        ("Rust 2.0 ist da", "rust"),
        ("Kernel in Rust-Code", "Rust"),
        ("Alte APIs", "API"),
        ("C++26 kommt: C++ wird sicher", "C++"),
        ("Microsofts .NET 9", ".NET"),
        ("O’Reilly schließt", "O'Reilly"),
        ("Das iPhone 17", "iPhone 17"),
        ("AT&T zahlt", "AT&T"),
    ],
)
def test_its_forms_are_found(text: str, word: str) -> None:
    assert has(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rustikale Möbel", "Rust"),
        ("rüstet auf", "Rust"),
        ("Frust im Amt", "Rust"),
        ("Im Kino", "Kin"),
        ("Künstliche Intelligenz", "Intel"),
        ("intelligente Netze", "Intel"),
        ("Am Amazonas", "Amazon"),
        ("Ein Java-Applet", "Apple"),
        ("Snapple", "Apple"),
        ("signalisiert Zustimmung", "Signal"),
        ("Mobilität", "Mobil"),
        ("Ferne Galaxien", "Galaxy"),
        ("In der Orangerie", "Orange"),
        ("Claudia sagt", "Claude"),
        ("Solaris läuft", "Solar"),
        ("Den armen Leuten", "ARM"),
        ("Saphir", "SAP"),
        ("Metall", "Meta"),
        ("Reisen", "Eisen"),
        ("kritisch", "Tisch"),
        ("Druckereien", "Drücker"),
        ("Das iPhone 170", "iPhone 17"),
        ("Intelligenz, künstliche", "künstliche Intelligenz"),
        ("Internet", ".NET"),
        ("C und C+", "C++"),
        ("", "Quantencomputer"),
        ("_Quantencomputer", "Quantencomputer"),
    ],
)
def test_false_friends_are_not(text: str, word: str) -> None:
    assert not has(text, word)


def test_without_looking_at_the_rest_false_friends_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_is_words", lambda _: True)
    assert has("Künstliche Intelligenz", "Intel")


def test_titles_say_more_than_texts_and_any_article_counts() -> None:
    mentions = Mentions()
    told = story(("Neuer Chip", "Er steckt in Quantencomputern."), ("Rechner aus Delft", "Schneller."))

    assert mentions.place(told, "Quantencomputer") is Place.TEXT
    assert mentions.place(told, "Rechner") is Place.TITLE
    assert mentions.place(told, "Delft") is Place.TITLE
    assert mentions.place(told, "Gaming") is Place.NOWHERE


def test_each_version_of_a_story_is_read_once_for_all_words_and_looked_through_once_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mentions, read, looked = Mentions(), list[str](), list[str]()
    body, found_in = Mentions._read, words._found_in

    def reads(self: Mentions, story: Story) -> Any:
        read.append(story.version)
        return body(self, story)

    def looks(folded: str, *rest: Any) -> bool:
        looked.append(folded)
        return found_in(folded, *rest)

    monkeypatch.setattr(Mentions, "_read", reads)
    monkeypatch.setattr(words, "_found_in", looks)
    old, new = story(("Chip", "Monat")), story(("Chip", "Rat"), ("Neuer Chip", "Mehr"))
    for _ in range(5):
        for word in ("Quantencomputer", "Mona"):
            for one in (old, new):
                mentions.place(one, word)

    assert read == [old.version, new.version]
    assert looked == ["monat"]  # elsewhere is not even its beginning


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "TEXTS", 3)
    monkeypatch.setattr(words, "FOUND", 5)
    mentions = Mentions()
    for n in range(20):
        mentions.place(story((f"Titel {n}", "Text")), "Quantencomputer")

    assert len(mentions._texts) == 3
    assert len(mentions._found) == 5


def test_a_word_without_end_is_no_compound_and_ends_nothing() -> None:
    assert not has("Quantencomputer" + "haus" * 250, "Quantencomputer")
    assert has("Quantencomputerhaus", "Quantencomputer")
