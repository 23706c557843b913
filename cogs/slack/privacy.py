"""/privacy on Slack: everybody about themselves, and nobody about anybody else."""

from bot import retention
from bot.german import people as words
from bot.people import FILE
from cogs.commands import PRIVACY_DELETE, PRIVACY_EXPORT, PRIVACY_SHOW
from cogs.slack import pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json

FORGET = "privacy:delete"
LINE = 600  # characters of a line; ten names of feeds


async def show(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/privacy show."""
    await to.wait()
    kept = [f"• {plain(line, LINE)}" for line in words.kept(await bureau.newsroom.people.about(asked.asker))]
    head = ["*Über Sie ist gespeichert:*", *kept] if kept else [f"*{words.NOTHING}*"]
    how_long = words.how_long(retention.DELIVERIES, retention.QUESTIONS, retention.VOTES)
    await to.say([pieces.text("\n".join([*head, "", how_long, words.NOT_KEPT, words.WHAT_NEXT]))])


async def export(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/privacy export: a file."""
    await to.wait()
    told = await bureau.newsroom.people.export(asked.asker)
    await to.hand(words.EXPORTED, FILE, told)


async def delete(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/privacy delete: asks once more, because it can't be undone."""
    await to.wait()
    kept = words.kept(await bureau.newsroom.people.about(asked.asker))
    if not kept:
        await to.say([pieces.text(words.NOTHING)])
        return
    lines = [words.SURE, *(f"• {plain(line, LINE)}" for line in kept)]
    await to.say([pieces.text("\n".join(lines)), _sure()])


async def forget_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: what is kept of whoever pressed it is deleted."""
    await to.wait_to_change()
    counts = await bureau.newsroom.people.forget(asked.asker)
    await to.change([pieces.text(words.deleted(counts))])


COG = Cog(
    commands={PRIVACY_SHOW: show, PRIVACY_EXPORT: export, PRIVACY_DELETE: delete},
    parts={FORGET: forget_pressed},
)


def _sure() -> Json:
    return pieces.buttons(pieces.button("Ja, alles löschen", FORGET, "", pieces.DANGER))
