"""The catalogue: every command, its options, its names and help in German and English; one list for all surfaces.

English names are the contract; German ones are offered beside them. Names and texts stay within Discord's limits:
names 32 characters in lower case without blanks, descriptions and choices 100.
"""

from dataclasses import dataclass
from enum import StrEnum


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


class Kind(StrEnum):
    """What an option holds: a text, or a file (on the console its path)."""

    TEXT = "text"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Option:
    """Something a command can be told. `choices`: all values there are; none means free text.

    `example`: a value for it in the example of its command, where it belongs there.
    `rest`: where a command is typed, all that follows its name is this option's value.
    """

    name: Words
    help: Words
    choices: tuple[Choice, ...] = ()
    required: bool = False
    example: str = ""
    kind: Kind = Kind.TEXT
    quoted: bool = False  # quotes within its value mean something
    rest: bool = False


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
        Option(Words("thema", "topic"), Words("Nur dieses Thema", "Only this topic"), example="ki"),
        Option(Words("link", "link"), Words("Stattdessen dieser Artikel", "This article instead")),
        Option(Words("zeitraum", "period"), Words("Welcher Zeitraum", "Which period"), PERIODS),
        Option(Words("länge", "length"), Words("Wie ausführlich", "How much of it"), LENGTHS, example="short"),
    ),
)
ASK = Command(
    Words("frage", "ask"),
    Words("Beantwortet eine Frage aus den gelesenen Artikeln", "Answers a question from the articles that were read"),
    (
        Option(
            Words("frage", "question"),
            Words("Was Sie wissen möchten", "What you would like to know"),
            required=True,
            rest=True,
        ),
    ),
)
TOPICS_LIST = Command(
    Words("liste", "list"),
    Words("Nennt die Themen und ihre Meldungen dieser Woche", "Lists the topics and their stories this week"),
    group=TOPICS,
)
OWN_TOPIC = Option(
    Words("thema", "topic"),
    Words(
        "Ein Thema oder eigenes Wort: ki, „Quantencomputer“, -gaming", "A topic or a word of one's own; - leaves out"
    ),
    required=True,
    quoted=True,
)
YES = (Choice("yes", Words("ja", "yes")), Choice("no", Words("nein", "no")))
DIGEST = Words("digest", "digest")
NAME = Option(
    Words("name", "name"), Words("Welcher Digest, wenn es mehrere gibt", "Which digest, if there are several")
)
CHANNEL = Option(
    Words("kanal", "channel"),
    Words("Der Kanal; sonst dieser", "The channel; this one by default"),
    example="discord:SERVER/KANAL",
)
TIME = Option(
    Words("uhrzeit", "time"), Words("Wann er kommt, etwa 07:00", "When it comes, such as 07:00"), example="07:00"
)
ZONE = Option(Words("zeitzone", "timezone"), Words("Etwa Europe/Berlin oder Wien", "Such as Europe/Berlin"))

