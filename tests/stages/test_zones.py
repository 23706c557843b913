"""Time zones as they are completed while somebody types."""

import pytest

from bot.deliveries.zones import zone_of, zones_like


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wie", "Europe/Vienna"),
        ("Zür", "Europe/Zurich"),
        ("europe/ber", "Europe/Berlin"),
        ("new y", "America/New_York"),
    ],
)
def test_a_zone_is_found_by_how_it_begins(text: str, expected: str) -> None:
    assert expected in zones_like(text)


def test_what_is_offered_is_a_zone_and_not_too_much() -> None:
    for text in ("", "a", "E"):
        assert 0 < len(zones_like(text)) <= 25
        assert all(zone_of(zone) == zone for zone in zones_like(text))
    assert zones_like("Atlantis") == []
