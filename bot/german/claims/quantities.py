"""Whether the figures of a sentence are those of its sources, with their units, scales, bounds and rates."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from bot.german.claims.amounts import PIECE, VAGUE, Amount, amounts
from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import meanings
from bot.german.claims.moments import moments
from bot.german.claims.rounding import fraction_stands_for, stands_for, vaguely_stands_for
from bot.german.claims.sources import text_of, when_of
from bot.german.claims.units import ORDINAL, PERCENT
from bot.german.claims.units import TIMES as MULTIPLE
from bot.model import Language

FEW = 4  # counts up to here may be the writer's own, if they are words: „drei Hersteller“ for three names
SHOWN = 3  # figures of the sources that a reason names
SHARES = frozenset((PERCENT.kind, PIECE.kind))
COINS = frozenset(("euro", "dollar", "pound"))


def quantity_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason for each figure of a German sentence that its sources do not carry."""
    told = amounts(sentence, Language.DE)
    meant = [amount for source in cited for amount in amounts(text_of(source), source.language)]
    for _, group in groupby(told, key=lambda amount: amount.start):
        readings = list(group)
        if any(_is_carried(reading, meant) for reading in readings):
            continue
        if not _is_date_of(readings[-1], sentence, cited):
            yield _reason(readings[-1], meant)


def is_counted(figure: str, cited: Sequence[Evidence]) -> bool:
    """Whether the sources have this bare figure, which looked like a year: 2000 Wagen."""
    wanted = float(figure) if figure.isdecimal() else None
    return any(amount.value == wanted for source in cited for amount in amounts(text_of(source), source.language))


def _is_carried(told: Amount, meant: Sequence[Amount]) -> bool:
    if any(agrees(told, amount) for amount in meant):
        return True
    if told.unit in {PIECE, MULTIPLE} and any(_is_derived(told, meant)):
        return True
    return _is_lenient(told) and not _is_contradicted(told, meant)


def agrees(told: Amount, meant: Amount) -> bool:
    """Whether a figure of a sentence may be that figure of a source: same unit, same value, same rate."""
    if told.per and meant.per and told.per != meant.per:
        return False
    own, other = told.unit, meant.unit
    if own == VAGUE or other == VAGUE:
        return _agree_vaguely(told, meant)
    if own and other:
        return _agree_measured(told, meant)
    if not _may_share_unit(told, meant):
        return False
    return stands_for(told.value, told.bound, meant.value, meant.bound)


def _agree_vaguely(told: Amount, meant: Amount) -> bool:
    if told.unit != VAGUE:
        return False
    return told.value == meant.value if meant.unit == VAGUE else vaguely_stands_for(told.value, meant.base)


def _agree_measured(told: Amount, meant: Amount) -> bool:
    assert told.unit is not None
    assert meant.unit is not None
    kinds = {told.unit.kind, meant.unit.kind}
    if kinds <= SHARES:
        alike = fraction_stands_for if PIECE.kind in kinds else stands_for
        return alike(told.base, told.bound, meant.base, meant.bound)
    if len(kinds) == 1:
        return stands_for(told.base, told.bound, meant.base, meant.bound, converted=told.unit.factor != meant.unit.factor)
    if MULTIPLE.kind in kinds and kinds & SHARES:
        return _agree_as_multiple(told, meant)
    if "cent" in kinds and kinds & COINS:
        in_coins = [one.value / (100 if one.unit and one.unit.kind == "cent" else 1) for one in (told, meant)]
        return stands_for(in_coins[0], told.bound, in_coins[1], meant.bound)
    return kinds == {"pound", "mass"} and stands_for(told.value, told.bound, meant.value, meant.bound)


def _agree_as_multiple(told: Amount, meant: Amount) -> bool:
    """„halbiert“ is by 50 percent, „verdoppelt“ by 100."""
    times, share = (told, meant) if told.unit == MULTIPLE else (meant, told)
    return fraction_stands_for(100 * times.value, told.bound, share.base, meant.bound) or (
        times.value > 1 and stands_for(100 * (times.value - 1), told.bound, share.base, meant.bound)
    )


def _may_share_unit(told: Amount, meant: Amount) -> bool:
    """Whether two figures one of which has no unit may measure the same: „41“ and „41 Jahre“, but not „41 Nutzer“."""
    if told.unit is None and meant.unit is None:
        return True
    if ORDINAL in {told.unit, meant.unit}:
        return (told.unit or meant.unit) == ORDINAL
    bare = told if told.unit is None else meant
    return not bare.nouns


def _is_derived(told: Amount, meant: Sequence[Amount]) -> Iterator[bool]:
    """A fraction or a multiple of two figures that stand side by side: 23 of 46, from 20 to 40."""
    wanted = told.value
    for one, other in zip(meant, meant[1:], strict=False):
        if 0 < other.start - one.end < 60 and one.value and other.value:  # noqa: PLR2004
            for ratio in (one.base / other.base, other.base / one.base):
                yield abs(ratio - wanted) <= (0.02 if not told.bound else 0.08) * wanted


def _is_lenient(told: Amount) -> bool:
    if told.unit == ORDINAL:
        return told.value <= 2  # noqa: PLR2004
    return told.spelt and told.unit is None and told.value <= FEW


def _is_contradicted(told: Amount, meant: Sequence[Amount]) -> bool:
    """Whether the sources count the same things otherwise."""
    things = features_of(told.nouns, Language.DE)
    if not things:
        return False
    return any(
        amount.unit in {None, told.unit} and amount.value != told.value and things & _things(amount) for amount in meant
    )


def _things(amount: Amount) -> frozenset[str]:
    return features_of(amount.nouns, Language.EN) | features_of(amount.nouns, Language.DE)


@lru_cache(maxsize=4096)
def features_of(nouns: tuple[str, ...], language: Language) -> frozenset[str]:
    """What the words after a figure mean."""
    return frozenset().union(*(meanings(noun, language) for noun in nouns))


def _is_date_of(told: Amount, sentence: str, cited: Sequence[Evidence]) -> bool:
    """„vor zwei Wochen“, where the source names the day."""
    for source in cited:
        today = when_of(source)
        for moment in moments(sentence, Language.DE, today):
            if moment.start <= told.start < moment.end:
                given = moments(text_of(source), source.language, today)
                return any(mine.meets(day) for mine in moment.days for one in given if one.grain == "day" for day in one.days)
    return False


def _reason(told: Amount, meant: Sequence[Amount]) -> str:
    kin = [amount for amount in meant if _are_kin(told, amount)]
    named = _named(kin)
    return f"nennt {told.shown}; {'die Quellen nennen ' + named if named else 'das steht in keiner der Quellen'}"


def _are_kin(told: Amount, meant: Amount) -> bool:
    if told.unit is None:
        return meant.value == told.value or (meant.unit is None and bool(features_of(told.nouns, Language.DE) & _things(meant)))
    return bool(meant.unit and meant.unit.kind == told.unit.kind) or meant.value == told.value


def _named(kin: Iterable[Amount]) -> str:
    shown = list(dict.fromkeys(" ".join((one.shown, *one.nouns[:1])) if one.unit is None else one.shown for one in kin))[:SHOWN]
    return " und ".join(", ".join(shown).rsplit(", ", 1)) if shown else ""
