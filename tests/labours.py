"""Work for worker processes, good and bad; apart from the tests, so that a worker need not import pytest."""

import ctypes
import os
import resource
import sys
import time

from bot.errors import NotAFeed


def double(number: int) -> int:
    return 2 * number


def who() -> int:
    return os.getpid()


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def burn() -> None:
    while True:
        pass


def bloat(size: int) -> int:
    return len(bytearray(size))


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def complain() -> None:
    raise NotAFeed("Das ist kein Feed.")


def blunder() -> None:
    raise ZeroDivisionError


def modules() -> set[str]:
    return set(sys.modules)


def limits() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0]


def faults() -> int:
    """Pages asked of the kernel for 200 texts that come and go, each of the size of a feed."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(200):
        ("x" * (120_000 + number)).upper()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
