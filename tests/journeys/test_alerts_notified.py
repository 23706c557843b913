"""Who writes an alert, and whom it notifies: the role that was chosen for it, whatever it says, and nobody else."""

import json
from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest

from tests.chats.guildhall import Guildhall
from tests.chats.pings import pings
from tests.chats.world import CHANNEL
from tests.journeys.alarms import MOON, NOON, alert, hear, words
from tests.journeys.office import Office, channel, office, subscription, texts
from tests.models import ModelServer, hangs

ROLE, OTHER_ROLE = "700000000000000001", "700000000000000002"


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall, NOON) as opened:
        yield opened
        assert hall.control.counters()["violations"] == []


# the model


async def test_the_model_condenses_it_once_for_all(hall: Guildhall, url: str) -> None:
    async with ModelServer() as server, office(url, hall, NOON, model=server) as bot:
        for n in range(4):
            await bot.store.alerts.save(alert(n, **words("Calyx")))
        await hear(bot, MOON)

        assert len(server.asked) == 1
        assert len(texts(hall)) == 4
        assert "hat ein Sprachmodell verfasst" in texts(hall)[0]


async def test_a_model_that_hangs_is_not_waited_for(hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.alerting.PATIENCE", 0.5)
    async with ModelServer(hangs) as server, office(url, hall, NOON, model=server) as bot:
        await bot.store.alerts.save(alert(**words("Calyx")))
        await hear(bot, MOON)
        assert "Auszüge aus den Quellen" in texts(hall)[0]


# who is notified


async def test_the_chosen_role_is_notified_and_nobody_else(hall: Guildhall, bot: Office) -> None:
    hostile = {
        f"Mondlander Calyx <@&{ROLE}> <@&{OTHER_ROLE}> @everyone <@42>": (
            f"Der Mondlander Calyx ist gelandet, meldet <@&{OTHER_ROLE}>. Alle lesen mit: @everyone, @here, <@42>. "
            f"Auch <@&{ROLE}> soll das wissen."
        )
    }
    await bot.store.alerts.save(alert(0, **words("Calyx"), role=ROLE))
    await bot.store.alerts.save(alert(1, **words("Calyx")))
    await bot.subscribe(subscription(2, at=time(13)))
    await hear(bot, hostile)
    await bot.morning(NOON + timedelta(hours=1))

    notified = {one["channel"]: one["pings"] for one in hall.control.messages()}
    assert [notified.get(CHANNEL + n, notified.get(str(CHANNEL + n))) for n in range(3)] == [[f"role:{ROLE}"], [], []]
    assert "Mondlander Calyx" in texts(hall, 2)[0]


async def test_the_control_a_role_in_the_text_would_be_notified_if_it_were_allowed() -> None:
    text, allowed = f"<@&{ROLE}> <@&{OTHER_ROLE}>", {"parse": [], "roles": [ROLE]}
    assert pings(text, allowed) == [f"role:{ROLE}"]
    assert pings(text, {"parse": []}) == []
    assert pings(text, {"parse": ["roles"]}) == [f"role:{ROLE}", f"role:{OTHER_ROLE}"]


async def test_a_paused_or_roleless_alert_names_no_role_in_its_body(hall: Guildhall, bot: Office) -> None:
    del hall
    await bot.store.alerts.save(alert(0, **words("Calyx"), role=ROLE))
    await bot.store.alerts.save(alert(1, **words("Calyx")))
    await bot.publish(MOON, 0.1)
    await bot.running.ask_feeds()
    claimed = await bot.store.outbox.claim(bot.clock.now(), 5, timedelta(minutes=1))
    bodies = {one.channel: json.loads(one.body or "") for one in claimed}

    assert bodies[channel(0)]["v2"]["allowed_mentions"] == {"parse": [], "roles": [ROLE]}
    assert (
        bodies[channel(1)]["v2"]["allowed_mentions"] == bodies[channel(1)]["text"]["allowed_mentions"] == {"parse": []}
    )
