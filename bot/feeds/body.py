"""The bytes of an answer, taken in as they come and never more than allowed."""

import zlib

from bot.errors import BadAnswer, TooMuch

GZIP = 31  # zlib's word for: a gzip header and the largest window


class Body:
    """Collects the chunks of one answer; unpacks one layer of gzip and no other encoding.

    Whoever asks reads the chunks off the wire; here they are only counted and unpacked.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the header Content-Encoding; raises `BadAnswer` for one that was not asked for."""
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip"}:
            raise BadAnswer(f"Der Server packt seine Antwort, wie wir es nicht annehmen ({name[:40]}).", 200)
        self._unpacker = zlib.decompressobj(GZIP) if "gzip" in name else None
        self._limit = limit
        self._chunks: list[bytes] = []
        self._received = 0
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes held so far."""
        return self._size

    def add(self, chunk: bytes) -> None:
        """Take the next bytes. Raises `TooMuch` past the limit, packed or unpacked, `BadAnswer` if it is no gzip."""
        self._received += len(chunk)
        if self._received > self._limit:
            raise too_large(self._limit)
        plain = self._unpack(chunk) if self._unpacker else chunk
        self._size += len(plain)
        if self._size > self._limit:
            raise too_large(self._limit)
        self._chunks.append(plain)

    def whole(self) -> bytes:
        """All bytes. Raises `BadAnswer` for nothing at all and for a gzip that breaks off."""
        if self._unpacker and self._received and not self._unpacker.eof:
            raise BadAnswer("Die Antwort bricht mittendrin ab. Der nächste Versuch folgt von selbst.", 200)
        if not self._size:
            raise BadAnswer("Der Server hat eine leere Antwort geschickt. Der nächste Versuch folgt von selbst.", 200)
        return b"".join(self._chunks)

    def _unpack(self, chunk: bytes) -> bytes:
        unpacker = self._unpacker
        assert unpacker
        try:
            plain = unpacker.decompress(chunk, self._limit - self._size + 1)
        except zlib.error as error:
            raise BadAnswer(
                "Der Server schickt beschädigte Daten. Der nächste Versuch folgt von selbst.", 200
            ) from error
        if unpacker.unused_data:
            raise BadAnswer("Der Server schickt beschädigte Daten. Der nächste Versuch folgt von selbst.", 200)
        return plain


def too_large(limit: int) -> TooMuch:
    """The error for an answer of more than `limit` bytes."""
    megabytes = f"{limit / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")
    return TooMuch(f"Die Antwort ist größer als {megabytes} MB und wird nicht gelesen.")
