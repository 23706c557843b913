"""What of a model's answer may be shown."""

import pytest

from bot.questions.check import MOST, check
from bot.questions.prompt import ANSWER, Draft, DraftSentence
from tests.stages.questions import ALL

NONCE = "0123456789abcdef"
GOOD = "Der Kormoran 3 kostet 249 Euro und kommt am 4. Dezember in den Handel."


def reasons(text: str, sources: tuple[int, ...] = (1,)) -> list[str]:
    draft = Draft(found=True, sentences=[DraftSentence(text=text, sources=list(sources))])
    left = check(draft, ALL, NONCE)
    assert len(left.sentences) + len(left.dropped) == 1
    return [one.reason for one in left.dropped]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (GOOD, (1,)),
        ("Forscher fanden im Oktober eine Lücke im Kormoran 3.", (2,)),
        ("Klabauter will sie binnen zwei Wochen schließen.", (2,)),
        ("Das Schiff soll 64 Millionen Euro kosten.", (3,)),
        ("Vorgestellt wurde das Gerät am 23. November 2026.", (1,)),  # „am Montag“, resolved
        ("Das Gerät kommt im Dezember 2026 in den Handel.", (1,)),
        ("Im Frühjahr 2027 soll eine Fassung für Boote folgen.", (1,)),
        ("Das Schiff kostet 64 Mio. Euro.", (3,)),
    ],
)
def test_what_the_source_says_passes(text: str, sources: tuple[int, ...]) -> None:
    assert reasons(text, sources) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mehr dazu steht auf https://boese.example/kaufen.", "Link"),
        ("Mehr dazu steht auf boese.com.", "Webadresse"),
        ("Das meldet @everyone an alle.", "Erwähnung"),
        ("Das Gerät ist <b>sehr</b> gut.", "HTML"),
        ("Das Gerät ist **sehr** gut und [hier](x) zu haben.", "Markdown"),
        ("The radio costs 249 euros and will be in shops soon.", "nicht auf Deutsch"),
        ("Der Kormoran 3 kostet 219 Euro.", "nennt 219 Euro; die Quellen nennen 249 Euro"),
        ("Der Kormoran 3 kostet 249 Millionen Euro.", "nennt 249 Millionen Euro; die Quellen nennen 249 Euro"),
        ("Der Kormoran 3 kostet 249 Dollar.", "nennt 249 Dollar; die Quellen nennen 249 Euro"),
        ("Vorgestellt wurde das Gerät am Dienstag.", "nennt „Dienstag“"),
        ("Das Gerät kommt 2028 in den Handel.", "nennt „2028“"),
        ("Der Kormoran 3 ist so gut wie das MegaPhone von ACME.", "MegaPhone"),
        (f"Die Kennung der Anfrage ist {NONCE} gewesen.", "Anweisungen"),
        (next(line for line in ANSWER.splitlines() if line.startswith("Du beantwortest")), "Anweisungen"),
        ("", "leer"),
        ("Das ist gut. " * 40, "Zeichen"),
    ],
)
def test_what_must_not_be_shown_is_dropped(text: str, reason: str) -> None:
    assert reason in " ".join(reasons(text))


def test_every_sentence_cites_a_source_that_was_shown() -> None:
    assert reasons(GOOD, ()) == ["nennt keine Quelle"]
    assert reasons(GOOD, (0,)) == ["nennt eine Quelle, die es nicht gibt"]
    assert reasons(GOOD, (1, 4)) == ["nennt eine Quelle, die es nicht gibt"]
    assert "in keiner der Quellen" in reasons(GOOD, (3,))[0]  # the source is there, and does not say it
    assert reasons(GOOD, (1,)) == []


def test_doubles_and_more_than_enough_are_dropped() -> None:
    texts = [GOOD, GOOD, *(f"Das Gehäuse ist aus Aluminium{'!' * n}" for n in range(1, 9))]
    draft = Draft(found=True, sentences=[DraftSentence(text=text, sources=[1]) for text in texts])
    left = check(draft, ALL, NONCE)
    assert len(left.sentences) == MOST
    assert left.dropped[0].reason == "wiederholt einen anderen Satz"


def test_a_reservation_is_seen_even_if_the_model_forgot_it() -> None:
    draft = Draft(found=True, sentences=[DraftSentence(text="Das Schiff soll 2028 fahren.", sources=[3])])
    assert check(draft, ALL, NONCE).sentences[0].hedged
