"""Sentences held to a source, as the tests of the check write them: on a Tuesday, 24 November 2026."""

from datetime import UTC, datetime

from bot.german.claims.claims import objections
from bot.german.claims.evidence import Evidence
from bot.model import Language

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)


def source(text: str, language: Language = Language.EN, title: str = "", when: datetime = TUESDAY) -> Evidence:
    return Evidence(title, text, language, when, "Blatt")


def said(sentence: str, text: str, language: Language = Language.EN) -> tuple[str, ...]:
    """What speaks against the sentence, held to a source that says this."""
    return objections(sentence, (source(text, language),))
