"""Grouping: what it finds on the labelled sets, and what a new article costs in a full window and over a large store.

The articles of the window are generated: sentences of the sample edition, with invented names as frequent as names are.
"""

import asyncio
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

from bot.model import Article, Language
from bot.placing import Placing
from bot.store.migrate import migrate
from bot.store.store import DatabaseStore, open_store
from bot.stories.group import Window
from tests.bench.bars import Bar
from tests.bench.measure import say
from tests.quality.grouping import SETS, score

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
WINDOW, HOURS = 10_000, 72
STORED = 1_000_000
NEW = 300  # articles that are timed
MILLISECONDS = 5.0
NAMES = 4_000
EDITION = Path(__file__).parents[2] / "cogs/console/edition/articles.jsonl"


def main() -> bool:
    """Print all figures; whether all bars hold."""
    bars = [*_quality(), *_speed(), *asyncio.run(_stored())]
    for bar in bars:
        say(str(bar))
    return all(bar.holds for bar in bars)


def _quality() -> Iterator[Bar]:
    for one in SETS:
        if not one.file.exists():
            say(f"stories: no {one.name} set here")
            continue
        found = score(one.file)
        told = f"precision {found.precision:.3f}, recall {found.recall:.3f}, across languages {found.across:.3f}"
        say(f"stories, {one.name} set: {told}")
        if one.fair:
            yield Bar(f"{one.name}: precision", found.precision, 0.97, least=True)
            yield Bar(f"{one.name}: recall", found.recall, 0.85, least=True)
            yield Bar(f"{one.name}: recall across languages", found.across, 0.70, least=True)


def _speed() -> Iterator[Bar]:
    window = Window()
    for article in invented(WINDOW, NOW - timedelta(hours=HOURS), NOW):
        window.place(article)
    took = []
    for article in invented(NEW, NOW, NOW, seed=1):
        before = time.perf_counter()
        window.place(article)
        took.append(1000 * (time.perf_counter() - before))
    say(f"stories: ms for an article in a window of {len(window):,}: mean {fmean(took):.2f}, worst {max(took):.2f}")
    yield Bar("grouping: ms for a new article among 10,000", fmean(took), MILLISECONDS)


async def _stored() -> list[Bar]:
    """The same through the store: with the window alone, and on top of a million older articles."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        migrate(f"sqlite:///{file}")
        async with open_store(f"sqlite:///{file}") as store:
            placing = Placing(store.stories, store.archive, ())
            await store.articles.add(list(invented(WINDOW, NOW - timedelta(hours=HOURS), NOW)))
            await placing.place(NOW, _ignore)
            few = await _round(store, placing, seed=2)
            _fill(file)
            many = await _round(store, placing, seed=3)
            fresh = await _round(store, Placing(store.stories, store.archive, ()), seed=4)
    say(f"stories: ms through the store {few:.2f}, with a million stored {many:.2f}; a new process {fresh:.2f}")
    return [
        Bar("grouping: ms for a new article, store and topics included", few, MILLISECONDS),
        Bar("grouping: with 1,000,000 stored, to without", many / few, 1.15),
    ]


async def _round(store: DatabaseStore, placing: Placing, seed: int) -> float:
    await store.articles.add(list(invented(NEW, NOW, NOW, seed)))
    before = time.perf_counter()
    placed = await placing.place(NOW, _ignore)
    assert placed == NEW
    return 1000 * (time.perf_counter() - before) / NEW


def _fill(file: Path) -> None:
    """A million older articles, each in a story of its own: copies made by the database."""
    year = timedelta(days=365) // timedelta(microseconds=1)
    with sqlite3.connect(file) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(articles)")]
        values = {"id": "n.value * 7919 + 10000000000", "published": f"published - {year} - n.value", "text": "''"}
        columns = ", ".join(values.get(name, name) for name in names)
        database.execute(
            f"INSERT INTO articles SELECT {columns} FROM (SELECT * FROM articles LIMIT 1),"
            f" (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {STORED})"
            " SELECT value FROM n) AS n"
        )
        database.execute(
            "INSERT INTO memberships (article, story, reason, news) SELECT id, id, '', 0 FROM articles"
            " WHERE id NOT IN (SELECT article FROM memberships)"
        )
    assert database.execute("SELECT count(*) FROM memberships").fetchone()[0] > STORED
    database.close()


def invented(count: int, first: datetime, last: datetime, seed: int = 0) -> Iterator[Article]:
    """So many articles, evenly from the first moment to the last; the same for the same seed."""
    dice = random.Random(seed)
    told = [json.loads(line) for line in EDITION.read_text("utf-8").splitlines()]
    sentences = {
        language: [s for one in told if one["language"] == language for s in one["text"].split(". ")]
        for language in ("de", "en")
    }
    names, frequency = _names(), [1 / (rank + 10) for rank in range(NAMES)]
    for n in range(count):
        language = dice.choice(("de", "en"))
        chosen = dice.choices(names, frequency, k=3)
        body = [f"{chosen[dice.randrange(3)]} {s}" for s in dice.choices(sentences[language], k=8)]
        title = f"{chosen[0]} {dice.choice(sentences[language])[:60]}"
        text = ". ".join([*body, f"{dice.randrange(10, 9999)} {chosen[1]} {dice.randrange(2, 99)} %."])
        published = first + n * (last - first) / count
        url = f"https://blatt-{dice.randrange(200)}.example/{seed}/{n}"
        yield replace(
            Article(seed * WINDOW * 10 + n + 1, url, url[:24], url, title, text, Language(language), published, NOW)
        )


def _names() -> list[str]:
    dice = random.Random(7)
    syllables = (
        "ar bel cor dan el fir gos hal il jen kar lom mir nor os pel quin ras sol tor ul var wes xan yl zor".split()
    )
    return ["".join(dice.choices(syllables, k=3)).capitalize() for _ in range(NAMES)]


def _ignore(step: str, done: int, total: int) -> None:
    """Nobody watches."""
