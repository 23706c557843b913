"""What the language models cost today, and that the day's budget is spent; every surface tells the same. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from bot.german.numbers import LOCALE, counted, number
from bot.model import Account, Prices, Use, cost, together

SMALL = Decimal("0.1")  # US dollars; below, a cent is too coarse
CENTS, MICRO = 2, 6  # decimal places


def told(account: Account, prices: Prices, now: datetime, zone: ZoneInfo) -> list[str]:
    """Lines about today's tokens and money, for everything and for a story on average; none where nothing was used."""
    lines = [_day(account.used, prices)] if account.used else []
    lines += [_stories(account, prices)] if account.stories else []
    return lines + ([spent(now, zone)] if account.is_spent else [])


def spent(now: datetime, zone: ZoneInfo) -> str:
    """That stories come as extracts until the day (UTC) is over."""
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return (
        f"Das Tagesbudget ist erreicht: Neue Meldungen erscheinen bis {midnight.astimezone(zone):%H:%M} Uhr als Auszug."
    )


def dollars(amount: Decimal) -> str:
    """„1,25 US-Dollar“; small amounts with two digits that tell something: „0,0013 US-Dollar“."""
    places = CENTS if not amount or amount >= SMALL else min(max(1 - amount.adjusted(), CENTS), MICRO)
    form = f"#,##0.{'0' * places}"
    return f"{format_decimal(amount, format=form, locale=LOCALE)}\N{NO-BREAK SPACE}US-Dollar"


def _day(used: Sequence[Use], prices: Prices) -> str:
    tokens, calls = together(used), sum(one.calls for one in used)
    cached = f", {number(tokens.cached)} davon aus dem Cache" if tokens.cached else ""
    amount = _money(used, prices)
    first = f"Heute {counted(calls, 'Anfrage', 'Anfragen')}: {number(tokens.read)} Token gelesen{cached}"
    return f"{first}, {number(tokens.written)} geschrieben{f'; {amount}' if amount else ''}."


def _stories(account: Account, prices: Prices) -> str:
    """What a story took on average."""
    tokens, amount = together(account.condensing).total, cost(account.condensing, prices)
    each = f"{number(round(tokens / account.stories))} Token"
    money = f", {dollars(amount / account.stories)}" if amount is not None else ""
    return f"{counted(account.stories, 'Meldung', 'Meldungen')} verdichtet, im Schnitt je {each}{money}."


def _money(used: Sequence[Use], prices: Prices) -> str:
    """What it cost; which models have no price, where others have one."""
    amount = cost(used, prices)
    if amount is not None:
        return dollars(amount)
    missing = [one.model for one in used if one.model not in prices]
    return f"ohne Preis: {', '.join(missing)}" if prices else ""
