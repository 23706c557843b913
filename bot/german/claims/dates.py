"""Whether the dates and times of a sentence are those of its sources, each seen from the day it was published."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from bot.german.claims.calendar import AGO, DAY, YEAR, Stretch
from bot.german.claims.clocks import clocks, is_same
from bot.german.claims.evidence import Evidence
from bot.german.claims.moments import WEEKDAYS, Moment, moments
from bot.german.claims.quantities import is_counted
from bot.german.claims.sources import text_of, when_of
from bot.german.dates import long_date
from bot.model import Language

AROUND = 3  # days from its publication in which a source that names no day means that of its publication
SHOWN = 3
COMPARED = ("Vorjahr", "Vormonat", "Vorquartal", "Vorwoche")  # what a figure is held against, which English says otherwise


def date_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason for each date or time of day of a German sentence that its sources do not carry."""
    for told in zip(*(moments(sentence, Language.DE, when_of(source)) for source in cited), strict=True):
        if not _is_checked(told[0]) or any(_is_carried(one, source) for one, source in zip(told, cited, strict=True)):
            continue
        if told[0].grain == YEAR and is_counted(told[0].shown, cited):
            continue
        yield f"nennt „{told[0].shown}“; {_meant(told[0], cited)}"
    for clock in clocks(sentence, Language.DE):
        given = [one for source in cited for one in clocks(text_of(source), source.language)]
        if not any(is_same(clock, one) for one in given):
            known = " und ".join(dict.fromkeys(one.shown for one in given[:SHOWN]))
            yield f"nennt {clock.shown}; {f'die Quellen nennen {known}' if known else 'die Quellen nennen keine Uhrzeit'}"


def _is_checked(told: Moment) -> bool:
    return told.grain != AGO and not told.shown.startswith(COMPARED)


@lru_cache(maxsize=512)
def given_in(source: Evidence) -> tuple[Moment, ...]:
    """The dates of a source."""
    return moments(text_of(source), source.language, when_of(source))


def _is_carried(told: Moment, source: Evidence) -> bool:
    given = given_in(source)
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
        return any(mine.meets(day) for mine in told.days for day in given.days)
    if told.grain == YEAR and given.shown.lower() in WEEKDAYS:
        return False
    return any(mine.holds(day) for mine in told.days for day in given.days)


def _holds_day(told: Moment, today: date) -> bool:
    return any(mine.holds(Stretch(today, today)) for mine in told.days)


def _is_near(given: Moment, today: date) -> bool:
    return given.grain == DAY and any(abs((day.first - today).days) <= AROUND for day in given.days)


def _meant(told: Moment, cited: Sequence[Evidence]) -> str:
    """What the sources say instead, with the day where they tell it relatively."""
    given = [(one, source) for source in cited for one in given_in(source)]
    kin = [one for one in given if one[0].grain == told.grain] or given
    named = list(dict.fromkeys(_shown(one, source) for one, source in kin))[:SHOWN]
    return f"die Quellen nennen {', '.join(named)}" if named else "die Quellen nennen kein Datum"


def _shown(given: Moment, source: Evidence) -> str:
    if given.grain == DAY and len(given.days) == 1 and not given.shown[-1:].isdigit() and not given.shown[:1].isdigit():
        return f"„{given.shown}“ ({long_date(given.days[0].first)})"
    return f"„{given.shown}“" + ("" if given.grain != DAY else f" am {long_date(when_of(source))}" if given.shown.lower() in WEEKDAYS else "")
