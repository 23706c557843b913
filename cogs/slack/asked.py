"""What Slack says that somebody did -> what was asked, by whom, and where. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from bot.model import Channel, Platform
from cogs.slack.menu import MENU
from cogs.slack.mrkdwn import unescaped

Payload = Mapping[str, Any]
_LINK = re.compile(r"https?://[^\s<>\"“”„|\[\]]+", re.IGNORECASE)
_AFTER = ".,;:!?'*_`"  # what may stand behind a link


class Kind(Enum):
    """What a person did."""

    COMMAND = auto()
    PART = auto()  # pressed a button, or chose from a menu
    FORM = auto()
    SHORTCUT = auto()  # of a message's menu


KINDS = {
    "block_actions": Kind.PART,
    "view_submission": Kind.FORM,
    "message_action": Kind.SHORTCUT,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One of these. `name`: of the command as typed, the action, or the form; `told`: what was typed after a command.

    `value`: of a button, or what was chosen; `options`: the fields of a form, several values with commas between them.
    `context`: what a form was opened with, with the way back in it. `url` takes answers; `trigger` opens a form, for
    three seconds. `message` has the component, and everybody sees it if it is `open`. `texts`: of the message whose
    menu it was. `at_home`: in the home tab.
    """

    kind: Kind
    name: str
    person: str
    space: str
    channel: str = ""
    told: str = ""
    value: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    trigger: str = ""
    message: str = ""
    open: bool = False
    thread: str = ""
    texts: tuple[str, ...] = ()
    who: str = ""
    at_home: bool = False

    @property
    def direct(self) -> bool:
        """Whether it is in direct messages, the home tab counting as such."""
        return self.at_home or self.channel.startswith("D")

    @property
    def asker(self) -> Channel:
        """The person."""
        return Channel(Platform.SLACK, self.space, self.person, direct=True)

    @property
    def place(self) -> Channel:
        """The channel, or the person in direct messages."""
        return self.asker if self.direct else Channel(Platform.SLACK, self.space, self.channel)

    @property
    def home(self) -> str:
        """The workspace, or the person in direct messages, as `Channel.home` writes it: whose feeds are seen."""
        return self.place.home

    def back(self, **more: str) -> dict[str, str]:
        """What a form takes along, so that its answer finds the way back."""
        here = {"url": self.url, "channel": self.channel, "thread": self.thread, "home": "1" if self.at_home else ""}
        return {key: value for key, value in {**here, **more}.items() if value}


def asked_of(given: Payload) -> Asked:
    """What was asked. Raises `LookupError` for what is none of these."""
    if "command" in given:
        return _typed(given)
    kind = KINDS[str(given.get("type"))]
    user, team = given["user"], given.get("team") or {}
    base: dict[str, Any] = {
        "kind": kind,
        "person": str(user["id"]),
        "space": str(team.get("id") or user.get("team_id") or ""),
        "who": str(user.get("name") or user.get("username") or ""),
        "trigger": str(given.get("trigger_id") or ""),
        "url": str(given.get("response_url") or ""),
    }
    if kind is Kind.PART:
        return Asked(**base | _part(given))
    return Asked(**base | (_form(given) if kind is Kind.FORM else _shortcut(given)))


def links(told: Iterable[str], most: int = 10) -> list[str]:
    """The addresses in these texts, each once, in order."""
    found = (_ended(match.group()) for text in told for match in _LINK.finditer(unescaped(text)))
    return list(dict.fromkeys(found))[:most]


def _ended(link: str) -> str:
    """Without what is no part of it: in „(siehe https://a.example/x).“ a bracket that it doesn't open itself."""
    link = link.rstrip(_AFTER)
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1].rstrip(_AFTER)
    return link


def _typed(given: Payload) -> Asked:
    return Asked(
        Kind.COMMAND,
        str(given["command"]).lstrip("/").casefold(),
        str(given["user_id"]),
        str(given["team_id"]),
        str(given.get("channel_id") or ""),
        unescaped(str(given.get("text") or "")),
        url=str(given.get("response_url") or ""),
        trigger=str(given.get("trigger_id") or ""),
        who=str(given.get("user_name") or ""),
    )


def _part(given: Payload) -> dict[str, Any]:
    action, container = given["actions"][0], given.get("container") or {}
    name, value = str(action.get("action_id") or ""), _value(action)
    if name == MENU:
        name, _, value = value.rpartition(":")
    message = given.get("message") or {}
    return {
        "name": name,
        "value": value,
        "channel": str((given.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        "message": str(message.get("ts") or container.get("message_ts") or ""),
        "open": bool(message) and not container.get("is_ephemeral"),
        "thread": str(message.get("thread_ts") or container.get("thread_ts") or ""),
        "at_home": container.get("type") == "view",
    }


def _form(given: Payload) -> dict[str, Any]:
    view = given["view"]
    context = _context(str(view.get("private_metadata") or ""))
    values = (view.get("state") or {}).get("values") or {}
    return {
        "name": str(view.get("callback_id") or ""),
        "options": {block: _value(one) for block, parts in values.items() for one in parts.values()},
        "context": context,
        "channel": context.get("channel", ""),
        "thread": context.get("thread", ""),
        "url": context.get("url", ""),
        "at_home": bool(context.get("home")),
    }


def _shortcut(given: Payload) -> dict[str, Any]:
    message = given.get("message") or {}
    return {
        "name": str(given.get("callback_id") or ""),
        "channel": str((given.get("channel") or {}).get("id") or ""),
        "thread": str(message.get("thread_ts") or ""),
        "texts": tuple(_texts(message)),
    }


def _context(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _value(one: Payload) -> str:
    """What was typed or chosen; several with commas between them."""
    several = one.get("selected_options")
    if several is not None:
        return ",".join(str(each["value"]) for each in several)
    single = one.get("selected_option")
    return str((single or {}).get("value") or one.get("selected_conversation") or one.get("value") or "")


def _texts(value: object) -> Iterator[str]:
    """Every text and address within a message."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"text", "url", "from_url", "title_link"} and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
