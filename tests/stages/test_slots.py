"""When digests come: every minute of the days on which clocks are changed, and any pattern of looking at the clock."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.slots import Skip, Wanted, Window, decide, hours, moment_of, next_slot, offsets, slot, windows
from bot.model import Channel, Platform, Subscription

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN, LEAP = date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)
MINUTES = (119, 120, 150, 180, 420)  # 01:59, 02:00, 02:30, 03:00, 07:00
ZONES = ("Europe/Berlin", "Africa/Lagos", "Asia/Kolkata", "Australia/Lord_Howe")
ODD = (
    *ZONES,
    "America/Havana",
    "America/Asuncion",
    "Asia/Beirut",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Nuuk",
)

Slot = tuple[date, int]  # a local date and a minute of it
Looking = Callable[[ZoneInfo, datetime, datetime], Iterator[Slot]]


def subscription(**changes: object) -> Subscription:
    channel = Channel(Platform.DISCORD, "1", "2")
    return replace(Subscription(1, channel, "Digest", time(7), "Europe/Berlin"), **changes)  # type: ignore[arg-type]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def covered(one: Subscription, day: date) -> tuple[datetime, datetime]:
    """What a digest covers when none was missed before."""
    return hours(one, day, day - DAY)


MOMENTS = st.timedeltas(timedelta(0), 430 * DAY).map(lambda age: utc(2027, 1, 1) + age)


def came(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Slot]:
    """What a look at the clock finds."""
    for day, first, last in windows(zone, since, until):
        yield from ((day, minute) for minute in range(first, last + 1))


def naive(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Slot]:
    """What a bot finds that compares each minute's wall time: the control."""
    wall = until.astimezone(zone)
    yield wall.date(), wall.hour * 60 + wall.minute


def ticked(looking: Looking, zone: ZoneInfo, day: date) -> Counter[Slot]:
    """What comes of every minute of that day and some hours around it, with the moments on full minutes."""
    start = datetime.combine(day, time(), UTC) - 15 * HOUR
    moments = (start + n * MINUTE for n in range(54 * 60))
    return Counter(found for moment in moments for found in looking(zone, moment - MINUTE, moment))


class TestMoments:
    def test_the_day_that_lacks_an_hour(self) -> None:
        hour = {minute: moment_of(SPRING, minute, BERLIN) for minute in MINUTES}
        assert hour == {
            119: utc(2027, 3, 28, 0, 59),
            120: utc(2027, 3, 28, 1),
            150: utc(2027, 3, 28, 1),
            180: utc(2027, 3, 28, 1),
            420: utc(2027, 3, 28, 5),
        }

    def test_the_day_that_has_an_hour_twice(self) -> None:
        hour = {minute: moment_of(AUTUMN, minute, BERLIN) for minute in MINUTES}
        assert hour == {
            119: utc(2027, 10, 30, 23, 59),
            120: utc(2027, 10, 31, 0),
            150: utc(2027, 10, 31, 0, 30),
            180: utc(2027, 10, 31, 2),
            420: utc(2027, 10, 31, 6),
        }

    def test_seven_stays_seven(self) -> None:
        days = (SPRING - DAY, SPRING, AUTUMN - DAY, AUTUMN, LEAP)
        assert {f"{moment_of(day, 420, BERLIN).astimezone(BERLIN):%H:%M}" for day in days} == {"07:00"}

    def test_a_gap_of_half_an_hour(self) -> None:
        zone = ZoneInfo("Australia/Lord_Howe")  # 02:00 becomes 02:30
        assert moment_of(date(2027, 10, 3), 135, zone) == moment_of(date(2027, 10, 3), 150, zone)
        assert f"{moment_of(date(2027, 10, 3), 135, zone).astimezone(zone):%H:%M}" == "02:30"

    def test_a_gap_at_midnight(self) -> None:
        zone = ZoneInfo("Asia/Beirut")  # 28 March 2027: 00:00 becomes 01:00
        assert f"{moment_of(SPRING, 0, zone).astimezone(zone):%d. %H:%M}" == "28. 01:00"

    @pytest.mark.parametrize("name", ODD)
    @given(day=st.dates(date(2024, 1, 1), date(2036, 12, 31)), minute=st.integers(0, 1439))
    def test_the_first_moment_at_which_the_wall_is_as_far(self, name: str, day: date, minute: int) -> None:
        zone, wall = ZoneInfo(name), datetime.combine(day, time()) + minute * MINUTE
        moment = moment_of(day, minute, zone)
        assert moment.astimezone(zone).replace(tzinfo=None) >= wall
        before = [moment - n * timedelta(seconds=450) - timedelta(seconds=1) for n in range(32)]  # four hours of it
        assert all(earlier.astimezone(zone).replace(tzinfo=None) < wall for earlier in before)


