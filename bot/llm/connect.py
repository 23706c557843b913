"""Endpoints -> one model: repaired, within the budget, along the chain."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.llm.budget import Budget, Budgeted
from bot.llm.chain import Chain
from bot.llm.endpoints import Endpoint
from bot.llm.openai import OpenAIModel
from bot.llm.repair import Repairing


@asynccontextmanager
async def connect(endpoints: Sequence[Endpoint], budget: Budget) -> AsyncIterator[Chain]:
    """The model these endpoints make, in their order; its connections are closed at the end."""
    async with AsyncExitStack() as stack:
        models = [OpenAIModel(endpoint) for endpoint in endpoints]
        for model in models:
            stack.push_async_callback(model.close)
        yield Chain([Repairing(Budgeted(model, budget)) for model in models])
