"""The catalogue: every command, its options, its names and help in German and English; one list for all surfaces.

English names are the contract; German ones are offered beside them. Names and texts stay within Discord's limits:
names 32 characters in lower case without blanks, descriptions and choices 100.
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

    name: Words
    help: Words
    choices: tuple[Choice, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or with `group` a subcommand: /topics list."""

    name: Words
    help: Words
    options: tuple[Option, ...] = ()
    group: Words | None = None

    @property
    def path(self) -> Words:
        """What is typed: „topics list“, or in German „themen liste“."""
        if self.group is None:
            return self.name
        return Words(f"{self.group.de} {self.name.de}", f"{self.group.en} {self.name.en}")


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
TOPICS = Words("themen", "topics")

SUMMARY = Command(
    Words("zusammenfassung", "summary"),
    Words("Fasst die Nachrichten zusammen, oder einen Artikel", "Condenses the news, or one article"),
    (
        Option(Words("thema", "topic"), Words("Nur dieses Thema", "Only this topic")),
        Option(Words("link", "link"), Words("Stattdessen dieser Artikel", "This article instead")),
        Option(Words("zeitraum", "period"), Words("Welcher Zeitraum", "Which period"), PERIODS),
        Option(Words("länge", "length"), Words("Wie ausführlich", "How much of it"), LENGTHS),
    ),
)
TOPICS_LIST = Command(
    Words("liste", "list"),
    Words("Nennt die Themen und ihre Meldungen dieser Woche", "Lists the topics and their stories this week"),
    group=TOPICS,
)
STATUS = Command(
    Words("status", "status"),
    Words("Sagt, wie es Feeds und Sprachmodell geht", "Tells how feeds and model are doing"),
)
HELP = Command(Words("hilfe", "help"), Words("Zeigt alle Befehle", "Shows all commands"))

CATALOGUE = (SUMMARY, TOPICS_LIST, STATUS, HELP)
