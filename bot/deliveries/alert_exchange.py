"""Alerts <-> JSON, as a part of the document that moves subscriptions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.deliveries import typed
from bot.deliveries.alert_wishes import check
from bot.deliveries.interests import check_count, valid
from bot.deliveries.places import place
from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Alert, interests_of


class _Entry(BaseModel):
    """One alert as the document holds it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    channel: str
    timezone: str
    topics: list[str]
    critical: bool
    cap: int
    quiet: list[str]
    role: str
    paused: bool
    reason: str | None


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
    """What `as_json` wrote of each. Raises `UserError`, naming the entry; all are taken, or none.

    `topics`: the keys there are, where that matters.
    """
    found: dict[int, Alert] = {}
    for n, entry in enumerate(entries, 1):
        try:
            alert = _of_json(entry, None if topics is None else set(topics))
        except UserError as error:
            raise UserError(f"Eilmeldungen {n}: {error}") from error
        if alert.id in found:
            raise UserError(f"Eilmeldungen {n}: {alert.channel.place} steht schon weiter oben.")
        found[alert.id] = alert
    return list(found.values())


def _of_json(entry: object, topics: set[str] | None) -> Alert:
    try:
        alert = _alert(_Entry.model_validate(entry))
    except ValidationError as error:
        field = str(next(iter(error.errors(include_url=False)[0]["loc"]), ""))
        told = f"Das Feld „{field}“ fehlt, ist unbekannt oder hat keinen gültigen Wert." if field else ""
        raise UserError(told or f"Erwartet wird ein JSON-Objekt mit {', '.join(_Entry.model_fields)}.") from error
    if not isinstance(entry, Mapping) or as_json(alert) != dict(entry):  # only our own way of writing is taken
        raise UserError("Ein Feld ist anders geschrieben als in einem Export.")
    if unknown := [topic for topic in alert.topics if not valid(topic, topics)]:
        raise UserError(f"Das Thema {named(unknown[0])} gibt es hier nicht.")
    check_count(interests_of(alert.topics))
    check(alert)
    return alert


def _alert(read: _Entry) -> Alert:
    if len(read.quiet) != 2:  # noqa: PLR2004 - a beginning and an end
        raise UserError("In quiet werden zwei Uhrzeiten erwartet.")
    start, end = map(typed.time_of, read.quiet)
    return Alert(
        place(read.channel),
        typed.timezone_of(read.timezone),
        tuple(read.topics),
        read.critical,
        typed.cap_of(str(read.cap)),
        (start, end),
        typed.role_of(read.role),
        read.paused,
        read.reason,
    )
