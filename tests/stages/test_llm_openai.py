"""One endpoint through the real SDK: what it answers, what it refuses, what it never gives away."""

import gc
import json
import logging
from collections.abc import AsyncIterator

import openai
import pytest
import pytest_asyncio
from pydantic import BaseModel, Field

from bot.errors import ModelError, ModelMisbehaved, ModelRefused, ModelUnavailable
from bot.llm.answers import Unreadable
from bot.llm.endpoints import Endpoint
from bot.llm.openai import OpenAIModel
from bot.llm.schema import plain_schema
from bot.model import Tokens
from bot.ports import Prompt
from tests.models import KEY, ModelServer, Responder, body, cut, hangs, says, status


class Inner(BaseModel):
    text: str = Field(max_length=50, pattern=r"^\w")
    maybe: int | None = None


class Shape(BaseModel):
    """English words for the programmer."""

    title: str = Field(min_length=1, description="not for the wire")
    numbers: list[int] = Field(max_length=3)
    inner: list[Inner] = []


PROMPT = Prompt("Anleitung", "Frage")
ANSWER = {"title": "Ja", "numbers": [1, 2], "inner": []}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer(says(ANSWER)) as running:
        yield running


@pytest_asyncio.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAIModel]:
    asked = OpenAIModel(Endpoint("test-model", server.url, KEY), patience=0.5)
    yield asked
    await asked.close()


async def test_a_good_answer(server: ModelServer, model: OpenAIModel) -> None:
    reply = await model.ask(PROMPT, Shape)
    assert reply.answer == Shape(title="Ja", numbers=[1, 2])
    assert reply.model == model.name == "test-model"
    assert reply.tokens == Tokens(100, 20)
    assert server.keys == [f"Bearer {KEY}"]


async def test_the_request(server: ModelServer, model: OpenAIModel) -> None:
    await model.ask(PROMPT, Shape)
    asked = server.asked[0]
    assert [(m["role"], m["content"]) for m in asked["messages"]] == [("system", "Anleitung"), ("user", "Frage")]
    assert asked["reasoning_effort"] == "none"
    assert asked["max_tokens"] == 2_000
    assert asked["response_format"]["type"] == "json_schema"
    assert asked["response_format"]["json_schema"]["strict"] is True


def test_the_schema_has_plain_types_only() -> None:
    inner = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "maybe": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
        "required": ["text", "maybe"],
        "additionalProperties": False,
    }
    assert plain_schema(Shape) == {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "numbers": {"type": "array", "items": {"type": "integer"}},
            "inner": {"type": "array", "items": inner},
        },
        "required": ["title", "numbers", "inner"],
        "additionalProperties": False,
    }


FAILURES: list[tuple[Responder, type[ModelError]]] = [
    (hangs, ModelUnavailable),
    (cut, ModelUnavailable),
    (status(429), ModelUnavailable),
    (status(429, code="insufficient_quota"), ModelRefused),
    (status(500), ModelUnavailable),
    (status(503), ModelUnavailable),
    (status(408), ModelUnavailable),
    (status(401), ModelRefused),
    (status(402), ModelRefused),
    (status(403), ModelRefused),
    (status(404), ModelRefused),
    (status(400, "context length exceeded"), ModelRefused),
    (status(413), ModelRefused),
    (body("<html><body>Willkommen</body></html>", "text/html"), ModelMisbehaved),
    (body('{"choices": [{"message": {"content": "x'), ModelMisbehaved),
    (body('"just words"'), ModelMisbehaved),
    (body("[]"), ModelMisbehaved),
    (body("{}"), ModelMisbehaved),
    (body('{"choices": null}'), ModelMisbehaved),
    (body('{"choices": []}'), ModelMisbehaved),
    (body('{"choices": ["x"]}'), ModelMisbehaved),
    (body('{"choices": [{"message": {"content": "\\ud800"}}]}'), ModelMisbehaved),
    (body(b"\xff\xfe\x00"), ModelMisbehaved),
    (body(b""), ModelMisbehaved),
    (says(None), ModelMisbehaved),
    (says(""), ModelMisbehaved),
    (says("  \n"), ModelMisbehaved),
    (says('{"title": "hal', finish="length"), ModelMisbehaved),
    (says(ANSWER, finish="content_filter"), ModelMisbehaved),
    (says(None, refusal="I can't"), ModelMisbehaved),
]


@pytest.mark.parametrize(("failure", "expected"), FAILURES)
async def test_each_failure_is_ours(
    server: ModelServer, model: OpenAIModel, failure: Responder, expected: type[ModelError]
) -> None:
    server.script(failure)
    with pytest.raises(ModelError) as caught:
        await model.ask(PROMPT, Shape)
    assert type(caught.value) is expected
    assert str(caught.value).startswith("test-model ")
    assert len(server.asked) == 1, "no retry storm"
    assert (await model.ask(PROMPT, Shape)).answer.title == "Ja", "the next request works"


UNREADABLE = [
    "Gerne! Hier ist die Antwort.",
    '{"title": "Ja", "numbers": [1, 2],}',
    '{"title": "Ja", "numbers": [1]} {"title": "Nein", "numbers": [2]}',
    '{"title": "Ja", "title": "Nein", "numbers": [1]}',
    '"{\\"title\\": \\"Ja\\", \\"numbers\\": [1]}"',
    '{"title": "Ja"}',
    '{"title": "", "numbers": [1]}',
    '{"title": "Ja", "numbers": [1, 2, 3, 4]}',
    '{"title": "Ja", "numbers": ["zwei"]}',
    "<table><tr><td>Ja</td></tr></table>",
    "| title | numbers |\n|---|---|",
    '{"a":' * 5_000 + "1" + "}" * 5_000,
    '{"title": "Ja", "numbers": [' + "9" * 5_000 + "]}",
]


