"""Endpoints in order: the next one answers where one fails, and one that is down is left alone for a while."""

import asyncio
import time
from collections.abc import Callable, Sequence

from bot.errors import BudgetSpent, ModelError, ModelUnavailable, SetupError
from bot.ports import AnswerT, Model, Prompt, Reply

WORTH_WAITING = 15.0  # seconds; an endpoint that is back within them is waited for, once
LONGEST_REST = 900.0  # seconds; however often it failed


class _Link:
    """One endpoint and how long it is still to be left alone: longer with every failure in a row."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.until = 0.0
        self.failed: ModelError | None = None
        self._in_a_row = 0

    def rest(self, error: ModelError, now: float) -> None:
        if error.rest <= 0 or now < self.until:  # what was asked before the rest began adds nothing
            return
        grown = min(error.rest * 2**self._in_a_row, LONGEST_REST)
        self.until, self.failed = now + max(grown, error.rest), error
        self._in_a_row += 1

    def works(self) -> None:
        self.until, self.failed, self._in_a_row = 0.0, None, 0


class Chain:
    """Several models that stand in for one another. Fulfils the port `Model`.

    `now` counts seconds; it need not know the time of day.
    """

    def __init__(self, models: Sequence[Model], now: Callable[[], float] = time.monotonic) -> None:
        if not models:
            raise SetupError("Es ist kein Sprachmodell eingerichtet. Bitte OPENAI_API_KEY setzen.")
        self._links = [_Link(model) for model in models]
        self._now = now

    @property
    def name(self) -> str:
        """That of the first model."""
        return self._links[0].model.name

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        """The first answer along the chain; after a short wait once more, where one is only busy.

        Raises the first model's `ModelError` when none answers, and `BudgetSpent` at once.
        """
        try:
            return await self._along(prompt, shape)
        except ModelUnavailable:
            pause = min(link.until for link in self._links) - self._now()
            if not 0 < pause <= WORTH_WAITING:
                raise
            await asyncio.sleep(pause)
            return await self._along(prompt, shape)

    async def _along(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        failures: list[ModelError] = []
        for link in self._links:
            try:
                return await self._ask(link, prompt, shape)
            except BudgetSpent:
                raise
            except ModelError as error:
                failures.append(error)
        raise failures[0]

    async def _ask(self, link: _Link, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        if link.failed and self._now() < link.until:
            raise type(link.failed)(str(link.failed))
        try:
            reply = await link.model.ask(prompt, shape)
        except ModelError as error:
            link.rest(error, self._now())
            raise
        link.works()
        return reply
