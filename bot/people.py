"""What people can ask about themselves: what is kept of them, all of it as a file, and to have it deleted.

A person is the channel of their direct messages, `dm:discord:USER`. Who may ask about whom is the surface's business.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import retention
from bot.deliveries.places import place
from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Channel, Subscription
from bot.ports import Clock, Store

Kept = Mapping[str, Sequence[Mapping[str, Any]]]  # rows by noun
FILE = "depesche-daten.json"
DAYS = {"deliveries": retention.DELIVERIES, "questions": retention.QUESTIONS, "votes": retention.VOTES}


@dataclass(frozen=True, slots=True)
class People:
    """What is kept of people, over all that keeps anything."""

    store: Store
    clock: Clock

    @staticmethod
    def person(text: str) -> Channel:
        """The person that an operator writes so, `dm:discord:USER`. Raises `UserError`."""
        found = place(text)
        if not found.direct:
            raise UserError(f"{named(text)} ist ein Kanal, keine Person. Ein Beispiel: person:dm:discord:123456.")
        return found

    async def about(self, person: Channel) -> Kept:
        """All that is kept of a person, by noun."""
        return await self.store.people.about(person)

    async def export(self, person: Channel) -> str:
        """All that is kept of a person, as JSON with dates by ISO 8601, and after how many days what of it goes."""
        told = {
            "person": person.place,
            "exported": self.clock.now().isoformat(),
            "kept_days": DAYS,
            "kept": await self.about(person),
        }
        return json.dumps(told, ensure_ascii=False, indent=2, default=_iso)

    async def forget(self, person: Channel) -> Mapping[str, int]:
        """Delete all that is kept of a person, also what is still to be sent; how much, by noun."""
        return await self.store.people.forget(person)

    async def untold(self, person: Channel) -> Sequence[Subscription]:
        """What of a person's was paused for a reason that nobody has told them yet; asked again, nothing."""
        if not await self.store.people.untold(person):
            return ()
        there = await self.store.subscriptions.of(person)
        return [one for one in there if one.paused and one.reason]


def _iso(value: object) -> str:
    """A moment or a day; anything else is a mistake of ours."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
