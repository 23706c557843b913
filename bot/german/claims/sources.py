"""What the checks read of a source: its text in one piece, the day of its publication, its sentences."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.german.claims.evidence import Evidence
from bot.model import Language

BERLIN = ZoneInfo("Europe/Berlin")


def text_of(source: Evidence) -> str:
    """Title and text; the title is a sentence of its own."""
    return _joined(source.title, source.text)


@lru_cache(maxsize=256)
def _joined(title: str, text: str) -> str:
    return f"{title}\n\n{text}" if title else text


def when_of(source: Evidence) -> date:
    """The day on which it was published: a German outlet's „heute“ is the day in Germany, in UTC maybe the day before."""
    if source.language is Language.DE and source.published.tzinfo is not None:
        return source.published.astimezone(BERLIN).date()
    return source.published.date()
