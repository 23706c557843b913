"""The menu of stories under a digest."""

from cogs.discord import pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.menu import CUSTOM_ID, answer


async def why(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A story was chosen: why it is there."""
    story = asked.values[0] if asked.values else ""
    await to.say(
        [pieces.text(answer(await bureau.newsroom.why(int(story), asked.home) if story.isdecimal() else None))]
    )


COG = Cog(parts={CUSTOM_ID: why})
