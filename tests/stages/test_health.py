"""Whether all is well, and how it is told to Prometheus."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.model import Account, Price, State, Tokens, Use
from bot.ports import Pulse
from cogs.web.health import NOBODY, NOT_COLLECTED, NOT_POSTED, as_metrics, reasons

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
DEPLOY = Path(__file__).parents[2] / "deploy"
MINUTE = timedelta(minutes=1)
WELL = Pulse(
    NOW, {"ok": 3}, 5, 4, 9, {State.SENT: 2}, NOW - MINUTE, NOW - MINUTE, NOW + MINUTE, None, 1, {"discord": NOW}
)


@pytest.mark.parametrize(
    ("pulse", "told"),
    [
        (WELL, []),
        (replace(WELL, processes=0), [NOBODY]),
        (replace(WELL, feed_due=NOW - 59 * MINUTE), []),
        (replace(WELL, feed_due=NOW - 61 * MINUTE), [NOT_COLLECTED]),
        (replace(WELL, delivery_due=NOW - 16 * MINUTE), []),  # much was due, and it is being posted
        (replace(WELL, delivery_due=NOW - 14 * MINUTE, posted=None), []),
        (replace(WELL, delivery_due=NOW - 16 * MINUTE, posted=NOW - 16 * MINUTE), [NOT_POSTED]),
        (replace(WELL, delivery_due=NOW - 16 * MINUTE, posted=None), [NOT_POSTED]),
    ],
)
def test_what_is_wrong(pulse: Pulse, told: list[str]) -> None:
    assert reasons(pulse) == told


def test_what_never_happened_is_left_out() -> None:
    assert "depesche_last_post_timestamp_seconds 1" in as_metrics(WELL)
    assert "depesche_last_post_timestamp_seconds 1" not in as_metrics(replace(WELL, posted=None))


def test_names_cannot_break_out_of_their_label() -> None:
    assert r'depesche_lease_held{name="a\"\\\nb"} 1' in as_metrics(replace(WELL, leases={'a"\\\nb': NOW}))


def test_what_models_cost() -> None:
    used = (Use("m", Tokens(1_000_000, 200_000, cached=400_000), calls=31),)
    pulse = replace(WELL, account=Account(used, used, stories=20))
    told = as_metrics(pulse, {"m": Price(Decimal("0.1"), Decimal("0.5"), Decimal("0.025"))}).splitlines()
    assert {
        'depesche_tokens_by_kind_today{kind="read"} 600000',
        'depesche_tokens_by_kind_today{kind="cached"} 400000',
        'depesche_tokens_by_kind_today{kind="written"} 200000',
        "depesche_model_calls_today 31",
        "depesche_stories_condensed_today 20",
    } <= set(told)
    (cost,) = [line for line in told if line.startswith("depesche_cost_dollars_today ")]
    assert Decimal(cost.split()[1]) == Decimal("0.17")
    assert not [line for line in as_metrics(pulse).splitlines() if line.startswith("depesche_cost_dollars_today ")]


def test_without_a_database() -> None:
    assert as_metrics(None).splitlines()[-1] == "depesche_up 0.0"


@pytest.mark.parametrize("file", ["prometheus-alerts.yml", "grafana-dashboard.json"])
def test_alerts_and_dashboard_ask_for_what_there_is(file: str) -> None:
    wanted = set(re.findall(r"depesche_[a-z_]+", (DEPLOY / file).read_text("utf-8")))
    assert wanted
    assert wanted <= set(re.findall(r"^# TYPE (\w+) gauge$", as_metrics(WELL), re.MULTILINE))
