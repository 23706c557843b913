"""What became of a subscription's digests, for whoever wonders why none came."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.german.dates import clock, of_day, told
from bot.model import Delivery, State

NONE_YET = "Bisher kam noch keiner."
NOT_RUNNING = "Gepostet wird, sobald „python -m bot run“ läuft."
NO_CHAT = (
    "Gepostet wird, sobald DISCORD_TOKEN (oder SLACK_BOT_TOKEN und SLACK_APP_TOKEN) in .env steht und „python -m bot "
    "run“ läuft."
)
CAME, DEALT_WITH = "der heutige ist schon gekommen", "der heutige war schon an der Reihe"


def last(sent: Delivery | None, now: datetime, zone: ZoneInfo) -> str:
    """When the last digest came, such as „Zuletzt gekommen: heute, 07:00 Uhr.“, or that none did."""
    if sent is None or sent.sent is None:
        return NONE_YET
    return f"Zuletzt gekommen: {told(sent.sent, now, zone)}."


def missing(latest: Delivery | None, now: datetime, zone: ZoneInfo) -> str:
    """Why the latest one did not come, or not yet; empty where it came or none was due."""
    if latest is None or latest.state is State.SENT:
        return ""
    reason = f" {latest.reason}" if latest.reason else ""
    if latest.state is State.PENDING:
        if not latest.tries:
            return "Der neueste wartet auf seinen Versand."
        when = f" Nächster Versuch um {clock(latest.due, zone)}." if latest.due > now else ""
        return f"Der neueste ist noch nicht verschickt:{reason or ' Es kam keine Antwort.'}{when}"
    return f"Der {of_day(latest.day, now.astimezone(zone).date())} kam nicht{f':{reason}' if reason else '.'}"


def waiting(*, has_token: bool, is_running: bool) -> str:
    """What is missing until anything is posted; empty where nothing is."""
    if is_running:
        return ""
    return NOT_RUNNING if has_token else NO_CHAT


def had(latest: Delivery | None) -> str:
    """Why no other one comes today, of a digest that had its turn."""
    return CAME if latest and latest.state is State.SENT else DEALT_WITH
