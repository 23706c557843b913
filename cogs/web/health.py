"""A pulse -> whether all is well, and the numbers for Prometheus. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain

from bot.model import Prices, State, cost, together
from bot.ports import Pulse

Value = tuple[str, float | Decimal | None]  # its labels, and the number
LATE_FEED = timedelta(hours=1)
LATE_POST = timedelta(minutes=15)  # also deploy/prometheus-alerts.yml
NOBODY = "Kein Prozess von „python -m bot run“ läuft. Bitte einen starten."
NOT_COLLECTED = "Seit über einer Stunde ist ein Feed fällig, den niemand liest. Bitte das Protokoll von „run“ ansehen."
NOT_POSTED = (
    "Seit über 15 Minuten ist ein Digest fällig, und nichts wird verschickt. Bitte das Protokoll von „run“ ansehen."
)


def reasons(pulse: Pulse) -> list[str]:
    """What is wrong, in German sentences that say what to do; none where all is well."""
    found = (
        (NOBODY, not pulse.processes),
        (NOT_COLLECTED, pulse.feed_due is not None and pulse.feed_due < pulse.at - LATE_FEED),
        (NOT_POSTED, _is_stuck(pulse)),
    )
    return [sentence for sentence, holds in found if holds]


def _is_stuck(pulse: Pulse) -> bool:
    """Whether something is due and nothing is posted; where much is due, the last comes late and all is well."""
    before = pulse.at - LATE_POST
    is_late = pulse.delivery_due is not None and pulse.delivery_due < before
    return is_late and (pulse.posted is None or pulse.posted < before)


def as_json(pulse: Pulse) -> dict[str, object]:
    """The answer of `/readyz`; ages in seconds, None for never."""
    wrong = reasons(pulse)
    return {
        "ready": not wrong,
        "reasons": wrong,
        "database": "ok",
        "processes": pulse.processes,
        "last_collection_age": age(pulse, pulse.collected),
        "last_post_age": age(pulse, pulse.posted),
        "oldest_due_delivery_age": age(pulse, pulse.delivery_due),
        "leases": {name: round((until - pulse.at).total_seconds(), 1) for name, until in sorted(pulse.leases.items())},
    }


def age(pulse: Pulse, moment: datetime | None) -> float | None:
    """Seconds since then."""
    return None if moment is None else round((pulse.at - moment).total_seconds(), 1)


def as_metrics(pulse: Pulse | None, prices: Prices | None = None) -> str:
    """The text format of Prometheus, version 0.0.4; one line without a database; money where all models have prices."""
    lines = [*_metric("depesche_up", "Whether the database can be read", [("", float(pulse is not None))])]
    for name, told, values in chain(_told(pulse), _spent(pulse, prices or {})) if pulse is not None else ():
        lines += _metric(name, told, [(labels, value) for labels, value in values if value is not None])
    return "\n".join(lines) + "\n"


def _told(pulse: Pulse) -> Iterator[tuple[str, str, list[Value]]]:
    states: list[Value] = [(f'state="{state.value}"', pulse.deliveries.get(state, 0)) for state in State]
    yield "depesche_feeds", "Feeds by state", [(f'state="{state}"', count) for state, count in pulse.feeds.items()]
    yield "depesche_articles_day", "Articles published in the last 24 hours", [("", pulse.articles)]
    yield "depesche_stories_day", "Stories with an article of the last 24 hours", [("", pulse.stories)]
    yield "depesche_tokens_today", "Tokens of language models used today (UTC)", [("", pulse.tokens)]
    yield "depesche_deliveries_day", "Deliveries due in the last 24 hours or later, by state", states
    yield "depesche_processes", "Living processes of run", [("", pulse.processes)]
    yield (
        "depesche_lease_held",
        "Leases that a process holds",
        [(f'name="{_escaped(name)}"', 1) for name in sorted(pulse.leases)],
    )
    yield "depesche_last_collection_timestamp_seconds", "When a feed was last asked", [("", _unix(pulse.collected))]
    yield "depesche_last_post_timestamp_seconds", "When a digest was last posted", [("", _unix(pulse.posted))]
    due = age(pulse, pulse.delivery_due) or 0.0
    yield "depesche_oldest_due_delivery_seconds", "For how long the oldest due delivery waits; 0: none", [("", due)]


def _spent(pulse: Pulse, prices: Prices) -> Iterator[tuple[str, str, list[Value]]]:
    """What models used today, and what it cost."""
    account = pulse.account
    tokens = together(account.used)
    kinds = {"read": tokens.read - tokens.cached, "cached": tokens.cached, "written": tokens.written}
    counted: list[Value] = [(f'kind="{kind}"', count) for kind, count in kinds.items()]
    yield "depesche_tokens_by_kind_today", "Tokens read anew, read from a cache, and written today (UTC)", counted
    calls = sum(one.calls for one in account.used)
    yield "depesche_model_calls_today", "Answers of language models today (UTC)", [("", calls)]
    yield (
        "depesche_stories_condensed_today",
        "Stories that a model was asked about today (UTC)",
        [("", account.stories)],
    )
    yield "depesche_cost_dollars_today", "What they cost today (UTC), in US dollars", [("", cost(account.used, prices))]


def _metric(name: str, told: str, values: Iterable[Value]) -> list[str]:
    head = [f"# HELP {name} {told}.", f"# TYPE {name} gauge"]
    return head + [f"{name}{{{labels}}} {value}" if labels else f"{name} {value}" for labels, value in values]


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _unix(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
