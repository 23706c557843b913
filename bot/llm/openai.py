"""One OpenAI-compatible endpoint, asked through the official client. The only importer of its SDK."""

import asyncio
import math
from http import HTTPStatus
from typing import Any, NamedTuple

import openai
from openai import AsyncOpenAI
from pydantic import BaseModel, ValidationError

from bot.errors import ModelError, ModelMisbehaved, ModelRefused, ModelUnavailable
from bot.llm.answers import Unreadable, describe, parse_answer
from bot.llm.endpoints import OUTPUT_TOKENS, Endpoint
from bot.llm.ladder import Abilities, Rung
from bot.llm.schema import plain_schema
from bot.model import Tokens
from bot.ports import AnswerT, Prompt, Reply

PATIENCE = 60.0  # seconds for one answer; the SDK alone would wait 600
CHARACTERS_PER_TOKEN = 4  # where the endpoint doesn't count; close for German with current tokenisers
MOST_TOKENS = 10_000_000  # no endpoint reads so many at once; a larger count is a mistake
DOWN, BUSY, HICCUP, MISCONFIGURED = 60.0, 5.0, 0.5, 600.0  # seconds of rest
LONGEST_REST = 3600.0


class _Kind(NamedTuple):
    """One way to fail: whose error it is, what the model does (German), and how many seconds of rest it calls for."""

    error: type[ModelError]
    what: str
    rest: float = 0.0


SLOW = _Kind(ModelUnavailable, "hat nicht rechtzeitig geantwortet", DOWN)
UNREACHABLE = _Kind(ModelUnavailable, "ist nicht erreichbar", DOWN)
SICK = _Kind(ModelUnavailable, "ist gestört", HICCUP)
OVERLOADED = _Kind(ModelUnavailable, "ist überlastet", BUSY)
LOCKED = _Kind(ModelRefused, "weist den Schlüssel ab. Bitte den Schlüssel prüfen", MISCONFIGURED)
UNKNOWN = _Kind(ModelRefused, "ist unter dieser Adresse unbekannt. Bitte Modell und Adresse prüfen", MISCONFIGURED)
PENNILESS = _Kind(ModelRefused, "antwortet nicht, weil das Guthaben aufgebraucht ist", MISCONFIGURED)
REFUSING = _Kind(ModelRefused, "lehnt die Anfrage ab")
STRANGE = _Kind(ModelMisbehaved, "antwortet nicht wie eine OpenAI-Schnittstelle. Bitte die Adresse prüfen")
BY_STATUS = {401: LOCKED, 402: PENNILESS, 403: LOCKED, 404: UNKNOWN, 408: SICK, 409: SICK, 429: OVERLOADED}


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: object = None  # nonsense in it costs no answer

    @property
    def tokens(self) -> Tokens | None:
        """As counted by the endpoint; None where it says nothing or nonsense."""
        read, written = self.prompt_tokens or 0, self.completion_tokens or 0
        if not (0 < read < MOST_TOKENS and 0 <= written < MOST_TOKENS):
            return None
        return Tokens(read, written, self._cached(read))

    def _cached(self, read: int) -> int:
        """Those that were in the endpoint's cache; none where it says nothing or nonsense."""
        details = self.prompt_tokens_details
        told = details.get("cached_tokens") if isinstance(details, dict) else None
        return told if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= read else 0


class _Completion(BaseModel):
    """What we need of an answer, checked; the SDK's own objects are built without checking anything."""

    choices: list[_Choice]
    usage: _Usage | None = None


