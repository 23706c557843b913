"""The figures of a text with what they measure: „rund 1,5 Mrd. Euro“ is about 1.5e9 euro, „two thirds“ 66.7 percent.

Beside `bot.german.figures`, which only has to tell articles apart, this reads units, bounds, fractions and what is counted.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.german.claims.clocks import clocks
from bot.german.claims.moments import spans
from bot.german.claims.numerals import PARTS, TIMES, cardinals, ordinals
from bot.german.claims.units import CURRENCY_SIGNS, ORDINAL, PERCENT, POINT, YEARS, Unit, joined, unit_of
from bot.german.claims.units import TIMES as MULTIPLE
from bot.model import Language

TOKEN = re.compile(r"\d+(?:[.,:’\u00a0\u202f]\d+)*|[^\W\d_]+|[^\s\w]")
VAGUE = Unit("vague")
PIECE = Unit("fraction", 100.0)  # in percent
THOUSANDS, PARTS_OF_VERSION = 3, 3
MANY_TIMES = 1000
SHORT = 3  # letters; shorter ones are symbols, which follow their figure
WINDOW = 34  # characters before a figure in which its bound stands
COUNTED = 4  # words after a figure that may name what it counts


class Amount(NamedTuple):
    """A figure as a text has it. `value` is in units of `unit.factor`; `bound`: about, above, below, least, most or none."""

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


class Token(NamedTuple):
    """A word, a figure or a sign."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case."""
        return self.text.lower()


