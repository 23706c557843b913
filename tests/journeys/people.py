"""People on the stand-in for Discord, who use commands, press buttons and send forms, and what they are shown."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from cogs.discord.bot import Ears
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from cogs.discord.cogs import COGS
from cogs.discord.counter import Bureau, Cog, Counter
from tests.chats.guildhall import Guildhall
from tests.chats.world import BOT, CHANNEL, TOKEN, bits
from tests.journeys.office import Office, until

PERSON = 42
EPHEMERAL = 1 << 6
ROUTINE = "view_channel send_messages"
MANAGER = f"{ROUTINE} manage_channels"
Json = dict[str, Any]


@dataclass
class Shown:
    """What a person sees of an answer."""

    interaction: Json

    @property
    def text(self) -> str:
        message = self.interaction["original"]
        return "" if message is None else str(message["text"])

    @property
    def message(self) -> str:
        return str(self.interaction["original"]["id"])

    @property
    def private(self) -> bool:
        return bool(self.interaction["original"]["flags"] & EPHEMERAL)

    @property
    def answered(self) -> Json:
        return dict(self.interaction["answered"])

    @property
    def further(self) -> list[str]:
        return [one["text"] for one in self.interaction["follow_ups"]]

    @property
    def further_private(self) -> bool:
        return all(one["flags"] & EPHEMERAL for one in self.interaction["follow_ups"])

    @property
    def pressable(self) -> dict[str, str]:
        """The custom ids by what stands on them."""
        message = self.interaction["original"]
        return {str(part.get("label") or part["placeholder"]): part["custom_id"] for part in parts(message)}

    @property
    def choices(self) -> list[str]:
        return [one["value"] for one in self.answered["choices"]]


def parts(message: Json) -> list[Json]:
    """Everything in a message that has a custom id."""
    found, waiting = [], list(message["components"])
    while waiting:
        one = waiting.pop(0)
        waiting += one.get("components") or []
        found += [one] if "custom_id" in one else []
    return found


@dataclass
class People:
    """What they do; each waits for the answer."""

    hall: Guildhall
    bureau: Bureau

    async def use(
        self, path: str, at: int = CHANNEL, rights: str = ROUTINE, person: int = PERSON, **options: Any
    ) -> Shown:
        """Use a command, such as „digest setup“, in a channel; `options` by their English names."""
        return await self._do(at, command(path, options), person, rights)

    async def hand_in(self, path: str, name: str, text: str, rights: str = ROUTINE, **more: Any) -> Shown:
        """Use a command whose only option is a file; `size` and `url` may be other than they are."""
        told = self.hall.control.upload(name, text)
        url = f"http://127.0.0.1:{self.hall.port}{told['url']}"
        changed = {key: more.pop(key) for key in ("size", "url") if key in more}
        data = command(path, {})
        data["options"][0]["options"] = [{"type": 11, "name": "file", "value": told["id"]}]
        data["resolved"] = {"attachments": {told["id"]: told | {"url": url} | changed}}
        return await self._do(more.pop("at", CHANNEL), data, PERSON, rights, **more)

    async def type_(
        self, path: str, option: str, text: str, at: int = CHANNEL, rights: str = MANAGER, **options: Any
    ) -> list[str]:
        """Type into an option of a command: the values that are offered."""
        data = command(path, {**options, option: text})
        inner = data["options"][0].get("options") or data["options"]
        for one in inner:
            one.update({"focused": True} if one["name"] == option else {})
        return (await self._do(at, data, PERSON, rights, type=4)).choices

    async def press(
        self,
        shown: Shown,
        label: str,
        rights: str = ROUTINE,
        channel: int = CHANNEL,
        person: int = PERSON,
        custom_id: str = "",
        **more: Any,
    ) -> Shown:
        """Press a button of an answer, or choose `values` from a menu of it; as if it had another `custom_id`."""
        id_ = custom_id or shown.pressable[label]
        data = {"component_type": 3 if "values" in more else 2, "custom_id": id_, **more}
        return await self._do(channel, data, person, rights, message=shown.message)

    async def write(
        self, form: Json, rights: str = ROUTINE, at: int = CHANNEL, person: int = PERSON, **fields: Any
    ) -> Shown:
        """As `send`, of a form without a channel."""
        components = [_filled(label["component"], fields) for label in form["components"]]
        return await self._do(at, {"custom_id": form["custom_id"], "components": components}, person, rights, type=5)

    async def send(self, form: Json, rights: str = MANAGER, held: str | None = MANAGER, **fields: Any) -> Shown:
        """Fill in some fields of a form that was opened, and send it; `held`: the rights in the channel chosen."""
        components = [_filled(label["component"], fields) for label in form["components"]]
        chosen = next(one["component"]["values"][0] for one in components if one["component"]["type"] == 8)
        places = {"channels": {chosen: place(chosen, held)}}
        data = {"custom_id": form["custom_id"], "components": components, "resolved": places}
        return await self._do(CHANNEL, data, PERSON, rights, type=5)

    async def point(self, message: Json, name: str = "Summarise", channel: int = CHANNEL, **more: Any) -> Shown:
        """Choose a command in the menu of a message."""
        id_ = str(message.get("id", "77"))
        data = {"id": "1", "type": 3, "name": name, "target_id": id_, "resolved": {"messages": {id_: message}}}
        return await self._do(channel, data, PERSON, ROUTINE, **more)

    async def say(self, channel: int, text: str, person: int = PERSON, **more: Any) -> list[Json]:
        """Write a message; what the bot has posted there since, when nothing is being answered any more."""
        said = self.hall.control.say(channel, text, person, **more)
        await self.heard()
        return self.since(channel, said["id"])

    async def heard(self) -> None:
        """Wait until the bot has heard of all that was written, and is done with it."""
        mark = self.hall.control.interact(CHANNEL + 4, command("help", {}), PERSON, ROUTINE)["id"]
        await until(lambda: self._ended(mark))  # the gateway keeps its order

    def since(self, channel: int, message: str) -> list[Json]:
        """What the bot has posted in a channel after a message."""
        return [one for one in self.hall.control.messages(channel, message) if one["author"] == str(BOT)]

    async def _do(self, channel: int, data: Json, person: int, rights: str, **more: Any) -> Shown:
        id_ = self.hall.control.interact(channel, data, person, rights, **more)["id"]
        await until(lambda: self._ended(id_))
        return Shown(self._of(id_))

    def _ended(self, id_: str) -> bool:
        found = self._of(id_)
        loading = found["original"] is not None and found["original"]["flags"] & (1 << 7)
        return found["type"] is not None and not loading and not busy()

    def _of(self, id_: str) -> Json:
        return next(one for one in self.hall.control.interactions() if one["id"] == id_)


def busy() -> bool:
    """Whether an interaction is still being answered."""
    return any(
        "on_interaction" in str(task.get_coro()) or "_run_event" in str(task.get_coro()) for task in asyncio.all_tasks()
    )


def command(path: str, options: Json) -> Json:
    """What Discord sends of a command."""
    name, *sub = path.split()
    told = [option(*one) for one in options.items()]
    if sub:
        told = [{"type": 1, "name": sub[0], "options": told}]
    named = [str(value) for key, value in options.items() if key == "channel"]
    return {"name": name, "options": told, "resolved": {"channels": {id_: place(id_, MANAGER) for id_ in named}}}


def option(name: str, value: Any) -> Json:
    kind = {"channel": 7, "role": 8}.get(name, 4 if isinstance(value, int) else 3)
    return {"type": kind, "name": name, "value": str(value) if kind in {7, 8} else value}


def place(id_: str, held: str | None) -> Json:
    told = {} if held is None else {"permissions": str(bits(held))}
    return {"id": id_, "type": 0, "name": "news", **told}


def _filled(field: Json, fields: Json) -> Json:
    """A field as it comes back: what was filled in, or what stood there."""
    name = field["custom_id"]
    if field["type"] == 4:
        value = {"value": fields.get(name, field.get("value", ""))}
    else:
        there = [one["value"] for one in field.get("options", ()) if one.get("default")]
        there += [one["id"] for one in field.get("default_values", ())]
        value = {"values": fields.get(name, there)}
    return {"type": 18, "component": {"type": field["type"], "custom_id": name, **value}}


@asynccontextmanager
async def people(hall: Guildhall, office: Office, cogs: Sequence[Cog] = COGS) -> AsyncIterator[People]:
    """People, and a bot that is connected and answers from this office."""

    async def ignore(*_: str) -> None:
        pass

    async with opened(TOKEN, hall.rest, hall.gateway) as client:
        bureau = Bureau(office.house.newsroom, DiscordChannel(client))
        counter = Counter(bureau, cogs)
        task = asyncio.create_task(client.connect(Ears(ignore, ignore, counter.answer, counter.hear)))
        await until(lambda: client.kind(str(CHANNEL)) == 0)
        yield People(hall, bureau)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
