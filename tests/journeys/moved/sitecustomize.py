"""Read at the start of a process under libfaketime, whose `clock_nanosleep` refuses what `time.sleep` asks of it."""

import time
from threading import Event


def sleep(seconds: float) -> None:
    """Wait on a lock instead."""
    Event().wait(seconds)


time.sleep = sleep  # type: ignore[assignment]
