"""The peer: `reader`, with the workers that its documentation proposes.

python -m tests.bench.peer DATABASE < addresses
"""

import json
import sys
from importlib import import_module

from tests.bench.measure import Meter, say

WORKERS = 20


def main() -> None:
    # Its own copy of feedparser still asks for the module under the name that it had in Python 2.
    sys.modules.setdefault("sgmllib", import_module("feedparser_sgmllib"))
    reader = import_module("reader").make_reader(sys.argv[1])
    for url in sys.stdin.read().split():
        reader.add_feed(url, exist_ok=True)
    meter = Meter()
    reader.update_feeds(workers=WORKERS, scheduled=False)
    say(json.dumps(meter.read()))


if __name__ == "__main__":
    main()
