"""/summary on Slack, and „Zusammenfassen“ in the menu of a message."""

from bot.errors import UserError
from bot.model import Digest, Length
from bot.newsroom import Period
from cogs.commands import SUMMARY
from cogs.slack import layout, pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked, links
from cogs.slack.counter import Bureau, Cog
from cogs.slack.mrkdwn import plain

SUMMARISE = "summarise"  # the entry in the menu of a message
SHARE, PICK = "summary:share", "summary:link"
SHOWN = 150  # characters of a link in the menu
NO_LINK = "In dieser Nachricht ist kein Link. Zusammenfassen geht bei Nachrichten mit einem Link auf einen Artikel."
WHICH = "*Welcher Link soll zusammengefasst werden?*"
GONE = "Diese Antwort ist nicht mehr da. Bitte neu anfragen."


async def summary(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/summary: the stored news of a period, or one article by its link."""
    told = asked.options
    length, link = Length(told.get("length", Length.MEDIUM)), told.get("link", "")
    async with to.watched() as progress:
        digest = await bureau.newsroom.summary(
            told.get("topic", ""), link, Period(told.get("period", Period.TODAY)), length, progress, asked.home
        )
    await _show(bureau, digest, length, asked, to, single=bool(link))


async def of_message(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The article that a message links to; where it links to several, which one."""
    found = [link for link in links(asked.texts) if len(link) <= SHOWN]
    if not found:
        raise UserError(NO_LINK)
    if len(found) > 1:
        await to.say([pieces.text(WHICH), pieces.menu(PICK, "Link wählen …", [(link, link) for link in found])])
        return
    await _article(bureau, found[0], asked, to)


async def picked(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """One of the links of a message was chosen."""
    await _article(bureau, asked.value, asked, to)


async def share(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """Show everybody what was told one person; who shared it is named, and not notified."""
    shown = bureau.shelf.get(asked.value)
    if not shown:
        raise UserError(GONE)
    await to.say([*shown, pieces.small(f"Geteilt von {plain(asked.who or 'jemandem', 60)}")], private=False)


def shareable(bureau: Bureau, blocks: pieces.Pieces, asked: Asked) -> list[pieces.Json]:
    """A button that shows everybody these pieces; none in direct messages."""
    if asked.direct:
        return []
    return [pieces.button("Öffentlich machen", SHARE, bureau.shelf.put(blocks))]


async def _article(bureau: Bureau, link: str, asked: Asked, to: Answer) -> None:
    async with to.watched() as progress:
        digest = await bureau.newsroom.link(link, progress=progress)
    await _show(bureau, digest, Length.MEDIUM, asked, to, single=True)


async def _show(bureau: Bureau, digest: Digest, length: Length, asked: Asked, to: Answer, *, single: bool) -> None:
    """The digest, in as many messages as it takes; what only one person sees can be shared."""
    for body in layout.messages(digest, length):
        told = layout.blocks_of(body, single=single)
        sharing = shareable(bureau, told, asked)
        await to.say([*told, *([pieces.buttons(*sharing)] if sharing else [])])


COG = Cog(
    commands={SUMMARY: summary},
    shortcuts={SUMMARISE: of_message},
    parts={SHARE: share, PICK: picked},
    costly=frozenset({SUMMARY.path.en, SUMMARISE, PICK}),
)
