"""What is critical, when an alert comes, how it reads, and how it is typed and exchanged."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.deliveries import typed
from bot.deliveries.alerts import LASTS, timely
from bot.deliveries.exchange import alerts_of_document, document, of_document
from bot.errors import UserError
from bot.german import alerts as german
from bot.model import (
    Alert,
    Article,
    Channel,
    Interests,
    Language,
    Member,
    Platform,
    RankedStory,
    Story,
    alert_delivery_id,
    alert_id,
    number,
    version_of,
)
from bot.stories.critical import CRITICAL, TRUSTED, is_critical, is_fresh, reasons
from bot.stories.rank import score
from bot.stories.words import Mentions

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 23, 12, tzinfo=BERLIN).astimezone(UTC)
CHANNEL = Channel(Platform.DISCORD, "1", "10")
ALERT = Alert(CHANNEL, "Europe/Berlin", critical=True)
HOLE, PLAIN = "Kritische Lücke in Orvado", "Orvado mit neuer Version"


def article(title: str, outlet: str = "a", text: str = "Orvado ist ein Server.", minutes: int = 5, **fields: object):  # type: ignore[no-untyped-def] # noqa: ANN201
    url, moment = f"https://{outlet}.example/{number(title)}", NOON - timedelta(minutes=minutes)
    told = {"feed_url": outlet, "outlet": outlet, "url": url, "language": Language.DE, "seen": moment}
    return Article(id=number(url), title=title, text=text, published=moment, **(told | fields))  # type: ignore[arg-type]


def story(*articles: Article, topics: tuple[str, ...] = ()) -> Story:
    return Story(1, version_of(articles), tuple(Member(one, "") for one in articles), topics)


# what is critical


@pytest.mark.parametrize(
    ("articles", "critical"),
    [
        ([article(HOLE)], False),
        ([article(HOLE), article(HOLE + "!")], False),  # one outlet twice
        ([article(HOLE), article(HOLE, "b")], True),
        ([article(HOLE), article(PLAIN, "b")], True),  # a headline, and another who tells of it
        ([article(PLAIN, text=HOLE), article(PLAIN, "b")], False),  # one mention
        ([article(PLAIN, text=HOLE), article(PLAIN, "b", text="A zero-day in Orvado.")], True),
        ([article(HOLE, weight=TRUSTED)], True),
        ([article(PLAIN, text=HOLE, weight=TRUSTED)], False),
        ([article(PLAIN), article(PLAIN, "b")], False),
        ([article(HOLE + " wird nicht aktiv ausgenutzt"), article(PLAIN, "b")], False),
        ([article("Rückblick: Der große Outage von 2024"), article(PLAIN, "b")], False),
        ([article(PLAIN, text="x" * 300 + HOLE), article(PLAIN, "b", text="x" * 300 + HOLE)], False),
    ],
)
def test_what_is_critical(articles: list[Article], critical: bool) -> None:
    assert is_critical(story(*articles)) is critical


@pytest.mark.parametrize(
    ("minutes", "fresh"), [([5], True), ([179], True), ([181], False), ([5, 700], True), ([5, 721], False)]
)
def test_what_is_fresh(minutes: list[int], fresh: bool) -> None:
    articles = [article(HOLE, str(n), minutes=n) for n in minutes]
    assert is_fresh(story(*articles), NOON) is fresh


@pytest.mark.parametrize(
    ("interests", "critical", "expected"),
    [
        (Interests(), True, (CRITICAL,)),
        (Interests(), False, ()),
        (Interests(("ki",)), True, (CRITICAL,)),
        (Interests(("sicherheit",)), True, (CRITICAL, "sicherheit")),
        (Interests((), ("Orvado",)), False, ("„Orvado“",)),
        (Interests((), ("Server",)), False, ()),  # only in the text
        (Interests((), ("Orvado",), ("sicherheit",)), True, ()),
        (Interests((), (), (), ("Orvado",)), True, ()),
    ],
)
def test_why_it_is_told(interests: Interests, critical: bool, expected: tuple[str, ...]) -> None:
    one = score(story(article(HOLE), article(HOLE, "b"), topics=("sicherheit",)), NOON)
    assert reasons(one, interests, Mentions(), critical=critical) == expected


def test_a_topic_alone_is_no_alert_unless_it_matters_much() -> None:
    one = RankedStory(story(article(PLAIN), topics=("ki",)), 3.9, ())
    assert reasons(one, Interests(("ki",)), Mentions(), critical=False) == ()
    assert reasons(replace(one, score=4.0), Interests(("ki",)), Mentions(), critical=False) == ("ki",)


# when


def at(hour: int, minute: int = 0, day: int = 23, month: int = 11, year: int = 2026, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(12), at(12)),
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=24)),
        (at(23, 59), at(7, day=24)),
        (at(0, 1), at(7)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
        (at(23, 30, 27, 3, 2027), at(7, 0, 28, 3, 2027)),  # an hour less
        (at(23, 30, 30, 10, 2027), at(7, 0, 31, 10, 2027)),  # an hour more
    ],
)
def test_at_night_it_waits(now: datetime, due: datetime) -> None:
    when = timely(ALERT, now - timedelta(minutes=5), now)
    assert when
    assert when.at == due
    assert when.until <= now - timedelta(minutes=5) + LASTS


def test_a_night_that_ends_while_clocks_are_changed_has_one_end() -> None:
    one = replace(ALERT, quiet=(time(22), time(2, 30)))
    forward = timely(one, at(1, 0, 28, 3, 2027), at(1, 0, 28, 3, 2027))
    assert forward
    assert forward.at == at(3, 0, 28, 3, 2027), "half past two is left out"
    back = timely(one, at(2, 45, 31, 10, 2027), at(2, 10, 31, 10, 2027, fold=1))
    assert back
    assert back.at == at(2, 10, 31, 10, 2027, fold=1), "the second ten past two comes after the first half past"


def test_what_can_not_be_posted_in_time_does_not_come_in_the_night() -> None:
    when = timely(ALERT, at(21), at(21))
    assert when
    assert (when.at, when.until) == (at(21), at(22))


def test_what_is_too_old_by_then_never_comes() -> None:
    assert timely(ALERT, at(18), at(22, 30)) is None
    assert timely(ALERT, at(19, 30), at(22, 30))
    assert timely(replace(ALERT, quiet=(time(7), time(7))), at(18), at(22, 30)), "no quiet hours"


def test_quiet_hours_by_day() -> None:
    one = replace(ALERT, quiet=(time(9), time(17)))
    when = timely(one, at(12), at(12))
    assert when
    assert (when.at, when.until) == (at(17), at(0, day=24))


def test_each_message_has_one_id() -> None:
    id_ = alert_id(CHANNEL)
    ids = {alert_delivery_id(id_, n, news) for n in range(100) for news in ("", "2026-11-23", "2026-11-24")}
    assert len(ids) == 300
    assert all(0 <= one < 2**63 for one in ids)
    assert alert_id(CHANNEL) != alert_id(replace(CHANNEL, direct=True))


# typed


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("22-7", (time(22), time(7))),
        ("22:30 bis 6:15", (time(22, 30), time(6, 15))),
        ("22 Uhr – 7 Uhr", (time(22), time(7))),
        ("keine", (time(), time())),
        ("none", (time(), time())),
    ],
)
def test_quiet_hours_are_typed(text: str, quiet: tuple[time, time]) -> None:
    assert typed.quiet_of(text) == quiet


@pytest.mark.parametrize("text", ["22", "22-7-9", "abends", "25-7", "22-"])
def test_wrong_quiet_hours(text: str) -> None:
    with pytest.raises(UserError):
        typed.quiet_of(text)


@pytest.mark.parametrize(("text", "role"), [("77", "77"), ("<@&77>", "77"), ("keine", "")])
def test_roles_are_typed(text: str, role: str) -> None:
    assert typed.role_of(text) == role


@pytest.mark.parametrize("text", ["@everyone", "<@77>", "0", "7" * 21, "77 78"])
def test_wrong_roles(text: str) -> None:
    with pytest.raises(UserError):
        typed.role_of(text)


# how it reads


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Eilmeldungen zu allem, was kritisch ist"),
        ({"topics": ("ki", "„Mond“"), "critical": False}, "Eilmeldungen zu KI und „Mond“"),
        ({"topics": ("ki", "-„Mond“")}, "Eilmeldungen zu KI, ohne „Mond“ und zu allem, was kritisch ist"),
        ({"topics": ("-gaming",)}, "Eilmeldungen zu allem, was kritisch ist, ohne gaming"),
    ],
)
def test_what_it_tells(fields: dict[str, object], said: str) -> None:
    assert german.what(replace(ALERT, **fields), {"ki": "KI"}) == said  # type: ignore[arg-type]


# exchanged


ALL = [
    ALERT,
    Alert(
        Channel(Platform.DISCORD, "", "7", direct=True), "Europe/Vienna", ("„Mond“",), cap=9, paused=True, reason="x"
    ),
    Alert(
        Channel(Platform.DISCORD, "1", "11"),
        "UTC",
        ("ki", "-gaming"),
        critical=True,
        cap=1,
        quiet=(time(1, 30), time(2)),
        role="77",
    ),
]


def test_there_and_back() -> None:
    told = json.loads(json.dumps(document([], ALL)))
    assert alerts_of_document(told) == ALL
    assert of_document(told) == []
    assert alerts_of_document(document([])) == []


@pytest.mark.parametrize(
    "change",
    [
        {"cap": 0},
        {"cap": "3"},
        {"cap": True},
        {"quiet": ["22:00"]},
        {"quiet": ["22", "7"]},
        {"quiet": None},
        {"role": "1"},  # everyone of this server
        {"role": "x"},
        {"role": 7},
        {"role": None},
        {"critical": False},
        {"critical": "yes"},
        {"topics": "ki"},
        {"topics": ["unbekannt"]},
        {"topics": [7]},
        {"timezone": "Nirgends"},
        {"channel": "x"},
        {"channel": 1},
        {"reason": 1},
        {"more": 1},
    ],
)
def test_a_wrong_entry_is_refused(change: dict[str, object]) -> None:
    told = document([], ALL)
    told["alerts"][0] |= change
    with pytest.raises(UserError, match="Eilmeldungen 1"):
        alerts_of_document(told, {"ki", "gaming"})


@pytest.mark.parametrize("alerts", [{}, None, [[]], [None], ["x"], [{}]])
def test_no_alerts(alerts: object) -> None:
    with pytest.raises(UserError):
        alerts_of_document({"version": 1, "subscriptions": [], "alerts": alerts})


def test_one_channel_twice_is_refused() -> None:
    with pytest.raises(UserError, match="steht schon weiter oben"):
        alerts_of_document(document([], [ALERT, ALERT]))
