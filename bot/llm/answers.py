"""The text a model wrote -> an answer of the shape that was asked for, or the reason why it is none."""

import json
import re
from typing import Any

from pydantic import ValidationError

from bot.errors import ModelMisbehaved
from bot.model import Tokens
from bot.ports import AnswerT

THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)  # local reasoning models think aloud
PROBLEMS = 5  # as many as a model can mend at once


class Unreadable(ModelMisbehaved):
    """An answer that one more try may mend: what was answered, and what is wrong with it (German)."""

    def __init__(self, message: str, answer: str, problem: str, used: Tokens) -> None:
        """Keep what the second try needs."""
        super().__init__(message, used.read, used.written, cached=used.cached)
        self.answer = answer
        self.problem = problem


def parse_answer(text: str, shape: type[AnswerT]) -> AnswerT:
    """The one JSON object in this text, in this shape; code fences and words around it don't matter.

    Raises `ValueError`, with a German reason, for no object, two objects, duplicate keys or another shape.
    """
    bare = THOUGHTS.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    if start < 0 or end < start:
        raise ValueError("Es fehlt das JSON-Objekt.")
    return _shaped(_decoded(bare[start : end + 1]), shape)


def _decoded(text: str) -> dict[str, Any]:
    try:
        decoded: dict[str, Any] = json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        raise ValueError(f"Das ist kein gültiges JSON: {error.msg}, Zeichen {error.pos}.") from error
    except RecursionError as error:
        raise ValueError("Das JSON ist zu tief verschachtelt.") from error
    return decoded


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("Ein Schlüssel kommt doppelt vor.")
    return found


def _shaped(decoded: dict[str, Any], shape: type[AnswerT]) -> AnswerT:
    try:
        return shape.model_validate(decoded)
    except ValidationError as error:
        raise ValueError(_problems(error)) from error


def _problems(error: ValidationError) -> str:
    """What is wrong and where, without the values themselves."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found[:PROBLEMS])


def describe(schema: dict[str, Any]) -> str:
    """How to ask for this schema in words, for servers that can't be given one."""
    return f"\n\nAntworte nur mit einem JSON-Objekt nach diesem JSON-Schema:\n{json.dumps(schema, ensure_ascii=False)}"
