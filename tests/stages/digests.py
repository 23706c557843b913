"""A digest to lay out: one story of a model with a follow-up, a teaser, an English source and a refused sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model import (
    Digest,
    DigestStory,
    Dropped,
    Extent,
    Failure,
    Language,
    MadeBy,
    ScorePart,
    Sentence,
    Source,
    Summary,
)

AT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
SOURCES = (
    Source(1, "Blatt", "Lücke geschlossen", "https://blatt.example/1", Language.DE, AT, Extent.TEASER),
    Source(2, "Paper", "Hole closed", "https://paper.example/2", Language.EN, AT, Extent.FULL),
)
SUMMARY = Summary(
    7,
    "v",
    "Eine Lücke ist geschlossen",
    (Sentence("Das Update schließt die Lücke.", (1, 2)), Sentence("Angriffe soll es geben.", (2,), hedged=True)),
    SOURCES,
    MadeBy.MODEL,
    dropped=(Dropped("41 Millionen Geräte.", "Die Zahl steht in keiner Quelle."),),
)
STORY = DigestStory(SUMMARY, ("Sicherheit",), (ScorePart("2 unabhängige Quellen", 1.5),), follow_up=True)
FAILURE = Failure("Zeitung", "Antwortet nicht.")
DIGEST = Digest(date(2026, 11, 23), "alle Themen", (STORY,) * 3, 10_000, (FAILURE,), ("Hinweis.",))
UNTRANSLATED = replace(
    STORY, summary=replace(SUMMARY, headline="Hole closed", sentences=(), translated=False, made_by=MadeBy.EXTRACT)
)
# What every layout tells of `DIGEST`.
TOLD = (
    "Montag, 23. November 2026",
    "alle Themen",
    "Hinweis.",
    "Neu",
    "Sicherheit",
    "vom Sprachmodell verfasst",
    "Eine Lücke ist geschlossen",
    "Angriffe soll es geben.",
    "[1]",
    "Lücke geschlossen",
    "Englisch",
    "nur Anriss gelesen",
    "heute, 09:05 Uhr",
    "2 unabhängige Quellen",
    "+1,5",
    "10.000 Artikel gesehen, 3 Meldungen ausgewählt.",
    "hat ein Sprachmodell verfasst",
    "1 Feed nicht gelesen",
    "Zeitung: Antwortet nicht.",
)


def hedged() -> DigestStory:
    """The story, of which nothing is certain any more."""
    sentences = tuple(replace(sentence, hedged=True) for sentence in SUMMARY.sentences)
    return replace(STORY, summary=replace(SUMMARY, sentences=sentences))


def hostile(text: str, url: str = "https://blatt.example/1") -> Digest:
    """A digest in which this text is everywhere that text from outside can be."""
    source = replace(SOURCES[0], title=text, outlet=text, url=url)
    summary = replace(SUMMARY, headline=text, sentences=(Sentence(text, (1,)),), sources=(source,))
    return replace(DIGEST, stories=(replace(STORY, summary=summary),), failed=(Failure(text, text),))
