"""What people can ask for about alerts: set one up, see how it is doing, remove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.deliveries import alert_wishes
from bot.errors import UserError
from bot.german.alerts import NONE
from bot.model import Alert, Channel, Delivery, Platform, Topic
from bot.ports import Clock, Store

REMEMBERED = timedelta(days=30)  # as long as the outbox keeps what was posted


@dataclass(frozen=True, slots=True)
class AlertReport:
    """How an alert is doing: its messages of the last days, the oldest first, without their bodies."""

    alert: Alert
    told: Sequence[Delivery] = ()


class AlertDesk:
    """Alerts of channels and people. Who may ask for what is the surface's business."""

    def __init__(self, store: Store, clock: Clock, topics: Sequence[Topic], zone: str) -> None:
        """Work on this store; quiet hours are in this zone where nothing else is said."""
        self._store = store
        self._clock = clock
        self._topics = topics
        self._zone = zone

    async def set_up(self, channel: Channel, options: Mapping[str, str]) -> AlertReport:
        """Set a channel's alert up, or change what is named of it; one that was paused goes on.

        Raises `UserError` for a wrong option.
        """
        base = await self._store.alerts.get(channel)
        wanted = alert_wishes.alert(channel, options, self._topics, base, self._zone)
        if base is None or base.paused or (base.topics, base.critical) != (wanted.topics, wanted.critical):
            wanted = replace(wanted, since=self._clock.now())
        await self._store.alerts.save(replace(wanted, paused=False, reason=None))
        (report,) = await self.show(channel)
        return report

    async def show(self, channel: Channel) -> list[AlertReport]:
        """The channel's alert, or nothing."""
        found = await self._store.alerts.get(channel)
        return await self._reports([found] if found else [])

    async def show_space(self, platform: Platform, space: str) -> list[AlertReport]:
        """Those of one server or workspace."""
        return await self._reports(await self._store.alerts.within(platform, space))

    async def show_all(self) -> list[AlertReport]:
        """All there are."""
        return await self._reports(await self._store.alerts.all())

    async def remove(self, channel: Channel) -> Alert:
        """Forget a channel's alert and what still waits to be posted of it. Raises `UserError` where there is none."""
        found = await self._store.alerts.get(channel)
        if found is None:
            raise UserError(NONE)
        await self._store.alerts.remove(channel)
        return found

    async def _reports(self, alerts: Sequence[Alert]) -> list[AlertReport]:
        since = (self._clock.now() - REMEMBERED).date()
        told = await self._store.alerts.told([one.id for one in alerts], since)
        return [AlertReport(one, told.get(one.id, ())) for one in alerts]
