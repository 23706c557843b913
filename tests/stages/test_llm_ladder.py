"""What an endpoint refuses to take is learnt once; an answer in the wrong shape gets one second chance."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import BaseModel

from bot.errors import ModelMisbehaved, ModelRefused, ModelUnavailable
from bot.llm.endpoints import Endpoint
from bot.llm.ladder import Abilities
from bot.llm.openai import OpenAIModel
from bot.llm.repair import Repairing
from bot.model import Tokens
from bot.ports import Prompt
from tests.models import KEY, Asked, ModelServer, says, status


class Shape(BaseModel):
    title: str


PROMPT = Prompt("Anleitung", "Frage")
ANSWER = {"title": "Ja"}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer(says(ANSWER)) as running:
        yield running


@pytest_asyncio.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAIModel]:
    asked = OpenAIModel(Endpoint("test-model", server.url, KEY), patience=2.0)
    yield asked
    await asked.close()


def form(asked: Asked) -> str | None:
    kind: str | None = asked.get("response_format", {}).get("type")
    return kind


async def test_one_rung_down_for_each_refusal_and_never_up_again(server: ModelServer, model: OpenAIModel) -> None:
    server.script(
        status(400, "Invalid parameter", param="response_format"),
        status(422, "response_format: json_object is not supported"),
    )
    await model.ask(PROMPT, Shape)
    await model.ask(PROMPT, Shape)
    assert [form(asked) for asked in server.asked] == ["json_schema", "json_object", None, None]
    told = [asked["messages"][0]["content"] for asked in server.asked]
    assert told[0] == "Anleitung", "the constant part stays byte-identical where the schema travels beside it"
    assert all('JSON-Schema:\n{"type": "object"' in text for text in told[1:])


async def test_a_grammar_that_a_server_cannot_read_is_a_refused_schema(server: ModelServer, model: OpenAIModel) -> None:
    server.script(status(400, "failed to parse grammar"))
    await model.ask(PROMPT, Shape)
    assert [form(asked) for asked in server.asked] == ["json_schema", "json_object"]


async def test_a_parameter_that_is_refused_is_left_out(server: ModelServer, model: OpenAIModel) -> None:
    server.script(
        status(400, "Unrecognized request argument supplied: reasoning_effort"),
        status(400, "Unsupported value: 'temperature' does not support 0.2", param="temperature"),
        status(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", param="max_tokens"),
    )
    await model.ask(PROMPT, Shape)
    await model.ask(PROMPT, Shape)
    assert len(server.asked) == 5
    for asked in server.asked[3:]:
        assert not {"reasoning_effort", "temperature", "max_tokens"} & asked.keys()
        assert asked["max_completion_tokens"] == 2_000
        assert form(asked) == "json_schema", "one refusal costs one thing only"


async def test_the_least_effort_that_is_offered(server: ModelServer, model: OpenAIModel) -> None:
    offered = "'reasoning_effort' does not support 'none'. Supported values are: 'minimal', 'low', 'medium'."
    server.script(status(400, offered))
    await model.ask(PROMPT, Shape)
    assert server.asked[1]["reasoning_effort"] == "minimal"
    server.script(status(400, offered))
    await model.ask(PROMPT, Shape)
    assert "reasoning_effort" not in server.asked[-1]


async def test_a_server_that_refuses_everything_is_asked_a_bounded_number_of_times(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.otherwise = status(
        400, "reasoning_effort temperature max_tokens max_completion_tokens response_format 'low'"
    )
    with pytest.raises(ModelRefused):
        await model.ask(PROMPT, Shape)
    assert len(server.asked) == 7


def test_a_refusal_that_names_nothing_we_sent_teaches_nothing() -> None:
    assert Abilities().without("context length exceeded") is None


def test_openai_itself_is_asked_its_own_way() -> None:
    assert Abilities.expected("https://api.openai.com/v1").limit == "max_completion_tokens"
    assert Abilities.expected("http://127.0.0.1:11434/v1").limit == "max_tokens"


async def test_one_repair_with_the_answer_and_its_error(server: ModelServer, model: OpenAIModel) -> None:
    server.script(says('{"title": 7,}'))
    reply = await Repairing(model).ask(PROMPT, Shape)
    assert reply.answer.title == "Ja"
    assert reply.tokens == Tokens(200, 40), "both rounds were paid for"
    repair = server.asked[1]["messages"]
    assert repair[0] == server.asked[0]["messages"][0]
    assert repair[1]["content"].startswith("Frage\n")
    assert '{"title": 7,}' in repair[1]["content"]
    assert "kein gültiges JSON" in repair[1]["content"]


async def test_no_second_repair(server: ModelServer, model: OpenAIModel) -> None:
    server.otherwise = says("nein")
    with pytest.raises(ModelMisbehaved) as caught:
        await Repairing(model).ask(PROMPT, Shape)
    assert len(server.asked) == 2
    assert (caught.value.read, caught.value.written) == (200, 40)


async def test_a_repair_that_fails_still_says_what_the_first_try_cost(server: ModelServer, model: OpenAIModel) -> None:
    server.script(says("nein"), status(500))
    with pytest.raises(ModelUnavailable) as caught:
        await Repairing(model).ask(PROMPT, Shape)
    assert (caught.value.read, caught.value.written) == (100, 20)


async def test_what_cannot_be_mended_is_not_asked_again(server: ModelServer, model: OpenAIModel) -> None:
    server.otherwise = says("", finish="length")
    with pytest.raises(ModelMisbehaved):
        await Repairing(model).ask(PROMPT, Shape)
    assert len(server.asked) == 1
