"""What slack_sdk and the connection under it raise -> our errors, in German, by who must act."""

import json
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, TokenRefused

# What reading an answer raises that is not what its type promises.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, json.JSONDecodeError)
FOREIGN = (SlackClientError, aiohttp.ClientError, OSError, *MALFORMED)  # TimeoutError is an OSError
BEFORE_SENDING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
LATER = 30.0  # seconds, where a 429 does not tell


class BodyRefused(ChatForbidden):
    """Slack does not take a message of this form."""


class MessageDeleted(ChatGone):
    """The message was there and has been deleted."""


class NotHere(ChatForbidden):
    """The bot is not in the channel, so it can't show anything to one person there."""


UNKNOWN = "Slack kennt den Token des Bots nicht. Bitte SLACK_BOT_TOKEN und SLACK_APP_TOKEN prüfen."
REFUSED = frozenset(
    "account_inactive invalid_auth not_authed token_expired token_revoked not_allowed_token_type org_login_required"
    " team_access_not_granted two_factor_setup_required".split()
)
UNSURE = frozenset("fatal_error internal_error request_timeout service_unavailable team_added_to_org".split())
BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
INVITE = "Der Bot ist nicht in diesem Kanal. Bitte dort „/invite @Depesche“ eingeben."
NO_MESSAGE = "Slack nimmt diese Nachricht nicht an."
CODES: dict[str, tuple[type[ChatError], str]] = {
    "channel_not_found": (ChatGone, "Diesen Kanal gibt es nicht (mehr), oder der Bot ist nicht mehr darin."),
    "user_not_found": (ChatGone, "Diese Person gibt es in diesem Workspace nicht."),
    "users_not_found": (ChatGone, "Diese Person gibt es in diesem Workspace nicht."),
    "user_disabled": (ChatGone, "Das Konto dieser Person ist deaktiviert."),
    "message_not_found": (MessageDeleted, "Die Nachricht wurde gelöscht."),
    "thread_not_found": (MessageDeleted, "Die Nachricht wurde gelöscht."),
    "is_archived": (ChatForbidden, "Der Kanal ist archiviert. Bitte wiederherstellen oder einen anderen wählen."),
    "not_in_channel": (NotHere, INVITE),
    "user_not_in_channel": (NotHere, "Diese Person ist nicht in diesem Kanal."),
    "cannot_dm_bot": (ChatForbidden, "Diese Person nimmt keine Direktnachrichten des Bots an."),
    "messages_tab_disabled": (ChatForbidden, "Die App nimmt keine Direktnachrichten an; siehe ihr Manifest."),
    "user_not_visible": (ChatForbidden, "Der Bot darf diese Person nicht sehen."),
    "restricted_action": (ChatForbidden, "In diesem Kanal dürfen nur wenige schreiben; der Bot gehört nicht dazu."),
    "no_permission": (ChatForbidden, "Dem Bot fehlt ein Recht in diesem Workspace."),
    "msg_too_long": (BodyRefused, NO_MESSAGE),
    "msg_blocks_too_long": (BodyRefused, NO_MESSAGE),
    "invalid_blocks": (BodyRefused, NO_MESSAGE),
    "invalid_blocks_format": (BodyRefused, NO_MESSAGE),
    "no_text": (BodyRefused, NO_MESSAGE),
    "expired_trigger_id": (ChatForbidden, "Das hat zu lange gedauert. Bitte noch einmal."),
    "invalid_trigger_id": (ChatForbidden, "Das hat zu lange gedauert. Bitte noch einmal."),
    "trigger_expired": (ChatForbidden, "Das hat zu lange gedauert. Bitte noch einmal."),
}


def ours(error: Exception, lost: type[ChatError] = ChatUnsure) -> ChatError:
    """Our error for one of `FOREIGN`; `lost` where the request went out and no answer tells what became of it."""
    if isinstance(error, SlackApiError):
        return _answered(error, lost)
    if isinstance(error, BEFORE_SENDING):
        return ChatBusy("Slack ist nicht zu erreichen.")
    return lost(f"Slack hat {'unverständlich' if isinstance(error, MALFORMED) else 'nicht'} geantwortet.")


def _answered(error: SlackApiError, lost: type[ChatError]) -> ChatError:
    """By Slack's own word, else by the status."""
    response = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    told = data if isinstance(data, dict) else {}
    name = str(told.get("error") or "")
    if status == HTTPStatus.TOO_MANY_REQUESTS or name in BUSY:
        return ChatBusy("Slack nimmt gerade nichts an.", _seconds(getattr(response, "headers", None) or {}))
    if name in REFUSED:
        return TokenRefused(UNKNOWN)
    if name == "missing_scope":
        needed = str(told.get("needed") or "")
        return ChatForbidden(
            f"Der App fehlt das Recht „{needed}“. Bitte nach docs/slack-manifest.yaml neu installieren."
        )
    if name in CODES:
        kind, reason = CODES[name]
        return kind(reason)
    if not name or name in UNSURE or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return lost(f"Slack antwortet mit Fehler {name or status}.")
    return ChatForbidden(f"Slack lehnt das ab (Fehler {name[:60]}).")


def _seconds(headers: object) -> float:
    try:
        return float(headers["Retry-After"])  # type: ignore[index]
    except (KeyError, TypeError, ValueError):
        return LATER
