"""The console over a real store: every command, typed or piped in, as an operator sees it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.console import Console

from bot import wiring
from bot.german import phrases
from bot.model import Article, Extent, Feed, Language, number
from bot.newsroom import Newsroom, Period
from cogs.commands import ALERTED, ALERTS, CATALOGUE, CHANNEL, OWN_TOPIC, TOPICS_SUBSCRIBE, Command
from cogs.console.console import run_console
from config.settings import Settings
from tests.journeys.terminal import typing_at
from tests.servers import by_path, reply, serving
from tests.told import NOW, fresh_database

SPACE = (
    "Die Rakete Petrel hat am Montag zwei Satelliten in die Umlaufbahn gebracht. Sie startete um 7.12 Uhr auf den "
    "Shetlandinseln. Beim ersten Versuch war die zweite Stufe ausgefallen. Der nächste Start soll im März folgen. "
    "Finanziert hat die Mission die Raumfahrtagentur mit 18 Millionen Euro."
)
CLOUD = (
    "Ein Ausfall beim Cloud-Anbieter Stratus Nord hat am Sonntag drei Banken getroffen. Ursache war ein abgelaufenes "
    "Zertifikat. Nach zwei Stunden liefen die Rechenzentren des Anbieters wieder."
)


class Clock:
    """Stands at noon (UTC) of a Monday."""

    def now(self) -> datetime:
        return NOW


def article(title: str, text: str, hours: float) -> Article:
    """Told so many hours ago."""
    url = f"https://blatt.example/{number(title)}"
    told = NOW - timedelta(hours=hours)
    return Article(
        number(url), "https://blatt.example/feed", "Blatt", url, title, text, Language.DE, told, told, Extent.FULL
    )


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A newsroom that knows one story of today and one of yesterday."""
    settings = Settings(database_url=fresh_database(tmp_path), openai_api_key="")
    feed = Feed("https://blatt.example/feed", "Blatt", Language.DE)
    async with wiring.house(settings, [feed], clock=Clock()) as house:
        await house.store.articles.add(
            [article("Rakete Petrel erreicht die Umlaufbahn", SPACE, 3), article("Stratus Nord fällt aus", CLOUD, 20)]
        )
        yield house.newsroom


async def told(newsroom: Newsroom, *lines: str) -> tuple[int, str, str]:
    """What the console says to piped lines: exit code, standard output, standard error."""
    out, err = StringIO(), StringIO()
    script = StringIO("\n".join(lines))
    code = await run_console(newsroom, script, Console(file=out, width=80), Console(file=err, width=80))
    return code, out.getvalue(), err.getvalue()


WITHOUT_NEED = [command for command in CATALOGUE if not any(option.required for option in command.options)]


@pytest.mark.parametrize("command", WITHOUT_NEED, ids=lambda command: command.path.en)
async def test_every_command_of_the_catalogue_answers(newsroom: Newsroom, command: Command) -> None:
    before = ["/digest setup channel:discord:1/2 time:07:00 topics:ki"]
    if OWN_TOPIC in command.options and command is not TOPICS_SUBSCRIBE:
        before.append("/topics subscribe channel:discord:1/2 topic:Mond")
    if command.group == ALERTS:
        before.append("/alerts set channel:discord:1/2")
    place = "discord:1/2"
    here = (f"channel:{place}", f"kanal:{place}")
    needed = {CHANNEL: here, ALERTED: here, OWN_TOPIC: ("topic:Mond", "thema:Mond")}
    options = [needed[option] for option in command.options if option in needed]
    english = await told(newsroom, *before, " ".join([f"/{command.path.en}", *(option[0] for option in options)]))
    await told(newsroom, f"/digest remove channel:{place}")
    german = await told(newsroom, *before, " ".join([f"/{command.path.de}", *(option[1] for option in options)]))

    assert english[0] == 0
    assert english[1]
    assert not english[2]
    assert german == english


async def test_help_fits_on_one_screen(newsroom: Newsroom) -> None:
    _, out, _ = await told(newsroom, "/help")

    assert len(out.splitlines()) <= 24
    assert max(map(len, out.splitlines())) <= 80
    lines = out.splitlines()
    for command in CATALOGUE:
        name = f"/{command.group.en} " if command.group else f"/{command.name.en} "
        (line,) = [one for one in lines if one.startswith(name) and not one.startswith("/help digest")]
        assert command.group is None or command.name.en in line.split()[1].split("|")


async def test_a_summary_holds_the_news_of_its_period(newsroom: Newsroom) -> None:
    _, today, _ = await told(newsroom, "/summary")
    _, yesterday, _ = await told(newsroom, "/summary period:yesterday")
    _, week, _ = await told(newsroom, "/summary period:week")

    assert "Montag, 23. November 2026 · alle Themen" in today
    assert "Petrel" in today
    assert "Stratus" not in today
    assert "Sonntag, 22. November 2026 · alle Themen" in yesterday
    assert "Stratus" in yesterday
    assert "Petrel" not in yesterday
    assert "Petrel" in week
    assert "Stratus" in week


async def test_a_summary_keeps_to_its_topic_and_length(newsroom: Newsroom) -> None:
    _, short, _ = await told(newsroom, "/summary topic:raumfahrt period:week length:short")
    _, long, _ = await told(newsroom, "/summary topic:Raumfahrt period:week length:long")

    assert "· Raumfahrt" in short
    assert "Stratus" not in short
    assert short.count("[1]") < long.count("[1]")