TOPICS_SUBSCRIBE = Command(
    Words("abonnieren", "subscribe"),
    Words("Abonniert ein Thema oder ein eigenes Wort", "Subscribes to a topic or a word of one's own"),
    (OWN_TOPIC, TIME, ZONE, CHANNEL),
    group=TOPICS,
)
TOPICS_UNSUBSCRIBE = Command(
    Words("abbestellen", "unsubscribe"),
    Words("Bestellt ein Thema oder ein eigenes Wort ab", "Unsubscribes from a topic or a word of one's own"),
    (OWN_TOPIC, CHANNEL),
    group=TOPICS,
)
TOPICS_MINE = Command(
    Words("meine", "mine"),
    Words("Zeigt, was abonniert ist und wann es kommt", "Shows what is subscribed to, and when it comes"),
    (CHANNEL,),
    group=TOPICS,
)
DIGEST_SETUP = Command(
    Words("einrichten", "setup"),
    Words("Richtet einen regelmäßigen Digest ein oder ändert ihn", "Sets up a regular digest, or changes it"),
    (
        NAME,
        CHANNEL,
        TIME,
        ZONE,
        Option(
            Words("wochentage", "weekdays"),
            Words("Etwa mo-fr oder wöchentlich", "Such as mon-fr, or weekly"),
            example="mo-fr",
        ),
        Option(
            Words("themen", "topics"),
            Words("Themen und eigene Wörter mit Komma: ki, „Quantencomputer“, -gaming", "Topics, separated by commas"),
            example="ki,sicherheit",
            quoted=True,
        ),
        Option(Words("länge", "length"), Words("Wie ausführlich", "How much of it"), LENGTHS),
        Option(Words("meldungen", "stories"), Words("Wie viele Meldungen höchstens", "How many stories at most")),
        Option(
            Words("wichtigkeit", "importance"),
            Words("Wie wichtig eine Meldung sein muss", "How much a story must matter"),
            (
                Choice("low", Words("niedrig", "low")),
                Choice("normal", Words("normal", "normal")),
                Choice("high", Words("hoch", "high")),
            ),
        ),
        Option(
            Words("feiertage", "holidays"), Words("Wo Feiertage ausfallen: Bayern, Wien …", "Whose holidays to skip")
        ),
        Option(
            Words("leer", "empty"),
            Words("Was an Tagen ohne Wichtiges geschieht", "What to do on days without news"),
            (Choice("post", Words("melden", "post")), Choice("skip", Words("auslassen", "skip"))),
        ),
        Option(Words("öffentlich", "public"), Words("Ob er ins Webarchiv darf", "Whether the web may show it"), YES),
        Option(
            Words("stimmen", "votes"),
            Words("Ob „mehr davon“ und „weniger davon“ vergessen werden", "Whether to forget what readers voted"),
            (Choice("reset", Words("zurücksetzen", "reset")),),
        ),
    ),
    group=DIGEST,
)
DIGEST_SHOW = Command(
    Words("zeigen", "show"),
    Words("Zeigt die eingerichteten Digests", "Shows the digests that are set up"),
    (CHANNEL,),
    group=DIGEST,
)
DIGEST_NOW = Command(
    Words("jetzt", "now"),
    Words("Zeigt, wie der Digest jetzt aussähe", "Shows what the digest would be now"),
    (NAME, CHANNEL),
    group=DIGEST,
)
DIGEST_PAUSE = Command(
    Words("pausieren", "pause"), Words("Pausiert einen Digest", "Pauses a digest"), (NAME, CHANNEL), group=DIGEST
)
DIGEST_RESUME = Command(
    Words("fortsetzen", "resume"),
    Words("Setzt einen pausierten Digest fort", "Resumes a digest"),
    (NAME, CHANNEL),
    group=DIGEST,
)
DIGEST_REMOVE = Command(
    Words("entfernen", "remove"), Words("Entfernt einen Digest", "Removes a digest"), (NAME, CHANNEL), group=DIGEST
)
SOURCES = Words("quellen", "sources")
SPACE = Option(
    Words("kanal", "channel"),
    Words("Wessen Quellen: ein Kanal des Servers; sonst dieser", "Whose: a channel of the server; this one by default"),
)
SOURCES_LIST = Command(
    Words("liste", "list"),
    Words("Nennt die Quellen und wie es ihnen geht", "Lists the sources and how they are doing"),
    (SPACE,),
    group=SOURCES,
)
SOURCES_ADD = Command(
    Words("hinzufügen", "add"),
    Words("Fügt einen Feed hinzu, den nur dieser Server sieht", "Adds a feed that this server alone sees"),
    (
        Option(
            Words("adresse", "address"), Words("Der Feed oder seine Website", "The feed, or its site"), required=True
        ),
        Option(Words("name", "name"), Words("Wie die Quelle hier heißt", "What it is called here")),
        Option(Words("themen", "topics"), Words("Wovon sie handelt, durch Komma getrennt", "What it is about")),
        Option(
            Words("sprache", "language"),
            Words("Worin sie geschrieben ist", "What it is written in"),
            (Choice("de", Words("deutsch", "german")), Choice("en", Words("englisch", "english"))),
        ),
        SPACE,
    ),
    group=SOURCES,
)
SOURCES_REMOVE = Command(
    Words("entfernen", "remove"),
    Words("Entfernt eine Quelle auf diesem Server", "Removes a source on this server"),
    (
        Option(
            Words("quelle", "source"), Words("Ihr Name oder ihre Adresse", "Its name or its address"), required=True
        ),
        SPACE,
    ),
    group=SOURCES,
)
SOURCES_IMPORT = Command(
    Words("importieren", "import"),
    Words("Übernimmt die Feeds einer OPML-Datei", "Takes in the feeds of an OPML file"),
    (Option(Words("datei", "file"), Words("Die OPML-Datei", "The OPML file"), required=True, kind=Kind.FILE), SPACE),
    group=SOURCES,
)
SOURCES_EXPORT = Command(
    Words("exportieren", "export"),
    Words("Gibt die Quellen als OPML aus", "Gives the sources as OPML"),
    (Option(Words("datei", "file"), Words("Auf der Konsole: wohin", "On the console: where to")), SPACE),
    group=SOURCES,
)
ALERTS = Words("eilmeldungen", "alerts")
ALERTED = Option(
    Words("kanal", "channel"),
    Words(
        "Ein Kanal, den Sie verwalten; sonst als Direktnachricht", "A channel you manage; by direct message otherwise"
    ),
)
ALERTS_SET = Command(
    Words("einrichten", "set"),
    Words("Richtet Eilmeldungen ein oder ändert sie", "Sets up alerts, or changes them"),
    (
        Option(
            Words("themen", "topics"),
            Words("Themen und eigene Wörter mit Komma: ki, „Quantencomputer“", "Topics, separated by commas"),
            example="„Quantencomputer“",
            quoted=True,
        ),
        Option(
            Words("kritisch", "critical"),
            Words("Ob alles Kritische kommt: ausgenutzte Lücken, Ausfälle", "Whether all that is critical comes"),
            YES,
        ),
        Option(Words("höchstens", "cap"), Words("Wie viele am Tag höchstens", "How many a day at most")),
        Option(
            Words("ruhe", "quiet"),
            Words("Wann nichts kommt, etwa 22-7 oder keine", "When nothing comes, such as 22-7, or none"),
            example="22-7",
        ),
        ZONE,
        Option(
            Words("rolle", "role"),
            Words("Welche Rolle benachrichtigt wird; sonst niemand", "The role that is notified; nobody by default"),
        ),
        ALERTED,
    ),
    group=ALERTS,
)
ALERTS_SHOW = Command(
    Words("zeigen", "show"),
    Words("Zeigt die Eilmeldungen und was daraus wurde", "Shows the alerts, and what became of them"),
    (ALERTED,),
    group=ALERTS,
)
ALERTS_REMOVE = Command(
    Words("entfernen", "remove"), Words("Entfernt die Eilmeldungen", "Removes the alerts"), (ALERTED,), group=ALERTS
)
STATUS = Command(
    Words("status", "status"),
    Words("Sagt, wie es Feeds, Sprachmodell und Digests geht", "Tells how feeds, model and digests are doing"),
)
PRIVACY = Words("datenschutz", "privacy")
WHOSE = Option(
    Words("person", "person"),
    Words("Über wen, etwa dm:discord:PERSON", "About whom, such as dm:discord:PERSON"),
    required=True,
    example="dm:discord:PERSON",
)
PRIVACY_SHOW = Command(
    Words("zeigen", "show"),
    Words("Zeigt, was über Sie gespeichert ist", "Shows what is stored about you"),
    (WHOSE,),
    group=PRIVACY,
)
PRIVACY_EXPORT = Command(
    Words("exportieren", "export"),
    Words("Gibt alles über Sie als JSON aus", "Gives all about you as JSON"),
    (WHOSE,),
    group=PRIVACY,
)
PRIVACY_DELETE = Command(
    Words("löschen", "delete"),
    Words("Löscht alles, was über Sie gespeichert ist", "Deletes all that is stored about you"),
    (
        WHOSE,
        Option(
            Words("bestätigen", "confirm"),
            Words("Ob es wirklich gelöscht werden soll", "Whether it really shall be deleted"),
            YES,
            example="yes",
        ),
    ),
    group=PRIVACY,
)
HELP = Command(
    Words("hilfe", "help"),
    Words("Zeigt alle Befehle, oder einen genau", "Shows all commands, or one in detail"),
    (Option(Words("befehl", "command"), Words("Nur dieser Befehl", "Only this command"), example="digest setup"),),
)

