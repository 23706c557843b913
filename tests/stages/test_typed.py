"""What is typed on the console, and what is said when it can't be understood."""

import pytest

from bot.errors import UserError
from cogs.commands import HELP, STATUS, SUMMARY, TOPICS_LIST, Command
from cogs.console.typed import read


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
        ("/summary themen:ki", "Möglich sind: topic, link, period, length."),
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
