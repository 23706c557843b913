"""Checks requests against Discord's own OpenAPI document, where it is there: the part of JSON Schema that it uses."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.chats.world import Json

DOCUMENT = Path(__file__).parents[3] / "shared" / "corpora" / "discord-openapi.json"
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
Findings = Iterator[str]


@cache
def document() -> Json | None:
    """Discord's document; none where this checkout has no neighbour with it."""
    return json.loads(DOCUMENT.read_text("utf-8")) if DOCUMENT.exists() else None


def wrong(name: str, value: object) -> list[str]:
    """What in this value does not fit the schema of that name, each with its place. Nothing without the document."""
    return list(_check({"$ref": f"#/components/schemas/{name}"}, value, name)) if document() else []


def _check(schema: Json, value: Any, at: str) -> Findings:
    if schema.get("format") == "snowflake" and _is("integer", value):
        value = str(value)  # Discord takes numbers, too, and discord.py sends them for allowed mentions
    if "$ref" in schema:
        yield from _check(_named(schema["$ref"]), value, at)
    for rule, check in RULES.items():
        if rule in schema:
            yield from check(schema[rule], value, at)
    if isinstance(value, dict):
        yield from _properties(schema, value, at)


@cache
def _named(reference: str) -> Json:
    found: Json = document() or {}
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _is(kind: str, value: object) -> bool:
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _type(kinds: str | list[str], value: Any, at: str) -> Findings:
    if not any(_is(kind, value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield f"{at}: {type(value).__name__} is not {kinds}"


def _one(schemas: list[Json], value: Any, at: str) -> Findings:
    fitting = sum(next(_check(schema, value, at), None) is None for schema in schemas)
    if fitting > 1:
        yield f"{at}: fits more than one"
    if not fitting:
        yield from _nearest(schemas, value, at)


def _any(schemas: list[Json], value: Any, at: str) -> Findings:
    if all(next(_check(schema, value, at), None) for schema in schemas):
        yield from _nearest(schemas, value, at)


def _nearest(schemas: list[Json], value: Any, at: str) -> Findings:
    said = [list(_check(schema, value, at)) for schema in schemas if schema != {"type": "null"}]
    yield from min(said, key=len)


def _all(schemas: list[Json], value: Any, at: str) -> Findings:
    for schema in schemas:
        yield from _check(schema, value, at)


def _properties(schema: Json, value: Json, at: str) -> Findings:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
    for name, inner in value.items():
        if name in known:
            yield from _check(known[name], inner, f"{at}.{name}")
        elif isinstance(others, dict):
            yield from _check(others, inner, f"{at}.{name}")
        elif not others:
            yield f"{at}: {name} is unknown"


def _items(schema: Json, value: Any, at: str) -> Findings:
    for place, inner in enumerate(value if isinstance(value, list) else ()):
        yield from _check(schema, inner, f"{at}[{place}]")


def _unique(wanted: bool, value: Any, at: str) -> Findings:
    if wanted and isinstance(value, list) and any(one in value[:place] for place, one in enumerate(value)):
        yield f"{at}: not unique"


def _pattern(pattern: str, value: Any, at: str) -> Findings:
    if isinstance(value, str) and not re.search(pattern, value):
        yield f"{at}: does not match {pattern}"


def _sized(kind: type | tuple[type, ...], fits: Callable[[Any, int], bool], word: str) -> Callable[..., Findings]:
    def check(limit: int, value: Any, at: str) -> Findings:
        if isinstance(value, kind) and not isinstance(value, bool) and not fits(value, limit):
            yield f"{at}: {word} {limit}"

    return check


def _most(value: Any, limit: int) -> bool:
    return len(value) <= limit


def _least(value: Any, limit: int) -> bool:
    return len(value) >= limit


def _equal(value: Any, wanted: Any) -> bool:
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def _enum(values: list[Any], value: Any, at: str) -> Findings:
    if not any(_equal(value, one) for one in values):
        yield f"{at}: {value!r} is none of {values}"


def _const(wanted: Any, value: Any, at: str) -> Findings:
    yield from _enum([wanted], value, at)


RULES: dict[str, Callable[[Any, Any, str], Findings]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "oneOf": _one,
    "anyOf": _any,
    "allOf": _all,
    "items": _items,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "maxLength": _sized(str, _most, "longer than"),
    "minLength": _sized(str, _least, "shorter than"),
    "maxItems": _sized(list, _most, "more than"),
    "minItems": _sized(list, _least, "fewer than"),
    "maxProperties": _sized(dict, _most, "more than"),
    "minProperties": _sized(dict, _least, "fewer than"),
    "maximum": _sized((int, float), lambda value, limit: value <= limit, "above"),
    "minimum": _sized((int, float), lambda value, limit: value >= limit, "below"),
}
