"""What a feed says, word for word: the common shape of the three readers, before anything is cleaned."""

from dataclasses import dataclass
from typing import NamedTuple


class Markup(NamedTuple):
    """A piece of text; `html` where its feed declares that it is marked up."""

    value: str
    html: bool = True


class RawEntry(NamedTuple):
    """One entry. `base` is the address that its relative link starts from, where the entry names one."""

    title: str | None = None
    link: str | None = None
    id: str | None = None
    published: str | None = None
    updated: str | None = None
    body: Markup | None = None
    summary: Markup | None = None
    base: str = ""


@dataclass(slots=True, frozen=True)
class RawDocument:
    """One feed. `ttl` is in minutes, `period` a word such as `hourly` and `frequency` how often in each."""

    entries: tuple[RawEntry, ...] = ()
    title: str | None = None
    link: str | None = None
    language: str | None = None
    ttl: str | None = None
    period: str | None = None
    frequency: str | None = None