class OpenAIModel:
    """One model at one endpoint. Fulfils the port `Model` for a single try; repair, budget and fallbacks wrap it.

    What the endpoint refuses to take is remembered as long as this object lives.
    """

    def __init__(self, endpoint: Endpoint, patience: float = PATIENCE, output_tokens: int = OUTPUT_TOKENS) -> None:
        self._endpoint = endpoint
        self._patience = patience
        self._output_tokens = output_tokens
        self._abilities = Abilities.expected(endpoint.base_url)
        self._client = AsyncOpenAI(
            api_key=endpoint.key or "none",  # the SDK insists on one; servers without keys ignore it
            base_url=endpoint.base_url,
            timeout=patience,
            max_retries=0,
        )

    @property
    def name(self) -> str:
        """The model as the operator named it."""
        return self._endpoint.model

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        """An answer of this shape. Raises `ModelError`; `Unreadable` where asking once more may help."""
        body = await self._body(prompt, shape)
        completion = self._completion(body)
        text = completion.choices[0].message.content or ""
        used = count(completion.usage, prompt, text)
        self._accept(completion.choices[0], used)
        try:
            answer = parse_answer(text, shape)
        except ValueError as error:
            message = f"{self.name} antwortet nicht in der verlangten Form."
            raise Unreadable(message, text, str(error), used) from error
        return Reply(answer, self.name, used)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _body(self, prompt: Prompt, shape: type[BaseModel]) -> bytes:
        """The answer's bytes, one rung down for every refused parameter. Ends: there are fewer each time."""
        while True:
            tried = self._abilities
            try:
                return await self._post(prompt, shape, tried)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                left = tried.without(f"{error.param} {error.message}")
                if left is None:
                    raise translate(error, self.name) from None
                if self._abilities == tried:  # else another request has just learnt something
                    self._abilities = left
            except openai.OpenAIError as error:
                raise translate(error, self.name) from None  # its text may repeat the key
            except TimeoutError as error:
                raise SLOW.error(f"{self.name} {SLOW.what}.", rest=SLOW.rest) from error

    async def _post(self, prompt: Prompt, shape: type[BaseModel], abilities: Abilities) -> bytes:
        schema = plain_schema(shape)
        constant = prompt.constant if abilities.rung is Rung.SCHEMA else prompt.constant + describe(schema)
        asked: dict[str, Any] = abilities.parameters(shape.__name__, schema, self._output_tokens)
        async with asyncio.timeout(self._patience):  # the SDK's timeout starts anew with every byte
            raw = await self._client.chat.completions.with_raw_response.create(
                model=self._endpoint.model,
                messages=[{"role": "system", "content": constant}, {"role": "user", "content": prompt.question}],
                **asked,
            )
        content: bytes = raw.content
        return content

    def _completion(self, body: bytes) -> _Completion:
        try:
            completion = _Completion.model_validate_json(body)
        except ValidationError:
            raise self._misbehaved(STRANGE.what) from None
        if not completion.choices:
            raise self._misbehaved("hat nichts geantwortet")
        return completion

    def _accept(self, choice: _Choice, used: Tokens) -> None:
        """Raises `ModelMisbehaved` for one that was cut, filtered, refused or left out; asking again is no use."""
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise self._misbehaved("lehnt die Antwort ab", used)
        if choice.finish_reason == "length":
            raise self._misbehaved("wurde mit der Antwort nicht fertig", used)
        if not (choice.message.content or "").strip():
            raise self._misbehaved("hat nichts geantwortet", used)

    def _misbehaved(self, what: str, used: Tokens | None = None) -> ModelMisbehaved:
        used = used or Tokens()
        return ModelMisbehaved(f"{self.name} {what}.", used.read, used.written, cached=used.cached)


def count(usage: _Usage | None, prompt: Prompt, text: str) -> Tokens:
    """The tokens used, as counted by the endpoint, else estimated."""
    counted = usage.tokens if usage else None
    asked = len(prompt.constant) + len(prompt.question)
    return counted or Tokens(asked // CHARACTERS_PER_TOKEN + 1, len(text) // CHARACTERS_PER_TOKEN + 1)


def translate(error: openai.OpenAIError, model: str) -> ModelError:
    """The SDK's error as one of ours, in German. Nothing that the server wrote gets through."""
    kind = _kind(error)
    rest = _retry_after(error, kind.rest) if isinstance(error, openai.APIStatusError) else kind.rest
    return kind.error(f"{model} {kind.what}.", rest=rest)


def _kind(error: openai.OpenAIError) -> _Kind:
    match error:
        case openai.APITimeoutError():
            return SLOW
        case openai.APIConnectionError():
            return UNREACHABLE
        case openai.APIStatusError(code="insufficient_quota"):
            return PENNILESS
        case openai.APIStatusError(status_code=status):
            return BY_STATUS.get(status, SICK if status >= HTTPStatus.INTERNAL_SERVER_ERROR else REFUSING)
        case _:
            return STRANGE


def _retry_after(error: openai.APIStatusError, least: float) -> float:
    """The seconds the server asks for, at least and at most so many; dates and nonsense count as the least."""
    try:
        asked = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return least
    return least if math.isnan(asked) else min(max(asked, least), LONGEST_REST)
