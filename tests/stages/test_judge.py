"""A second model looks for what rules can't see; it can only take away, and never fails a story."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SetupError
from bot.llm.budget import Budget
from bot.llm.connect import connect
from bot.llm.endpoints import Endpoint, parse_judge
from bot.ports import Model
from bot.store.store import DatabaseStore, open_store
from bot.summaries.condense import condense
from bot.summaries.judge import JUDGE, UNSAID
from bot.summaries.prompt import REPAIR
from tests.models import KEY, ModelServer, Responder, body, says, status
from tests.stages.test_repair import DAY, FIRST, HEAT, LINK, ONE, PRICE, Noon, answers, question, texts
from tests.told import STORIES, fresh_database

CAUSE = "Der Bau kostete 38 Millionen Euro und machte niemandem Freude."


@pytest.fixture
async def writing() -> AsyncIterator[ModelServer]:
    async with ModelServer(status(500)) as running:
        yield running


@pytest.fixture
async def judging() -> AsyncIterator[ModelServer]:
    async with ModelServer(status(500)) as running:
        yield running


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[DatabaseStore]:
    async with open_store(fresh_database(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def models(
    writing: ModelServer, judging: ModelServer, store: DatabaseStore
) -> AsyncIterator[tuple[Model, Model]]:
    budget = Budget(store.spending, Noon(), 200_000)
    writer, judge = Endpoint("writer", writing.url, KEY), Endpoint("judge", judging.url, KEY)
    async with connect([writer], budget) as one, connect([judge], budget) as two:
        yield one, two


def doubts(*told: tuple[int, str], story: int = ONE.id + 1_000) -> Responder:
    return says({"story": story, "doubts": [{"sentence": n, "reason": reason} for n, reason in told]})


async def test_what_the_judge_doubts_is_mended(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer
) -> None:
    writing.script(answers(LINK, FIRST, CAUSE, HEAT), answers("", PRICE))
    judging.script(doubts((2, "die Quelle nennt keinen Grund für die Kosten.")))
    summary = (await condense(ONE, *models)).summary
    assert texts(summary) == [FIRST, PRICE, HEAT]
    told = question(writing.asked[1]).partition(REPAIR)[2]
    assert f"„{CAUSE}“\n   Der Satz {UNSAID}: die Quelle nennt keinen Grund für die Kosten." in told


async def test_what_is_doubted_and_not_mended_is_dropped(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer
) -> None:
    writing.script(answers(FIRST, CAUSE, HEAT), answers(CAUSE))
    judging.script(doubts((2, "")))
    summary = (await condense(ONE, *models)).summary
    assert texts(summary) == [FIRST, HEAT]
    assert [(one.text, one.reason) for one in summary.dropped] == [(CAUSE, UNSAID)]


async def test_without_a_judge_nobody_doubts(models: tuple[Model, Model], writing: ModelServer) -> None:
    writing.script(answers(FIRST, CAUSE, HEAT))
    assert texts((await condense(ONE, models[0])).summary) == [FIRST, CAUSE, HEAT]
    assert len(writing.asked) == 1


async def test_the_judge_sees_what_rules_let_through_and_the_sources(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer
) -> None:
    writing.script(answers(FIRST, LINK, HEAT), answers(""))
    judging.script(doubts())
    await condense(ONE, *models)
    (asked,) = judging.asked
    assert asked["messages"][0]["content"] == JUDGE
    assert f"1. {FIRST} (Quellen: 1)\n2. {HEAT} (Quellen: 1)" in question(asked)
    assert ONE.articles[0].text in question(asked)
    assert "evil" not in question(asked)


async def test_what_the_judge_is_told_first_is_the_same_for_every_story(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer
) -> None:
    writing.otherwise, judging.otherwise = answers(FIRST, HEAT), doubts(story=0)
    await condense(ONE, *models)
    await condense(STORIES[1], *models)
    assert judging.asked[0]["messages"][0] == judging.asked[1]["messages"][0]


NONSENSE: list[Responder] = [
    status(500),
    status(401),
    body("<html>"),
    says("nein"),
    says(None),
    doubts((0, "")),
    doubts((3, "")),
    doubts((1, ""), (99, "")),
    doubts((1, ""), story=77),
    says({"story": 1_001, "doubts": "alle"}),
]


@pytest.mark.parametrize("nonsense", NONSENSE)
async def test_a_judge_that_fails_or_talks_nonsense_is_ignored(
    models: tuple[Model, Model],
    writing: ModelServer,
    judging: ModelServer,
    nonsense: Responder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    writing.script(answers(FIRST, HEAT))
    judging.otherwise = nonsense
    with caplog.at_level(logging.WARNING):
        assert texts((await condense(ONE, *models)).summary) == [FIRST, HEAT]
    assert f"Story {ONE.id} goes unjudged" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "reason",
    [
        "mehr auf https://evil.example",
        "the source says nothing of the kind about it",
        "x" * 500,
        "**fett**",
        "ignoriere das, @everyone",
    ],
)
async def test_what_the_judge_says_is_shown_only_if_it_could_be_anyway(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer, reason: str
) -> None:
    writing.script(answers(FIRST, CAUSE, HEAT), answers(""))
    judging.script(doubts((2, reason)))
    (dropped,) = (await condense(ONE, *models)).summary.dropped
    assert dropped.reason == UNSAID


async def test_judgement_is_paid_for(
    models: tuple[Model, Model], writing: ModelServer, judging: ModelServer, store: DatabaseStore
) -> None:
    writing.script(answers(FIRST, HEAT))
    judging.script(doubts())
    condensed = await condense(ONE, *models)
    assert [use.model for use in condensed.used] == ["writer", "judge"]
    account = await store.spending.account(DAY.date())
    assert {use.model: use.tokens.total for use in account.condensing} == {"writer": 120, "judge": 120}
    assert account.stories == 1


async def test_no_judgement_beyond_the_budget(writing: ModelServer, judging: ModelServer, store: DatabaseStore) -> None:
    usage = {"prompt_tokens": 9_000, "completion_tokens": 500}

    def dear(asked: dict[str, Any]) -> Any:
        return says({"headline": "Rechenzentrum eröffnet", "sentences": told}, usage=usage)(asked)

    told = [{"text": text, "sources": [1], "hedged": False} for text in (FIRST, HEAT)]
    writing.script(dear)
    budget = Budget(store.spending, Noon(), 12_000)
    writer, judge = Endpoint("writer", writing.url, KEY), Endpoint("judge", judging.url, KEY)
    async with connect([writer], budget) as one, connect([judge], budget) as two:
        assert texts((await condense(ONE, one, two)).summary) == [FIRST, HEAT]
    assert judging.asked == []


def test_the_setting() -> None:
    known = [Endpoint("m", "https://a.example/v1", KEY)]
    assert [parse_judge(wanted, "", known) for wanted in ("", "off", " On ")] == [None, None, None]
    assert parse_judge("big@https://a.example/v1/", "", known) == Endpoint("big", "https://a.example/v1/", KEY)
    assert parse_judge("big@https://b.example/v1", "", known) == Endpoint("big", "https://b.example/v1", "")
    assert parse_judge("big@https://b.example/v1", "k", known) == Endpoint("big", "https://b.example/v1", "k")
    with pytest.raises(SetupError, match="LLM_JUDGE: „ja“ geht nicht"):
        parse_judge("ja", "", known)
