"""The /alerts commands on Slack: by direct message for whoever asks, or for a channel that they manage."""

from collections.abc import Sequence

from bot.alertdesk import AlertReport
from bot.errors import UserError
from bot.german import alerts as german
from bot.model import Channel
from bot.newsroom import Newsroom
from cogs.commands import ALERTS_REMOVE, ALERTS_SET, ALERTS_SHOW
from cogs.slack import answers, pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.managing import lacking, subscriber
from cogs.slack.mrkdwn import plain

NO_GROUP = "Auf Slack benachrichtigen Eilmeldungen niemanden eigens; bitte role: weglassen."
MAY_POST = "Der Bot darf dort posten."


async def set_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts set."""
    await to.wait()
    channel = await subscriber(bureau, asked)
    wanted = {key: value for key, value in asked.options.items() if key != "channel"}
    if wanted.get("role"):
        raise UserError(NO_GROUP)
    missing = await lacking(bureau, channel)
    report = await bureau.newsroom.alerts.set_up(channel, wanted)
    lines = ["Gespeichert.", missing or ("" if channel.direct else MAY_POST)]
    said = " ".join(line for line in lines if line)
    await to.say([pieces.text(f"{said}\n\n{told([report], bureau.newsroom)}")])


async def show(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts show."""
    await to.wait()
    reports = await bureau.newsroom.alerts.show(await subscriber(bureau, asked))
    await to.say([pieces.text(told(reports, bureau.newsroom) or german.NONE)])


async def remove(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts remove."""
    await to.wait()
    gone = await bureau.newsroom.alerts.remove(await subscriber(bureau, asked))
    await to.say([pieces.text(f"Die Eilmeldungen {_where(gone.channel)} sind entfernt.")])


def told(reports: Sequence[AlertReport], newsroom: Newsroom) -> str:
    """Each alert with what it tells, when, to whom, and what became of it; empty for none."""
    return answers.fitted([_alert(report, newsroom) + "\n" for report in reports]).rstrip()


def _alert(report: AlertReport, newsroom: Newsroom) -> str:
    alert, names = report.alert, {topic.key: topic.name for topic in newsroom.topics}
    lines = [german.when(alert), *german.outcome(alert, report.told, newsroom.clock.now())]
    lines = [plain(line[0].upper() + line[1:], 300) for line in lines]
    return "\n".join([f"*{plain(german.what(alert, names), 300)}* {_where(alert.channel)}", *lines])


def _where(channel: Channel) -> str:
    return "als Direktnachricht" if channel.direct else f"in <#{channel.id}>"


COG = Cog(commands={ALERTS_SET: set_, ALERTS_SHOW: show, ALERTS_REMOVE: remove})
