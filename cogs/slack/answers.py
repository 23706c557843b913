"""Answers of the newsroom -> Slack's mrkdwn. Pure; digests have their own layout."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk import Report
from bot.german import reports as lines_of
from bot.german.numbers import number
from bot.newsroom import Newsroom, Status, TopicCount
from cogs.commands import Command
from cogs.slack.mrkdwn import fitted as cut
from cogs.slack.mrkdwn import plain
from cogs.slack.words import ALL

ROOM = 2_900  # units; a hundred less than a text takes
FAILED = 10  # feeds that are named
TAKEN = frozenset({"status", "help"})  # names of commands that Slack has or keeps for itself


def topics(counts: Sequence[TopicCount]) -> str:
    """The topics with their stories of the week."""
    lines = [f"• {plain(one.topic.name, 60)} (`{one.topic.key}`): {number(one.stories)}" for one in counts]
    return fitted(["*Themen und ihre Meldungen in sieben Tagen*", *lines])


def status(told: Status, now: datetime, zone: ZoneInfo) -> str:
    """How everything is doing that all share."""
    name = told.model and plain(told.model, 60)
    lines = [
        "*Depesche*",
        lines_of.feeds(told.feeds, len(told.failed), told.last_answer, now, zone),
        lines_of.articles(told.articles_today, told.articles_week),
        lines_of.model(name, told.tokens, told.daily_tokens),
    ]
    lines += [f"• {plain(one.feed, 60)}: {plain(one.reason, 150)}" for one in told.failed[:FAILED]]
    more = len(told.failed) - FAILED
    return "\n".join([*lines, *([f"• … und {more} weitere"] if more > 0 else [])])


def digests(reports: Sequence[Report], newsroom: Newsroom) -> str:
    """Each digest with what it is, when it came last, why one did not, and when the next one comes."""
    if not reports:
        return lines_of.NO_DIGEST
    return fitted([digest(report, newsroom) + "\n" for report in reports]).rstrip()


def digest(report: Report, newsroom: Newsroom) -> str:
    """One of them."""
    one = report.subscription
    doing = lines_of.Doing(one, report.sent, report.latest, report.next, report.had_today, report.weights)
    told = [plain(line, 300) for line in lines_of.digest(doing, names(newsroom), newsroom.clock.now())]
    where = "als Direktnachricht" if one.channel.direct else f"in <#{one.channel.id}>"
    return "\n".join([f"*„{plain(one.name, 60)}“* {where}", *told])


def names(newsroom: Newsroom) -> Mapping[str, str]:
    """The topics' German names by key."""
    return {topic.key: topic.name for topic in newsroom.topics}


def commands(catalogue: Iterable[Command]) -> str:
    """All commands, a line each."""
    return fitted([f"`{typed_as(one)}`: {plain(one.help.de)}" for one in catalogue])


def typed_as(command: Command) -> str:
    """What is typed on Slack: some names Slack has for itself, those are found under /depesche."""
    path = command.path.en
    return f"/{ALL} {path}" if path.split()[0] in TAKEN else f"/{path}"


def fitted(blocks: Sequence[str], room: int = ROOM) -> str:
    """As many of these as a message takes."""
    text = "\n".join(blocks)
    return text if len(text.encode("utf-16-le")) <= 2 * room else cut(text, room)
