"""A digest as Discord's messages: within its limits, complete where there is room, never obeying what feeds say."""

import json
import unicodedata
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Channel, Digest, Failure, Length, Platform, Sentence, Subscription
from bot.ports.posts import Body
from cogs.discord.layout import parts
from cogs.discord.markdown import cut, plain, reference, tame, target, units
from tests.stages.digests import DIGEST, SOURCES, STORY, SUMMARY, UNTRANSLATED, hedged, hostile
from tests.stages.discord_markdown import Reading, read

SUBSCRIPTION = Subscription(1, Channel(Platform.DISCORD, "1", "2"), "", time(7), "Europe/Berlin")
LONG = replace(SUBSCRIPTION, length=Length.LONG)
OURS = {"heading", "small", "bold", "link"}  # what our own layout is made of
TRICKS = [
    "# Eilt",
    "## Eilt",
    "-# klein",
    "- Punkt",
    "+ Punkt",
    "1. Punkt",
    "12) Punkt",
    "> Zitat",
    ">>> Zitat",
    "**fett** und *schräg* und __unter__ und _schräg_",
    "~~weg~~ und ||geheim||",
    "`Code` und ```py\nCode```",
    "[Bank](https://boese.example)",
    "[[1]](https://boese.example)",
    "<https://boese.example> oder https://boese.example/a_b_c",
    "steam://run/1 discord://-/x",
    "<mailto:a@b.example> <a@b.example>",
    "discord.gg/abc und Discord.com/invite/abc und discordapp.com/invite/abc",
    "@everyone @here <@1> <@!1> <@&1> <#1> </plan:1> <id:guide>",
    "<t:1700000000:R> <:x:1> <a:x:1> :bombe:",
    "\\@everyone \\\\@here \\[Bank\\](https://boese.example)",
    "](https://boese.example) [",
    "zwei\n# Zeilen\r\n> und\u2028- mehr",
    "¯\\_(ツ)_/¯",
]


def message(body: Body) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(body.text)
    return told


def displays(body: Body) -> list[str]:
    inside = message(body)["v2"]["components"][0]["components"]
    return [component["content"] for component in inside if component["type"] == 10]


def only(digest: Digest) -> Body:
    (body,) = parts(digest, SUBSCRIPTION)
    return body


def shown(digest: Digest) -> str:
    return read("\n".join(displays(only(digest)))).shown.replace("\N{NO-BREAK SPACE}", " ")


def with_text(length: int, stories: int) -> Digest:
    """A digest of stories with three sentences, each so long and with a source of its own."""
    sentences = tuple(Sentence(f"Satz {n} " + "a" * (length - 8) + ".", (n,)) for n in (1, 2, 3))
    sources = tuple(replace(SOURCES[0], n=n, url=f"https://blatt.example/{n}") for n in (1, 2, 3))
    told = tuple(
        replace(STORY, summary=replace(SUMMARY, story_id=n, headline=f"M{n}", sentences=sentences, sources=sources))
        for n in range(stories)
    )
    return replace(DIGEST, stories=told)


@pytest.mark.parametrize(
    "words",
    [
        "Montag, 23. November 2026",
        "alle Themen",
        "Hinweis.",
        "Neu",
        "Sicherheit",
        "vom Sprachmodell verfasst",
        "Eine Lücke ist geschlossen",
        "Angriffe soll es geben.",
        "[1] Blatt (nur Anriss gelesen) · [2] Paper (Englisch)",
        "10.000 Artikel gesehen, 3 Meldungen ausgewählt.",
        "hat ein Sprachmodell verfasst",
        "1 Feed nicht gelesen: Zeitung.",
    ],
)
def test_a_digest_is_told_completely(words: str) -> None:
    assert words in shown(DIGEST)
    assert words in read(message(only(DIGEST))["text"]["content"]).shown


