"""What was done to a digest, in the first words of an answer."""

from collections.abc import Callable, Mapping, Sequence

from bot.german.numbers import counted
from bot.german.regions import in_region
from bot.german.schedules import IMPORTANCE, LENGTHS, NO_NEWS, days, listed
from bot.german.topics import about
from bot.model import Subscription

Names = Mapping[str, str]  # of topics, by their keys
RUNS, RAN = "Läuft wieder.", "Lief schon."
PAUSED, WAS_PAUSED = "Pausiert.", "War schon pausiert."
SAME = "Nichts geändert."
FREE = "kommt jetzt auch an Feiertagen"


def set_up(before: Subscription | None, one: Subscription, topics: Names, beside: Sequence[str], name: str = "") -> str:
    """„Eingerichtet.“, „Neuer Digest „Abends“ eingerichtet, neben „Morgens“.“ or „Geändert: Uhrzeit jetzt 08:00.“.

    `beside`: the other digests of its channel, `name`: the name that was asked for.
    """
    if before is None:
        return _new(one.name, beside) if beside or name else "Eingerichtet."
    changed = [words for of, words in _settings(one, topics) if of(before) != of(one)]
    return f"Geändert: {', '.join(changed)}." if changed else SAME


def resumed(before: Subscription | None) -> str:
    """„Läuft wieder.“, or that it did."""
    return RAN if before and not before.paused else RUNS


def paused(before: Subscription | None) -> str:
    """„Pausiert.“, or that it was."""
    return WAS_PAUSED if before and before.paused else PAUSED


def quoted(names: Sequence[str]) -> str:
    """„Morgens“ und „Abends“."""
    return listed([f"„{name}“" for name in names])


def _new(name: str, beside: Sequence[str]) -> str:
    return f"Neuer Digest „{name}“ eingerichtet{f', neben {quoted(beside)}' if beside else ''}."


def _settings(one: Subscription, topics: Names) -> list[tuple[Callable[[Subscription], object], str]]:
    """Each thing that can change, and in words what it is now."""
    kind = "als Wochenrückblick " if one.recap else ""
    return [
        (lambda s: s.at, f"Uhrzeit jetzt {one.at:%H:%M}"),
        (lambda s: s.zone, f"Zeitzone jetzt {one.zone}"),
        (lambda s: (s.weekdays, s.recap), f"kommt jetzt {kind}{days(one.weekdays)}"),
        (lambda s: s.topics, f"Themen jetzt {about(one.topics, topics)}"),
        (lambda s: s.length, f"Länge jetzt {LENGTHS[one.length]}"),
        (lambda s: s.stories, f"jetzt höchstens {counted(one.stories, 'Meldung', 'Meldungen')}"),
        (lambda s: s.importance, f"Wichtigkeit jetzt {IMPORTANCE[one.importance]}"),
        (lambda s: s.holidays, f"entfällt jetzt an Feiertagen {in_region(one.holidays)}" if one.holidays else FREE),
        (lambda s: s.empty, NO_NEWS[one.empty]),
        (lambda s: s.public, f"jetzt {'öffentlich' if one.public else 'nicht öffentlich'}"),
        (lambda s: s.chart, f"jetzt {'mit' if one.chart else 'ohne'} Diagramm"),
    ]
