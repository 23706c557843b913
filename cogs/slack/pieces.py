"""The pieces of an answer, as Slack's Block Kit has them: text, buttons, menus, forms. Pure.

All mrkdwn here is `verbatim`: Slack makes no links, names or mentions of what only looks like one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cogs.slack.mrkdwn import cut, fitted, tame

Json = dict[str, Any]
Pieces = Sequence[Json]
ROOM = 2_900  # units of a text; a hundred less than a section takes
LABEL, OPTION, TITLE, PLACEHOLDER, VALUE = 75, 75, 24, 150, 2_000
OPTIONS = 100
PRIMARY, DANGER = "primary", "danger"
SPOKEN = 300  # units of what is told beside blocks, to who hears or is notified
METADATA = 3_000  # characters that a form brings back


def text(told: str) -> Json:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": marked(told)}


def small(told: str) -> Json:
    """A line in small letters."""
    return {"type": "context", "elements": [marked(told)]}


def header(told: str) -> Json:
    """A headline in plain text."""
    return {"type": "header", "text": bare(cut(tame(told), 140))}


def line() -> Json:
    """A line across."""
    return {"type": "divider"}


def marked(told: str) -> Json:
    """Finished mrkdwn."""
    return {"type": "mrkdwn", "text": fitted(told, ROOM) or "…", "verbatim": True}


def bare(told: str) -> Json:
    """Plain text, in which nothing but an entity means anything."""
    return {"type": "plain_text", "text": told.replace("&", "&amp;") or "…", "emoji": False}


def buttons(*those: Json) -> Json:
    """Some buttons in a row."""
    return {"type": "actions", "elements": list(those)}


def button(label: str, action: str, value: str = "", style: str = "") -> Json:
    """Something to press: `action` decides who answers it, and `value` comes along. No two of a row have one action."""
    made = {"type": "button", "text": bare(cut(label, LABEL)), "action_id": action}
    return made | ({"value": value} if value else {}) | ({"style": style} if style else {})


def menu(action: str, placeholder: str, choices: Sequence[tuple[str, str]]) -> Json:
    """A row in which one of up to 100 (value, what it is called) is chosen."""
    options = [_choice(*one) for one in choices[:OPTIONS]]
    element = {"type": "static_select", "action_id": action, "placeholder": bare(placeholder), "options": options}
    return {"type": "actions", "elements": [element]}


def overflow(action: str, choices: Sequence[tuple[str, str]]) -> Json:
    """Up to five (value, what it is called) behind three dots."""
    return {"type": "overflow", "action_id": action, "options": [_choice(*one) for one in choices]}


def form(callback: str, title: str, context: Mapping[str, str], *fields: Json) -> Json:
    """A window of its own (a modal). `context` comes back with it."""
    kept = json.dumps(dict(context), separators=(",", ":"))
    return {
        "type": "modal",
        "callback_id": callback,
        "title": bare(cut(title, TITLE)),
        "submit": bare("Senden"),
        "close": bare("Abbrechen"),
        "private_metadata": kept if len(kept) <= METADATA else "{}",
        "blocks": list(fields),
    }


def typed(name: str, label: str, value: str = "", told: str = "", *, most: int = 100, lines: bool = False) -> Json:
    """A field of a form in which something is typed."""
    element = {"type": "plain_text_input", "action_id": name, "max_length": most, "multiline": lines}
    return _field(name, label, element | ({"initial_value": value} if value else {}), told)


def chosen(
    name: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    there: Iterable[str] = (),
    told: str = "",
    *,
    most: int = 1,
) -> Json:
    """A field of a form in which some (value, what it is called) are chosen; with `most` over 1 none will do."""
    options = [_choice(*one) for one in choices[:OPTIONS]]
    first = [one for one in options if one["value"] in set(there)][:most]
    if most == 1:
        element = {"type": "static_select", "action_id": name, "options": options}
        return _field(name, label, element | ({"initial_option": first[0]} if first else {}), told)
    element = {"type": "multi_static_select", "action_id": name, "options": options}
    made = _field(name, label, element | ({"initial_options": first} if first else {}), told)
    return made | {"optional": True}


def channel(name: str, label: str, there: str, told: str = "") -> Json:
    """A field of a form in which a channel is chosen."""
    wanted = {"include": ["public", "private"], "exclude_bot_users": True}
    element = {"type": "conversations_select", "action_id": name, "filter": wanted}
    return _field(name, label, element | ({"initial_conversation": there} if there[:1] in {"C", "G"} else {}), told)


def message(blocks: Pieces, spoken: str = "") -> Json:
    """A message of these pieces, which notifies nobody and shows no previews."""
    told = spoken or next((one["text"]["text"] for one in blocks if one["type"] in {"section", "header"}), "…")
    return {"blocks": list(blocks), "text": fitted(told, SPOKEN), "unfurl_links": False, "unfurl_media": False}


def without(blocks: Iterable[Json], action: str) -> list[Json]:
    """The pieces without rows of this action, and without such menus beside texts."""
    kept = [one for one in blocks if not any(_begins(part, action) for part in one.get("elements") or ())]
    return [_bared(one) if _begins(one.get("accessory") or {}, action) else one for one in kept]


def _bared(one: Json) -> Json:
    return {key: value for key, value in one.items() if key != "accessory"}


def _begins(part: Json, action: str) -> bool:
    return str(part.get("action_id") or "").startswith(action)


def _field(name: str, label: str, element: Json, told: str) -> Json:
    made = {"type": "input", "block_id": name, "label": bare(label), "element": element}
    return made | ({"hint": bare(told)} if told else {})


def _choice(value: str, name: str) -> Json:
    return {"text": bare(cut(tame(name), OPTION - 5)), "value": value}