def test_what_a_reader_must_know_first_stands_under_the_headline() -> None:
    assert "noch nicht gesichert" in shown(replace(DIGEST, stories=(hedged(),)))
    assert "unübersetzt" in shown(replace(DIGEST, stories=(UNTRANSLATED,)))


def test_each_source_is_linked_once_where_it_is_first_named() -> None:
    (link, *_), text = read(displays(only(DIGEST))[1]).links, displays(only(DIGEST))[1]

    assert link == ("[1]", "https://blatt.example/1")
    assert text.count("https://blatt.example/1") == text.count("https://paper.example/2") == 1


def test_a_headline_without_sentences_links_its_source() -> None:
    untold = displays(only(replace(DIGEST, stories=(UNTRANSLATED,))))[1]

    assert read(untold).links[0] == ("[1]", "https://blatt.example/1")


def test_nobody_is_notified_and_nothing_is_previewed() -> None:
    told = message(only(DIGEST))

    assert told["v2"]["allowed_mentions"] == told["text"]["allowed_mentions"] == {"parse": []}
    assert told["v2"]["flags"] == 1 << 15 | 1 << 2
    assert told["text"]["flags"] == 1 << 2
    assert "content" not in told["v2"]


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert parts(DIGEST, SUBSCRIPTION) == parts(DIGEST, replace(SUBSCRIPTION, id=2, channel=LONG.channel))


@pytest.mark.parametrize("failed", [(), (Failure("Zeitung", "Antwortet nicht."),)])
@pytest.mark.parametrize("looked_at", [0, 214])
def test_a_quiet_day_is_one_line(looked_at: int, failed: tuple[Failure, ...]) -> None:
    body = only(replace(DIGEST, stories=(), looked_at=looked_at, failed=failed))

    (line,) = displays(body)
    assert "\n" not in line
    assert line == message(body)["text"]["content"]
    assert line.startswith("**Montag, 23. November 2026 · alle Themen**: ")
    assert body.shown == ()


@pytest.mark.parametrize("text", TRICKS)
def test_what_feeds_say_is_shown_as_it_is(text: str) -> None:
    assert read(text).kinds or "(ツ)" in text, "the reading sees no trick in it, so the test would prove nothing"

    assert read(plain(text)) == Reading(tame(text), (), ())
    for told in displays(only(hostile(text))):
        reading = read(told)
        assert set(reading.kinds) <= OURS
        assert {address for _, address in reading.links} <= {"https://blatt.example/1"}


@given(st.text(max_size=80))
def test_any_text_means_only_itself(text: str) -> None:
    assert read(plain(text)) == Reading(tame(text), (), ())


@given(st.text(alphabet="*_~|`<>[]()@#:/.\\-+1a \nhtps", max_size=40))
def test_any_pile_of_signs_means_only_itself(text: str) -> None:
    assert read(plain(text)) == Reading(tame(text), (), ())


@pytest.mark.parametrize("text", ["Version 3.5 kostet 1.299 Euro (etwa), z. B. am 3. Mai.", "C# – „so“ & 5 % + x = y!"])
def test_ordinary_text_needs_no_backslash(text: str) -> None:
    assert plain(text) == text


def test_towers_of_marks_are_cut() -> None:
    assert tame("Z" + "\u0301" * 50 + "a\u0300") == "Z" + "\u0301" * 4 + "a\u0300"
    assert not unicodedata.combining(tame("\u0301\u0301x")[0])
    assert tame("\u202egnp.exe\u200b") == "gnp.exe"
    assert tame("👨\u200d👩\u200d👧 ❤\ufe0f") == "👨\u200d👩\u200d👧 ❤\ufe0f"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x_(y)?q=1&b=[2]#c", "https://a.example/x_%28y%29?q=1&b=[2]#c"),
        ("https://a.example/a b\nc", "https://a.example/a%20b%0Ac"),
        ("https://a.example/\"'><\\`|*", "https://a.example/%22'%3E%3C%5C%60%7C*"),
        ("https://ä.example/ü", "https://ä.example/ü"),
        ("https://a.example/\u202e\u200b", "https://a.example/%E2%80%AE%E2%80%8B"),
        ("javascript:alert(1)", ""),
        ("https://bank.example@boese.example/", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://a.example/" + "x" * 400, ""),
    ],
)
def test_only_web_addresses_are_linked_and_none_breaks_out(url: str, linked: str) -> None:
    assert target(url) == linked
    assert read(reference(1, url) + " danach").links == ((("[1]", linked),) if linked else ())
    assert read(reference(1, url) + " danach").shown == "[1] danach"


