"""What a person typed -> a subscription. Pure; every mistake is a German `UserError` that says what is possible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from bot.deliveries import typed
from bot.deliveries.interests import entries_of
from bot.deliveries.places import id_of
from bot.errors import UserError
from bot.german.spelling import named, plain
from bot.model import Channel, Subscription, Topic

MORNING = time(7)
FRIDAY = frozenset({4})  # when the week is over for most

Setting = Callable[[Subscription, str], Subscription]


def subscription(
    channel: Channel,
    name: str,
    options: Mapping[str, str],
    known_topics: Sequence[Topic],
    base: Subscription | None = None,
    zone: str = "Europe/Berlin",
) -> Subscription:
    """The subscription of that name, with the options of the catalogue („time“, „weekdays“) by their English names.

    What is not named stays as in `base`; without one, as it is by default: every day at seven in `zone`, all topics.
    Raises `UserError`.
    """
    name = typed.name_of(name)
    start = base or Subscription(0, channel, name, MORNING, zone)
    wanted = replace(start, id=id_of(channel, name), channel=channel, name=name)
    for option, text in options.items():
        wanted = _set(wanted, option, text, known_topics)
    return wanted


def _set(wanted: Subscription, option: str, text: str, known_topics: Sequence[Topic]) -> Subscription:
    if option == "topics":
        return replace(wanted, topics=entries_of(text, known_topics))
    setting = _SETTINGS.get(option)
    if setting is None:
        raise UserError(f"Die Einstellung {named(option)} gibt es nicht. Möglich sind: topics, {', '.join(_SETTINGS)}.")
    return setting(wanted, text)


def _on(wanted: Subscription, text: str) -> Subscription:
    """„weekly“ is a kind of digest as well as a day."""
    if plain(text) in typed.WEEKLY:
        return replace(wanted, recap=True, weekdays=FRIDAY)
    return replace(wanted, recap=False, weekdays=typed.weekdays_of(text))


_SETTINGS: Mapping[str, Setting] = {
    "time": lambda wanted, text: replace(wanted, at=typed.time_of(text)),
    "timezone": lambda wanted, text: replace(wanted, zone=typed.timezone_of(text)),
    "weekdays": _on,
    "length": lambda wanted, text: replace(wanted, length=typed.length_of(text)),
    "stories": lambda wanted, text: replace(wanted, stories=typed.stories_of(text)),
    "importance": lambda wanted, text: replace(wanted, importance=typed.importance_of(text)),
    "holidays": lambda wanted, text: replace(wanted, holidays=typed.holidays_of(text)),
    "empty": lambda wanted, text: replace(wanted, empty=typed.empty_of(text)),
    "public": lambda wanted, text: replace(wanted, public=typed.flag_of(text)),
    "chart": lambda wanted, text: replace(wanted, chart=typed.flag_of(text)),
}
