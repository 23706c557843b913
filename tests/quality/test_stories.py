"""How well articles about one event find together; the floors of precision and recall move only on purpose."""

import pytest

from tests.quality.grouping import SETS, Labelled, score


@pytest.mark.parametrize("labelled", SETS, ids=lambda labelled: labelled.name)
def test_stories_keep_their_floor(labelled: Labelled) -> None:
    if not labelled.file.exists():
        pytest.skip("this set is not here")

    reached = score(labelled.file)

    assert reached.precision >= labelled.floor.precision, reached
    assert reached.recall >= labelled.floor.recall, reached
    assert reached.across >= labelled.floor.across, reached