END = Token("", -9, -9)
SCALES = {
    Language.DE: {
        "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9,
        "billion": 1e12, "billionen": 1e12, "bio": 1e12, "billiarde": 1e15, "billiarden": 1e15, "trillion": 1e18, "trillionen": 1e18,
        "dutzend": 12.0, "hundert": 1e2,
    },
    Language.EN: {
        "hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9,
        "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "trn": 1e12, "quadrillion": 1e15, "dozen": 12.0,
    },
}  # fmt: skip
EVERY = frozenset("jeder jede jedes jedem jeden every".split())
SEVERAL = frozenset(
    "several many few couple mehrere mehreren mehrerer einige einigen einiger paar vielen viele".split()
)
LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}  # glued to a figure: $40m
LOTS = {
    "dutzende": 12, "dutzenden": 12, "dozens": 12, "hunderte": 1e2, "hunderten": 1e2, "hunderter": 1e2, "hundreds": 1e2,
    "tausende": 1e3, "tausenden": 1e3, "tausender": 1e3, "thousands": 1e3, "zehntausende": 1e4, "zehntausenden": 1e4,
    "hunderttausende": 1e5, "hunderttausenden": 1e5, "millionen": 1e6, "millions": 1e6, "milliarden": 1e9, "billions": 1e9,
    "abermillionen": 1e6, "trillions": 1e12, "billionen": 1e12,
}  # fmt: skip
ONE = {Language.DE: frozenset("ein eine einer einem einen eines".split()), Language.EN: frozenset(("a", "an", "one"))}
CODES = {"EUR": "euro", "USD": "dollar", "CHF": "franc", "GBP": "pound", "US": "dollar", "JPY": "yen"}
RATES = {
    "monatlich": "month", "monthly": "month", "jährlich": "year", "annually": "year", "annual": "year", "yearly": "year",
    "täglich": "day", "daily": "day", "wöchentlich": "week", "weekly": "week", "stündlich": "hour", "hourly": "hour",
}  # fmt: skip
_RATE = re.compile(
    r"\b(monatlich|jährlich|täglich|wöchentlich|stündlich|monthly|annual|yearly|daily|weekly|hourly)", re.I
)
_PER = re.compile(
    r"[\s\u00a0]?(?:(?:pro|je|per|each|every|an?|im|am|in der|in einem|in einer|a single|/)[\s\u00a0]?)(?:angefangene[nrm]? )?"
    r"(?P<unit>[^\W\d_]+|m²|m³)(?![\w-])(?![\s\u00a0]\d)"
)
_TIME_NAMES = {
    "sekunde": "second", "second": "second", "s": "second", "minute": "minute", "stunde": "hour", "hour": "hour", "h": "hour",
    "tag": "day", "day": "day", "woche": "week", "week": "week", "monat": "month", "month": "month", "jahr": "year", "year": "year",
    "quartal": "quarter", "quarter": "quarter",
}  # fmt: skip
_BOUNDS = {
    Language.DE: (
        ("least", "mindestens|wenigstens|nicht weniger als|ab"),
        ("most", "höchstens|maximal|bis zu|nicht mehr als|bis auf"),
        ("below", "knapp|fast|nahezu|beinahe|weniger als|unter|unterhalb von|nicht ganz"),
        ("above", "gut|mehr als|über|etwas mehr als|oberhalb von|deutlich über"),
        ("about", "rund|etwa|circa|ca\\.|zirka|ungefähr|um die|schätzungsweise|annähernd|in etwa|gegen|etwas|grob"),
    ),
    Language.EN: (
        ("least", "at least|no fewer than|no less than|not less than|a minimum of|starting at|from"),
        ("most", "up to|at most|no more than|as many as|as much as|a maximum of|not more than"),
        ("below", "nearly|almost|just under|under|less than|fewer than|below|close to|short of|shy of"),
        ("above", "more than|over|above|just over|well over|upwards of|in excess of|greater than"),
        ("about", "about|around|roughly|approximately|some|an estimated|circa|approx\\.|~"),
    ),
}
_DETERMINED = r"(?: (?:den|die|das|der|dem|einem|einer|einen|eine|ein|a|an|the))?"
_BEFORE = {
    language: re.compile(
        "|".join(rf"(?P<{bound}>(?<![\w-])(?:{words}){_DETERMINED})" for bound, words in rows).join(
            ("(?:", r")[\s\u00a0(]*$")
        ),
        re.IGNORECASE,
    )
    for language, rows in _BOUNDS.items()
}
_LINK = re.compile(
    r"[\s\u00a0]*(?:bis|to|and|und|or|oder|statt|auf|from|von|nach|than|,|–|-|—|/|gegenüber|instead of)?"
    r"[\s\u00a0]*(?:bis|zu|to|auf|from|up to|nur|only|nun|now|rund|about)?[\s\u00a0]*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r",?[\s\u00a0]*(?:(?:up|down|compared|rather|and|instead|statt|nach|gegenüber|von|from|to|auf|bis|than|of|with|zuvor|or|oder|und|bisher)"
    r"[\s\u00a0]+){1,2}",
    re.IGNORECASE,
)
_STOPS = frozenset(
    "a an the of in on at by for from to and or but with than as is are was were be been has have had will would can could may might that "
    "which who when while after before since until into over under per this its their his her it they he she said says der die das den dem "
    "des ein eine einen einem einer und oder aber in im am an auf aus bei mit nach seit von vom vor zu zum zur für über unter als wie ist "
    "sind war waren hat haben hatte wird werden wurde wurden kann können soll sollen sich nicht bis durch gegen ohne um pro je".split()
)


@lru_cache(maxsize=512)
def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """Every figure of the text, but for dates, times of day, versions and names such as X12; readings of one share `start`."""
    return tuple(_Reader(text, language).read())


class _Reader:
    """One text on its way to amounts."""

    def __init__(self, text: str, language: Language) -> None:
        self._text, self._language = text, language
        self._tokens = [Token(match[0], match.start(), match.end()) for match in TOKEN.finditer(text)]
        self._words, self._scales = cardinals(language), SCALES[language]
        self._parts, self._times, self._nth = PARTS[language], TIMES[language], ordinals(language)
        apart = (*spans(text, language), *((one.start, one.end) for one in clocks(text, language)))
        self._dates = {position for start, end in apart for position in range(start, end)}
        self._one = ONE[language]

    def read(self) -> Iterator[Amount]:
        """All amounts; a first number of a range takes scale and unit of the last."""
        n, open_ranges, last = 0, list[Amount](), None
        while n < len(self._tokens):
            found, following = self._at(n)
            if not found:
                n += 1
                continue
            first = found[0]
            between = self._text[open_ranges[-1].end : first.start] if open_ranges else ""
            if not _LINK.fullmatch(between) or ("," in between and not first.shown[0].isdecimal()):
                open_ranges = []
            yield from self._completed(open_ranges, first)
            yield from found
            if last and first.unit is None and not first.nouns and _BACK.fullmatch(self._text[last.end : first.start]):
                yield first._replace(unit=last.unit, per=last.per)  # „3,8 Sekunden statt 11,2“
            last = first if first.unit else last if open_ranges else None
            ends_bare = first.unit is None and not first.spelt
            open_ranges = [*open_ranges, first] if ends_bare and first.end == self._tokens[following - 1].end else []
            n = following

    def _completed(self, open_ranges: Sequence[Amount], last: Amount) -> Iterator[Amount]:
        """The open numbers before this one, as they are meant: „18 bis 25 MWh“."""
        bare = re.match(r"[\d.,]+", last.shown.lstrip(CURRENCY_SIGNS + "US "))
        written = value_of(bare[0].rstrip(".,"), self._language) if bare else 0.0
        scale = last.value / written if written else 1.0
        for amount in open_ranges:
            if last.unit is not None or scale != 1.0:
                scaled = amount.value * scale if amount.value < 1000 or scale < 1000 else amount.value  # noqa: PLR2004
                yield amount._replace(value=scaled, unit=last.unit, per=last.per, nouns=last.nouns)

    def _token(self, n: int) -> Token:
        return self._tokens[n] if 0 <= n < len(self._tokens) else END

    def _glued(self, n: int) -> bool:
        """Whether token n follows the one before it without a blank."""
        return n > 0 and self._token(n).start == self._token(n - 1).end

    def _at(self, n: int) -> tuple[list[Amount], int]:
        """The readings of the amount that begins with token n, and the token after it; none where none begins."""
        token = self._token(n)
        if token.start in self._dates:
            return [], n + 1
        if token.text[0].isdecimal():
            return self._figure(n) if self._is_figure(n) else ([], n + 1)
        if not token.text[0].isalpha():
            return [], n + 1
        return self._word(n)

    def _is_figure(self, n: int) -> bool:
        """Not X12, GPT-5, 7.4.7 or 5G."""
        token, before, after = self._token(n), self._token(n - 1), self._token(n + 1)
        if self._glued(n) and (before.text[-1].isalpha() or before.text == "_"):
            return before.text in CODES
        if self._glued(n) and before.text in "-./:" and self._glued(n - 1) and self._token(n - 2).text[-1:].isalnum():
            return before.text == "-" and self._token(n - 2).text[-1:].isdigit()
        if self._glued(n + 1) and after.text[:1].isalpha():
            return (
                unit_of(after.text) is not None
                or after.lower in LETTERS
                or after.lower in {*self._scales, "x", "mal", "fach"}
                or after.lower.startswith(("fach", "er"))
            )  # noqa: E501
        parts = re.split(r"[.,:’\u00a0\u202f]", token.text)
        return len(parts) < PARTS_OF_VERSION or all(len(part) == THOUSANDS for part in parts[1:])

    def _figure(self, n: int) -> tuple[list[Amount], int]:
        value = value_of(self._token(n).text, self._language)
        nxt = self._token(n + 1)
        if nxt.text == "/" and self._glued(n + 1) and self._glued(n + 2) and self._token(n + 2).text.isdecimal():
            whole = int(self._token(n + 2).text)
            if 0 < value < whole <= 10:  # noqa: PLR2004 - 2/3, but no 24/7
                return self._measured(n, n + 3, value / whole, PIECE)
        if (
            self._language is Language.DE
            and nxt.text == "."
            and self._glued(n + 1)
            and value <= 99
            and self._token(n + 2).text[:1].isalpha()
            and self._token(n + 2).start > nxt.end
        ):  # noqa: E501, PLR2004
            if self._is_ordinal_place(n):
                return self._measured(n, n + 2, value, ORDINAL)
        if self._language is Language.EN and nxt.lower in {"st", "nd", "rd", "th"} and self._glued(n + 1):
            return self._measured(n, n + 2, value, ORDINAL)
        return self._scaled(n, n + 1, value, spelt=False)

    def _is_ordinal_place(self, n: int) -> bool:
        return self._token(n - 1).lower in {
            "der",
            "die",
            "das",
            "den",
            "dem",
            "im",
            "am",
            "zum",
            "zur",
            "ein",
            "eine",
            "einen",
            "beim",
            "vom",
            "seinen",
            "ihren",
            "ihr",
        }  # noqa: E501

    def _word(self, n: int) -> tuple[list[Amount], int]:
        token = self._token(n)
        lowered = token.lower
        if (
            self._glued(n)
            and self._token(n - 1).text == "-"
            and self._token(n - 2).text[-1:].isalnum()
            and lowered not in self._parts
        ):
            return [], n + 1  # „Hoch-Zwei“, and the second half of twenty-three
        if (lowered in self._scales or lowered == "tausend") and self._token(n - 1).lower in SEVERAL:
            return self._measured(n, n + 1, self._scales[lowered], VAGUE)
        if lowered in self._words and not (lowered == "acht" and self._token(n - 1).lower in {"außer", "in"}):
            return self._number_word(n, self._words[lowered])
        if lowered in self._one:
            return self._after_one(n)
        if lowered in self._times:
            return self._measured(n, n + 1, self._times[lowered], MULTIPLE)
        if lowered in self._parts:
            return self._part(n, n + 1, self._parts[lowered])
        if lowered in {"halbe", "halben", "halber", "halbes"}:
            return self._part(n, n + 1, 0.5)
        if lowered in LOTS:
            return self._lots(n)
        if lowered in EVERY and self._nth.get(self._token(n + 1).lower, 1) > 1:
            return self._measured(n, n + 2, 1 / self._nth[self._token(n + 1).lower], PIECE)
        if (
            lowered in self._nth
            and not (lowered == "second" and self._token(n - 1).lower in {"a", "per", "every", "each"})
            and lowered not in {"achten", "achte"}
        ):  # noqa: E501
            return self._measured(n, n + 1, float(self._nth[lowered]), ORDINAL)
        return self._built(n)

    def _number_word(self, n: int, value: float) -> tuple[list[Amount], int]:
        end = n + 1
        if self._token(end).text == "-" and self._glued(end) and self._glued(end + 1):
            both = self._words.get(f"{self._token(n).lower}-{self._token(end + 1).lower}")
            if both:
                return self._scaled(n, end + 2, both, spelt=True)
            if self._token(end + 1).lower in self._parts:
                return self._part(n, end + 2, value * self._parts[self._token(end + 1).lower])
            if self._token(end + 1).lower == "fold":
                return self._measured(n, end + 2, value, MULTIPLE)
        following = self._token(end).lower
        if following in self._parts and (following != "second" and following != "halb"):
            return self._part(n, end + 1, value * self._parts[following])
        if (
            following in {"and", "und"}
            and self._token(end + 1).lower in {"a", "ein", "eine"}
            and self._token(end + 2).lower in self._parts
        ):
            return self._scaled(n, end + 3, value + self._parts[self._token(end + 2).lower], spelt=True)
        return self._scaled(n, end, value, spelt=True)

    def _after_one(self, n: int) -> tuple[list[Amount], int]:
        """„eine Million“, „a third“, „eine halbe Stunde“, „one in five“; „ein“ alone counts nothing."""
        following = self._token(n + 1).lower
        if following == "-" and self._glued(n + 1):
            following, n_part = self._token(n + 2).lower, n + 2
        else:
            n_part = n + 1
        if following in {"halbe", "halben", "halber", "halbes"}:
            return self._part(n, n_part + 1, 0.5)
        if following in self._parts and following != "second":
            found, end = self._part(n, n_part + 1, self._parts[following])
            if following in self._nth:  # „a third of it“, but „a third attempt“
                found = [*found, *self._measured(n_part, n_part + 1, float(self._nth[following]), ORDINAL)[0]]
            return found, end
        if following in self._scales and n_part == n + 1:
            return self._scaled(n, n + 1, 1.0, spelt=False)
        if following == "in" and self._token(n).lower == "one":
            of = self._words.get(self._token(n + 2).lower) or (
                float(self._token(n + 2).text) if self._token(n + 2).text.isdecimal() else 0
            )
            if of > 1:
                return self._measured(n, n + 3, 1 / of, PIECE)
        return [], n + 1

    def _lots(self, n: int) -> tuple[list[Amount], int]:
        token = self._token(n)
        value = LOTS[token.lower]
        if self._token(n + 1).lower == "of" and self._token(n + 2).lower in LOTS:
            return self._measured(n, n + 3, value * LOTS[self._token(n + 2).lower], VAGUE)
        if self._token(n - 2).lower in {"tens", "zehn"} or self._token(n - 1).lower == "zehn":
            value *= 10
        end, low = n + 1, value
        unit = None if token.text[0].islower() and self._language is Language.DE else VAGUE
        return self._measured(n, end, low, unit or VAGUE)

    def _built(self, n: int) -> tuple[list[Amount], int]:
        """„dreitägige“, „zehnfach“, „dreimal“, „Viertelmillion“, „Jeder fünfte“."""
        token = self._token(n)
        lowered = token.lower
        parts = joined(lowered) if lowered.endswith(("ig", "ige", "igen", "iger", "iges", "igem")) else None
        if parts and parts[0] in self._words:
            return self._measured(n, n + 1, self._words[parts[0]], parts[1])
        if parts and parts[0] in {"ein", "halb"}:
            return self._measured(n, n + 1, 1.0 if parts[0] == "ein" else 0.5, parts[1])
        times = (
            re.fullmatch(r"(\w+?)(?:mal|fach(?:e[nrsm]?)?)", lowered)
            if lowered.endswith(("mal", "fach", "fache", "fachen", "faches"))
            else None
        )
        if times and times[1] in self._words:
            return self._measured(n, n + 1, self._words[times[1]], MULTIPLE)
        if lowered in {"viertelmillion", "halbmillion"}:
            return self._measured(n, n + 1, 250_000.0 if lowered[0] == "v" else 500_000.0, None)
        return [], n + 1

    def _part(self, n: int, end: int, value: float) -> tuple[list[Amount], int]:
        """A fraction: of a scale („half a million“), of a unit („eine halbe Stunde“), or of what is told."""
        after = end
        while self._token(after).lower in {"a", "of", "an", "einer"} and after - end < 2:  # noqa: PLR2004
            after += 1
        if self._token(after).lower in self._scales:
            return self._scaled(n, after, value, spelt=False)
        unit = unit_of(self._token(after).text)
        if unit and (after > end or self._language is Language.DE) and unit != PERCENT:
            return self._scaled(n, after, value, spelt=True)
        return self._measured(n, end, value, PIECE)

    def _scaled(self, n: int, end: int, value: float, *, spelt: bool) -> tuple[list[Amount], int]:
        """A number and the scales and the unit after it."""
        metres = False
        while True:
            step = end + (self._token(end).text == "-" and self._glued(end))
            token = self._token(step)
            glued = self._glued(step) and token.lower in LETTERS and token.text != "K" and self._language is Language.EN
            if glued and token.text != "M" or (glued and self._has_currency(n)):
                metres = token.text == "m" and not self._has_currency(n)
                factor = LETTERS[token.lower]
            elif token.lower in self._scales:
                factor = self._scales[token.lower]
            else:
                break
            value, end, spelt = value * factor, step + 1, False
            rest = self._token(end + 1)
            if self._token(end).lower == "and" and factor == 100 and (rest.lower in self._words):  # noqa: PLR2004
                value, end = value + self._words[rest.lower], end + 2
            if self._token(end).text == "." and token.lower in {"mio", "mrd", "tsd", "bio"}:
                end += 1
        found, following = self._measured(n, end, value, None, spelt=spelt)
        if metres:
            found = [*found, found[0]._replace(value=value / 1e6, unit=Unit("length"))]
        return found, following

    def _has_currency(self, n: int) -> bool:
        return self._token(n - 1).text in CURRENCY_SIGNS

    def _measured(
        self, n: int, end: int, value: float, unit: Unit | None, *, spelt: bool = False
    ) -> tuple[list[Amount], int]:
        """The amount with its unit, bound, rate and what it counts."""
        first = n
        if unit is None and n and self._token(n - 1).text in CURRENCY_SIGNS:
            unit, first = unit_of(self._token(n - 1).text), n - 1
            first -= self._token(n - 2).text in {"US", "A", "C", "HK", "CA"} and self._glued(n - 1)
        elif unit is None and self._token(n - 1).text in CODES and self._token(n - 1).text != "US":
            unit, first = unit_of(CODES[self._token(n - 1).text]), n - 1
        if unit is None:
            unit, end = self._unit(end)
        start, stop = self._token(first).start, self._token(end - 1).end
        nouns = tuple(self._nouns(end))
        if unit is None:
            unit = self._later_unit(end)
        if unit == MULTIPLE and value >= MANY_TIMES:
            unit = None  # „zwei Millionen Mal verkauft“ are two million copies
        if unit is None and not nouns and self._is_age(first, end):
            unit = YEARS
        unit, per = self._with_rate(unit, start, stop)
        amount = Amount(self._text[start:stop], value, unit, self._bound(start, stop), nouns, per, start, stop, spelt)
        return [amount], end

    def _unit(self, end: int) -> tuple[Unit | None, int]:
        """The unit after a number, and the token after it."""
        if self._token(end).text == "-" and self._glued(end) and self._glued(end + 1):
            end += 1
        one, two, three = self._token(end), self._token(end + 1), self._token(end + 2)
        if not one.text:
            return None, end
        lowered = one.lower
        if lowered in {
            "per",
            "percentage",
            "prozent",
            "percent",
            "us",
            "square",
            "cubic",
            "nautical",
            "metric",
            "light",
            "grad",
            "degrees",
            "quadrat",
        }:  # noqa: E501
            found = self._phrase(lowered, two, three)
            if found:
                return found[0], end + found[1]
        if two.text in {"/", "-"} and two.start == one.end and three.start == two.end:
            unit = unit_of(f"{one.text}{two.text}{three.text}") or (unit_of(f"{lowered}{two.text}{three.lower}"))
            if unit:
                return unit, end + 3
        if lowered == "x" and self._glued(end):
            return MULTIPLE, end + 1
        if lowered in {"mal", "times"} or (lowered.startswith("fach") and self._glued(end)):
            return MULTIPLE, end + 1
        if lowered == "m" and not self._glued(end) and self._language is Language.EN:
            return None, end
        unit = self._joined_unit(end) or unit_of(one.text)
        if unit is None and one.text == "°" and two.text in {"C", "F"}:
            return unit_of(f"°{two.lower}"), end + 2
        if unit and unit.kind == "time" and one.text == "s" and not self._glued(end):
            return None, end
        return (unit, end + 1) if unit else (None, end)

    def _later_unit(self, end: int) -> Unit | None:
        """The unit that stands after an adjective: „drei weitere Monate“, „two full years“."""
        adjective, noun = self._token(end).text, self._token(end + 1).text
        if not adjective.isalpha() or not adjective.islower() or adjective in _STOPS or adjective in self._words:
            return None
        unit = unit_of(noun) if len(noun) > SHORT else None
        return unit if unit and unit.kind not in {"pixel", "bit"} else None

    def _is_age(self, first: int, end: int) -> bool:
        """„Ida Korvald, 27, …“."""
        number, name, after = self._token(first).text, self._token(first - 2).text, self._token(end).text
        return (
            number.isdecimal()
            and len(number) == 2
            and self._token(first - 1).text == ","
            and name.istitle()
            and after in {",", "."}
        )  # noqa: E501, PLR2004

    def _joined_unit(self, end: int) -> Unit | None:
        told = joined(self._token(end).text)
        return told[1] if told and not told[0] and self._glued(end) else None

    def _phrase(self, lowered: str, two: Token, three: Token) -> tuple[Unit, int] | None:
        """A unit of several words: „per cent“, „percentage points“, „US-Dollar“, „square kilometres“, „Grad Celsius“."""
        if lowered == "per" and two.lower == "cent":
            return PERCENT, 2
        if lowered == "percentage" and two.lower.startswith("point"):
            return POINT, 2
        if lowered in {"prozent", "percent"} and two.text == "-" and three.lower.startswith(("punkt", "point")):
            return POINT, 3
        if lowered == "us" and (two.text == "-" or two.lower.startswith("dollar") or two.text == "$"):
            return Unit("dollar"), 3 if two.text == "-" else 2
        if lowered in {"square", "cubic"}:
            unit = unit_of(two.text)
            if unit and unit.kind == "length":
                return Unit("area", unit.factor**2) if lowered == "square" else Unit("volume", 1000 * unit.factor**3), 2
        if lowered == "nautical" and two.lower.startswith("mile"):
            return Unit("length", 1852.0), 2
        if lowered == "metric" and two.lower.startswith(("ton",)):
            return Unit("mass", 1e6), 2
        if lowered == "light" and three.lower.startswith("year"):
            return unit_of("lichtjahr") or PERCENT, 3
        if lowered in {"grad", "degrees"} and two.lower in {"celsius", "fahrenheit"}:
            return Unit(two.lower), 2
        return None

    def _with_rate(self, unit: Unit | None, start: int, stop: int) -> tuple[Unit | None, str]:
        per = self._per(start, stop)
        if unit and per == "second" and unit.kind in {"bit", "byte"}:
            return Unit(f"{unit.kind}rate", unit.factor), ""
        if unit and unit.kind == "length" and per in {"hour", "second"}:
            return Unit("speed", unit.factor / 1000 if per == "hour" else unit.factor * 3.6), ""
        return unit, per

    def _per(self, start: int, stop: int) -> str:
        after = _PER.match(self._text, stop)
        if after:
            told = after["unit"]
            lowered = told.lower()
            stem = next(
                (
                    name
                    for root, name in _TIME_NAMES.items()
                    if lowered == root or (len(root) > 2 and lowered in {f"{root}s", f"{root}es"})
                ),
                "",
            )  # noqa: E501, PLR2004
            if stem:
                return stem
            unit = unit_of(told)
            is_rate = after[0].strip(" \u00a0").startswith(("pro", "je", "per", "/", "a", "each"))
            if unit and is_rate and not (unit.kind == "time" and told in {"s", "h"}):
                return f"{unit.kind}*{unit.factor:g}"
        around = _RATE.search(self._text, max(0, start - 45), min(len(self._text), stop + 14))
        return RATES[around[1].lower()] if around else ""

    def _bound(self, start: int, stop: int) -> str:
        match = _BEFORE[self._language].search(self._text, max(0, start - WINDOW), start)
        if match and match.lastgroup:
            return match.lastgroup
        after = self._text[stop : stop + 12].lower()
        return "above" if after.startswith(("+", " or more", " oder mehr", "-plus", " plus")) else ""

    def _nouns(self, end: int) -> Iterator[str]:
        """The next words, up to a sign or a word that ends what is counted."""
        for n in range(end, min(end + COUNTED, len(self._tokens))):
            token = self._tokens[n]
            if token.text == "-" and self._glued(n):
                continue
            if not token.text[0].isalpha() or token.lower in _STOPS:
                return
            yield token.text


def value_of(written: str, language: Language) -> float:
    """A number in digits as its language writes it: 1.234,5 in German is 1,234.5 in English."""
    parts = re.split(r"[.,:’\u00a0\u202f]", written)
    if len(parts) == 1:
        return float(written)
    decimal = "," if language is Language.DE else "."
    if written.count(decimal) == 1 and written.rindex(decimal) == len(written) - len(parts[-1]) - 1:
        return float("".join(parts[:-1]) + "." + parts[-1])
    if all(len(part) == THOUSANDS for part in parts[1:]):
        return float("".join(parts))
    return float(f"{parts[0]}.{''.join(parts[1:])}")
