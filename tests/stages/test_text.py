import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.text import LONGEST_TEXT, line, paragraphs
from bot.feeds.visible import visible


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        ("Nur Text", "Nur Text"),
        ("<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei"),
        ("<p>Eins\n  auf zwei Zeilen</p>\n<p>Zwei</p>\n", "Eins auf zwei Zeilen\n\nZwei"),
        ("Eins<br><br />Zwei<br>gehört dazu", "Eins\n\nZwei gehört dazu"),
        ("<h2>Titel</h2>Text<ul><li>a</li><li>b</li></ul>", "Titel\n\nText\n\na\n\nb"),
        ("ein <b>fettes</b>, <a href='x'>verlinktes</a> Wort", "ein fettes, verlinktes Wort"),
        ("<DIV CLASS=x>Groß</DIV>klein", "Groß\n\nklein"),
        ("<td>a</td><td>b</td>", "a b"),
        ("F&uuml;r &lt;b&gt; &amp; &#8222;Q&A&#8220; bei ?a=1&copy=2", "Für <b> & „Q&A“ bei ?a=1&copy=2"),
        ("3 < 4 und 5 > 4", "3 < 4 und 5 > 4"),
        ('<img alt="a > b" src="x">Bild', "Bild"),
        ('<a href="offen>Wort</a> mehr', ""),
        ("<template-x>Inhalt</template-x>", "Inhalt"),
        ("a&nbsp;b&shy;c&#8203;d", "a bcd"),
        ("Eins\n\nZwei\nweiter", "Eins\n\nZwei weiter"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, expected: str) -> None:
    assert paragraphs(markup) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>böse()</script>",
        "<SCRIPT type=x>böse()</SCRIPT>",
        "<style>.böse{}</style>",
        "<!-- böse -->",
        "<!-- böse > noch böse -->",
        "<template>böse</template>",
        "<noscript>böse</noscript>",
        "<svg><title>böse</title></svg>",
        "<span hidden>böse</span>",
        "<span aria-hidden='true'>böse</span>",
        "<div style='display:none'>böse <p>böse</p></div>",
        "<div STYLE='Display: None'>böse</div>",
        "<i style='color:red;visibility: hidden'>böse</i>",
        "<i style='font-size:0'>böse</i>",
        "<i style='opacity:0'>böse</i>",
        "<img src=x alt='böse'>",
    ],
)
def test_what_a_page_hides_is_not_text(hidden: str) -> None:
    assert paragraphs(f"<p>Vor {hidden}nach</p>").split() == ["Vor", "nach"]


@pytest.mark.parametrize("style", ["color:red", "opacity:0.9", "font-size:120%", "display:inline"])
def test_a_harmless_style_hides_nothing(style: str) -> None:
    assert paragraphs(f'<p style="{style}">sichtbar</p>') == "sichtbar"


def test_plain_text_is_believed() -> None:
    assert paragraphs("x < y &amp; <template>\n\nzwei", marked_up=False) == "x < y &amp; <template>\n\nzwei"


def test_plain_text_that_is_marked_up_after_all() -> None:
    assert paragraphs("<p>Eins</p><p>Zwei &amp; mehr</p>", marked_up=False) == "Eins\n\nZwei & mehr"


def test_a_long_text_is_cut() -> None:
    assert len(paragraphs("x" * (LONGEST_TEXT * 3))) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("  Ein\n Titel ", "Ein Titel"),
        ("<b>Fett</b> &amp; <i>schräg</i>", "Fett & schräg"),
        ("<p>Absatz</p>", "Absatz"),
        ("&lt;b&gt; ist ein Tag", "<b> ist ein Tag"),
        ("<template> in Vue", "<template> in Vue"),
        ("vector<int> erklärt", "vector<int> erklärt"),
        ("Q&amp;amp;A", "Q&A"),
        ("F&amp;uuml;r alle", "Für alle"),
        ("?page=1&copy=2;x", "?page=1&copy=2;x"),
        ("A<!-- weg -->B", "AB"),
        ("C<br>D", "C D"),
    ],
)
def test_a_title_is_one_line(title: str, expected: str) -> None:
    assert line(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Größe „ok“ – 10 €", "Größe „ok“ – 10 €"),
        ("a\u0308o\u0308", "äö"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u202eabc\u202c\u200b\u2060\ufeff", "abc"),
        ("Silben\u00adtrennung", "Silbentrennung"),
        ("\U000e0049\U000e0047x", "x"),
        ("a\ufe01\ufe02\U000e0100b", "ab"),
        ("❤️", "❤️"),
        ("\u3164\u2800\u115f", ""),
        ("a\tb\xa0c\u2009d\u202fe", "a b c d e"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\x00\x08\x1b\x7f\x9fx", "x"),
        ("a\ud800b", "ab"),
        ("".join(map(chr, range(0x2000, 0x2070))), None),
    ],
)
def test_only_the_visible_stays(text: str, expected: str | None) -> None:
    shown = visible(text)
    assert expected is None or shown == expected
    assert shown.replace("\n", "").isprintable()


@given(st.text())
def test_visible_keeps_its_promise_for_any_text(text: str) -> None:
    shown = visible(text)
    assert shown.replace("\n", "").isprintable()
    assert unicodedata.is_normalized("NFC", shown)
    assert visible(shown) == shown


@given(st.text(alphabet=st.sampled_from("<>/!-\"'=&;#p br\nscriptstyle[]äx"), max_size=200))
def test_no_markup_breaks_the_text(markup: str) -> None:
    text = paragraphs(markup)
    assert "\n\n\n" not in text
    assert text == text.strip()
    assert "\n" not in line(markup)
