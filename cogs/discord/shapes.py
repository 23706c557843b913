"""The shapes of Discord's answers, as far as they are read. Pure.

A shape is a type, a predicate, a tuple of which one must fit, a list whose items have one shape, or the fields of an
object; a field that is missing counts as null, and those that are not named may be whatever they are.
"""

from types import UnionType
from typing import Any

Shape = Any


def fits(answer: object, shape: Shape) -> bool:
    """Whether an answer has this shape."""
    match shape:
        case dict():
            return isinstance(answer, dict) and all(fits(answer.get(name), one) for name, one in shape.items())
        case list():
            return isinstance(answer, list) and all(fits(one, shape[0]) for one in answer)
        case tuple():
            return any(fits(answer, one) for one in shape)
        case None:
            return answer is None
        case type() | UnionType():
            return isinstance(answer, shape)
    return bool(shape(answer))


def is_number(answer: object) -> bool:
    """An id, or rights: Discord writes them as texts of digits."""
    return isinstance(answer, int) or (isinstance(answer, str) and answer.lstrip("-").isdecimal())


ANY = (dict, list)
ANYTHING = object  # where there is nothing to read
MADE = {"id": is_number}
TEXT = str | None
COMPONENT: dict[str, Any] = {"content": TEXT}
COMPONENT["components"] = (None, [COMPONENT])
MESSAGE = {"id": is_number, "author": {"id": is_number}, "content": TEXT, "components": (None, [COMPONENT])}
OVERWRITE = {"id": is_number, "allow": is_number, "deny": is_number}
CHANNEL = {
    "type": int,
    "parent_id": (None, is_number),
    "thread_metadata": (None, dict),
    "permission_overwrites": (None, [OVERWRITE]),
}
GUILD = {"id": is_number, "roles": [{"id": is_number, "permissions": is_number}]}
MEMBER = {"user": {"id": is_number}, "roles": [is_number]}
ACTIVE = {"threads": [{"id": is_number}]}
COMMANDS = [{"id": is_number, "name": str}]
