"""The seed article, extracted: what it reports stays reported."""

from pathlib import Path

import pytest

from bot.model import Length, MadeBy
from bot.summaries.extract import extract
from tests.stages.invented import article, story

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_f88c3fa8b7246111.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies outside of the repository")
def test_the_seed_article_keeps_its_reservations() -> None:
    title, _, text = SEED.read_text("utf-8").partition("\n")

    summary = extract(story(article("Blatt", title, text.strip())), Length.LONG)

    assert summary.headline == title
    assert summary.made_by is MadeBy.EXTRACT
    assert len(summary.sentences) == 5
    assert summary.sentences[0].hedged
    assert "berichtete" in summary.sentences[0].text
    assert any("soll sich" in sentence.text and sentence.hedged for sentence in summary.sentences)
    assert not any(sentence.text.startswith(("Aber", "Natürlich", "Schließlich")) for sentence in summary.sentences)
