"""What Discord says of an interaction -> what was asked, by whom, and where. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from cogs.discord.rights import ADMINISTRATOR

Given = Mapping[str, Any]
SUBCOMMAND, GROUP = 1, 2  # kinds of options
_LINK = re.compile(r"https?://[^\s<>\"“”„|\[\]]+", re.IGNORECASE)
_AFTER = ".,;:!?'*_`"  # what may stand behind a link


class Kind(IntEnum):
    """What a person did, as Discord numbers it."""

    COMMAND = 2
    COMPONENT = 3
    TYPING = 4
    MODAL = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that was named: what the person may do there, as bits, if Discord said so, and its kind."""

    id: str
    rights: int | None = None
    kind: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file that was handed in: its size in bytes, and where Discord keeps it."""

    name: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One interaction. `name`: „digest setup“, „Summarise“, or the custom id of a component or modal.

    `options`: by their English names, or a modal's fields by theirs; several values stand with commas between them.
    `space` is empty outside of servers, `direct`: with the bot alone, `thread`: in one. `rights` are the person's in
    this channel, `own` the bot's. `texts` are of the message whose menu it was, or in which the component is; `shown`
    are its components. `parent`: the channel of the thread. `files`: those handed in, by their ids.
    """

    kind: Kind
    name: str
    person: str
    channel: str
    space: str = ""
    direct: bool = False
    locale: str = "de"
    rights: int = 0
    own: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    focused: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    shown: tuple[Given, ...] = ()
    message: str = ""
    thread: bool = False
    parent: str = ""
    files: Mapping[str, File] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The server, or the person outside of servers, as `Channel.home` writes it: whose feeds are seen."""
        return f"discord:{self.space}" if self.space else f"dm:discord:{self.person}"

    @property
    def prefix(self) -> str:
        """What a custom id begins with, and what decides who answers it: „digest:pause“."""
        return ":".join(self.name.split(":")[:2])

    @property
    def rest(self) -> str:
        """What a custom id holds beyond its prefix."""
        return self.name[len(self.prefix) + 1 :]

    @property
    def german(self) -> bool:
        """Whether the person uses Discord in German."""
        return self.locale.casefold().startswith("de")

    def may(self, right: int, channel: str = "") -> bool | None:
        """Whether the person has a right in this channel, or in one that was named; None where nobody has said so."""
        here = channel in {"", self.channel}
        held = self.rights if here else self.places.get(channel, Place(channel)).rights
        return None if held is None else bool(held & (right | ADMINISTRATOR))


@dataclass(frozen=True, slots=True)
class Data:
    """The inner part of an interaction."""

    name: str
    options: Mapping[str, str]
    values: tuple[str, ...]
    focused: str
    places: Mapping[str, Place]
    texts: tuple[str, ...]
    message: str
    files: Mapping[str, File] = field(default_factory=dict)


def data(given: Given) -> Data:
    """The inner part as Discord sends it, whichever kind it is."""
    resolved = given.get("resolved") or {}
    path, options = _path(given)
    fields = dict(_fields(given.get("components") or ()))
    target = str(given.get("target_id") or "")
    return Data(
        str(given.get("custom_id") or " ".join(path)),
        {str(one["name"]): _value(one.get("value", "")) for one in options} | fields,
        tuple(map(str, given.get("values") or ())),
        next((str(one["name"]) for one in options if one.get("focused")), ""),
        {key: _place(one) for key, one in (resolved.get("channels") or {}).items()},
        texts((resolved.get("messages") or {}).get(target) or {}),
        target,
        {key: _file(one) for key, one in (resolved.get("attachments") or {}).items()},
    )


def texts(message: Given) -> tuple[str, ...]:
    """All text of a message: what was written, what its embeds and its components say."""
    embeds = [one.get(key) for one in message.get("embeds") or () for key in ("url", "title", "description")]
    told = [message.get("content"), *embeds, *_contents(message.get("components") or ())]
    return tuple(text for text in told if text)


def links(told: Iterable[str], most: int = 10) -> list[str]:
    """The addresses in these texts, each once, in order."""
    found = (_ended(match.group()) for text in told for match in _LINK.finditer(text))
    return list(dict.fromkeys(found))[:most]


def _ended(link: str) -> str:
    """Without what is no part of it: in „(siehe https://a.example/x).“ a bracket that it doesn't open itself."""
    link = link.rstrip(_AFTER)
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1].rstrip(_AFTER)
    return link


def _path(given: Given) -> tuple[list[str], Sequence[Given]]:
    """The names of a command and its subcommand, and the options of the last one."""
    names, options = [str(given.get("name") or "")], given.get("options") or ()
    while options and options[0].get("type") in {SUBCOMMAND, GROUP}:
        names.append(str(options[0]["name"]))
        options = options[0].get("options") or ()
    return names, options


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _place(one: Given) -> Place:
    held = one.get("permissions")
    return Place(str(one["id"]), None if held is None else int(held), int(one.get("type") or 0))


def _file(one: Given) -> File:
    return File(str(one.get("filename") or ""), int(one.get("size") or 0), str(one.get("url") or ""))


def _fields(components: Iterable[Given]) -> Iterator[tuple[str, str]]:
    """The fields of a modal, each with what was typed or chosen."""
    for one in components:
        if "custom_id" in one:
            chosen = one.get("values")
            yield str(one["custom_id"]), str(one.get("value") or "") if chosen is None else ",".join(map(str, chosen))
        yield from _fields(one.get("components") or ())
        yield from _fields([one["component"]] if one.get("component") else ())


def _contents(components: Iterable[Given]) -> Iterator[str]:
    for one in components:
        yield one.get("content") or ""
        yield from _contents(one.get("components") or ())
