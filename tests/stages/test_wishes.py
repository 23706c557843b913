"""What people type to get digests: all the ways to say it, and what is said to what cannot be."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.places import id_of, place
from bot.deliveries.wishes import subscription
from bot.errors import UserError
from bot.model import EVERY_DAY, Channel, Empty, Importance, Length, Platform, Subscription, Topic

CHANNEL = Channel(Platform.DISCORD, "1", "2")
TOPICS = (
    Topic("ki", "KI", ("KI",)),
    Topic("sicherheit", "Sicherheit", ("Lücke",)),
    Topic("recht", "Netzpolitik & Recht", ("Gesetz",)),
)
OPTIONS = ("time", "timezone", "weekdays", "topics", "length", "stories", "importance", "holidays", "empty", "public")


def wished(base: Subscription | None = None, /, **options: str) -> Subscription:
    return subscription(CHANNEL, "Morgen", options, TOPICS, base)


def refused(**options: str) -> str:
    with pytest.raises(UserError) as error:
        wished(**options)
    return str(error.value)


class TestWhole:
    def test_nothing_said_means_every_day_at_seven(self) -> None:
        assert wished() == Subscription(id_of(CHANNEL, "morgen"), CHANNEL, "Morgen", time(7), "Europe/Berlin")

    def test_everything_said(self) -> None:
        told = wished(
            time="18:30",
            timezone="Wien",
            weekdays="mo-fr",
            topics="sicherheit, KI",
            length="short",
            stories="5",
            importance="hoch",
            holidays="Wien",
            empty="skip",
            public="ja",
            chart="ja",
        )
        assert told == Subscription(
            id_of(CHANNEL, "Morgen"),
            CHANNEL,
            "Morgen",
            time(18, 30),
            "Europe/Vienna",
            ("ki", "sicherheit"),
            frozenset(range(5)),
            Length.SHORT,
            5,
            Importance.HIGH,
            Empty.SKIP,
            "AT-9",
            public=True,
            chart=True,
        )

    def test_what_is_not_named_stays(self) -> None:
        base = replace(wished(time="9", topics="ki", weekdays="weekly", length="long"), paused=True, cutoff=3)
        assert wished(base, stories="4") == replace(base, stories=4)
        assert wished(base) == base

    def test_the_same_wish_has_the_same_id_whatever_the_case(self) -> None:
        assert subscription(CHANNEL, " MORGEN ", {}, TOPICS).id == wished().id
        assert subscription(CHANNEL, "Abend", {}, TOPICS).id != wished().id
        assert subscription(replace(CHANNEL, id="3"), "Morgen", {}, TOPICS).id != wished().id
        assert 0 < wished().id < 2**63

    def test_the_zone_of_the_newsroom(self) -> None:
        assert subscription(CHANNEL, "Morgen", {}, TOPICS, zone="Europe/Zurich").zone == "Europe/Zurich"

    def test_an_unknown_option(self) -> None:
        assert refused(cutoff="3").startswith("Die Einstellung „cutoff“ gibt es nicht. Möglich sind: topics, time,")

    @pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u202eb", "a\0b"])
    def test_what_is_no_name(self, name: str) -> None:
        with pytest.raises(UserError, match=r"ist kein Name\. Möglich sind 1 bis 60 Zeichen"):
            subscription(CHANNEL, name, {}, TOPICS)

    @given(st.dictionaries(st.sampled_from(OPTIONS), st.text(max_size=200)))
    def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(self, options: dict[str, str]) -> None:
        told = ""
        try:
            wished(**options)
        except UserError as error:
            told = str(error)
        assert not told or ("öglich sind" in told and len(told) < 400)


class TestTime:
    @pytest.mark.parametrize("text", ["07:00", "7", "7:00", "7.00", "7 Uhr", "07:00 Uhr", " 7.00 uhr ", "7h"])
    def test_seven(self, text: str) -> None:
        assert wished(time=text).at == time(7)

    @pytest.mark.parametrize(("text", "at"), [("7:30", time(7, 30)), ("7.30 Uhr", time(7, 30)), ("0", time(0))])
    def test_others(self, text: str, at: time) -> None:
        assert wished(time=text).at == at

    @pytest.mark.parametrize("text", ["24:00", "7:60", "morgens", "", "7:3", "07:00:00", "-7", "٧", "1e1"])
    def test_what_is_none(self, text: str) -> None:
        assert "Möglich sind 00:00 bis 23:59, zum Beispiel 07:00 oder 7:30." in refused(time=text)


class TestZone:
    @pytest.mark.parametrize(
        ("text", "zone"),
        [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("Berlin", "Europe/Berlin"),
            ("Wien", "Europe/Vienna"),
            ("Zürich", "Europe/Zurich"),
            ("zuerich", "Europe/Zurich"),
            ("Zurich", "Europe/Zurich"),
            ("New York", "America/New_York"),
            ("UTC", "UTC"),
        ],
    )
    def test_by_name_and_city(self, text: str, zone: str) -> None:
        assert wished(timezone=text).zone == zone

    @pytest.mark.parametrize("text", ["", "Mond", "GMT+1", "../etc/passwd", "/etc/localtime", "localtime"])
    def test_what_is_none(self, text: str) -> None:
        assert "Möglich sind Namen wie Europe/Berlin" in refused(timezone=text)


class TestWeekdays:
    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("mo-fr", {0, 1, 2, 3, 4}),
            ("Mo – Fr", {0, 1, 2, 3, 4}),
            ("mon-fri", {0, 1, 2, 3, 4}),
            ("werktags", {0, 1, 2, 3, 4}),
            ("montags bis freitags", {0, 1, 2, 3, 4}),
            ("mo,mi,fr", {0, 2, 4}),
            ("Mo. Mi.", {0, 2}),
            ("tue, thu", {1, 3}),
            ("dienstags und donnerstags", {1, 3}),
            ("sa-mo", {5, 6, 0}),
            ("mo-mi, sa", {0, 1, 2, 5}),
            ("Wochenende", {5, 6}),
            ("Sonnabend", {5}),
        ],
    )
    def test_days(self, text: str, days: set[int]) -> None:
        assert wished(weekdays=text).weekdays == days

    @pytest.mark.parametrize("text", ["täglich", "daily", "TÄGLICH", "jeden Tag", "mo-so"])
    def test_every_day(self, text: str) -> None:
        assert wished(weekdays=text).weekdays == EVERY_DAY

    @pytest.mark.parametrize("text", ["weekly", "wöchentlich", "woechentlich"])
    def test_weekly_is_a_recap_on_friday_until_days_are_named(self, text: str) -> None:
        told = wished(weekdays=text)
        assert (told.recap, told.weekdays) == (True, frozenset({4}))
        assert wished(told, time="9").recap
        assert not wished(told, weekdays="mo-fr").recap

    @pytest.mark.parametrize("text", ["", "nie", "mo-", "mo-mi-fr", "-", "mo,xy", "1-5"])
    def test_what_is_none(self, text: str) -> None:
        assert "Möglich sind: täglich, werktags, wöchentlich, Tage wie mo,mi,fr" in refused(weekdays=text)


class TestTopics:
    @pytest.mark.parametrize("text", ["ki,recht", "Recht; KI", "netzpolitik & recht, ki", "KI, ki, recht"])
    def test_by_key_or_name_in_the_order_of_the_newsroom(self, text: str) -> None:
        assert wished(topics=text).topics == ("ki", "recht")

    @pytest.mark.parametrize("text", ["alle", "Alle", "all", ""])
    def test_all(self, text: str) -> None:
        assert wished(wished(topics="ki"), topics=text).topics == ()

    def test_an_unknown_one(self) -> None:
        assert refused(topics="ki, sicherhet") == (
            "Das Thema „sicherhet“ gibt es nicht. Meinten Sie Sicherheit? Für ein eigenes Wort bitte in "
            "Anführungszeichen. Möglich sind: KI, Sicherheit, Netzpolitik & Recht oder „alle“."
        )

    def test_none_at_all_is_not_all(self) -> None:
        assert "Möglich sind: KI" in refused(topics=",")


class TestTheRest:
    @pytest.mark.parametrize("text", ["1", "20", "08"])
    def test_stories(self, text: str) -> None:
        assert wished(stories=text).stories == int(text)

    @pytest.mark.parametrize("text", ["0", "21", "-1", "acht", "1.5", "", "٣", "9" * 5000])
    def test_what_is_no_number_of_stories(self, text: str) -> None:
        assert "Möglich sind 1 bis 20 Meldungen." in refused(stories=text)

    def test_length_and_importance_in_both_languages(self) -> None:
        assert wished(length="lang").length is wished(length="LONG").length is Length.LONG
        assert wished(importance="niedrig").importance is wished(importance="low").importance is Importance.LOW
        assert refused(length="kürzer").endswith("Möglich sind: short (kurz), medium (mittel), long (lang).")
        assert "high (hoch)" in refused(importance="sehr")
        assert wished(empty="auslassen").empty is Empty.SKIP
        assert "skip (auslassen)" in refused(empty="nie")

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Bayern", "DE-BY"),
            ("de-by", "DE-BY"),
            ("Wien", "AT-9"),
            ("Zürich", "CH-ZH"),
            ("keine", ""),
            ("Schweiz", "CH"),
        ],
    )
    def test_holidays(self, text: str, code: str) -> None:
        assert wished(holidays=text).holidays == code

    def test_unknown_holidays(self) -> None:
        assert "Meinten Sie Bayern?" in refused(holidays="Bayen")
        assert "auch als Code wie DE-BY, oder „keine“." in refused(holidays="XX-YY")

    def test_yes_and_no(self) -> None:
        assert [wished(public=text).public for text in ("ja", "yes", "an", "nein", "off")] == [True] * 3 + [False] * 2
        assert refused(chart="vielleicht") == "„vielleicht“ ist nicht zu verstehen. Möglich sind: ja, nein."

    def test_long_texts_are_told_in_short(self) -> None:
        assert len(refused(timezone="x" * 5000)) < 200


class TestPlace:
    @pytest.mark.parametrize(
        ("text", "channel"),
        [
            ("discord:1/2", CHANNEL),
            (" Discord:1/2 ", CHANNEL),
            ("dm:discord:80351110224678912", Channel(Platform.DISCORD, "", "80351110224678912", direct=True)),
            ("slack:T012AB3CD/C9Z", Channel(Platform.SLACK, "T012AB3CD", "C9Z")),
            ("dm:slack:T1/U2", Channel(Platform.SLACK, "T1", "U2", direct=True)),
        ],
    )
    def test_it_is_the_inverse_of_how_a_channel_is_written(self, text: str, channel: Channel) -> None:
        assert place(text) == channel
        assert place(channel.place) == channel

    @pytest.mark.parametrize(
        "text",
        ["", "1/2", "irc:1/2", "discord:1", "dm:discord:1/2", "slack:T1", "dm:slack:U1", "discord:1/2/3", "discord:/2"],
    )
    def test_what_is_no_place(self, text: str) -> None:
        with pytest.raises(UserError, match="Möglich sind: discord:SERVER/KANAL, slack:TEAM/KANAL"):
            place(text)

    @pytest.mark.parametrize("text", ["discord:1/allgemein", "discord:01/2", "discord:١/2", f"discord:1/{'9' * 21}"])
    def test_discord_has_digits(self, text: str) -> None:
        with pytest.raises(UserError, match="bestehen nur aus Ziffern"):
            place(text)

    def test_slack_has_capitals(self) -> None:
        with pytest.raises(UserError, match="Großbuchstaben"):
            place("slack:T1/#allgemein")
