"""What models cost: prices read, money summed without a float, and told in German."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SetupError
from bot.german import costs
from bot.llm.prices import parse_prices
from bot.model import Account, Price, Tokens, Use, cost, together

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PRICES = parse_prices("gpt-6-luna=0.10/0.50/0.025, mistral/small@eu=1/3")
COUNTS = st.integers(0, 10**9)


def plain(lines: list[str]) -> list[str]:
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def test_prices() -> None:
    assert {
        "gpt-6-luna": Price(Decimal("0.10"), Decimal("0.50"), Decimal("0.025")),
        "mistral/small@eu": Price(Decimal(1), Decimal(3), Decimal(1)),
    } == PRICES
    assert parse_prices("") == parse_prices(" , ") == {}


@pytest.mark.parametrize(
    "wrong", ["m", "m=1", "m=1/", "m=-1/2", "m=0,10/0,50", "=1/2", "m=1/2/3/4", "m=1e9/2", "m=NaN/1", "m=$1/$2"]
)
def test_prices_that_cannot_be_read(wrong: str) -> None:
    with pytest.raises(SetupError, match=r"LLM_PRICES: „.*“ ist nicht lesbar. Erwartet wird modell=0.10/0.50"):
        parse_prices(f"good=1/2,{wrong}")


def test_what_it_costs() -> None:
    used = [Use("gpt-6-luna", Tokens(1_000_000, 100_000, cached=400_000)), Use("mistral/small@eu", Tokens(1, 1))]
    assert cost(used, PRICES) == Decimal("0.06") + Decimal("0.01") + Decimal("0.05") + Decimal("0.000004")
    assert cost([], PRICES) == 0


def test_nobody_guesses_a_price() -> None:
    used = [Use("gpt-6-luna", Tokens(10, 1)), Use("another", Tokens(1, 1))]
    assert cost(used, PRICES) is None
    assert cost(used, {}) is None


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=9))
def test_money_adds_up_however_it_is_summed(counts: list[tuple[int, int]]) -> None:
    used = [Use("gpt-6-luna", Tokens(read, written, read // 3)) for read, written in counts]
    apart = [cost([one], PRICES) for one in used]
    assert cost([Use("gpt-6-luna", together(used))], PRICES) == sum(filter(None, apart), Decimal())


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("0", "0,00"),
        ("1234.5", "1.234,50"),
        ("0.41", "0,41"),
        ("0.0412", "0,041"),
        ("0.00134", "0,0013"),
        ("0.0000123", "0,000012"),
        ("0.00000004", "0,000000"),
    ],
)
def test_money_is_told_as_precisely_as_it_matters(amount: str, told: str) -> None:
    assert costs.dollars(Decimal(amount)) == f"{told}\N{NO-BREAK SPACE}US-Dollar"


def test_the_day_and_a_story() -> None:
    used = (Use("gpt-6-luna", Tokens(90_000, 10_000, cached=40_000), calls=31),)
    condensing = (Use("gpt-6-luna", Tokens(60_000, 6_000, cached=30_000), calls=22),)
    account = Account(used, condensing, stories=20)
    assert plain(costs.told(account, PRICES, NOW, BERLIN)) == [
        "Heute 31 Anfragen: 90.000 Token gelesen, 40.000 davon aus dem Cache, 10.000 geschrieben; 0,011 US-Dollar.",
        "20 Meldungen verdichtet, im Schnitt je 3.300 Token, 0,00034 US-Dollar.",
    ]
    assert costs.told(account, {}, NOW, BERLIN) == [
        "Heute 31 Anfragen: 90.000 Token gelesen, 40.000 davon aus dem Cache, 10.000 geschrieben.",
        "20 Meldungen verdichtet, im Schnitt je 3.300 Token.",
    ]
    other = parse_prices("other=1/1")
    assert costs.told(account, other, NOW, BERLIN)[0].endswith("10.000 geschrieben; ohne Preis: gpt-6-luna.")


def test_nothing_used_is_nothing_told() -> None:
    assert costs.told(Account(), PRICES, NOW, BERLIN) == []


def test_that_the_budget_is_spent_and_until_when() -> None:
    told = "Das Tagesbudget ist erreicht: Neue Meldungen erscheinen bis 01:00 Uhr als Auszug."
    assert costs.told(Account(is_spent=True), PRICES, NOW, BERLIN) == [told]