class TestEveryMinute:
    @pytest.mark.parametrize("name", ZONES)
    @pytest.mark.parametrize("day", [SPRING, AUTUMN, LEAP, date(2027, 4, 4), date(2027, 10, 3)])
    def test_one_slot_for_each_subscription_and_date(self, name: str, day: date) -> None:
        found = ticked(came, ZoneInfo(name), day)
        assert [found[day, minute] for minute in MINUTES] == [1] * len(MINUTES)
        assert max(found.values()) == 1
        assert sum(of == day for of, _ in found) == 24 * 60

    def test_comparing_wall_times_would_lose_and_double(self) -> None:
        spring, autumn = ticked(naive, BERLIN, SPRING), ticked(naive, BERLIN, AUTUMN)
        assert [spring[SPRING, minute] for minute in MINUTES] == [1, 0, 0, 1, 1]
        assert [autumn[AUTUMN, minute] for minute in MINUTES] == [1, 2, 2, 1, 1]

    @pytest.mark.parametrize("day", [SPRING, AUTUMN, LEAP])
    def test_it_comes_in_the_minute_it_is_due(self, day: date) -> None:
        for minute in MINUTES:
            moment = moment_of(day, minute, BERLIN)
            assert (day, minute) in set(came(BERLIN, moment - MINUTE, moment))
            assert (day, minute) not in set(came(BERLIN, moment - 2 * MINUTE, moment - timedelta(seconds=1)))


class TestWindows:
    NOON = utc(2027, 10, 30, 12)

    def test_a_minute(self) -> None:
        assert windows(BERLIN, self.NOON - MINUTE, self.NOON) == (Window(date(2027, 10, 30), 840, 840),)

    def test_between_two_minutes_nothing(self) -> None:
        assert windows(BERLIN, self.NOON, self.NOON + timedelta(seconds=59)) == ()

    @pytest.mark.parametrize("back", [timedelta(0), MINUTE, 400 * DAY])
    def test_a_clock_set_back(self, back: timedelta) -> None:
        assert windows(BERLIN, self.NOON, self.NOON - back) == ()

    def test_days_of_downtime(self) -> None:
        days = [window.day.day for window in windows(BERLIN, self.NOON, self.NOON + 3 * DAY)]
        assert days == [30, 31, 1, 2]

    def test_a_day_that_a_zone_left_out(self) -> None:
        zone, start = ZoneInfo("Pacific/Apia"), utc(2011, 12, 29, 12)
        found = list(came(zone, start, start + 2 * DAY))
        assert len(found) == len(set(found)) == 3 * 24 * 60

    def test_who_forgets_the_latest_look_gets_slots_twice(self) -> None:
        looks = [self.NOON, self.NOON + HOUR, self.NOON, self.NOON + HOUR]
        found = Counter(one for since, until in pairwise(looks) for one in came(BERLIN, since, until))
        assert set(found.values()) == {2}

    @given(
        name=st.sampled_from(ODD),
        start=MOMENTS,
        steps=st.lists(st.timedeltas(-2 * DAY, 2 * DAY), max_size=12),
    )
    def test_whatever_the_looks_no_slot_comes_twice_and_none_is_lost(
        self, name: str, start: datetime, steps: Sequence[timedelta]
    ) -> None:
        zone, mark, now = ZoneInfo(name), start, start
        found: Counter[Slot] = Counter()
        for step in steps:
            now += step
            found.update(came(zone, mark, now))
            mark = max(mark, now)
        days = [start.date() + n * DAY for n in range(-2, (mark - start).days + 4)]
        due = {(day, m) for day in days for m in range(0, 1440, 30) if start < moment_of(day, m, zone) <= mark}
        assert {found[one] for one in due} <= {1}
        assert {one for one in found if one[1] % 30 == 0} == due


