"""Stories condensed once each: what is asked, what is kept, what becomes an extract and why."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.errors import ModelMisbehaved
from bot.llm.budget import Budget
from bot.llm.connect import connect
from bot.llm.endpoints import Endpoint
from bot.llm.prices import parse_prices
from bot.model import MadeBy, Summary, Tokens, together
from bot.ports import Model
from bot.store.store import DatabaseStore, open_store
from bot.summaries.condense import condense
from bot.summaries.prompt import CONDENSE
from bot.summaries.write import Summariser, Written
from tests.models import (
    GOOD,
    KEY,
    Asked,
    ModelServer,
    Responder,
    body,
    condenses,
    cut,
    number_in,
    says,
    status,
)
from tests.models import story as draft
from tests.told import STORIES, fresh_database, ignore, story
from tests.told import article as told

ONE = STORIES[0]


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        yield running


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[DatabaseStore]:
    async with open_store(fresh_database(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def model(server: ModelServer, store: DatabaseStore) -> AsyncIterator[Model]:
    endpoint = Endpoint("test-model", server.url, KEY)
    async with connect([endpoint], Budget(store.spending, Noon(), 200_000)) as connected:
        yield connected


@pytest.fixture
def summariser(store: DatabaseStore, model: Model) -> Summariser:
    return Summariser(store.summaries, model)


async def one(summariser: Summariser) -> Summary:
    return (await summariser.summarise([ONE], ignore)).summaries[1]


def answers(*sentences: str, **fields: object) -> Responder:
    """A draft for whatever story is asked about."""
    return lambda asked: says(draft(number_in(asked), *sentences) | fields)(asked)


async def test_a_good_answer_arrives_word_for_word(summariser: Summariser) -> None:
    summary = await one(summariser)
    assert summary.made_by is MadeBy.MODEL
    assert [sentence.text for sentence in summary.sentences] == list(GOOD)
    assert [sentence.hedged for sentence in summary.sentences] == [False, True, False]
    assert summary.dropped == ()
    assert summary.translated


async def test_a_story_is_condensed_once(
    summariser: Summariser, server: ModelServer, store: DatabaseStore, model: Model
) -> None:
    first = await summariser.summarise(STORIES, ignore)
    again = await Summariser(store.summaries, model).summarise(STORIES, ignore)
    assert again == first
    assert len(server.asked) == len(STORIES)


async def test_new_sources_are_condensed_again(summariser: Summariser, server: ModelServer) -> None:
    await summariser.summarise([ONE], ignore)
    written = await summariser.summarise([replace(ONE, version="v2")], ignore)
    assert written.summaries[1].version == "v2"
    assert len(server.asked) == 2


async def test_two_who_want_the_same_wait_for_one_answer(summariser: Summariser, server: ModelServer) -> None:
    written = await asyncio.gather(*(summariser.summarise([ONE], ignore) for _ in range(5)))
    assert len(server.asked) == 1
    assert all(each == written[0] for each in written)


async def test_some_at_once_but_not_all(summariser: Summariser, server: ModelServer) -> None:
    four = asyncio.Barrier(4)

    async def together(asked: Asked) -> web.StreamResponse:
        await four.wait()
        return condenses(asked)

    server.otherwise = together
    async with asyncio.timeout(10):
        await summariser.summarise([story(n, told(n)) for n in range(1, 13)], ignore)
    assert server.most_at_once == 4


async def test_what_was_paid_survives_a_crash(
    summariser: Summariser, server: ModelServer, store: DatabaseStore, model: Model
) -> None:
    stories = [story(n, told(n)) for n in range(1, 9)]
    all_asked = asyncio.Event()

    async def four_only(asked: Asked) -> web.StreamResponse:
        if len(server.asked) == 8:
            all_asked.set()
        if len(server.asked) > 4:
            await asyncio.sleep(5)
        return condenses(asked)

    server.otherwise = four_only
    running = asyncio.create_task(summariser.summarise(stories, ignore))
    await all_asked.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    server.otherwise = condenses
    await Summariser(store.summaries, model).summarise(stories, ignore)
    assert len(server.asked) == 12, "the first four were stored as they came"


USELESS: list[Responder] = [
    status(500),
    status(401),
    cut,
    body("<html>Anmelden</html>", "text/html"),
    body('{"choices": [{"mess'),
    says(None),
    says("nein"),
    says("", finish="length"),
    says(None, finish="content_filter"),
    says(None, refusal="No."),
    answers(),
    answers(GOOD[0]),
    answers(*GOOD, headline=""),
    answers(*GOOD, headline="Alles auf evil.example"),
    answers(*GOOD, headline="The regulator is looking at new rules for the data centres of this country"),
    answers(*GOOD, story=77),
    answers("Mehr auf https://evil.example lesen.", "Hallo @everyone, alles neu.", GOOD[0]),
    answers("The regulator has opened a probe.", "It will look at the power that data centres use.", GOOD[0]),
]


@pytest.mark.parametrize("useless", USELESS)
async def test_what_is_useless_becomes_an_extract_with_a_note(
    summariser: Summariser, server: ModelServer, useless: Responder
) -> None:
    server.otherwise = useless
    written = await summariser.summarise([ONE], ignore)
    summary = written.summaries[1]
    assert summary.made_by is MadeBy.EXTRACT
    assert len(written.notes) == 1
    assert written.notes[0].startswith("test-model ")
    assert written.notes[0].endswith(": 1 Meldung als Auszug.")
    assert len(server.asked) <= 2, "no retry storm"


async def test_an_extract_does_not_take_the_model_s_place(summariser: Summariser, server: ModelServer) -> None:
    server.script(says(None))
    assert (await one(summariser)).made_by is MadeBy.EXTRACT
    assert (await one(summariser)).made_by is MadeBy.MODEL


async def test_a_story_that_no_answer_fits_is_not_paid_for_for_ever(
    summariser: Summariser, server: ModelServer
) -> None:
    server.otherwise = says(None)
    for _ in range(5):
        assert (await one(summariser)).made_by is MadeBy.EXTRACT
    assert len(server.asked) == 2


async def test_one_bad_answer_leaves_the_others_alone(summariser: Summariser, server: ModelServer) -> None:
    server.script(says("", finish="length"))
    written = await summariser.summarise(STORIES, ignore)
    made = [summary.made_by for summary in written.summaries.values()]
    assert sorted(made) == [MadeBy.EXTRACT, MadeBy.MODEL, MadeBy.MODEL, MadeBy.MODEL]


async def test_dropped_sentences_are_on_record(summariser: Summariser, server: ModelServer) -> None:
    server.script(answers(GOOD[0], "Mehr auf https://evil.example lesen.", GOOD[1]), answers(""))
    summary = await one(summariser)
    assert [sentence.text for sentence in summary.sentences] == [GOOD[0], GOOD[1]]
    assert [(dropped.text, dropped.reason) for dropped in summary.dropped] == [
        ("Mehr auf https://evil.example lesen.", "enthält einen Link")
    ]


async def test_one_sentence_is_enough_for_a_short_teaser(summariser: Summariser, server: ModelServer) -> None:
    server.script(answers(GOOD[0]))
    written = await summariser.summarise([STORIES[2]], ignore)
    assert written.summaries[3].made_by is MadeBy.MODEL


async def test_an_endpoint_that_leaves_the_number_out_is_believed(summariser: Summariser, server: ModelServer) -> None:
    server.script(says({k: v for k, v in draft(1, *GOOD).items() if k != "story"}))
    assert (await one(summariser)).made_by is MadeBy.MODEL


async def test_answers_that_are_mixed_up_are_noticed(model: Model, server: ModelServer) -> None:
    first: list[Asked] = []

    def always_the_first(asked: Asked) -> web.StreamResponse:
        first.append(asked)
        return condenses(first[0])

    server.otherwise = always_the_first
    await condense(STORIES[0], model)
    with pytest.raises(ModelMisbehaved, match="eine andere Frage"):
        await condense(STORIES[1], model)


async def test_each_question_has_its_own_nonce(model: Model, server: ModelServer) -> None:
    await condense(ONE, model)
    await condense(ONE, model)
    questions = [asked["messages"][1]["content"] for asked in server.asked]
    assert questions[0] != questions[1]
    assert server.asked[0]["messages"][0] == server.asked[1]["messages"][0]


async def test_what_comes_first_is_the_same_for_every_story(summariser: Summariser, server: ModelServer) -> None:
    """Endpoints have it in their caches, byte by byte."""
    await summariser.summarise(STORIES, ignore)
    assert len(server.asked) == len(STORIES)
    systems = {asked["messages"][0]["content"] for asked in server.asked}
    assert systems == {CONDENSE}
    assert len({json.dumps({k: v for k, v in asked.items() if k != "messages"}) for asked in server.asked}) == 1


async def test_the_budget_ends_the_day(server: ModelServer, store: DatabaseStore) -> None:
    usage = {"prompt_tokens": 2_500, "completion_tokens": 500}
    server.otherwise = lambda asked: says(draft(number_in(asked), *GOOD), usage=usage)(asked)
    async with connect([Endpoint("test-model", server.url, KEY)], Budget(store.spending, Noon(), 12_000)) as model:
        written = await Summariser(store.summaries, model).summarise([story(n, told(n)) for n in range(1, 7)], ignore)
    made = [summary.made_by for summary in written.summaries.values()]
    assert made.count(MadeBy.EXTRACT) == 6 - len(server.asked) > 0
    assert written.notes == (f"Tagesbudget erreicht: {made.count(MadeBy.EXTRACT)} Meldungen als Auszug.",)
    assert await store.spending.spent(Noon().now().date()) == 3_000 * len(server.asked) <= 12_000


async def test_what_a_summary_cost_is_stored_with_it(model: Model, server: ModelServer) -> None:
    server.script(says("nein"))
    assert together((await condense(ONE, model)).used) == Tokens(200, 40)


async def test_no_model_no_notes(store: DatabaseStore) -> None:
    written = await Summariser(store.summaries, None).summarise(STORIES, ignore)
    assert isinstance(written, Written)
    assert written.notes == ()
    assert {summary.made_by for summary in written.summaries.values()} == {MadeBy.EXTRACT}


async def test_the_log_has_a_line_for_each_story_that_was_paid_for(
    server: ModelServer, store: DatabaseStore, model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    usage = {"prompt_tokens": 3_000, "completion_tokens": 500, "prompt_tokens_details": {"cached_tokens": 2_000}}
    server.script(
        lambda asked: says(draft(number_in(asked), GOOD[0], "Mehr auf www.evil.example.", GOOD[1]), usage=usage)(asked),
        lambda asked: says(draft(number_in(asked), GOOD[2]), usage=usage)(asked),
    )
    prices = parse_prices("test-model=0.10/0.50/0.025")
    with caplog.at_level(logging.INFO):
        await Summariser(store.summaries, model, prices=prices).summarise([ONE], ignore)
        await Summariser(store.summaries, model).summarise([STORIES[1]], ignore)
        await Summariser(store.summaries, model, prices=prices).summarise([ONE], ignore)
    counts = "2 calls, tokens: 6000 read, 4000 of them cached, 1000 written; USD 0.000800"
    assert [record.message for record in caplog.records if "condensed by" in record.message] == [
        f"Story 1 condensed by test-model: {counts}",
        "Story 2 condensed by test-model: 1 calls, tokens: 100 read, 0 of them cached, 20 written; no price",
    ]
