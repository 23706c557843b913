"""Settings that are wrong -> one German line that names each variable and what it can be."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

Bounds = Mapping[str, tuple[float | None, float | None]]  # the least and the most of each setting that has any


def explain(error: ValidationError, bounds: Bounds) -> str:
    """What is wrong with which variable."""
    told = {str(one["loc"][0]): _one({**one}, bounds) for one in error.errors() if one["loc"]}
    return f"{' '.join(told[name] for name in sorted(told))} Beispiele stehen in .env.example."


def _one(one: Mapping[str, Any], bounds: Bounds) -> str:
    name = str(one["loc"][0])
    wanted = _span(*bounds.get(name, (None, None)))
    if one["type"] == "literal_error":
        wanted = one["ctx"]["expected"].replace("'", "").replace(" or ", " oder ")
    return f"{name.upper()}: „{one['input']}“ geht nicht{f'; möglich sind {wanted}' if wanted else ''}."


def _span(least: float | None, most: float | None) -> str:
    """„1 bis 60“, „Zahlen ab 0“."""
    if least is None:
        return "" if most is None else f"Zahlen bis {most:g}"
    return f"Zahlen ab {least:g}" if most is None else f"{least:g} bis {most:g}"
