"""How much is let through: the limit of all requests of a bot, and of messages in one channel."""

from collections import deque
from typing import Literal

Mode = Literal["fixed", "sliding"]


class Rates:
    """Both limits; None lets everything through. Times are seconds of one clock that only goes forward."""

    def __init__(self, limit: int | None, mode: Mode, channel_limit: int | None, channel_window: float) -> None:
        self.limit = limit
        self.mode = mode
        self.channel_limit = channel_limit
        self.channel_window = channel_window
        self._fixed: dict[int, tuple[int, int]] = {}
        self._sliding: dict[int, deque[float]] = {}
        self._channels: dict[int, tuple[float, int]] = {}
        self._slow: dict[int, float] = {}

    def wait(self, bot: int, now: float) -> float:
        """Seconds until this bot may ask again; 0 lets this request through and counts it."""
        if self.limit is None:
            return 0.0
        return (
            self._wait_fixed(bot, now, self.limit) if self.mode == "fixed" else self._wait_sliding(bot, now, self.limit)
        )

    def _wait_fixed(self, bot: int, now: float, limit: int) -> float:
        second, count = self._fixed.get(bot, (0, 0))
        if second != int(now):
            second, count = int(now), 0
        if count >= limit:
            return second + 1 - now
        self._fixed[bot] = second, count + 1
        return 0.0

    def _wait_sliding(self, bot: int, now: float, limit: int) -> float:
        seen = self._sliding.setdefault(bot, deque())
        while seen and seen[0] <= now - 1:
            seen.popleft()
        if len(seen) >= limit:
            return seen[0] + 1 - now
        seen.append(now)
        return 0.0

    def channel(self, channel: int, now: float) -> tuple[float, int, float]:
        """(Seconds to wait, messages left, seconds until the window ends); 0 seconds count this message."""
        assert self.channel_limit is not None
        end, count = self._channels.get(channel, (0.0, 0))
        if end <= now:
            end, count = now + self.channel_window, 0
        if count >= self.channel_limit:
            return end - now, 0, end - now
        self._channels[channel] = end, count + 1
        return 0.0, self.channel_limit - count - 1, end - now

    def slow(self, channel: int, now: float, pause: float) -> float:
        """Seconds to wait in a channel with slow mode; 0 lets this message through."""
        if (free := self._slow.get(channel, 0.0)) > now:
            return free - now
        self._slow[channel] = now + pause
        return 0.0
