"""Starts bots for the storm, each a process of its own that does what `python -m bot run` does.

They are forked from this process, which has imported everything and opened nothing: an import takes three seconds, of
which two hundred starts would be mostly made. It reads lines: `start LOG` is answered with the new process's id, `wait
ID` with how it ended, once it has. With its input it ends, and so do all bots.

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

from bot import engine, posting, running, work
from bot.__main__ import main
from bot.deliveries import freedays, send
from bot.model import Delivery
from bot.ports import Engine
from bot.schedule import Tick
from cogs.discord.channel import DiscordChannel

SECOND = timedelta(seconds=1)
PACE = engine.Pace(poll=0.1, beat=0.5, silence=3.0, patience=5.0, lives=1_000_000)
LEASE = 5 * SECOND


@dataclass(frozen=True, slots=True)
class Nature:
    """How these bots differ from real ones. `marks`: a delivery is posted under the same nonce each time. `looks`: a
    message is looked for where it may be there. `trust`: seconds for which the chat is trusted to know a nonce."""

    marks: bool = True
    looks: bool = True
    trust: float | None = None

    def as_text(self) -> str:
        return json.dumps(asdict(self))


def hurry() -> None:
    """Shorten what one would wait for."""
    posting.LEASE = LEASE
    running.POST_EVERY = SECOND
    send.FIRST, send.LONGEST = SECOND / 2, 2 * SECOND
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
    if nature.trust is not None:
        memory = timedelta(seconds=nature.trust)
        setattr(posting, "needs_look", partial(send.needs_look, memory=memory))  # noqa: B010 - as above


async def _nothing(_: DiscordChannel, __: Delivery) -> str | None:
    return None


def bear(log: str) -> int:
    """A new bot that writes to this file; its process's id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _redirect(log)
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
            verb, _, what = line.strip().partition(" ")
            if verb == "start":
                children.add(answer := bear(what))
            else:
                answer = os.waitstatus_to_exitcode(os.waitpid(int(what), 0)[1])
                children.discard(int(what))
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    freedays.load()
    hurry()
    change(Nature(**json.loads(sys.argv[1])))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    serve()
