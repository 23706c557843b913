"""Sentences with their sources, as JSON lines -> whether the sources carry them: the check by itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import UserError
from bot.german.claims.claims import objections
from bot.german.claims.evidence import Evidence
from bot.german.intruders import intruder
from bot.german.language import guess, is_german
from bot.model import Language

NONCE = "\0"  # nobody was asked, so nothing can be leaked
WANTED = "erwartet wird ein JSON-Objekt mit sentence und sources"


def verify_lines(lines: Iterable[str]) -> Iterator[str]:
    """One JSON line {id, ok, reasons} for each line {id, sentence, sources: [{title, text, language, published, …}]}.

    Raises `UserError`, naming the line, for anything else.
    """
    for n, line in enumerate(lines, start=1):
        if line.strip():
            id_, sentence, sources = _claim(line, n)
            reasons = why_not(sentence, sources)
            yield json.dumps({"id": id_, "ok": not reasons, "reasons": reasons}, ensure_ascii=False)


def why_not(sentence: str, sources: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Why this sentence must not be shown: its form, its language, and what its sources do not carry."""
    if not any(character.isalpha() for character in sentence):
        return ("ist leer",)
    names = [name for source in sources for name in (source.outlet, source.title)]
    reason = intruder(sentence, names, NONCE, frozenset()) or (None if is_german(sentence) else "ist nicht auf Deutsch")
    return (reason,) if reason else objections(sentence, sources)


def _claim(line: str, n: int) -> tuple[object, str, tuple[Evidence, ...]]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise UserError(f"Zeile {n} ist kein JSON: {WANTED} ({error}).") from error
    if not isinstance(told, dict):
        raise UserError(f"Zeile {n} ist kein JSON-Objekt: {WANTED}.")
    sentence, sources = told.get("sentence"), told.get("sources")
    if not isinstance(sentence, str):
        raise UserError(f"In Zeile {n} fehlt sentence: {WANTED}.")
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        raise UserError(f"In Zeile {n} ist sources keine Liste von Quellen: {WANTED}.")
    return told.get("id"), sentence, tuple(_evidence(source, n) for source in sources)


def _evidence(source: Mapping[str, Any], n: int) -> Evidence:
    title, text = _text(source, "title"), _text(source, "text")
    told = _text(source, "language").lower()[:2]
    language = Language(told) if told in set(Language) else guess(f"{title}\n{text}") or Language.EN
    return Evidence(title, text, language, _published(source, n), _text(source, "outlet"))


def _published(source: Mapping[str, Any], n: int) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(source, "published"))
    except ValueError as error:
        raise UserError(f"In Zeile {n} ist published kein Zeitpunkt wie 2026-11-23T08:00:00+01:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
