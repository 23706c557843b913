"""The conformance corpus: every claim of every case, minus the written deviations (bot/feeds/DEVIATIONS.md)."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import as_json, parse

_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared"
_CORPUS = _SHARED / "corpora" / "feeds"
_SCORER = _SHARED / "tools" / "score_feeds.py"

pytestmark = pytest.mark.skipif(not _CORPUS.exists(), reason="the corpus is not here")


def _cases() -> list[dict[str, Any]]:
    file = _CORPUS / "expectations.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_feeds", _SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answer(case: dict[str, Any]) -> dict[str, object] | None:
    body = (_CORPUS / "inputs" / case["file"]).read_bytes()
    if case.get("live", "").startswith("path:"):
        body = str(_CORPUS / "inputs" / case["live"].removeprefix("path:")).encode()
    try:
        return as_json(parse(body))
    except NotAFeed:
        return None


def _deviations() -> set[str]:
    return set(re.findall(r"^\| `([^`]+)`", (_ROOT / "bot/feeds/DEVIATIONS.md").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["case"])
def test_every_claim_is_met(case: dict[str, Any], scorer: ModuleType) -> None:
    failed = [f"{name}: {detail}" for name, passed, detail in scorer.check(case, _answer(case)) if not passed]
    assert bool(failed) == (case["case"] in _deviations()), failed
