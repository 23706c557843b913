"""Subscriptions as one JSON document, there and back."""

import json
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.exchange import as_json, document, of_document, of_json
from bot.deliveries.places import id_of
from bot.errors import UserError
from bot.german.regions import REGIONS
from bot.model import Channel, Empty, Importance, Length, Platform, Subscription

PLACE = Channel(Platform.DISCORD, "1", "2")
ONE = Subscription(id_of(PLACE, "Morgen"), PLACE, "Morgen", time(7), "Europe/Berlin")
IDS = st.integers(1, 10**18).map(str)
CHANNELS = st.one_of(
    st.builds(Channel, st.just(Platform.DISCORD), IDS, IDS),
    st.builds(Channel, st.just(Platform.DISCORD), st.just(""), IDS, st.just(value=True)),
    st.builds(Channel, st.just(Platform.SLACK), IDS.map("T".__add__), IDS.map("U".__add__), st.booleans()),
)
NAMES = st.from_regex(r"\A[A-Za-zÄÖÜäöüß0-9]{1,20}( [a-zäöüß-]{1,20})?\Z")


@st.composite
def subscriptions(draw: st.DrawFn) -> Subscription:
    channel, name = draw(CHANNELS), draw(NAMES)
    return Subscription(
        id_of(channel, name),
        channel,
        name,
        time(draw(st.integers(0, 23)), draw(st.integers(0, 59))),
        draw(st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "UTC"])),
        tuple(draw(st.lists(st.sampled_from(["ki", "recht", "sicherheit"]), unique=True))),
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        draw(st.sampled_from(Length)),
        draw(st.integers(1, 20)),
        draw(st.sampled_from(Importance)),
        draw(st.sampled_from(Empty)),
        draw(st.sampled_from(["", *REGIONS])),
        draw(st.booleans()),
        draw(st.integers(1, 48)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.none() | st.text(st.characters(codec="utf-8"))),
    )


def entry(**changes: Any) -> dict[str, Any]:
    return as_json(ONE) | changes


def refused(content: object) -> str:
    with pytest.raises(UserError) as error:
        of_document(content, {"ki"})
    return str(error.value)


class TestThereAndBack:
    @given(st.lists(subscriptions(), unique_by=lambda one: one.id, max_size=4))
    def test_exactly(self, all_: list[Subscription]) -> None:
        assert of_document(json.loads(json.dumps(document(all_)))) == all_

    def test_how_it_reads(self) -> None:
        assert document([ONE]) == {
            "version": 1,
            "subscriptions": [
                {
                    "channel": "discord:1/2",
                    "name": "Morgen",
                    "time": "07:00",
                    "timezone": "Europe/Berlin",
                    "topics": [],
                    "weekdays": ["mo", "di", "mi", "do", "fr", "sa", "so"],
                    "length": "medium",
                    "stories": 8,
                    "importance": "normal",
                    "empty": "post",
                    "holidays": "",
                    "recap": False,
                    "cutoff": 6,
                    "public": False,
                    "chart": False,
                    "paused": False,
                    "reason": None,
                }
            ],
        }


class TestWrong:
    @pytest.mark.parametrize("content", [None, [], "x", {}, {"version": 1}, document([]) | {"x": 1}])
    def test_no_such_document(self, content: object) -> None:
        assert refused(content).startswith("Das ist kein Export von Depesche.")

    @pytest.mark.parametrize("version", [0, 2, "1", None, True, [1]])
    def test_another_version(self, version: object) -> None:
        assert refused({"version": version, "subscriptions": []}).endswith("Lesbar ist version 1.")

    def test_no_list(self) -> None:
        assert refused({"version": 1, "subscriptions": {}}) == "In subscriptions wird eine Liste erwartet."

    @pytest.mark.parametrize("name", list(entry()))
    def test_a_missing_field_and_the_entry_that_misses_it(self, name: str) -> None:
        second = {key: value for key, value in entry(name="Abend").items() if key != name}
        told = refused({"version": 1, "subscriptions": [entry(), second]})
        assert told.startswith("Eintrag 2 (")
        assert f"Das Feld „{name}“ fehlt. Möglich: " in told

    def test_a_field_that_there_is_not(self) -> None:
        told = refused({"version": 1, "subscriptions": [entry(farbe="rot")]})
        assert told.startswith("Eintrag 1 („Morgen“ in discord:1/2): Das Feld „farbe“ gibt es nicht. Möglich sind: ch")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("channel", "discord:x/2"),
            ("channel", " discord:1/2"),
            ("channel", 7),
            ("name", ""),
            ("name", "a  b"),
            ("time", "25:00"),
            ("time", "7"),
            ("time", 7),
            ("timezone", "Mond"),
            ("timezone", "berlin"),
            ("topics", "ki"),
            ("topics", ["mond"]),
            ("topics", [1]),
            ("weekdays", []),
            ("weekdays", ["mo", "mo"]),
            ("weekdays", ["mon"]),
            ("weekdays", [0]),
            ("length", "kurz"),
            ("length", None),
            ("stories", 0),
            ("stories", 21),
            ("stories", "8"),
            ("stories", 8.0),
            ("stories", True),
            ("importance", "hoch"),
            ("empty", ""),
            ("holidays", "Bayern"),
            ("holidays", None),
            ("cutoff", 0),
            ("recap", 1),
            ("public", "ja"),
            ("chart", None),
            ("paused", "false"),
            ("reason", 1),
        ],
    )
    def test_a_wrong_value_and_its_entry(self, field: str, value: object) -> None:
        told = refused({"version": 1, "subscriptions": [entry(name="Abend"), entry(**{field: value})]})
        assert told.startswith("Eintrag 2")
        assert told.endswith(".")
        assert "validation error" not in told

    @pytest.mark.parametrize("wrong", [None, 1, "x", []])
    def test_an_entry_that_is_no_object(self, wrong: object) -> None:
        assert refused({"version": 1, "subscriptions": [wrong]}).startswith("Eintrag 1: Erwartet wird ein JSON-Objekt")

    def test_the_same_one_twice(self) -> None:
        told = refused({"version": 1, "subscriptions": [entry(), entry(name="MORGEN")]})
        assert told.startswith("Eintrag 2: „MORGEN“ in discord:1/2 steht schon weiter oben.")

    def test_topics_matter_only_where_they_are_known(self) -> None:
        assert of_json(entry(topics=["mond"])).topics == ("mond",)