class TestDecisions:
    MONDAY = date(2027, 11, 1)  # All Saints' Day

    def told(self, day: date, late: timedelta = timedelta(0), **changes: object) -> Wanted | Skip:
        wish = subscription(**changes)
        return decide(wish, day, slot(wish, day) + late)

    def test_wanted_with_its_moment_and_deadline(self) -> None:
        assert self.told(AUTUMN) == Wanted(utc(2027, 10, 31, 6), utc(2027, 10, 31, 12))

    def test_paused(self) -> None:
        assert self.told(AUTUMN, paused=True) == Skip("Das Abonnement ist pausiert.")
        assert self.told(AUTUMN, paused=True, reason="Der Kanal fehlt.") == Skip("Der Kanal fehlt.")

    def test_another_weekday(self) -> None:
        weekdays = frozenset(range(5))
        assert self.told(AUTUMN, weekdays=weekdays) == Skip("Sonntags ist kein Digest gewünscht.")
        assert isinstance(self.told(self.MONDAY, weekdays=weekdays), Wanted)

    def test_a_holiday_by_its_name_and_only_in_its_region(self) -> None:
        assert self.told(self.MONDAY, holidays="DE-BY") == Skip("Feiertag: Allerheiligen")
        assert isinstance(self.told(self.MONDAY, holidays="DE-BE"), Wanted)
        assert isinstance(self.told(self.MONDAY), Wanted)

    def test_late_within_the_cut_off(self) -> None:
        assert isinstance(self.told(AUTUMN, 6 * HOUR), Wanted)
        assert self.told(AUTUMN, 6 * HOUR + MINUTE) == Skip(
            "Der Digest wurde nicht rechtzeitig fertig; nach 6 Stunden wird er nicht mehr nachgeholt.", missed=True
        )

    def test_after_three_days_of_downtime_there_is_one(self) -> None:
        for cutoff in (6, 24, 100):
            wish, now = subscription(cutoff=cutoff), utc(2027, 11, 3, 9)
            found = {day for day, minute in came(BERLIN, now - 3 * DAY, now) if minute == 420}
            assert len(found) == 3
            assert [day.day for day in sorted(found) if isinstance(decide(wish, day, now), Wanted)] == [3]

    def test_a_day_off_takes_nothing_from_the_one_before(self) -> None:
        wish = subscription(cutoff=48, weekdays=frozenset({4}))
        assert isinstance(decide(wish, date(2027, 11, 5), utc(2027, 11, 7, 5)), Wanted)

    @given(
        start=MOMENTS,
        looks=st.lists(st.tuples(st.timedeltas(-2 * HOUR, 20 * HOUR), st.booleans()), max_size=25),
        minute=st.sampled_from(MINUTES),
        cutoff=st.integers(1, 30),
    )
    def test_restarts_downtime_and_a_wrong_clock_neither_double_nor_lose(
        self, start: datetime, looks: Sequence[tuple[timedelta, bool]], minute: int, cutoff: int
    ) -> None:
        """A bot that looks back by its cut-off when it starts, and keeps on record what it settled."""
        wish = subscription(at=time(*divmod(minute, 60)), cutoff=cutoff)
        mark = now = start
        posted: list[date] = []
        settled: set[date] = set()
        seen = []
        for step, restarted in looks:
            now += step
            if restarted:
                mark = now - cutoff * HOUR
            slots = [day for day, m in came(BERLIN, mark, now) if m == minute and day not in settled]
            posted += [day for day in slots if isinstance(decide(wish, day, now), Wanted)]
            settled.update(slots)
            mark = max(mark, now)
            seen.append(now)
        assert len(posted) == len(set(posted))
        for day in (start.date() + n * DAY for n in range(30)):
            first = next((look for look in seen if look >= slot(wish, day) > start), None)
            newer = first is not None and slot(wish, day + DAY) <= first
            if first is not None and first <= slot(wish, day) + cutoff * HOUR and not newer:
                assert day in posted


