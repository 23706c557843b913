"""The menu of stories under a digest, and the buttons of the one that was chosen."""

from bot.errors import UserError
from bot.german.topics import NOT_STORED, voted
from bot.model import Channel, Platform
from bot.newsroom import Why
from cogs.discord import layout, pieces, private
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.menu import CUSTOM_ID, KEEP, LESS, MORE, REASON, answer, card, story_id

KEPT = "Gemerkt. Die Meldung steht in Ihren Direktnachrichten."


async def chosen(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A story was chosen from the menu: what can be done with it."""
    await to.wait(private=not asked.direct)
    story, why = await _seen(bureau, asked, "".join(asked.values[:1]))
    await to.say(card(why.title, story))


async def keep(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Merken“: the story in full, as a direct message."""
    await to.wait()
    story, _ = await _seen(bureau, asked, asked.rest)
    async with to.watched() as progress:
        digest = await bureau.newsroom.story(story, asked.home, progress)
    if digest is None:
        raise UserError(NOT_STORED)
    body, home = layout.messages(digest)[0], private.person(asked.person).home
    if await bureau.newsroom.why(story, home) is None:  # of a feed of this server alone
        body = layout.without_menu(body)
    await private.send(bureau, asked.person, f"keep\0{story}", body)
    await to.say([pieces.text(KEPT)])


async def more(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Mehr davon“."""
    await _vote(bureau, asked, to, 1)


async def less(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Weniger davon“."""
    await _vote(bureau, asked, to, -1)


async def reason(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """„Warum sehe ich das?“."""
    await to.wait_to_change()
    story, why = await _seen(bureau, asked, asked.rest)
    await to.change(card(why.title, story, answer(why)))


async def _vote(bureau: Bureau, asked: Asked, to: Answer, value: int) -> None:
    await to.wait_to_change()
    story, why = await _seen(bureau, asked, asked.rest)
    channel = await _audience(bureau, asked)
    done = await bureau.newsroom.desk.vote(channel, story, asked.person, value, asked.home)
    await to.change(card(why.title, story, voted(done.value, done.weights, direct=channel.direct)))


async def _seen(bureau: Bureau, asked: Asked, text: str) -> tuple[int, Why]:
    """The story and why it is here. Raises `UserError` where it is gone, or this space may not see it."""
    story = story_id(text)
    why = None if story is None else await bureau.newsroom.why(story, asked.home, await _audience(bureau, asked))
    if story is None or why is None:
        raise UserError(NOT_STORED)
    return story, why


async def _audience(bureau: Bureau, asked: Asked) -> Channel:
    """Whose digest it is: this channel's or that of the thread's channel; where none comes, the person's own."""
    for id_ in (asked.channel, asked.parent):
        channel = Channel(Platform.DISCORD, asked.space, id_)
        if asked.space and id_ and await bureau.newsroom.desk.comes(channel):
            return channel
    return private.person(asked.person)


COG = Cog(parts={CUSTOM_ID: chosen, KEEP: keep, MORE: more, LESS: less, REASON: reason}, costly=frozenset({KEEP}))
