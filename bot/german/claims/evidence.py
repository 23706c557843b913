"""What a sentence is held to: the texts of the sources it cites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model import Article, Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source as it was read. `published` resolves its „am Montag“ and „yesterday“."""

    title: str
    text: str
    language: Language
    published: datetime
    outlet: str = ""


def evidence(articles: Iterable[Article]) -> tuple[Evidence, ...]:
    """What these articles say."""
    return tuple(Evidence(one.title, one.text, one.language, one.published, one.outlet) for one in articles)
