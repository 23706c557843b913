"""The unit that stands after a number: „US-Dollar“, „percentage points“, „km/h“, „weitere Monate“."""

from bot.german.claims.tokens import Tokens
from bot.german.claims.units import PERCENT, POINT, TIMES, Unit, joined, unit_of
from bot.model import Language

SHORT = 3  # letters; shorter ones are symbols, which follow their figure at once
Found = tuple[Unit | None, int]
_POWERS = {"square": ("area", 2, 1.0), "cubic": ("volume", 3, 1000.0)}
_PAIRS = {
    ("per", "cent"): PERCENT, ("percentage", "point"): POINT, ("percentage", "points"): POINT,
    ("nautical", "mile"): Unit("length", 1852.0), ("nautical", "miles"): Unit("length", 1852.0),
    ("metric", "tons"): Unit("mass", 1e6), ("metric", "tonnes"): Unit("mass", 1e6),
    ("grad", "celsius"): Unit("celsius"), ("degrees", "celsius"): Unit("celsius"),
    ("grad", "fahrenheit"): Unit("fahrenheit"),
    ("degrees", "fahrenheit"): Unit("fahrenheit"), ("us", "dollar"): Unit("dollar"), ("us", "dollars"): Unit("dollar"),
    ("°", "c"): Unit("celsius"), ("°", "f"): Unit("fahrenheit"),
}  # fmt: skip


def unit_at(tokens: Tokens, end: int, language: Language) -> Found:
    """The unit that begins with token `end`, and the token after it; none and `end` where there is none."""
    if tokens.hyphened(end):
        end += 1
    if not tokens[end].text:
        return None, end
    return _of_several(tokens, end) or _times(tokens, end) or _single(tokens, end, language) or (None, end)


def unit_after_adjective(tokens: Tokens, end: int) -> Unit | None:
    """„drei weitere Monate“, „two full years“."""
    adjective, noun = tokens[end].text, tokens[end + 1].text
    if not adjective.isalpha() or not adjective.islower() or len(noun) <= SHORT:
        return None
    unit = unit_of(noun)
    return unit if unit and unit.kind not in {"pixel", "bit"} else None


def _of_several(tokens: Tokens, end: int) -> Found | None:
    one, two, three = (tokens[end + n] for n in range(3))
    pair = _PAIRS.get((one.lower, two.lower))
    if pair:
        return pair, end + 2
    if one.lower in _POWERS and (unit := unit_of(two.text)) and unit.kind == "length":
        kind, power, factor = _POWERS[one.lower]
        return Unit(kind, factor * unit.factor**power), end + 2
    if two.text in {"/", "-"} and tokens.glued(end + 1) and tokens.glued(end + 2):
        if one.lower in {"prozent", "percent", "percentage"} and three.lower.startswith(("punkt", "point")):
            return POINT, end + 3
        unit = unit_of(f"{one.text}{two.text}{three.text}") or unit_of(f"{one.lower}{two.text}{three.lower}")
        return (unit, end + 3) if unit else None
    return None


def _times(tokens: Tokens, end: int) -> Found | None:
    lowered, glued = tokens[end].lower, tokens.glued(end)
    if lowered in {"mal", "times"} or (glued and (lowered == "x" or lowered.startswith("fach"))):
        return TIMES, end + 1
    return None


def _single(tokens: Tokens, end: int, language: Language) -> Found | None:
    token = tokens[end]
    if not tokens.glued(end) and (token.text == "s" or (token.text == "m" and language is Language.EN)):
        return None
    told = joined(token.text) if tokens.glued(end) else None  # „41-jährig“
    unit = told[1] if told and not told[0] else unit_of(token.text)
    return (unit, end + 1) if unit else None
