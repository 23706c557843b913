"""A typed line -> a command of the catalogue with its options; everything that is wrong is said in German."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import UserError
from cogs.commands import CATALOGUE, Command, Option, Words

FREE = tuple((command, option) for command in CATALOGUE for option in command.options if option.rest)
QUOTES = str.maketrans("„“”", '"""')  # of German word processors and phones


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and what it was told, by the English names of its options."""

    command: Command
    options: Mapping[str, str]


def read(line: str) -> Typed:
    """Understand `/summary topic:ki length:short`, or `/zusammenfassung thema:ki länge:kurz`.

    Quotes go around blanks; the slash may be missing. Raises `UserError` for an unknown command, option or value.
    """
    line = line.removeprefix("/")
    for command, option in FREE:
        if line.split()[:1] and line.split()[0].casefold() in _both(command.path):
            return Typed(command, _rest(option, line))
    command, rest = _command(_words(line))
    return Typed(command, dict(_option(command, word) for word in rest))


def _rest(option: Option, line: str) -> dict[str, str]:
    """All that follows the command: `/ask Was kostet das?`, `/ask question:"Was kostet das?"`; quotes mean nothing."""
    _, _, told = line.partition(" ")
    name, colon, value = told.strip().partition(":")
    if colon and name.casefold() in _both(option.name):
        told = value
    bare = told.strip()
    if len(bare) > 1 and bare.translate(QUOTES)[0] == bare.translate(QUOTES)[-1] == '"':
        bare = bare[1:-1].strip()
    return {option.name.en: bare} if bare else {}


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line.translate(QUOTES))
    except ValueError as error:
        raise UserError("Ein Anführungszeichen ist nicht geschlossen.") from error


def _command(words: list[str]) -> tuple[Command, list[str]]:
    """The command, and the words after it."""
    for command in CATALOGUE:
        for path in _both(command.path):
            length = len(path.split())
            if " ".join(words[:length]).casefold() == path:
                return command, words[length:]
    typed = " ".join(words[:2] if words[:1] in [[group] for group in _groups()] else words[:1])
    meant = _meant(typed, (path for command in CATALOGUE for path in _both(command.path)), "/")
    raise UserError(f"Den Befehl /{typed} gibt es nicht.{meant} Alle Befehle: /help")


def _option(command: Command, word: str) -> tuple[str, str]:
    name, colon, value = word.partition(":")
    known = {own: option for option in command.options for own in _both(option.name)}
    option = known.get(name.casefold())
    if option is None:
        raise UserError(
            f"Die Option „{name}“ kennt /{command.path.en} nicht.{_meant(name.casefold(), known)}{_possible(command)}"
        )
    if not colon or not value:
        raise UserError(f"Die Option „{name}“ braucht einen Wert: {name}:…")
    return option.name.en, _value(option, value)


def _value(option: Option, value: str) -> str:
    """The value, also where its German name was typed."""
    for choice in option.choices:
        if value.casefold() in {choice.value, choice.name.de.casefold()}:
            return choice.value
    if option.choices:
        possible = ", ".join(choice.value for choice in option.choices)
        meant = _meant(value.casefold(), [name for c in option.choices for name in (c.value, c.name.de)])
        raise UserError(f"„{value}“ ist kein Wert für „{option.name.en}“.{meant} Möglich sind: {possible}.")
    return value


def _both(name: Words) -> tuple[str, str]:
    return name.en, name.de


def _groups() -> set[str]:
    return {name for command in CATALOGUE if command.group for name in _both(command.group)}


def _possible(command: Command) -> str:
    if not command.options:
        return " Der Befehl hat keine Optionen."
    return f" Möglich sind: {', '.join(option.name.en for option in command.options)}."


def _meant(typed: str, known: Iterable[str], mark: str = "") -> str:
    close = get_close_matches(typed, list(known), n=1, cutoff=0.5)
    return f" Meinten Sie {mark}{close[0]}?" if close else ""
