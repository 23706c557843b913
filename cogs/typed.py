"""A typed line -> a command of the catalogue with its options; everything that is wrong is said in German.

Names are told in the language in which they were typed.
"""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import UserError
from bot.german.spelling import named, plain
from cogs.commands import CATALOGUE, HELP, Choice, Command, Option, Words

FREE = tuple((command, option) for command in CATALOGUE for option in command.options if option.rest)
QUOTES = str.maketrans("„“”", '"""')  # of German word processors and phones
GROUPS = {name for command in CATALOGUE if command.group for name in (command.group.de, command.group.en)}
ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?", re.IGNORECASE)
TAKES_ADDRESSES = ("link", "url", "channel")  # the options that a bare address can be meant for; the first there is

# What people type as well, by the English name of the option. Where a command has an option of that name, it is that.
ALSO: Mapping[str, Words] = {
    "topic": Words("themen", "topics"),
    "topics": Words("thema", "topic"),
    "link": Words("adresse artikel", "url address article"),
    "period": Words("zeit tag tage wann", "time day days when"),
    "length": Words("umfang", "size"),
    "time": Words("zeit um wann", "at hour"),
    "timezone": Words("zone", "tz"),
    "weekdays": Words("tage tag wochentag", "days day weekday"),
    "stories": Words("anzahl meldung", "count story"),
    "importance": Words("wichtig", "important"),
    "holidays": Words("feiertag frei", "holiday"),
    "empty": Words("ruhig", "quiet"),
    "channel": Words("ort", "place"),
    "command": Words("kommando", "cmd"),
}
ALSO_VALUES: Mapping[str, str] = {"woche": "week", "7tage": "week", "tag": "today", "day": "today"}

