"""What is said to whoever must wait, and for how long."""

from math import ceil

from bot.german.numbers import counted

MINUTE = 60


def too_often(seconds: float) -> str:
    """One person asked too often."""
    return f"Das waren viele Anfragen kurz nacheinander. Bitte in {span(seconds)} noch einmal."


def too_many_here(seconds: float) -> str:
    """All of one server together asked too often."""
    return f"Auf diesem Server wird gerade sehr viel gefragt. Bitte in {span(seconds)} noch einmal."


def busy(seconds: float) -> str:
    """All together asked more than can be worked at."""
    return f"Gerade warten schon viele auf eine Antwort. Bitte in etwa {span(seconds)} noch einmal."


def span(seconds: float) -> str:
    """„10 Sekunden“, „2 Minuten“; rounded up, so that nobody comes back too early."""
    whole = ceil(seconds)
    if whole <= MINUTE:
        return counted(whole, "Sekunde", "Sekunden")
    return counted(ceil(whole / MINUTE), "Minute", "Minuten")
