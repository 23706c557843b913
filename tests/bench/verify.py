"""The check of sentences: what it refuses in the labelled sets, and how many it checks in a second."""

import time
from collections.abc import Iterator
from itertools import islice

from bot.verifying import verify_lines
from tests.bench.bars import Bar
from tests.bench.measure import say
from tests.quality.verdicts import HARD, SETS, SOFT, lines_of, score

CHECKS = 1_000.0  # a second, on one core
SECONDS = 3.0  # at least so long is measured


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars = [*_quality(), _speed()]
    for bar in bars:
        say(str(bar))
    return all(bar.holds for bar in bars)


def _quality() -> Iterator[Bar]:
    for one in SETS:
        if not one.folder.exists():
            say(f"verify: no {one.name} set here")
            continue
        found = score(one.folder)
        say(f"verify, {one.name} set: hard {found.share(*HARD):.3f}, soft {found.share(*SOFT):.3f}")
        for line in found.table():
            say(line)
        yield Bar(f"{one.name}: hard errors refused", found.share(*one.hard), one.floor.hard, least=True)
        yield Bar(f"{one.name}: soft errors refused", found.share(*SOFT), one.floor.soft, least=True)
        yield Bar(f"{one.name}: faithful sentences refused", found.share(faithful=True), one.floor.faithful)


def _speed() -> Bar:
    """Sentences of stories, whose sources come again and again, as they do in a digest."""
    lines = [line for one in SETS if one.folder.exists() for line in lines_of(one.folder)]
    list(verify_lines(lines))  # the vocabulary of a day is there
    count, before = 0, time.process_time()
    while time.process_time() - before < SECONDS:
        count += sum(1 for _ in islice(verify_lines(lines), len(lines)))
    return Bar("verify: checks in a second of one core", count / (time.process_time() - before), CHECKS, least=True)
