"""Bytes to text: right umlauts whatever the header claims."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

# What browsers take a label for (WHATWG Encoding): the wider code page that contains it.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_STATEFUL = {"iso2022_jp", "iso2022_kr", "hz"}  # 7-bit: valid UTF-8, and yet not it
_NEVER = {"utf-7"}  # turns "+ADw-" into "<"

# Windows-1252 where it differs from Latin-1; its five holes stay.
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a feed or page. Never fails: a byte that fits nowhere is read as Windows-1252."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "stray" if codec == "utf-8" else "replace")
    for start, codec in _WIDE:
        if body.startswith(start):
            return body.decode(codec, "replace")
    declared = _declared(body, content_type)
    if declared in _STATEFUL:
        return body.decode(declared, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _not_utf8(body, declared)


def _declared(body: bytes, content_type: str) -> str | None:
    """The Python name of the declared encoding: the document's own word before that of the server."""
    inside, outside = _DECLARED.match(body), _CHARSET.search(content_type)
    label = inside[1].decode("ascii", "replace") if inside else outside[1] if outside else ""
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return None
    return None if name in _NEVER else _WIDER.get(name, name) or None


def _not_utf8(body: bytes, declared: str | None) -> str:
    """UTF-8 with a few stray bytes, or else what it declares to be, or else Windows-1252."""
    if _mostly_utf8(body):
        return body.decode("utf-8", "stray")
    try:
        return body.decode("cp1252" if declared in {None, "utf-8"} else declared)
    except (UnicodeError, LookupError):
        return body.decode("latin-1").translate(_WINDOWS)


def _mostly_utf8(body: bytes) -> bool:
    """Whether more characters are whole UTF-8 sequences than bytes are none."""
    text = body.decode("utf-8", "ignore")
    whole = len(text) - len(text.encode("ascii", "ignore"))
    return whole > len(body) - len(text.encode())


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Read one undecodable byte as Windows-1252, or as Latin-1 where that has a hole."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("latin-1").translate(_WINDOWS), error.start + 1


codecs.register_error("stray", _stray)
