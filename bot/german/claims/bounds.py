"""What stands around a figure and changes it: „rund“, „mehr als“, „bis zu“, „pro Monat“."""

import re

from bot.german.claims.units import unit_of
from bot.model import Language

WINDOW = 34  # characters before a figure in which its bound stands
BEFORE, AFTER = 45, 14  # characters around a figure in which „monatlich“ belongs to it
_WORDS = {
    Language.DE: {
        "least": "mindestens|wenigstens|nicht weniger als|ab",
        "most": "höchstens|maximal|bis zu|nicht mehr als",
        "below": "knapp|fast|nahezu|beinahe|weniger als|unter|unterhalb von|nicht ganz",
        "above": "gut|mehr als|über|etwas mehr als|oberhalb von|deutlich über",
        "about": "rund|etwa|circa|ca\\.|zirka|ungefähr|um die|schätzungsweise|annähernd|in etwa|gegen|etwas|grob",
    },
    Language.EN: {
        "least": "at least|no fewer than|no less than|not less than|a minimum of|starting at|from",
        "most": "up to|at most|no more than|as many as|as much as|a maximum of|not more than",
        "below": "nearly|almost|just under|under|less than|fewer than|below|close to|short of|shy of",
        "above": "more than|over|above|just over|well over|upwards of|in excess of|greater than",
        "about": "about|around|roughly|approximately|some|an estimated|circa|approx\\.|~",
    },
}
_ARTICLE = r"(?: (?:den|die|das|der|dem|einem|einer|einen|eine|ein|a|an|the))?"
_BOUND = {
    language: re.compile(
        "(?:"
        + "|".join(rf"(?P<{bound}>(?<![\w-])(?:{words}){_ARTICLE})" for bound, words in kinds.items())
        + r")[\s\u00a0(]*$",
        re.IGNORECASE,
    )
    for language, kinds in _WORDS.items()
}
_MORE = ("+", " or more", " oder mehr", "-plus", " plus")
_EVERY = {
    "monatlich": "month", "monthly": "month", "jährlich": "year", "annual": "year", "yearly": "year",
    "täglich": "day", "daily": "day",
    "wöchentlich": "week", "weekly": "week", "stündlich": "hour", "hourly": "hour",
}  # fmt: skip
_RATE = re.compile(rf"\b({'|'.join(_EVERY)})", re.IGNORECASE)
_PER = re.compile(
    r"[\s\u00a0]?(?P<sign>pro|je|per|each|every|an?|im|am|in der|in einem|in einer|a single|/)[\s\u00a0]?"
    r"(?:angefangene[nrm]? )?(?P<unit>[^\W\d_]+|m²|m³)(?![\w-])(?![\s\u00a0]\d)"
)
_SPANS = {
    "sekunde": "second", "second": "second", "s": "second", "minute": "minute", "stunde": "hour", "hour": "hour",
    "h": "hour",
    "tag": "day", "day": "day", "woche": "week", "week": "week", "monat": "month", "month": "month", "jahr": "year",
    "year": "year",
    "quartal": "quarter", "quarter": "quarter",
}  # fmt: skip
_SPANS |= {f"{word}{ending}": span for word, span in list(_SPANS.items()) if len(word) > 1 for ending in ("s", "es")}
_STRONG = frozenset(("pro", "je", "per", "/", "a", "each"))


def bound_of(text: str, start: int, stop: int, language: Language) -> str:
    """Whether the figure at these characters is told as about, above, below, least or most; empty: as it is."""
    match = _BOUND[language].search(text, max(0, start - WINDOW), start)
    if match and match.lastgroup:
        return match.lastgroup
    return "above" if text[stop : stop + 12].lower().startswith(_MORE) else ""


def rate_of(text: str, start: int, stop: int) -> str:
    """What the figure is told for: month, hour, a kilogram …; empty where it is told for nothing."""
    after = _PER.match(text, stop)
    if after:
        span = _SPANS.get(after["unit"].lower(), "")
        unit = unit_of(after["unit"])
        if span or (unit and after["sign"] in _STRONG):
            return span or f"{unit.kind}*{unit.factor:g}" if unit else span
    around = _RATE.search(text, max(0, start - BEFORE), min(len(text), stop + AFTER))
    return _EVERY[around[1].lower()] if around else ""
