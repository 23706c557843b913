"""What is typed after a slash command -> a command of the catalogue with its options. Pure.

Beside `name:value`, as on the console, words alone will do where it is clear what they are: „/summary KI woche kurz“.
"""

import re
from collections.abc import Mapping, Sequence

from cogs import typed
from cogs.commands import (
    ALERTS_SET,
    ASK,
    CATALOGUE,
    DIGEST_NOW,
    DIGEST_PAUSE,
    DIGEST_REMOVE,
    DIGEST_RESUME,
    DIGEST_SETUP,
    HELP,
    SOURCES_ADD,
    SOURCES_IMPORT,
    SOURCES_REMOVE,
    SUMMARY,
    TOPICS_SUBSCRIBE,
    TOPICS_UNSUBSCRIBE,
    Command,
    Option,
)
from cogs.typed import Typed

ALL = "depesche"  # a command of Slack's under which every command of the catalogue is found
# What words are that are nothing else, by the English name of the option.
FREE: Mapping[Command, str] = {
    SUMMARY: "topic",
    TOPICS_SUBSCRIBE: "topic",
    TOPICS_UNSUBSCRIBE: "topic",
    SOURCES_ADD: "address",
    SOURCES_IMPORT: "file",
    SOURCES_REMOVE: "source",
    DIGEST_SETUP: "topics",
    DIGEST_NOW: "name",
    DIGEST_PAUSE: "name",
    DIGEST_RESUME: "name",
    DIGEST_REMOVE: "name",
    ALERTS_SET: "topics",
}
COMMA = frozenset(
    {TOPICS_SUBSCRIBE, TOPICS_UNSUBSCRIBE, DIGEST_SETUP, ALERTS_SET}
)  # several words are several entries there
# A group alone means this one.
USUAL = {"digest": "show", "topics": "list", "sources": "list", "alerts": "show", "privacy": "show"}
WORD = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")
CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}")
TIME = re.compile(r"\d{1,2}[:.]\d{2}")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read(name: str, told: str) -> Typed:
    """What „/name told“ asks for. Raises `UserError` for an unknown command, option or value."""
    told = " ".join(told.translate(typed.QUOTES).replace("'", "’").split())
    line = told if name == ALL else f"{name} {told}".strip()
    words = WORD.findall(line)
    if not words:
        return Typed(HELP, {})
    if len(words) == 1 and words[0].casefold() in USUAL:
        words.append(USUAL[words[0].casefold()])
    words, german = _in_english(words)
    command, rest, is_german = typed.find([word.casefold() for word in words])
    if command in {ASK, HELP}:
        return typed.read(line)
    named = _named(command, words[len(words) - len(rest) :])
    whole = {name: named.pop(name) for name in list(named) if command in COMMA and name == FREE[command]}
    found = typed.read(" ".join([command.path.en, *(f"{name}:{value}" for name, value in named.items())]))
    return Typed(found.command, {**found.options, **whole}, german or is_german or found.german)


def _in_english(words: list[str]) -> tuple[list[str], bool]:
    """The words with the English name of a subcommand that was typed in German, and whether one was."""
    for one in CATALOGUE:
        typed_ = [word.casefold() for word in words[:2]]
        if one.group and len(typed_) > 1 and typed_[0] in {one.group.en, one.group.de} and typed_[1] == one.name.de:
            return [*one.path.en.split(), *words[2:]], one.name.de != one.name.en
    return words, False


def _named(command: Command, words: Sequence[str]) -> dict[str, str]:
    """The words as options; those that are nothing else make up the option that is meant for them."""
    told = [(word, _meant(command, word)) for word in words]
    named = dict(meant for _, meant in told if meant)
    free = [word for word, meant in told if not meant]
    target = FREE.get(command)
    target = "name" if target in named and _has(command, "name") else target
    if free and target and target not in named:
        named[target] = _together(command, free)
    elif free:
        named[free[0]] = ""  # which is refused with what there is
    return named


def _meant(command: Command, word: str) -> tuple[str, str] | None:
    """The option that this word alone is, and its value."""
    name, colon, value = word.partition(":")
    if ADDRESS.fullmatch(word) and (option := _for_address(command)):
        return option.name.en, word
    for form, meant in ((CHANNEL, "channel"), (TIME, "time")):
        if form.fullmatch(word) and _has(command, meant):
            return meant, word
    return (name, value) if colon and value and name[:1].isalpha() else _of_choice(command, word)


def _together(command: Command, words: Sequence[str]) -> str:
    if command in COMMA:
        return (" " if "," in "".join(words) else ",").join(words)
    bare = " ".join(words).strip('"')
    return f'"{bare}"'


def _of_choice(command: Command, word: str) -> tuple[str, str] | None:
    """The option that has this word as a value, and that value; not where „ja“ could be of several."""
    wanted = typed.ALSO_VALUES.get(word.casefold(), word.casefold())
    found = [
        (option.name.en, choice.value)
        for option in command.options
        for choice in option.choices
        if wanted in {choice.value, choice.name.de, choice.name.en}
    ]
    return found[0] if len(found) == 1 else None


def _for_address(command: Command) -> Option | None:
    return next((one for one in command.options if one.name.en in {"link", "address", "file", "source"}), None)


def _has(command: Command, name: str) -> bool:
    return any(option.name.en == name for option in command.options)


def commands() -> list[str]:
    """The names under which Slack offers the catalogue: what has subcommands is one."""
    return list(dict.fromkeys(one.path.en.split()[0] for one in CATALOGUE))
