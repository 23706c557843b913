"""Runs `python -m bot` as a user would: a process and a directory of its own, no key."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def bot(*arguments: str, home: Path, given: bytes | str = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; data lies in `home`."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "DATA_DIR": str(home / "data"), "COLUMNS": "100"}
    run = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=clean | environment,
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


def is_one_german_line(words: str) -> bool:
    """Whether this is a single line that ends as a sentence does, and no traceback."""
    return words.count("\n") == 1 and "Traceback" not in words and words.rstrip()[-1] in ".?!"
