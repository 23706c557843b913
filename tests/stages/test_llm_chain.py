"""Endpoints stand in for one another; one that is down is left alone; the day's tokens are a hard stop."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import BaseModel

from bot.errors import BudgetSpent, ModelMisbehaved, ModelRefused, ModelUnavailable, SetupError
from bot.llm.budget import Budget, Budgeted
from bot.llm.chain import Chain
from bot.llm.connect import connect
from bot.llm.endpoints import Endpoint, parse_fallbacks
from bot.llm.openai import OpenAIModel
from bot.model import Tokens
from bot.ports import Prompt
from bot.store.spending import StoredSpending
from bot.store.store import open_store
from tests.models import KEY, ModelServer, says, status
from tests.told import fresh_database


class Shape(BaseModel):
    title: str


class Hands:
    """A clock whose hands are moved by the test, for the day and for seconds."""

    def __init__(self) -> None:
        self.today = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
        self.seconds = 1_000.0

    def now(self) -> datetime:
        return self.today


PROMPT = Prompt("Anleitung", "Frage")
FIRST, SECOND = says({"title": "eins"}), says({"title": "zwei"})
DAY = date(2026, 11, 23)
COST = 120  # tokens of every scripted answer
RESERVED = 2_606  # the answer's limit, the overhead, 0.4 tokens a character


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[tuple[ModelServer, ModelServer]]:
    async with ModelServer(FIRST) as one, ModelServer(SECOND) as two:
        yield one, two


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest_asyncio.fixture
async def spending(tmp_path: Path) -> AsyncIterator[StoredSpending]:
    async with open_store(fresh_database(tmp_path)) as store:
        yield store.spending


@pytest_asyncio.fixture
async def models(servers: tuple[ModelServer, ModelServer]) -> AsyncIterator[list[OpenAIModel]]:
    opened = [OpenAIModel(Endpoint(f"model-{n}", server.url, KEY), patience=2.0) for n, server in enumerate(servers, 1)]
    yield opened
    for model in opened:
        await model.close()


@pytest.fixture
def chain(models: list[OpenAIModel], hands: Hands) -> Chain:
    return Chain(models, lambda: hands.seconds)


async def title(model: Chain | Budgeted) -> str:
    return (await model.ask(PROMPT, Shape)).answer.title


@pytest.mark.parametrize("failure", [status(500), status(401), status(429), says(None), says("nein")])
async def test_the_next_one_answers(servers: tuple[ModelServer, ModelServer], chain: Chain, failure: object) -> None:
    servers[0].script(failure)  # type: ignore[arg-type]
    reply = await chain.ask(PROMPT, Shape)
    assert (reply.answer.title, reply.model, chain.name) == ("zwei", "model-2", "model-1")


async def test_a_busy_endpoint_is_left_alone_as_long_as_it_asks(
    servers: tuple[ModelServer, ModelServer], chain: Chain, hands: Hands
) -> None:
    servers[0].script(status(429, headers={"Retry-After": "120"}))
    for passed, expected in ((0, "zwei"), (119, "zwei"), (2, "eins")):
        hands.seconds += passed
        assert await title(chain) == expected
    assert len(servers[0].asked) == 2


async def test_an_answer_in_the_wrong_shape_needs_no_rest(
    servers: tuple[ModelServer, ModelServer], chain: Chain
) -> None:
    servers[0].script(says("nein"))
    assert [await title(chain), await title(chain)] == ["zwei", "eins"]


async def test_rests_grow_with_failures_in_a_row(
    servers: tuple[ModelServer, ModelServer], chain: Chain, hands: Hands
) -> None:
    servers[0].otherwise = status(429)
    for _ in range(80):
        hands.seconds += 5
        await title(chain)
    assert len(servers[0].asked) == 7, "5, 10, 20, 40, 80, 160 seconds apart"
    servers[0].otherwise = FIRST
    hands.seconds += 1_000
    assert await title(chain) == "eins"


async def test_all_failed_gives_the_first_reason(servers: tuple[ModelServer, ModelServer], chain: Chain) -> None:
    servers[0].otherwise, servers[1].otherwise = status(401), status(404)
    for _ in range(2):
        with pytest.raises(ModelRefused, match="model-1 weist den Schlüssel ab"):
            await title(chain)
    assert [len(server.asked) for server in servers] == [1, 1], "both rest; the reason is remembered"


async def test_a_hiccup_is_waited_for_once(models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer]) -> None:
    servers[0].script(status(500))
    assert await title(Chain(models[:1])) == "eins"
    servers[0].otherwise = status(500)
    with pytest.raises(ModelUnavailable):
        await title(Chain(models[:1]))
    assert len(servers[0].asked) == 4


def test_a_chain_needs_a_model() -> None:
    with pytest.raises(SetupError, match="OPENAI_API_KEY"):
        Chain([])


async def test_what_was_used_is_written_down(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    budget = Budget(spending, hands, 1_000_000)
    one, two = (Budgeted(model, budget) for model in models)
    await one.ask(PROMPT, Shape)
    servers[1].script(says("nein"), status(500))
    with pytest.raises(ModelMisbehaved):
        await two.ask(PROMPT, Shape)
    with pytest.raises(ModelUnavailable):
        await two.ask(PROMPT, Shape)
    assert await spending.spent(DAY) == 2 * COST, "an unreadable answer costs, an error does not"


async def test_the_limit_stops_before_the_request(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    model = Budgeted(models[0], Budget(spending, hands, RESERVED + COST))
    assert [await title(model), await title(model)] == ["eins", "eins"]
    for _ in range(3):
        with pytest.raises(BudgetSpent):
            await title(model)
    assert len(servers[0].asked) == 2
    hands.today = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    assert await title(model) == "eins", "a new day, a new budget"


async def test_a_limit_of_zero_asks_nobody(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    with pytest.raises(BudgetSpent):
        await title(Budgeted(models[0], Budget(spending, hands, 0)))
    assert not servers[0].asked


async def test_many_at_once_do_not_overshoot_together(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    limit = 3 * RESERVED
    dear = {"prompt_tokens": 600, "completion_tokens": 2_000}
    servers[0].otherwise = servers[1].otherwise = says({"title": "teuer"}, usage=dear)
    budget = Budget(spending, hands, limit)
    asked = [Budgeted(models[n % 2], budget).ask(PROMPT, Shape) for n in range(12)]
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(result, BudgetSpent) for result in results) == 9
    assert await spending.spent(DAY) == 3 * 2_600 <= limit


async def test_nothing_stays_set_aside(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    model = Budgeted(models[0], Budget(spending, hands, RESERVED))
    servers[0].script(status(500), status(401))
    for _ in range(2):
        with pytest.raises((ModelUnavailable, ModelRefused)):
            await title(model)
    asked = asyncio.create_task(title(model))
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert await title(model) == "eins"


async def test_estimates_learn_from_an_endpoint_that_counts_more(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    servers[0].otherwise = says({"title": "eins"}, usage={"prompt_tokens": 50_000, "completion_tokens": 5})
    model = Budgeted(models[0], Budget(spending, hands, 90_000))
    await title(model)
    with pytest.raises(BudgetSpent):
        await title(model)
    assert len(servers[0].asked) == 1


async def test_the_chain_stops_at_the_budget(
    models: list[OpenAIModel], servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    budget = Budget(spending, hands, RESERVED - 1)
    with pytest.raises(BudgetSpent, match="Tagesbudget"):
        await title(Chain([Budgeted(model, budget) for model in models]))
    assert not servers[0].asked + servers[1].asked


async def test_connect_builds_all_of_it(
    servers: tuple[ModelServer, ModelServer], spending: StoredSpending, hands: Hands
) -> None:
    endpoints = [Endpoint("model-1", servers[0].url, KEY), Endpoint("model-2", servers[1].url)]
    servers[0].script(says("nein"), says("immer noch nicht"))
    async with connect(endpoints, Budget(spending, hands, 100_000)) as model:
        reply = await model.ask(PROMPT, Shape)
    assert reply.model == "model-2"
    assert reply.tokens == Tokens(100, 20)
    assert len(servers[0].asked) == 2
    assert await spending.spent(DAY) == 3 * COST
    assert servers[1].keys != servers[0].keys, "each endpoint gets its own key"


def test_fallbacks_and_their_keys() -> None:
    listed = " small@https://one.example/v1 ,@cf/meta/x@http://127.0.0.1:11434/v1"
    assert parse_fallbacks(listed, "k1,") == [
        Endpoint("small", "https://one.example/v1", "k1"),
        Endpoint("@cf/meta/x", "http://127.0.0.1:11434/v1", ""),
    ]
    assert [endpoint.key for endpoint in parse_fallbacks(listed, "")] == ["", ""]
    assert parse_fallbacks("", "") == parse_fallbacks("  ", "") == []


@pytest.mark.parametrize(
    ("fallbacks", "keys", "said"),
    [
        ("small", "k", "LLM_FALLBACKS ist nicht lesbar"),
        ("small@ftp://x/v1", "k", "nicht lesbar"),
        ("@https://x.example/v1", "k", "nicht lesbar"),
        ("a@http://x/v1,", "k,l", "nicht lesbar"),
        ("a@http://x/v1,b@http://y/v1", "k", "2 Modelle, LLM_FALLBACK_KEYS aber 1 Schlüssel"),
        ("", "k", "0 Modelle"),
        ("a@http://x/v1", "schlüssel", "unzulässige Zeichen"),
        ("a@http://x/v1", "k ey", "unzulässige Zeichen"),
    ],
)
def test_what_cannot_be_read_says_so(fallbacks: str, keys: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        parse_fallbacks(fallbacks, keys)
