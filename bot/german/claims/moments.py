"""The dates of a text -> the days they may mean, seen from the day it was published."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.german.claims.calendar import (
    AGO,
    DAY,
    LONG,
    MONTH,
    SEASONS,
    WEEK,
    YEAR,
    Stretch,
    day,
    from_day,
    months,
    near,
    part_of_month,
    part_of_year,
    week,
    weekday,
)
from bot.german.claims.numerals import cardinals
from bot.german.figures import MONTHS
from bot.model import Language

Match = re.Match[str]
LONGEST = 36_500  # days of a distance that is told
FAR = timedelta(days=300)  # from the day of publication to a date that has no year


class Moment(NamedTuple):
    """A date of a text, in its words. `days`: each stretch of days that it may mean."""

    shown: str
    grain: str
    days: tuple[Stretch, ...]
    start: int
    end: int


_DE_MONTH = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_EN_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_EN_SHORT = rf"{_EN_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_DE_DAYS = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag"
_EN_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAYS = {
    name.lower(): n
    for n, names in enumerate(zip(_EN_DAYS.split("|"), _DE_DAYS.replace("Sonnabend|", "").split("|"), strict=True))
    for name in names
} | {"sonnabend": 5}
_DIRECTIONS = {
    "past": "vergangen letzt vorig zurückliegend last past previous gone",
    "next": "kommend nächst folgend next coming upcoming following bevorstehend",
    "this": "dies laufend this current",
}
_PARTS = {
    "early": "anfang beginn start early beginning anfangs jahresbeginn jahresanfang",
    "mid": "mitte mid middle jahresmitte",
    "late": "ende schluss late end ends close jahresende jahreswechsel",
}
_SEASON = {
    "frühjahr": "spring", "frühling": "spring", "spring": "spring", "sommer": "summer", "summer": "summer",
    "herbst": "autumn", "autumn": "autumn", "fall": "autumn", "winter": "winter",
}  # fmt: skip
_NTH = {
    word: n
    for n, words in enumerate("ersten erste erstes first 1|zweiten zweite zweites second 2|dritten dritte drittes third 3|vierten vierte viertes fourth final 4".split("|"), 1)  # noqa: E501
    for word in words.split()
}  # fmt: skip
_UNIT_DAYS = {"tag": 1, "day": 1, "woche": 7, "week": 7, "monat": 30, "month": 30, "jahr": 365, "year": 365}
_DE_WAY = (
    r"(?:(?P<way>vergangen|letzt|vorig|zurückliegend|kommend|nächst|folgend|dies|laufend|bevorstehend)(?:e[nrsm]?)? )"
)
_EN_WAY = r"(?:(?P<way>last|past|previous|next|coming|upcoming|following|this|current) )"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"


def moments(text: str, language: Language, today: date) -> tuple[Moment, ...]:
    """Every date of the text, in order; one that is no day (the 31st of June) means no days."""
    return tuple(
        Moment(match[0].strip(), grain, days, match.start(), match.end())
        for match, rule in _found(text, language)
        for grain, days in (rule(match, today),)
    )


def spans(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Where the dates of the text stand; „in zwei Wochen“ is a figure as well."""
    return tuple((match.start(), match.end()) for match, rule in _found(text, language) if rule is not _ago)


Rule = Callable[[Match, date], tuple[str, tuple[Stretch, ...]]]


@lru_cache(maxsize=256)
def _found(text: str, language: Language) -> tuple[tuple[Match, Rule], ...]:
    taken: list[tuple[int, int]] = []
    found: list[tuple[Match, Rule]] = []
    for pattern, rule in _RULES[language]:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((match, rule))
    return tuple(sorted(found, key=lambda one: one[0].start()))


def _word(match: Match, group: str) -> str:
    """What a group holds, in lower case; `part` may also stand in a second place of its rule."""
    told = match.groupdict()
    return (told.get(group) or told.get(f"{group}_") or told.get(f"{group}__") or "").lower().strip(".- ")


def _year(match: Match) -> int | None:
    told = match.groupdict().get("year")
    return int(told) + (2000 if len(told) == 2 else 0) if told else None  # noqa: PLR2004


