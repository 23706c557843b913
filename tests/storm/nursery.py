"""Starts bots for the storm, each a process of its own that does what `python -m bot run` does.

They are forked from this process, which has imported everything and opened nothing: an import takes three seconds, of
which two hundred starts would be mostly made. It reads lines: a `Birth` is answered with the new process's id, such an
id with how that process ended, or with nothing while it lives. With its input it ends, and so do all bots.

What is shorter than in production, so that what a dead process left comes back while one watches: the lease of a
delivery, the pause between two looks at slots and at the outbox, the back-off, and the engine's pace. A job may outlive
any number of processes here; five in production. `Nature` tells what else is not as it is.
"""

import json
import os
import secrets
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import engine, posting, running, work
from bot.__main__ import main
from bot.deliveries import freedays, send
from bot.model import Delivery
from bot.ports import Engine
from bot.schedule import Tick
from cogs.discord.channel import DiscordChannel
from cogs.slack import client
from cogs.slack.channel import SlackChannel

SECOND = timedelta(seconds=1)
PACE = engine.Pace(poll=0.1, beat=0.5, silence=3.0, patience=5.0, lives=1_000_000)
LEASE = 3 * SECOND


@dataclass(frozen=True, slots=True)
class Nature:
    """How these bots differ from real ones. `marks`: a delivery is posted under the same nonce each time. `looks`: a
    message is looked for where it may be there. `trust`: seconds for which the chat is trusted to know a nonce.
    `retries`: Slack's own library tries again by itself, as it does by default."""

    marks: bool = True
    looks: bool = True
    trust: float | None = None
    retries: bool = False


@dataclass(frozen=True, slots=True)
class Birth:
    """A bot to be started: where it lies and writes to, its settings and its nature."""

    folder: str
    log: str
    environment: Mapping[str, str]
    nature: Nature

    def as_text(self) -> str:
        """What `birth_of` reads."""
        return json.dumps(asdict(self))


def birth_of(text: str) -> Birth:
    told = json.loads(text)
    return Birth(**told | {"nature": Nature(**told["nature"])})


def hurry() -> None:
    """Shorten what one would wait for."""
    posting.LEASE = LEASE
    running.POST_EVERY = SECOND
    send.FIRST, send.LONGEST = SECOND / 4, SECOND
    setattr(work, "open_engine", partial(engine.open_engine, pace=PACE))  # noqa: B010 - no name that it exports
    ticks = running.Running.ticks

    def sooner(self: running.Running, engine: Engine) -> Mapping[str, Tick]:
        usual = ticks(self, engine)
        return {**usual, "slots": replace(usual["slots"], every=SECOND)}

    running.Running.ticks = sooner  # type: ignore[method-assign]


def change(nature: Nature) -> None:
    """Take away what the nature lacks."""
    if not nature.marks:
        Delivery.mark = property(lambda _: secrets.token_hex(12))  # type: ignore[assignment,method-assign]
    if not nature.looks:
        DiscordChannel.find = _nothing  # type: ignore[assignment,method-assign]
        SlackChannel.find = _nothing  # type: ignore[assignment,method-assign]
    if nature.retries:
        setattr(client, "AsyncWebClient", _trying_again)  # noqa: B010 - no name that it exports
    if nature.trust is not None:
        DiscordChannel.memory = timedelta(seconds=nature.trust)


async def _nothing(_: DiscordChannel | SlackChannel, __: Delivery) -> str | None:
    return None


def _trying_again(*given: Any, **more: Any) -> AsyncWebClient:
    """As slack_sdk makes it."""
    return AsyncWebClient(*given, **{key: value for key, value in more.items() if key != "retry_handlers"})


def bear(birth: Birth) -> int:
    """A new bot; its process's id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _redirect(birth.log)
        os.chdir(birth.folder)
        os.environ.update(birth.environment)
        change(birth.nature)
        code = main(["run"])
    except BaseException:  # noqa: BLE001 - whatever it is, this must not go on as a second nursery
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _redirect(log: str) -> None:
    out, nothing = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), os.open(os.devnull, os.O_RDONLY)
    for number, target in enumerate((nothing, out, out)):
        os.dup2(target, number)


def serve() -> None:
    """Do as the lines say until there are no more."""
    children: set[int] = set()
    try:
        while line := sys.stdin.readline():
            _answer(_buried(int(line), children) if line.strip().isdecimal() else _born(line, children))
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def _born(line: str, children: set[int]) -> str:
    child = bear(birth_of(line))
    children.add(child)
    return str(child)


def _buried(child: int, children: set[int]) -> str:
    found, status = os.waitpid(child, os.WNOHANG)
    if not found:
        return ""
    children.discard(child)
    return str(os.waitstatus_to_exitcode(status))


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    freedays.load()
    hurry()
    _answer("ready")
    serve()
