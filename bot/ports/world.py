"""The time, the web, worker processes, and language models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar, TypeVarTuple

from pydantic import BaseModel

from bot.model import Tokens, Use

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
AnswerT = TypeVar("AnswerT", bound=BaseModel)


# Told of every step of long work: its German name, how much is done, and of how much.
Progress = Callable[[str, int, int], None]


class Clock(Protocol):
    """The time, in UTC. Tests and the sample edition move it."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. `limit` bounds the decompressed body in bytes, `patience` the whole request in seconds."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    limit: int = 8_000_000
    patience: float = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 200 or 304. `url` is where it came from, after redirects.

    `permanent` is the address that 301 and 308 alone led to, None where there was none. Header names are in lower case.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    permanent: str | None = None


class Web(Protocol):
    """The world's web servers, asked politely: one request at a time to each scheme, host and port, with spacing."""

    async def get(self, request: Request) -> Answer:
        """Ask once, following redirects. Raises `SourceError`: every address is checked before it is connected to."""
        ...

    def address(self, url: str) -> str:
        """The address in its one form, as it is asked. Raises `Refused` where it may not be; opens nothing."""
        ...

    async def allowed(self, url: str) -> bool:
        """Whether the site's robots.txt lets us read this page."""
        ...


class Workers(Protocol):
    """Worker processes for what may be slow, large or hostile; the event loop never waits for a parser."""

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, seconds: float = 10.0) -> T:
        """Call a module-level function in a worker. Kills it and raises `TooMuch` after so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `constant` never changes and comes first (endpoints cache it); `question` is the rest.

    `story`: the one that it is about, so that the account can tell what it cost.
    """

    constant: str
    question: str
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Reply(Generic[AnswerT]):
    """A validated answer, the name of the model that gave it, and what it used, in so many calls."""

    answer: AnswerT
    model: str
    tokens: Tokens
    calls: int = 1

    @property
    def use(self) -> Use:
        """For the account."""
        return Use(self.model, self.tokens, self.calls)


class Model(Protocol):
    """A language model, or a chain of them."""

    @property
    def name(self) -> str:
        """The model asked first; part of what a stored summary belongs to."""
        ...

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> "Reply[AnswerT]":
        """An answer of this shape. Raises `ModelError`; retries, fallbacks and the daily limit are its own business."""
        ...
