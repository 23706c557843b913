"""Deliveries and bodies as rows."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, select

from bot.german import phrases
from bot.model import Delivery, State
from bot.ports import Body
from bot.store.channels import channel_of, values_of
from bot.store.tables import EPOCH, deliveries, to_number

STATES = {state.value: state for state in State}
OWN = 47  # bits of a key that tell of the text; the day has 16 more, until the year 2149
# To look for „not settled“ rather than for „pending“ keeps SQLite from reading all that is pending, of whomever.
SETTLED = [state.value for state in State if state is not State.PENDING]
PAUSED = {"state": State.SKIPPED.value, "reason": phrases.PAUSED, "leased": EPOCH}  # how ends what still waits then
NOBODY = 0  # 1970: the lease of what nobody has


def key_of(text: str, made: datetime) -> int:
    """A positive number of 63 bits for a body, the same on every machine.

    The same words on another day are another body. So an old one can be deleted while new deliveries are written, and
    tells when its stories were shown. It begins with the day, so that a day's keys stand together in an index.
    """
    told = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (made - EPOCH).days << OWN | int.from_bytes(told) & (1 << OWN) - 1


def body_row(body: Body, key: int, made: datetime) -> tuple[object, ...]:
    """The values in the order of the columns."""
    return key, body.text, json.dumps(body.shown), to_number(made)


def delivery_row(delivery: Delivery, keys: Mapping[str, int]) -> tuple[object, ...]:
    """The values in the order of the columns."""
    return (
        delivery.id,
        delivery.subscription,
        *values_of(delivery.channel),
        delivery.day.isoformat(),
        delivery.part,
        None if delivery.body is None else keys[delivery.body],
        delivery.state.value,
        to_number(delivery.due),
        NOBODY,
        delivery.tries,
        to_number(delivery.tried),
        delivery.message,
        to_number(delivery.sent),
        delivery.reason,
        to_number(delivery.until),
    )


def skipped(one: Delivery) -> Delivery:
    """The delivery as it is when its subscription is paused: nothing is to be sent any more."""
    if one.state is not State.PENDING:
        return one
    return replace(one, body=None, state=State.SKIPPED, reason=phrases.PAUSED)


def unsent(theirs: ColumnElement[bool]) -> CTE:
    """The ids of those of these deliveries that are still to be sent, which are locked.

    In the order in which outcomes are recorded, so that neither waits for the other for ever.
    """
    pending = select(deliveries.c.id).where(deliveries.c.state.not_in(SETTLED), theirs)
    return pending.order_by(deliveries.c.id).with_for_update(of=deliveries).cte("unsent")


def delivery_of(row: Row[Any], body: str | None = None, root: str | None = None) -> Delivery:
    """The delivery of a row that has its columns."""
    return Delivery(
        id=row.id,
        subscription=row.subscription,
        channel=channel_of(row),
        day=row.day,
        part=row.part,
        body=body,
        state=STATES[row.state],
        due=row.due,
        tries=row.tries,
        tried=row.tried,
        message=row.message,
        sent=row.sent,
        reason=row.reason,
        root=root,
        until=row.until,
    )
