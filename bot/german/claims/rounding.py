"""Whether a figure may stand for another: alike, or honestly rounded in the right direction."""

from math import floor, isclose, log10

NEAR = 0.05  # of the value that „rund“ may be off
WIDE = {"gut": 1.12, "above": 1.25, "below": 0.8}  # how far „mehr als“ and „weniger als“ may reach
EXACT, TWO_DIGITS = 1e-6, 10
CONVERTED = 0.006  # where units differ, as in 10 miles for 16 km, figures are rounded
OPPOSED = {
    ("above", "below"),
    ("below", "above"),
    ("least", "most"),
    ("most", "least"),
    ("above", "most"),
    ("below", "least"),
}
LAX_FRACTION = 1.7  # points of percent that a fraction in words may be off: 35 percent are „ein Drittel“


def stands_for(told: float, bound: str, meant: float, meant_bound: str, *, converted: bool = False) -> bool:
    """Whether „{bound} {told}“ is said rightly of the figure `meant`, which has a bound of its own."""
    if (bound, meant_bound) in OPPOSED:
        return False
    if isclose(told, meant, rel_tol=CONVERTED if converted else EXACT, abs_tol=1e-12):
        return True
    if bound == "about" or (not bound and meant_bound == "about" and converted):
        return abs(meant - told) <= _step(told)
    if bound == "above":
        return told < meant <= told * WIDE["above"]
    if bound == "below":
        return told * WIDE["below"] <= meant < told
    return False


def fraction_stands_for(told: float, bound: str, meant: float, meant_bound: str) -> bool:
    """The same of shares in percent, one of which is a fraction in words."""
    if (bound, meant_bound) in OPPOSED:
        return False
    if bound == "above":
        return told - 0.5 <= meant <= told * 1.35
    if bound == "below":
        return told * 0.8 <= meant <= told + 0.5
    return abs(told - meant) <= LAX_FRACTION


def vaguely_stands_for(told: float, meant: float) -> bool:
    """Whether „Tausende“ (1,000) is said rightly of a figure."""
    return 2 * told <= meant < 1000 * told


def _step(told: float) -> float:
    """How far a figure may be off that is told with so many digits: half of its last one, and never over 5 percent."""
    if not told:
        return 0.0
    power = floor(log10(abs(told)))
    scaled = round(abs(told) / 10.0 ** (power - 3))
    while scaled and scaled % 10 == 0:
        scaled //= 10
    last = abs(told) / scaled if scaled else abs(told)
    return min(0.5 * last * (1 + 1e-9) if scaled % 5 or scaled < TWO_DIGITS else last, NEAR * abs(told))
