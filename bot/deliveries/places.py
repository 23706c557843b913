"""Where digests are posted, as an operator writes it, and what makes a subscription the one it is."""

import re

from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Channel, Platform, number

FORMS = "discord:SERVER/KANAL, slack:TEAM/KANAL, dm:discord:PERSON, dm:slack:TEAM/PERSON, der Link eines Discord-Kanals"
LINK = re.compile(
    r"<?https?://(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com/channels/([0-9]+)/([0-9]+)(?:/[0-9]+)?/?(?:[?#]\S*)?>?",
    re.IGNORECASE,
)  # as „Link kopieren“ gives it, of a channel or of a message in it
_PLACE = re.compile(r"(dm:)?(discord|slack):(?:([^/:\s]+)/)?([^/:\s]+)", re.IGNORECASE)
_SERVER = re.compile(r"(discord|slack):([^/:\s]+)", re.IGNORECASE)
_IDS = {Platform.DISCORD: re.compile(r"[1-9][0-9]{0,19}"), Platform.SLACK: re.compile(r"[A-Z][A-Z0-9]*")}
_NEED = {
    Platform.DISCORD: "Kennungen auf Discord bestehen nur aus Ziffern.",
    Platform.SLACK: "Kennungen auf Slack bestehen aus Großbuchstaben und Ziffern, wie C012AB3CD.",
}


def place(text: str) -> Channel:
    """The channel that `Channel.place` is written as, or that a link leads to.

    Raises `UserError`, naming the forms there are.
    """
    match = _PLACE.fullmatch(LINK.sub(r"discord:\1/\2", text.strip()))
    if match is None:
        raise UserError(f"{named(text)} ist kein Kanal. Möglich sind: {FORMS}.")
    direct, platform, space = bool(match[1]), Platform(match[2].lower()), match[3] or ""
    if bool(space) == (direct and platform is Platform.DISCORD):
        raise UserError(f"{named(text)} ist kein vollständiger Ort. Möglich sind: {FORMS}.")
    for id_ in filter(None, (space, match[4])):
        if not _IDS[platform].fullmatch(id_):
            raise UserError(f"{named(id_)} in {named(text)} ist keine Kennung. {_NEED[platform]}")
    return Channel(platform, space, match[4], direct)


def home(text: str) -> str:
    """The `Channel.home` that an operator names by one of its channels, or as `discord:SERVER`. Raises `UserError`."""
    match = _SERVER.fullmatch(text.strip())
    if match and _IDS[Platform(match[1].lower())].fullmatch(match[2]):
        return f"{match[1].lower()}:{match[2]}"
    return place(text).home


def id_of(channel: Channel, name: str) -> int:
    """The id of the subscription of that name (in whatever case) in that channel."""
    return number(f"{channel.place}\0{name.casefold()}")
