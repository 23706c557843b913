"""How many false sentences the check refuses, and how few true ones; the floors move only on purpose."""

import json

import pytest

from bot.verifying import verify_lines
from tests.quality import grouping
from tests.quality.verdicts import SETS, SOFT, Labelled, own_lines, score


@pytest.mark.parametrize("labelled", SETS, ids=lambda labelled: labelled.name)
def test_the_check_keeps_its_floor(labelled: Labelled) -> None:
    if not labelled.folder.exists():
        pytest.skip("this set is not here")

    found = score(labelled.folder)
    table = "\n".join(found.table())

    assert found.share(*labelled.hard) >= labelled.floor.hard, table
    assert found.share(*SOFT) >= labelled.floor.soft, table
    assert found.share(faithful=True) <= labelled.floor.faithful, table


@pytest.mark.parametrize("articles", grouping.SETS, ids=lambda articles: articles.name)
def test_what_an_article_says_passes_with_itself_as_the_source(articles: grouping.Labelled) -> None:
    if not articles.file.exists():
        pytest.skip("this set is not here")

    lines = own_lines(articles.file)
    refused = [
        (json.loads(line)["sentence"], json.loads(answer)["reasons"])
        for line, answer in zip(lines, verify_lines(lines), strict=True)
        if not json.loads(answer)["ok"]
    ]

    assert lines
    assert len(refused) <= len(lines) // 500, refused
