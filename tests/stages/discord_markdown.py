"""How Discord reads a message: enough of its markdown to tell what would be set, linked, hidden or mentioned."""

import re
from dataclasses import dataclass

# In the order in which Discord tries them, at each place of the text.
LINES = [
    ("heading", re.compile(r"#{1,3} +\S")),
    ("small", re.compile(r"-# +\S")),
    ("quote", re.compile(r">(>>)? ")),
    ("list", re.compile(r"([-*+]|\d+[.)]) +\S")),
]
SIGNS = [
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    (
        "link",
        re.compile(
            r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?"
            r"(?:\s+['\"]([\s\S]*?)['\"])?\s*\)"
        ),
    ),
    ("address", re.compile(r"<(?:https?|mailto|tel|sms):?[^ >]+>|<[^ >@]+@[^ >]+>")),
    ("address", re.compile(r"(?:https?|steam|discord)://[^\s<]+")),
    ("invite", re.compile(r"discord(?:app)?\.(?:gg|com|new|gift)/\S+", re.IGNORECASE)),
    ("mention", re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|<id:\w+>")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:[^\s:]+:")),
    ("time", re.compile(r"<t:-?\d+(:[tTdDfFRsS])?>")),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("italic", re.compile(r"\*(?=\S)((?:\\[\s\S]|[^\\*])+?)\*|_((?:\\[\s\S]|[^\\_])+?)_(?!\w)")),
    ("struck", re.compile(r"~~([\s\S]+?)~~")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader sees of a text, and what in it means more than itself: kinds, and (label, address) of links."""

    shown: str
    kinds: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def read(text: str) -> Reading:
    shown: list[str] = []
    kinds: list[str] = []
    links: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        kind, match = _found(text, at)
        if match is None:
            shown.append(text[at])
            at += 1
            continue
        at = match.end()
        if kind == "escape":
            shown.append(match[1])
            continue
        kinds.append(kind)
        inner = next((group for group in match.groups() if group), "")
        if kind == "link":
            links.append((match[1], match[2]))
        elif kind in {name for name, _ in LINES}:
            at -= 1  # what stands in that line is read on
            continue
        elif kind in {"bold", "italic", "underline", "struck", "spoiler"}:
            within = read(inner)
            kinds.extend(within.kinds)
            inner = within.shown
        shown.append(inner)
    return Reading("".join(shown), tuple(kinds), tuple(links))


def _found(text: str, at: int) -> tuple[str, re.Match[str] | None]:
    rules = (LINES if at == 0 or text[at - 1] == "\n" else []) + SIGNS
    for kind, rule in rules:
        match = rule.match(text, at)
        if match:
            return kind, match
    return "", None
