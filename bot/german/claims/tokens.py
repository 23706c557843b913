"""A text as words, figures and signs, each of which knows where it stands."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.model import Language

TOKEN = re.compile(r"\d+(?:[.,:’\u00a0\u202f]\d+)*|[^\W\d_]+|[^\s\w]")
SEPARATORS = re.compile(r"[.,:’\u00a0\u202f]")
THOUSANDS = 3  # digits between two separators


class Token(NamedTuple):
    """A word, a figure or a sign."""

    text: str
    lower: str
    start: int
    end: int


NONE = Token("", "", -9, -9)


class Tokens(Sequence[Token]):
    """The tokens of a text; before the first and after the last there are empty ones."""

    def __init__(self, text: str) -> None:
        self._tokens = [Token(match[0], match[0].lower(), match.start(), match.end()) for match in TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, n: int) -> Token:  # type: ignore[override] # nobody takes slices
        return self._tokens[n] if 0 <= n < len(self._tokens) else NONE

    def glued(self, n: int) -> bool:
        """Whether token n follows the one before it without a blank."""
        return n > 0 and self[n].start == self[n - 1].end

    def hyphened(self, n: int) -> bool:
        """Whether token n is a hyphen between two words: the second in „120-Watt“."""
        return self[n].text == "-" and self.glued(n) and self.glued(n + 1)


def value_of(written: str, language: Language) -> float:
    """A number in digits as its language writes it: 1.234,5 in German is 1,234.5 in English."""
    parts = SEPARATORS.split(written)
    if len(parts) == 1:
        return float(written)
    decimal = "," if language is Language.DE else "."
    if written.count(decimal) == 1 and written.rindex(decimal) == len(written) - len(parts[-1]) - 1:
        return float("".join(parts[:-1]) + "." + parts[-1])
    if are_thousands(parts):
        return float("".join(parts))
    return float(f"{parts[0]}.{''.join(parts[1:])}")


def are_thousands(parts: Sequence[str]) -> bool:
    """Whether the parts of a number are groups of thousands: 1.234.567, but not version 7.4.7."""
    return all(len(part) == THOUSANDS for part in parts[1:])
