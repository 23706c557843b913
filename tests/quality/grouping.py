"""The labelled sets of articles, and how well the articles about one event find together on them."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.stories.group import group_lines

ROOT = Path(__file__).parents[2]
Pair = tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of pairs: rightly joined of all joined, and of all that belong together."""

    precision: float
    recall: float
    across: float  # recall of German-English pairs


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set, and below what it must not fall. `fair`: as mixed as the news are, so that the bars of a bench apply."""

    name: str
    file: Path
    floor: Score
    fair: bool


# The first two hold nearly nothing but hard cases: what has to be told apart although it looks alike. The unseen ones
# were written without knowing the program.
SETS = (
    Labelled("development", ROOT / "tests/quality/articles/development.jsonl", Score(0.97, 0.85, 0.85), fair=False),
    Labelled("held-out", ROOT / "tests/quality/articles/held_out.jsonl", Score(0.94, 0.97, 0.97), fair=False),
    Labelled("edition", ROOT / "cogs/console/edition/articles.jsonl", Score(0.98, 0.94, 0.95), fair=True),
    Labelled("unseen A", ROOT / "tests/quality/articles/unseen_a.jsonl", Score(0.98, 0.89, 0.91), fair=True),
    Labelled("unseen B", ROOT / "tests/quality/articles/unseen_b.jsonl", Score(0.98, 0.85, 0.87), fair=True),
    Labelled("shared", ROOT.parent / "shared/quality/articles.jsonl", Score(1.0, 0.95, 0.95), fair=True),
)


def score(file: Path) -> Score:
    """What the grouping makes of the set."""
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
    """Of these pairs, how many were joined."""
    found = [joined[id(pair)] for pair in pairs]
    return sum(found) / max(len(found), 1)
