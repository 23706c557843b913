"""`python -m tests.bench [NAME …]`: measures what we promise; without a name, everything. Exit code 1: a bar fell."""

import sys
from importlib import import_module

# A bench is a module here with `main() -> bool`: prints its figures, tells whether all its bars hold.
NAMES = ("poll", "stories", "verify", "plan", "deliver", "talk")


def run(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(unknown)}. There are: {', '.join(NAMES)}.\n")
        return 2
    held = [import_module(f"tests.bench.{name}").main() for name in names or NAMES]
    return 0 if all(one is not False for one in held) else 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
