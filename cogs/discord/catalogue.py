"""The catalogue of all surfaces -> the commands that Discord offers, as its JSON. Pure.

Discord shows the German words to those who use it in German, the English ones to all others.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cogs.commands import GROUPS, Command, Kind, Option, Words
from cogs.discord.rights import MANAGE_CHANNELS, MEDIA, POSTABLE

Json = dict[str, Any]
SLASH, MESSAGE = 1, 3  # kinds of commands
SUBCOMMAND, STRING, INTEGER, CHANNEL, ROLE, ATTACHMENT = 1, 3, 4, 7, 8, 11  # kinds of options
SERVERS, PEOPLE = 0, 1  # who can install the bot
SERVER, PRIVATE, ELSEWHERE = 0, 1, 2  # where a command is used: in a server, with the bot alone, between people

SUGGESTED = frozenset(
    {"topic", "topics", "name", "timezone", "holidays", "source"}
)  # options that are completed while typing
CHANNELS = frozenset({"channel"})
ROLES = frozenset({"role"})
POSTED_TO = sorted(POSTABLE - {MEDIA})  # whose kind Discord's own document doesn't name
# What only the console asks: whose the sources are (here the server's, or a person's), where an export goes; about
# whom, and whether it is meant (here it is whoever asks, and there is a button).
ONLY_THERE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("sources list", "sources add", "sources remove", "sources import"), frozenset({"channel"})),
    "sources export": frozenset({"channel", "file"}),
    "privacy show": frozenset({"person"}),
    "privacy export": frozenset({"person"}),
    "privacy delete": frozenset({"person", "confirm"}),
}
NUMBERS: Mapping[str, tuple[int, int]] = {"stories": (1, 20), "cap": (1, 10)}
MANAGED: Mapping[str, int] = {"digest": MANAGE_CHANNELS}  # commands of servers only, and the right they take
SUMMARISE = Words("Zusammenfassen", "Summarise")  # of a message, in its menu
MESSAGES = (SUMMARISE,)

# What makes two commands the same; Discord adds ids and more.
_TOLD = frozenset(
    "type name name_localizations description description_localizations options choices value required autocomplete"
    " channel_types min_value max_value default_member_permissions integration_types contexts".split()
)


def offered(catalogue: Iterable[Command], messages: Iterable[Words] = MESSAGES) -> list[Json]:
    """All commands, a group being one with subcommands, and those of a message's menu."""
    made: dict[str, Json] = {}
    for command in catalogue:
        if command.group is None:
            made[command.name.en] = _named(command.name, command.help) | _options(command) | _where(command.name.en)
        else:
            group = made.setdefault(command.group.en, _group(command.group))
            group["options"].append({"type": SUBCOMMAND} | _named(command.name, command.help) | _options(command))
    return [*({"type": SLASH} | one for one in made.values()), *map(_of_messages, messages)]


def same(there: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord has these commands already; what it adds by itself doesn't count, nor does their order."""
    return _sorted(there) == _sorted(wanted)


def ids(there: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The id of each command that is typed, by its English name."""
    return {str(one["name"]): str(one["id"]) for one in there if one.get("type", SLASH) == SLASH}


def _group(name: Words) -> Json:
    told = GROUPS.get(name, Words(name.de.capitalize(), name.en.capitalize()))
    return _named(name, told) | {"options": []} | _where(name.en)


def _of_messages(name: Words) -> Json:
    return {"type": MESSAGE, "name": name.en, "name_localizations": {"de": name.de}} | _where(name.en)


def _named(name: Words, told: Words) -> Json:
    return {
        "name": name.en,
        "name_localizations": {"de": name.de},
        "description": told.en,
        "description_localizations": {"de": told.de},
    }


def _where(name: str) -> Json:
    if name in MANAGED:
        return {"default_member_permissions": MANAGED[name], "integration_types": [SERVERS], "contexts": [SERVER]}
    return {"integration_types": [SERVERS, PEOPLE], "contexts": [SERVER, PRIVATE, ELSEWHERE]}


def _options(command: Command) -> Json:
    shown = [option for option in command.options if option.name.en not in ONLY_THERE.get(command.path.en, ())]
    ordered = sorted(shown, key=lambda option: not option.required)  # Discord takes required ones first only
    return {"options": [_option(option) for option in ordered]} if ordered else {}


def _option(option: Option) -> Json:
    told = _named(option.name, option.help) | ({"required": True} if option.required else {})
    name = option.name.en
    if option.choices:
        return told | {"type": STRING, "choices": [_choice(one.value, one.name) for one in option.choices]}
    if option.kind is Kind.FILE:
        return told | {"type": ATTACHMENT}
    if name in CHANNELS:
        return told | {"type": CHANNEL, "channel_types": POSTED_TO}
    if name in ROLES:
        return told | {"type": ROLE}
    if name in NUMBERS:
        least, most = NUMBERS[name]
        return told | {"type": INTEGER, "min_value": least, "max_value": most}
    return told | {"type": STRING} | ({"autocomplete": True} if name in SUGGESTED else {})


def _choice(value: str, name: Words) -> Json:
    return {"name": name.en, "name_localizations": {"de": name.de}, "value": value}


def _sorted(commands: Iterable[Mapping[str, Any]]) -> list[Any]:
    told = [_told({"type": SLASH} | dict(one)) for one in commands]
    return sorted(told, key=lambda one: (one["type"], one["name"]))


def _told(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """What was said, without what is left out as well as said: false, nothing, an empty text."""
    if isinstance(value, dict):
        kept = {key: _told(inner) for key, inner in value.items() if key in _TOLD or key == "de"}
        return {key: inner for key, inner in kept.items() if inner}
    if isinstance(value, list):
        return [_told(inner) for inner in value] if any(isinstance(one, dict) for one in value) else sorted(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
