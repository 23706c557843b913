"""Alerts <-> JSON, as a part of the document that moves subscriptions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any

from bot.deliveries import typed
from bot.deliveries.alert_wishes import check
from bot.deliveries.interests import check_count, valid
from bot.deliveries.places import place
from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Alert, interests_of

FIELDS = frozenset({"channel", "timezone", "topics", "critical", "cap", "quiet", "role", "paused", "reason"})


def as_json(alert: Alert) -> dict[str, Any]:
    """One alert as JSON; the channel makes its id."""
    return {
        "channel": alert.channel.place,
        "timezone": alert.zone,
        "topics": list(alert.topics),
        "critical": alert.critical,
        "cap": alert.cap,
        "quiet": [f"{at:%H:%M}" for at in alert.quiet],
        "role": alert.role,
        "paused": alert.paused,
        "reason": alert.reason,
    }


def of_list(entries: Sequence[object], topics: Collection[str] | None = None) -> list[Alert]:
    """What `as_json` wrote of each. Raises `UserError`, naming the entry; all are taken, or none."""
    found: dict[int, Alert] = {}
    for n, entry in enumerate(entries, 1):
        alert = _of_json(n, entry, None if topics is None else set(topics))
        if alert.id in found:
            raise UserError(f"Eilmeldungen {n}: {alert.channel.place} steht schon weiter oben.")
        found[alert.id] = alert
    return list(found.values())


def _of_json(n: int, entry: object, topics: set[str] | None) -> Alert:
    if not isinstance(entry, Mapping) or set(entry) != FIELDS:
        raise UserError(f"Eilmeldungen {n}: Erwartet wird ein JSON-Objekt mit {', '.join(sorted(FIELDS))}.")
    alert = None
    try:
        alert = _alert(entry)
    except UserError as error:
        raise UserError(f"Eilmeldungen {n}: {error}") from error
    except (TypeError, ValueError, AttributeError):
        pass
    if alert is None or as_json(alert) != dict(entry):  # only the one way of writing that we write ourselves is taken
        raise UserError(f"Eilmeldungen {n}: Ein Feld hat keinen gültigen Wert.")
    unknown = [topic for topic in alert.topics if not valid(topic, topics)]
    if unknown:
        raise UserError(f"Eilmeldungen {n}: Das Thema {named(unknown[0])} gibt es hier nicht.")
    check_count(interests_of(alert.topics))
    check(alert)
    return alert


def _alert(entry: Mapping[str, Any]) -> Alert:
    start, end = (time.fromisoformat(at) for at in entry["quiet"])
    return Alert(
        place(entry["channel"]),
        typed.timezone_of(entry["timezone"]),
        tuple(entry["topics"]),
        bool(entry["critical"]),
        typed.cap_of(str(entry["cap"])),
        (start, end),
        typed.role_of(entry["role"]) if entry["role"] else "",
        bool(entry["paused"]),
        entry["reason"] if isinstance(entry["reason"], str) else None,
    )
