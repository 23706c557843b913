"""Text from outside -> Slack's mrkdwn, in which it means nothing but itself. Pure.

Slack knows no backslash: `&`, `<` and `>` become entities, and a sign that would begin or end an emphasis becomes one
that looks like it. Nothing invisible is put in.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit

MARKS = 4  # combining marks on one letter; no language needs more
LONGEST = 400  # characters of an address; a longer one eats the room of a story
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\N{ZERO WIDTH JOINER}"  # holds together emoji such as families

_BLANKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LIKE = {"*": "∗", "~": "∼", "`": "ˋ", "_": "＿"}
_MARKUP = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")  # foo_bar_baz is no emphasis
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)")
_IN_ADDRESSES = frozenset("-._~:/?#[]@!$'()*+,;=%")  # and &, which becomes an entity


def units(text: str) -> int:
    """The length as UTF-16 has it: at least what Slack counts, whichever way it does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int = 600) -> str:
    """One line that shows this text and nothing else, cut with an ellipsis after so many units before escaping."""
    shown = _MARKUP.sub(lambda sign: _LIKE[sign[0]], cut(tame(text), limit))
    return _EMOJI.sub("\N{RATIO}", shown).translate(_ENTITIES)


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


def fitted(text: str, limit: int) -> str:
    """Finished mrkdwn in so many units: whole lines, then a cut that leaves no entity or link half."""
    while units(text) > limit:
        above, line, last = text.rpartition("\n")
        if not line:
            return re.sub(r"(?:&\w{0,3}|<[^<>]*)…$", "…", cut(last, limit))
        text = f"{above}\n…" if last != "…" else f"{above.rpartition(chr(10))[0]}\n…"
    return text


def reference(n: int, url: str = "") -> str:
    """The number of a source: [1], to click if there is an address that may be linked."""
    address = target(url)
    return f"<{address}|[{n}]>" if address else f"[{n}]"


def target(url: str) -> str:
    """The address as it stands within a link; empty for what must not be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return ""
    signs = (
        sign if sign.isalnum() or sign in _IN_ADDRESSES else "&amp;" if sign == "&" else quote(sign) for sign in url
    )
    address = "".join(signs)
    return address if units(address) <= LONGEST else ""


def _signed(sign: str) -> str:
    if sign.isalnum() or sign in _IN_ADDRESSES:
        return sign
    return "&amp;" if sign == "&" else quote(sign, "")


def unescaped(text: str) -> str:
    """What a person typed, of the text that Slack tells: names, channels and links in it as what they stand for."""
    told = re.sub(r"<[@#]([A-Z0-9]+)(?:\|[^>]*)?>", r"\1", text)
    told = re.sub(r"<(https?://[^>|]+)(?:\|[^>]*)?>", r"\1", told)
    return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
