"""The port `Conversations`, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Channel, Platform, Turn
from bot.store.conversations import MOST
from bot.store.store import DatabaseStore
from tests.contracts.samples import BIG, NOW

ANNA = Channel(Platform.DISCORD, "", "42", direct=True)
BEN = Channel(Platform.SLACK, "T1", "U7", direct=True)
TURN = Turn("Was kostet das?", "„Es kostet 479 Euro.“", (1, BIG), NOW, BIG, ANNA)


async def test_a_conversation_comes_back_as_it_was_held(store: DatabaseStore) -> None:
    second = replace(TURN, question="Und wann?", story=None, asker=None, articles=())
    await store.conversations.add("discord:1", TURN)
    await store.conversations.add("discord:2", replace(TURN, asker=BEN))
    await store.conversations.add("discord:1", second)
    assert await store.conversations.turns("discord:1") == [TURN, second]
    assert await store.conversations.turns("discord:2") == [replace(TURN, asker=BEN)]
    assert await store.conversations.turns("discord:3") == []


async def test_only_the_latest_turns_are_kept(store: DatabaseStore) -> None:
    await store.conversations.add("other", TURN)
    for n in range(MOST + 3):
        await store.conversations.add("discord:1", replace(TURN, question=str(n)))
    kept = [turn.question for turn in await store.conversations.turns("discord:1")]
    assert kept == [str(n) for n in range(3, MOST + 3)]
    assert len(await store.conversations.turns("other")) == 1


async def test_what_a_person_asked_can_be_told_and_deleted(store: DatabaseStore) -> None:
    theirs = replace(TURN, asker=BEN)
    await store.conversations.add("discord:1", TURN)
    await store.conversations.add("discord:1", theirs)
    await store.conversations.add("discord:2", replace(TURN, question="Und?"))
    assert await store.conversations.of(ANNA) == [("discord:1", TURN), ("discord:2", replace(TURN, question="Und?"))]
    assert await store.conversations.remove(ANNA) == 2
    assert await store.conversations.of(ANNA) == []
    assert await store.conversations.turns("discord:1") == [theirs]


async def test_old_turns_are_forgotten(store: DatabaseStore) -> None:
    await store.conversations.add("discord:1", replace(TURN, at=NOW - timedelta(days=31)))
    await store.conversations.add("discord:1", TURN)
    assert await store.conversations.forget(NOW - timedelta(days=30)) == 1
    assert await store.conversations.turns("discord:1") == [TURN]
