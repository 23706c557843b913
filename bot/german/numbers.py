"""Figures as a German editor writes them: 10.000 · 1,5 Mrd. · 3,2 Prozent · eine Quelle, 214 Artikel."""

from babel.numbers import format_compact_decimal, format_decimal

LOCALE = "de_DE"
COMPACT_FROM = 1_000_000  # below, German prefers the figure to „Tsd.“
_WORDS = ("null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


def number(value: float, places: int = 2) -> str:
    """A figure with at most so many decimal places: 10.000 or 1,75."""
    return format_decimal(value, format=f"#,##0.{'#' * places}", locale=LOCALE)


def compact(value: float) -> str:
    """A large figure in short, with at most one decimal place: 1,5 Mrd. or 3 Mio.; from a million on."""
    if abs(value) < COMPACT_FROM:
        return number(value)
    unit = 1000 ** ((len(str(int(abs(value)))) - 1) // 3)
    rounded = round(value / unit, 1) * unit  # first, so that 999.99 million become 1 Mrd.
    return str(format_compact_decimal(rounded, fraction_digits=1, locale=LOCALE))


def percent(value: float, places: int = 1) -> str:
    """So many percent (3.2, not 0.032): 3,2 Prozent."""
    return f"{number(value, places)}\N{NO-BREAK SPACE}Prozent"


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun, as in a table or a status line: 1 Artikel, 1.200 Meldungen."""
    return f"{number(count)} {one if count == 1 else many}"


def in_words(count: int, one: str, many: str) -> str:
    """A count of feminine things within a sentence: „eine Quelle“, „drei Quellen“, from 13 on in figures."""
    if count == 1:
        return f"eine {one}"
    return f"{_WORDS[count]} {many}" if 1 < count < len(_WORDS) else f"{number(count) if count else 'keine'} {many}"


def articles(count: int) -> str:
    """1 Artikel, 214 Artikel."""
    return counted(count, "Artikel", "Artikel")


def sources(count: int) -> str:
    """„eine Quelle“, „zwei Quellen“, „14 Quellen“."""
    return in_words(count, "Quelle", "Quellen")
