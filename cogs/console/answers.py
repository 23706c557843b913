"""Answers of the newsroom -> text for the terminal. Pure; digests have their own layout."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from bot.desk import Report
from bot.german import outcomes, schedules
from bot.german import topics as words
from bot.german.dates import clock, long_date
from bot.german.numbers import counted, number
from bot.newsroom import Newsroom, Status, TopicCount
from cogs.commands import CHANNEL, NAME, Command, Option


def topics(counts: Sequence[TopicCount]) -> Table:
    """The topics with their stories of the week."""
    table = _table("Thema", "Schlüssel")
    table.add_column(Text("Meldungen in sieben Tagen", style="bold"), justify="right")
    for count in counts:
        table.add_row(Text(count.topic.name), Text(count.topic.key), number(count.stories))
    return table


def status(told: Status, zone: ZoneInfo) -> Text:
    """How everything is doing, a line each; what failed is named with its reason."""
    lines = [_feeds(told, zone), _articles(told), _model(told)]
    lines += [f"  {failure.feed}: {failure.reason}" for failure in told.failed]
    return Text("\n".join(lines))


def digests(reports: Sequence[Report], newsroom: Newsroom) -> Text:
    """Each digest with what it is, when it came last, why one did not, and when the next one comes."""
    if not reports:
        return Text("Noch ist kein Digest eingerichtet. Das geht mit /digest setup.")
    now, known = newsroom.clock.now(), names(newsroom)
    return Text("\n\n".join("\n".join(_digest(report, known, now)) for report in reports))


def names(newsroom: Newsroom) -> Mapping[str, str]:
    """The topics' German names by key."""
    return {topic.key: topic.name for topic in newsroom.topics}


def commands(catalogue: Iterable[Command]) -> Table:
    """All commands, and under each its options; their values are named where one is wrong."""
    table = _table("Befehl", "Wozu")
    for command in catalogue:
        table.add_row(Text(f"/{command.path.en}"), Text(command.help.de))
        if set(command.options) - {NAME, CHANNEL}:
            table.add_row("", Text(" ".join(map(_option, command.options)), style="dim"))
    table.add_row(Text("/quit"), Text("Beendet die Konsole"))
    table.add_row("", Text("Alles geht auch auf Deutsch: /zusammenfassung thema:ki länge:kurz"))
    return table


def _digest(report: Report, known: Mapping[str, str], now: datetime) -> list[str]:
    one = report.subscription
    zone = ZoneInfo(one.zone)
    lines = [
        schedules.when(one),
        schedules.what(one, [words.about(one.topics, known)]),
        words.told_weights(report.weights, known),
        outcomes.last(report.sent, now, zone),
        outcomes.missing(report.latest, now, zone),
        schedules.told_next(one, report.next, now),
    ]
    return [f"„{one.name}“ in {one.channel.place}", *(f"  {line[0].upper()}{line[1:]}" for line in lines if line)]


def _option(option: Option) -> str:
    return f"{option.name.en}:"


def _feeds(told: Status, zone: ZoneInfo) -> str:
    count = counted(told.feeds, "Feed", "Feeds")
    if told.last_answer is None:
        return f"{count}, noch keiner gelesen. (python -m bot collect)"
    last = told.last_answer.astimezone(zone)
    failing = f", {len(told.failed)} davon mit Fehler" if told.failed else ""
    return f"{count}{failing}; zuletzt gelesen am {long_date(last.date())}, {clock(last, zone)}."


def _articles(told: Status) -> str:
    return f"{counted(told.articles_today, 'Artikel', 'Artikel')} heute, {number(told.articles_week)} in sieben Tagen."


def _model(told: Status) -> str:
    if told.model is None:
        return "Kein Sprachmodell: Meldungen erscheinen als Auszug. (OPENAI_API_KEY in .env)"
    return f"Sprachmodell {told.model}: {number(told.tokens)} von {number(told.daily_tokens)} Token heute verbraucht."


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(Text(column, style="bold"))
    return table
