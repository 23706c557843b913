"""Labelled sentences (a folder with `articles.jsonl` and `sentences.jsonl`), and what the check says, by class."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.german.sentences import sentences
from bot.verifying import verify_lines

ROOT = Path(__file__).parents[2]
HARD = frozenset(("number", "unit", "scale", "date", "name", "quote"))  # what must not get through
SOFT = frozenset(("negation", "hedge_lost"))
SHOWN = ("title", "text", "language", "published", "outlet", "url")
Class = tuple[bool, str]  # whether it is faithful, and how it is or what is wrong with it


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many sentences of each class were refused, and of how many."""

    refused: Mapping[Class, int]
    total: Mapping[Class, int]

    def share(self, *classes: str, faithful: bool = False) -> float:
        """Of all sentences of these classes (of all, where none is named), the share that was refused."""
        chosen = [one for one in self.total if one[0] == faithful and (not classes or one[1] in classes)]
        return sum(self.refused[one] for one in chosen) / max(sum(self.total[one] for one in chosen), 1)

    def table(self) -> Iterator[str]:
        """A line for each class."""
        for faithful, name in sorted(self.total):
            label = "faithful" if faithful else "unfaithful"
            of = f"{self.refused[faithful, name]:3} of {self.total[faithful, name]:3}"
            yield f"    {label:10} {name:24} refused {of}"


@dataclass(frozen=True, slots=True)
class Floor:
    """Shares refused: at least so much of what is wrong, at most so much of what is faithful."""

    hard: float
    soft: float
    faithful: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set, which classes of errors it is there for, and its floor."""

    name: str
    folder: Path
    floor: Floor
    hard: frozenset[str] = HARD


# The first set was there while the check was written, the second was seen late, the third never: it tells most.
SETS = (
    Labelled("development", ROOT / "tests/quality/sentences/development", Floor(0.92, 0.0, 0.02)),
    Labelled("blind", ROOT / "tests/quality/sentences/blind", Floor(0.91, 0.5, 0.03)),
    Labelled("blind-2", ROOT / "tests/quality/sentences/blind-2", Floor(0.87, 0.2, 0.095)),
    Labelled("shared", ROOT.parent / "shared/quality", Floor(0.82, 0.4, 0.04)),
)


def own_lines(file: Path) -> list[str]:
    """Each sentence of each German article of a file, with its own article as the source: all of them are faithful."""
    return [
        json.dumps({"id": None, "sentence": sentence, "sources": [article]})
        for article in _rows(file)
        if article["language"] == "de"
        for sentence in sentences(article["text"])
    ]


def lines_of(folder: Path) -> list[str]:
    """The sentences of a set as `verify` reads them."""
    articles = {one["id"]: one for one in _rows(folder / "articles.jsonl")}
    return [
        json.dumps(
            {
                "id": one["id"],
                "sentence": one["sentence"],
                "sources": [{key: articles[one["article_id"]].get(key) for key in SHOWN}],
            }
        )
        for one in _rows(folder / "sentences.jsonl")
    ]


def score(folder: Path) -> Verdicts:
    """What the check makes of a set."""
    refused, total = defaultdict[Class, int](int), defaultdict[Class, int](int)
    answers = map(json.loads, verify_lines(lines_of(folder)))
    for sentence, answer in zip(_rows(folder / "sentences.jsonl"), answers, strict=True):
        one = (sentence["label"] == "faithful", sentence["class"])
        refused[one] += not answer["ok"]
        total[one] += 1
    return Verdicts(refused, total)


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
