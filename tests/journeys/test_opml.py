"""The list of feeds goes out to other readers as OPML, and comes in from them."""

import json
from pathlib import Path

from tests.journeys.commandline import bot


def test_what_goes_out_can_come_in(tmp_path: Path) -> None:
    out = bot("opml", home=tmp_path)
    assert out.returncode == 0, out.stderr
    (tmp_path / "feeds.opml").write_text(out.stdout, "utf-8")

    again = bot("opml", home=tmp_path, FEEDS_FILE=str(tmp_path / "feeds.opml"))

    assert out.stdout.count("xmlUrl=") > 40
    assert again.stdout == out.stdout


def test_a_foreign_list_is_read(tmp_path: Path) -> None:
    file = tmp_path / "reader.opml"
    file.write_text('<opml><body><outline text="Niemand" xmlUrl="http://127.0.0.1:9/x"/></body></opml>', "utf-8")

    totals = bot("collect", "--json", home=tmp_path, FEEDS_FILE=str(file), PRIVATE_HOSTS="127.0.0.1:9")

    assert json.loads(totals.stdout) == {"feeds": 1, "fetched": 0, "unchanged": 0, "failed": 1, "new": 0}
    assert "Niemand: Der Server ist nicht erreichbar." in totals.stderr


def test_a_file_that_is_no_list_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "leer.opml"
    file.write_text("<opml><body/></opml>", "utf-8")

    result = bot("opml", home=tmp_path, FEEDS_FILE=str(file))

    assert result.returncode == 2
    assert "enthält keine Feeds" in result.stderr
