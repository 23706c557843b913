"""Why an article belongs to its story, in German."""

from collections.abc import Mapping
from heapq import nlargest

from bot.stories.evidence import Evidence

FIRST = "Erster Artikel über dieses Ereignis"
ALONE = "Rückblick, Vergleich oder Ticker: steht für sich"
MOST = 3  # names and figures mentioned
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
SCALES = ((1e12, " Bio."), (1e9, " Mrd."), (1e6, " Mio."))


def same_address(outlet: str) -> str:
    """It is the same page, told again."""
    return f"Dieselbe Adresse wie der Artikel von {outlet}"


def shared(evidence: Evidence, spelt: Mapping[str, str], title: str, outlet: str) -> str:
    """What it has in common with the article it resembles most."""
    other = f"„{title}“ ({outlet})"
    if evidence.verbatim:
        return f"Fast wortgleich mit {other}"
    names = nlargest(MOST, (key for key in evidence.names if key in spelt), key=evidence.names.__getitem__)
    figures = nlargest(MOST, evidence.figures, key=evidence.figures.__getitem__)
    told = [figure(key) for key in figures if key.startswith("id:")] + [f"»{spelt[key]}«" for key in names]
    told += [figure(key) for key in figures if not key.startswith("id:")]
    words = ["viele Wörter"] if evidence.copied else []
    return f"Teilt {_list([*told[: MOST + 1], *words]) or 'Wörter'} mit {other}"


def figure(key: str) -> str:
    """A figure as a German reader writes it."""
    kind, _, value = key.rpartition(":")
    if kind == "date":
        month, day = value.split("-")
        return f"{int(day)}. {MONTHS[int(month) - 1]}"
    if kind in {"id", "version"}:
        return value
    return f"{_number(float(value[:-1]))} %" if value.endswith("%") else _number(float(value))


def _number(value: float) -> str:
    factor, name = next(((factor, name) for factor, name in SCALES if value >= factor), (1.0, ""))
    whole, _, decimals = f"{value / factor:,.12g}".partition(".")
    return whole.replace(",", ".") + ("," + decimals if decimals else "") + name


def _list(told: list[str]) -> str:
    return " und ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
