"""How many false sentences the check refuses, and how few true ones; the floors move only on purpose."""

import pytest

from tests.quality.verdicts import SETS, SOFT, Labelled, score


@pytest.mark.parametrize("labelled", SETS, ids=lambda labelled: labelled.name)
def test_the_check_keeps_its_floor(labelled: Labelled) -> None:
    if not labelled.folder.exists():
        pytest.skip("this set is not here")

    found = score(labelled.folder)
    table = "\n".join(found.table())

    assert found.share(*labelled.hard) >= labelled.floor.hard, table
    assert found.share(*SOFT) >= labelled.floor.soft, table
    assert found.share(faithful=True) <= labelled.floor.faithful, table
