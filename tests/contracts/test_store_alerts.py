"""The port `Alerts`, on both databases."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.german.alerts import BEYOND, PAUSED
from bot.model import Alert, Channel, Delivery, Platform, State, alert_delivery_id
from bot.ports import Body, Outcome
from bot.store.store import DatabaseStore
from tests.contracts.postings import CHANNEL, DAY, PERSON, TODAY, delivery, subscription
from tests.contracts.samples import NOW

SLACK = Channel(Platform.SLACK, "1", "10")
ELSEWHERE, OTHER = replace(CHANNEL, id="11"), replace(CHANNEL, space="2")
LEASE = timedelta(minutes=1)


def alert(channel: Channel = CHANNEL, **fields: object) -> Alert:
    return Alert(**({"channel": channel, "zone": "Europe/Berlin", "critical": True} | fields))  # type: ignore[arg-type]


def message(story: int = 1, of: Alert | None = None, **fields: object) -> Delivery:
    """Due now, today."""
    of = of or alert()
    made = delivery(of.id, channel=of.channel, body=f"Meldung {story}", due=NOW, until=NOW + timedelta(hours=12))
    return replace(made, id=alert_delivery_id(of.id, story), **fields)  # type: ignore[arg-type]


async def tell(store: DatabaseStore, *messages: Delivery, shown: tuple[int, ...] = ()) -> int:
    return await store.alerts.tell(messages, [Body(one.body, shown) for one in messages if one.body], NOW)


async def states(store: DatabaseStore, of: Alert | None = None) -> list[State]:
    told = await store.alerts.told([(of or alert()).id], TODAY - DAY)
    return sorted(one.state for one in told.get((of or alert()).id, ()))


async def test_everything_comes_back_as_it_was(store: DatabaseStore) -> None:
    one = alert(
        topics=("ki", "„Mond“", "-gaming"),
        critical=False,
        cap=9,
        quiet=(time(21, 30), time(6, 15)),
        zone="America/New_York",
        role="77",
        paused=True,
        reason="Keine Rechte.",
        since=NOW,
    )
    await store.alerts.save(alert())
    await store.alerts.save(one)
    await store.alerts.save(alert(PERSON))
    assert await store.alerts.get(CHANNEL) == one
    assert await store.alerts.get(ELSEWHERE) is None
    assert await store.alerts.all() == [alert(PERSON), one]
    assert await store.alerts.active() == [alert(PERSON)]
    assert await store.alerts.within(Platform.DISCORD, "1") == [one]


async def test_whether_any_is_wanted(store: DatabaseStore) -> None:
    assert not await store.alerts.are_wanted()
    await store.alerts.save(alert(paused=True))
    assert not await store.alerts.are_wanted()
    await store.alerts.save(alert(PERSON))
    assert await store.alerts.are_wanted()


async def test_what_is_told_waits_in_the_outbox_and_is_claimed_once(store: DatabaseStore) -> None:
    await store.alerts.save(alert())
    assert await tell(store, message(), shown=(1,)) == 1
    assert await tell(store, message(body="Anders"), shown=(1,)) == 0
    assert await store.alerts.known([message().id, 5]) == {message().id}
    assert {one.story for one in (await store.outbox.shown([alert().id], NOW - DAY))[alert().id]} == {1}
    (claimed,) = await store.outbox.claim(NOW, 5, LEASE)
    assert (claimed.body, claimed.id, claimed.root) == ("Meldung 1", message().id, None)
    await store.outbox.record([Outcome(claimed.id, State.SENT, NOW, message="9")])
    assert await states(store) == [State.SENT]


async def test_several_of_one_day_hold_nobody_up(store: DatabaseStore) -> None:
    await store.alerts.save(alert())
    await tell(store, *(message(n) for n in range(3)))
    claimed = await store.outbox.claim(NOW, 5, LEASE)
    assert len(claimed) == 3
    await store.outbox.record([Outcome(claimed[0].id, State.GONE, NOW)])
    assert await states(store) == [State.GONE, State.PENDING, State.PENDING]


async def test_no_more_than_the_cap_of_a_day_are_sent(store: DatabaseStore) -> None:
    await store.alerts.save(alert(cap=2))
    assert await tell(store, message(1)) == 1
    assert await tell(store, *(message(n) for n in range(1, 5))) == 1
    assert await states(store) == [State.PENDING, State.PENDING, State.SKIPPED, State.SKIPPED]
    told = (await store.alerts.told([alert().id], TODAY))[alert().id]
    assert [one.reason for one in told if one.state is State.SKIPPED] == [BEYOND, BEYOND]
    assert await store.outbox.shown([alert().id], NOW - DAY) == {}, "what is beyond it is not told"
    assert await tell(store, message(7, day=TODAY + DAY)) == 1, "another day"


async def test_two_processes_keep_one_cap(store: DatabaseStore) -> None:
    await store.alerts.save(alert(cap=3))
    await asyncio.gather(*(tell(store, message(n)) for n in range(8)))
    assert (await states(store)).count(State.PENDING) == 3


async def test_what_did_not_come_counts_not_against_the_cap(store: DatabaseStore) -> None:
    await store.alerts.save(alert(cap=1))
    await tell(store, message(1))
    await store.outbox.record([Outcome(message(1).id, State.FORBIDDEN, NOW, reason="Keine Rechte.")])
    assert await tell(store, message(2)) == 1


@pytest.mark.parametrize("how", ["never there", "removed", "paused", "closed", "left"])
async def test_nothing_is_told_for_what_is_not_wanted(store: DatabaseStore, how: str) -> None:
    if how != "never there":
        await store.alerts.save(alert())
    await stop(store, how)
    assert await tell(store, message()) == 0
    assert await states(store) == []


@pytest.mark.parametrize("how", ["removed", "paused", "closed", "left"])
async def test_what_waits_goes_along_and_what_was_sent_stays(store: DatabaseStore, how: str) -> None:
    for channel in (CHANNEL, PERSON, OTHER, SLACK):
        await store.alerts.save(alert(channel))
        await tell(store, message(1, alert(channel)), message(2, alert(channel)))
    await store.outbox.record([Outcome(message(2).id, State.SENT, NOW, message="9")])
    await stop(store, how)

    left = {"paused": [State.SENT, State.SKIPPED], "left": []}  # of a server, what was sent goes as well
    assert await states(store) == left.get(how, [State.SENT])
    for channel in (PERSON, OTHER, SLACK):
        assert await states(store, alert(channel)) == [State.PENDING, State.PENDING]
    assert {one.channel for one in await store.alerts.active()} == {PERSON, OTHER, SLACK}
    if how == "paused":
        told = (await store.alerts.told([alert().id], TODAY))[alert().id]
        assert PAUSED in {one.reason for one in told}


async def test_subscriptions_and_alerts_are_apart(store: DatabaseStore) -> None:
    await store.alerts.save(alert())
    await store.subscriptions.save(subscription(1))
    await store.subscriptions.save(subscription(2, name="Abend"))
    await store.subscriptions.save(subscription(3, channel=ELSEWHERE))
    await tell(store, message())
    assert await store.alerts.beside([alert().id, alert(PERSON).id]) == {alert().id: [1, 2]}
    await store.subscriptions.remove([1])
    await store.alerts.pause([2], "x")
    await store.subscriptions.pause([alert().id], "x")
    assert not (await store.subscriptions.get([2]))[0].paused
    assert await store.alerts.active() == [alert()]
    await store.alerts.remove(CHANNEL)
    assert len(await store.subscriptions.all()) == 2


async def test_old_ones_are_forgotten(store: DatabaseStore) -> None:
    await store.alerts.save(alert())
    await tell(store, message(1), message(2))
    await store.outbox.record([Outcome(message(1).id, State.SENT, NOW, message="9")])
    assert await store.outbox.forget(NOW + DAY) == 1
    assert await states(store) == [State.PENDING]


async def stop(store: DatabaseStore, how: str) -> None:
    match how:
        case "removed":
            await store.alerts.remove(CHANNEL)
        case "paused":
            await store.alerts.pause([alert().id], "Keine Rechte.")
        case "closed":
            await store.subscriptions.close(CHANNEL)
        case "left":
            await store.subscriptions.leave(Platform.DISCORD, "")
            await store.subscriptions.leave(Platform.DISCORD, "1")
