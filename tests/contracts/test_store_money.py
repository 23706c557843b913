"""The ports `Summaries` and `Spending`, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from bot.model import Account, Dropped, Extent, Language, MadeBy, Sentence, Source, Story, Summary, Tokens, Use
from bot.ports.news import CONDENSING
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


async def test_the_account_of_a_day_is_kept_by_model_and_story(store: DatabaseStore) -> None:
    await store.spending.record(TODAY, "one", Tokens(100, 10, cached=60), story=BIG)
    await store.spending.record(TODAY, "two", Tokens(50, 5), story=BIG)
    await store.spending.record(TODAY, "one", Tokens(30, 3, cached=30), story=7)
    await store.spending.record(TODAY, "one", Tokens(1, 1))
    await store.spending.record(date(2026, 11, 24), "one", Tokens(1000, 0), story=7)

    one, two = Use("one", Tokens(131, 14, 90), 3), Use("two", Tokens(50, 5), 1)
    condensing = (Use("one", Tokens(130, 13, 90), 2), two)
    assert await store.spending.account(TODAY) == Account((one, two), condensing, stories=2)
    assert await store.spending.account(date(2026, 11, 22)) == Account()
    assert (await store.watch.look(NOW)).account == await store.spending.account(NOW.date())


async def test_what_stories_cost_is_forgotten_and_the_days_are_not(store: DatabaseStore) -> None:
    await store.spending.record(TODAY, "one", Tokens(100, 10), story=BIG)
    await store.spending.forget(TODAY)
    assert (await store.spending.account(TODAY)).stories == 1
    await store.spending.forget(date(2026, 11, 24))
    assert await store.spending.account(TODAY) == Account((Use("one", Tokens(100, 10)),))


async def test_leases_on_stories_are_nobody_s_business(store: DatabaseStore) -> None:
    await store.leases.take(f"{CONDENSING}1:v1", "me", NOW, timedelta(minutes=3))
    await store.leases.take("discord", "me", NOW, timedelta(minutes=3))
    assert set((await store.watch.look(NOW)).leases) == {"discord"}
