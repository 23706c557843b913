"""Whose feeds are whose.

A space is a server, a workspace or a person in direct messages, written as `Channel.home`: `discord:GUILD`,
`dm:discord:USER`. The empty one is everybody.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.model.news import Feed

EVERYBODYS = ""  # the space of what an operator adds for all


@dataclass(frozen=True, slots=True)
class SpaceFeed:
    """A feed that a space has of its own, under the name it gave it; `hidden`: one of everybody's that it won't see.

    `outlet` is what the feed calls itself: all that others who have the same address may know of its name. `by` is the
    person who added or hid it, such as `discord:USER`, empty for the operator.
    """

    space: str
    feed: Feed
    at: datetime
    by: str = ""
    outlet: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Which feeds a space is shown: everybody's but the `hidden` ones, and its `own`: pairs of address and name."""

    own: tuple[tuple[str, str], ...] = ()
    hidden: frozenset[str] = frozenset()


EVERYBODY = View()
