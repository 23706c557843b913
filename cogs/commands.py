"""The catalogue: every command, its options, and its help in German and English; one list for all surfaces.

Names and texts stay within Discord's limits: names 32 characters in lower case, descriptions 100.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    de: str
    en: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value an option can have, and what it is called."""

    value: str
    name: Words


@dataclass(frozen=True, slots=True)
class Option:
    """Something a command can be told. `choices`: all values there are; none means free text."""

    name: str
    help: Words
    choices: tuple[Choice, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or with `group` a subcommand: /topics list."""

    name: str
    help: Words
    options: tuple[Option, ...] = ()
    group: str = ""

    @property
    def path(self) -> str:
        """What is typed: „topics list“."""
        return f"{self.group} {self.name}".strip()


PERIODS = (
    Choice("today", Words("heute", "today")),
    Choice("yesterday", Words("gestern", "yesterday")),
    Choice("week", Words("sieben Tage", "seven days")),
)
LENGTHS = (
    Choice("short", Words("kurz", "short")),
    Choice("medium", Words("mittel", "medium")),
    Choice("long", Words("lang", "long")),
)

SUMMARY = Command(
    "summary",
    Words("Fasst die Nachrichten zusammen, oder einen Artikel", "Condenses the news, or one article"),
    (
        Option("topic", Words("Nur dieses Thema", "Only this topic")),
        Option("link", Words("Stattdessen dieser Artikel", "This article instead")),
        Option("period", Words("Welcher Zeitraum", "Which period"), PERIODS),
        Option("length", Words("Wie ausführlich", "How much of it"), LENGTHS),
    ),
)
TOPICS_LIST = Command(
    "list",
    Words("Nennt die Themen und ihre Meldungen dieser Woche", "Lists the topics and their stories this week"),
    group="topics",
)
STATUS = Command("status", Words("Sagt, wie es Feeds und Sprachmodell geht", "Tells how feeds and model are doing"))
HELP = Command("help", Words("Zeigt alle Befehle", "Shows all commands"))

CATALOGUE = (SUMMARY, TOPICS_LIST, STATUS, HELP)
