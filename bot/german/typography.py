"""German typography: „quotes“ and ‚quotes within‘, dashes, the ellipsis, and spaces that must not break."""

import re

OUTER, INNER = ("„", "“"), ("‚", "‘")
_DOUBLE, _SINGLE = '"„“”‟«»', "'‚‘’‛‹›"
_ALWAYS_OPEN, _OPENING_BEFORE = "„‚", " ([{<–—-/\N{NO-BREAK SPACE}\n" + _DOUBLE + _SINGLE
_TO_SET = re.compile(rf"[{_DOUBLE}{_SINGLE}`´—]|\.\.\.| [-,;]")
_NBSP = "\N{NO-BREAK SPACE}"
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_UNITS = (
    "Euro|Dollar|US-Dollar|Franken|Prozent|Prozentpunkte|Mio\\.|Mrd\\.|Millionen|Milliarden|Billionen|Uhr|[kMGTP]?Byte"
    "|[KMGT]B|[kMGT]?Hz|[kMG]?Wh?|Bit|mAh|nm|[mck]?m|km/h|kg|g|°C|%|€|\\$"
)
_TIES = (  # pairs that a line break would tear apart
    re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w-]))"),
    re.compile(rf"(?<=\d\.) (?=(?:{_MONTHS})\b)"),
    re.compile(r"(?<=\b(?:Mio|Mrd)\.) (?=(?:Euro|Dollar|US-Dollar|Franken)\b)"),
    re.compile(r"(?<=\b(?:z|d|u|i|o|e)\.) (?=(?:B|h|a|d|V|ä|Ä)\.)"),
    re.compile(r"(?<=\bNr\.) (?=\d)|(?<=\bAbs\.) (?=\d)|(?<=§) (?=\d)|(?<=\bDr\.) (?=[A-ZÄÖÜ])"),
    re.compile(r" (?=–(?:\s|$))"),  # a dash does not begin a line
)


def typeset(text: str) -> str:
    """German text with German quotes, dashes and ellipses. Quotes that don't pair up stay as they are."""
    if not _TO_SET.search(text):
        return text
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    text = re.sub(r"(?<=\w) (?=[,;](?:\s|$))", "", text)
    text = re.sub(r"(?<=\S) (?:-{1,3}|—) (?=\S)", " – ", text)
    text = re.sub(r"(?<=\w)—(?=\w)", " – ", text)
    text = re.sub(r"(?<=\w)['`´](?=\w)", "’", text)
    return _with_quotes(text)


def quoted(text: str) -> str:
    """The text in German quotes; what it quotes itself moves inside: „das ‚Wunder‘“."""
    return typeset(f"„{text}“")


def unbroken(text: str) -> str:
    """The text with no-break spaces where a line must not end: 5 GB, 3. Oktober, z. B., vor Gedankenstrichen."""
    for tie in _TIES:
        text = tie.sub(_NBSP, text)
    return text


def _with_quotes(text: str) -> str:
    signs = list(text)
    levels: list[bool] = []  # of the open quotes: whether each was opened by a double mark
    for n, sign in enumerate(signs):
        if sign not in _DOUBLE and sign not in _SINGLE:
            continue
        double = sign in _DOUBLE
        if _opens(text, n, levels, double=double):
            levels.append(double)
            signs[n] = (OUTER if len(levels) == 1 else INNER)[0]
        elif levels and levels[-1] == double:
            signs[n] = (OUTER if len(levels) == 1 else INNER)[1]
            levels.pop()
        elif not double:
            signs[n] = "’"
        elif not _is_inch(text, n):
            return text
    return text if levels else "".join(signs)


def _opens(text: str, n: int, levels: list[bool], *, double: bool) -> bool:
    """Whether the mark at n opens a quote: „ and ‚ always do, the others where a word begins."""
    sign, before, after = text[n], text[n - 1 : n] or " ", text[n + 1 : n + 2] or " "
    if sign in _ALWAYS_OPEN:
        return True
    if before not in _OPENING_BEFORE or after.isspace():
        return False
    if levels and levels[-1] == double and before != " ":
        return False  # after another mark: it closes what is open
    return double or _closes_later(text, n)


def _closes_later(text: str, n: int) -> bool:
    """A single mark opens a quote only if another closes it; else it is an apostrophe („’s war“)."""
    return re.search(r"\S['‘’›‹](?!\w)", text[n + 1 :]) is not None


def _is_inch(text: str, n: int) -> bool:
    return text[n] == '"' and text[n - 1 : n].isdigit()
