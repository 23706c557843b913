"""`verify`: sentences with their sources in, what speaks against them out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.commandline import ROOT, bot, is_one_german_line

SOURCE = {
    "title": "Quarrel over a ferry",
    "text": "The ferry costs 64 million euros and will sail in May 2028, shipyard Tidenwerk said on Monday.",
    "language": "en",
    "published": "2026-11-24T08:00:00+01:00",
    "outlet": "Harbour Post",
    "url": "https://harbour.example/1",
}


def asked(sentence: object, *sources: object, id_: object = "s1") -> str:
    return json.dumps({"id": id_, "sentence": sentence, "sources": list(sources)}) + "\n"


def test_each_sentence_gets_its_line_in_order(tmp_path: Path) -> None:
    given = [
        asked("Die Fähre kostet 64 Mio. Euro.", SOURCE, id_="gut"),
        asked("Die Fähre kostet 64 Mio. Dollar.", SOURCE, id_=2),
        asked("Am 23. November sprach die Werft davon.", SOURCE, id_=None),
        asked("The ferry costs 64 million euros, the shipyard said.", SOURCE),
        asked("Mehr zur Fähre steht auf https://boese.example/kaufen.", SOURCE),
        asked("Die Fähre fährt bald.", id_="ohne"),
        asked("…", SOURCE),
    ]
    result = bot("verify", home=tmp_path, given="\n".join(given))

    assert (result.returncode, result.stderr) == (0, "")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": "gut", "ok": True, "reasons": []},
        {"id": 2, "ok": False, "reasons": ["nennt 64 Mio. Dollar; die Quellen nennen 64 million euros"]},
        {"id": None, "ok": True, "reasons": []},
        {"id": "s1", "ok": False, "reasons": ["ist nicht auf Deutsch"]},
        {"id": "s1", "ok": False, "reasons": ["enthält einen Link"]},
        {"id": "ohne", "ok": False, "reasons": ["nennt keine Quelle"]},
        {"id": "s1", "ok": False, "reasons": ["ist leer"]},
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"", "kein Satz"),
        (b"\xff\xfe\0", "Zeile 1 ist kein Text"),
        (b"{", "Zeile 1 ist kein JSON"),
        (b"[]", "Zeile 1 ist kein JSON-Objekt"),
        (b'\n{"id": 1}', "In Zeile 2 fehlt sentence"),
        (b'{"id": 1, "sentence": "Ein Satz.", "sources": [1]}', "In Zeile 1 ist sources keine Liste"),
        (b'{"id": 1, "sentence": "Ein Satz.", "sources": [{}]}', "In Zeile 1 ist published kein Zeitpunkt"),
    ],
)
def test_what_is_no_sentence_is_told_in_one_line(given: bytes, told: str, tmp_path: Path) -> None:
    result = bot("verify", home=tmp_path, given=given)

    assert result.returncode == 2
    assert is_one_german_line(result.stderr)
    assert told in result.stderr


def test_a_source_may_lack_all_but_its_moment(tmp_path: Path) -> None:
    bare = {"text": "Die Fähre kostet 64 Millionen Euro und soll bald fahren.", "published": "2026-11-24"}
    result = bot("verify", home=tmp_path, given=asked("Die Fähre kostet 64 Mio. Euro.", bare))

    assert json.loads(result.stdout) == {"id": "s1", "ok": True, "reasons": []}


def test_answers_come_while_sentences_are_still_written(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "verify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(asked("Die Fähre kostet 64 Mio. Euro.", SOURCE))
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["ok"] is True, "the input is still open"
        running.stdin.close()
        assert running.wait(timeout=60) == 0
