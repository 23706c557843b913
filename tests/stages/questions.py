"""Articles to ask about: a German one, an English one, and one about something else."""

from datetime import UTC, datetime

from bot.model import Article, Extent, Language

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def article(id_: int, title: str, text: str, language: Language = Language.DE) -> Article:
    url = f"https://blatt{id_}.example/{id_}"
    return Article(id_, f"{url}/feed", f"Blatt {id_}", url, title, text, language, NOW, NOW, Extent.FULL)


KIOSK = article(
    1,
    "Klabauter stellt Funkgerät Kormoran 3 vor",
    "Die Firma Klabauter hat am Montag das Funkgerät Kormoran 3 vorgestellt. Es kostet 249 Euro und kommt am "
    "4. Dezember in den Handel.\n\nDer Akku hält nach Angaben des Herstellers 16 Stunden. Das Gehäuse besteht aus "
    "Aluminium. Eine Fassung für Boote soll im Frühjahr folgen.",
)
ENGLISH = article(
    2,
    "Klabauter's Kormoran 3 radio has a flaw",
    "A vulnerability in the Kormoran 3 radio lets anybody nearby listen in. Researchers at Ostrava Signals found the "
    "hole in October. Klabauter plans to ship a fix within two weeks.",
    Language.EN,
)
OTHER = article(
    3,
    "Fähre ohne Schornstein",
    "Die Werft Tidenwerk baut eine Fähre ohne Schornstein. Das Schiff kostet 64 Millionen Euro. Es soll 2028 fahren.",
)
ALL = (KIOSK, ENGLISH, OTHER)
