"""The figures of a text with what they measure: „rund 1,5 Mrd. Euro“ is about 1.5e9 euro, „two thirds“ 66.7 percent.

Beside `bot.german.figures`, which only has to tell articles apart, this reads units, bounds, fractions and what is
counted.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.german.claims.bounds import bound_of, rate_of
from bot.german.claims.clocks import clocks
from bot.german.claims.measures import unit_after_adjective, unit_at
from bot.german.claims.moments import spans
from bot.german.claims.numerals import PARTS, TIMES, cardinals, ordinals
from bot.german.claims.tokens import SEPARATORS, Tokens, are_thousands, value_of
from bot.german.claims.units import CURRENCY_SIGNS, ORDINAL, PERCENT, YEARS, Unit, joined, unit_of
from bot.german.claims.units import TIMES as MULTIPLE
from bot.model import Language

VAGUE = Unit("vague")
PIECE = Unit("fraction", 100.0)  # in percent
VERSION = 3  # parts of a number from which it is a version
COUNTED = 4  # words after a figure that may name what it counts
MANY_TIMES = 1000  # „zwei Millionen Mal verkauft“ are two million copies
TENTHS = 10  # the finest fraction in figures: 3/4, but no 24/7
HIGHEST = 99  # ordinal in figures


class Amount(NamedTuple):
    """A figure as a text has it, in units of `unit.factor`. `bound`: about, above, below, least, most or empty."""

    shown: str
    value: float
    unit: Unit | None
    bound: str
    nouns: tuple[str, ...]  # the words after it, which may name what it counts
    per: str
    start: int
    end: int
    spelt: bool = False  # as a word: „drei“

    @property
    def base(self) -> float:
        """The value in base units of its kind."""
        return self.value * (self.unit.factor if self.unit else 1.0)


Found = tuple[list[Amount], int]  # the readings of a figure, and the token after it
SCALES = {
    Language.DE: {
        "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9,
        "mrd": 1e9, "billion": 1e12, "billionen": 1e12, "bio": 1e12, "billiarde": 1e15, "billiarden": 1e15,
        "trillion": 1e18, "trillionen": 1e18, "dutzend": 12.0, "hundert": 1e2,
    },
    Language.EN: {
        "hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9,
        "billions": 1e9, "bn": 1e9, "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "trn": 1e12, "quadrillion": 1e15,
        "dozen": 12.0,
    },
}  # fmt: skip
LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}  # glued to an English figure: $40m
DOTTED = frozenset(("mio", "mrd", "tsd", "bio"))
LOTS = {
    "dutzende": 12.0, "dutzenden": 12.0, "dozens": 12.0, "hunderte": 1e2, "hunderten": 1e2, "hunderter": 1e2,
    "hundreds": 1e2, "tausende": 1e3, "tausenden": 1e3, "tausender": 1e3, "thousands": 1e3, "zehntausende": 1e4,
    "zehntausenden": 1e4, "hunderttausende": 1e5, "hunderttausenden": 1e5, "millionen": 1e6, "millions": 1e6,
    "milliarden": 1e9, "billions": 1e9, "abermillionen": 1e6, "trillions": 1e12, "billionen": 1e12,
}  # fmt: skip
ONE = {Language.DE: frozenset("ein eine einer einem einen eines".split()), Language.EN: frozenset(("a", "an", "one"))}
EVERY = frozenset("jeder jede jedes jedem jeden every".split())
SEVERAL = frozenset(
    "several many few couple mehrere mehreren mehrerer einige einigen einiger paar vielen viele".split()
)
HALF = frozenset(("halbe", "halben", "halber", "halbes"))
CODES = {"EUR": "euro", "USD": "dollar", "CHF": "franc", "GBP": "pound", "JPY": "yen"}
PREFIXES = frozenset(("US", "A", "C", "HK", "CA"))  # of a dollar sign
_PLACES = frozenset("der die das den dem im am zum zur ein eine einen beim vom seinen ihren ihr".split())
_WHOLES = {"viertelmillion": 250_000.0, "halbmillion": 500_000.0, "viertelmilliarde": 250_000_000.0}
_TIMES = re.compile(r"(\w+?)(?:mal|fach(?:e[nrsm]?)?)")
_LINK = re.compile(
    r"[\s\u00a0]*(?:bis|to|and|und|or|oder|statt|auf|from|von|nach|than|,|–|-|—|/|gegenüber|instead of|der|of|of the)?"
    r"[\s\u00a0]*(?:bis|zu|to|auf|from|up to|nur|only|nun|now|rund|about)?[\s\u00a0]*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r",?[\s\u00a0]*(?:(?:up|down|compared|rather|and|instead|statt|nach|gegenüber|von|from|to|auf|bis|than|of|with|zuvor"
    r"|or|oder|und|bisher)[\s\u00a0]+){1,2}",
    re.IGNORECASE,
)
_STOPS = frozenset(
    """
    a an the of in on at by for from to and or but with than as is are was were be been has have had will would can
    could may might that which who when while after before since until into over under per this its their his her it
    they he she said says der die das den dem des ein eine einen einem einer und oder aber in im am an auf aus bei mit
    nach seit von vom vor zu zum zur für über unter als wie ist sind war waren hat haben hatte wird werden wurde wurden
    kann können soll sollen sich nicht bis durch gegen ohne um pro je
    """.split()
)


@lru_cache(maxsize=256)
def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """Every figure of the text, but for dates, times of day, versions and names such as X12.

    Where one can be read in several ways, its readings follow one another and have one `start`.
    """
    return tuple(_Reader(text, language).read())


class _Reader:
    """One text on its way to amounts."""

    def __init__(self, text: str, language: Language) -> None:
        self._text, self._language = text, language
        self._tokens = Tokens(text)
        self._words, self._scales = cardinals(language), SCALES[language]
        self._parts, self._times, self._nth = PARTS[language], TIMES[language], ordinals(language)
        apart = (*spans(text, language), *((one.start, one.end) for one in clocks(text, language)))
        self._dates = {position for start, end in apart for position in range(start, end)}

    def read(self) -> Iterator[Amount]:
        """All amounts; in a range, a bare number takes scale and unit of the other."""
        n, open_ranges, last = 0, list[Amount](), None
        while n < len(self._tokens):
            found, following = self._at(n)
            if not found:
                n += 1
                continue
            first = found[0]
            if not self._is_linked(open_ranges, first):
                open_ranges = []
            yield from self._completed(open_ranges, first)
            yield from found
            if last and not first.unit and not first.nouns and _BACK.fullmatch(self._text[last.end : first.start]):
                yield first._replace(unit=last.unit, per=last.per)  # „3,8 Sekunden statt 11,2“
            last = first if first.unit else last if open_ranges else None
            bare = first.unit is None and not first.spelt and first.end == self._tokens[following - 1].end
            open_ranges = [*open_ranges, first] if bare else []
            n = following

    def _is_linked(self, open_ranges: Sequence[Amount], first: Amount) -> bool:
        between = self._text[open_ranges[-1].end : first.start] if open_ranges else ""
        return bool(_LINK.fullmatch(between)) and ("," not in between or first.shown[0].isdecimal())

    def _completed(self, open_ranges: Sequence[Amount], last: Amount) -> Iterator[Amount]:
        """The open numbers before this one, as they are meant: „18 bis 25 MWh“."""
        bare = re.match(r"\d[\d.,]*", last.shown.lstrip(CURRENCY_SIGNS + "US "))
        written = value_of(bare[0].rstrip(".,"), self._language) if bare else 0.0
        scale = last.value / written if written else 1.0
        for amount in open_ranges:
            if last.unit is not None or scale != 1.0:
                value = amount.value * scale if amount.value < 1000 or scale < 1000 else amount.value  # noqa: PLR2004
                yield amount._replace(value=value, unit=last.unit, per=last.per, nouns=last.nouns)

    def _at(self, n: int) -> Found:
        """The readings of the amount that begins with token n, and the token after it; none where none begins."""
        token = self._tokens[n]
        if token.start in self._dates:
            return [], n + 1
        if token.text[0].isdecimal():
            return self._figure(n) if self._is_figure(n) else ([], n + 1)
        return self._word(n) if token.text[0].isalpha() else ([], n + 1)

    def _is_figure(self, n: int) -> bool:
        """Not X12, GPT-5, 7.4.7 or 5G."""
        before, after = self._tokens[n - 1], self._tokens[n + 1]
        if self._tokens.glued(n) and (before.text[-1].isalpha() or before.text == "_"):
            return before.text in CODES
        if self._tokens.glued(n) and before.text in "-./:" and self._tokens.glued(n - 1):
            return before.text == "-" and self._tokens[n - 2].text[-1:].isdigit() and self._is_figure(n - 2)
        if self._tokens.glued(n + 1) and after.text[:1].isalpha():
            known = unit_of(after.text) or after.lower in LETTERS or after.lower in self._scales
            return bool(known) or after.lower in {"x", "mal"} or after.lower.startswith(("fach", "er"))
        parts = SEPARATORS.split(self._tokens[n].text)
        return len(parts) < VERSION or are_thousands(parts)

    def _figure(self, n: int) -> Found:
        value = value_of(self._tokens[n].text, self._language)
        after = self._tokens[n + 1]
        if after.text == "/" and self._tokens.glued(n + 1) and self._tokens[n + 2].text.isdecimal():
            whole = int(self._tokens[n + 2].text)
            if 0 < value < whole <= TENTHS:
                return self._measured(n, n + 3, value / whole, PIECE)
        if self._is_ordinal(n, value):
            return self._measured(n, n + 2, value, ORDINAL)
        return self._scaled(n, n + 1, value, spelt=False)

    def _is_ordinal(self, n: int, value: float) -> bool:
        """„die 2. Stufe“, „the 2nd“."""
        after = self._tokens[n + 1]
        if not self._tokens.glued(n + 1) or value > HIGHEST:
            return False
        if self._language is Language.EN:
            return after.lower in {"st", "nd", "rd", "th"}
        goes_on = self._tokens[n + 2].text[:1].isalpha() and not self._tokens.glued(n + 2)
        return after.text == "." and goes_on and self._tokens[n - 1].lower in _PLACES

    def _word(self, n: int) -> Found:
        lowered, before = self._tokens[n].lower, self._tokens[n - 1]
        if self._tokens.hyphened(n - 1) and lowered not in self._parts:
            return [], n + 1  # the second half of twenty-three
        if (
            lowered in self._words
            and before.lower not in SEVERAL
            and not (lowered == "acht" and before.lower in {"außer", "in"})
        ):
            return self._number_word(n, self._words[lowered])
        if lowered in ONE[self._language]:
            return self._after_one(n)
        if lowered in self._times:
            return self._measured(n, n + 1, self._times[lowered], MULTIPLE)
        if lowered in self._parts or lowered in HALF:
            return self._part_or_place(n, lowered)
        return self._other_word(n, lowered)

    def _part_or_place(self, n: int, lowered: str) -> Found:
        """„the third“ may be a share or a place."""
        found, end = self._part(n, n + 1, self._parts.get(lowered, 0.5))
        if lowered in self._nth:
            found = [*found, *self._measured(n, n + 1, float(self._nth[lowered]), ORDINAL)[0]]
        return found, end

    def _other_word(self, n: int, lowered: str) -> Found:
        """„Tausende“, „jeder fünfte“, „dritte“ and what is built of number words."""
        if lowered in LOTS:
            return self._lots(n)
        if lowered in self._scales:
            several = self._tokens[n - 1].lower in SEVERAL  # else it is one: „per million“
            return self._measured(n, n + 1, self._scales[lowered], VAGUE if several else None)
        every = self._nth.get(self._tokens[n + 1].lower, 1) if lowered in EVERY else 1
        if every > 1:
            return self._measured(n, n + 2, 1 / every, PIECE)
        if lowered in self._nth and lowered not in {"achten", "achte"} and not self._is_second(n):
            return self._measured(n, n + 1, float(self._nth[lowered]), ORDINAL)
        return self._built(n, lowered)

    def _is_second(self, n: int) -> bool:
        """Whether „second“ is the unit."""
        return self._tokens[n].lower == "second" and self._tokens[n - 1].lower in {"a", "per", "every", "each"}

    def _number_word(self, n: int, value: float) -> Found:
        end, after = n + 1, self._tokens[n + 1].lower
        if self._tokens.hyphened(end):
            second = self._tokens[end + 1].lower
            if both := self._words.get(f"{self._tokens[n].lower}-{second}"):
                return self._scaled(n, end + 2, both, spelt=True)
            if second in self._parts:
                return self._part(n, end + 2, value * self._parts[second])
            if second == "fold":
                return self._measured(n, end + 2, value, MULTIPLE)
        if after in self._parts and after != "halb":
            return self._part(n, end + 1, value * self._parts[after])
        part = self._parts.get(self._tokens[end + 2].lower)
        if after in {"and", "und"} and self._tokens[end + 1].lower in ONE[self._language] and part:
            return self._scaled(n, end + 3, value + part, spelt=True)
        return self._scaled(n, end, value, spelt=True)

    def _after_one(self, n: int) -> Found:
        """„eine Million“, „a third“, „eine halbe Stunde“, „one in five“; „ein“ alone counts nothing."""
        at = n + 2 if self._tokens.hyphened(n + 1) else n + 1
        word = self._tokens[at].lower
        if word in HALF:
            return self._part(n, at + 1, 0.5)
        if word in self._parts:
            found, end = self._part(n, at + 1, self._parts[word])
            if word in self._nth:  # „a third of it“, but „a third attempt“
                found = [*found, *self._measured(at, at + 1, float(self._nth[word]), ORDINAL)[0]]
            return found, end
        if word in self._scales and at == n + 1:
            return self._scaled(n, n + 1, 1.0, spelt=False)
        whole = self._tokens[n + 2]
        of = self._words.get(whole.lower) or (float(whole.text) if whole.text.isdecimal() else 0.0)
        if word == "in" and self._tokens[n].lower == "one" and of > 1:
            return self._measured(n, n + 3, 1 / of, PIECE)
        return [], n + 1

    def _lots(self, n: int) -> Found:
        value = LOTS[self._tokens[n].lower]
        second = self._tokens[n + 2].lower
        if self._tokens[n + 1].lower == "of" and second in LOTS:
            return self._measured(n, n + 3, value * LOTS[second], VAGUE)
        if "tens" in {self._tokens[n - 1].lower, self._tokens[n - 2].lower} or self._tokens[n - 1].lower == "zehn":
            value *= 10
        return self._measured(n, n + 1, value, VAGUE)

    def _built(self, n: int, lowered: str) -> Found:
        """„dreitägige“, „zehnfach“, „dreimal“, „Viertelmillion“."""
        told = joined(lowered)
        if told:
            number = self._words.get(told[0]) or {"ein": 1.0, "halb": 0.5}.get(told[0])
            return self._measured(n, n + 1, number, told[1]) if number else ([], n + 1)
        times = _TIMES.fullmatch(lowered) if "mal" in lowered or "fach" in lowered else None
        if times and times[1] in self._words:
            return self._measured(n, n + 1, self._words[times[1]], MULTIPLE)
        whole = _WHOLES.get(lowered)
        return self._measured(n, n + 1, whole, None) if whole else ([], n + 1)

    def _part(self, n: int, end: int, value: float) -> Found:
        """A fraction: of a scale („half a million“), of a unit („eine halbe Stunde“), or of what is told."""
        after = end
        while self._tokens[after].lower in {"a", "of", "an", "einer"} and after - end < 2:  # noqa: PLR2004
            after += 1
        unit = unit_of(self._tokens[after].text)
        if self._tokens[after].lower in self._scales or (unit and unit != PERCENT and self._is_of_unit(after, end)):
            return self._scaled(n, after, value, spelt=False)
        return self._measured(n, end, value, PIECE)

    def _is_of_unit(self, after: int, end: int) -> bool:
        return after > end or self._language is Language.DE

    def _scaled(self, n: int, end: int, value: float, *, spelt: bool) -> Found:
        """A number and the scales and the unit after it."""
        metres = False
        while scale := self._scale(n, end):
            factor, end, letter = scale
            value, spelt, metres = value * factor, False, letter == "m" and not self._has_currency(n)
            rest = self._words.get(self._tokens[end + 1].lower)
            if rest and self._tokens[end].lower == "and" and factor == SCALES[Language.EN]["hundred"]:
                value, end = value + rest, end + 2
        found, following = self._measured(n, end, value, None, spelt=spelt)
        if metres:
            found = [*found, found[0]._replace(value=value / LETTERS["m"], unit=Unit("length"))]
        return found, following

    def _scale(self, n: int, end: int) -> tuple[float, int, str] | None:
        """The scale at token `end`, the token after it, and the letter that it is; None where there is none."""
        at = end + (self._tokens[end].text == "-" and self._tokens.glued(end))
        token = self._tokens[at]
        if token.lower in self._scales:
            dot = token.lower in DOTTED and self._tokens[at + 1].text == "."
            return self._scales[token.lower], at + 1 + dot, ""
        if token.text == "K" or not self._tokens.glued(at) or self._language is Language.DE:
            return None
        if token.lower in LETTERS and (token.text != "M" or self._has_currency(n)):
            return LETTERS[token.lower], at + 1, token.text
        return None

    def _has_currency(self, n: int) -> bool:
        return self._tokens[n - 1].text in CURRENCY_SIGNS and n > 0

    def _measured(self, n: int, end: int, value: float, unit: Unit | None, *, spelt: bool = False) -> Found:
        """The amount with its unit, bound, rate and what it counts."""
        first = n
        if unit is None:
            unit, first = self._currency_before(n)
        if unit is None:
            unit, end = unit_at(self._tokens, end, self._language)
        nouns = tuple(self._nouns(end))
        unit = unit or self._implied(first, end, nouns)
        if unit == MULTIPLE and value >= MANY_TIMES:
            unit = None
        start, stop = self._tokens[first].start, self._tokens[end - 1].end
        unit, per = _with_rate(unit, rate_of(self._text, start, stop))
        bound = bound_of(self._text, start, stop, self._language)
        return [Amount(self._text[start:stop], value, unit, bound, nouns, per, start, stop, spelt)], end

    def _currency_before(self, n: int) -> tuple[Unit | None, int]:
        before = self._tokens[n - 1].text
        if self._has_currency(n):
            prefixed = self._tokens[n - 2].text in PREFIXES and self._tokens.glued(n - 1)
            return unit_of(before), n - 1 - prefixed
        return (unit_of(CODES[before]), n - 1) if before in CODES else (None, n)

    def _implied(self, first: int, end: int, nouns: Sequence[str]) -> Unit | None:
        """„drei weitere Monate“, and the age in „Ida Korvald, 27, …“."""
        if self._tokens[end].text not in self._words and self._tokens[end].text not in _STOPS:
            later = unit_after_adjective(self._tokens, end)
            if later:
                return later
        number, comma, name = (self._tokens[first - back].text for back in range(3))
        is_age = comma == "," and number.isdecimal() and len(number) == 2 and name.istitle()  # noqa: PLR2004
        return YEARS if is_age and not nouns and self._tokens[end].text in {",", "."} else None

    def _nouns(self, end: int) -> Iterator[str]:
        """The next words, up to a sign or a word that ends what is counted."""
        for n in range(end, min(end + COUNTED, len(self._tokens))):
            token = self._tokens[n]
            if token.text == "-" and self._tokens.glued(n):
                continue
            if not token.text[0].isalpha() or token.lower in _STOPS:
                return
            yield token.text


def _with_rate(unit: Unit | None, per: str) -> tuple[Unit | None, str]:
    """Bits per second and kilometres an hour are units of their own."""
    if unit and per == "second" and unit.kind in {"bit", "byte"}:
        return Unit(f"{unit.kind}rate", unit.factor), ""
    if unit and unit.kind == "length" and per in {"hour", "second"}:
        return Unit("speed", unit.factor / 1000 if per == "hour" else unit.factor * 3.6), ""
    return unit, per
