"""What stands around the news: the phrases that every layout of a digest shares."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.german.dates import clock, told, with_weekday
from bot.german.numbers import articles, counted, number
from bot.model import Digest, DigestStory, Extent, Language, MadeBy, ScorePart, Source

LANGUAGES = {Language.DE: "Deutsch", Language.EN: "Englisch"}
BY = {MadeBy.MODEL: "vom Sprachmodell verfasst", MadeBy.EXTRACT: "Auszug aus den Quellen"}
NEW = "Neu"
DAYS = {
    1: "gestern",
    2: "vorgestern",
    3: "drei Tagen",
    4: "vier Tagen",
    5: "fünf Tagen",
    6: "sechs Tagen",
    7: "einer Woche",
}
UNTRANSLATED = "unübersetzt"
UNDATED = "ohne Datum"
LOOPBACK = {None, "127.0.0.1", "::1", "localhost"}  # where the sample edition is served while it is read
TEASER = "nur Anriss gelesen"
HEDGED = "noch nicht gesichert"
SOURCES = "Quellen"
PAUSED = "Der Digest wurde pausiert."
WHY = "Warum sehe ich das?"
USUAL = timedelta(hours=30)  # a day, and what a late one has on top
QUIET = 2  # stories; a digest as short as that says that there was no more


def flags(story: DigestStory) -> tuple[str, ...]:
    """What a reader must know before reading: that a story goes on, that nobody vouches for it, that it is English."""
    summary = story.summary
    hedged = bool(summary.sentences) and all(sentence.hedged for sentence in summary.sentences)
    told = ((new(story.told), story.follow_up), (HEDGED, hedged), (UNTRANSLATED, not summary.translated))
    return tuple(flag for flag, holds in told if holds)


def new(days: int) -> str:
    """Since when there is something new: „Neu seit gestern“, „Neu seit drei Tagen“, or just „Neu“."""
    if not days:
        return NEW
    return f"{NEW} seit {DAYS.get(days) or f'{days} Tagen'}"


def written_by(story: DigestStory) -> str:
    """Who wrote it; nothing where a headline of its source is all there is."""
    return BY[story.summary.made_by] if story.summary.sentences else ""


def source_marks(source: Source) -> tuple[str, ...]:
    """What a reader should know about a source: a foreign language, or that only its start was read."""
    foreign = () if source.language is Language.DE else (LANGUAGES[source.language],)
    return (*foreign, TEASER) if source.extent is Extent.TEASER else foreign


def published(source: Source, moment: datetime, zone: ZoneInfo) -> str:
    """When a source was published, seen from a moment: „heute, 14:05 Uhr“; or that nobody tells."""
    return told(source.published, moment, zone) if source.dated else UNDATED


def is_link(source: Source) -> bool:
    """Whether a reader may be sent to a source's address: on the web, and not on the machine that made the digest."""
    address = urlsplit(source.url)
    return address.scheme in {"http", "https"} and address.hostname not in LOOPBACK


def why(parts: Sequence[ScorePart]) -> str:
    """Why a story is there: „Warum hier: 3 unabhängige Quellen (+2,4), …“."""
    return f"Warum hier: {', '.join(f'{part.name} ({points(part.points)})' for part in parts)}"


def points(value: float) -> str:
    """Points with their sign and one decimal place: +1,5."""
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


def covers(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """Since when a digest tells, where that is longer than readers expect; else nothing."""
    if until - since <= USUAL:
        return ""
    return f"Seit {with_weekday(since.astimezone(zone).date())}, {clock(since, zone)}."


def footer(digest: Digest) -> tuple[str, ...]:
    """How much was looked at, and who wrote what; a line each."""
    return tuple(line for line in (looked_at(digest), written(digest)) if line)


def looked_at(digest: Digest) -> str:
    """The size of the day, also of one on which little or nothing happened; nothing where one article was asked for."""
    if not digest.looked_at:
        return _nothing(digest)
    seen, chosen = f"{articles(digest.looked_at)} gesehen", len(digest.stories)
    if not chosen:
        return f"{seen}, {'nichts Wichtiges dabei' if digest.on_topic else 'keiner davon zum Thema'}."
    if digest.looked_at == chosen:
        return ""
    little = "Heute wenig Wichtiges: " if digest.today else "Wenig Wichtiges: "
    return f"{little if chosen <= QUIET else ''}{seen}, {counted(chosen, 'Meldung', 'Meldungen')} ausgewählt."


def _nothing(digest: Digest) -> str:
    if digest.failed:
        return "Kein Artikel gesehen; manche Feeds waren nicht zu lesen."
    return "In diesem Zeitraum ist kein Artikel erschienen."


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
    return f"{counted(len(digest.failed), 'Feed', 'Feeds')} nicht gelesen" if digest.failed else ""
