"""Only what a reader can see: NFC, no control, invisible or direction-changing characters."""

import re
import unicodedata
from functools import lru_cache

_PLAIN = bytes([*range(0x20, 0x7F), 0x0A])  # ASCII that needs no look
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_FEW = 16  # kinds of characters: so many are faster replaced one after the other

# Letters and marks that print as nothing, though Python calls them printable: fillers, joiners, variation selectors
# (they can carry a hidden message). U+FE0F stays, which makes an emoji of a sign.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0e\uffa0\U000e0100-\U000e01ef]")
_JAMO = range(0x1100, 0x1200)  # the only letters that are no marks and yet compose


def visible(text: str) -> str:
    r"""The text in NFC without characters that nobody sees. White space becomes a space or `\n`.

    Most texts are left as they are; finding that out looks at their few kinds of characters, not at each of them.
    """
    strange = text.encode(errors="surrogatepass").translate(None, _PLAIN)
    kinds = set(strange.decode(errors="surrogatepass"))
    if all(map(_harmless, kinds)):
        return text
    text = _replaced(text.replace("\r\n", "\n"), [kind for kind in kinds if _instead(kind) != kind])
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _harmless(character: str) -> bool:
    """Whether it stays as it is wherever it stands."""
    composes = unicodedata.category(character).startswith("M") or ord(character) in _JAMO
    return _instead(character) == character and not composes and unicodedata.is_normalized("NFC", character)


def _replaced(text: str, kinds: list[str]) -> str:
    if len(kinds) > _FEW:
        return text.translate({ord(kind): _instead(kind) for kind in kinds})
    for kind in kinds:
        text = text.replace(kind, _instead(kind))
    return text


def _instead(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    if character.isspace():
        return " "
    return character if character.isprintable() and not _BLANK.match(character) else ""
