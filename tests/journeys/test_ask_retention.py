"""What was asked is forgotten after thirty days, by the bot that runs."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Turn
from tests.chats.guildhall import Guildhall
from tests.journeys.office import SEVEN, office


async def test_conversations_are_forgotten_after_thirty_days(url: str, hall: Guildhall) -> None:
    async with office(url, hall) as opened:
        conversations = opened.house.store.conversations
        turn = Turn("Was kostet das?", "249 Euro.", (), SEVEN - timedelta(days=29))
        await conversations.add("discord:1", replace(turn, at=SEVEN - timedelta(days=31)))
        await conversations.add("discord:1", turn)

        await opened.running.ticks(opened.engine)["old things"].call()

        assert await conversations.turns("discord:1") == [turn]
