"""What models use, and what that costs. Money is `Decimal`, in US dollars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one answer of a model used, as its endpoint reported it. `cached`: those of `read` that cost less."""

    read: int = 0
    written: int = 0
    cached: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Both together."""
        return Tokens(self.read + other.read, self.written + other.written, self.cached + other.cached)

    @property
    def total(self) -> int:
        """What counts against the daily limit."""
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Use:
    """What so many answers of one model used."""

    model: str
    tokens: Tokens
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Price:
    """Of a model: US dollars for a million tokens that it reads, writes, and reads from its cache."""

    read: Decimal
    written: Decimal
    cached: Decimal

    def of(self, used: Tokens) -> Decimal:
        """What these tokens cost, in US dollars."""
        fresh = used.read - used.cached
        return (fresh * self.read + used.cached * self.cached + used.written * self.written) / MILLION


Prices = Mapping[str, Price]  # by the name of the model


def cost(used: Iterable[Use], prices: Prices) -> Decimal | None:
    """What all of it costs, in US dollars; None where a model that was used has no price."""
    told = [(prices.get(one.model), one.tokens) for one in used]
    known = [price.of(tokens) for price, tokens in told if price is not None]
    return sum(known, Decimal()) if len(known) == len(told) and prices else None


def together(used: Iterable[Use]) -> Tokens:
    """The tokens of all models."""
    return sum((one.tokens for one in used), Tokens())


@dataclass(frozen=True, slots=True)
class Account:
    """What models used on one day (UTC): for everything, and for the `stories` that were condensed.

    Each by model. `is_spent`: a story can cost more than is left of the day's tokens.
    """

    used: tuple[Use, ...] = ()
    condensing: tuple[Use, ...] = ()
    stories: int = 0
    is_spent: bool = False
