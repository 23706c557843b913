"""When digests come and what they hold, in words: for those who set them up and those who wonder why none came."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.german.dates import LOCALE, clock
from bot.german.numbers import counted
from bot.german.regions import in_region
from bot.model import EVERY_DAY, Empty, Importance, Length, Subscription

ON_DAYS = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")
LENGTHS = {Length.SHORT: "kurz", Length.MEDIUM: "mittel", Length.LONG: "lang"}
IMPORTANCE = {Importance.LOW: "niedrig", Importance.NORMAL: "normal", Importance.HIGH: "hoch"}
NOT_ALL = {
    Importance.LOW: "auch Kleineres",
    Importance.NORMAL: "nur Wichtiges",
    Importance.HIGH: "nur sehr Wichtiges",
}
NO_NEWS = {Empty.POST: "an ruhigen Tagen ein kurzer Hinweis", Empty.SKIP: "an ruhigen Tagen nichts"}
ALL_TOPICS = "alle Themen"
RUN = 3  # days in a row from which „bis“ is shorter than naming them


def when(subscription: Subscription) -> str:
    """„montags bis freitags um 07:00 Uhr (Europe/Berlin), nicht an Feiertagen in Bayern“."""
    kind = "Wochenrückblick " if subscription.recap else ""
    at = f"{subscription.at:%H:%M}\N{NO-BREAK SPACE}Uhr"
    free = f", nicht an Feiertagen {in_region(subscription.holidays)}" if subscription.holidays else ""
    return f"{kind}{days(subscription.weekdays)} um {at} ({subscription.zone}){free}"


def days(weekdays: Iterable[int]) -> str:
    """„täglich“, „montags bis freitags“, „montags, mittwochs und freitags“."""
    wanted = sorted(weekdays)
    if set(wanted) == EVERY_DAY:
        return "täglich"
    runs: list[list[int]] = []
    for day in wanted:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([part for run in runs for part in _run(run)])


def what(subscription: Subscription, topics: Sequence[str]) -> str:
    """What a digest holds: „KI und Recht, höchstens 8 Meldungen, kurz, nur Wichtiges; an ruhigen Tagen nichts“.

    `topics` are the names of the subscription's topics; none means all.
    """
    most = f"höchstens {counted(subscription.stories, 'Meldung', 'Meldungen')}"
    length = {Length.MEDIUM: "mittlere Länge"}.get(subscription.length, LENGTHS[subscription.length])
    about = listed(topics) if topics else ALL_TOPICS
    return f"{about}, {most}, {length}, {NOT_ALL[subscription.importance]}; {NO_NEWS[subscription.empty]}"


def told_next(subscription: Subscription, moment: datetime | None, now: datetime, because: str = "") -> str:
    """When the next digest comes: „Der nächste Digest kommt morgen um 07:00 Uhr.“, or that none does, and why.

    `because`: why it does not come earlier, where one would expect that.
    """
    if subscription.paused:
        return f"Pausiert: {subscription.reason}" if subscription.reason else "Zurzeit pausiert."
    if moment is None:
        return "Zurzeit kommt kein Digest."
    kind = "Wochenrückblick" if subscription.recap else "Digest"
    reason = f"; {because}" if because else ""
    return f"Der nächste {kind} kommt {coming(moment, now, ZoneInfo(subscription.zone))}{reason}."


def coming(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A moment to come: „heute um 07:00 Uhr“, „morgen um …“, „am Freitag, 27. November, um …“."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    at = f"um {clock(moment, zone)}"
    if day == today:
        return f"heute {at}"
    if day == today + timedelta(days=1):
        return f"morgen {at}"
    form = "EEEE, d. MMMM" if day.year == today.year else "EEEE, d. MMMM y"
    return f"am {format_date(day, form, locale=LOCALE)}, {at}"


def listed(parts: Sequence[str]) -> str:
    """„KI“, „KI und Sicherheit“, „KI, Sicherheit und Recht“."""
    return " und ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _run(run: Sequence[int]) -> list[str]:
    names = [ON_DAYS[day] for day in run]
    return [f"{names[0]} bis {names[-1]}"] if len(names) >= RUN else names
