"""feeds.toml (or OPML) and topics.toml -> the feeds and topics everybody has."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError

from bot.errors import SetupError
from bot.model import Feed, Language, Topic

RowT = TypeVar("RowT", bound=BaseModel)
HTTP = TypeAdapter(HttpUrl)


class FeedRow(BaseModel):
    """One `[[feed]]` table."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100)
    url: str = Field(max_length=2_000)
    language: Language | None = None
    topics: tuple[str, ...] = ()
    weight: float = Field(default=1.0, gt=0, le=10)


class TopicRow(BaseModel):
    """One `[[topic]]` table."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)
    name: str = Field(min_length=1, max_length=60)
    words_de: tuple[str, ...] = Field(min_length=1)
    words_en: tuple[str, ...] = Field(min_length=1)


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of a file. Raises `SetupError`, naming the table that is wrong."""
    rows = _rows(path, "topic", TopicRow)
    _distinct(path, "key", [row.key for row in rows])
    return tuple(Topic(row.key, row.name, row.words_de + row.words_en) for row in rows)


def read_feeds(path: Path, topics: Iterable[Topic]) -> tuple[Feed, ...]:
    """The feeds of a file. Raises `SetupError` for wrong tables, addresses given twice and unknown topics."""
    rows = _rows(path, "feed", FeedRow)
    known = {topic.key for topic in topics}
    for n, row in enumerate(rows, 1):
        _address(path, n, row.url)
        if unknown := set(row.topics) - known:
            raise SetupError(
                f"{path}: Der {n}. Feed „{row.name}“ nennt ein unbekanntes Thema: {', '.join(sorted(unknown))}. "
                f"Bekannt sind: {', '.join(sorted(known))}."
            )
    _distinct(path, "url", [row.url for row in rows])
    return tuple(Feed(row.url, row.name, row.language, row.topics, row.weight) for row in rows)


def _rows(path: Path, table: str, shape: type[RowT]) -> list[RowT]:
    rows = _toml(path).get(table)
    if not isinstance(rows, list) or not rows:
        raise SetupError(f"{path} enthält keine [[{table}]]-Tabelle. Als Vorbild dient config/{table}s.toml.")
    return [_row(path, table, n, row, shape) for n, row in enumerate(rows, 1)]


def _row(path: Path, table: str, n: int, row: object, shape: type[RowT]) -> RowT:
    try:
        return shape.model_validate(row)
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, e["loc"])) or table for e in error.errors())
        raise SetupError(f"{path}: In der {n}. [[{table}]]-Tabelle stimmt etwas nicht: {wrong}.") from error


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SetupError(f"Die Datei {path} gibt es nicht. Bitte den Pfad prüfen.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"Die Datei {path} lässt sich nicht als Text lesen. Erwartet wird TOML in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"{path} ist kein gültiges TOML: {error}.") from error


def _address(path: Path, n: int, url: str) -> None:
    try:
        HTTP.validate_python(url)
    except ValidationError as error:
        raise SetupError(f"{path}: Die Adresse des {n}. Feeds ist keine http- oder https-Adresse: {url}") from error


def _distinct(path: Path, field: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise SetupError(f"{path}: {field} kommt mehrfach vor: {', '.join(twice)}.")
