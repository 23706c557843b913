"""What every way to summarise promises: a model that condenses well, one that is down, a spent budget, none at all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.llm.budget import Budget
from bot.llm.connect import connect
from bot.llm.endpoints import Endpoint
from bot.model import Length, MadeBy
from bot.store.store import open_store
from bot.summaries.write import Summariser, shorten
from tests.models import KEY, ModelServer, condenses, status
from tests.told import STORIES, fresh_database, ignore


@pytest.fixture(params=["model", "down", "spent", "none"])
async def summariser(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Summariser]:
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(fresh_database(tmp_path)))
        server = await stack.enter_async_context(ModelServer(status(401) if request.param == "down" else condenses))
        budget = Budget(store.spending, SystemClock(), 0 if request.param == "spent" else 1_000_000)
        model = await stack.enter_async_context(connect([Endpoint("test-model", server.url, KEY)], budget))
        yield Summariser(store.summaries, None if request.param == "none" else model)


async def test_every_story_gets_its_summary(summariser: Summariser) -> None:
    written = (await summariser.summarise(STORIES, ignore)).summaries
    assert set(written) == {one.id for one in STORIES}
    for one in STORIES:
        summary = written[one.id]
        assert (summary.story_id, summary.version) == (one.id, one.version)
        assert summary.headline


async def test_the_sources_are_the_articles(summariser: Summariser) -> None:
    written = (await summariser.summarise(STORIES, ignore)).summaries
    for one in STORIES:
        sources = written[one.id].sources
        assert [source.n for source in sources] == list(range(1, len(sources) + 1))
        assert {source.url for source in sources} == {told.url for told in one.articles}
        cited = [n for sentence in written[one.id].sentences for n in sentence.sources]
        assert set(cited) <= {source.n for source in sources}


async def test_nothing_pretends(summariser: Summariser) -> None:
    """An extract is marked as one; only what a model wrote calls an English article translated."""
    written = (await summariser.summarise(STORIES, ignore)).summaries
    english = written[3]
    assert english.translated == (english.made_by is MadeBy.MODEL)
    assert len({summary.made_by for summary in written.values()}) == 1


async def test_nothing_to_do(summariser: Summariser) -> None:
    written = await summariser.summarise((), ignore)
    assert (dict(written.summaries), written.notes) == ({}, ())


async def test_progress_is_told(summariser: Summariser) -> None:
    told: list[tuple[int, int]] = []
    await summariser.summarise(STORIES, lambda _, done, total: told.append((done, total)))
    assert told == [(n, len(STORIES)) for n in range(1, len(STORIES) + 1)]


async def test_one_summary_serves_every_length(summariser: Summariser) -> None:
    summary = (await summariser.summarise(STORIES[:1], ignore)).summaries[1]
    short, medium, long = (shorten(summary, length) for length in Length)
    assert short.sentences == summary.sentences[:2]
    assert medium.sentences == summary.sentences[:3]
    assert long.sentences == summary.sentences[:5]
    assert short.sources == summary.sources
