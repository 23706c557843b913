"""Discord's markdown -> HTML, as Discord's apps show it. Pure; what is no mark stays text.

After the rules of their markdown for messages; of HTML nothing comes in, of links only those to the web.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.german import phrases
from bot.german.dates import styled

MOST = 4_000  # characters that are read; Discord takes no more
DEEPEST = 8  # marks within marks
TAGS = {"**": "strong", "__": "u", "*": "em", "_": "em", "~~": "s"}
NOWHERE = "unbekannt"
Showing = Callable[[re.Match[str], "Eye"], Markup]


@dataclass(frozen=True, slots=True)
class Eye:
    """Who looks: when (aware, on their clock), and what ids of channels, people and roles are called."""

    now: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    linked: bool = False


def as_html(text: str, eye: Eye) -> Markup:
    """The markdown as paragraphs, headings, lists, quotes and code; no tag of its own survives."""
    return _join(_fenced(text[:MOST], eye))


def inline(text: str, eye: Eye) -> Markup:
    """The markdown of a line, or of several."""
    if eye.depth > DEEPEST:
        return escape(text)
    told, at = [], 0
    while at < len(text):
        found, shown = _next(text, at)
        told.append(shown(found, eye))
        at = found.end()
    return _join(told)


def _next(text: str, at: int) -> tuple[re.Match[str], Showing]:
    """What stands there, and how it is shown; the last rule fits any sign."""
    return next((found, shown) for pattern, shown in RULES if (found := pattern.match(text, at)))


def _fenced(text: str, eye: Eye) -> Iterator[Markup]:
    for n, part in enumerate(_FENCE.split(text)):
        if n % 2:
            yield Markup("<pre><code>{}</code></pre>").format(part)
        elif part:
            yield from _blocks(part.strip("\n").split("\n") if n else part.split("\n"), eye)


def _blocks(lines: list[str], eye: Eye) -> Iterator[Markup]:
    cut = next((n for n, line in enumerate(lines) if line.startswith(">>> ")), len(lines))
    for kind, group in groupby(lines[:cut], _kind):
        yield from BLOCKS[kind](list(group), eye)
    if cut < len(lines):
        yield _quote([f"> {line}" for line in (lines[cut][4:], *lines[cut + 1 :])], eye)


def _kind(line: str) -> str:
    return next((kind for kind, pattern in _LINES.items() if pattern.match(line)), "text")


def _heads(lines: list[str], eye: Eye) -> Iterator[Markup]:
    for line in lines:
        marks, _, words = line.partition(" ")
        yield Markup("<h{0}>{1}</h{0}>").format(len(marks) + 1, inline(words.strip(), eye))


def _small(lines: list[str], eye: Eye) -> Iterator[Markup]:
    for line in lines:
        yield Markup('<p class="small">{}</p>').format(inline(line[3:].strip(), eye))


def _items(lines: list[str], eye: Eye) -> Iterator[Markup]:
    yield Markup("<ul>{}</ul>").format(_join(_item(line, eye) for line in lines))


def _numbered(lines: list[str], eye: Eye) -> Iterator[Markup]:
    first = int(lines[0].split(".")[0])
    yield Markup('<ol start="{}">{}</ol>').format(first, _join(_item(line, eye) for line in lines))


def _item(line: str, eye: Eye) -> Markup:
    deep = Markup(' class="deep"') if line[0] == " " else ""
    return Markup("<li{}>{}</li>").format(deep, inline(line.strip().partition(" ")[2], eye))


def _quoted(lines: list[str], eye: Eye) -> Iterator[Markup]:
    yield _quote(lines, eye)


def _quote(lines: list[str], eye: Eye) -> Markup:
    told = inline("\n".join(line[2:] for line in lines), eye)
    return Markup("<blockquote>{}</blockquote>").format(told)


def _text(lines: list[str], eye: Eye) -> Iterator[Markup]:
    text = "\n".join(lines)
    if text.strip():
        yield Markup("<p>{}</p>").format(inline(text, eye))


BLOCKS: Mapping[str, Callable[[list[str], Eye], Iterator[Markup]]] = {
    "head": _heads,
    "small": _small,
    "item": _items,
    "number": _numbered,
    "quote": _quoted,
    "text": _text,
}


def _itself(found: re.Match[str], _: Eye) -> Markup:
    return escape(found[found.lastindex or 0])


def _break(_found: re.Match[str], _eye: Eye) -> Markup:
    return Markup("<br>")


def _code(found: re.Match[str], _: Eye) -> Markup:
    return Markup("<code>{}</code>").format(found[2].strip(" ") or found[2])


def _emphasis(found: re.Match[str], eye: Eye) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(TAGS[found[1]], inline(found[2], replace(eye, depth=eye.depth + 1)))


def _spoiler(found: re.Match[str], eye: Eye) -> Markup:
    shown = inline(found[2], replace(eye, depth=eye.depth + 1))
    return Markup('<span class="spoiler" tabindex="0">{}</span>').format(shown)


def _label(found: re.Match[str], eye: Eye) -> Markup:
    return _link(found[2], inline(found[1], replace(eye, depth=eye.depth + 1, linked=True)), eye)


def _address(found: re.Match[str], eye: Eye) -> Markup:
    address = found[found.lastindex or 0]
    return _link(address, escape(address), eye)


def _link(address: str, shown: Markup, eye: Eye) -> Markup:
    """A link; one within a link is none, and nobody is sent to the machine that made the page."""
    if eye.linked:
        return shown
    if _host(address) in {"", *phrases.LOOPBACK}:
        return Markup("<a>{}</a>").format(shown)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, shown)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _moment(found: re.Match[str], eye: Eye) -> Markup:
    try:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        told = styled(moment, eye.now, found[2] or "f")
    except (ValueError, OverflowError, OSError):  # no calendar has it
        return escape(found[0])
    return Markup('<time datetime="{:%Y-%m-%dT%H:%MZ}">{}</time>').format(moment, told)


def _command(found: re.Match[str], _: Eye) -> Markup:
    return _mention(f"/{found[1]}")


def _named(found: re.Match[str], eye: Eye) -> Markup:
    sign = "#" if found[1] == "#" else "@"
    return _mention(sign + eye.names.get(found[2], NOWHERE))


def _all(found: re.Match[str], _: Eye) -> Markup:
    return _mention(found[0])


def _emoji(found: re.Match[str], _: Eye) -> Markup:
    return escape(f":{found[1]}:")


def _mention(told: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(told)


def _join(parts: list[Markup] | Iterator[Markup]) -> Markup:
    return Markup("").join(parts)


_FENCE = re.compile(r"```(?:[\w+.#-]*\n)?([^`](?:[^`]|`(?!``))*)```")
_LINES = {
    "head": re.compile(r"#{1,3} +\S"),
    "small": re.compile(r"-# +\S"),
    "item": re.compile(r" *[-*] +\S"),
    "number": re.compile(r" *\d{1,9}\. +\S"),
    "quote": re.compile(r"> "),
}
_WITHIN = r"((?:\\[\s\S]|[^\\])+?)"  # of a mark; an escaped one does not end it
_EMPHASES = (
    rf"(\*\*){_WITHIN}\*\*(?!\*)",
    rf"(__){_WITHIN}__(?!_)",
    rf"(\*)(?=\S){_WITHIN}(?<!\s)\*(?!\*)",
    rf"(?<!\w)(_)(?=\S){_WITHIN}_(?!\w)",
    rf"(~~){_WITHIN}~~(?!~)",
)
RULES: tuple[tuple[re.Pattern[str], Showing], ...] = (
    (re.compile(r"[^\\`\[<h@*_~|\n]+"), _itself),
    (re.compile(r"\n"), _break),
    (re.compile(r"\\([^0-9A-Za-z\s])"), _itself),
    (re.compile(r"(?<!`)(`{1,2})(?!`)([^`]+)\1(?!`)"), _code),
    (re.compile(r"\[((?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\])+)\]\((https?://[^\s()<>]+)\)"), _label),
    (re.compile(r"<(https?://[^\s<>]+)>"), _address),
    (re.compile(r"https?://[^\s<>]*[^\s<>.,:;\"')\]]"), _address),
    (re.compile(r"<t:(-?\d{1,12})(?::([tTdDfFR]))?>"), _moment),
    (re.compile(r"</([\w -]{1,100}):\d{1,20}>"), _command),
    (re.compile(r"<(#|@!|@&|@)(\d{1,20})>"), _named),
    (re.compile(r"<a?:(\w{1,40}):\d{1,20}>"), _emoji),
    (re.compile(r"@(?:everyone|here)\b"), _all),
    *((re.compile(pattern), _emphasis) for pattern in _EMPHASES),
    (re.compile(rf"(\|\|){_WITHIN}\|\|"), _spoiler),
    (re.compile(r"[\s\S]"), _itself),
)
