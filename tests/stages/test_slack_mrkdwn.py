"""Text from outside -> mrkdwn and Block Kit: whatever it says, nobody is pinged, nothing is markup, limits hold."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Digest, DigestStory, Length, Sentence
from cogs.slack import layout, pieces
from cogs.slack.mrkdwn import fitted, plain, reference, tame, target, unescaped, units
from tests.chats.slack_checks import mrkdwn, pings, wrong
from tests.stages.digests import DIGEST
from tests.stages.test_layout_discord import with_text

HOSTILE = [
    "<!channel> <!here> <!everyone>",
    "<@U0000000042> <!subteam^S1> <!subteam^S1|alle>",
    "<!date^0^{date}|x> <https://evil.example|https://blatt.example>",
    "*fett* _kursiv_ ~weg~ `code` ```block```",
    "&lt;!channel&gt; &amp;",
    "> Zitat\n• Liste\n# Titel",
    ":fire: :skull_and_crossbones:",
    "a\u202eb\u200b\x00c" + "e\u0301" * 20,
]


def hostile(text: str) -> Digest:
    """A digest of which every text is this one."""
    story = DIGEST.stories[0]
    summary = replace(
        story.summary,
        headline=text,
        sentences=tuple(Sentence(text, one.sources) for one in story.summary.sentences),
        sources=tuple(replace(one, outlet=text, title=text) for one in story.summary.sources),
    )
    made: DigestStory = replace(story, summary=summary, topics=(text,))
    return replace(DIGEST, stories=(made,), audience=text, notes=(text,))


@pytest.mark.parametrize("text", HOSTILE)
def test_nobody_is_pinged_and_limits_hold(text: str) -> None:
    (body,) = layout.messages(hostile(text))
    message = json.loads(body.text)

    assert pings(message) == []
    assert pings({"text": message["text"]}) == []
    assert wrong(message) == []


def test_without_escaping_somebody_would_be() -> None:
    message = pieces.message([pieces.text(HOSTILE[0])])  # the negative control

    assert pings(message) == ["channel", "everyone", "here"]


@given(st.text())
def test_what_is_plain_means_nothing_but_itself(text: str) -> None:
    shown = plain(text)

    assert "<" not in shown
    assert ">" not in shown
    assert not any(sign in shown for sign in "*~`\n")
    assert pings({"text": shown}) == []
    assert units(unescaped(shown)) <= 600


@given(st.text(), st.integers(20, 200))
def test_it_is_cut_without_halves(text: str, limit: int) -> None:
    told = fitted(f"{plain(text)} {reference(1, 'https://a.example/x?a=1&b=2')}", limit)

    assert units(told) <= limit
    assert told.count("<") == told.count(">")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&amp;b=2"),
        ("https://a.example/|>x<", "https://a.example/%7C%3Ex%3C"),
        ("javascript:alert(1)", ""),
        ("https://user@a.example/", ""),
        ("https://a.example/" + "x" * 500, ""),
    ],
)
def test_an_address_cannot_leave_its_link(url: str, shown: str) -> None:
    assert target(url) == shown


def test_names_and_inner_underscores_stay() -> None:
    assert plain("foo_bar_baz um 10:30 Uhr, AT&T") == "foo_bar_baz um 10:30 Uhr, AT&amp;T"
    assert tame("a\u200bb") == "ab"


@pytest.mark.parametrize("length", list(Length))
@pytest.mark.parametrize("sentences", [1, 12, 60])
def test_every_length_keeps_the_limits(length: Length, sentences: int) -> None:
    bodies = layout.messages(with_text(300, sentences), length)

    assert all(wrong(json.loads(body.text)) == [] for body in bodies)
    assert len(bodies) == 1 or length is Length.LONG
    texts = [units(one["text"]) for body in bodies for one in mrkdwn(json.loads(body.text)["blocks"])]
    assert max(texts) <= pieces.ROOM


def test_what_has_no_room_is_told() -> None:
    digest = with_text(590, 40)
    many = replace(digest, stories=tuple(digest.stories) * 10)
    (body,) = layout.messages(many)

    assert "weitere Meldung" in body.text
    assert wrong(json.loads(body.text)) == []


def test_who_wrote_it_is_disclosed() -> None:
    (body,) = layout.messages(DIGEST)

    assert "Sprachmodell" in body.text