def test_length_is_counted_as_in_utf_16() -> None:
    assert units("a😀") == 3
    assert units(cut("😀" * 50, 21)) <= 21
    assert cut("kurz", 4) == "kurz"
    assert cut("länger", 4) == "län…"


def fits(body: Body) -> bool:
    told = displays(body)
    components = message(body)["v2"]["components"]
    return (
        sum(map(units, told)) <= 4_000
        and all(told)
        and len(components) + len(components[0]["components"]) <= 40
        and units(message(body)["text"]["content"]) <= 2_000
        and len(message(body)["title"]) <= 100
    )


@pytest.mark.parametrize("subscription", [SUBSCRIPTION, LONG])
@pytest.mark.parametrize("stories", [1, 3, 8, 40, 200])
@pytest.mark.parametrize("length", [10, 150, 590])
def test_every_message_is_within_the_limits(length: int, stories: int, subscription: Subscription) -> None:
    digest = with_text(length, stories)
    for one in (digest, replace(digest, stories=(UNTRANSLATED,) * stories)):
        bodies = parts(one, subscription)

        assert all(fits(body) for body in bodies)
        assert all(body.shown for body in bodies)


@given(st.text(alphabet="*[]_😀a", min_size=300, max_size=700), st.sampled_from([SUBSCRIPTION, LONG]))
def test_the_worst_text_is_within_the_limits(text: str, subscription: Subscription) -> None:
    worst = hostile(text, "https://a.example/" + "x" * 380)
    worst = replace(
        worst, audience=text, notes=(text,) * 9, stories=worst.stories * 9, failed=(Failure(text, text),) * 9
    )
    bodies = parts(worst, subscription)

    assert all(fits(body) for body in bodies)
    assert all(body.shown for body in bodies)


def test_sentences_of_the_last_stories_go_first_then_stories() -> None:
    some, many = only(with_text(200, 7)), only(with_text(400, 20))
    told = [text.count("Satz") for text in displays(some) if text.startswith("###")]

    assert told == sorted(told, reverse=True)
    assert (len(told), told[0], told[-1]) == (7, 3, 1)
    assert some.shown == tuple(range(7))
    assert many.shown == tuple(range(len(many.shown)))
    assert f"… und {20 - len(many.shown)} weitere Meldungen" in displays(many)


def test_the_text_for_old_places_keeps_every_headline_it_can() -> None:
    content = message(only(with_text(200, 8)))["text"]["content"]

    assert content.count("###") == 8
    assert "Satz 1" in content


def test_a_long_digest_goes_on_and_leaves_nothing_out() -> None:
    bodies = parts(with_text(400, 20), LONG)
    told = "\n".join(text for body in bodies for text in displays(body))

    assert len(bodies) > 2
    assert [story for body in bodies for story in body.shown] == list(range(20))
    assert told.count("Satz") == 60
    assert "weitere Meldungen in der Fortsetzung" in "\n".join(displays(bodies[0]))
    assert "hat ein Sprachmodell verfasst" in "\n".join(displays(bodies[0]))
    assert displays(bodies[1])[0] == "-# Montag, 23. November 2026 · Fortsetzung 2"
    assert "Fortsetzung" not in "\n".join(displays(bodies[-1])[1:])
    assert len(parts(with_text(100, 3), LONG)) == 1
