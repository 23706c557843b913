"""The state that all parts of the stand-in share, and what they count."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.chats.faults import Faults
from tests.chats.rates import Mode, Rates
from tests.chats.world import Json, Message, World


@dataclass(slots=True)
class Settings:
    """How the stand-in behaves; times are seconds, no limit where it is None."""

    openapi: bool = True  # check every body against Discord's document, where it is there
    nonce_window: float = 300.0
    latency: tuple[float, float] = (0.0, 0.0)
    limit: int | None = None  # requests of one bot in a second
    mode: Mode = "fixed"
    channel_limit: int | None = None  # messages in one channel in `channel_window`
    channel_window: float = 5.0
    heartbeat: float = 41.25
    echo: bool = True  # tell connected bots of messages
    lean: bool = False  # compress what was posted: for benches with very many messages
    mark: str = ""  # what of a text makes it the same as another one, a regular expression; the whole text if empty
    interaction_deadline: float = 3.0
    token_life: float = 900.0
    shards: int = 1  # that it recommends
    concurrency: int = 1  # identifies that it takes in `spacing` seconds: one of each bucket
    spacing: float = 5.0
    starts: int = 1_000  # identifies in `starts_reset` seconds
    starts_reset: float = 86_400.0
    seed: int = 1
    behind: float = 0.0  # by which its clock is slow: that of ids and of the answers' Date


@dataclass(slots=True)
class Counters:
    """What happened since the start or the last reset."""

    requests: int = 0
    routes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    limited: Counter[str] = field(default_factory=Counter)  # 429s by scope: global, channel, slow, fault
    faults: Counter[str] = field(default_factory=Counter)
    invalid: int = 0  # 401, 403 and 429: those that lead to a ban
    messages: int = 0
    same_nonce: int = 0  # answered with the message that was there
    duplicates: list[Json] = field(default_factory=list)
    pinging: int = 0
    violations: list[Json] = field(default_factory=list)
    connections: int = 0
    identifies: int = 0
    early: int = 0  # identifies that were refused as their bucket had one just now
    resumes: int = 0
    at_once: int = 0
    most_at_once: int = 0


@dataclass(slots=True)
class Interaction:
    """What a person did, and what became of it."""

    id: int
    token: str
    channel: int
    person: int
    created: float
    data: Json
    message: int | None = None  # the one whose component was used
    acknowledged: int | None = None  # the type of the callback
    answered: Json | None = None  # its body
    after: float | None = None  # seconds from the interaction to the callback
    whole: float | None = None  # seconds from the interaction to what is to be read
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)


class Wrong(Exception):
    """An answer that is an error: HTTP status, Discord's code and message."""

    def __init__(self, status: int, code: int, message: str, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "code": code, **more}


class Limited(Exception):
    """A 429: seconds to wait, and what is limited."""

    def __init__(self, seconds: float, scope: str) -> None:
        super().__init__(scope)
        self.seconds = seconds
        self.scope = scope


def _unheard(_event: str, _data: Json, _guild: int | None) -> None:
    pass


class Hall:
    """Everything in one place: settings, world, counters, faults and rates."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.world = World()
        self.commands: dict[tuple[str, ...], list[Json]] = {}  # by application, or application and guild
        self.interactions: dict[str, Interaction] = {}  # by token
        self.files: dict[str, bytes] = {}  # what people uploaded, by its path
        self.handed: list[tuple[str, str]] = []  # the files of bots, with their names
        self.told: Callable[[str, Json, int | None], None] = _unheard  # replaced by the gateway
        self.listened: Callable[[], bool] = bool
        self.reset()

    def reset(self) -> None:
        """Forget what happened and what is to go wrong; the guilds, channels and messages stay."""
        self.counters = Counters()
        self.faults = Faults(self.settings.seed)
        self.chance = random.Random(self.settings.seed)
        self.seen: set[tuple[int, str, int]] = set()
        self.apply()

    def apply(self) -> None:
        """Make changed settings count."""
        chosen = self.settings
        self.world.behind = chosen.behind
        self.rates = Rates(chosen.limit, chosen.mode, chosen.channel_limit, chosen.channel_window)
        self._mark = re.compile(chosen.mark) if chosen.mark else None

    def clock(self) -> float:
        return time.monotonic()

    def violated(self, route: str, findings: list[tuple[str, str]]) -> Wrong:
        """Remember broken limits, and the error that answers them."""
        self.counters.violations.append({"route": route, "findings": findings})
        errors = {name: {"_errors": [{"code": "INVALID", "message": text}]} for name, text in findings}
        return Wrong(400, 50035, "Invalid Form Body", errors=errors)

    def counted(self, message: Message) -> None:
        """Count a new message, and whether it has been in its channel before."""
        self.counters.messages += 1
        self.counters.pinging += bool(message.pings)
        found = self._mark.search(message.text) if self._mark else None
        mark = found.group(0) if found else message.text
        keys = {(message.channel, "mark", hash(mark))} if mark else set()
        if message.nonce is not None:
            keys.add((message.channel, "nonce", hash(message.nonce)))
        if twice := keys & self.seen:
            names = sorted(kind for _, kind, _ in twice)
            self.counters.duplicates.append({"id": str(message.id), "channel": str(message.channel), "by": names})
        self.seen |= keys
