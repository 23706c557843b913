"""What the bot may do in a channel of Discord, from roles and overwrites."""

from typing import Any

import pytest

from cogs.discord.rights import EVERYTHING, FORUM, HISTORY, MANAGE_THREADS, SEND, VIEW, missing, rights

EVERYONE, ROLE, OTHER, ME = "1", "2", "3", "9"
GUILD: dict[str, Any] = {
    "id": EVERYONE,
    "owner_id": "8",
    "roles": [
        {"id": EVERYONE, "permissions": str(VIEW | HISTORY)},
        {"id": ROLE, "permissions": str(SEND)},
        {"id": OTHER, "permissions": str(MANAGE_THREADS)},
    ],
}
MEMBER = {"user": {"id": ME}, "roles": [ROLE]}


def place(*overwrites: tuple[str, int, int], kind: int = 0) -> dict[str, Any]:
    """A channel with (id, allowed, denied)."""
    told = [{"id": id_, "type": 0, "allow": str(allow), "deny": str(deny)} for id_, allow, deny in overwrites]
    return {"id": "5", "type": kind, "permission_overwrites": told}


def test_roles_add_up() -> None:
    assert rights(place(), GUILD, MEMBER) == VIEW | HISTORY | SEND


@pytest.mark.parametrize(
    ("overwrites", "held"),
    [
        ([(EVERYONE, 0, VIEW)], HISTORY | SEND),
        ([(EVERYONE, 0, SEND), (ROLE, SEND, 0)], VIEW | HISTORY | SEND),
        ([(ROLE, 0, SEND), (ME, SEND, 0)], VIEW | HISTORY | SEND),
        ([(ME, 0, SEND), (ROLE, SEND, 0), (EVERYONE, SEND, 0)], VIEW | HISTORY),
        ([(OTHER, 0, VIEW)], VIEW | HISTORY | SEND),
    ],
)
def test_the_closer_overwrite_holds(overwrites: list[tuple[str, int, int]], held: int) -> None:
    assert rights(place(*overwrites), GUILD, MEMBER) == held


def test_an_owner_and_an_administrator_may_everything() -> None:
    administrator = {"id": OTHER, "permissions": "8"}

    assert rights(place((ME, 0, VIEW)), {**GUILD, "owner_id": ME}, MEMBER) == EVERYTHING
    guild = {**GUILD, "roles": [*GUILD["roles"][:2], administrator]}
    assert rights(place((ME, 0, VIEW)), guild, {**MEMBER, "roles": [OTHER]}) == EVERYTHING


def test_what_is_missing_is_named_as_discord_names_it() -> None:
    denied = place((ME, 0, VIEW | SEND | HISTORY))
    forum, thread = place((ME, 0, SEND), kind=FORUM), {"id": "6", "type": 11}

    assert missing(place(), place(), GUILD, MEMBER) == []
    assert missing(denied, denied, GUILD, MEMBER) == [
        "Kanal ansehen",
        "Nachrichten senden",
        "Nachrichtenverlauf anzeigen",
    ]
    assert missing(forum, forum, GUILD, MEMBER) == ["Beiträge erstellen"]
    assert missing(thread, place(), GUILD, MEMBER) == ["Nachrichten in Threads senden"]
