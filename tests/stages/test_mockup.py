"""Discord's messages as a page: all that Discord shows, how much of its limits that takes; and nothing is obeyed."""

import json
import re
from datetime import UTC, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from cogs.discord import pieces
from cogs.discord.layout import messages
from cogs.web.marks import Eye, as_html
from cogs.web.mockup import Shown, as_page, shares
from tests.stages.digests import DIGEST, hostile
from tests.stages.test_layout_page import READABLE, contrast, words_of

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
EYE = Eye(NOW, {"2": "tech-news", "9": "Mika"})
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></textarea><svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    '[x](https://a.example/"onmouseover="alert(1))',
    '<https://a.example/"onmouseover="x>',
    "**<b onclick=x>**`<i>`||<u>||",
    "{{ 7 * 7 }}{% raw %}",
    "```html\n<script>x</script>```",
)


def shown(**body: Any) -> str:
    return as_page([Shown(body)], EYE)


def boxed(text: str) -> dict[str, Any]:
    return {"components": [{"type": 17, "accent_color": 0x2F6FDE, "components": [pieces.text(text)]}]}


@pytest.mark.parametrize(
    ("marked", "html"),
    [
        ("# Eins\n## Zwei\n### Drei", "<h2>Eins</h2><h3>Zwei</h3><h4>Drei</h4>"),
        ("-# klein **fett**", '<p class="small">klein <strong>fett</strong></p>'),
        ("a\nb", "<p>a<br>b</p>"),
        ("- eins\n  - zwei", '<ul><li>eins</li><li class="deep">zwei</li></ul>'),
        ("3. drei\n4. vier", '<ol start="3"><li>drei</li><li>vier</li></ol>'),
        ("> eins\n> zwei", "<blockquote>eins<br>zwei</blockquote>"),
        ("a\n>>> b\nc", "<p>a</p><blockquote>b<br>c</blockquote>"),
        ("*a* _b_ __c__ ~~d~~ ***e***", "<p><em>a</em> <em>b</em> <u>c</u> <s>d</s> <strong><em>e</em></strong></p>"),
        ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"),
        (r"\*a\* \[1\] \- 1\. C:\Temp", r"<p>*a* [1] - 1. C:\Temp</p>"),
        (r"\- kein Punkt", "<p>- kein Punkt</p>"),
        ("`**a**` ``b``", "<p><code>**a**</code> <code>b</code></p>"),
        ("```py\n# a\n**b**```", "<pre><code># a\n**b**</code></pre>"),
        ("</summary:12> <#2> <@9> @everyone", None),
        ("", ""),
    ],
)
def test_markdown_is_shown_as_discord_does(marked: str, html: str | None) -> None:
    mentions = [f'<span class="mention">{name}</span>' for name in ("/summary", "#tech-news", "@Mika", "@everyone")]

    assert as_html(marked, EYE) == (f"<p>{' '.join(mentions)}</p>" if html is None else html)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("<t:1795498800>", "24. November 2026 um 06:40"),
        ("<t:1795498800:t>", "06:40"),
        ("<t:1795498800:F>", "Dienstag, 24. November 2026 um 06:40"),
        ("<t:1795498800:d>", "24.11.2026"),
        ("<t:1795498800:R>", "vor 20 Minuten"),
        ("<t:1795507200:R>", "in 2 Stunden"),
        ("<t:999999999999>", "<t:999999999999>"),
        ("<t:gestern>", "<t:gestern>"),
    ],
)
def test_moments_are_told_on_the_readers_clock(marked: str, words: str) -> None:
    told = LexborHTMLParser(as_html(marked, EYE)).body

    assert told is not None
    assert told.text() == words


