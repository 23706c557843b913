"""When a feed is asked next, and where: decisions without a clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadAnswer, SourceError, Unreachable
from bot.feeds.delays import fresh_for, http_date, retry_after
from bot.feeds.due import News, after_failure, after_news, after_no_news, interval_of
from bot.model import Feed, FeedState
from bot.ports import Answer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://example.org/feed"
STATE = FeedState(Feed(URL, "Beispiel"), URL)
NEWS = News(b"hash")


def answer(status: int = 200, permanent: str | None = None, /, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(URL, status, b"", named, permanent)


def every(gap: timedelta, count: int = 20, newest: datetime = NOW) -> tuple[datetime, ...]:
    return tuple(newest - gap * number for number in range(count))


def wait(state: FeedState) -> timedelta:
    assert state.due
    return state.due - NOW


class TestInterval:
    def test_a_quarter_of_the_usual_gap(self) -> None:
        assert interval_of(every(4 * HOUR), NOW) == pytest.approx(HOUR, rel=0.1)

    def test_busy_feeds_every_quarter_of_an_hour(self) -> None:
        assert interval_of(every(MINUTE), NOW) == 15 * MINUTE

    def test_a_weekly_feed_once_a_day(self) -> None:
        assert interval_of(every(7 * DAY, newest=NOW - DAY), NOW) == DAY

    def test_a_feed_that_fell_silent_once_a_day(self) -> None:
        assert interval_of(every(MINUTE, newest=NOW - 30 * DAY), NOW) == DAY

    def test_an_old_pinned_entry_changes_little(self) -> None:
        assert interval_of((*every(HOUR, 100), NOW - 3000 * DAY), NOW) <= 30 * MINUTE

    @pytest.mark.parametrize("published", [(), (NOW + DAY,)])
    def test_no_usable_date_means_an_hour(self, published: tuple[datetime, ...]) -> None:
        assert interval_of(published, NOW) == HOUR

    @given(st.lists(st.timedeltas(timedelta(days=-4000), timedelta(days=4000))))
    def test_always_between_a_quarter_of_an_hour_and_a_day(self, ages: list[timedelta]) -> None:
        assert 15 * MINUTE <= interval_of([NOW - age for age in ages], NOW) <= DAY


class TestAnswers:
    def test_news_teach_everything(self) -> None:
        failed = after_failure(STATE, Unreachable("weg"), NOW - HOUR, 0)
        told = after_news(failed, answer(etag='"a"', last_modified="gestern"), News(b"h", every(4 * HOUR)), NOW, 0)
        assert (told.etag, told.last_modified, told.body_hash) == ('"a"', "gestern", b"h")
        assert (told.asked, told.answered, told.failures, told.reason) == (NOW, NOW, 0, None)
        assert wait(told) == told.interval

    def test_unchanged_keeps_validators_and_hash(self) -> None:
        known = after_news(STATE, answer(etag='"a"', last_modified="gestern"), NEWS, NOW - HOUR, 0)
        again = after_no_news(known, answer(304), NOW, 0)
        assert (again.etag, again.last_modified, again.body_hash) == ('"a"', "gestern", b"hash")
        assert after_no_news(known, answer(304, etag='"b"'), NOW, 0).etag == '"b"'

    def test_a_200_without_validators_forgets_the_old_ones(self) -> None:
        known = after_news(STATE, answer(etag='"a"'), NEWS, NOW - HOUR, 0)
        assert after_no_news(known, answer(200), NOW, 0).etag is None

    def test_silence_slows_down_by_a_tenth(self) -> None:
        state = after_news(STATE, answer(), News(b"h", every(MINUTE)), NOW, 0)
        moment = NOW
        while moment < NOW + 8 * HOUR:
            assert state.due
            moment = state.due
            state = after_no_news(state, answer(304), moment, 0)
        assert 50 * MINUTE < state.interval < 75 * MINUTE
        assert after_news(state, answer(), News(b"h", every(MINUTE, newest=moment)), moment, 0).interval == 15 * MINUTE

    @pytest.mark.parametrize(
        ("headers", "least"),
        [
            ({"cache_control": "public, max-age=7200"}, 2 * HOUR),
            ({"cache_control": "max-age=7200", "age": "3600"}, HOUR),
            ({"cache_control": "max-age=604800"}, DAY),
            ({"expires": "Mon, 23 Nov 2026 15:00:00 GMT"}, 3 * HOUR),
            ({"date": "Sat, 01 Jan 2000 00:00:00 GMT", "expires": "Sat, 01 Jan 2000 05:00:00 GMT"}, 5 * HOUR),
        ],
    )
    def test_what_the_server_asks_for_is_respected(self, headers: dict[str, str], least: timedelta) -> None:
        busy = News(b"h", every(MINUTE))
        assert wait(after_news(STATE, answer(**headers), busy, NOW, 0)) == least
        assert wait(after_news(STATE, answer(), busy, NOW, 0)) == 15 * MINUTE

    def test_a_feeds_own_ttl_is_respected_also_later(self) -> None:
        told = after_news(STATE, answer(), News(b"h", every(MINUTE), 3 * HOUR), NOW, 0)
        assert wait(told) == 3 * HOUR
        assert wait(after_no_news(told, answer(304), NOW, 0)) >= 3 * HOUR

    def test_chance_spreads_what_was_asked_together(self) -> None:
        waits = [wait(after_news(STATE, answer(), NEWS, NOW, chance)) for chance in (0, 0.5, 0.99)]
        assert waits == sorted(set(waits))
        assert waits[-1] < 1.1 * waits[0]


class TestFailures:
    def test_twice_as_long_each_time_and_a_day_at_most(self) -> None:
        state, waits = STATE, []
        for _ in range(12):
            state = after_failure(state, Unreachable("weg"), NOW, 0)
            waits.append(wait(state))
        assert waits[:3] == [15 * MINUTE, 30 * MINUTE, HOUR]
        assert waits[-1] == DAY
        assert all(longer >= shorter for shorter, longer in pairwise(waits))

    def test_the_first_success_ends_it(self) -> None:
        state = STATE
        for _ in range(9):
            state = after_failure(state, Unreachable("weg"), NOW, 0)
        told = after_news(state, answer(), News(b"h", every(MINUTE)), NOW, 0)
        assert (told.failures, wait(told)) == (0, 15 * MINUTE)
        assert wait(after_failure(told, Unreachable("weg"), NOW, 0)) == 15 * MINUTE

    def test_a_failure_keeps_what_is_known(self) -> None:
        known = after_news(STATE, answer(etag='"a"'), NEWS, NOW - HOUR, 0)
        failed = after_failure(known, Unreachable("weg"), NOW, 0)
        assert (failed.etag, failed.body_hash, failed.answered) == ('"a"', b"hash", NOW - HOUR)
        assert failed.reason == "weg"

    @pytest.mark.parametrize(
        ("asked", "waited"), [(7200.0, 2 * HOUR), (1.0, 15 * MINUTE), (1e9, DAY), (None, 15 * MINUTE)]
    )
    def test_retry_after_counts_where_it_is_longer(self, asked: float | None, waited: timedelta) -> None:
        assert wait(after_failure(STATE, BadAnswer("voll", 429, asked), NOW, 0)) == waited

    def test_gone_is_never_asked_again(self) -> None:
        gone = after_failure(STATE, BadAnswer("fort", 410), NOW, 0)
        assert (gone.gone, gone.due, gone.reason) == (True, None, "fort")
        assert not after_failure(STATE, BadAnswer("fort", 404), NOW, 0).gone


class TestMoves:
    NEW = "https://new.example.org/feed"

    def days(self, *targets: str | None) -> FeedState:
        state = STATE
        for number, target in enumerate(targets):
            state = after_no_news(state, answer(304, target), NOW + number * DAY, 0)
        return state

    def test_three_days_change_the_address(self) -> None:
        assert self.days(self.NEW, self.NEW).url == URL
        moved = self.days(self.NEW, self.NEW, self.NEW)
        assert (moved.url, moved.moved_to, moved.moved_days) == (self.NEW, None, ())
        assert moved.feed.url == URL

    def test_three_times_on_one_day_do_not(self) -> None:
        state = STATE
        for hours in range(3):
            state = after_no_news(state, answer(304, self.NEW), NOW + hours * HOUR, 0)
        assert state.url == URL
        assert len(state.moved_days) == 1

    @pytest.mark.parametrize("between", [None, "https://other.example.org/feed"])
    def test_anything_else_in_between_starts_again(self, between: str | None) -> None:
        assert self.days(self.NEW, self.NEW, between, self.NEW, self.NEW).url == URL
        assert self.days(self.NEW, self.NEW, between, self.NEW, self.NEW, self.NEW).url == self.NEW

    def test_a_failure_in_between_does_not_count(self) -> None:
        state = after_failure(self.days(self.NEW, self.NEW), Unreachable("weg"), NOW + 2 * DAY, 0)
        assert after_no_news(state, answer(304, self.NEW), NOW + 3 * DAY, 0).url == self.NEW


chances = st.floats(0, 1, exclude_max=True)
headers = st.dictionaries(
    st.sampled_from(["cache-control", "expires", "date", "age"]),
    st.text(max_size=20) | st.integers(-(10**12), 10**12).map("max-age={}".format),
)
errors = st.builds(Unreachable, st.just("weg")) | st.builds(
    BadAnswer,
    st.just("nein"),
    st.integers(400, 599).filter(lambda status: status != 410),
    st.none() | st.floats(0, 1e12),
)
states = st.builds(
    FeedState,
    st.just(STATE.feed),
    st.just(URL),
    asked=st.none() | st.timedeltas(timedelta(days=-900), timedelta(days=900)).map(lambda ago: NOW - ago),
    interval=st.timedeltas(timedelta(0), timedelta(days=400)),
    failures=st.integers(0, 100_000),
)


@given(states, headers, chances, st.none() | st.timedeltas())
def test_due_lies_ahead_and_within_a_day_after_answers(
    state: FeedState, said: dict[str, str], chance: float, ttl: timedelta | None
) -> None:
    for status in (200, 304):
        told = Answer(URL, status, b"", said)
        assert timedelta(0) < wait(after_no_news(state, told, NOW, chance)) <= DAY
        assert timedelta(0) < wait(after_news(state, told, News(b"h", (), ttl), NOW, chance)) <= DAY


@given(states, errors, chances)
def test_due_lies_ahead_and_within_a_day_after_failures(state: FeedState, error: SourceError, chance: float) -> None:
    failed = after_failure(state, error, NOW, chance)
    assert timedelta(0) < wait(failed) <= DAY
    assert failed.failures == state.failures + 1


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("1e9", 86_400),
        ("999999999999", 86_400),
        ("Mon, 23 Nov 2026 12:10:00 GMT", 600),
        ("Mon, 23 Nov 2020 12:10:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("١٢", None),
    ],
)
def test_retry_after_in_all_its_spellings(wish: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": wish, "date": "Mon, 23 Nov 2026 12:00:00 GMT"}) == seconds


def test_a_date_says_nothing_without_the_servers_own_clock() -> None:
    assert retry_after({"retry-after": "Mon, 23 Nov 2026 12:10:00 GMT"}) is None


@given(st.text() | st.dates().map(lambda day: day.strftime("%a, %d %b %Y 23:59:59 -2359")))
def test_no_date_and_no_header_is_too_strange(written: str) -> None:
    http_date(written)
    retry_after({"retry-after": written, "date": written})
    assert timedelta(0) <= fresh_for({"cache-control": written, "expires": written, "age": written}, NOW) <= DAY
