"""Digests with a model, as an operator with a key sees them: real processes and SDK, a scripted endpoint."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.journeys.commandline import bot
from tests.models import KEY, ModelServer, completion, number_in, status

ARTICLE = """Werft baut Fähre ohne Schornstein, berichtet der Hafenbote

Die Werft Klabauter baut eine Fähre ohne Schornstein, berichtete der Hafenbote am Dienstag. Sie soll 2028 fahren.

Das Schiff kostet nach Angaben der Werft 64 Millionen Euro. Rund 10.000 Batteriezellen sollen es antreiben.
"""
HEADLINE = "Werft soll Fähre ohne Schornstein bauen"
TOLD = [
    {
        "text": "Die Werft baut laut einem Bericht eine Fähre ohne Schornstein.",
        "sources": [1],
        "hedged": True,
    },
    {"text": "Sie soll 2028 fahren.", "sources": [1], "hedged": True},
    {"text": "Nach Angaben der Werft kostet das Schiff 64 Millionen Euro.", "sources": [1], "hedged": True},
]


def well(asked: dict[str, Any]) -> web.StreamResponse:
    """A model that answers well."""
    draft = {"story": number_in(asked), "headline": HEADLINE, "sentences": TOLD}
    return web.json_response(completion(json.dumps(draft, ensure_ascii=False)))


async def run(server: ModelServer, *arguments: str, home: Path, **environment: str) -> tuple[dict[str, Any], str]:
    """One command with this model; what it told as JSON, and what it said beside."""
    found = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "OPENAI_MODEL": "test-model"} | environment
    result = await asyncio.to_thread(lambda: bot(*arguments, "--format", "json", home=home, **found))
    assert result.returncode == 0, result.stderr
    assert KEY not in result.stdout + result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told, result.stderr


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "artikel.txt"
    file.write_text(ARTICLE, "utf-8")
    return str(file)


async def test_a_good_answer_passes_unharmed(article: str, tmp_path: Path) -> None:
    async with ModelServer(well) as server:
        told, _ = await run(server, "summarise", article, home=tmp_path)

    (story,) = told["stories"]
    assert story["made_by"] == "model"
    assert story["headline"] == HEADLINE
    assert story["sentences"] == TOLD
    assert story["dropped"] == []


async def test_a_story_is_paid_for_once(article: str, tmp_path: Path) -> None:
    async with ModelServer(well) as server:
        first, _ = await run(server, "summarise", article, home=tmp_path)
        again, _ = await run(server, "summarise", article, home=tmp_path)

        assert len(server.asked) == 1
    assert first["stories"] == again["stories"] or first["stories"][0]["sentences"] == again["stories"][0]["sentences"]


async def test_the_daily_limit_is_a_hard_stop(article: str, tmp_path: Path) -> None:
    async with ModelServer(well) as server:
        told, _ = await run(server, "summarise", article, home=tmp_path, LLM_DAILY_TOKENS="100")

        assert server.asked == []
    assert told["stories"][0]["made_by"] == "extract"
    assert any("Tagesbudget" in note for note in told["notes"])


@pytest.mark.parametrize("number", [401, 500])
async def test_a_model_that_fails_costs_no_story(number: int, article: str, tmp_path: Path) -> None:
    async with ModelServer(status(number)) as server:
        told, _ = await run(server, "summarise", article, home=tmp_path)

    assert told["stories"][0]["made_by"] == "extract"
    assert told["stories"][0]["sentences"]
    assert any("als Auszug" in note for note in told["notes"])