# What a group is for, where it stands on one line.
GROUPS = {
    DIGEST: Words("Richtet regelmäßige Digests ein", "Sets up regular digests"),
    TOPICS: Words("Die Themen der Nachrichten", "The topics of the news"),
    SOURCES: Words("Die Quellen, auch eigene", "The sources, and those of one's own"),
    ALERTS: Words("Was sofort gemeldet wird", "What is told at once"),
    PRIVACY: Words("Was über Sie gespeichert ist", "What is stored about you"),
}

CATALOGUE = (
    SUMMARY,
    ASK,
    TOPICS_LIST,
    TOPICS_SUBSCRIBE,
    TOPICS_UNSUBSCRIBE,
    TOPICS_MINE,
    DIGEST_SETUP,
    DIGEST_SHOW,
    DIGEST_NOW,
    DIGEST_PAUSE,
    DIGEST_RESUME,
    DIGEST_REMOVE,
    SOURCES_LIST,
    SOURCES_ADD,
    SOURCES_REMOVE,
    SOURCES_IMPORT,
    SOURCES_EXPORT,
    PRIVACY_SHOW,
    PRIVACY_EXPORT,
    PRIVACY_DELETE,
    ALERTS_SET,
    ALERTS_SHOW,
    ALERTS_REMOVE,
    STATUS,
    HELP,
)
