"""Whatever is handed to a command: one German line on standard error that says what to do, exit code 1 or 2."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.commandline import bot, is_one_german_line

NOBODY = "http://127.0.0.1:9/feed.xml"  # the discard port: refused, and nobody listens


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "leer").write_bytes(b"")
    (tmp_path / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (tmp_path / "ordner").mkdir()
    names = {name: str(tmp_path / name) for name in ("leer", "bild.png", "ordner", "fehlt")}
    return names | {"toter Server": NOBODY}


@pytest.mark.parametrize("kind", ["leer", "bild.png", "ordner", "fehlt", "toter Server"])
@pytest.mark.parametrize("command", ["feed", "summarise"])
def test_a_bad_source_is_one_line(command: str, kind: str, inputs: dict[str, str], tmp_path: Path) -> None:
    result = bot(command, inputs[kind], home=tmp_path)

    assert result.returncode in {1, 2}
    assert is_one_german_line(result.stderr), result.stderr
    assert result.stdout == ("null\n" if command == "feed" else "")


@pytest.mark.parametrize("kind", ["leer", "bild.png", "ordner", "fehlt"])
def test_a_bad_list_of_feeds_is_one_line(kind: str, inputs: dict[str, str], tmp_path: Path) -> None:
    result = bot("preview", "--feeds", inputs[kind], home=tmp_path)

    assert result.returncode == 2
    assert is_one_german_line(result.stderr), result.stderr


@pytest.mark.parametrize("given", [b"", b"\xff\xfe\0", b"{", b"[]\n", b'{"id": 1}\n', b'{"id": "a", "title": 3}\n'])
def test_bad_articles_are_one_line(given: bytes, tmp_path: Path) -> None:
    result = bot("group", home=tmp_path, given=given)

    assert result.returncode in {1, 2}
    assert is_one_german_line(result.stderr), result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["preview", "--formt", "json"],
        ["preview", "--format", "pdf"],
        ["preview", "--date", "gestern"],
        ["preview", "--sample", "--topic", "sportt"],
        ["feed"],
        ["summarise"],
    ],
)
def test_a_wrong_command_line_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    result = bot(*arguments, home=tmp_path)

    assert result.returncode == 2
    assert is_one_german_line(result.stderr), result.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("TIMEZONE", "Mars/Olympus"), ("LLM_DAILY_TOKENS", "viel"), ("HOST_SPACING", "-1")]
)
def test_a_wrong_setting_names_its_variable(name: str, value: str, tmp_path: Path) -> None:
    result = bot("preview", "--sample", home=tmp_path, **{name: value})

    assert result.returncode == 2
    assert is_one_german_line(result.stderr), result.stderr
    assert name in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("COLLECT_MINUTES", "99", "COLLECT_MINUTES: „99“ geht nicht; möglich sind 1 bis 60."),
        ("HOST_SPACING", "-1", "HOST_SPACING: „-1“ geht nicht; möglich sind Zahlen ab 0."),
        ("LLM_DAILY_TOKENS", "viel", "LLM_DAILY_TOKENS: „viel“ geht nicht; möglich sind Zahlen ab 0."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT: „xml“ geht nicht; möglich sind text oder json."),
    ],
)
def test_a_setting_says_what_it_can_be(name: str, value: str, says: str, tmp_path: Path) -> None:
    assert bot("migrate", home=tmp_path, **{name: value}).stderr.startswith(says)


def test_a_missing_file_is_named_once(tmp_path: Path) -> None:
    assert bot("feed", "nix.xml", home=tmp_path).stderr.count("nix.xml") == 1
    assert bot("feed", NOBODY, home=tmp_path, PRIVATE_HOSTS="127.0.0.1:9").stderr.startswith(f"{NOBODY}: ")


def test_nobody_is_promised_another_try(tmp_path: Path) -> None:
    for command in ("feed", "summarise"):
        said = bot(command, NOBODY, home=tmp_path, PRIVATE_HOSTS="127.0.0.1:9").stderr
        assert "nicht erreichbar" in said
        assert "Versuch" not in said


@pytest.mark.parametrize("arguments", [["nonsense"], ["migrate", "zu", "viel"], ["prewiew"]])
def test_a_wrong_command_line_has_no_english(arguments: list[str], tmp_path: Path) -> None:
    said = bot(*arguments, home=tmp_path).stderr

    assert not {"No", "such", "command", "Got", "unexpected", "Did"} & set(said.replace("'", " ").split())
    assert ("Meinten Sie preview?" in said) is (arguments == ["prewiew"])


def test_the_help_has_no_english(tmp_path: Path) -> None:
    for command in ([], ["preview"], ["summarise"], ["check"]):
        said = bot(*command, "--help", home=tmp_path).stdout
        assert said.startswith(f"Aufruf: python -m bot {' '.join([*command, '[OPTIONEN]'])}")
        assert "Zeigt diese Hilfe." in said
        assert not any(
            word in said for word in ("Usage", "Options", "Commands", "Show", "exit.", "OPTIONS", "ARGS", "PATH")
        )
        assert "%" not in said
        assert "..." not in said


def test_an_article_from_a_file_has_its_name_and_no_date(tmp_path: Path) -> None:
    text = "Petrel startet\n\nDie Rakete Petrel ist am Montag gestartet. Sie trägt zwei Satelliten in die Umlaufbahn."
    (tmp_path / "petrel.txt").write_text(text, "utf-8")
    shown = bot("summarise", str(tmp_path / "petrel.txt"), home=tmp_path)
    told = bot("summarise", str(tmp_path / "petrel.txt"), "--format", "json", home=tmp_path)
    page = bot("summarise", str(tmp_path / "petrel.txt"), "--format", "html", home=tmp_path)

    assert "petrel.txt · ohne Datum" in shown.stdout
    assert "petrel.txt · ohne Datum" in page.stdout
    (source,) = json.loads(told.stdout)["stories"][0]["sources"]
    assert datetime.fromisoformat(source["published"]).tzinfo, "what the contract promises stays"
    assert source["outlet"] == "petrel.txt"


def test_a_database_that_is_not_there_has_its_own_exit_code(tmp_path: Path) -> None:
    result = bot("migrate", home=tmp_path, DATABASE_URL="postgres://u:geheim@127.0.0.1:9/depesche")

    assert result.returncode == 4
    assert is_one_german_line(result.stderr), result.stderr
    assert "geheim" not in result.stderr
