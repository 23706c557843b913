"""What a bench promises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A promise: a measured figure and what it may be at most, or with `least` what it must be at least."""

    name: str
    figure: float
    limit: float
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.figure >= self.limit if self.least else self.figure <= self.limit

    def __str__(self) -> str:
        side = "at least" if self.least else "at most"
        return f"  {'ok  ' if self.holds else 'FELL'} {self.name:<58} {self.figure:8.2f}  {side} {self.limit:g}"