async def test_a_topic_that_nobody_told_of_is_told_apart_from_one_without_importance(newsroom: Newsroom) -> None:
    _, out, _ = await told(newsroom, "/summary topic:gaming")

    assert "1 Artikel gesehen, keiner davon zum Thema." in out
    assert "nichts Wichtiges" not in out


async def test_a_quiet_day_is_called_today_only_today(newsroom: Newsroom) -> None:
    rubric = [article(f"Notiz {n}", "Kurz notiert.", n) for n in range(4, 7)]
    earlier = [article(f"Meldung {n}", "Kurz gemeldet.", n) for n in range(20, 23)]
    await newsroom.store.articles.add([*rubric, *earlier])
    today = await newsroom.digest()
    quiet = [replace(one, stories=one.stories[:1]) for one in (today, replace(today, today=False))]

    assert today.today
    assert phrases.looked_at(quiet[0]).startswith("Heute wenig Wichtiges: ")
    assert phrases.looked_at(quiet[1]).startswith("Wenig Wichtiges: ")
    assert not (await newsroom.summary(period=Period.YESTERDAY)).today
    assert not (await newsroom.summary(period=Period.WEEK)).today
    assert (await newsroom.summary()).today


async def test_why_is_told_under_the_headline_that_was_shown(newsroom: Newsroom) -> None:
    later = "Petrel: Satelliten melden sich"
    await newsroom.store.articles.add([article(later, SPACE, 1)])
    (story,) = (await newsroom.summary()).stories
    why = await newsroom.why(story.summary.story_id)

    assert why is not None
    assert why.title == story.summary.headline
    assert {source.outlet for source in why.sources} == {"Blatt"}


async def test_topics_and_status_count_what_is_stored(newsroom: Newsroom) -> None:
    _, out, _ = await told(newsroom, "/summary", "/topics list", "/status")
    counts = {line.split()[0]: line.split()[-1] for line in out.splitlines() if len(line.split()) == 3}

    assert counts["Raumfahrt"] == "1"
    assert counts["Gaming"] == "0"
    assert "1 Feed, noch keiner gelesen." in out
    assert "Gelesen werden sie, sobald „python -m bot run“ läuft" in out
    assert "1 Artikel heute, 2 in sieben Tagen." in out
    assert "Kein Sprachmodell" in out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/sumary", "Meinten Sie /summary?"),
        ("/summary topic:kii", "Möglich sind: ki,"),
        ("/summary topic:ki link:https://blatt.example/1", "Thema und Link gehen nicht zusammen."),
        ("/summary link:blatt", "http://"),
        ("/summary link:http://127.0.0.1/", "."),
    ],
)
async def test_what_went_wrong_is_one_line_and_the_rest_goes_on(newsroom: Newsroom, line: str, says: str) -> None:
    code, out, err = await told(newsroom, line, "/status")

    assert code == 1
    assert err.count("\n") == 1
    assert says in err
    assert "Artikel heute" in out


async def test_a_digest_on_slack_is_set_up_as_well(newsroom: Newsroom) -> None:
    code, out, _ = await told(newsroom, "/digest setup channel:slack:T1/C1 time:07:00")

    assert code == 0
    assert "slack:T1/C1" in out


async def test_comments_and_blank_lines_are_nothing_and_quit_ends(newsroom: Newsroom) -> None:
    assert await told(newsroom, "# morgens", "", "/quit", "/sumary") == (0, "", "")


async def test_what_is_no_text_is_no_command(newsroom: Newsroom) -> None:
    err = StringIO()
    lines = TextIOWrapper(BytesIO(b"\xff\xfe\n"), "utf-8")

    assert await run_console(newsroom, lines, Console(file=StringIO()), Console(file=err, width=80)) == 1
    assert "gibt es nicht" in err.getvalue()


async def test_an_article_is_summarised_by_its_link(tmp_path: Path) -> None:
    page = f"<html lang='de'><body><article><h1>Petrel fliegt</h1><p>{SPACE}</p></article></body></html>"
    answers = {"/petrel": reply(body=page.encode(), content_type="text/html; charset=utf-8")}
    async with serving(by_path(answers)) as origin:
        settings = Settings(database_url=fresh_database(tmp_path), openai_api_key="", host_spacing=0)
        async with wiring.house(settings, [], frozenset({origin.place})) as house:
            code, out, err = await told(house.newsroom, f"/summary link:{origin.url('/petrel')} length:short")

    assert (code, err) == (0, "")
    assert "Petrel" in out
    assert "Artikel gesehen" not in out


@pytest.mark.parametrize("end", [b"/quit\n", b"\x04", b"\x03"], ids=["quit", "Ctrl-D", "Ctrl-C"])
def test_typed_lines_get_a_prompt_and_an_end(end: bytes, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('[[feed]]\nname = "Niemand"\nurl = "http://127.0.0.1:9/"\n', "utf-8")
    with typing_at(tmp_path) as terminal:
        terminal.until("depesche> ")
        terminal.types(b"/sumary\n")
        assert "Meinten Sie /summary?" in terminal.until("depesche> ")
        assert terminal.ends(pressing=end) == 0
