"""What a person typed -> an alert. Pure; every mistake is a German `UserError` that says what is possible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.deliveries import typed
from bot.deliveries.interests import entries_of
from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Alert, Channel, Platform, Topic, interests_of

Setting = Callable[[Alert, str], Alert]


def alert(channel: Channel, options: Mapping[str, str], known: Sequence[Topic], base: Alert | None, zone: str) -> Alert:
    """The channel's alert with the options of the catalogue by their English names; what is not named stays.

    A new one tells what is critical, unless topics or own words are named. Raises `UserError`.
    """
    wanted = base or Alert(channel, zone, critical="topics" not in options)
    for option, text in options.items():
        wanted = _set(wanted, option, text, known)
    check(wanted)
    return wanted


def check(wanted: Alert) -> None:
    """Raise `UserError` for an alert that would tell nothing, or everything, or notify whom it may not."""
    if interests_of(wanted.topics).is_all and not wanted.critical:
        raise UserError(
            "Wovon sollen Eilmeldungen kommen? Bitte Themen oder eigene Wörter angeben, oder critical:yes für alles, "
            "was kritisch ist."
        )
    if wanted.role and (wanted.channel.direct or wanted.channel.platform is not Platform.DISCORD):
        raise UserError("Eine Rolle lässt sich nur in einem Kanal eines Discord-Servers benachrichtigen.")
    if wanted.role and wanted.role == wanted.channel.space:
        raise UserError("Alle auf einmal zu benachrichtigen ist nicht möglich. Bitte eine andere Rolle wählen.")


def _set(wanted: Alert, option: str, text: str, known: Sequence[Topic]) -> Alert:
    if option == "topics":
        return replace(wanted, topics=entries_of(text, known))
    setting = _SETTINGS.get(option)
    if setting is None:
        raise UserError(f"Die Einstellung {named(option)} gibt es nicht. Möglich sind: topics, {', '.join(_SETTINGS)}.")
    return setting(wanted, text)


_SETTINGS: Mapping[str, Setting] = {
    "critical": lambda wanted, text: replace(wanted, critical=typed.flag_of(text)),
    "cap": lambda wanted, text: replace(wanted, cap=typed.cap_of(text)),
    "quiet": lambda wanted, text: replace(wanted, quiet=typed.quiet_of(text)),
    "timezone": lambda wanted, text: replace(wanted, zone=typed.timezone_of(text)),
    "role": lambda wanted, text: replace(wanted, role=typed.role_of(text)),
}
