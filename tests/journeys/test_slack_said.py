"""What people write to the bot on Slack: by mention, directly and in a digest's thread, each answered once."""

import asyncio

from cogs.slack.reply import THINKING
from tests.chats.slack_world import BOT, CHANNEL, PERSON, TEAM
from tests.journeys.office import until
from tests.journeys.slackers import Slackers
from tests.journeys.test_slack_commands import digest, people

__all__ = ["people"]
QUESTION = "Wann startete die Rakete Petrel?"


def answers(people: Slackers, channel: str = CHANNEL) -> list[dict[str, object]]:
    """What the bot wrote, but for that it thinks."""
    return [one for one in people.slack.control.messages(channel) if one["author"] == BOT and one["seen"] != THINKING]


async def test_a_mention_is_answered_in_its_thread(people: Slackers) -> None:
    asked = await people.slack.control.say(CHANNEL, f"<@{BOT}> {QUESTION}")
    await until(lambda: answers(people))

    (answer,) = answers(people)
    assert "4.12" in str(answer["seen"])
    assert answer["thread"] == asked["ts"]
    assert answer["edits"] == 1, "that it thinks is replaced"
    (turn,) = await people.office.store.conversations.turns(f"slack:{TEAM}/{CHANNEL}/{asked['ts']}")
    assert turn.question == QUESTION


async def test_what_is_told_again_is_answered_once(people: Slackers) -> None:
    await people.slack.control.say(CHANNEL, f"<@{BOT}> {QUESTION}", event_id="Ev1")
    payload = people.slack.control.space.deeds[0].payload
    await people.slack.control.again(payload)
    await until(lambda: answers(people))
    await people.slack.control.again(payload)
    await asyncio.sleep(0.3)

    assert len(answers(people)) == 1


async def test_without_remembering_it_would_be_twice(people: Slackers) -> None:
    await people.slack.control.say(CHANNEL, f"<@{BOT}> {QUESTION}", event_id="Ev1")
    await until(lambda: answers(people))
    await people.office.execute("DELETE FROM leases")  # the negative control
    await people.slack.control.again(people.slack.control.space.deeds[0].payload)
    await until(lambda: len(answers(people)) == 2)


async def test_direct_messages_are_one_conversation(people: Slackers) -> None:
    room = people.slack.control.space.direct(PERSON)
    await people.slack.control.say(room.id, QUESTION)
    await until(lambda: answers(people, room.id))
    await people.slack.control.say(room.id, "Und wer hat das finanziert?")
    await until(lambda: len(answers(people, room.id)) == 2)

    assert "18 Millionen" in str(answers(people, room.id)[1]["seen"])
    assert len(await people.office.store.conversations.turns(f"slack:{TEAM}/{room.id}")) == 2


async def test_a_digests_thread_is_listened_to(people: Slackers) -> None:
    message = await digest(people.office, people)
    await people.slack.control.say(CHANNEL, "Wer hat die Rakete Petrel finanziert?", thread=str(message["ts"]))
    await until(lambda: len(answers(people)) == 2)

    assert "18 Millionen" in str(answers(people)[1]["seen"])
    assert answers(people)[1]["thread"] == message["ts"]


async def test_what_people_say_to_each_other_is_not_answered(people: Slackers) -> None:
    message = await digest(people.office, people)
    for text in ("Spannend.", "<@U0000000001> siehst du das auch so?"):
        await people.slack.control.say(CHANNEL, text, thread=str(message["ts"]))
    other = await people.slack.control.say(CHANNEL, "Wann ist Mittag?")
    await people.slack.control.say(CHANNEL, "Um zwölf?", thread=str(other["ts"]))
    await people.slack.control.event({"type": "message", "bot_id": "B2", "text": "?", "channel": CHANNEL, "ts": "1.1"})
    await people.type_("/depesche")  # all of them were told by then

    assert len(answers(people)) == 1, "the digest"


async def test_nothing_but_the_name_gets_a_hint(people: Slackers) -> None:
    await people.slack.control.say(CHANNEL, f"<@{BOT}>")
    await until(lambda: answers(people))

    assert "Was möchten Sie wissen?" in str(answers(people)[0]["seen"])


async def test_a_deleted_channel_takes_its_digests_along(people: Slackers) -> None:
    await people.type_("/digest setup 07:00")
    from bot.onslack import forget_gone  # noqa: PLC0415 - its composition root is slow to import

    await forget_gone(people.office.house.newsroom, TEAM, {"type": "channel_deleted", "channel": CHANNEL})
    assert not await people.office.store.subscriptions.all()