class TestNext:
    def test_over_the_weekend_and_a_holiday(self) -> None:
        wish = subscription(weekdays=frozenset(range(5)), holidays="DE-BY")
        assert next_slot(wish, utc(2027, 10, 29, 6)) == utc(2027, 11, 2, 6)

    def test_later_today(self) -> None:
        assert next_slot(subscription(), utc(2027, 10, 29, 4, 59)) == utc(2027, 10, 29, 5)

    def test_not_the_one_that_is_now(self) -> None:
        assert next_slot(subscription(), utc(2027, 10, 29, 5)) == utc(2027, 10, 30, 5)

    def test_not_a_day_that_had_its_digest(self) -> None:
        wish = subscription(at=time(9))  # until now at seven
        assert next_slot(wish, utc(2027, 10, 29, 6), done=date(2027, 10, 29)) == utc(2027, 10, 30, 7)

    def test_none_while_paused(self) -> None:
        assert next_slot(subscription(paused=True), utc(2027, 10, 29, 5)) is None

    @given(
        name=st.sampled_from(ODD),
        now=MOMENTS,
        minute=st.integers(0, 1439),
    )
    def test_it_is_what_the_clock_will_find_first(self, name: str, now: datetime, minute: int) -> None:
        moment = next_slot(subscription(zone=name, at=time(*divmod(minute, 60))), now)
        assert moment is not None
        assert minute not in {m for _, m in came(ZoneInfo(name), now, moment - timedelta(microseconds=1))}
        assert minute in {m for _, m in came(ZoneInfo(name), now, moment)}


class TestHours:
    def test_a_day(self) -> None:
        assert covered(subscription(), LEAP) == (utc(2028, 2, 28, 6), utc(2028, 2, 29, 6))

    def test_monday_covers_the_weekend(self) -> None:
        wish = subscription(weekdays=frozenset(range(5)))
        assert covered(wish, date(2027, 11, 22)) == (utc(2027, 11, 19, 6), utc(2027, 11, 22, 6))

    def test_after_easter_four_days_are_enough(self) -> None:
        wish = subscription(weekdays=frozenset(range(5)), holidays="DE")
        assert covered(wish, date(2027, 3, 30)) == (utc(2027, 3, 26, 5), utc(2027, 3, 30, 5))

    def test_a_day_of_23_hours_still_covers_24(self) -> None:
        assert covered(subscription(), SPRING) == (utc(2027, 3, 27, 5), utc(2027, 3, 28, 5))

    def test_a_day_of_25_hours_leaves_nothing_out(self) -> None:
        assert covered(subscription(), AUTUMN) == (utc(2027, 10, 30, 5), utc(2027, 10, 31, 6))

    def test_a_recap_covers_seven_days(self) -> None:
        wish = subscription(recap=True, weekdays=frozenset({4}))
        assert covered(wish, date(2027, 11, 19)) == (utc(2027, 11, 12, 6), utc(2027, 11, 19, 6))

    def test_the_first_after_an_outage_covers_it(self) -> None:
        assert hours(subscription(), LEAP, LEAP - 3 * DAY) == (utc(2028, 2, 26, 6), utc(2028, 2, 29, 6))

    def test_of_a_long_outage_it_covers_four_days(self) -> None:
        assert hours(subscription(), LEAP, None) == (utc(2028, 2, 25, 6), utc(2028, 2, 29, 6))

    def test_nothing_was_missed_before_it_was_set_up(self) -> None:
        new = subscription(since=utc(2028, 2, 28, 6))
        assert hours(new, LEAP, None) == (utc(2028, 2, 28, 6), utc(2028, 2, 29, 6))


@pytest.mark.parametrize(
    ("zone", "day", "alike"),
    [
        ("Europe/Vienna", date(2027, 7, 1), True),
        ("Europe/Athens", date(2027, 7, 1), False),
        ("Africa/Lagos", date(2027, 7, 1), False),
        ("Africa/Lagos", date(2028, 1, 15), True),
        ("Africa/Lagos", date(2027, 11, 15), False),  # now, but not when what it tells of happened
        ("Africa/Lagos", SPRING, False),  # only until the clocks are changed
    ],
)
def test_zones_are_alike_where_their_walls_showed_the_same(zone: str, day: date, *, alike: bool) -> None:
    assert (offsets(zone, day) == offsets("Europe/Berlin", day)) == alike