def _likely(days: list[Stretch], today: date, told: int | None) -> tuple[Stretch, ...]:
    """Those of the next and the last months, where no year is told: in November, „16 October“ is the last one."""
    if told:
        return tuple(days)
    return tuple(one for one in days if one.last >= today - FAR and one.first <= today + FAR)


def _kind(word: str, kinds: dict[str, str]) -> str:
    return next((kind for kind, words in kinds.items() if word and word in words.split()), "")


def _date(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    month = match["month"].lower().rstrip(".")
    number = MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    days = [stretch for year in near(today, _year(match)) for stretch in day(year, number, int(match["day"]))]
    return DAY, _likely(days, today, _year(match))


def _month(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    part, number = _kind(_word(match, "part"), _PARTS), MONTHS[_word(match, "month")]
    return MONTH, _likely(
        [part_of_month(year, number, part) for year in near(today, _year(match))], today, _year(match)
    )


def _weekday(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    way = _kind(_word(match, "way"), _DIRECTIONS)
    return DAY, weekday(today, WEEKDAYS[_word(match, "weekday")], way)


_RELATIVE = {
    "heute": 0, "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "gestern": -1, "yesterday": -1,
    "vorgestern": -2, "last night": -1, "overnight": 0, "morgen": 1, "tomorrow": 1, "übermorgen": 2,
}  # fmt: skip


def _relative(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    return DAY, (from_day(today, _RELATIVE[match[0].lower()]),)


def _calendar(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    """„vergangene Woche“, „this month“, „next year“."""
    unit = _word(match, "unit")
    way = {"past": -1, "next": 1}.get(_kind(_word(match, "way"), _DIRECTIONS) or _of_before(unit), 0)
    if unit.endswith(("wochenende", "weekend")):
        saturday = from_day(today, 5 - today.weekday() + 7 * way, 2)
        return WEEK, (saturday, *((from_day(saturday.first, 7 if way > 0 else -7, 2),) if way else ()))
    if unit.endswith(("woche", "week")):
        rolling = (from_day(today, -7, 8),) if way < 0 else (from_day(today, 1, 7),) if way > 0 else ()
        return WEEK, (week(today, way), *rolling)
    if unit.endswith(("monat", "month", "monats", "monate")):
        index = today.year * 12 + today.month - 1 + way
        return MONTH, (months(index // 12, index % 12 + 1),)
    if unit.endswith(("quartal", "quarter")):
        index = today.year * 4 + (today.month - 1) // 3 + way
        return LONG, (months(index // 4, index % 4 * 3 + 1, 3),)
    part = _kind(_word(match, "part"), _PARTS)
    return YEAR, (part_of_year(today.year + way, part),)


def _of_before(unit: str) -> str:
    return "past" if unit.startswith("vor") else ""


def _nth(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    """„im dritten Quartal“, „the second half of 2027“, „Q3 2026“."""
    n, unit = _NTH[_word(match, "nth")], _word(match, "unit")
    size = 3 if unit.startswith("q") else 6
    if (n - 1) * size >= 12:  # noqa: PLR2004
        return LONG, ()
    parts = [months(year, (n - 1) * size + 1, size) for year in near(today, _year(match))]
    return LONG, _likely(parts, today, _year(match))


def _season(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    way = {"past": -1, "next": 1}.get(_kind(_word(match, "way"), _DIRECTIONS))
    first = SEASONS[_SEASON[_word(match, "season")]]
    years = (_year(match),) if _year(match) else ((today.year, today.year + way) if way else near(today, None))
    return LONG, _likely([months(year, first, 3) for year in years if year], today, _year(match) or way)


def _of_year(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    part = _kind(_word(match, "part"), _PARTS)
    year = _year(match)
    return YEAR, tuple(part_of_year(one, part) for one in ((year,) if year else (today.year,)))


def _decade(match: Match, _today: date) -> tuple[str, tuple[Stretch, ...]]:
    year = int(match["decade"])
    return YEAR, (Stretch(date(year, 1, 1), date(year + 9, 12, 31)),)


def _ago(match: Match, today: date) -> tuple[str, tuple[Stretch, ...]]:
    """„vor zwei Wochen“: the day that would be, which nobody means to the day."""
    told = _word(match, "count")
    count = float(told) if told.isdigit() else DISTANCES.get(told, 0.0)
    unit = next(days for name, days in _UNIT_DAYS.items() if _word(match, "unit").startswith(name))
    distance = round(count * unit)
    if not distance or distance > LONGEST:
        return AGO, ()
    back = _word(match, "back")
    if back in {"earlier", "before"}:
        return AGO, ()  # seen from another day than today
    middle = today + timedelta(days=-distance if back else distance)
    return AGO, (Stretch(middle, middle),)


DISTANCES = {
    **cardinals(Language.DE),
    **cardinals(Language.EN),
    **dict.fromkeys(("einem", "einer", "ein", "a", "an", "one"), 1.0),
}


def _rules(*rows: tuple[str, Rule], flags: int = 0) -> Iterator[tuple[re.Pattern[str], Rule]]:
    for pattern, rule in rows:
        yield re.compile(pattern, flags), rule


_GERMAN = (
    (rf"\b(?P<day>\d{{1,2}})\. ?(?P<month>{_DE_MONTH})\b(?: {_YEAR})?", _date),
    (
        (
            rf"\b(?P<day>\d{{1,2}})\.(?= ?(?:und|bis|oder|auf den|–|-|/) ?(?:zum )?\d{{1,2}}\."
            rf" ?(?P<month>{_DE_MONTH})\b(?: {_YEAR})?)"
        ),
        _date,
    ),
    (r"(?<![\d.,])(?P<day>[0-3]?\d)\. ?(?P<month>[01]?\d)\. ?(?P<year>20\d\d|\d\d)(?![\d.]|\w)", _date),
    (r"\b(?i:am|vom|zum|bis|ab|seit|dem|den) (?P<day>[0-3]?\d)\. ?(?P<month>[01]?\d)\.(?![\d.]|\w)", _date),
    (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _date),
    (rf"\b(?:(?P<part>Anfang|Mitte|Ende|Beginn|Schluss) (?:des )?)?(?P<month>{_DE_MONTH})s?\b(?: {_YEAR})?", _month),
    (rf"\b{_DE_WAY}?(?P<weekday>{_DE_DAYS})s?(?:abend|morgen|vormittag|nachmittag|mittag|nacht)?s?\b", _weekday),
    (r"\b(?:heute|gestern|vorgestern|übermorgen)\b|(?<!am )(?<!\w)(?<!guten )morgen\b", _relative),
    (
        (
            rf"\b(?:(?P<part>Anfang|Mitte|Ende) )?{_DE_WAY}(?P<unit>Woche|Wochenende|Monats?|Quartals?|Jahre?s?)\b"
            rf"(?! \d)"
        ),
        _calendar,
    ),
    (r"\b(?P<unit>Vorwoche|Vormonats?|Vorquartals?|Vorjahre?s?)\b", _calendar),
    (
        (
            rf"\b(?P<nth>ersten?|zweiten?|dritten?|vierten?|[1-4]\.?) "
            rf"(?P<unit>Quartals?|Halbjahre?s?|Jahreshälfte)\b(?: {_YEAR})?"
        ),
        _nth,
    ),
    (rf"\b(?P<unit>Q)(?P<nth>[1-4])(?:[ /]{_YEAR})?\b", _nth),
    (rf"\b{_DE_WAY}?(?P<season>Frühjahr|Frühling|Sommer|Herbst|Winter)s?\b(?: {_YEAR})?", _season),
    (rf"\b(?P<part>Anfang|Mitte|Ende|Beginn) (?:des Jahres )?{_YEAR}", _of_year),
    (
        (
            r"\b(?P<part>Anfang|Mitte|Ende|Beginn) des Jahres\b|\b(?P<part_>Jahresende|Jahreswechsel|Jahresbeginn"
            r"|Jahresanfang|Jahresmitte)s?\b"
        ),
        _of_year,
    ),
    (r"\b(?P<decade>(?:19|20)\d0)er(?:[ -]Jahren?)?\b", _decade),
    (
        (
            r"\b(?P<back>[Vv]or) (?:rund |etwa |gut |knapp |genau |über |mehr als )?(?P<count>\d+|[a-zäöüß]+) "
            r"(?P<unit>Tag|Woche|Monat|Jahr)(?:e?n|em?)?\b"
        ),
        _ago,
    ),
    (
        (
            r"\b[Ii]n (?:rund |etwa |gut |knapp |genau )?(?P<count>\d+|[a-zäöüß]+) (?P<unit>Tag|Woche|Monat|Jahr)"
            r"(?:e?n)?\b"
        ),
        _ago,
    ),
    (
        (
            rf"(?<![\w.,$€£:/-]){_YEAR}(?![\w:%/]|-\w|[ \u00a0]?(?:Euro|Dollar|US-Dollar|Prozent|Millionen"
            rf"|Milliarden|Mio|Mrd|Mitarbeiter|Beschäftigte|Stellen|Nutzer))"
        ),
        _of_year,
    ),
)
_ENGLISH = (
    (rf"\b(?P<month>{_EN_SHORT}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,? {_YEAR})?", _date),
    (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_EN_SHORT})\b(?:,? {_YEAR})?", _date),
    (rf"\b(?P<day>\d{{1,2}})(?= ?(?:and|to|or|–|-) ?\d{{1,2}} (?P<month>{_EN_SHORT})\b(?:,? {_YEAR})?)", _date),
    (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _date),
    (
        (
            rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle)(?:-| of | in |"
            rf" ))?(?P<month>{_EN_MONTH.replace('May|', '')})\b(?:,? {_YEAR})?"
        ),
        _month,
    ),
    (
        (
            rf"\b(?:in|by|since|until|till|of|from|through|this|last|next|(?P<part>[Ee]arly|[Mm]id|[Ll]ate))[ -]"
            rf"(?P<month>May)\b(?:,? {_YEAR})?"
        ),
        _month,
    ),
    (rf"\b{_EN_WAY}?(?P<weekday>{_EN_DAYS})\b", _weekday),
    (
        (
            r"(?i)\b(?:today|yesterday|tomorrow|tonight|overnight|this morning|this afternoon|this evening|last"
            r" night)\b"
        ),
        _relative,
    ),
    (
        (
            rf"(?i)\b(?:(?P<part>early|late|mid|end of|later) ?(?:in )?)?{_EN_WAY}(?P<unit>weekend|week|month"
            rf"|quarter|year)\b"
        ),
        _calendar,
    ),
    (
        (
            rf"(?i)\b(?P<nth>first|second|third|fourth|final) (?P<unit>quarter|half)\b(?:,? (?:of )?(?:fiscal"
            rf" )?{_YEAR})?"
        ),
        _nth,
    ),
    (rf"\b(?P<unit>[QH])(?P<nth>[1-4])(?:[ /]{_YEAR})?\b", _nth),
    (
        (
            rf"(?i)\b(?:in|by|this|next|last|the|early|late|since|until|for)[ -](?:{_EN_WAY}|the"
            rf" )?(?P<season>spring|summer|autumn|fall|winter)\b(?: (?:of )?{_YEAR})?"
        ),
        _season,
    ),
    (rf"(?i)\b(?P<part>early|mid|late|end|beginning|start|middle)(?:-| of | in | ){_YEAR}", _of_year),
    (
        (
            r"(?i)\b(?P<part>end|beginning|start|close|middle) of the year\b|\byear-?(?P<part_>end)\b|\b"
            r"(?P<part__>early|late) in the year\b"
        ),
        _of_year,
    ),
    (r"\b(?P<decade>(?:19|20)\d0)s\b", _decade),
    (r"(?i)\b(?P<count>\d+|[a-z]+(?:-[a-z]+)?) (?P<unit>day|week|month|year)s? (?P<back>ago|earlier|before)\b", _ago),
    (
        (
            r"(?i)\b(?:in|within) (?:about |around |roughly )?(?P<count>\d+|[a-z]+(?:-[a-z]+)?) (?P<unit>day|week"
            r"|month|year)s?\b(?! of)"
        ),
        _ago,
    ),
    (
        (
            rf"(?<![\w.,$€£:/-]){_YEAR}(?![\w:%/]|-\w|[ \u00a0]?(?:euros?|dollars?|percent|people|employees|jobs"
            rf"|users|million|billion))"
        ),
        _of_year,
    ),
)
_RULES = {Language.DE: tuple(_rules(*_GERMAN)), Language.EN: tuple(_rules(*_ENGLISH))}
