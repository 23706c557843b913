"""How well articles about one event find together: pairwise precision and recall, with floors that
move only on purpose.

Three sets: one to develop on, one held out, and the sample edition, which was written without regard to the grouping.
"""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.stories.group import group_lines

ROOT = Path(__file__).parents[2]
SETS = {
    "development": ROOT / "tests/quality/articles/development.jsonl",
    "held out": ROOT / "tests/quality/articles/held_out.jsonl",
    "edition": ROOT / "cogs/console/edition/articles.jsonl",
}
Pair = tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of pairs: rightly joined of all joined, and of all that belong together."""

    precision: float
    recall: float
    across: float  # recall of German-English pairs


def score(file: Path) -> Score:
    articles = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    articles.sort(key=lambda article: datetime.fromisoformat(article["published"]))
    told = map(json.loads, group_lines(json.dumps(article) for article in articles))
    stories = {row["id"]: row["story"] for row in told}
    pairs = list(itertools.combinations(articles, 2))
    joined = {id(pair): stories[pair[0]["id"]] == stories[pair[1]["id"]] for pair in pairs}
    true = [pair for pair in pairs if pair[0]["event"] == pair[1]["event"]]
    across = [pair for pair in true if pair[0]["language"] != pair[1]["language"]]
    right = share(true, joined) * len(true)
    return Score(right / max(sum(joined.values()), 1), share(true, joined), share(across, joined))


def share(pairs: Iterable[Pair], joined: dict[int, bool]) -> float:
    found = [joined[id(pair)] for pair in pairs]
    return sum(found) / max(len(found), 1)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("development", Score(0.80, 0.85, 0.85)),
        ("held out", Score(0.93, 0.95, 0.95)),
        ("edition", Score(0.97, 0.80, 0.85)),
    ],
)
def test_stories_keep_their_floor(name: str, floor: Score) -> None:
    reached = score(SETS[name])

    assert reached.precision >= floor.precision, reached
    assert reached.recall >= floor.recall, reached
    assert reached.across >= floor.across, reached
