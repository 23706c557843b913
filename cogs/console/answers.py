"""Answers of the newsroom -> text for the terminal. Pure; digests have their own layout."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.alertdesk import AlertReport
from bot.desk import Report
from bot.german import alerts as alerted
from bot.german import costs, schedules
from bot.german import reports as lines_of
from bot.german.numbers import number
from bot.newsroom import Newsroom, Status, TopicCount
from cogs.commands import GROUPS, Command, Option
from cogs.typed import told as told_as

NO_KEY = " (OPENAI_API_KEY in .env)"


def topics(counts: Sequence[TopicCount]) -> Table:
    """The topics with their stories of the week."""
    table = _table("Thema", "Schlüssel")
    table.add_column(Text("Meldungen in sieben Tagen", style="bold"), justify="right")
    for count in counts:
        table.add_row(Text(count.topic.name), Text(count.topic.key), number(count.stories))
    return table


def status(told: Status, now: datetime, zone: ZoneInfo, *, is_running: bool) -> Text:
    """How everything is doing, a line each; what failed is named with its reason."""
    lines = [
        lines_of.feeds(told.feeds, len(told.failed), told.last_answer, now, zone),
        _next_read(told, now, zone, is_running),
        lines_of.articles(told.articles_today, told.articles_week),
        lines_of.model(told.model, told.tokens, told.daily_tokens) + ("" if told.model else NO_KEY),
        *(costs.told(told.account, told.prices, now, zone) if told.model else []),
    ]
    lines += [f"  {failure.feed}: {failure.reason}" for failure in told.failed]
    return Text("\n".join(lines))


def digests(reports: Sequence[Report], newsroom: Newsroom) -> Text:
    """Each digest with what it is, when it came last, why one did not, and when the next one comes."""
    if not reports:
        return Text(lines_of.NO_DIGEST)
    now, known = newsroom.clock.now(), names(newsroom)
    return Text("\n\n".join("\n".join(_digest(report, known, now)) for report in reports))


def alerts(reports: Sequence[AlertReport], newsroom: Newsroom) -> Text:
    """Each alert with what it tells, when, to whom, and what became of it; empty for none."""
    return Text("\n".join(_alert(report, newsroom) for report in reports))


def names(newsroom: Newsroom) -> Mapping[str, str]:
    """The topics' German names by key."""
    return {topic.key: topic.name for topic in newsroom.topics}


def commands(catalogue: Iterable[Command]) -> Table:
    """What these commands are for; what can be said to one is told of each alone."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)  # a screen has 24 lines
    for one in catalogue:
        table.add_row(Text(f"/{one.path.en}"), Text(one.help.de))
    return table


def overview(catalogue: Sequence[Command]) -> Table:
    """All commands on one screen: a group stands on one line, and is told in full by its name."""
    table = _table("Befehl", "Wozu")
    table.columns[0].no_wrap = True
    for name, group in {one.group or one.name: one.group for one in catalogue}.items():
        within = "|".join(one.name.en for one in catalogue if group and one.group == group)
        help_ = GROUPS[name] if group else next(one.help for one in catalogue if one.name == name and not one.group)
        table.add_row(Text(f"/{name.en} {within}".rstrip()), Text(help_.de))
    table.add_row(Text("/quit"), Text("Beendet die Konsole"))
    table.add_row(Text("/help digest"), Text("Sagt, wozu diese Befehle sind"))
    table.add_row(Text("/help digest setup"), Text("Ein Befehl genau; auf Deutsch: /hilfe digest einrichten"))
    return table


def command(one: Command, *, german: bool) -> Group:
    """A command with each of its options, the values there are, and an example; its names in one language."""
    path = f"/{told_as(one.path, german)}"
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for option in one.options:
        table.add_row(Text(f"  {told_as(option.name, german)}:"), Text(_help(option, german)))
    said = [path, *(_example(option, german) for option in one.options if option.example)]
    head = Text.assemble((path, "bold"), f"  {one.help.de}")
    return Group(head, table if one.options else "", Text(f"Beispiel: {' '.join(said)}"))


def _digest(report: Report, known: Mapping[str, str], now: datetime) -> list[str]:
    one = report.subscription
    doing = lines_of.Doing(one, report.sent, report.latest, report.next, report.had_today, report.weights)
    return [f"„{one.name}“ in {one.channel.place}", *(f"  {line}" for line in lines_of.digest(doing, known, now))]


def _alert(report: AlertReport, newsroom: Newsroom) -> str:
    alert = report.alert
    lines = [alerted.when(alert), *alerted.outcome(alert, report.told, newsroom.clock.now())]
    lines += [f"Benachrichtigt wird die Rolle {alert.role}."] if alert.role else []
    head = f"{alerted.what(alert, names(newsroom))} in {alert.channel.place}"
    return "\n".join([head, *(f"  {line[0].upper()}{line[1:]}" for line in lines)])


def _help(option: Option, german: bool) -> str:
    values = [choice.name.de if german else choice.value for choice in option.choices]
    return f"{option.help.de}: {', '.join(values)}" if values else option.help.de


def _example(option: Option, german: bool) -> str:
    names = {choice.value: choice.name.de for choice in option.choices if german}
    return f"{told_as(option.name, german)}:{names.get(option.example, option.example)}"


def _next_read(told: Status, now: datetime, zone: ZoneInfo, is_running: bool) -> str:
    if not is_running:
        return "Gelesen werden sie, sobald „python -m bot run“ läuft, oder einmal mit „python -m bot collect“."
    if told.next_read is None or told.next_read <= now:
        return "Der nächste Feed wird gleich gelesen."
    return f"Der nächste Feed wird {schedules.coming(told.next_read, now, zone)} gelesen."


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(Text(column, style="bold"))
    return table
