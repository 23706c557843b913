"""Number words of German and English, written out up to 999,000: „dreiundzwanzig“, „twenty-three“, „zwölftausend“."""

from collections.abc import Iterator, Mapping
from functools import cache

from bot.model import Language

_DE_ONES = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()  # fmt: skip  # noqa: E501
_DE_TENS = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_EN_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip  # noqa: E501
_EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_IRREGULAR_DE = {
    "eins": 1, "zwo": 2, "beide": 2, "beiden": 2, "beider": 2, "beides": 2, "zweier": 2, "dreier": 3, "zweien": 2,
    "dreien": 3,
    "dutzend": 12, "einhalb": 0.5, "eineinhalb": 1.5, "anderthalb": 1.5,
}  # fmt: skip
_IRREGULAR_EN = {"both": 2, "dozen": 12, "hundred": 100, "twice": 2, "pair": 2}
TWENTY, HUNDRED, THOUSAND = 20, 100, 1000


@cache
def cardinals(language: Language) -> Mapping[str, float]:
    """Each number word in lower case with its value; without „ein“ and „a“, which count nothing by themselves."""
    if language is Language.DE:
        found = {word: float(n) for n in range(THOUSAND) for word in _german(n)}
        found |= {f"{word}tausend": n * 1000.0 for word, n in found.items()} | {"tausend": 1000.0}
        found |= {f"{word}einhalb": n + 0.5 for word, n in found.items() if 1 < n < TWENTY}
        found |= {word.replace("ß", "ss"): n for word, n in found.items() if "ß" in word}
        del found["ein"]
        return found | _IRREGULAR_DE
    found = {word: float(n) for n in range(1, HUNDRED) for word in _english(n)}
    del found["one"]
    return found | {"zero": 0.0} | _IRREGULAR_EN


def _german(n: int) -> Iterator[str]:
    if n >= HUNDRED:
        rest = list(_german(n % HUNDRED)) if n % HUNDRED else [""]
        for word in rest:
            tail = "eins" if word == "ein" else word
            yield f"{_DE_ONES[n // HUNDRED]}hundert{tail}"
            if n < 2 * HUNDRED:
                yield f"hundert{tail}"
    elif n < TWENTY:
        yield _DE_ONES[n]
    else:
        ones = f"{_DE_ONES[n % 10]}und" if n % 10 else ""
        yield f"{ones}{_DE_TENS[n // 10]}"


def _english(n: int) -> Iterator[str]:
    if n < TWENTY:
        yield _EN_ONES[n]
    elif n % 10:
        yield f"{_EN_TENS[n // 10]}-{_EN_ONES[n % 10]}"
    else:
        yield _EN_TENS[n // 10]


@cache
def ordinals(language: Language) -> Mapping[str, int]:
    """Each ordinal from second to thirty-first in lower case: „dritter“, „third“."""
    if language is Language.DE:
        stems = {word: n for n in range(2, 32) for word in _german(n)}
        roots = {f"{word}{'st' if n >= TWENTY else 't'}": n for word, n in stems.items()}
        roots |= {"dritt": 3, "siebt": 7, "acht": 8}
        for wrong in ("dreit", "siebent", "achtt"):
            roots.pop(wrong, None)
        return {f"{root}{ending}": n for root, n in roots.items() for ending in ("e", "en", "er", "es", "em", "ens")}
    found = {word: n for n in range(4, 32) for word in _english(n)}
    told = {_ordinal(word): n for word, n in found.items()}
    return told | {"second": 2, "third": 3}


_ENDINGS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}  # fmt: skip  # noqa: E501


def _ordinal(word: str) -> str:
    head, dash, last = word.rpartition("-")
    if last.endswith("y"):
        return f"{head}{dash}{last[:-1]}ieth"
    return f"{head}{dash}{_ENDINGS.get(last, last + 'th')}"


PARTS = {
    Language.DE: {
        "halb": 1 / 2, "hälfte": 1 / 2, "drittel": 1 / 3, "viertel": 1 / 4, "fünftel": 1 / 5, "sechstel": 1 / 6,
        "siebtel": 1 / 7, "achtel": 1 / 8, "neuntel": 1 / 9, "zehntel": 1 / 10, "hundertstel": 1 / 100,
        "tausendstel": 1 / 1000,
    },
    Language.EN: {
        "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
        "fifth": 1 / 5,
        "fifths": 1 / 5, "sixth": 1 / 6, "sixths": 1 / 6, "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10,
        "tenths": 1 / 10,
        "hundredth": 1 / 100, "thousandth": 1 / 1000,
    },
}  # fmt: skip
TIMES = {
    Language.DE: {
        "doppelt": 2, "doppelte": 2, "doppelten": 2, "doppelter": 2, "doppeltes": 2, "verdoppelt": 2, "verdoppelte": 2,
        "verdoppeln": 2, "verdoppelten": 2, "verdopplung": 2, "verdoppelung": 2, "verdreifacht": 3,
        "verdreifachte": 3, "verdreifachen": 3,
        "verdreifachung": 3, "vervierfacht": 4, "vervierfachte": 4, "vervierfachen": 4, "verfünffacht": 5,
        "verzehnfacht": 10,
        "halbiert": 0.5, "halbierte": 0.5, "halbieren": 0.5, "halbierung": 0.5, "halbierten": 0.5,
    },
    Language.EN: {
        "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twice": 2, "twofold": 2, "triple": 3, "tripled": 3,
        "triples": 3,
        "tripling": 3, "threefold": 3, "thrice": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4, "fourfold": 4,
        "fivefold": 5,
        "tenfold": 10, "halve": 0.5, "halved": 0.5, "halves": 0.5, "halving": 0.5,
    },
}  # fmt: skip
"""What multiplies: „verdreifacht“, „twice“."""
