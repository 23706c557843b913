"""A loopback server that speaks OpenAI's chat completions, with scripted answers. No mock: the real SDK talks to it.

async with ModelServer() as server:
    server.script(says("{…}"), status(429), hangs)   # in this order; afterwards `server.otherwise`
    model = OpenAIModel(Endpoint("test-model", server.url, KEY))
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

KEY = "sk-geheim-1234567890"
Asked = dict[str, Any]
Responder = Callable[[Asked], web.StreamResponse | Awaitable[web.StreamResponse]]


class ModelServer:
    """Records what it is asked in `asked` (bodies) and `keys` (Authorization headers)."""

    def __init__(self, otherwise: Responder | None = None) -> None:
        self.asked: list[Asked] = []
        self.keys: list[str] = []
        self.running = 0
        self.most_at_once = 0
        self.otherwise: Responder = otherwise or condenses
        self._script: deque[Responder] = deque()

    def script(self, *responders: Responder) -> None:
        """What to do with the next requests."""
        self._script.extend(responders)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_post("/v1/chat/completions", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked)
        self.keys.append(request.headers.get("authorization", ""))
        responder = self._script.popleft() if self._script else self.otherwise
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            response = responder(asked)
            return response if isinstance(response, web.StreamResponse) else await response
        finally:
            self.running -= 1


def completion(content: object, finish: str = "stop", usage: Asked | None = None, refusal: str | None = None) -> Asked:
    """The body of an answer, as the API documents it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test-model-2026",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": refusal},
                "finish_reason": finish,
            }
        ],
        "usage": usage or {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def says(content: object, finish: str = "stop", usage: Asked | None = None, refusal: str | None = None) -> Responder:
    """A well-formed answer with this content: a text as it is, anything else as JSON."""
    text = content if isinstance(content, str | None) else json.dumps(content, ensure_ascii=False)
    return lambda _: web.json_response(completion(text, finish, usage, refusal))


def body(raw: bytes | str, kind: str = "application/json", status: int = 200) -> Responder:
    """Any bytes at all."""
    payload = raw.encode() if isinstance(raw, str) else raw
    return lambda _: web.Response(body=payload, content_type=kind, status=status)


def status(number: int, message: str = "no", headers: dict[str, str] | None = None, **error: str) -> Responder:
    """An error of the API; `error` adds fields such as `param` and `code`."""
    return lambda _: web.json_response({"error": {"message": message, **error}}, status=number, headers=headers)


async def hangs(_: Asked) -> web.StreamResponse:
    """No answer for longer than any test waits."""
    await asyncio.sleep(30)
    return web.Response()


class Dripping(web.Response):
    """An answer that never ends, a blank at a time, so that no pause between two bytes is long."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Blanks before JSON mean nothing."""
        del data
        while True:
            await self.write(b" ")
            await asyncio.sleep(0.05)


def drips(_: Asked) -> web.StreamResponse:
    """A server that is alive, and says nothing for ever."""
    response = Dripping(content_type="application/json")
    response.enable_chunked_encoding()
    return response


def cut(asked: Asked) -> Awaitable[web.StreamResponse]:
    """Half an answer, then the connection ends."""
    raise web.HTTPOk(body=b'{"choices": [', headers={"Content-Length": "500"})


def number_in(asked: Asked) -> int:
    """The number of the story that a condensation asks about."""
    found = re.search(r"Meldung (\d+)", asked["messages"][-1]["content"])
    assert found, "no story number in the question"
    return int(found[1])


def story(number: int, *sentences: str, headline: str = "Behörde prüft neue Regeln für Rechenzentren") -> Asked:
    """A draft in the shape that condensing asks for, citing the first source."""
    listed = [{"text": text, "sources": [1], "hedged": False} for text in sentences]
    return {"story": number, "headline": headline, "sentences": listed}


# Without figures, dates, quotes and names, so that nothing speaks against them, whatever the story.
GOOD = (
    "Die Behörde prüft neue Regeln für den Strombedarf großer Rechenzentren.",
    "Ein Entwurf soll laut Ministerium bald vorliegen.",
    "Die Betreiber lehnen feste Obergrenzen bisher ab und verweisen auf lange Bauzeiten.",
)


def condenses(asked: Asked) -> web.StreamResponse:
    """A model that condenses well, whatever the story."""
    return web.json_response(completion(json.dumps(story(number_in(asked), *GOOD), ensure_ascii=False)))
