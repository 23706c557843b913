"""No more requests in a second than Discord allows."""

import asyncio
from collections import deque


class Pace:
    """Lets `most` through in any `span` of seconds; who comes too early waits, in order.

    Turns that all processes share keep the pace on average. This keeps it when the event loop was late and several
    turns came at once, and where a delivery takes more than one request.
    """

    def __init__(self, most: int, span: float) -> None:
        self._passed: deque[float] = deque(maxlen=most)
        self._span = span
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more may go."""
        async with self._queue:
            loop = asyncio.get_running_loop()
            if len(self._passed) == self._passed.maxlen:
                await asyncio.sleep(self._passed[0] + self._span - loop.time())
            self._passed.append(loop.time())