RAW = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")  # a word with its quotes


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and what it was told, by the English names of its options; and whether it was typed in German."""

    command: Command
    options: Mapping[str, str]
    german: bool = False


def read(line: str) -> Typed:
    """Understand `/summary topic:ki length:short`, or `/zusammenfassung thema:ki länge:kurz`.

    Quotes go around blanks; the slash may be missing, and so may `link:` before an address. Raises `UserError` for an
    unknown command, option or value.
    """
    line = line.removeprefix("/")
    for free, option in FREE:
        if line.split()[:1] and line.split()[0].casefold() in _both(free.path):
            return Typed(free, _rest(option, line), line.split()[0].casefold() != free.path.en)
    words = _words(line)
    command, rest, german = find(words)
    german = _is_german(command, rest, german)
    if command is HELP and rest:  # what it is asked about has blanks
        about = " ".join(rest) if _begins_option(HELP, rest[0]) else f"{HELP.options[0].name.en}:{' '.join(rest)}"
        return Typed(command, dict([_option(command, about, about, german)]), german)
    raw = RAW.findall(line.translate(QUOTES))
    quoted = raw[len(words) - len(rest) :] if len(raw) == len(words) else rest
    return Typed(command, dict(_option(command, *both, german) for both in zip(rest, quoted, strict=True)), german)


def find(words: Sequence[str]) -> tuple[Command, list[str], bool]:
    """The command these words begin with, those after it, and whether its name was German. Raises `UserError`."""
    for command in CATALOGUE:
        for path in (command.path.en, command.path.de):
            length = len(path.split())
            if " ".join(words[:length]).casefold() == path:
                return command, list(words[length:]), path != command.path.en
    if len(words) == 1 and (within := [one.path.en for one in CATALOGUE if one.group and words[0] in _both(one.group)]):
        raise UserError(
            f"/{words[0]} gibt es mit einem Zusatz. Möglich sind: {', '.join(f'/{path}' for path in within)}."
        )
    typed = " ".join(words[: 2 if words[:1] and words[0].casefold() in GROUPS else 1])
    meant = _meant(typed, (path for command in CATALOGUE for path in _both(command.path)), "/")
    raise UserError(f"Den Befehl /{typed} gibt es nicht.{meant} Alle Befehle: /help")


def told(name: Words, german: bool) -> str:
    """What something is called in that language."""
    return name.de if german else name.en


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


def _is_german(command: Command, words: Iterable[str], path: bool) -> bool:
    """In which language a line is typed: most of its options tell, else the name of the command."""
    german = [name for option in command.options for name in _names(option, german=True)]
    english = {name for option in command.options for name in _names(option, german=False)}
    typed = [plain(word.partition(":")[0]) for word in words]
    votes = sum((name in german) - (name in english) for name in typed)
    return votes > 0 if votes else path


def _option(command: Command, word: str, raw: str, german: bool) -> tuple[str, str]:
    """An option by its English name, with its value; `raw` is the word with its quotes, which may mean something."""
    address = ADDRESS.fullmatch(word)
    if address and (option := _for_address(command)):
        return option.name.en, address[1]
    name, colon, value = word.partition(":")
    option = _known(command).get(plain(name))
    if option is None:
        raise UserError(
            f"Die Option {named(name)} kennt /{told(command.path, german)} nicht."
            f"{_meant(name.casefold(), _offered(command, german))}{_possible(command, german)}"
        )
    if not colon or not value:
        raise UserError(f"Die Option „{name}“ braucht einen Wert: {name}:…")
    if option.quoted:
        return option.name.en, raw.partition(":")[2]
    bare = ADDRESS.fullmatch(value)
    return option.name.en, bare[1] if bare else _value(option, value, name, _spoken(option, name, german))


def _value(option: Option, value: str, name: str, german: bool) -> str:
    """The value, by whichever of its names it was typed."""
    values = {plain(own): choice.value for choice in option.choices for own in _choice(choice)}
    wanted = ALSO_VALUES.get(plain(value), plain(value))
    if not option.choices or wanted in values:
        return values.get(wanted, value)
    meant = get_close_matches(value.casefold(), [own for choice in option.choices for own in _choice(choice)], 1, 0.5)
    if meant:  # whoever nearly typed a German value wants German ones
        german = meant[0] in {choice.name.de for choice in option.choices}
    possible = ", ".join(choice.name.de if german else choice.value for choice in option.choices)
    hint = f" Meinten Sie {meant[0]}?" if meant else ""
    raise UserError(f"{named(value)} ist kein Wert für „{name}“.{hint} Möglich sind: {possible}.")


def _for_address(command: Command) -> Option | None:
    return next((one for name in TAKES_ADDRESSES for one in command.options if one.name.en == name), None)


def _known(command: Command) -> dict[str, Option]:
    """The options by all their names; what is a name of one is no other name of another."""
    also = {name: one for one in command.options for german in (True, False) for name in _also(one, german=german)}
    return also | {plain(own): option for option in command.options for own in _both(option.name)}


def _begins_option(command: Command, word: str) -> bool:
    return ":" in word and plain(word.partition(":")[0]) in _known(command)


def _spoken(option: Option, name: str, german: bool) -> bool:
    """Whether an option was typed in German; one that tells nothing goes with the others."""
    is_german, is_english = (plain(name) in _names(option, german=one) for one in (True, False))
    return german if is_german == is_english else is_german


def _names(option: Option, *, german: bool) -> set[str]:
    return {plain(told(option.name, german)), *_also(option, german=german)}


def _also(option: Option, *, german: bool) -> set[str]:
    return set(told(ALSO.get(option.name.en, Words("", "")), german).split())


def _choice(choice: Choice) -> tuple[str, str, str]:
    return choice.value, choice.name.de, choice.name.en


def _both(name: Words) -> tuple[str, str]:
    return name.en, name.de


def _offered(command: Command, german: bool) -> list[str]:
    """The names in the language of the line first, so that of equally close ones it is that which is meant."""
    mine, others = ([told(option.name, one) for option in command.options] for one in (german, not german))
    return [*mine, *others]


def _possible(command: Command, german: bool) -> str:
    if not command.options:
        return " Der Befehl hat keine Optionen."
    return f" Möglich sind: {', '.join(told(option.name, german) for option in command.options)}."


def _meant(typed: str, known: Iterable[str], mark: str = "") -> str:
    close = get_close_matches(typed, list(known), n=1, cutoff=0.5)
    return f" Meinten Sie {mark}{close[0]}?" if close else ""
