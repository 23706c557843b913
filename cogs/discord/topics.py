"""/topics on Discord."""

from cogs.commands import TOPICS_LIST
from cogs.discord import answers, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog


async def list_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/topics list."""
    await to.wait()
    await to.say([pieces.text(answers.topics(await bureau.newsroom.topic_counts(asked.home)))])


COG = Cog(commands={TOPICS_LIST: list_})
