"""What Discord says of an interaction, read into a value."""

from typing import Any

import pytest

from cogs.discord.asked import Asked, Kind, Place, data, links, texts

ASKED = Asked(Kind.COMPONENT, "digest:pause:17", "42", "5")
MANAGE, ADMINISTRATOR = 1 << 4, 1 << 3


def sub(*options: dict[str, Any]) -> dict[str, Any]:
    return {"id": "1", "name": "digest", "type": 1, "options": [{"type": 1, "name": "setup", "options": list(options)}]}


def test_a_subcommand_has_its_options_as_text() -> None:
    told = data(
        sub(
            {"type": 3, "name": "time", "value": "07:00"},
            {"type": 4, "name": "stories", "value": 5},
            {"type": 5, "name": "chart", "value": False},
            {"type": 7, "name": "channel", "value": "9"},
        )
        | {"resolved": {"channels": {"9": {"id": "9", "type": 15, "permissions": "16"}}}}
    )

    assert told.name == "digest setup"
    assert told.options == {"time": "07:00", "stories": "5", "chart": "no", "channel": "9"}
    assert told.places == {"9": Place("9", 16, 15)}


def test_a_command_without_a_group_has_its_name_alone() -> None:
    assert data({"name": "help", "type": 1}).name == "help"
    assert data({"name": "summary", "options": [{"type": 3, "name": "topic", "value": "ki"}]}).options == {
        "topic": "ki"
    }
    assert data(sub()).options == {}


def test_what_is_being_typed_is_known() -> None:
    told = data(
        sub({"type": 3, "name": "name", "value": "M", "focused": True}, {"type": 3, "name": "time", "value": "7"})
    )

    assert told.focused == "name"


def test_a_form_is_read_by_its_fields() -> None:
    told = data(
        {
            "custom_id": "digest:form:Früh",
            "components": [
                {"type": 18, "component": {"type": 4, "custom_id": "when", "value": "7"}},
                {"type": 18, "component": {"type": 3, "custom_id": "topics", "values": ["ki", "recht"]}},
                {"type": 18, "component": {"type": 3, "custom_id": "days", "values": []}},
                {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "x"}]},
            ],
        }
    )

    assert told.options == {"when": "7", "topics": "ki,recht", "days": "", "old": "x"}


def test_a_message_says_what_it_says_everywhere() -> None:
    message = {
        "content": "a",
        "embeds": [{"url": "b", "title": "c"}],
        "components": [{"type": 17, "components": [{"type": 10, "content": "d"}]}],
    }

    assert texts(message) == ("a", "b", "c", "d")
    assert data({"name": "Summarise", "target_id": "7", "resolved": {"messages": {"7": message}}}).texts == texts(
        message
    )
    assert texts({}) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe https://a.example/x?y=1#z.", ["https://a.example/x?y=1#z"]),
        ("<https://a.example/>, [hier](https://b.example/1) **https://c.example**", None),
        ("ftp://a.example javascript:alert(1) a.example", []),
        ("„https://a.example/1“ HTTPS://B.example/2!", ["https://a.example/1", "HTTPS://B.example/2"]),
        ("https://a.example/1 https://a.example/1", ["https://a.example/1"]),
        ("[[1]](https://a.example/1)[[2]](https://a.example/2)", ["https://a.example/1", "https://a.example/2"]),
        ("(siehe https://a.example/Petrel_(Rakete)).", ["https://a.example/Petrel_(Rakete)"]),
    ],
)
def test_links_are_found_in_what_people_write(text: str, expected: list[str] | None) -> None:
    assert links([text]) == (
        ["https://a.example/", "https://b.example/1", "https://c.example"] if expected is None else expected
    )


def test_there_are_never_too_many_links() -> None:
    assert len(links([" ".join(f"https://a.example/{n}" for n in range(50))])) == 10


def test_a_custom_id_is_a_prefix_and_a_rest() -> None:
    assert (ASKED.prefix, ASKED.rest) == ("digest:pause", "17")
    assert Asked(Kind.MODAL, "digest:form:a:b", "42", "5").rest == "a:b"
    assert Asked(Kind.COMPONENT, "story:why", "42", "5").rest == ""


@pytest.mark.parametrize(
    ("rights", "channel", "expected"),
    [(MANAGE, "", True), (ADMINISTRATOR, "5", True), (0, "", False), (MANAGE, "9", True), (MANAGE, "8", None)],
)
def test_rights_are_those_in_the_channel(rights: int, channel: str, expected: bool | None) -> None:
    places = {"9": Place("9", MANAGE), "8": Place("8")}

    assert Asked(Kind.COMMAND, "x", "42", "5", rights=rights, places=places).may(MANAGE, channel) is expected


def test_a_channel_that_was_named_has_its_own_rights() -> None:
    places = {"9": Place("9", 0)}

    assert Asked(Kind.COMMAND, "x", "42", "5", rights=MANAGE, places=places).may(MANAGE, "9") is False
