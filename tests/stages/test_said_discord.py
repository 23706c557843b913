"""What the gateway tells of a message, read into what was said to the bot."""

from typing import Any

import pytest

from cogs.discord.said import Said, heard

ME = "7"


def message(content: str = "<@7> Was kostet das?", **more: Any) -> dict[str, Any]:
    told = {"id": "1", "channel_id": "2", "guild_id": "3", "author": {"id": "42"}, "type": 0, "content": content}
    return told | {"mentions": [{"id": ME}], "mention_everyone": False} | more


def test_a_mention_is_read_without_the_name() -> None:
    assert heard(message("<@7>  Was kostet\ndas, <@!7>?"), ME) == Said("1", "2", "42", "Was kostet das, ?", "3")


def test_a_reply_tells_what_it_answers() -> None:
    told = heard(message(type=19, message_reference={"message_id": "9", "channel_id": "2"}), ME)
    assert told
    assert told.replied == "9"
    assert told.home == "discord:3"


def test_a_direct_message_needs_no_name() -> None:
    told = heard(message("Und wann?", guild_id=None, mentions=[], mention_everyone=True), ME)
    assert told
    assert (told.question, told.space, told.home) == ("Und wann?", "", "dm:discord:42")


@pytest.mark.parametrize(
    "more",
    [
        {"mentions": []},
        {"mentions": [{"id": "8"}]},
        {"mention_everyone": True},
        {"author": {"id": "42", "bot": True}},
        {"author": {"id": ME, "bot": True}, "guild_id": None},
        {"webhook_id": "5"},
        {"type": 7},
        {"author": None},
        {"content": None},
        {"mentions": "7"},
        {"id": {}},
    ],
    ids=str,
)
def test_what_is_for_others_or_by_nobody_or_malformed_is_not_heard(more: dict[str, Any]) -> None:
    assert heard(message(), ME)  # the control
    assert heard(message(**more), ME) is None
    assert heard([], ME) is None
