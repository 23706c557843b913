"""Topics, own words and votes, in words: „KI und „Quantencomputer“, ohne Gaming“, „KI ×1,3“."""

from collections.abc import Iterable, Mapping, Sequence

from bot.german.numbers import number
from bot.german.schedules import ALL_TOPICS, listed
from bot.model import Interests, interests_of, own, word_of
from bot.model.interests import NOT

NOT_STORED = "Diese Meldung ist nicht mehr gespeichert."
NONE_OF_ONES_OWN = "Noch kein Thema abonniert. Das geht mit /topics subscribe."
SAID = {1: "Mehr davon", -1: "Weniger davon"}


def about(entries: tuple[str, ...], names: Mapping[str, str]) -> str:
    """What a subscription's topics say: „KI und „Quantencomputer“, ohne Gaming“; for no entries „alle Themen“."""
    interests = interests_of(entries)
    wanted = listed([named(entry, names) for entry in _wanted(interests)]) or ALL_TOPICS
    return wanted + _without(interests, names)


def audience(entries: tuple[str, ...], names: Mapping[str, str]) -> str:
    """The same for the head of a digest, with commas and without quotes: „KI, Quantencomputer, ohne Gaming“."""
    interests = interests_of(entries)
    keys = [names[key] for key in names if key in interests.topics]
    return (", ".join([*keys, *interests.words]) or ALL_TOPICS) + _without(interests, names)


def named(entry: str, names: Mapping[str, str]) -> str:
    """One wanted entry: a topic's name, an own word in quotes."""
    return entry if word_of(entry) else names.get(entry, entry)


def entry_name(entry: str, names: Mapping[str, str]) -> str:
    """One entry, also one that is left out: „ohne Gaming“."""
    bare = entry.removeprefix(NOT)
    return f"{'ohne ' if bare != entry else ''}{named(bare, names)}"


def weights(found: Iterable[tuple[str, float]]) -> str:
    """How topics count: „KI ×1,3, Gaming ×0,8“."""
    return ", ".join(f"{name} ×{number(weight, 1)}" for name, weight in found)


def voted(value: int, found: Sequence[tuple[str, float]], *, direct: bool = False) -> str:
    """What a vote did, and how to take it back; `value` is what stands now, and `found` the story's topics.

    `direct`: it counts for a person's own digests.
    """
    said = SAID.get(value, "Die Stimme ist zurückgenommen")
    if not found:
        return f"{said}: Die Meldung hat kein Thema; darum ändert sich nichts."
    where = "In Ihren Direktnachrichten" if direct else "In diesem Kanal"
    back = f" Noch einmal „{said}“ nimmt das zurück." if value in SAID else ""
    return f"{said}: {where} gilt jetzt {weights(found)}.{back}"


def told_weights(found: Iterable[tuple[str, float]], names: Mapping[str, str]) -> str:
    """What votes made of topics, by their keys: „Gewichte: KI ×1,3, Gaming ×0,8“; nothing where that is nothing."""
    told = weights((names.get(key, key), weight) for key, weight in found)
    return told and f"Gewichte: {told}"


def subscribed(entries: tuple[str, ...], names: Mapping[str, str], *, was_there: bool) -> str:
    """What was subscribed to, or that it was there already: „Abonniert: KI und „Mond“, ohne Gaming.“."""
    interests = interests_of(entries)
    wanted = listed([named(entry, names) for entry in _wanted(interests)])
    what = (wanted + _without(interests, names)).removeprefix(", ")
    return f"Schon abonniert: {what}." if was_there else f"Abonniert: {what}."


def unsubscribed(entries: tuple[str, ...], gone: Sequence[str], names: Mapping[str, str]) -> str:
    """What was unsubscribed from, what is left out no more, and which digests went with their last topic."""
    interests = interests_of(entries)
    wanted = listed([named(entry, names) for entry in _wanted(interests)])
    left_out = _without(interests, names).removeprefix(", ohne ")
    said = [f"Abbestellt: {wanted}."] if wanted else []
    said += [f"Nicht mehr ausgelassen: {left_out}."] if left_out else []
    if gone:
        digests = f"{listed([own(name) for name in gone])} {'ist' if len(gone) == 1 else 'sind'}"
        said.append(f"Das war das letzte Thema; {digests} damit entfernt.")
    return " ".join(said)


def _wanted(interests: Interests) -> tuple[str, ...]:
    return (*interests.topics, *map(own, interests.words))


def _without(interests: Interests, names: Mapping[str, str]) -> str:
    left_out = [names.get(key, key) for key in interests.without_topics] + [*map(own, interests.without_words)]
    return f", ohne {listed(left_out)}" if left_out else ""
