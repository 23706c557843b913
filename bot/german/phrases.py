"""What stands around the news: the phrases that every layout of a digest shares."""

from collections.abc import Sequence

from bot.german.numbers import articles, counted, number
from bot.model import Digest, DigestStory, Extent, Language, MadeBy, ScorePart, Source

LANGUAGES = {Language.DE: "Deutsch", Language.EN: "Englisch"}
BY = {MadeBy.MODEL: "vom Sprachmodell verfasst", MadeBy.EXTRACT: "Auszug aus den Quellen"}
NEW = "Neu"
UNTRANSLATED = "unübersetzt"
TEASER = "nur Anriss gelesen"
HEDGED = "noch nicht gesichert"


def marks(story: DigestStory) -> tuple[str, ...]:
    """What a reader should know about a story before reading it: its topics, whether it goes on, and who wrote it."""
    new = (NEW,) if story.follow_up else ()
    untranslated = () if story.summary.translated else (UNTRANSLATED,)
    return (*new, *story.topics, BY[story.summary.made_by], *untranslated)


def source_marks(source: Source) -> tuple[str, ...]:
    """What a reader should know about a source: a foreign language, or that only its start was read."""
    foreign = () if source.language is Language.DE else (LANGUAGES[source.language],)
    return (*foreign, TEASER) if source.extent is Extent.TEASER else foreign


def why(parts: Sequence[ScorePart]) -> str:
    """Why a story is there: „Warum hier: 3 unabhängige Quellen (+2,4), …“."""
    return f"Warum hier: {', '.join(f'{part.name} ({points(part.points)})' for part in parts)}"


def points(value: float) -> str:
    """Points with their sign: +1,5."""
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


def footer(digest: Digest) -> tuple[str, ...]:
    """How much was looked at, and who wrote what; a line each."""
    return tuple(line for line in (looked_at(digest), written(digest)) if line)


def looked_at(digest: Digest) -> str:
    """The size of the day, also of one on which nothing happened."""
    if not digest.looked_at:
        return "In diesem Zeitraum ist kein Artikel erschienen."
    seen = f"{articles(digest.looked_at)} gesehen"
    if not digest.stories:
        return f"{seen}, nichts Wichtiges dabei."
    return f"{seen}, {counted(len(digest.stories), 'Meldung', 'Meldungen')} ausgewählt."


def written(digest: Digest) -> str:
    """The disclosure of what a model wrote (EU AI Act, Art. 50)."""
    by_model = sum(story.summary.made_by is MadeBy.MODEL for story in digest.stories)
    if not digest.stories:
        return ""
    if not by_model:
        return "Kein Sprachmodell war beteiligt: Alle Sätze sind Auszüge aus den Quellen."
    if by_model == len(digest.stories):
        return "Die Zusammenfassungen hat ein Sprachmodell verfasst. Maßgeblich sind die verlinkten Quellen."
    return (
        f"{number(by_model)} von {counted(len(digest.stories), 'Meldung', 'Meldungen')} hat ein Sprachmodell verfasst, "
        "die übrigen sind Auszüge. Maßgeblich sind die verlinkten Quellen."
    )


def failed(digest: Digest) -> str:
    """How many feeds failed."""
    return f"{counted(len(digest.failed), 'Feed', 'Feeds')} nicht gelesen:" if digest.failed else ""
