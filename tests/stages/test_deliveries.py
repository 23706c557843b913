"""What follows from a try to post."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import inf, nan

import pytest

from bot.deliveries.send import after, needs_look, too_late
from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure, TokenRefused
from bot.model import Channel, Delivery, Platform, State, delivery_id, number
from bot.ports import Outcome

NOW = datetime(2027, 3, 28, 5, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
UNTIL = NOW + 6 * HOUR
DELIVERY = Delivery(7, 1, Channel(Platform.DISCORD, "1", "2"), date(2027, 3, 28), 1, "{}", State.PENDING, NOW, UNTIL)
BUSY = "Discord ist überlastet."


def tried(tries: int, ago: timedelta | None = MINUTE) -> Delivery:
    return replace(DELIVERY, tries=tries, tried=None if ago is None else NOW - ago)


def wait(error: ChatError, tries: int = 0, chance: float = 0.0) -> timedelta:
    outcome = after(tried(tries), error, NOW, UNTIL, chance)
    assert outcome.state is State.PENDING
    assert outcome.reason == str(error)
    assert outcome.due
    return outcome.due - NOW


class TestOutcomes:
    def test_posted(self) -> None:
        assert after(DELIVERY, "99", NOW, UNTIL, 0) == Outcome(7, State.SENT, NOW, message="99")

    def test_posted_after_the_cut_off_is_posted(self) -> None:
        assert after(DELIVERY, "99", NOW, NOW - HOUR, 0).state is State.SENT

    @pytest.mark.parametrize(
        ("error", "state"),
        [(ChatForbidden("Verboten."), State.FORBIDDEN), (ChatGone("Der Kanal fehlt."), State.GONE)],
    )
    def test_for_good(self, error: ChatError, state: State) -> None:
        assert after(DELIVERY, error, NOW, UNTIL, 0) == Outcome(7, state, NOW, reason=str(error))

    @pytest.mark.parametrize("error", [ChatBusy(BUSY), TokenRefused("Token?"), ChatError("Unbekannt.")])
    def test_beyond_the_cut_off(self, error: ChatError) -> None:
        outcome = after(DELIVERY, error, UNTIL, UNTIL, 0)
        assert (outcome.state, outcome.due) == (State.MISSED, None)
        assert outcome.reason == f"Bis zum Ende der Frist ließ sich der Digest nicht posten: {error}"


class TestWaiting:
    def test_two_seconds_and_then_twice_as_long_up_to_a_quarter_of_an_hour(self) -> None:
        longest = [wait(ChatBusy(BUSY), tries, 0.999999).total_seconds() for tries in range(12)]
        assert longest == pytest.approx([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900], rel=0.001)

    def test_chance_spreads_over_the_half(self) -> None:
        assert wait(ChatBusy(BUSY), 3, 0) == 8 * SECOND
        assert wait(ChatBusy(BUSY), 3, 0.5) == 12 * SECOND

    def test_never_earlier_than_the_chat_asks_for(self) -> None:
        assert wait(ChatBusy(BUSY, 900)) == 15 * MINUTE
        assert wait(ChatBusy(BUSY, 0.3)) == SECOND

    @pytest.mark.parametrize("seconds", [None, 0.0, -5.0, nan])
    def test_what_is_no_time_is_ignored(self, seconds: float | None) -> None:
        assert wait(ChatBusy(BUSY, seconds)) == SECOND

    @pytest.mark.parametrize("seconds", [inf, 1e300, 7 * 3600.0])
    def test_who_asks_for_longer_than_the_cut_off_is_skipped(self, seconds: float) -> None:
        assert after(DELIVERY, ChatBusy(BUSY, seconds), NOW, UNTIL, 0).state is State.MISSED

    def test_a_refused_token_waits_for_the_operator(self) -> None:
        assert wait(TokenRefused("Token?")) == SECOND

    def test_very_many_tries(self) -> None:
        assert wait(ChatBusy(BUSY), 10**6, 0) == 7.5 * MINUTE


class TestUnsure:
    def test_soon_again(self) -> None:
        assert wait(ChatUnsure("Keine Antwort.")) == SECOND

    def test_it_is_found_out_even_after_the_cut_off_but_not_for_ever(self) -> None:
        unsure = ChatUnsure("Keine Antwort.")
        assert after(DELIVERY, unsure, UNTIL + MINUTE, UNTIL, 0).state is State.PENDING
        assert after(DELIVERY, unsure, UNTIL + HOUR, UNTIL, 0).state is State.MISSED

    def test_after_an_earlier_try_so_does_what_is_sure(self) -> None:
        busy = ChatBusy(BUSY)
        assert after(tried(1), busy, UNTIL + MINUTE, UNTIL, 0).state is State.PENDING
        assert after(tried(1), busy, UNTIL + HOUR, UNTIL, 0).state is State.MISSED
        assert after(DELIVERY, busy, UNTIL + MINUTE, UNTIL, 0).state is State.MISSED

    @pytest.mark.parametrize("seconds", [inf, 1e300, 8 * 3600.0])
    def test_a_last_look_is_taken_whatever_the_chat_asks_for(self, seconds: float) -> None:
        outcome = after(tried(1), ChatBusy(BUSY, seconds), NOW, UNTIL, 0)
        assert (outcome.state, outcome.due) == (State.PENDING, UNTIL + HOUR)
        assert after(tried(1), ChatBusy(BUSY, seconds), UNTIL + HOUR, UNTIL, 0).state is State.MISSED


class TestLooking:
    @pytest.mark.parametrize(
        ("delivery", "look"),
        [
            (DELIVERY, False),
            (tried(1, SECOND), False),
            (tried(1, 4 * MINUTE), False),
            (tried(1, 4 * MINUTE + SECOND), True),
            (tried(3, 6 * HOUR), True),
            (tried(1, None), True),
            (tried(1, -MINUTE), True),  # by a clock that was ahead: how long ago nobody knows
        ],
    )
    def test_an_earlier_try_that_the_chat_may_have_forgotten(self, delivery: Delivery, look: bool) -> None:
        assert needs_look(delivery, NOW) is look

    def test_a_chat_without_a_memory(self) -> None:
        assert needs_look(tried(1, SECOND), NOW, memory=timedelta(0))
        assert not needs_look(DELIVERY, NOW, memory=timedelta(0))

    def test_what_will_not_be_sent_again(self) -> None:
        assert needs_look(tried(1, SECOND), NOW, NOW - SECOND)
        assert not needs_look(tried(1, SECOND), NOW, NOW)

    def test_too_late(self) -> None:
        assert too_late(DELIVERY, UNTIL, UNTIL) is None
        never = too_late(DELIVERY, UNTIL + SECOND, UNTIL)
        assert never == Outcome(
            7, State.MISSED, UNTIL + SECOND, reason="Die Frist war vorbei, bevor der Digest an der Reihe war."
        )
        failed = too_late(replace(DELIVERY, reason=BUSY), UNTIL + SECOND, UNTIL)
        assert failed
        assert failed.reason == f"Bis zum Ende der Frist ließ sich der Digest nicht posten: {BUSY}"


def test_ids_stand_as_their_subscriptions_do_and_are_their_own() -> None:
    subscriptions = sorted(number(f"Kanal {n}") for n in range(1_000))
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(30)]
    ids = [[delivery_id(one, day, part) for day in days for part in (1, 2)] for one in subscriptions]
    assert len({id_ for some in ids for id_ in some}) == len(subscriptions) * 60
    assert all(0 < id_ < 2**63 for some in ids for id_ in some)
    apart = [some for n, some in enumerate(ids) if n % 20 == 0]  # two whose ids begin alike may be mixed
    assert all(max(one) < min(other) for one, other in pairwise(apart))
