"""The menu beside each story of a digest."""

from bot.errors import UserError
from bot.german.topics import NOT_STORED, voted
from bot.model import Channel
from bot.newsroom import Why
from cogs.slack import layout, pieces, private
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.menu import KEEP, LESS, MORE, REASON, answer, card, story_id

KEPT = "Gemerkt. Die Meldung steht in Ihren Direktnachrichten mit dem Bot."


async def keep(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Merken“: the story in full, as a direct message."""
    story, _ = await _seen(bureau, asked)
    async with to.watched() as progress:
        digest = await bureau.newsroom.story(story, asked.home, progress)
    if digest is None:
        raise UserError(NOT_STORED)
    body = layout.messages(digest)[0]
    if await bureau.newsroom.why(story, asked.asker.home) is None:  # of a feed of this workspace alone
        body = layout.without_menu(body)
    await private.send(bureau, asked.asker, f"keep\0{story}", body)
    await to.say([pieces.text(KEPT)])


async def more(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Mehr davon“."""
    await _vote(bureau, asked, to, 1)


async def less(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Weniger davon“."""
    await _vote(bureau, asked, to, -1)


async def reason(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Warum sehe ich das?“."""
    story, why = await _seen(bureau, asked)
    await _show(asked, to, card(why.title, story, answer(why)))


async def _vote(bureau: Bureau, asked: Asked, to: Answer, value: int) -> None:
    story, why = await _seen(bureau, asked)
    channel = await _audience(bureau, asked)
    done = await bureau.newsroom.desk.vote(channel, story, asked.person, value, asked.home)
    await _show(asked, to, card(why.title, story, voted(done.value, done.weights, direct=channel.direct)))


async def _show(asked: Asked, to: Answer, told: list[pieces.Json]) -> None:
    """In place of such a card, beside a digest."""
    if asked.open or asked.direct:
        await to.say(told)
        return
    await to.wait_to_change()
    await to.change(told)


async def _seen(bureau: Bureau, asked: Asked) -> tuple[int, Why]:
    """The story and why it is here. Raises `UserError` where it is gone, or this space may not see it."""
    story = story_id(asked.value)
    why = None if story is None else await bureau.newsroom.why(story, asked.home, await _audience(bureau, asked))
    if story is None or why is None:
        raise UserError(NOT_STORED)
    return story, why


async def _audience(bureau: Bureau, asked: Asked) -> Channel:
    """Whose digest it is: this channel's; where none comes, the person's own."""
    return asked.place if await bureau.newsroom.desk.comes(asked.place) else asked.asker


COG = Cog(parts={KEEP: keep, MORE: more, LESS: less, REASON: reason}, costly=frozenset({KEEP}))
