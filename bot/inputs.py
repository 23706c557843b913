"""What people hand to the command line: files, standard input, and where to write. Every failure says what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import UserError

LIMIT = 8_000_000  # bytes; as large as a feed may be


def is_address(source: str) -> bool:
    """Whether this is meant as a web address rather than a file."""
    return "://" in source


def read(source: str) -> bytes:
    """The bytes of a file. Raises `UserError` for what is missing, a directory, empty, unreadable or too large."""
    path = Path(source)
    if path.is_dir():
        raise UserError(f"{source} ist ein Ordner. Bitte eine Datei angeben.")
    try:
        with path.open("rb") as file:
            body = file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise UserError(f"Die Datei {source} gibt es nicht. Bitte den Pfad prüfen.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UserError(f"Die Datei {source} lässt sich nicht lesen. Bitte die Rechte prüfen.") from error
    if not body.strip():
        raise UserError(f"Die Datei {source} ist leer.")
    if len(body) > LIMIT:
        raise UserError(f"Die Datei {source} ist größer als {LIMIT // 1_000_000} MB. Bitte eine kleinere angeben.")
    return body


def text(source: str) -> str:
    """The text of a file in UTF-8. Raises `UserError` for anything that is not text."""
    body = read(source)
    try:
        words = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"Die Datei {source} ist kein Text in UTF-8. Bitte als UTF-8 speichern.") from error
    if "\0" in words:
        raise UserError(f"Die Datei {source} enthält Binärdaten. Erwartet wird ein Artikel als Text.")
    return words


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream, in UTF-8. Raises `UserError`, naming the line, for anything that is not text."""
    for n, line in enumerate(stream, 1):
        try:
            yield line.decode("utf-8-sig" if n == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UserError(f"Zeile {n} ist kein Text in UTF-8. Erwartet wird ein JSON-Objekt je Zeile.") from error


def write(path: Path, words: str) -> None:
    """Write a text file. Raises `UserError` where that is not possible."""
    try:
        path.write_text(words, "utf-8")
    except OSError as error:
        raise UserError(f"Nach {path} lässt sich nicht schreiben. Bitte Ordner und Rechte prüfen.") from error
