"""What the stand-in knows: bots, guilds, channels and messages, in plain dictionaries."""

import json
import time
import zlib
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEXT, DM, ANNOUNCEMENT, ANNOUNCEMENT_THREAD, THREAD, PRIVATE_THREAD, FORUM = 0, 1, 5, 10, 11, 12, 15
KINDS = {"text": TEXT, "announcement": ANNOUNCEMENT, "forum": FORUM}
THREADS = frozenset({ANNOUNCEMENT_THREAD, THREAD, PRIVATE_THREAD})

PERMISSIONS = {
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
USUAL = (
    "view_channel send_messages embed_links attach_files read_message_history create_public_threads"
    " send_messages_in_threads"
)

TOKEN = "loopback-token"
BOT = 700000000000000001
GUILD = 100000000000000001
CHANNEL = 200000000000000001
EPOCH = 1420070400000  # Discord's, in milliseconds


def bits(permissions: str | int) -> int:
    """The bit set of permissions named with blanks between them."""
    if isinstance(permissions, int):
        return permissions
    return sum(PERMISSIONS[name] for name in permissions.split())


@dataclass(slots=True)
class Bot:
    id: int
    name: str = "Depesche"


@dataclass(slots=True)
class Guild:
    id: int
    name: str
    owner: int = 1
    permissions: int = bits(USUAL)
    members: set[int] = field(default_factory=set)
    out: bool = False  # of order: told to be unavailable


@dataclass(slots=True)
class Message:
    """A message; `written` is its body and what readers see of it, compressed once `pack` was called."""

    id: int
    channel: int
    author: int
    created: float
    written: tuple[Json, str] | bytes
    pings: list[str] = field(default_factory=list)
    nonce: str | int | None = None
    flags: int = 0
    thread: int | None = None
    edited: float | None = None
    deleted: bool = False

    @property
    def body(self) -> Json:
        return self._read()[0]

    @property
    def text(self) -> str:
        return self._read()[1]

    def pack(self) -> None:
        """Keep it in a tenth of the memory."""
        self.written = zlib.compress(json.dumps(self._read()).encode(), 1)

    def _read(self) -> tuple[Json, str]:
        if isinstance(self.written, bytes):
            body, text = json.loads(zlib.decompress(self.written))
            return body, text
        return self.written


@dataclass(slots=True)
class Channel:
    """A channel, a thread (with its parent) or direct messages (with the person). No permissions: the guild's."""

    id: int
    kind: int = TEXT
    guild: int | None = None
    name: str = "news"
    permissions: int | None = None
    parent: int | None = None
    person: int | None = None
    owner: int | None = None
    layouts: bool = True  # whether Components V2 are taken
    locked: bool = False
    archived: bool = False
    slowmode: float = 0.0
    messages: list[Message] = field(default_factory=list)


class World:
    """All of it; ids are integers here and strings on the wire."""

    def __init__(self) -> None:
        self.bots: dict[str, Bot] = {TOKEN: Bot(BOT)}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.direct: dict[tuple[int, int], int] = {}
        self.closed: set[int] = set()
        self.messages: dict[int, Message] = {}
        self.nonces: dict[tuple[int, int, str | int], tuple[float, Message]] = {}
        self.behind = 0.0  # seconds
        self._last = 0

    def fill(self, guilds: int, channels: int) -> None:
        """Make guilds of consecutive ids, and this many text channels in all, spread evenly over them."""
        for number in range(guilds):
            self.guilds[GUILD + number] = Guild(GUILD + number, f"Gilde {number + 1}")
        for number in range(channels):
            guild = GUILD + number % guilds
            self.channels[CHANNEL + number] = Channel(CHANNEL + number, TEXT, guild, f"news-{number + 1}")

    def snowflake(self) -> int:
        """A new id that tells the time; each is greater than the one before."""
        self._last = max(self._last + 1, (int((time.time() - self.behind) * 1_000) - EPOCH) << 22)
        return self._last

    def permissions(self, channel: Channel) -> int:
        """What bots may do there; a thread has its parent's."""
        while channel.parent is not None and channel.kind in THREADS:
            channel = self.channels[channel.parent]
        if channel.permissions is not None:
            return channel.permissions
        return -1 if channel.guild is None else self.guilds[channel.guild].permissions

    def keep(self, message: Message) -> None:
        """Put a message into its channel."""
        self.messages[message.id] = message
        self.channels[message.channel].messages.append(message)

    def drop_channel(self, channel: int) -> Channel:
        """Forget a channel and its threads; its messages stay listed."""
        for thread in [one.id for one in self.channels.values() if one.parent == channel]:
            del self.channels[thread]
        return self.channels.pop(channel)

    def drop_guild(self, guild: int) -> None:
        """Forget a guild with its channels."""
        for channel in [one.id for one in self.channels.values() if one.guild == guild]:
            self.channels.pop(channel)
        del self.guilds[guild]
