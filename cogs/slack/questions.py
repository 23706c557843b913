"""Questions on Slack: /ask, „Nachfragen“ beside a story, and what people write to the bot.

A conversation is of one thread, or elsewhere of one person in one channel; what only one person is answered is of this
person alone everywhere. About each story there is one of its own.
"""

from bot.model import Answer as Told
from bot.questions.asked import LONGEST
from cogs.commands import ASK
from cogs.slack import cited, pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.menu import ASK as OF_STORY
from cogs.slack.menu import story_id
from cogs.slack.reply import Reply
from cogs.slack.said import Said
from cogs.slack.summaries import shareable

MORE, FORM = "ask:more", "ask:form"
FIELD = "question"
TITLE, LABEL, FIRST = "Nachfragen", "Ihre Frage", "Beantwortet aus den Artikeln der Meldung, dann aus allen anderen."
HINT = "Was möchten Sie wissen? Fragen Sie etwas zu den Nachrichten, zum Beispiel: Was ist bei der Bahn passiert?"


async def question(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/ask: a question about whatever was read."""
    await _answer(bureau, asked, asked.options.get("question", ""), None, to)


async def opened(_: Bureau, asked: Asked, to: Answer) -> None:
    """„Nachfragen“ or „Weiterfragen“ was pressed: the form for the question."""
    story = story_id(asked.value)
    field = pieces.typed(FIELD, LABEL, told=FIRST if story else "", most=LONGEST, lines=True)
    await to.ask(pieces.form(FORM, TITLE, asked.back(story=str(story or "")), field))


async def sent(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The form was sent."""
    await _answer(bureau, asked, asked.options.get(FIELD, ""), story_id(asked.context.get("story", "")), to)


async def said(bureau: Bureau, told: Said, to: Reply) -> None:
    """Somebody wrote to the bot, or asked something in the thread of one of its digests."""
    stories = await bureau.newsroom.desk.told([told.place], {told.thread}) if told.thread else ()
    if told.aloud and not stories:
        return
    if not any(map(str.isalnum, told.question)):
        await to.refuse(HINT)
        return
    await to.think()
    answer = await bureau.newsroom.ask(
        told.question, space=told.place.home, story=stories, thread=told.conversation, asker=told.asker
    )
    await to.say(cited.cited(answer))


async def _answer(bureau: Bureau, asked: Asked, text: str, story: int | None, to: Answer) -> None:
    thread = f"slack:{asked.space}/{asked.channel}/{asked.person}" + (
        f"/{story or 0}" if story or not asked.direct else ""
    )
    async with to.watched() as progress:
        told = await bureau.newsroom.ask(
            text, space=asked.home, story=story, thread=thread, asker=asked.asker, progress=progress
        )
    await to.say(_shown(bureau, told, story, asked))


def _shown(bureau: Bureau, told: Told, story: int | None, asked: Asked) -> pieces.Pieces:
    """The answer with what can be done next; what only one person sees can be shared."""
    shown = cited.cited(told, told.question)
    more = pieces.button("Weiterfragen", MORE, str(story or 0), pieces.PRIMARY)
    return [*shown, pieces.buttons(more, *shareable(bureau, shown, asked))]


COG = Cog(
    commands={ASK: question},
    parts={OF_STORY: opened, MORE: opened},
    forms={FORM: sent},
    said=said,
    costly=frozenset({ASK.path.en, FORM}),
)
