"""What discord.py and the connection under it raise -> our errors, in German, by who must act."""

from http import HTTPStatus
from typing import Any

import aiohttp
import discord

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, DepescheError, SetupError, TokenRefused
from cogs.discord.shapes import Shape, fits

Json = Any  # what an answer holds

BANNED = 600.0  # seconds of silence after an answer that is Cloudflare's rather than Discord's
# What reading an answer raises, in discord.py, too, that is not what its type or its form promises.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError)
FOREIGN = (discord.DiscordException, aiohttp.ClientError, OSError, *MALFORMED)  # TimeoutError is an OSError
TOKEN_REFUSED, INTENTS_REFUSED = 4004, 4014  # with which the gateway closes
NOT_THERE = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
BEFORE_SENDING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Unreadable(ValueError):
    """The answer says that it went well, and not what came of it."""


class LimitedGlobally(discord.RateLimited):
    """Nothing at all is taken for so many seconds, in whatever channel."""


class BodyRefused(ChatForbidden):
    """Discord does not take a message of this form."""


class WrongKind(ChatForbidden):
    """A kind of channel that takes no messages; a forum takes posts."""


class HistoryRefused(ChatForbidden):
    """The bot may not read back, so it can't reply to a message."""


class ThreadExists(ChatForbidden):
    """The message has a thread already."""


class MessageDeleted(ChatGone):
    """The message was there and has been deleted."""


CODES: dict[int, tuple[type[ChatError], str]] = {
    10003: (ChatGone, "Diesen Kanal gibt es nicht (mehr)."),
    10004: (ChatGone, "Der Bot ist nicht mehr auf diesem Server."),
    10007: (ChatForbidden, "Diese Person ist nicht auf dem Server."),
    10008: (MessageDeleted, "Die Nachricht wurde gelöscht."),
    10013: (ChatGone, "Diese Person gibt es auf Discord nicht mehr."),
    40067: (ChatForbidden, "Dieses Forum verlangt Tags an jedem Beitrag. Bitte das abstellen oder anderswo posten."),
    50001: (ChatForbidden, "Dem Bot fehlt das Recht „Kanal ansehen“. Bitte in den Rechten des Kanals erteilen."),
    50006: (BodyRefused, "Discord nimmt diese Nachricht nicht an."),
    50007: (ChatForbidden, "Diese Person nimmt keine Direktnachrichten des Bots an. Sie kann sie in Discord erlauben."),
    50008: (WrongKind, "In diesem Kanal lassen sich keine Nachrichten senden. Bitte einen Textkanal wählen."),
    50009: (ChatForbidden, "Die Verifizierungsstufe des Servers lässt den Bot nicht schreiben."),
    50013: (ChatForbidden, "Dem Bot fehlt das Recht „Nachrichten senden“. Bitte in den Rechten des Kanals erteilen."),
    50024: (WrongKind, "In diesem Kanal lassen sich keine Nachrichten senden. Bitte einen Textkanal wählen."),
    50033: (ChatGone, "Diese Person ist auf Discord nicht zu erreichen."),
    50035: (BodyRefused, "Discord nimmt diese Nachricht nicht an."),
    50083: (ChatForbidden, "Der Thread ist archiviert. Bitte wieder öffnen oder einen anderen Kanal wählen."),
    50278: (ChatForbidden, "Der Bot ist auf keinem Server mit dieser Person."),
    160002: (HistoryRefused, "Dem Bot fehlt das Recht „Nachrichtenverlauf anzeigen“."),
    160004: (ThreadExists, "Die Nachricht hat schon einen Thread."),
    160005: (ChatForbidden, "Der Thread ist gesperrt. Bitte entsperren oder einen anderen Kanal wählen."),
    160006: (ChatForbidden, "Der Server hat zu viele offene Threads. Bitte einige archivieren."),
    200000: (ChatForbidden, "AutoMod hält die Nachricht zurück. Bitte den Bot in den Regeln von AutoMod ausnehmen."),
    200001: (ChatForbidden, "AutoMod hält den Titel zurück. Bitte den Bot in den Regeln von AutoMod ausnehmen."),
    240000: (ChatForbidden, "Discord hält einen Link der Nachricht für schädlich."),
}
UNKNOWN = "Discord kennt den Token des Bots nicht. Bitte DISCORD_TOKEN prüfen."


def ours(error: Exception, lost: type[ChatError] = ChatUnsure) -> DepescheError:
    """Our error for one of `FOREIGN`; `lost` where the request went out and no answer tells what became of it."""
    if isinstance(error, discord.HTTPException):
        return _answered(error, lost)
    if isinstance(error, discord.RateLimited):
        everyone = isinstance(error, LimitedGlobally)
        return ChatBusy("Discord nimmt gerade nichts an.", error.retry_after, everyone=everyone)
    if isinstance(error, discord.LoginFailure):
        return TokenRefused(UNKNOWN)
    if isinstance(error, discord.ConnectionClosed | discord.PrivilegedIntentsRequired):
        return _closed(getattr(error, "code", INTENTS_REFUSED))
    if isinstance(error, BEFORE_SENDING):
        return ChatBusy("Discord ist nicht zu erreichen.")
    return lost(f"Discord hat {'unverständlich' if isinstance(error, MALFORMED) else 'nicht'} geantwortet.")


def readable(answer: Json, shape: Shape) -> Json:
    """The answer, if it has this shape. Raises `Unreadable`."""
    if not fits(answer, shape):
        raise Unreadable(f"an answer of {type(answer).__name__}")
    return answer


def _answered(error: discord.HTTPException, lost: type[ChatError]) -> ChatError:
    """By Discord's own code, else by the status."""
    status = error.status
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused(UNKNOWN)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return lost(f"Discord antwortet mit Fehler {status}.")
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status in NOT_THERE and not error.code):
        everyone = status == HTTPStatus.TOO_MANY_REQUESTS
        return ChatBusy("Discord weist den Bot vorübergehend ab.", BANNED, everyone=everyone)
    if isinstance(error.code, int) and error.code in CODES:
        kind, reason = CODES[error.code]
        return kind(reason)
    # Also a 404: what is gone loses its subscription for good, so that must be certain.
    return ChatForbidden(f"Discord lehnt die Nachricht ab (Fehler {error.code}).")


def _closed(code: int) -> DepescheError:
    """For the gateway's reason not to let the bot in."""
    if code == TOKEN_REFUSED:
        return TokenRefused(UNKNOWN)
    return SetupError(f"Discord lehnt die Verbindung des Bots ab (Code {code}). Bitte seine Intents und Shards prüfen.")
