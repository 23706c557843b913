"""How feeds, articles, the model and digests are doing, a line each; every surface adds only its own markup. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.german import outcomes, schedules, topics
from bot.german.dates import told
from bot.german.numbers import counted, number
from bot.model import Delivery, Language, Subscription

NO_DIGEST = "Noch ist kein Digest eingerichtet. Das geht mit /digest setup."
NO_SOURCE = "Noch gibt es keine Quelle. Das geht mit /sources add."
NO_MODEL = "Kein Sprachmodell: Meldungen erscheinen als Auszug."
LANGUAGES = {Language.DE: "deutsch", Language.EN: "englisch"}
ANY_LANGUAGE, ANY_TOPIC = "Sprache je Artikel", "ohne festes Thema"


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed is doing: `articles` in seven days, the `last` of them, its last answer, and why the latest failed."""

    own: bool = False
    hidden: bool = False
    articles: int = 0
    last: datetime | None = None
    answered: datetime | None = None
    reason: str | None = None


def feeds(count: int, failed: int, last: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """„40 Feeds, 2 davon mit Fehler; zuletzt gelesen heute, 07:00 Uhr.“."""
    named = counted(count, "Feed", "Feeds")
    if last is None:
        return f"{named}, noch keiner gelesen."
    failing = f", {failed} davon mit Fehler" if failed else ""
    return f"{named}{failing}; zuletzt gelesen {told(last, now, zone)}."


def articles(today: int, week: int) -> str:
    """„zwölf Artikel heute, 214 in sieben Tagen.“."""
    return f"{counted(today, 'Artikel', 'Artikel')} heute, {number(week)} in sieben Tagen."


def model(name: str | None, tokens: int, most: int) -> str:
    """Which model writes, and what it used today; or that there is none."""
    if name is None:
        return NO_MODEL
    return f"Sprachmodell {name}: {number(tokens)} von {number(most)} Token heute verbraucht."


@dataclass(frozen=True, slots=True)
class Doing:
    """A digest as `desk.Report` tells of it: what came last, what became of the latest, when the next one comes."""

    one: Subscription
    sent: Delivery | None
    latest: Delivery | None
    next: datetime | None
    had_today: bool
    weights: Iterable[tuple[str, float]]


def digest(doing: Doing, names: Mapping[str, str], now: datetime) -> list[str]:
    """When it comes, what it holds, what votes made of it, when it came last, why one did not, when the next comes."""
    one, zone = doing.one, ZoneInfo(doing.one.zone)
    lines = [
        schedules.when(one),
        schedules.what(one, [topics.about(one.topics, names)]),
        topics.told_weights(doing.weights, names),
        outcomes.last(doing.sent, now, zone),
        outcomes.missing(doing.latest, now, zone),
        schedules.told_next(one, doing.next, now, outcomes.had(doing.latest) if doing.had_today else ""),
    ]
    return [f"{line[0].upper()}{line[1:]}" for line in lines if line]


def whose(one: Health) -> str:
    """Who has a feed: „eigene“, „für alle“, or that this space hides it."""
    return "hier ausgeblendet" if one.hidden else "eigene" if one.own else "für alle"


def health(one: Health, now: datetime, zone: ZoneInfo) -> str:
    """How a feed is doing, in sentences; nothing of one that is hidden."""
    if one.hidden:
        return ""
    answered = f"Letzte Antwort: {told(one.answered, now, zone)}." if one.answered else "Noch nicht gelesen."
    if one.reason:
        return f"{one.reason} {answered}"
    if one.last is None:
        return f"In sieben Tagen kein Artikel. {answered}"
    count = counted(one.articles, "Artikel", "Artikel")
    return f"{count} in sieben Tagen, der letzte: {told(one.last, now, zone)}. {answered}"


def about_feed(language: Language | None, keys: Iterable[str], names: Mapping[str, str]) -> str:
    """What a feed is written in, and about: „deutsch; KI, Sicherheit“."""
    listed = ", ".join(names.get(key, key) for key in keys) or ANY_TOPIC
    return f"{LANGUAGES[language] if language else ANY_LANGUAGE}; {listed}"


def gone(name: str, url: str, *, hidden: bool) -> str:
    """What became of a feed that was taken away: one of everybody's is only hidden."""
    if not hidden:
        return f"Die Quelle „{name}“ ist entfernt."
    return f"„{name}“ ist hier ausgeblendet. /sources add {url} bringt sie zurück."


def taken_in(added: int, known: int, refused: int) -> str:
    """What became of a list of feeds."""
    first = f"{counted(added, 'Quelle', 'Quellen')} übernommen, {known} schon bekannt"
    return f"{first}, {refused} abgelehnt:" if refused else f"{first}."
