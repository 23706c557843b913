"""Text from outside -> Discord's markdown, in which it means nothing but itself. Pure.

Nothing invisible is put in: a backslash takes the meaning of a sign, and Discord shows the sign alone.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit

MARKS = 4  # combining marks on one letter; no language needs more
LONGEST = 400  # characters of an address; a longer one eats the room of a story
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\N{ZERO WIDTH JOINER}"  # holds together emoji such as families

# Emphasis, spoilers, code, <…> of mentions, emoji, times and links, [label](…), @everyone, and the backslash itself.
# A colon that something follows: https://, :emoji:. A dot before a letter: discord.gg/…, which needs no https.
_MEANT = re.compile(r"[\\*_~|`<>\[\]@]|:(?=\S)|(?<=\w)\.(?=[^\W\d])")
_NUMBERED = re.compile(r"^\d+(?=[.)])")
_BLANKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
_IN_ADDRESSES = frozenset("-._~:/?#[]@!$&'*+,;=%")


def units(text: str) -> int:
    """The length as UTF-16 has it: at least what Discord counts, whichever way it does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int = 600) -> str:
    """One line that shows this text and nothing else, cut with an ellipsis after so many units."""
    shown = cut(tame(text), limit)
    escaped = _MEANT.sub(r"\\\g<0>", shown)
    if escaped[:1] in {"-", "+", "#"}:
        return f"\\{escaped}"
    return _NUMBERED.sub(r"\g<0>\\", escaped)


def tame(text: str) -> str:
    """One line without control characters, nor towers of combining marks."""
    kept: list[str] = []
    marks = MARKS  # none at the start, where they would sit on what stands before
    for sign in _BLANKS.sub(" ", text).strip():
        category = unicodedata.category(sign)
        if category[0] == "M" or sign == JOINER:
            marks += 1
            if marks > MARKS:
                continue
        elif category in INVISIBLE:
            continue
        else:
            marks = 0
        kept.append(sign)
    return "".join(kept).strip()


def cut(text: str, limit: int) -> str:
    """The text, or so much of it that it has no more than so many units with an ellipsis."""
    if units(text) <= limit:
        return text
    while units(text) >= limit:
        text = text[: min(len(text) - 1, limit - 1)]
    return text.rstrip(f" {JOINER}") + "…"


def reference(n: int, url: str = "") -> str:
    """The number of a source: [1], to click if there is an address that may be linked."""
    address = target(url)
    return f"[[{n}]]({address})" if address else f"\\[{n}\\]"


def target(url: str) -> str:
    """The address as it stands within a link; empty for what must not be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return ""
    address = "".join(sign if sign.isalnum() or sign in _IN_ADDRESSES else quote(sign, "") for sign in url)
    return address if units(address) <= LONGEST else ""
