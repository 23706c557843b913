"""A typed line -> a command of the catalogue with its options; everything that is wrong is said in German."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import UserError
from cogs.commands import CATALOGUE, Command, Option


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and what it was told."""

    command: Command
    options: Mapping[str, str]


def read(line: str) -> Typed:
    """Understand `/summary topic:ki length:short`; quotes go around blanks, the slash may be missing.

    Raises `UserError` for an unknown command, option or value.
    """
    words = _words(line.removeprefix("/"))
    command = _command(words)
    rest = words[len(command.path.split()) :]
    return Typed(command, dict(_option(command, word) for word in rest))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UserError("Ein Anführungszeichen ist nicht geschlossen.") from error


def _command(words: list[str]) -> Command:
    for command in CATALOGUE:
        if words[: len(command.path.split())] == command.path.split():
            return command
    typed = " ".join(words[:2]) if words and words[0] in {c.group for c in CATALOGUE} else " ".join(words[:1])
    meant = _meant(typed, (command.path for command in CATALOGUE), "/")
    raise UserError(f"Den Befehl /{typed} gibt es nicht.{meant} Alle Befehle: /help")


def _option(command: Command, word: str) -> tuple[str, str]:
    name, colon, value = word.partition(":")
    known = {option.name: option for option in command.options}
    if name not in known:
        meant = _meant(name, known)
        raise UserError(f"Die Option „{name}“ kennt /{command.path} nicht.{meant}{_possible(command)}")
    if not colon or not value:
        raise UserError(f"Die Option „{name}“ braucht einen Wert: {name}:…")
    return name, _value(known[name], value)


def _value(option: Option, value: str) -> str:
    """The value, also where its German name was typed."""
    for choice in option.choices:
        if value.casefold() in {choice.value, choice.name.de.casefold()}:
            return choice.value
    if option.choices:
        possible = ", ".join(choice.value for choice in option.choices)
        raise UserError(f"„{value}“ ist kein Wert für „{option.name}“. Möglich sind: {possible}.")
    return value


def _possible(command: Command) -> str:
    if not command.options:
        return " Der Befehl hat keine Optionen."
    return f" Möglich sind: {', '.join(option.name for option in command.options)}."


def _meant(typed: str, known: Iterable[str], mark: str = "") -> str:
    close = get_close_matches(typed, list(known), n=1, cutoff=0.5)
    return f" Meinten Sie {mark}{close[0]}?" if close else ""
