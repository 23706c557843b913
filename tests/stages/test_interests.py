"""What people type to get topics and words of their own, and to be rid of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.exchange import as_json, of_json
from bot.deliveries.interests import MOST, apart, entries_of, interests_typed, together
from bot.deliveries.wishes import subscription
from bot.errors import UserError
from bot.german.topics import about, audience, subscribed, unsubscribed, voted
from bot.model import Channel, Interests, Platform, Topic, interests_of

TOPICS = (Topic("ki", "KI", ("KI",)), Topic("sicherheit", "Sicherheit", ()), Topic("gaming", "Gaming", ()))
NAMES = {topic.key: topic.name for topic in TOPICS}
KEYS = {topic.key for topic in TOPICS}
CHANNEL = Channel(Platform.DISCORD, "1", "2")


def typed(text: str) -> tuple[str, ...]:
    return entries_of(text, TOPICS)


def refused(text: str) -> str:
    with pytest.raises(UserError) as error:
        typed(text)
    return str(error.value)


class TestTyped:
    @pytest.mark.parametrize(
        "text",
        [
            'ki,"Quantencomputer",-gaming',
            "KI, Quantencomputer, - Gaming",
            "-gaming; „Quantencomputer“; ki",
            "ki,»Quantencomputer«,–gaming",
        ],
    )
    def test_topics_words_and_what_is_left_out(self, text: str) -> None:
        assert typed(text) == ("ki", "„Quantencomputer“", "-gaming")
        assert interests_typed(text, TOPICS) == Interests(("ki",), ("Quantencomputer",), ("gaming",))

    def test_several_words_and_commas_in_quotes(self) -> None:
        assert typed('-"Elon  Musk","Köln, Bonn"') == ("„Köln, Bonn“", "-„Elon Musk“")
        assert typed("Elon Musk") == ("„Elon Musk“",)

    @pytest.mark.parametrize("text", ["alle", "Alle Themen", "", "*"])
    def test_everything(self, text: str) -> None:
        assert typed(text) == ()

    @pytest.mark.parametrize("text", ["alle,-gaming", "-Gaming", "ki, alle, -gaming"])
    def test_everything_but(self, text: str) -> None:
        assert typed(text) == ("-gaming",)

    def test_in_quotes_it_is_a_word_whatever_it_is_like(self) -> None:
        assert typed('"Sicherheitt","gaming","alle"') == ("„alle“", "„gaming“", "„Sicherheitt“")

    def test_the_same_wishes_are_the_same(self) -> None:
        assert typed("Mond, ki, Chip") == typed('"Chip", "Mond", KI, chip, mond') == ("ki", "„Chip“", "„Mond“")

    def test_what_is_nearly_a_topic_is_asked_about(self) -> None:
        assert refused("Sicherheitt") == (
            "Das Thema „Sicherheitt“ gibt es nicht. Meinten Sie Sicherheit? Für ein eigenes Wort bitte in "
            "Anführungszeichen. Möglich sind: KI, Sicherheit, Gaming oder „alle“."
        )
        assert "Meinten Sie Gaming?" in refused("ki,-gamin")

    @pytest.mark.parametrize("text", ["Claude", "Quantencomputer", "Solarzelle", "C++", ".NET", "iPhone 17"])
    def test_other_words_are_not(self, text: str) -> None:
        assert typed(text) == (f"„{text}“",)

    @pytest.mark.parametrize(
        "text", ["ab", '"ab"', "x" * 41, "+++", '"a\u202eb"', '"--weg"', '""', "a\0bcd", "-", "-alle"]
    )
    def test_what_is_no_word(self, text: str) -> None:
        assert "öglich sind: KI, Sicherheit, Gaming" in refused(text)

    def test_an_open_quote(self) -> None:
        assert "Anführungszeichen ist nicht geschlossen" in refused('ki,"Mond')

    def test_ten_words_are_enough(self) -> None:
        ten = ",".join(f"Wort{n}" for n in range(MOST))
        assert len(typed(ten)) == MOST
        assert "höchstens 10" in refused(f"{ten},-Wort99")

    @given(st.text(st.sampled_from('ab -–,;"„“»«äß\u202e\0'), max_size=60) | st.text(max_size=60))
    def test_what_is_taken_survives_being_kept_and_exported(self, text: str) -> None:
        try:
            entries = typed(text)
        except UserError:
            return
        assert interests_of(entries).entries == entries
        one = subscription(CHANNEL, "Morgen", {"topics": text}, TOPICS)
        assert of_json(json.loads(json.dumps(as_json(one))), KEYS) == one


class TestKept:
    def test_an_export_can_be_read(self) -> None:
        one = subscription(CHANNEL, "Morgen", {"topics": 'ki,"Elon Musk",-gaming'}, TOPICS)
        assert '["ki", "„Elon Musk“", "-gaming"]' in json.dumps(as_json(one), ensure_ascii=False)

    @pytest.mark.parametrize(
        "entry", ["recht", "-recht", '"Mond"', "„Mo“", "-„Mo“", "„ Mond“", "--ki", "-", "", "„Mo“nd“", "„Mo\u202end“"]
    )
    def test_what_nobody_could_have_typed_is_refused(self, entry: str) -> None:
        told = as_json(subscription(CHANNEL, "Morgen", {}, TOPICS)) | {"topics": ["ki", entry]}
        with pytest.raises(UserError):
            of_json(told, KEYS)

    def test_more_words_than_can_be_typed_are_refused(self) -> None:
        many = [f"„Wort{n}“" for n in range(MOST + 1)]
        with pytest.raises(UserError, match="höchstens 10"):
            of_json(as_json(subscription(CHANNEL, "Morgen", {}, TOPICS)) | {"topics": many}, KEYS)


class TestChanged:
    def test_what_comes_later_wins(self) -> None:
        there = interests_typed('ki,-gaming,"Mond",-Chip', TOPICS)
        more = interests_typed("gaming,chip,-mond", TOPICS)
        assert together(there, more, TOPICS).entries == ("ki", "gaming", "„chip“", "-„mond“")

    def test_a_word_is_found_whatever_its_case_and_likeness(self) -> None:
        there = interests_typed('ki,"Sicherheitt",-gaming', TOPICS)
        assert apart(there, "sicherheitt", TOPICS) == (Interests(("ki",), (), ("gaming",)), ("„Sicherheitt“",))
        assert apart(there, "KI", TOPICS)[1] == ("ki",)
        assert apart(there, "-Gaming", TOPICS)[1] == ("-gaming",)

    def test_what_is_not_there_is_not_found(self) -> None:
        there = interests_typed("ki,-gaming", TOPICS)
        assert apart(there, "gaming,Mond", TOPICS) == (there, ())


class TestGerman:
    def test_what_it_is_about(self) -> None:
        entries = typed('ki,"Mond",-gaming,-"Elon Musk"')
        assert about(entries, NAMES) == "KI und „Mond“, ohne Gaming und „Elon Musk“"
        assert audience(entries, NAMES) == "KI, Mond, ohne Gaming und „Elon Musk“"
        assert about((), NAMES) == audience((), NAMES) == "alle Themen"
        assert about(("-gaming",), NAMES) == "alle Themen, ohne Gaming"

    def test_what_was_done(self) -> None:
        assert subscribed(("ki", "-„Mond“"), NAMES, was_there=False) == "Abonniert: KI, ohne „Mond“."
        assert subscribed(("-gaming",), NAMES, was_there=False) == "Abonniert: ohne Gaming."
        assert subscribed(("ki",), NAMES, was_there=True) == "Schon abonniert: KI."
        assert unsubscribed(("ki",), ("Meine Themen",), NAMES) == (
            "Abbestellt: KI. Das war das letzte Thema; „Meine Themen“ ist damit entfernt."
        )
        assert unsubscribed(("„Mond“", "-gaming"), (), NAMES) == "Abbestellt: „Mond“. Nicht mehr ausgelassen: Gaming."
        assert voted(1, (("KI", 1.1),)) == (
            "Mehr davon: In diesem Kanal gilt jetzt KI ×1,1. Noch einmal „Mehr davon“ nimmt das zurück."
        )
        assert "In Ihren Direktnachrichten" in voted(1, (("KI", 1.1),), direct=True)
        assert voted(0, (("KI", 1.0),)) == "Die Stimme ist zurückgenommen: In diesem Kanal gilt jetzt KI ×1."
        assert voted(-1, ()) == "Weniger davon: Die Meldung hat kein Thema; darum ändert sich nichts."
