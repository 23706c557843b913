"""People in the stand-in for Slack, who type commands, press buttons and send forms, and what they are shown."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from cogs.slack.channel import SlackChannel
from cogs.slack.client import SlackClient
from cogs.slack.cogs import COGS
from cogs.slack.counter import Bureau, Cog, Counter
from cogs.slack.sockets import Ears
from tests.chats.slack_control import read
from tests.chats.slack_world import CHANNEL, PERSON, Deed
from tests.chats.workspace import Workspace
from tests.journeys.office import Office, until

Json = dict[str, Any]
ADMIN = "U0000000001"


@dataclass
class Shown:
    """What came back to somebody: what the response_url was sent."""

    deed: Deed
    blocks: list[Json] = field(default_factory=list)

    @property
    def last(self) -> Json:
        return self.deed.responses[-1]

    @property
    def text(self) -> str:
        return read(self.last)

    @property
    def private(self) -> bool:
        return all(one["response_type"] == "ephemeral" for one in self.deed.responses)

    @property
    def parts(self) -> dict[str, Json]:
        """What can be pressed, by what stands on it."""
        return parts(self.last["blocks"])


def parts(blocks: Sequence[Json]) -> dict[str, Json]:
    """What can be pressed, by what stands on it."""
    found: dict[str, Json] = {}
    for block in blocks:
        for one in [*(block.get("elements") or []), *([block["accessory"]] if "accessory" in block else [])]:
            if "action_id" in one:
                found[(one.get("text") or one.get("placeholder") or {"text": one["action_id"]})["text"]] = one
    return found


@dataclass
class Slackers:
    """What they do; each waits for the answer."""

    slack: Workspace
    surface: SlackChannel
    office: Office

    async def type_(self, line: str, channel: str = CHANNEL, person: str = PERSON, **more: Any) -> Shown:
        """A slash command."""
        return await self._answered(await self.slack.control.command(line, channel, person, **more))

    async def press(
        self, one: Json, channel: str = CHANNEL, person: str = PERSON, message: Json | None = None
    ) -> Shown:
        """A button."""
        deed = await self.slack.control.press(one["action_id"], channel, person, message, value=one.get("value", ""))
        return await self._answered(deed)

    async def choose(
        self, one: Json, value: str, channel: str = CHANNEL, person: str = PERSON, message: Json | None = None
    ) -> Shown:
        """One of a menu's choices."""
        option = next(each for each in one["options"] if each["value"].startswith(value))
        deed = await self.slack.control.press(one["action_id"], channel, person, message, selected_option=option)
        return await self._answered(deed)

    async def opens(self, one: Json, channel: str = CHANNEL, person: str = PERSON) -> Json:
        """A button that opens a form."""
        count = len(self.slack.control.views())
        await self.slack.control.press(one["action_id"], channel, person, None, value=one.get("value", ""))
        await until(lambda: len(self.slack.control.views()) > count)
        return self.slack.control.views()[-1]

    async def _answered(self, deed: Deed) -> Shown:
        await until(lambda: deed.responses)
        assert deed.after is not None
        assert deed.after < self.slack.control.space.settings.deadline
        return Shown(deed)


@asynccontextmanager
async def slackers(
    office: Office,
    slack: Workspace,
    client: SlackClient,
    cogs: Sequence[Cog] = COGS,
    admins: frozenset[str] = frozenset(),
) -> AsyncIterator[Slackers]:
    """A socket of this office's."""
    slack.control.person(ADMIN, is_admin=True)
    surface = SlackChannel(client)
    counter = Counter(Bureau(office.house.newsroom, surface, admins), cogs)
    task = asyncio.ensure_future(client.connect(Ears(counter.asked, counter.told), 0.5))
    try:
        yield Slackers(slack, surface, office)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
