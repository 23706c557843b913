"""What people ask, and what they are answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.news import Dropped, MadeBy, Sentence, Source
from bot.model.posts import Channel


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sources say about a question; without sentences, they say nothing about it.

    `sources` are those that a sentence cites, by their numbers. An extract quotes them, in their own language.
    `notes` (German): what whoever asked must know, such as why the model did not answer.
    """

    question: str
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    made_by: MadeBy
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, and what was answered: its text, and the articles that it cites.

    `story` is the one that was asked about, `asker` the person (None: the operator at the console), `space` where it
    was asked, as `Channel.home` writes it (empty: at the console).
    """

    question: str
    answer: str
    articles: tuple[int, ...]
    at: datetime
    story: int | None = None
    asker: Channel | None = None
    space: str = ""
