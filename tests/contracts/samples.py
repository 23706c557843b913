"""Articles and stories to store."""

from datetime import UTC, datetime, timedelta

from bot.model import Article, Extent, Feed, Language

NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
BIG = 2**63 - 1


def feed(name: str = "a", **fields: object) -> Feed:
    return Feed(**({"url": f"https://{name}.example/feed", "name": name.upper()} | fields))  # type: ignore[arg-type]


def article(id_: int, hours: float = 1.0, **fields: object) -> Article:
    """An article published so many hours ago."""
    told = {
        "id": id_,
        "feed_url": "https://a.example/feed",
        "outlet": "A",
        "url": f"https://a.example/{id_}",
        "title": f"Überschrift „{id_}“",
        "text": "Erster Absatz.\n\nZweiter Absatz – 🚀.",
        "language": Language.DE,
        "published": NOW - timedelta(hours=hours),
        "seen": NOW,
        "extent": Extent.TEASER,
        "topics": ("ki", "cloud"),
        "weight": 1.5,
    }
    return Article(**(told | fields))  # type: ignore[arg-type]
