"""/alerts on Discord and on the console: for oneself, for a channel, with a role, and what is refused."""

from collections.abc import AsyncIterator
from datetime import time, timedelta
from typing import Any

import pytest

from bot.model import Alert, Channel, Platform
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, DM, GUILD
from tests.chats.world import Channel as Place
from tests.journeys.alarms import MOON, tick
from tests.journeys.office import SEVEN, Office, channel, office, texts
from tests.journeys.people import MANAGER, ROUTINE, People, people

PRIVATE = 900000000000000001
ROLE = 700000000000000001
PINGER = f"{MANAGER} mention_everyone"
ME = Channel(Platform.DISCORD, "", "42", direct=True)
HERE = f"channel:discord:{GUILD}/{CHANNEL}"


@pytest.fixture
async def bot(hall: Guildhall, url: str) -> AsyncIterator[Office]:
    async with office(url, hall) as opened:
        opened.clock.set(SEVEN + timedelta(hours=5))
        yield opened


@pytest.fixture
async def crowd(hall: Guildhall, bot: Office) -> AsyncIterator[People]:
    hall.control.hall.world.channels[PRIVATE] = Place(PRIVATE, DM, None, "", person=42)
    async with people(hall, bot) as there:
        yield there
        assert hall.control.counters()["violations"] == []


def in_channel(**options: Any) -> dict[str, Any]:
    return {"channel": str(CHANNEL), **options}


async def there(bot: Office) -> list[Alert]:
    return await bot.store.alerts.all()


async def test_for_oneself_it_comes_by_direct_message(crowd: People, hall: Guildhall, bot: Office) -> None:
    shown = await crowd.use("alerts set", topics="„Calyx“", quiet="23-6:30", cap=2)
    assert shown.private
    assert "Gespeichert." in shown.text
    assert "Eilmeldungen zu „Calyx“" in shown.text
    assert "Höchstens 2 am Tag, nicht von 23:00 bis 06:30" in shown.text.replace("\\", "")
    assert "Bisher kam keine Eilmeldung." in shown.text
    (one,) = await there(bot)
    assert (one.channel, one.topics, one.critical, one.cap) == (ME, ("„Calyx“",), False, 2)
    assert one.quiet == (time(23), time(6, 30))

    bot.clock.wait(minutes=10)
    await bot.publish(MOON, 0.1)
    await tick(bot)
    (told,) = [one for one in hall.control.messages() if "**Eilmeldung**" in one["text"]]
    assert "Calyx" in told["text"]
    assert int(told["channel"]) not in {CHANNEL + n for n in range(5)}
    assert "Letzte Eilmeldung: heute" in (await crowd.use("alerts show")).text
    assert hall.control.counters()["pinging"] == 0


async def test_a_new_one_tells_what_is_critical(crowd: People, bot: Office) -> None:
    assert "Eilmeldungen zu allem, was kritisch ist" in (await crowd.use("alerts set")).text
    assert (await there(bot))[0].critical


async def test_a_manager_sets_it_up_with_a_role_which_is_notified(crowd: People, hall: Guildhall, bot: Office) -> None:
    shown = await crowd.use("alerts set", rights=PINGER, **in_channel(topics="„Calyx“", role=str(ROLE)))
    assert "Der Bot darf dort posten." in shown.text
    assert f"Benachrichtigt wird <@&{ROLE}>." in shown.text
    assert (await there(bot))[0].role == str(ROLE)
    assert hall.control.counters()["pinging"] == 0, "the answer notifies nobody"

    bot.clock.wait(minutes=10)
    await bot.publish(MOON, 0.1)
    await tick(bot)
    assert "**Eilmeldung**" in texts(hall, 0)[-1]
    assert hall.control.counters()["pinging"] == 1
    assert "Eilmeldungen zu „Calyx“" in (await crowd.use("digest show", rights=MANAGER)).text
    assert "Letzte Eilmeldung: heute" in (await crowd.use("status")).text


async def test_who_may_not_notify_roles_may_not_choose_one(crowd: People, bot: Office) -> None:
    shown = await crowd.use("alerts set", rights=MANAGER, **in_channel(role=str(ROLE)))
    assert "Es fehlt das Recht „Rollen verwalten“" in shown.text
    assert await there(bot) == []

    await bot.store.alerts.save(Alert(channel(), "Europe/Berlin", critical=True, role=str(ROLE)))
    shown = await crowd.use("alerts set", rights=MANAGER, **in_channel(cap=10))
    assert "Es fehlt das Recht" in shown.text, "nor what one that is there notifies of"
    assert (await there(bot))[0].cap == 3
    await crowd.use("alerts set", rights=f"{MANAGER} manage_roles", **in_channel(cap=10))
    assert (await there(bot))[0].cap == 10


