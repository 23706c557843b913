"""What was done to digests, how they are now, and what is missing until they are posted."""

from collections.abc import Callable, Sequence

from bot.desk import Report
from bot.german import outcomes
from bot.newsroom import Newsroom
from cogs.slack import pieces
from cogs.slack.cards import cards
from cogs.slack.counter import Bureau
from cogs.slack.pieces import Json

Cards = Callable[[Newsroom, Sequence[Report]], list[Json]]


async def result(bureau: Bureau, reports: Sequence[Report], done: str = "", make: Cards = cards) -> list[Json]:
    """`done` (markdown) and these digests; where no process posts at present, that, too."""
    is_running = await bureau.newsroom.desk.is_running()
    waiting = outcomes.waiting(has_token=True, is_running=is_running) if any(one.next for one in reports) else ""
    words = " ".join(filter(None, (done, waiting)))
    return [*([pieces.text(words)] if words else []), *make(bureau.newsroom, reports)]
