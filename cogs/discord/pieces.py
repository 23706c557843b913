"""The pieces of an answer, as Discord's JSON has them: text, buttons, menus, forms. Pure.

An answer is a list of components (V2); who is named in one is never notified.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from cogs.discord.markdown import cut, tame

Json = dict[str, Any]
Pieces = Sequence[Json]
ROW, BUTTON, SELECT, INPUT, CHANNELS, DISPLAY, FILE, LABEL_OF = 1, 2, 3, 4, 8, 10, 13, 18  # kinds of components
BLUE, GREY, GREEN, RED = 1, 2, 3, 4  # styles of buttons
ROOM = 3_900  # units of text in a message; a hundred less than Discord takes
SHORT = 100  # characters of a choice
NAME = 45  # characters of a field's label, and of a form's title


def text(told: str) -> Json:
    """Markdown."""
    return {"type": DISPLAY, "content": cut(told, ROOM) or "…"}


def file(name: str) -> Json:
    """A file that comes with the message."""
    return {"type": FILE, "file": {"url": f"attachment://{name}"}}


def buttons(*those: Json) -> Json:
    """Up to five buttons in a row."""
    return {"type": ROW, "components": list(those)}


def button(label: str, custom_id: str, style: int = GREY) -> Json:
    """Something to press."""
    return {"type": BUTTON, "style": style, "label": label, "custom_id": custom_id}


def menu(custom_id: str, placeholder: str, choices: Sequence[tuple[str, str]]) -> Json:
    """A row in which one of up to 25 (value, what it is called) is chosen."""
    options = [_choice(value, name, ()) for value, name in choices[:25]]
    return {
        "type": ROW,
        "components": [{"type": SELECT, "custom_id": custom_id, "placeholder": placeholder, "options": options}],
    }


def form(custom_id: str, title: str, *fields: Json) -> Json:
    """Up to five fields in a window of their own (a modal)."""
    return {"custom_id": custom_id, "title": cut(title, NAME), "components": list(fields)}


def typed(name: str, label: str, value: str = "", told: str = "", *, most: int = 100) -> Json:
    """A field of a form in which one line is typed."""
    written = {"type": INPUT, "style": 1, "custom_id": name, "required": True, "max_length": most}
    return _label(label, told, written | ({"value": value} if value else {}))


def chosen(
    name: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    there: Iterable[str] = (),
    told: str = "",
    *,
    most: int = 1,
) -> Json:
    """A field of a form in which some of up to 25 (value, what it is called) are chosen."""
    kept = choices[:25]
    marked = [value for value, _ in kept if value in set(there)][:most]
    select = {
        "type": SELECT,
        "custom_id": name,
        "options": [_choice(value, shown, marked) for value, shown in kept],
        "min_values": 0 if most > 1 else 1,
        "max_values": min(most, len(kept)),
        "required": most == 1,
    }
    return _label(label, told, select)


def channel(name: str, label: str, there: str, kinds: Sequence[int], told: str = "") -> Json:
    """A field of a form in which a channel is chosen."""
    select = {
        "type": CHANNELS,
        "custom_id": name,
        "channel_types": list(kinds),
        "default_values": [{"id": there, "type": "channel"}],
        "min_values": 1,
        "max_values": 1,
        "required": True,
    }
    return _label(label, told, select)


def without(pieces: Iterable[Json], prefix: str) -> list[Json]:
    """The pieces without the rows that have a component of ours with this prefix."""
    return [one for one in pieces if not any(_begins(part, prefix) for part in one.get("components") or ())]


def _begins(part: Json, prefix: str) -> bool:
    return str(part.get("custom_id") or "").startswith(prefix)


def _label(label: str, told: str, component: Json) -> Json:
    more = {"description": told} if told else {}
    return {"type": LABEL_OF, "label": label, **more, "component": component}


def _choice(value: str, name: str, marked: Iterable[str]) -> Json:
    return {"label": cut(tame(name), SHORT), "value": value} | ({"default": True} if value in marked else {})
