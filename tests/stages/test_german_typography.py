"""Quotes, dashes and spaces as a German editor sets them."""

import pytest

from bot.german.typography import quoted, typeset, unbroken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Wir schaffen das", sagte sie.', "„Wir schaffen das“, sagte sie."),
        ("“Wir schaffen das”, sagte sie.", "„Wir schaffen das“, sagte sie."),
        ("»Wir schaffen das«, sagte sie.", "„Wir schaffen das“, sagte sie."),
        ("«Wir schaffen das», sagte sie.", "„Wir schaffen das“, sagte sie."),
        ("„Wir schaffen das“, sagte sie.", "„Wir schaffen das“, sagte sie."),
        ('„Wir nennen es "Wunder"“, sagte sie.', "„Wir nennen es ‚Wunder‘“, sagte sie."),
        ("\"Wir nennen es 'Wunder'\", sagte sie.", "„Wir nennen es ‚Wunder‘“, sagte sie."),
        ("»Er sagte: „Nein“«", "„Er sagte: ‚Nein‘“"),
        ("„Das ‚Wunder‘ von Kiel“", "„Das ‚Wunder‘ von Kiel“"),
        ("Er nennt es 'Wunder'.", "Er nennt es „Wunder“."),
        ("Das Wort (»so«) gilt.", "Das Wort („so“) gilt."),
        ('Windows-"Update" fehlt', "Windows-„Update“ fehlt"),
        ("\"'Kelpie' siegt\", hieß es", "„‚Kelpie‘ siegt“, hieß es"),
        ("Wie geht's? In Marx' Werk.", "Wie geht’s? In Marx’ Werk."),
        ('Ein 13"-Display und 6,1" Diagonale', 'Ein 13"-Display und 6,1" Diagonale'),
        ("Der Preis - und mehr - fällt...", "Der Preis – und mehr – fällt…"),
        ("Der Preis — so die Firma — fällt", "Der Preis – so die Firma – fällt"),
        ("Die Modelle X12-20 und 10-20 bleiben", "Die Modelle X12-20 und 10-20 bleiben"),
        ("", ""),
    ],
)
def test_marks_become_german(text: str, expected: str) -> None:
    assert typeset(text) == expected
    assert typeset(expected) == expected


@pytest.mark.parametrize("text", ['Er sagte: "Wie', 'Wie auch immer", sagte er', "„Offen und nie zu"])
def test_quotes_without_a_partner_stay_as_they_are(text: str) -> None:
    assert typeset(text) == text


def test_a_quote_within_a_quote_moves_inside() -> None:
    assert quoted("Das »Wunder« von Kiel") == "„Das ‚Wunder‘ von Kiel“"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 3. Oktober um 14 Uhr", "Am 3.~Oktober um 14~Uhr"),
        ("rund 1,5 Mrd. Euro für 5 GB", "rund 1,5~Mrd.~Euro für 5~GB"),
        ("z. B. bei Nr. 5 – so § 44", "z.~B. bei Nr.~5~– so §~44"),
        ("5 Geräte und 3 gute Gründe", "5 Geräte und 3 gute Gründe"),
    ],
)
def test_what_belongs_together_does_not_break(text: str, expected: str) -> None:
    assert unbroken(text) == expected.replace("~", "\u00a0")
