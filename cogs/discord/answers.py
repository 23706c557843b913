"""Answers of the newsroom -> Discord's markdown. Pure; digests have their own layout."""

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.desk import Report
from bot.german import outcomes, schedules
from bot.german import topics as words
from bot.german.dates import clock, long_date
from bot.german.numbers import counted, number
from bot.newsroom import Newsroom, Status, TopicCount
from cogs.commands import Command
from cogs.discord.markdown import cut, plain

ROOM = 3_900  # units; a hundred less than a message takes
FAILED = 10  # feeds that are named
NO_DIGEST = "Noch ist kein Digest eingerichtet."
ENGLISH = "-# Commands are in English, the news and all answers in German."


def topics(counts: Sequence[TopicCount]) -> str:
    """The topics with their stories of the week."""
    lines = [f"- {plain(one.topic.name, 60)} (`{one.topic.key}`): {number(one.stories)}" for one in counts]
    return fitted(["**Themen und ihre Meldungen in sieben Tagen**", *lines])


def status(told: Status, zone: ZoneInfo) -> str:
    """How everything is doing that all servers share."""
    lines = ["**Depesche**", _feeds(told, zone), _articles(told), _model(told)]
    lines += [f"- {plain(one.feed, 60)}: {plain(one.reason, 150)}" for one in told.failed[:FAILED]]
    more = len(told.failed) - FAILED
    return "\n".join([*lines, *([f"- … und {more} weitere"] if more > 0 else [])])


def digests(reports: Sequence[Report], newsroom: Newsroom) -> str:
    """Each digest with what it is, when it came last, why one did not, and when the next one comes."""
    if not reports:
        return NO_DIGEST
    return fitted([digest(report, newsroom) + "\n" for report in reports]).rstrip()


def digest(report: Report, newsroom: Newsroom) -> str:
    """One of them."""
    one, now = report.subscription, newsroom.clock.now()
    zone, names = ZoneInfo(one.zone), {topic.key: topic.name for topic in newsroom.topics}
    lines = [
        schedules.when(one),
        schedules.what(one, [words.about(one.topics, names)]),
        words.told_weights(report.weights, names),
        outcomes.last(report.sent, now, zone),
        outcomes.missing(report.latest, now, zone),
        schedules.told_next(one, report.next, now),
    ]
    where = "als Direktnachricht" if one.channel.direct else f"in <#{one.channel.id}>"
    told = [plain(line[0].upper() + line[1:], 300) for line in lines if line]
    return "\n".join([f"**„{plain(one.name, 60)}“** {where}", *told])


def commands(catalogue: Iterable[Command], ids: Mapping[str, str], *, german: bool) -> str:
    """All commands, a line each; they can be clicked where their ids are known."""
    told = [f"{_mention(one, ids)}: {one.help.de if german else one.help.en}" for one in catalogue]
    return fitted([*told, *([] if german else [ENGLISH])])


def fitted(blocks: Sequence[str], room: int = ROOM) -> str:
    """As many of these as a message takes."""
    text = "\n".join(blocks)
    return text if len(text.encode("utf-16-le")) <= 2 * room else cut(text, room)


def _mention(command: Command, ids: Mapping[str, str]) -> str:
    id_ = ids.get(command.path.en.split()[0])
    return f"</{command.path.en}:{id_}>" if id_ else f"`/{command.path.en}`"


def _feeds(told: Status, zone: ZoneInfo) -> str:
    count = counted(told.feeds, "Feed", "Feeds")
    if told.last_answer is None:
        return f"{count}, noch keiner gelesen."
    failing = f", {len(told.failed)} davon mit Fehler" if told.failed else ""
    last = told.last_answer.astimezone(zone)
    return f"{count}{failing}; zuletzt gelesen am {long_date(last.date())}, {clock(last, zone)}."


def _articles(told: Status) -> str:
    return f"{counted(told.articles_today, 'Artikel', 'Artikel')} heute, {number(told.articles_week)} in sieben Tagen."


def _model(told: Status) -> str:
    if told.model is None:
        return "Kein Sprachmodell: Meldungen erscheinen als Auszug."
    spent = f"{number(told.tokens)} von {number(told.daily_tokens)} Token heute verbraucht"
    return f"Sprachmodell {plain(told.model, 60)}: {spent}."
