"""Whatever is handed to a command: one German line on standard error that says what to do, exit code 1 or 2."""

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


def test_a_database_that_is_not_there_has_its_own_exit_code(tmp_path: Path) -> None:
    result = bot("migrate", home=tmp_path, DATABASE_URL="postgres://u:geheim@127.0.0.1:9/depesche")

    assert result.returncode == 4
    assert is_one_german_line(result.stderr), result.stderr
    assert "geheim" not in result.stderr
