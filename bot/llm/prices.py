"""`LLM_PRICES` -> what models cost."""

import re
from decimal import Decimal

from bot.errors import SetupError
from bot.model import Price, Prices

AMOUNT = r"\d{1,6}(?:\.\d{1,9})?"
PRICE = re.compile(rf"(?P<model>\S.*?)\s*=\s*(?P<read>{AMOUNT})/(?P<written>{AMOUNT})(?:/(?P<cached>{AMOUNT}))?")


def parse_prices(listed: str) -> Prices:
    """The prices by model of a list such as `gpt-6-luna=0.10/0.50/0.025, other=0/0`: US dollars for a million tokens.

    Read, written and, where it differs, read from the cache. Raises `SetupError` for what can't be read.
    """
    found: dict[str, Price] = {}
    for item in filter(None, (part.strip() for part in listed.split(","))):
        told = PRICE.fullmatch(item)
        if not told:
            raise SetupError(
                f"LLM_PRICES: „{item}“ ist nicht lesbar. Erwartet wird modell=0.10/0.50, US-Dollar je Million Token "
                "gelesen/geschrieben, dahinter wahlweise /0.025 für Token aus dem Cache."
            )
        read, written, cached = told["read"], told["written"], told["cached"] or told["read"]
        found[told["model"]] = Price(Decimal(read), Decimal(written), Decimal(cached))
    return found
