"""The ports `Summaries` and `Spending`, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date

from bot.model import Dropped, Extent, Language, MadeBy, Sentence, Source, Story, Summary, Tokens
from bot.store.store import DatabaseStore, open_store
from tests.contracts.samples import BIG, NOW

TODAY = date(2026, 11, 23)
STORY = Story(BIG, "v1", (), ())
SUMMARY = Summary(
    story_id=BIG,
    version="v1",
    headline="Die „Lücke“ ist zu",
    sentences=(Sentence("Ein Satz.", (1, 2), hedged=True), Sentence("Noch einer.", ())),
    sources=(Source(1, "A", "Titel", "https://a.example/1", Language.DE, NOW, Extent.FULL),),
    made_by=MadeBy.MODEL,
    translated=False,
    dropped=(Dropped("Falsch.", "steht nicht in den Quellen"),),
)


async def test_a_summary_comes_back_as_it_was(store: DatabaseStore) -> None:
    await store.summaries.keep(SUMMARY, "p1/m", Tokens(100, 20))
    assert await store.summaries.find([STORY], "p1/m") == {BIG: SUMMARY}


async def test_a_summary_belongs_to_its_version_and_recipe(store: DatabaseStore) -> None:
    await store.summaries.keep(SUMMARY, "p1/m", Tokens())
    newer = replace(SUMMARY, version="v2", headline="Neuer")
    await store.summaries.keep(newer, "p1/m", Tokens())
    assert await store.summaries.find([replace(STORY, version="v2")], "p1/m") == {BIG: newer}
    assert await store.summaries.find([replace(STORY, version="v3")], "p1/m") == {}
    assert await store.summaries.find([STORY], "p2/m") == {}
    assert await store.summaries.find([], "p1/m") == {}


async def test_the_first_summary_stays(store: DatabaseStore) -> None:
    await store.summaries.keep(SUMMARY, "p", Tokens())
    await store.summaries.keep(replace(SUMMARY, headline="Zu spät"), "p", Tokens())
    assert await store.summaries.find([STORY], "p") == {BIG: SUMMARY}


async def test_spending_is_added_up_by_day_over_all_models(store: DatabaseStore) -> None:
    assert await store.spending.spent(TODAY) == 0
    await store.spending.record(TODAY, "one", Tokens(100, 10))
    await store.spending.record(TODAY, "one", Tokens(5, 0))
    await store.spending.record(TODAY, "two", Tokens(1, 1))
    await store.spending.record(date(2026, 11, 24), "one", Tokens(1000, 0))
    assert await store.spending.spent(TODAY) == 117


async def test_nothing_is_lost_when_two_processes_spend_at_once(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        await asyncio.gather(*(store.spending.record(TODAY, "m", Tokens(1, 1)) for store in (one, two) * 20))
        assert await one.spending.spent(TODAY) == 80
