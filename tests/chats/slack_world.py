"""What the stand-in for Slack knows: one workspace with its people, channels and messages."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.chats.faults import Faults

Json = dict[str, Any]

TEAM, BOT, BOT_ID, APP = "T0000000001", "U0000000BOT", "B0000000BOT", "A0000000001"
TOKEN, APP_TOKEN = "xoxb-loopback", "xapp-loopback"
CHANNEL, PERSON = "C0000000001", "U0000000042"
SCOPES = (
    "app_mentions:read channels:history channels:read chat:write commands files:write groups:history"
    " groups:read im:history im:read im:write users:read"
)


class Wrong(Exception):
    """An answer that is an error: Slack's name of it, and more fields."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error, **more}


@dataclass(slots=True)
class Message:
    """A message as it was posted; `only`: the person who alone sees it."""

    ts: str
    channel: str
    author: str
    body: Json
    pings: list[str]
    thread: str = ""
    only: str = ""
    edits: int = 0
    deleted: bool = False

    def shown(self, *, metadata: bool = False) -> Json:
        """As conversations.history tells it."""
        told = {"type": "message", "ts": self.ts, "user": self.author, "text": self.body.get("text", "")}
        told |= {"blocks": self.body["blocks"]} if self.body.get("blocks") else {}
        told |= {"thread_ts": self.thread} if self.thread else {}
        told |= {"bot_id": BOT_ID, "app_id": APP} if self.author == BOT else {}
        return told | ({"metadata": self.body["metadata"]} if metadata and self.body.get("metadata") else {})


@dataclass(slots=True)
class Room:
    """A channel, or direct messages with a `person`; `members` of people, `joined`: whether the bot is in it."""

    id: str
    name: str = "news"
    private: bool = False
    archived: bool = False
    joined: bool = True
    person: str = ""
    members: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Settings:
    """How the stand-in behaves; times are seconds."""

    latency: tuple[float, float] = (0.0, 0.0)
    spacing: float = 0.0  # between two messages in one channel; 0 lets all through
    deadline: float = 3.0  # of acknowledgements
    response_life: float = 1_800.0
    response_uses: int = 5
    seed: int = 1
    behind: float = 0.0  # by which its clock is slow


@dataclass(slots=True)
class Counters:
    """What happened since the start or the last reset."""

    requests: int = 0
    routes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    pinging: int = 0
    violations: list[Json] = field(default_factory=list)
    connections: int = 0
    late: int = 0  # acknowledgements after the deadline


@dataclass(slots=True)
class Deed:
    """What a person did, and what became of it: its acknowledgement, and what came by its response_url."""

    envelope: str
    kind: str
    payload: Json
    at: float
    after: float | None = None  # seconds until the acknowledgement
    answered: Json | None = None  # what it held
    responses: list[Json] = field(default_factory=list)


Told = Callable[[str, Json], Awaitable[Deed]]


class Workspace:
    """All of it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.token, self.app_token, self.scopes = TOKEN, APP_TOKEN, set(SCOPES.split())
        self.people: dict[str, Json] = {}
        self.rooms: dict[str, Room] = {}
        self.closed: set[str] = set()  # who takes no direct messages
        self.views: list[Json] = []  # opened, updated and published, the oldest first
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.triggers: dict[str, float] = {}
        self.deeds: list[Deed] = []
        self.responses: dict[str, Deed] = {}
        self.place = ""  # host and port
        self._last = 0
        self.reset()

    def reset(self) -> None:
        """Forget what happened, and what is to go wrong."""
        self.counters, self.faults = Counters(), Faults(self.settings.seed)
        self.spaced: dict[str, float] = {}

    def fill(self, channels: int) -> None:
        """Channels of consecutive ids, with one person in each."""
        self.people[PERSON] = {"name": "kim"}
        for number in range(channels):
            id_ = f"C{int(CHANNEL[1:]) + number:010}"
            self.rooms[id_] = Room(id_, f"news-{number + 1}", members={PERSON})

    def ts(self) -> str:
        """The time as Slack names messages; each is later than the one before."""
        self._last = max(self._last + 1, int((time.time() - self.settings.behind) * 1e6))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def direct(self, person: str) -> Room:
        """The direct messages with a person."""
        id_ = "D" + person[1:]
        return self.rooms.setdefault(id_, Room(id_, person=person, members={person}))

    def keep(self, message: Message) -> None:
        """Put a message into its channel, and count it."""
        self.rooms[message.channel].messages.append(message)
        self.counters.messages += 1
        self.counters.pinging += bool(message.pings)