@pytest.mark.parametrize("path", ["alerts set", "alerts show", "alerts remove"])
async def test_only_who_manages_the_channel_may(crowd: People, bot: Office, path: str) -> None:
    await bot.store.alerts.save(Alert(channel(), "Europe/Berlin", critical=True))
    shown = await crowd.use(path, rights=ROUTINE, **in_channel())
    assert "„Kanäle verwalten“" in shown.text
    assert len(await there(bot)) == 1


async def test_a_person_has_no_roles_and_nobody_notifies_everyone(crowd: People, bot: Office) -> None:
    assert "nur in einem Kanal eines Discord-Servers" in (await crowd.use("alerts set", role=str(ROLE))).text
    shown = await crowd.use("alerts set", rights=PINGER, **in_channel(role=str(GUILD)))
    assert "Alle auf einmal zu benachrichtigen ist nicht möglich." in shown.text
    assert await there(bot) == []


async def test_it_is_removed(crowd: People, bot: Office) -> None:
    assert "keine Eilmeldungen eingerichtet" in (await crowd.use("alerts show")).text
    assert "keine Eilmeldungen eingerichtet" in (await crowd.use("alerts remove")).text
    await crowd.use("alerts set")
    assert "Die Eilmeldungen als Direktnachricht sind entfernt." in (await crowd.use("alerts remove")).text
    assert await there(bot) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"critical": "no"}, "Wovon sollen Eilmeldungen kommen?"),
        ({"topics": "alle", "critical": "no"}, "Wovon sollen Eilmeldungen kommen?"),
        ({"topics": "sicherhet"}, "Meinten Sie"),
        ({"quiet": "nachts"}, "sind keine Ruhezeiten"),
        ({"quiet": "22-25"}, "ist keine Uhrzeit"),
        ({"timezone": "Atlantis"}, "gibt es nicht"),
    ],
)
async def test_what_is_wrong_is_said(crowd: People, bot: Office, options: dict[str, Any], sentence: str) -> None:
    assert sentence in (await crowd.use("alerts set", **options)).text
    assert await there(bot) == []


# the console


async def test_on_the_console(bot: Office) -> None:
    told = await bot.console(f"/alerts set {HERE} topics:ki,„Calyx“ critical:yes quiet:keine cap:5 role:{ROLE}")
    assert "Gespeichert." in told
    assert "Eilmeldungen zu KI und „Calyx“ und zu allem, was kritisch ist" in told
    assert "Höchstens 5 am Tag (Europe/Berlin)" in told
    assert f"Benachrichtigt wird die Rolle {ROLE}." in told
    told = await bot.console(f"/eilmeldungen einrichten kanal:discord:{GUILD}/{CHANNEL} rolle:keine höchstens:2")
    assert "Höchstens 2 am Tag" in told
    assert "Rolle" not in told
    assert "Eilmeldungen zu KI" in await bot.console("/alerts show")
    assert "Eilmeldungen zu KI" in await bot.console("/status")
    assert "Eilmeldungen zu KI" in await bot.console(f"/digest show {HERE}")
    assert "sind entfernt" in await bot.console(f"/alerts remove {HERE}")
    assert "keine Eilmeldungen eingerichtet" in await bot.console("/alerts show")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/alerts set", "Für welchen Kanal?"),
        (f"/alerts set {HERE} role:alle", "ist keine Rolle"),
        (f"/alerts set {HERE} role:{GUILD}", "Alle auf einmal"),
        (f"/alerts set {HERE} cap:11", "Möglich sind 1 bis 10 Eilmeldungen am Tag."),
        (f"/alerts set {HERE} cap:0", "Möglich sind 1 bis 10 Eilmeldungen am Tag."),
        (f"/alerts set channel:dm:discord:7 role:{ROLE}", "nur in einem Kanal"),
        ("/alerts set channel:slack:T1/C1 role:1", "nur in einem Kanal"),
        (f"/alerts remove {HERE}", "keine Eilmeldungen eingerichtet"),
    ],
)
async def test_what_is_wrong_is_said_on_the_console(bot: Office, line: str, sentence: str) -> None:
    assert sentence in await bot.console(line)
    assert await there(bot) == []


async def test_they_go_along_with_an_export(bot: Office) -> None:
    desk = bot.house.newsroom.desk
    await bot.console(f"/alerts set {HERE} topics:„Calyx“,-gaming role:{ROLE} quiet:21:30-6")
    document = await desk.export()
    (before,) = await there(bot)
    await bot.console(f"/alerts remove {HERE}")
    assert await desk.take_in(document) == 1
    (after,) = await there(bot)
    assert {before.topics, before.quiet, before.role} == {after.topics, after.quiet, after.role}
