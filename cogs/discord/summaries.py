"""/summary on Discord, and „Zusammenfassen“ in the menu of a message."""

import json
from collections.abc import Sequence
from typing import Any

from bot.errors import UserError
from bot.model import Digest, Length
from bot.newsroom import Period
from cogs.commands import SUMMARY
from cogs.discord import layout, pieces
from cogs.discord.answer import Answer
from cogs.discord.asked import Asked, links
from cogs.discord.catalogue import SUMMARISE
from cogs.discord.counter import Bureau, Cog
from cogs.discord.menu import CUSTOM_ID
from cogs.discord.rights import SEND, SEND_IN_THREADS

SHARE, PICK = "summary:share", "summary:link"
NO_LINK = "In dieser Nachricht ist kein Link. Zusammenfassen geht bei Nachrichten mit einem Link auf einen Artikel."
WHICH = "**Welcher Link soll zusammengefasst werden?**"
SILENT = "In diesem Kanal dürfen Sie nichts schreiben, deshalb lässt sich hier nichts zeigen."
SHOWN = 300  # characters of a link in the list to choose from


async def summary(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/summary: the stored news of a period, or one article by its link."""
    await to.wait(private=not asked.direct)
    told = asked.options
    length, link = Length(told.get("length", Length.MEDIUM)), told.get("link", "")
    async with to.watched() as progress:
        digest = await bureau.newsroom.summary(
            told.get("topic", ""), link, Period(told.get("period", Period.TODAY)), length, progress, asked.home
        )
    await _show(digest, length, asked, to, single=bool(link))


async def of_message(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The article that a message links to; where it links to several, which one."""
    found = [link for link in links(asked.texts) if len(link) <= SHOWN]
    if not found:
        raise UserError(NO_LINK)
    if len(found) > 1:
        listed = "\n".join(f"{n}. <{link}>" for n, link in enumerate(found, 1))
        choices = [(str(n), link) for n, link in enumerate(found)]
        await to.say([pieces.text(f"{WHICH}\n{listed}"), pieces.menu(PICK, "Link wählen …", choices)])
        return
    await to.wait(private=not asked.direct)
    await _article(bureau, found[0], asked, to)


async def picked(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """One of the links of a message was chosen."""
    found, chosen = links(asked.texts), "".join(asked.values)
    if not chosen.isdecimal() or int(chosen) >= len(found):
        raise UserError(NO_LINK)
    await to.wait(private=not asked.direct)
    await _article(bureau, found[int(chosen)], asked, to)


async def share(_: Bureau, asked: Asked, to: Answer) -> None:
    """Show everybody what was told one person; who shared it is named."""
    if asked.space and not asked.may(SEND_IN_THREADS if asked.thread else SEND):
        raise UserError(SILENT)
    shown = pieces.without([{**one} for one in asked.shown], SHARE)
    if not shown:
        raise UserError("Diese Antwort ist nicht mehr da. Bitte neu anfragen.")
    await to.say([*shown, pieces.text(f"-# Geteilt von <@{asked.person}>")], private=False)


async def _article(bureau: Bureau, link: str, asked: Asked, to: Answer) -> None:
    async with to.watched() as progress:
        digest = await bureau.newsroom.link(link, progress=progress)
    await _show(digest, Length.MEDIUM, asked, to, single=True)


async def _show(digest: Digest, length: Length, asked: Asked, to: Answer, *, single: bool) -> None:
    """The digest, in as many messages as it takes; what only one person sees can be shared."""
    for body in layout.messages(digest, length):
        told: Sequence[dict[str, Any]] = json.loads(body.text)["v2"]["components"]
        if single:  # it is no story that could be asked for later
            told = pieces.without(told, CUSTOM_ID)
        sharing = [] if asked.direct else [pieces.buttons(pieces.button("Für alle zeigen", SHARE))]
        await to.say([*told, *sharing], private=not asked.direct)


COG = Cog(
    commands={SUMMARY: summary},
    messages={SUMMARISE: of_message},
    parts={SHARE: share, PICK: picked},
    costly=frozenset({SUMMARY.path.en, SUMMARISE.en, PICK}),
)
