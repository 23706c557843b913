"""The day's tokens: a hard stop, set by the operator."""

import asyncio
from datetime import date

from bot.errors import BudgetSpent, ModelError
from bot.llm.endpoints import OUTPUT_TOKENS
from bot.model import Tokens, Use
from bot.ports import AnswerT, Clock, Model, Prompt, Reply, Spending

TOKENS_PER_CHARACTER = 0.4  # before anything was counted; German needs 0.25 to 0.35
OVERHEAD = 600  # tokens: the schema and what the endpoint wraps around the messages


def most(characters: int, density: float = TOKENS_PER_CHARACTER, output_tokens: int = OUTPUT_TOKENS) -> int:
    """The most that a request of so many characters may cost, in tokens."""
    return round(characters * density) + OVERHEAD + output_tokens


class Budget:
    """What one process may still spend today (UTC), with what its running requests may cost set aside.

    Other processes are seen through the account; what they have set aside is not.
    """

    def __init__(self, spending: Spending, clock: Clock, daily_tokens: int) -> None:
        self._spending = spending
        self._clock = clock
        self._daily_tokens = daily_tokens
        self._set_aside = 0
        self._turn = asyncio.Lock()

    async def reserve(self, tokens: int) -> date:
        """Set so many tokens aside; the day they belong to. Raises `BudgetSpent` when they could exceed the limit."""
        async with self._turn:
            day = self._clock.now().date()
            if await self._spending.spent(day) + self._set_aside + tokens > self._daily_tokens:
                raise BudgetSpent("Tagesbudget erreicht.")
            self._set_aside += tokens
            return day

    async def settle(self, day: date, used: Use, reserved: int, story: int | None = None) -> None:
        """Write down what was really used, then let go of what was set aside.

        Not while a reservation reads the account: it would see neither of the two.
        """
        try:
            async with self._turn:
                if used.tokens.total:
                    await self._spending.record(day, used.model, used.tokens, story)
        finally:
            self._set_aside -= reserved


class Budgeted:
    """A model within a budget: no request is sent that could exceed it. Fulfils the port `Model`."""

    def __init__(self, model: Model, budget: Budget, output_tokens: int = OUTPUT_TOKENS) -> None:
        self._model = model
        self._budget = budget
        self._output_tokens = output_tokens
        self._density = TOKENS_PER_CHARACTER

    @property
    def name(self) -> str:
        """The model's own."""
        return self._model.name

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        """Ask and write down what it cost, also when the answer was useless. Raises `BudgetSpent` before asking."""
        reserved = self._estimate(prompt)
        day = await self._budget.reserve(reserved)
        used = Tokens()
        try:
            reply = await self._model.ask(prompt, shape)
            used = reply.tokens
        except ModelError as error:
            used = Tokens(error.read, error.written, error.cached)
            raise
        finally:
            self._learn(prompt, used)
            await self._budget.settle(day, Use(self.name, used), reserved, prompt.story)
        return reply

    def _estimate(self, prompt: Prompt) -> int:
        """The most this request may cost, in tokens."""
        return most(_length(prompt), self._density, self._output_tokens)

    def _learn(self, prompt: Prompt, used: Tokens) -> None:
        """Estimate higher from now on where the endpoint counts more tokens than expected."""
        self._density = max(self._density, (used.read - OVERHEAD) / max(_length(prompt), 1))


def _length(prompt: Prompt) -> int:
    return len(prompt.constant) + len(prompt.question)
