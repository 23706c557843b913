"""A terminal to type at: the console as its user sees it, in a process and on a pseudo-terminal of its own."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from select import select

from tests.journeys.commandline import ROOT

PATIENCE = 60  # seconds; only a test that fails waits so long


@dataclass
class Terminal:
    """One end of a pseudo-terminal; the console sits at the other."""

    keyboard: int
    process: subprocess.Popen[bytes]

    def until(self, words: str) -> str:
        """What appears until these words have."""
        seen = b""
        while words.encode() not in seen:
            assert select([self.keyboard], [], [], PATIENCE)[0], f"waited in vain for {words!r} after {seen!r}"
            seen += os.read(self.keyboard, 4096)
        return seen.decode()

    def types(self, keys: bytes) -> None:
        """Press keys; control characters are what they are on a keyboard."""
        os.write(self.keyboard, keys)

    def ends(self, pressing: bytes) -> int:
        """The exit code, after these keys.

        They are pressed again if nothing happens: Ctrl-C just before `input` waits is kept until the next key.
        """
        for _ in range(PATIENCE // 5):
            self.types(pressing)
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(5)
        raise AssertionError(f"{pressing!r} ended nothing")


@contextmanager
def typing_at(home: Path) -> Iterator[Terminal]:
    """A console on the feeds of `home`/feeds.toml, ended at last in any case."""
    keyboard, screen = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "DATA_DIR": str(home / "data"), "TERM": "dumb"}
    environment["FEEDS_FILE"] = str(home / "feeds.toml")
    command = [sys.executable, "-c", CONTROLLING, sys.executable, "-m", "bot", "console"]
    with subprocess.Popen(
        command, stdin=screen, stdout=screen, stderr=screen, cwd=ROOT, env=environment, start_new_session=True
    ) as process:
        os.close(screen)
        try:
            yield Terminal(keyboard, process)
        finally:
            process.kill()
            os.close(keyboard)


# Makes the pseudo-terminal the one that Ctrl-C comes from, then becomes the console.
CONTROLLING = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
