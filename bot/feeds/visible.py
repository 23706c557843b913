"""Only what a reader can see: NFC, no control, invisible or direction-changing characters."""

import re
import unicodedata

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LINE_ENDS = frozenset("\r\v\f\x85\u2028\u2029")
_FEW = 16  # kinds of characters: so many are faster replaced one after the other

# Letters and marks that print as nothing, though Python calls them printable: fillers, joiners, variation selectors
# (they can carry a hidden message). U+FE0F stays, which makes an emoji of a sign.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0e\uffa0\U000e0100-\U000e01ef]")
# The two bytes their UTF-8 begins with: searching for these is thirty times faster than for a class of characters.
_BLANK_STARTS = tuple(
    bytes.fromhex(pair) for pair in ("cd8f", "e185", "e19e", "e1a0", "e2a0", "e385", "efb8", "efbe", "f3a0")
)


def visible(text: str) -> str:
    r"""The text in NFC without characters that nobody sees. White space becomes a space or `\n`."""
    text = text.replace("\r\n", "\n").replace("\t", " ").replace("\xa0", " ")
    if not text.replace("\n", "").isprintable():
        text = _replaced(text)
    if text.isascii():
        return text
    encoded = text.encode()
    if any(start in encoded for start in _BLANK_STARTS):
        text = _BLANK.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _replaced(text: str) -> str:
    unprintable: dict[str, str | int | None] = {
        character: _instead(character) for character in set(text) if not character.isprintable()
    }
    if len(unprintable) > _FEW:
        return text.translate(str.maketrans(unprintable))
    for character, instead in unprintable.items():
        text = text.replace(character, str(instead))
    return text


def _instead(character: str) -> str:
    if character == "\n" or character in _LINE_ENDS:
        return "\n"
    return "" if unicodedata.category(character) in _INVISIBLE_CATEGORIES else " "
