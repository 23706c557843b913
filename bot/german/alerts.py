"""Alerts in words: what they tell, when, and why none came."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.german.dates import clock, told
from bot.german.numbers import counted
from bot.german.schedules import listed
from bot.german.topics import about
from bot.model import Alert, Delivery, DigestStory, MadeBy, State, interests_of

ALERT = "Eilmeldung"
FOLLOW_UP = "Neues zu einer Eilmeldung"
CRITICAL = "kritisch"
PAUSED = "Die Eilmeldungen wurden pausiert."
TOO_OLD = "Bis zum Ende der Ruhezeit war die Meldung zu alt für eine Eilmeldung."
BEYOND = "Die Höchstzahl der Eilmeldungen an diesem Tag war erreicht."
NONE = "Hier sind keine Eilmeldungen eingerichtet. Das geht mit /alerts set."
NONE_YET = "Bisher kam keine Eilmeldung."
UNPINGED = (
    "Benachrichtigt wird die Rolle nur, wenn sie erwähnt werden darf oder der Bot das Recht "
    "„@everyone, @here und alle Rollen erwähnen“ hat."
)


def what(alert: Alert, names: Mapping[str, str]) -> str:
    """What an alert tells: „Eilmeldungen zu KI und „Mond“ und zu allem, was kritisch ist“."""
    interests = interests_of(alert.topics)
    wanted = [] if interests.is_all else [f"zu {about(alert.topics, names)}"]
    if alert.critical:
        left_out = about(alert.topics, names).partition(", ohne ")[2] if interests.is_all else ""
        wanted.append(f"zu allem, was kritisch ist{f', ohne {left_out}' if left_out else ''}")
    return f"Eilmeldungen {listed(wanted)}"


def when(alert: Alert) -> str:
    """How often, and when not: „höchstens 3 am Tag, nicht von 22:00 bis 07:00 Uhr (Europe/Berlin)“."""
    start, end = alert.quiet
    rest = "" if start == end else f", nicht von {start:%H:%M} bis {end:%H:%M}\N{NO-BREAK SPACE}Uhr"
    return f"höchstens {alert.cap} am Tag{rest} ({alert.zone})"


def written(story: DigestStory) -> str:
    """The disclosure of who wrote it (EU AI Act, Art. 50)."""
    if story.summary.made_by is MadeBy.MODEL:
        return "Die Zusammenfassung hat ein Sprachmodell verfasst. Maßgeblich sind die verlinkten Quellen."
    return "Kein Sprachmodell war beteiligt: Alle Sätze sind Auszüge aus den Quellen."


def outcome(alert: Alert, told_: Sequence[Delivery], now: datetime) -> tuple[str, ...]:
    """When the last one came, why a later one did not, and how many were too many today; a line each."""
    zone = ZoneInfo(alert.zone)
    today = now.astimezone(zone).date()
    sent = [one for one in told_ if one.state is State.SENT and one.sent]
    last = f"Letzte Eilmeldung: {told(max(one.sent for one in sent if one.sent), now, zone)}." if sent else NONE_YET
    beyond = sum(one.day == today and one.reason == BEYOND for one in told_)
    others = [one for one in told_ if one.reason not in {BEYOND, PAUSED}]
    return tuple(line for line in (last, _missing(others, now, zone), _beyond(beyond), _paused(alert)) if line)


def _missing(told_: Sequence[Delivery], now: datetime, zone: ZoneInfo) -> str:
    """What became of the latest one, if it did not come."""
    if not told_ or told_[-1].state is State.SENT:
        return ""
    latest = told_[-1]
    if latest.state is State.PENDING:
        waits = latest.due > now and not latest.tries
        return f"Eine wartet bis {clock(latest.due, zone)}." if waits else "Eine wartet auf ihren Versand."
    return f"Die neueste kam nicht: {latest.reason}"


def _beyond(count: int) -> str:
    return f"{counted(count, 'weitere Eilmeldung', 'weitere Eilmeldungen')} heute, siehe Digest." if count else ""


def _paused(alert: Alert) -> str:
    if not alert.paused:
        return ""
    return f"Pausiert: {alert.reason}" if alert.reason else "Zurzeit pausiert."
