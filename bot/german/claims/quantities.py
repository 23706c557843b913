"""Whether the figures of a sentence are those of its sources, with their units, scales, bounds and rates."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from bot.german.claims.amounts import PIECE, VAGUE, Amount, amounts
from bot.german.claims.bearings import rival, words_about
from bot.german.claims.calendar import DAY
from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import meanings
from bot.german.claims.moments import moments
from bot.german.claims.rounding import fraction_stands_for, stands_for, vaguely_stands_for
from bot.german.claims.sources import Placed, amounts_of, clocks_of, moments_of, read, when_of
from bot.german.claims.units import ORDINAL, PERCENT, POINT, YEARS
from bot.german.claims.units import TIMES as MULTIPLE
from bot.model import Language

FEW = 4  # counts up to here may be the writer's own, if they are words: „drei Hersteller“ for three names
ROUNDED = 0.5  # points of percent
SHOWN = 3  # figures of the sources that a reason names
SHARES = frozenset((PERCENT.kind, PIECE.kind))
COINS = frozenset(("euro", "dollar", "pound"))


def quantity_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason for each figure of a German sentence that its sources do not carry."""
    meant = [placed for source in cited for placed in amounts_of(source)]
    told = [list(group) for _, group in groupby(amounts(sentence, Language.DE), key=lambda amount: amount.start)]
    for readings in told:
        carrying = [one for one in meant if any(agrees(reading, one.told) for reading in readings)]
        if carrying:
            other = _other(sentence, readings, told, carrying, meant)
            if other:
                yield f"nennt {readings[-1].shown}; die Quelle nennt dafür {_named([other.told])}"
        elif not any(_is_carried(one, meant) for one in readings) and not _is_dated(readings[-1], sentence, cited):
            yield _reason(readings[-1], [one.told for one in meant])


def is_counted(figure: str, cited: Sequence[Evidence]) -> bool:
    """Whether the sources have this bare figure, which looked like a year: 2000 Wagen."""
    wanted = float(figure) if figure.isdecimal() else None
    return any(placed.told.value == wanted for source in cited for placed in amounts_of(source))


def _is_carried(told: Amount, meant: Sequence[Placed[Amount]]) -> bool:
    """Whether a figure that no source has may still be the writer's own."""
    figures = [placed.told for placed in meant]
    if any(_is_derived(told, meant)) or _is_difference(told, meant):
        return True
    return _is_lenient(told) and not _is_contradicted(told, figures)


def _other(
    sentence: str,
    readings: Sequence[Amount],
    told: Sequence[Sequence[Amount]],
    carrying: Sequence[Placed[Amount]],
    meant: Sequence[Placed[Amount]],
) -> Placed[Amount] | None:
    """The figure of the sources that the sentence is rather about."""
    first = readings[0]
    things = features_of(things_of(first), Language.DE)
    elsewhere = [features_of(things_of(group[0]), Language.DE) - things for group in told if group is not readings]
    if (
        things
        and not any(_counts(one.told, things) for one in carrying)
        and any(_counts(one.told, others) for one in carrying for others in elsewhere if others)
    ):
        return next((one for one in meant if one.told.unit == first.unit and _counts(one.told, things)), None)
    if things and not any(_counts(one.told, things) or not one.told.nouns or _names(one, things) for one in carrying):
        counted = next((one for one in meant if one.told.unit == first.unit and _counts(one.told, things)), None)
        if counted:
            return counted
    others = [
        one
        for one in meant
        if _is_kind_of(first, one.told) and not any(agrees(r, one.told) for group in told for r in group)
    ]
    claim = read(sentence)
    words = words_about(claim, first.start, readings[-1].end, ((r.start, r.end) for group in told for r in group))
    return rival(words, carrying, others)


def _is_kind_of(told: Amount, meant: Amount) -> bool:
    if told.unit is None or meant.unit is None:
        return told.unit is meant.unit
    return told.unit.kind == meant.unit.kind or {told.unit.kind, meant.unit.kind} <= SHARES


def _counts(meant: Amount, things: frozenset[str]) -> bool:
    return not things.isdisjoint(_things(meant))


def _names(placed: Placed[Amount], things: frozenset[str]) -> bool:
    """Whether the things are named beside the figure: „the cameras … 600,000 devices“."""
    around = placed.passage.keys | placed.before.keys if placed.before else placed.passage.keys
    return not things.isdisjoint(around)


def things_of(told: Amount) -> tuple[str, ...]:
    """The noun after a figure of a German sentence, with an adjective between them or none."""
    return tuple(noun for noun in told.nouns[:2] if noun[0].isupper())[:1]


