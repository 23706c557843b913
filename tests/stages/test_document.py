"""A digest as JSON, as hosts and scripts read it."""

import json

from bot.digests.document import as_json
from tests.stages.digests import DIGEST


def test_the_document_keeps_the_contract() -> None:
    told = json.loads(json.dumps(as_json(DIGEST)))

    assert told["date"] == "2026-11-23"
    assert told["audience"] == "alle Themen"
    assert told["failed"] == [{"feed": "Zeitung", "reason": "Antwortet nicht."}]
    assert told["looked_at"] == 10_000
    assert len(told["stories"]) == 3


def test_a_story_keeps_the_contract() -> None:
    story = json.loads(json.dumps(as_json(DIGEST)))["stories"][0]

    assert story["headline"] == "Eine Lücke ist geschlossen"
    assert story["sentences"] == [
        {"text": "Das Update schließt die Lücke.", "sources": [1, 2], "hedged": False},
        {"text": "Angriffe soll es geben.", "sources": [2], "hedged": True},
    ]
    assert story["topics"] == ["Sicherheit"]
    assert story["sources"][1] == {
        "n": 2,
        "outlet": "Paper",
        "title": "Hole closed",
        "url": "https://paper.example/2",
        "language": "en",
        "published": "2026-11-23T08:05:00+00:00",
        "extent": "full",
    }
    assert story["made_by"] == "model"
    assert story["dropped"] == [{"text": "41 Millionen Geräte.", "reason": "Die Zahl steht in keiner Quelle."}]


def test_it_tells_more_than_the_contract_asks_for() -> None:
    told = json.loads(json.dumps(as_json(DIGEST)))

    assert told["notes"] == ["Hinweis."]
    assert told["stories"][0]["follow_up"] is True
    assert told["stories"][0]["why"] == [{"name": "2 unabhängige Quellen", "points": 1.5}]