@pytest.mark.parametrize("text", UNREADABLE)
async def test_what_is_not_the_shape_is_unreadable(server: ModelServer, model: OpenAIModel, text: str) -> None:
    server.script(says(text))
    with pytest.raises(Unreadable) as caught:
        await model.ask(PROMPT, Shape)
    assert caught.value.answer == text
    assert caught.value.problem
    assert (caught.value.read, caught.value.written) == (100, 20), "it was paid for all the same"


WRAPPED = [
    '```json\n{"title": "Ja", "numbers": [1, 2]}\n```',
    '```\n{"title": "Ja", "numbers": [1, 2]}\n```',
    'Hier ist es:\n{"title": "Ja", "numbers": [1, 2]}\nBitte sehr.',
    '<think>Erst {denken}, dann …</think>{"title": "Ja", "numbers": [1, 2]}',
    '\n\n{"title": "Ja", "numbers": [1, 2], "extra": true}',
]


@pytest.mark.parametrize("text", WRAPPED)
async def test_what_stands_around_the_object_does_not_matter(
    server: ModelServer, model: OpenAIModel, text: str
) -> None:
    server.script(says(text))
    assert (await model.ask(PROMPT, Shape)).answer == Shape(title="Ja", numbers=[1, 2])


@pytest.mark.parametrize(
    ("details", "cached"),
    [
        ({"cached_tokens": 80}, 80),
        ({"cached_tokens": 100, "audio_tokens": 0}, 100),
        ({"cached_tokens": 101}, 0),
        ({"cached_tokens": -1}, 0),
        ({"cached_tokens": "80"}, 0),
        ({"cached_tokens": True}, 0),
        ({"cached_tokens": None}, 0),
        ({}, 0),
        (None, 0),
        ([80], 0),
        ("80", 0),
    ],
)
async def test_tokens_from_the_cache_are_read(
    server: ModelServer, model: OpenAIModel, details: object, cached: int
) -> None:
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": details}
    server.script(says(ANSWER, usage=usage))
    assert (await model.ask(PROMPT, Shape)).tokens == Tokens(100, 20, cached)


async def test_tokens_are_estimated_where_nobody_counts(server: ModelServer, model: OpenAIModel) -> None:
    nonsense = [{}, {"prompt_tokens": None}, {"prompt_tokens": -5, "completion_tokens": 3}, {"prompt_tokens": 10**30}]
    for usage in [None, *nonsense]:
        without = {"choices": [{"message": {"content": '{"title": "Ja", "numbers": []}'}}], "usage": usage}
        server.script(body(json.dumps(without)))
        reply = await model.ask(Prompt("a" * 400, "b" * 400), Shape)
        assert reply.tokens == Tokens(201, 8)


async def test_retry_after_decides_how_long_to_rest(server: ModelServer, model: OpenAIModel) -> None:
    rests = []
    for value in ("42", "0", "-3", "1e9", "nan", "Wed, 21 Oct 2026 07:28:00 GMT", ""):
        server.script(status(429, headers={"Retry-After": value}))
        with pytest.raises(ModelUnavailable) as caught:
            await model.ask(PROMPT, Shape)
        rests.append(caught.value.rest)
    assert rests == [42, 5, 5, 3600, 5, 5, 5]


async def test_nobody_listens() -> None:
    model = OpenAIModel(Endpoint("test-model", "http://127.0.0.1:9/v1", KEY))
    with pytest.raises(ModelUnavailable, match="nicht erreichbar"):
        await model.ask(PROMPT, Shape)
    await model.close()


async def test_the_key_is_given_away_nowhere(
    server: ModelServer, model: OpenAIModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(status(401, f"Incorrect API key provided: {KEY}"), status(400, f"no {KEY}"), status(500, KEY))
    for _ in range(3):
        with pytest.raises(ModelError) as caught:
            await model.ask(PROMPT, Shape)
        assert KEY not in str(caught.value)
        assert caught.value.__suppress_context__, "a traceback would show what the server wrote"
    await model.ask(PROMPT, Shape)
    assert caplog.records, "the SDK logged nothing: this test would prove nothing"
    assert KEY not in caplog.text
    assert KEY not in repr(Endpoint("test-model", server.url, KEY))


KNOWN_ERRORS = {
    "OpenAIError", "APIError", "APIStatusError", "APIConnectionError", "APITimeoutError", "APIResponseValidationError",
    "BadRequestError", "AuthenticationError", "OAuthError", "PermissionDeniedError", "NotFoundError", "ConflictError",
    "UnprocessableEntityError", "RateLimitError", "InternalServerError",
    # nothing we call raises these; `translate` still has an answer
    "LengthFinishReasonError", "ContentFilterFinishReasonError", "SubjectTokenProviderError",
    "WebSocketConnectionClosedError", "WebSocketQueueFullError", "StreamAlreadyConsumed",
    "MutuallyExclusiveAuthError", "APIRemovedInV1", "_AmbiguousModuleClientUsageError",
}  # fmt: skip


def test_the_sdk_has_no_error_that_we_do_not_know() -> None:
    assert {error.__name__ for error in tree(openai.OpenAIError)} <= KNOWN_ERRORS


def test_a_new_error_would_be_noticed() -> None:
    new = type("SomethingNewError", (openai.RateLimitError,), {})
    assert new in tree(openai.OpenAIError)
    assert new.__name__ not in KNOWN_ERRORS
    del new
    gc.collect()  # or the test above would find it


def tree(error: type[Exception]) -> set[type[Exception]]:
    return {error}.union(*(tree(kind) for kind in error.__subclasses__()))
