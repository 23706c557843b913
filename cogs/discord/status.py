"""/status and /help on Discord."""

from bot.model import Channel, Platform
from cogs.commands import CATALOGUE, HELP, STATUS
from cogs.discord import answers, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog


async def status(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/status: of everything that all share, and of the digests of this server or person alone."""
    await to.wait()
    newsroom = bureau.newsroom
    told = [answers.status(await newsroom.status(asked.home), newsroom.clock.now(), newsroom.zone)]
    if asked.space:
        reports = await newsroom.desk.show_space(Platform.DISCORD, asked.space)
    else:
        reports = await newsroom.desk.show(Channel(Platform.DISCORD, "", asked.person, direct=True))
    told += [answers.digests(reports, newsroom)] if reports or asked.space else []
    await to.say([pieces.text("\n\n".join(told))])


async def show_help(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/help: fits on one screen."""
    await to.say([pieces.text(answers.commands(CATALOGUE, bureau.ids, german=asked.german))])


COG = Cog(commands={STATUS: status, HELP: show_help})
