"""What is typed on the console, and what is said when it can't be understood."""

import pytest

from bot.errors import UserError
from cogs.commands import CATALOGUE, DIGEST_SETUP, HELP, STATUS, SUMMARY, TOPICS_LIST, Command
from cogs.typed import ALSO, read


@pytest.mark.parametrize(
    ("line", "command", "options"),
    [
        ("/summary", SUMMARY, {}),
        ("summary topic:ki", SUMMARY, {"topic": "ki"}),
        (
            "/summary topic:'künstliche Intelligenz' length:short",
            SUMMARY,
            {"topic": "künstliche Intelligenz", "length": "short"},
        ),
        ("/summary period:gestern length:LANG", SUMMARY, {"period": "yesterday", "length": "long"}),
        ("/summary link:https://blatt.example/a?b=c:d", SUMMARY, {"link": "https://blatt.example/a?b=c:d"}),
        ("/topics list", TOPICS_LIST, {}),
        ("/zusammenfassung thema:ki länge:kurz", SUMMARY, {"topic": "ki", "length": "short"}),
        ("/summary topic:„künstliche Intelligenz“", SUMMARY, {"topic": "künstliche Intelligenz"}),
        ("/summary period:'sieben Tage'", SUMMARY, {"period": "week"}),
        ("/Themen Liste", TOPICS_LIST, {}),
        ("/status", STATUS, {}),
        ("/help", HELP, {}),
        ("/summary https://blatt.example/a?b=c:d", SUMMARY, {"link": "https://blatt.example/a?b=c:d"}),
        (
            "/summary <https://blatt.example/a> length:kurz",
            SUMMARY,
            {"link": "https://blatt.example/a", "length": "short"},
        ),
        ("/summary themen:ki zeit:gestern", SUMMARY, {"topic": "ki", "period": "yesterday"}),
        ("/summary period:Woche laenge:LANG", SUMMARY, {"period": "week", "length": "long"}),
        ("/summary period:'seven days'", SUMMARY, {"period": "week"}),
        (
            "/digest einrichten https://discord.com/channels/1/2 zeit:8 tage:mo-fr wichtigkeit:hoch leer:auslassen",
            DIGEST_SETUP,
            {
                "channel": "https://discord.com/channels/1/2",
                "time": "8",
                "weekdays": "mo-fr",
                "importance": "high",
                "empty": "skip",
            },
        ),
        ("/digest setup öffentlich:ja public:nein", DIGEST_SETUP, {"public": "no"}),
        ("/help digest setup", HELP, {"command": "digest setup"}),
        ("/help /digest setup", HELP, {"command": "/digest setup"}),
        ("/hilfe befehl:digest einrichten", HELP, {"command": "digest einrichten"}),
    ],
)
def test_a_line_is_understood(line: str, command: Command, options: dict[str, str]) -> None:
    understood = read(line)

    assert understood.command == command
    assert understood.options == options


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/sumary", "Meinten Sie /summary?"),
        ("/xyzzy", "Alle Befehle: /help"),
        ("/topics", "Möglich sind: /topics list, /topics subscribe, /topics unsubscribe, /topics mine."),
        ("/topics lsit", "Meinten Sie /topics list?"),
        ("/", "Alle Befehle: /help"),
        ("/summary period:gesten", "Meinten Sie gestern?"),
        ("/summary thmea:ki", "Meinten Sie thema?"),
        ("/summary xyz:ki", "Möglich sind: topic, link, period, length."),
        ("/zusammenfassung xyz:ki", "kennt /zusammenfassung nicht. Möglich sind: thema, link, zeitraum, länge."),
        ("/summary thema:ki xyz:1", "Möglich sind: thema, link, zeitraum, länge."),
        ("/zusammenfassung topic:ki xyz:1", "Möglich sind: topic, link, period, length."),
        ("/summary länge:riesig", "„riesig“ ist kein Wert für „länge“. Möglich sind: kurz, mittel, lang."),
        ("/summary length:huge", "„huge“ ist kein Wert für „length“. Möglich sind: short, medium, long."),
        ("/summary length:kruz", "Meinten Sie kurz? Möglich sind: kurz, mittel, lang."),
        ("/zusammenfassung zeitraum:2019", "Möglich sind: heute, gestern, sieben Tage."),
        ("/digest setup öffentlich:vielleicht", "Möglich sind: ja, nein."),
        ("/digest setup public:maybe", "Möglich sind: yes, no."),
        ("/summary lenght:short", "Meinten Sie length?"),
        ("/summary topic", "braucht einen Wert: topic:…"),
        ("/summary period:tomorrow", "Möglich sind: today, yesterday, week."),
        ("/summary topic:'ki", "Anführungszeichen"),
        ("/status topic:ki", "hat keine Optionen"),
    ],
)
def test_what_is_wrong_is_said(line: str, says: str) -> None:
    with pytest.raises(UserError) as error:
        read(line)

    assert says in str(error.value)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.path.en)
def test_no_other_name_of_an_option_means_two_things(command: Command) -> None:
    also = [name for one in command.options for name in _also(one.name.en)]

    assert len(also) == len(set(also))


def _also(option: str) -> list[str]:
    return f"{ALSO[option].de} {ALSO[option].en}".split() if option in ALSO else []