def agrees(told: Amount, meant: Amount) -> bool:
    """Whether a figure of a sentence may be that figure of a source: same unit, same value, same rate."""
    if told.per and meant.per and told.per != meant.per:
        return False
    own, other = told.unit, meant.unit
    if VAGUE in {own, other}:
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
        return stands_for(
            told.base, told.bound, meant.base, meant.bound, converted=told.unit.factor != meant.unit.factor
        )
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
    if told.unit is None:
        return not things_of(told)
    return not meant.nouns and told.unit.kind == "time" and told.unit.factor == YEARS.factor


def _is_derived(told: Amount, meant: Sequence[Placed[Amount]]) -> Iterator[bool]:
    """A share or a multiple of two figures that stand side by side: 23 of 46, from 20 to 40, 14 of 23 million."""
    if told.unit not in {PIECE, MULTIPLE, PERCENT}:
        return
    wanted = told.value if told.unit == MULTIPLE else told.base / 100
    for one, other in _pairs(meant):
        for ratio in (one.base / other.base, other.base / one.base):
            yield _is_ratio(told, wanted, ratio)


def _is_ratio(told: Amount, wanted: float, ratio: float) -> bool:
    if told.unit == PERCENT:
        return (
            ratio < 1
            and stands_for(told.base, told.bound or "about", 100 * ratio, "")
            and (bool(told.bound) or abs(100 * ratio - told.base) < ROUNDED)
        )
    return abs(ratio - wanted) <= (0.05 if told.bound else 0.02) * wanted


def _is_difference(told: Amount, meant: Sequence[Placed[Amount]]) -> bool:
    """What lies between two figures that stand side by side: 65 million, where 640 became 575."""
    if told.unit is None or told.unit in {PIECE, MULTIPLE, ORDINAL, VAGUE}:
        return False
    kind = POINT if told.unit == PERCENT else told.unit
    return kind != POINT and any(
        one.unit is not None
        and one.unit.kind == kind.kind
        and stands_for(told.base, told.bound, abs(one.base - other.base), "")
        for one, other in _pairs(meant)
    )


def _pairs(meant: Sequence[Placed[Amount]]) -> Iterator[tuple[Amount, Amount]]:
    """Figures of one kind that stand side by side in one passage."""
    for first, second in pairwise(meant):
        one, other = first.told, second.told
        beside = first.passage is second.passage and one.start != other.start and one.base > 0 < other.base
        if beside and (one.unit is None or other.unit is None or _is_kind_of(one, other)):
            yield one, other


def _is_lenient(told: Amount) -> bool:
    if told.unit == ORDINAL:
        return told.value <= 2  # noqa: PLR2004
    return told.spelt and told.unit is None and told.value <= FEW


def _is_contradicted(told: Amount, meant: Sequence[Amount]) -> bool:
    """Whether the sources count the same things otherwise."""
    things = features_of(things_of(told), Language.DE)
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


def _is_dated(told: Amount, sentence: str, cited: Sequence[Evidence]) -> bool:
    """Whether days or times of the sources come to this: „vor zwei Wochen“, five hours from 9.40 to 14.40 Uhr."""
    if told.unit is None or told.unit.kind != YEARS.kind:
        return False
    return any(_is_date_of(told, sentence, source) or _is_between_clocks(told, sentence, source) for source in cited)


def _is_date_of(told: Amount, sentence: str, source: Evidence) -> bool:
    for moment in moments(sentence, Language.DE, when_of(source)):
        if moment.start <= told.start < moment.end:
            given = [placed.told for placed in moments_of(source)]
            return any(mine.meets(day) for mine in moment.days for one in given if one.grain == DAY for day in one.days)
    return False


def _is_between_clocks(told: Amount, sentence: str, source: Evidence) -> bool:
    """„vier Stunden und 45 Minuten“ are one duration."""
    parts = [one for one in amounts(sentence, Language.DE) if one.unit and one.unit.kind == YEARS.kind]
    whole = sum(one.base for one in parts) if len(parts) > 1 else told.base
    minutes = [clock.minutes for clock in clocks_of(source)]
    return any(
        stands_for(length, told.bound, 60.0 * ((last - first) % 1440), "")
        for length in (told.base, whole)
        for first, last in pairwise(minutes)
    )


def _reason(told: Amount, meant: Sequence[Amount]) -> str:
    kin = [amount for amount in meant if _are_kin(told, amount)]
    named = _named(kin)
    return f"nennt {told.shown}; {'die Quellen nennen ' + named if named else 'das steht in keiner der Quellen'}"


def _are_kin(told: Amount, meant: Amount) -> bool:
    if told.unit is None:
        return meant.value == told.value or (
            meant.unit is None and bool(features_of(things_of(told), Language.DE) & _things(meant))
        )
    return bool(meant.unit and meant.unit.kind == told.unit.kind) or meant.value == told.value


def _named(kin: Iterable[Amount]) -> str:
    shown = list(
        dict.fromkeys(" ".join((one.shown, *one.nouns[:1])) if one.unit is None else one.shown for one in kin)
    )[:SHOWN]
    return " und ".join(", ".join(shown).rsplit(", ", 1)) if shown else ""
