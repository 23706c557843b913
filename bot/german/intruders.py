"""What has no business in a sentence that a model wrote: links, mentions, markup, invisible characters, leaked prompts.

Readers get links and names from code. Whatever a hostile article made the model write is refused, not repaired.
"""

import re
import unicodedata
from collections.abc import Iterable

Runs = frozenset[tuple[str, ...]]  # what stands in a row in a text

LEAKED_WORDS = 8  # in a row; no two texts share so many by chance
ENDINGS = "com|org|net|info|biz|app|dev|xyz|top|site|online|shop|store|club|live|news|blog|cloud|tech|link|example"
DOMAIN = re.compile(rf"(?<![\w.-])(?:[\w-]+\.)+(?:{ENDINGS}|[a-z]{{2}}|xn--[\w-]+)(?![\w-])(?:[/:?]\S)?", re.IGNORECASE)
NO_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:[jt]s|cs|vb|NET)|[A-Z]+\.md")  # Node.js, ASP.NET, AGENTS.md
PATTERNS = {
    "enthält einen Link": re.compile(
        r"\w://|\bhxxps?\b|\bwww\.|\b(?:mailto|javascript|tel):\S|[\[(](?:\.|dot|punkt)[\])]", re.IGNORECASE
    ),
    "enthält eine Erwähnung": re.compile(r"@\w|<[@#!]"),
    "enthält HTML": re.compile(r"<[^\s\d=]|&(?:#\w+|[a-z]{2,});", re.IGNORECASE),
    "enthält Markdown": re.compile(
        r"`|\*\*|__|~~|\|\||\]\(|^\s*(?:#{1,6}|-#|>+|[-*+•])\s|(?<!\w)(?:\*[^\s*][^*]*\*|_[^\s_][^_]*_)(?!\w)",
        re.MULTILINE,
    ),
    "enthält Reste von JSON": re.compile(r"\{\s*\"|\"\s*:\s*[\"\[{]"),
    "enthält gestapelte Zeichen": re.compile(r"[\u0300-\u036f\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2}"),
}
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # invisible; can carry a hidden text


def clean(text: str) -> str:
    """The text in NFC without control, zero-width, bidi, tag and other invisible characters; line breaks stay."""
    visible = SELECTORS.sub("", unicodedata.normalize("NFC", text.replace("\t", " ")))
    return "".join(c for c in visible if c == "\n" or unicodedata.category(c)[0] != "C")


def intruder(text: str, names: Iterable[str], nonce: str, instructions: Runs) -> str | None:
    """Why this text can't be shown (German); None when it can.

    A domain that is itself a name may stay where it stands in `names`: „Booking.com“, „netzpolitik.org“.
    `instructions`: the `runs` of what the model was told, which must not come back.
    """
    composed = unicodedata.normalize("NFC", text)
    if clean(composed) != composed:
        return "enthält unsichtbare Zeichen"
    folded = unicodedata.normalize("NFKC", text).replace("。", ".")  # full-width signs link and mention as well
    for reason, pattern in PATTERNS.items():
        if pattern.search(folded):
            return reason
    if _has_domain(folded, " ".join(names)):
        return "enthält eine Webadresse"
    return "gibt die Anweisungen wieder" if nonce in text or not instructions.isdisjoint(runs(text)) else None


def _has_domain(text: str, names: str) -> bool:
    found = [match[0] for match in DOMAIN.finditer(text)]
    return any(not NO_DOMAIN.fullmatch(domain) and domain not in names for domain in found)


def runs(text: str) -> Runs:
    """All that stands in a row in this text, eight words at a time."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[n : n + LEAKED_WORDS]) for n in range(len(words) - LEAKED_WORDS + 1))
