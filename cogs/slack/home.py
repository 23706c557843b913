"""The home tab: what somebody subscribed to, when the next digest comes, and what failed."""

from bot.german import topics as words
from bot.model import Channel, Platform
from cogs.slack import alerts, answers, pieces
from cogs.slack.cards import own_cards
from cogs.slack.counter import Bureau, Cog
from cogs.slack.results import result

TITLE = "Ihre Abos"
MORE = (
    "Neues Thema: `/topics subscribe ki`. Frage stellen: hier unter „Nachrichten“ schreiben. Alle Befehle: "
    "`/depesche help`."
)


async def show(bureau: Bureau, person: str) -> None:
    """Publish the tab for somebody who opened it. Raises `ChatError`."""
    newsroom, client = bureau.newsroom, bureau.surface.client
    who = Channel(Platform.SLACK, client.team, person, direct=True)
    reports = await newsroom.desk.show(who)
    blocks = [pieces.header(TITLE)]
    blocks += await result(bureau, reports, make=own_cards) if reports else [pieces.text(words.NONE_OF_ONES_OWN)]
    alerted = alerts.told(await newsroom.alerts.show(who), newsroom)
    blocks += [pieces.text(alerted)] if alerted else []
    status = answers.status(await newsroom.status(who.home), newsroom.clock.now(), newsroom.zone)
    blocks += [pieces.line(), pieces.text(status), pieces.small(MORE)]
    await client.request("views.publish", {"user_id": person, "view": {"type": "home", "blocks": blocks}})


COG = Cog(home=show)
