"""What stands around the news: honest about the size of the day and about who wrote what."""

from dataclasses import replace

import pytest

from bot.german import phrases
from bot.model import Digest, DigestStory, MadeBy
from tests.stages.digests import DIGEST, FAILURE, STORY, SUMMARY, UNTRANSLATED

EXTRACT = replace(STORY, summary=replace(SUMMARY, made_by=MadeBy.EXTRACT))


@pytest.mark.parametrize(
    ("digest", "says"),
    [
        (DIGEST, "10.000 Artikel gesehen, 3 Meldungen ausgewählt."),
        (
            replace(DIGEST, stories=(STORY,), looked_at=214),
            "Wenig Wichtiges: 214 Artikel gesehen, 1 Meldung ausgewählt.",
        ),
        (replace(DIGEST, stories=(), looked_at=214), "214 Artikel gesehen, nichts Wichtiges dabei."),
        (replace(DIGEST, stories=(), looked_at=0, failed=()), "In diesem Zeitraum ist kein Artikel erschienen."),
        (replace(DIGEST, stories=(), looked_at=0), "Kein Artikel gesehen; manche Feeds waren nicht zu lesen."),
        (replace(DIGEST, stories=(STORY,), looked_at=1), ""),
    ],
    ids=["ordinary", "slow", "unimportant", "empty", "broken", "single"],
)
def test_the_size_of_the_day_is_told(digest: Digest, says: str) -> None:
    assert phrases.looked_at(digest) == says


@pytest.mark.parametrize(
    ("stories", "says"),
    [
        ((STORY,), "Die Zusammenfassungen hat ein Sprachmodell verfasst."),
        ((EXTRACT,), "Kein Sprachmodell war beteiligt: Alle Sätze sind Auszüge aus den Quellen."),
        ((STORY, EXTRACT), "1 von 2 Meldungen hat ein Sprachmodell verfasst, die übrigen sind Auszüge."),
    ],
)
def test_who_wrote_what_is_disclosed(stories: tuple[DigestStory, ...], says: str) -> None:
    assert phrases.written(replace(DIGEST, stories=stories)).startswith(says)


def test_a_bare_headline_was_written_by_nobody_here() -> None:
    assert phrases.written_by(STORY) == "vom Sprachmodell verfasst"
    assert phrases.written_by(EXTRACT) == "Auszug aus den Quellen"
    assert phrases.written_by(UNTRANSLATED) == ""


@pytest.mark.parametrize(("value", "says"), [(1.5, "+1,5"), (-1.5, "−1,5"), (3, "+3,0"), (0.04, "+0,0")])
def test_points_have_a_sign(value: float, says: str) -> None:
    assert phrases.points(value) == says


def test_failures_are_counted() -> None:
    assert phrases.failed(DIGEST) == "1 Feed nicht gelesen"
    assert phrases.failed(replace(DIGEST, failed=(FAILURE,) * 2)) == "2 Feeds nicht gelesen"
    assert phrases.failed(replace(DIGEST, failed=())) == ""