@pytest.mark.parametrize(
    "marked",
    ["[[1]](https://a.example/x?a=1&b=2)", "<https://a.example/x?a=1&b=2>", "Siehe https://a.example/x?a=1&b=2."],
)
def test_links_lead_to_the_web(marked: str) -> None:
    (link,) = LexborHTMLParser(as_html(marked, EYE)).css("a")

    assert link.attributes["href"] == "https://a.example/x?a=1&b=2"
    assert link.attributes["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "ftp://a"]
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    assert "<a" not in as_html(f"[x]({url}) <{url}> {url}", EYE)


def test_nobody_is_sent_to_the_machine_that_made_the_page() -> None:
    assert as_html("[[1]](http://127.0.0.1:99/x)", EYE) == "<p><a>[1]</a></p>"


def test_a_link_in_a_link_is_none() -> None:
    html = as_html("[a https://b.example c](https://d.example)", EYE)

    assert [link.attributes["href"] for link in LexborHTMLParser(html).css("a")] == ["https://d.example"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text_everywhere(attack: str) -> None:
    choices = [(attack, attack)]
    form = pieces.form(
        attack, attack, pieces.typed("a", attack, attack, attack), pieces.chosen("b", attack, choices, [attack])
    )
    rows = [pieces.menu(attack, attack, choices), pieces.buttons(pieces.button(attack, attack))]
    odd = [{"type": attack, "description": attack}, {"type": 17, "accent_color": attack, "components": rows}]
    eye = Eye(NOW, {"2": attack})
    seen = [
        Shown(form),
        Shown(boxed(attack) | {"content": f"{attack}<#2>"}, attack),
        Shown({"components": [*rows, *odd]}),
    ]
    tree = LexborHTMLParser(as_page(seen, eye, title=attack))

    assert tree.css("script, img, svg, iframe, link, object, embed, form, base, b, i") == []
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name in {"src", "style"}]
    assert all((link.attributes["href"] or "").startswith("https://a.example/") for link in tree.css("a"))
    assert len(tree.css("style")) == 1
    assert "onload" not in tree.css("style")[0].text()


def test_the_page_loads_and_runs_nothing() -> None:
    tree = LexborHTMLParser(shown(**boxed("Text")))

    policy = tree.css("meta[http-equiv='Content-Security-Policy']")[0].attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    style = tree.css("style")[0].text()
    assert "url(" not in style
    assert "@import" not in style
    assert ".hue-2f6fde { border-inline-start-color: #2f6fde; }" in style


@pytest.mark.parametrize(
    "bad", ["**" * 3_000, "[" * 6_000, "`" * 6_000, "_a " * 2_000, "*a **b " * 850, "<t:" * 2_000, "||" * 3_000]
)
def test_marks_without_end_end(bad: str) -> None:
    assert as_html(bad, EYE).unescape().replace("<p>", "")


def test_a_digest_is_there_with_its_menu_and_its_limits() -> None:
    body = json.loads(messages(DIGEST)[0].text)["v2"]
    page = as_page([Shown(body)], EYE)
    words = words_of(page)

    for told in ("Montag, 23. November 2026", "Eine Lücke ist geschlossen", "Angriffe soll es geben.", "[1]"):
        assert told in words
    assert words.count("Warum sehe ich das?") == 1
    assert re.search(r"\d+ von 4\.000 Zeichen", words)
    assert "10 von 40 Bausteinen" in words


def test_a_digest_of_hostile_feeds_has_no_tag_of_theirs() -> None:
    body = json.loads(messages(hostile('<script>x</script><img src="https://böse.example/p.gif">"\''))[0].text)["v2"]

    assert LexborHTMLParser(as_page([Shown(body)], EYE)).css("script, img") == []


def test_what_discord_would_refuse_is_told() -> None:
    many = {"components": [pieces.text("x" * 200) for _ in range(41)]}

    assert [str(share) for share in shares(Shown(many))] == ["8.200 von 4.000 Zeichen", "41 von 40 Bausteinen"]
    assert shown(**many).count("so nimmt Discord sie nicht an") == 2
    assert "nicht an" not in shown(**boxed("x"))
    assert str(shares(Shown({"content": "😀"}))[0]) == "2 von 2.000 Zeichen"


def test_a_form_shows_what_is_in_it() -> None:
    topics = [("ki", "KI"), ("web", "Web"), ("spiele", "Spiele")]
    form = pieces.form(
        "f",
        "Digest einrichten",
        pieces.channel("c", "In welchen Kanal?", "2", [0]),
        pieces.typed("t", "Wann?", "07:00 Wien", "Mit Ort"),
        pieces.chosen("k", "Themen?", topics, ["ki", "web"], most=3),
    )
    page = as_page([Shown(form)], EYE, theme="dark")
    tree = LexborHTMLParser(page)

    assert tree.css("section h2")[0].text() == "Digest einrichten"
    assert "# tech-news" in words_of(page)
    assert tree.css("input[type=text]")[0].attributes["value"] == "07:00 Wien"
    assert tree.css("input[type=text]")[0].attributes["aria-label"] == "Wann?"
    assert [chip.text() for chip in tree.css("summary .chip")] == ["KI", "Web"]
    assert [option.text() for option in tree.css("li")] == ["KI", "Web", "Spiele"]
    assert "3 von 5 Feldern" in words_of(page)


def test_an_answer_tells_who_asked_and_who_sees_it() -> None:
    page = as_page([Shown(boxed("x"), "/status", private=True)], EYE, bare=True)

    assert "Mika hat /status benutzt" in words_of(page)
    assert "Nur du kannst das sehen" in words_of(page)
    assert "Zeichen" not in words_of(page)


def test_text_can_be_read_in_light_and_dark() -> None:
    style = LexborHTMLParser(shown(**boxed("x"))).css("style")[0].text()
    colours = {name: pair for name, *pair in re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", style)}

    for theme in (0, 1):
        for text, ground in product(("ink", "strong", "soft", "link", "bad"), ("ground", "box", "hover", "field")):
            assert contrast(colours[text][theme], colours[ground][theme]) >= READABLE, (text, ground, theme)
        assert contrast(colours["name"][theme], colours["tint"][theme]) >= READABLE
    for style_ in re.findall(r"\.(?:style-[134]|app|avatar) \{[^}]*background: (#\w{6})", style):
        assert contrast("#ffffff", style_) >= READABLE, style_


@pytest.mark.parametrize("theme", ["", "dark", "light"])
def test_the_theme_can_be_chosen(theme: str) -> None:
    tree = LexborHTMLParser(as_page([Shown(boxed("x"))], EYE, theme=theme))

    assert tree.css("html")[0].attributes.get("class", "") == theme
    assert [radio.attributes["id"] for radio in tree.css("input[checked]")] == [f"theme-{theme or 'system'}"]


def test_moments_of_other_zones() -> None:
    assert "05:40" in as_html("<t:1795498800:t>", Eye(NOW.astimezone(UTC)))


def test_an_address_is_shown_as_it_was_written() -> None:
    (link,) = LexborHTMLParser(as_html("https://a.example/?a&lt;b", EYE)).css("a")

    assert link.text() == link.attributes["href"] == "https://a.example/?a&lt;b"
