"""Questions on Discord: /ask, „Nachfragen“ under a story, and what people write to the bot.

A conversation is of one thread, or elsewhere of one person in one channel; what only one person is answered is of this
person alone everywhere. About each story there is one of its own.
"""

from bot.model import Answer as Told
from bot.model import Channel, Platform
from bot.questions.asked import LONGEST
from cogs.commands import ASK
from cogs.discord import cited, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau, Cog
from cogs.discord.reply import Reply
from cogs.discord.said import Said
from cogs.discord.summaries import SHARE

OF_STORY, MORE, FORM = "story:ask", "ask:more", "ask:form"
FIELD = "question"
LARGEST = 1 << 63  # ids of stories are below
TITLE, LABEL, FIRST = "Nachfragen", "Ihre Frage", "Beantwortet aus den Artikeln der Meldung, dann aus allen anderen."
HINT = "Was möchten Sie wissen? Fragen Sie etwas zu den Nachrichten, zum Beispiel: Was ist bei der Bahn passiert?"


async def question(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/ask: a question about whatever was read."""
    await _answer(bureau, asked, asked.options.get("question", ""), None, to)


async def opened(_: Bureau, asked: Asked, to: Answer) -> None:
    """„Nachfragen“ or „Weiterfragen“ was pressed: the form for the question."""
    story = _story(asked.rest)
    field = pieces.typed(FIELD, LABEL, told=FIRST if story else "", most=LONGEST)
    await to.ask(pieces.form(f"{FORM}:{story or 0}", TITLE, field))


async def sent(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The form was sent."""
    await _answer(bureau, asked, asked.options.get(FIELD, ""), _story(asked.rest), to)


async def said(bureau: Bureau, told: Said, to: Reply) -> None:
    """Somebody wrote to the bot, or answered one of its messages."""
    if not await to.is_ours():
        return
    if not any(map(str.isalnum, told.question)):
        await to.refuse(HINT)
        return
    async with to.thinking():
        parent = bureau.surface.parent(told.channel)
        thread = f"discord:{told.channel}" + ("" if parent else f"/{told.person}")
        stories = await _stories(bureau, told, parent)
        answer = await bureau.newsroom.ask(
            told.question, space=told.home, story=stories, thread=thread, asker=told.asker
        )
    await to.say(cited.answered(answer))


async def _answer(bureau: Bureau, asked: Asked, text: str, story: int | None, to: Answer) -> None:
    await to.wait(private=not asked.direct)
    thread = f"discord:{asked.channel}/{asked.person}" + (f"/{story or 0}" if story or not asked.direct else "")
    asker = Channel(Platform.DISCORD, "", asked.person, direct=True)
    async with to.watched() as progress:
        told = await bureau.newsroom.ask(
            text, space=asked.home, story=story, thread=thread, asker=asker, progress=progress
        )
    await to.say(_shown(told, story, asked), private=not asked.direct)


def _shown(told: Told, story: int | None, asked: Asked) -> pieces.Pieces:
    """The answer with what can be done next; what only one person sees can be shared."""
    below = [pieces.button("Weiterfragen", f"{MORE}:{story or 0}", pieces.BLUE)]
    below += [] if asked.direct else [pieces.button("Für alle zeigen", SHARE)]
    return [pieces.text(cited.cited(told, told.question)), pieces.buttons(*below)]


async def _stories(bureau: Bureau, told: Said, parent: str) -> tuple[int, ...]:
    """The stories of the digest that is answered, or in whose thread it is asked; a thread has its message's id."""
    messages = {told.replied, told.channel if parent else ""} - {""}
    if not messages:
        return ()
    places = [Channel(Platform.DISCORD, told.space, id_) for id_ in (told.channel, parent) if id_]
    return await bureau.newsroom.desk.told(places if told.space else [told.asker], messages)


def _story(rest: str) -> int | None:
    return int(rest) if rest.isdecimal() and 0 < int(rest) < LARGEST else None


COG = Cog(
    commands={ASK: question},
    parts={OF_STORY: opened, MORE: opened},
    forms={FORM: sent},
    said=said,
    costly=frozenset({ASK.path.en, FORM}),
)
