"""`python -m tests.storm`: one storm, and its figures in one line. Exit code 1: something was lost or double.

`--control` takes away what protects from doubles; it fails where there are none. `--forgetful` has the chat forget its
nonces whenever a bot is dead.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import create, serving
from tests.storm.bots import nursing
from tests.storm.storm import Figures, Plan, storm


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty one."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder}/depesche.db"
        return
    with serving() as server:
        yield create(server)


async def weathered(plan: Plan, url: str, folder: Path) -> Figures:
    """One storm with a nursery of its own."""
    async with nursing() as nursery:
        return await storm(plan, url, folder, nursery)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.storm")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--deliveries", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--surface", choices=["discord", "slack"], default="discord")
    parser.add_argument("--forgetful", action="store_true")
    parser.add_argument("--control", action="store_true")
    given = vars(parser.parse_args())
    kind, plan = given.pop("database"), Plan(**given)
    with TemporaryDirectory(prefix="depesche-") as name, database(kind, Path(name)) as url:
        figures = asyncio.run(weathered(plan, url, Path(name)))
    what = " ".join(name for name in ("forgetful", "control") if given[name])
    sys.stdout.write(f"{plan.surface} {kind} processes={plan.processes} seed={plan.seed} {what} {figures.line()}\n")
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
