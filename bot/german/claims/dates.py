"""Whether the dates and times of a sentence are those of its sources, each seen from the day it was published."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.german.claims.bearings import rival, words_about
from bot.german.claims.calendar import AGO, DAY, YEAR, Stretch
from bot.german.claims.clocks import clocks, is_same
from bot.german.claims.evidence import Evidence
from bot.german.claims.moments import WEEKDAYS, Moment, moments
from bot.german.claims.quantities import is_counted
from bot.german.claims.sources import Placed, clocks_of, moments_of, read, when_of
from bot.german.dates import long_date
from bot.model import Language

AROUND = 3  # days from its publication in which a source that names no day means that of its publication
SHOWN = 3
SLACK = {"jahr": 180, "year": 180, "monat": 15, "month": 15, "woche": 3, "week": 3}
COMPARED = (
    "Vorjahr",
    "Vormonat",
    "Vorquartal",
    "Vorwoche",
)  # what a figure is held against, which English says otherwise


def date_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason for each date or time of day of a German sentence that its sources do not carry."""
    for told in zip(*(moments(sentence, Language.DE, when_of(source)) for source in cited), strict=True):
        if not _is_checked(told[0]) or (told[0].grain == YEAR and is_counted(told[0].shown, cited)):
            continue
        if not any(_is_carried(one, source) for one, source in zip(told, cited, strict=True)):
            yield f"nennt „{told[0].shown}“; {_meant(told[0], cited)}"
        elif bound := _opposed(sentence, told, cited):
            yield f"nennt „{bound} {told[0].shown}“; die Quelle meint das Gegenteil"
        elif other := _other(sentence, told, cited):
            yield f"nennt „{told[0].shown}“; die Quelle nennt dafür {_shown(other.told, cited[0])}"
    for clock in clocks(sentence, Language.DE):
        given = [one for source in cited for one in clocks_of(source)]
        if not any(is_same(clock, one) for one in given):
            known = " und ".join(dict.fromkeys(one.shown for one in given[:SHOWN]))
            yield f"nennt {clock.shown}; die Quellen nennen {known or 'keine Uhrzeit'}"


def _is_checked(told: Moment) -> bool:
    return told.grain != AGO and not told.shown.startswith(COMPARED)


def _other(sentence: str, told: Sequence[Moment], cited: Sequence[Evidence]) -> Placed[Moment] | None:
    """The date of the sources that the sentence is rather about."""
    claim, every = read(sentence), [moments(sentence, Language.DE, when_of(source)) for source in cited]
    words = words_about(claim, told[0].start, told[0].end, ((one.start, one.end) for one in every[0]))
    carrying, others = [], []
    for mine, all_mine, source in zip(told, every, cited, strict=True):
        for placed in moments_of(source):
            if _means(mine, placed.told) or (placed.told.grain == AGO and not placed.told.days):
                carrying.append(placed)
            elif (
                placed.told.days
                and (mine.grain != DAY or placed.told.grain == DAY)
                and not any(_means(one, placed.told) or _overlaps(one, placed.told) for one in all_mine)
            ):
                others.append(placed)
    return rival(words, carrying, others)


_UNTIL = re.compile(
    r"\b(?:bis|bis zum|spätestens|bis spätestens|until|till|by|no later than|through|latest)(?: (?:the|zum|Ende))? *$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:ab|ab dem|seit|seit dem|frühestens|since|from|starting|no earlier than|earliest)(?: (?:the|dem))? *$",
    re.IGNORECASE,
)


def _opposed(sentence: str, told: Sequence[Moment], cited: Sequence[Evidence]) -> str:
    """The word that makes an end of what is a beginning in the sources, or the other way round."""
    mine = _side(sentence, told[0])
    given = [
        _side(placed.passage.text, placed.told)
        for moment, source in zip(told, cited, strict=True)
        for placed in moments_of(source)
        if _means(moment, placed.told)
    ]
    opposite = {"until": "from", "from": "until"}.get(mine, "")
    if not opposite or not given or any(side != opposite for side in given):
        return ""
    return sentence[: told[0].start].rsplit(maxsplit=1)[-1]


def _side(text: str, moment: Moment) -> str:
    before, after = text[max(0, moment.start - 24) : moment.start], text[moment.end : moment.end + 16].lower()
    if _UNTIL.search(before) or "at the latest" in after:
        return "until"
    return "from" if _FROM.search(before) or "at the earliest" in after else ""


def _overlaps(told: Moment, given: Moment) -> bool:
    return any(mine.meets(day) for mine in told.days for day in given.days)


def _is_carried(told: Moment, source: Evidence) -> bool:
    given = [placed.told for placed in moments_of(source)]
    if any(_means(told, one) for one in given):
        return True
    today = when_of(source)
    if told.grain == DAY:
        return _holds_day(told, today) and not any(_is_near(one, today) for one in given)
    if told.grain == YEAR:
        return _holds_day(told, today) and (" " in told.shown or not any(one.grain == YEAR for one in given))
    return False


def _means(told: Moment, given: Moment) -> bool:
    """Whether a date of the sentence is one of the source, as finely told or less."""
    if given.grain == AGO:
        near = [Stretch(day.first - slack, day.last + slack) for day in given.days for slack in (_slack(told, given),)]
        return any(mine.meets(day) for mine in told.days for day in near)
    if told.grain == YEAR and given.shown.lower() in WEEKDAYS:
        return False
    return any(mine.holds(day) for mine in told.days for day in given.days)


def _slack(told: Moment, given: Moment) -> timedelta:
    """How far a distance („two years ago“) may be off: half of the unit in which it is told, for a day a day."""
    unit = next((days for name, days in SLACK.items() if name in given.shown.lower()), 0)
    return timedelta(days=min(unit, 1) if told.grain == DAY else unit)


def _holds_day(told: Moment, today: date) -> bool:
    return any(mine.holds(Stretch(today, today)) for mine in told.days)


def _is_near(given: Moment, today: date) -> bool:
    return given.grain == DAY and any(abs((day.first - today).days) <= AROUND for day in given.days)


def _meant(told: Moment, cited: Sequence[Evidence]) -> str:
    """What the sources say instead, with the day where they tell it relatively."""
    given = [(one.told, source) for source in cited for one in moments_of(source)]
    kin = [one for one in given if one[0].grain == told.grain] or given
    named = list(dict.fromkeys(_shown(one, source) for one, source in kin))[:SHOWN]
    return f"die Quellen nennen {', '.join(named)}" if named else "die Quellen nennen kein Datum"


def _shown(given: Moment, source: Evidence) -> str:
    if given.grain == DAY and len(given.days) == 1 and not given.shown[-1:].isdigit() and not given.shown[:1].isdigit():
        return f"„{given.shown}“ ({long_date(given.days[0].first)})"
    return f"„{given.shown}“" + (
        "" if given.grain != DAY else f" am {long_date(when_of(source))}" if given.shown.lower() in WEEKDAYS else ""
    )
