"""/summary, /topics, /status and /help on Discord, as people use them."""

from collections.abc import AsyncIterator

import pytest

from tests.chats.guildhall import Guildhall
from tests.journeys.office import SEVEN, TOLD, Office, office
from tests.journeys.people import People, people


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        opened.clock.set(SEVEN)
        await opened.publish(TOLD)
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    async with people(hall, bot) as there:
        yield there
        assert hall.control.counters()["violations"] == []
        assert hall.control.counters()["pinging"] == 0


async def test_a_summary_is_for_whoever_asks_until_it_is_shared(crowd: People, hall: Guildhall) -> None:
    shown = await crowd.use("summary")

    assert shown.private
    assert "Petrel erreicht die Umlaufbahn" in shown.text

    shared = await crowd.press(shown, "Für alle zeigen")

    assert not shared.private
    assert "Petrel erreicht die Umlaufbahn" in shared.text
    assert "Geteilt von <@42>" in shared.text
    assert "Für alle zeigen" not in shared.pressable
