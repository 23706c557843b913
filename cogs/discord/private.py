"""Direct messages to a person who asked for one; each once, however often it is asked for within minutes."""

from bot.errors import ChatBusy, ChatForbidden, ChatGone, ChatUnsure, UserError
from bot.model import Channel, Delivery, Platform, State, number
from bot.ports.posts import Body
from cogs.discord.counter import Bureau

CLOSED = (
    "Der Bot kann Ihnen keine Direktnachricht schicken. Bitte in den Datenschutzeinstellungen dieses Servers "
    "„Direktnachrichten“ erlauben, oder den Bot nicht länger blockieren, und es noch einmal versuchen."
)
BUSY = "Das hat gerade nicht geklappt. Bitte in einer Minute noch einmal; doppelt kommt nichts."


def person(id_: str) -> Channel:
    """The direct messages with a person."""
    return Channel(Platform.DISCORD, "", id_, direct=True)


async def send(bureau: Bureau, to: str, what: str, body: Body) -> None:
    """Send a body to a person. `what` it is: the same within minutes comes once.

    Raises `UserError`, telling that person what to do, where it can't be sent.
    """
    now = bureau.newsroom.clock.now()
    id_ = number(f"{what}\0{to}")
    one = Delivery(id_, 0, person(to), now.date(), 1, body.text, State.PENDING, now, now)
    try:
        await bureau.surface.send(one)
    except (ChatForbidden, ChatGone) as error:
        raise UserError(CLOSED) from error
    except (ChatBusy, ChatUnsure) as error:
        raise UserError(BUSY) from error
