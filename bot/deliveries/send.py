"""What follows from a try to post a delivery. Pure: the time and the chance are passed in, and nothing is posted here.

A delivery is taken as it was before the try in question: `tries` and `tried` are those of earlier ones.
"""

from datetime import datetime, timedelta

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure
from bot.model import Delivery, State
from bot.ports import Outcome

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
DOUBLINGS = 9  # enough for the longest wait
MEMORY = timedelta(minutes=4)  # where a chat knows its messages again for some minutes
FOUND_OUT = timedelta(hours=1)  # after the cut-off: so long it is tried to find out whether a message is there
FAILED = "Bis zum Ende der Frist ließ sich der Digest nicht posten"
NEVER = "Die Frist war vorbei, bevor der Digest an der Reihe war."
ENDLESS = timedelta(days=365)  # longer than any cut-off


def needs_look(delivery: Delivery, now: datetime, until: datetime | None = None, memory: timedelta = MEMORY) -> bool:
    """Whether to look for the message first: an earlier try began, and its chat may have forgotten it.

    It is the first try that counts: that one may have got through, and later ones not. Also where `until` is over,
    as the message will not be sent again then.
    """
    if not delivery.tries:
        return False
    since = None if delivery.tried is None else now - delivery.tried
    remembered = bool(memory) and since is not None and timedelta(0) <= since <= memory
    return not remembered or (until is not None and now > until)


def too_late(delivery: Delivery, now: datetime, until: datetime) -> Outcome | None:
    """How a delivery ends that must not be sent any more; None while it may. To be asked after looking for it."""
    if now <= until:
        return None
    reason = f"{FAILED}: {delivery.reason}" if delivery.reason else NEVER
    return Outcome(delivery.id, State.MISSED, now, reason=reason)


def after(delivery: Delivery, result: str | ChatError, now: datetime, until: datetime, chance: float) -> Outcome:
    """What follows from the id of the posted message, or from why there is none.

    `until` is the cut-off, `chance` in [0, 1) spreads what failed together. A refused token is the operator's business:
    the delivery waits. Where a message may be there, of this try or an earlier one, it waits beyond the cut-off, too:
    first it has to be looked for. A last look is taken at the very end of that time, whatever the chat asks for.
    """
    if isinstance(result, str):
        return Outcome(delivery.id, State.SENT, now, message=result)
    reason = str(result)
    if isinstance(result, ChatForbidden):
        return Outcome(delivery.id, State.FORBIDDEN, now, reason=reason)
    if isinstance(result, ChatGone):
        return Outcome(delivery.id, State.GONE, now, reason=reason)
    may_be_there = isinstance(result, ChatUnsure) or delivery.tries > 0
    last = until + FOUND_OUT if may_be_there else until
    due = now + max(_back_off(delivery.tries, chance), _asked(result))
    if now < last < due and may_be_there:
        due = last
    if due > last:
        return Outcome(delivery.id, State.MISSED, now, reason=f"{FAILED}: {reason}")
    return Outcome(delivery.id, State.PENDING, now, reason=reason, due=due)


def is_untried(error: ChatError | None) -> bool:
    """Whether a try that ended so was none: while the chat takes nothing from anybody, nothing goes out."""
    return isinstance(error, ChatBusy) and error.everyone


def _back_off(tries: int, chance: float) -> timedelta:
    """Two seconds, then twice as long each time, up to 15 minutes; of these, something between half and all."""
    return min(FIRST * (1 << min(tries, DOUBLINGS)), LONGEST) * (1 + chance) / 2


def _asked(error: ChatError) -> timedelta:
    """How long the chat asked to be left alone."""
    seconds = error.retry_after if isinstance(error, ChatBusy) else None
    if seconds is None or not seconds > 0:
        return timedelta(0)
    return timedelta(seconds=min(seconds, ENDLESS.total_seconds()))
