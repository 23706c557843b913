"""The /alerts commands on Discord: by direct message for whoever asks, or for a channel that they manage."""

from collections.abc import Sequence

from bot.alertdesk import AlertReport
from bot.errors import UserError
from bot.german import alerts as german
from bot.model import Channel, Platform
from bot.newsroom import Newsroom
from cogs.commands import ALERTS_REMOVE, ALERTS_SET, ALERTS_SHOW
from cogs.discord import answers, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.managing import lacking, managed
from cogs.discord.markdown import plain
from cogs.discord.rights import MANAGE_ROLES, MENTION_EVERYONE

NO_ROLE = (
    "Eine Rolle darf nur wählen, wer hier Rollen verwalten oder alle erwähnen darf. Es fehlt das Recht „Rollen "
    "verwalten“ oder „@everyone, @here und alle Rollen erwähnen“."
)
MAY_POST = "Der Bot darf dort posten."


async def set_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts set."""
    await to.wait()
    channel = await _channel(bureau, asked)
    wanted = {key: value for key, value in asked.options.items() if key != "channel"}
    there = await bureau.newsroom.alerts.show(channel)
    if wanted.get("role") or any(report.alert.role for report in there):  # what is told decides when it is notified
        await _check_role(bureau, asked, channel)
    missing = await lacking(bureau, channel)
    report = await bureau.newsroom.alerts.set_up(channel, wanted)
    role = german.UNPINGED if report.alert.role and not asked.own & MENTION_EVERYONE else ""
    lines = ["Gespeichert.", missing or ("" if channel.direct else MAY_POST), role]
    said = " ".join(line for line in lines if line)
    await to.say([pieces.text(f"{said}\n\n{told([report], bureau.newsroom)}")])


async def show(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts show."""
    await to.wait()
    reports = await bureau.newsroom.alerts.show(await _channel(bureau, asked))
    await to.say([pieces.text(told(reports, bureau.newsroom) or german.NONE)])


async def remove(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/alerts remove."""
    await to.wait()
    gone = await bureau.newsroom.alerts.remove(await _channel(bureau, asked))
    await to.say([pieces.text(f"Die Eilmeldungen {_where(gone.channel)} sind entfernt.")])


def told(reports: Sequence[AlertReport], newsroom: Newsroom) -> str:
    """Each alert with what it tells, when, to whom, and what became of it; empty for none."""
    return answers.fitted([_alert(report, newsroom) + "\n" for report in reports]).rstrip()


def _alert(report: AlertReport, newsroom: Newsroom) -> str:
    alert, names = report.alert, {topic.key: topic.name for topic in newsroom.topics}
    lines = [german.when(alert), *german.outcome(alert, report.told, newsroom.clock.now())]
    lines = [plain(line[0].upper() + line[1:], 300) for line in lines]
    role = [f"Benachrichtigt wird <@&{alert.role}>."] if alert.role else []  # an answer notifies nobody
    return "\n".join([f"**{plain(german.what(alert, names), 300)}** {_where(alert.channel)}", *lines, *role])


def _where(channel: Channel) -> str:
    return "als Direktnachricht" if channel.direct else f"in <#{channel.id}>"


async def _channel(bureau: Bureau, asked: Asked) -> Channel:
    """The channel that is named, which must be theirs to manage; else the person."""
    if "channel" in asked.options:
        return await managed(bureau, asked)
    return Channel(Platform.DISCORD, "", asked.person, direct=True)


async def _check_role(bureau: Bureau, asked: Asked, channel: Channel) -> None:
    """Raise `UserError` for whoever may not notify roles there."""
    if channel.direct:
        return
    allowed = asked.may(MENTION_EVERYONE | MANAGE_ROLES, channel.id)
    if allowed is None:
        allowed = await bureau.surface.may(channel, asked.person, MENTION_EVERYONE | MANAGE_ROLES)
    if not allowed:
        raise UserError(NO_ROLE)


COG = Cog(commands={ALERTS_SET: set_, ALERTS_SHOW: show, ALERTS_REMOVE: remove})
