"""Direct messages to a person who asked for one."""

from bot.errors import ChatBusy, ChatForbidden, ChatGone, ChatUnsure, UserError
from bot.model import Channel, Delivery, State, number
from bot.ports.posts import Body
from cogs.slack.counter import Bureau

CLOSED = "Der Bot kann Ihnen keine Direktnachricht schicken. Bitte die App in Slack öffnen und es neu versuchen."
BUSY = "Das hat gerade nicht geklappt. Bitte in einer Minute noch einmal."


async def send(bureau: Bureau, person: Channel, what: str, body: Body) -> None:
    """Send a body to a person. `what` it is: the same that was sent within the latest messages comes once.

    Raises `UserError`, telling that person what to do, where it can't be sent.
    """
    now = bureau.newsroom.clock.now()
    id_ = number(f"{what}\0{person.place}")
    one = Delivery(id_, 0, person, now.date(), 1, body.text, State.PENDING, now, now)
    try:
        if await bureau.surface.find(one) is None:
            await bureau.surface.send(one)
    except (ChatForbidden, ChatGone) as error:
        raise UserError(CLOSED) from error
    except (ChatBusy, ChatUnsure) as error:
        raise UserError(BUSY) from error
