"""SHARD_IDS and SHARD_COUNT: what they mean, and what is said where they are wrong."""

import pytest

from bot.errors import SetupError
from bot.shards import Shards, shards


@pytest.mark.parametrize(
    ("ids", "count", "expected", "name"),
    [
        ("0-3", 8, (0, 1, 2, 3), "0-3/8"),
        ("3,1, 2 ,0", 8, (0, 1, 2, 3), "0-3/8"),
        ("0,2-4,7", 8, (0, 2, 3, 4, 7), "0,2-4,7/8"),
        ("5", 8, (5,), "5/8"),
        ("1-2,2-3", 8, (1, 2, 3), "1-3/8"),
        ("", 2, (0, 1), "0-1/2"),
        ("0", 1, (0,), "0/1"),
    ],
)
def test_the_same_shards_have_the_same_name(ids: str, count: int, expected: tuple[int, ...], name: str) -> None:
    found = shards(ids, count)

    assert found == Shards(expected, count)
    assert str(found) == name


def test_without_settings_discord_is_asked() -> None:
    assert shards(" ", None) is None


@pytest.mark.parametrize(
    ("ids", "count", "says"),
    [
        ("0-3", None, "Dazu gehört SHARD_COUNT"),
        ("0-8", 8, "Den Shard 8 gibt es bei SHARD_COUNT=8 nicht; möglich sind 0 bis 7."),
        ("3-1", 8, "„3-1“ ist keine Zahl und kein Bereich. Ein Beispiel: SHARD_IDS=0-3"),
        ("eins", 8, "„eins“ ist keine Zahl"),
        ("1,,2", 8, "„“ ist keine Zahl"),
        ("-1", 8, "„-1“ ist keine Zahl"),
        ("1-2-3", 8, "„1-2-3“ ist keine Zahl"),
    ],
)
def test_what_is_wrong_is_named(ids: str, count: int | None, says: str) -> None:
    with pytest.raises(SetupError, match=r"^SHARD_IDS: ") as caught:
        shards(ids, count)

    assert says in str(caught.value)
