"""/status and /help on Discord."""

from bot.model import Channel, Platform
from cogs.commands import CATALOGUE, HELP, STATUS
from cogs.discord import alerts, answers, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.rights import MANAGE_CHANNELS, MANAGE_SERVER


async def status(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/status: of everything that all share, and of the digests of this server or person alone.

    What there is in channels that a member may not see is told to those alone who manage the server's channels.
    """
    await to.wait()
    newsroom = bureau.newsroom
    told = [answers.status(await newsroom.status(asked.home), newsroom.clock.now(), newsroom.zone)]
    here = Channel(Platform.DISCORD, asked.space, asked.channel)
    if asked.space and asked.may(MANAGE_CHANNELS | MANAGE_SERVER):
        reports = await newsroom.desk.show_space(Platform.DISCORD, asked.space)
        alerted = await newsroom.alerts.show_space(Platform.DISCORD, asked.space)
    elif asked.space:
        reports, alerted = await newsroom.desk.show(here), await newsroom.alerts.show(here)
    else:
        person = Channel(Platform.DISCORD, "", asked.person, direct=True)
        reports, alerted = await newsroom.desk.show(person), await newsroom.alerts.show(person)
    told += [answers.digests(reports, newsroom)] if reports or asked.space else []
    told += [alerts.told(alerted, newsroom)] if alerted else []
    await to.say([pieces.text(answers.fitted(["\n\n".join(told)]))])


async def show_help(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/help: fits on one screen."""
    await to.say([pieces.text(answers.commands(CATALOGUE, bureau.ids, german=asked.german))])


COG = Cog(commands={STATUS: status, HELP: show_help})
