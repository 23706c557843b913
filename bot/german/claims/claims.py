"""A German sentence and the sources it cites -> what of it they do not carry. Pure and without a model."""

from collections.abc import Callable, Iterator, Sequence

from bot.german.claims.actors import actor_objections
from bot.german.claims.dates import date_objections
from bot.german.claims.evidence import Evidence
from bot.german.claims.hedges import hedge_objections
from bot.german.claims.names import name_objections
from bot.german.claims.quantities import quantity_objections
from bot.german.claims.quotations import quote_objections
from bot.german.claims.speakers import speaker_objections

# One check for each kind of error; what several object to is said by the first.
CHECKS: tuple[Callable[[str, Sequence[Evidence]], Iterator[str]], ...] = (
    quantity_objections,
    date_objections,
    quote_objections,
    speaker_objections,
    name_objections,
    actor_objections,
    hedge_objections,
)


def objections(sentence: str, cited: Sequence[Evidence]) -> tuple[str, ...]:
    """Why this sentence must not be shown as what these sources say; nothing where nothing speaks against it.

    Each reason is German and goes on after „Der Satz …“.
    """
    if not cited:
        return ("nennt keine Quelle",)
    return tuple(dict.fromkeys(reason for check in CHECKS for reason in check(sentence, cited)))
