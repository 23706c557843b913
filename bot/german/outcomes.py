"""What became of a subscription's digests, for whoever wonders why none came."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.german.dates import clock, long_date, told
from bot.model import Delivery, State

NONE_YET = "Bisher kam noch keiner."


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
    return f"Der vom {long_date(latest.day)} kam nicht:{reason}"
