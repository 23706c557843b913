"""The figures of a text, alike in German and English: 1,5 Mrd. is 1.5 billion, 10.000 is 10,000, „elf“ is eleven.

A figure is a key (`1.5e9`, `14.2%`, `date:10-16`, `version:7.4.7`) with how often a text has it by chance. That falls
with its digits: any two articles may share a 3, hardly any two a 9,986.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.model import Language

SCALES = {
    "tausend": 1e3, "tsd": 1e3, "thousand": 1e3, "k": 1e3,
    "million": 1e6, "millionen": 1e6, "mio": 1e6, "m": 1e6, "mn": 1e6,
    "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "billionen": 1e12, "millions": 1e6, "billions": 1e9,
}  # fmt: skip
BILLION = {Language.DE: 1e12, Language.EN: 1e9}
PERCENT = frozenset(("%", "prozent", "percent", "per cent"))
MONTHS = {
    name: month
    for month, names in enumerate(
        "jan januar january jänner|feb februar february|märz march mar|apr april|mai may|jun juni june|jul juli july|"
        "aug august|sep sept september|okt oct oktober october|nov november|dez dec dezember december".split("|"),
        start=1,
    )
    for name in names.split()
}
NUMERALS = {
    word: value
    for value, words in {
        2: "zwei two", 3: "drei three", 4: "vier four", 5: "fünf five", 6: "sechs six", 7: "sieben seven",
        8: "acht eight", 9: "neun nine", 10: "zehn ten", 11: "elf eleven", 12: "zwölf twelve", 15: "fünfzehn fifteen",
        20: "zwanzig twenty", 30: "dreißig thirty", 40: "vierzig forty", 50: "fünfzig fifty",
    }.items()
    for word in words.split()
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SCALE = (
    r"%|(?:prozent\w*|per ?cent|milliarden?|millionen|millions?|billionen|billions?|trillions?|mrd|mio|bn|mn|tn|tsd"
    r"|tausend|thousand|[mbk](?![\w²³]))\b"
)
FIGURE = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<id>(?:cve|ghsa|zdi|vu|wid-sec)-[\w-]*\d[\w-]*)"
    rf"|(?P<numeral>{'|'.join(NUMERALS)})\b"
    rf"|(?P<month>{_MONTH})\.? (?P<month_day>\d{{1,2}})\b(?![.,:]\d)"
    rf"|[€$£]?(?P<number>\d+(?:[.,:’\u00a0\u202f]\d+)*)"
    rf"(?:(?P<joint>[ \u00a0\u202f-]?)(?:(?P<scale>{_SCALE})|(?P<day_month>{_MONTH})\b)"
    rf"|(?P<dot>\. )(?P<dotted_month>{_MONTH})\b)?)"
    r"(?P<range>,? ?(?:bis|to|and|und|or|oder|statt|from|von|–|-|,) ?(?=[€$£]?\d))?",
    re.IGNORECASE,
)
CHANCES = (0.06, 0.06, 0.02, 0.004, 0.0008)  # by significant digits
YEARS = range(1990, 2060)
VERSION_PARTS = 3
THOUSANDS = 3  # digits

Figure = tuple[str, float]


def figures(text: str, language: Language) -> dict[str, float]:
    """Every figure, CVE id, version and date of the text, with the chance that any article has it."""
    found: dict[str, float] = {}
    open_ranges: list[str] = []  # „5,8 bis 6,0 Milliarden“: the first number has the scale of the second
    for match in FIGURE.finditer(text):
        scale = (match["scale"] or "").lower()
        for key, chance in _read(match, scale, language):
            found[key] = min(chance, found.get(key, 1.0))
        if match["number"] and not scale and match["range"]:
            open_ranges.append(match["number"])
            continue
        if scale:
            found.update(figure for number in open_ranges for figure in _scaled(number, scale, language))
        open_ranges.clear()
    return found


def _read(match: re.Match[str], scale: str, language: Language) -> Iterator[Figure]:
    month = match["month"] or match["day_month"] or match["dotted_month"]
    if match["id"]:
        yield f"id:{match['id'].upper()}", 0.0002
    elif match["numeral"]:
        yield f"{NUMERALS[match['numeral'].lower()]}", CHANCES[1]
    elif month:
        day = match["month_day"] or match["number"]
        yield f"date:{MONTHS[month.lower()]:02}-{day.zfill(2)}", 0.008
    else:
        yield from _scaled(match["number"], scale, language)


@lru_cache(maxsize=8192)
def _scaled(number: str, scale: str, language: Language) -> tuple[Figure, ...]:
    parts = re.split(r"[.,:’\u00a0\u202f]", number)
    if len(parts) >= VERSION_PARTS and not _are_thousands(parts):
        return ((f"version:{number}", 0.0005),)
    value = _value(number, parts, language)
    if scale in PERCENT or scale.startswith("prozent"):
        return ((f"{value:.12g}%", CHANCES[_digits(value)]),)
    factor = BILLION[language] if scale in {"billion", "billions"} else SCALES.get(scale, 1.0)
    return ((f"{value * factor:.12g}", 0.3 if not scale and value in YEARS else CHANCES[_digits(value)]),)


def _value(number: str, parts: list[str], language: Language) -> float:
    decimal = "," if language is Language.DE else "."
    if len(parts) == 1:
        return float(number)
    if decimal in number and number.count(decimal) == 1 and number.rindex(decimal) == len(number) - len(parts[-1]) - 1:
        return float("".join(parts[:-1]) + "." + parts[-1])
    if _are_thousands(parts):
        return float("".join(parts))
    return float(f"{parts[0]}.{parts[1]}")


def _are_thousands(parts: list[str]) -> bool:
    return all(len(part) == THOUSANDS for part in parts[1:])


def _digits(value: float) -> int:
    return min(len(f"{value:.12g}".partition("e")[0].replace(".", "").strip("0")), 4)
