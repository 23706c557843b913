"""Stories -> summaries in German: condensed by a model once, by extraction where there is none or it fails."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from weakref import WeakValueDictionary

from bot.errors import ModelError, ModelMisbehaved
from bot.model import Length, Prices, Story, Summary, cost, together
from bot.ports import Model, Progress, Summaries
from bot.summaries.condense import Condensed, condense
from bot.summaries.extract import SENTENCES, extract
from bot.summaries.headline import headline_of
from bot.summaries.prompt import VERSION
from bot.summaries.sources import articles_of, in_order
from bot.summaries.turns import Turns

AT_ONCE = 4  # requests; more only meet the endpoints' rate limits
TRIES = 2  # for a story whose answers are useless, in the life of a process
LOG = logging.getLogger(__name__)

Key = tuple[int, str]  # a story and the version of its sources


@dataclass(frozen=True, slots=True)
class Written:
    """Summaries at full length by story id. `notes`: why some are extracts (German)."""

    summaries: Mapping[int, Summary]
    notes: tuple[str, ...] = ()


def shorten(summary: Summary, length: Length) -> Summary:
    """The first sentences of a summary, as many as this length shows, its sources numbered as they are met.

    They have the same numbers at every length.
    """
    ordered = in_order(summary)
    return replace(ordered, sentences=ordered.sentences[: SENTENCES[length]])


class Summariser:
    """Condenses each version of a story once, whoever asks, and stores it at once: nothing that was paid is lost.

    Without a model, every summary is an extract. Extracts are never stored: when the model is back, it condenses.
    `judge` is asked about each summary; `prices` are for the log; `turns`: of the processes that share the store.
    """

    def __init__(
        self,
        summaries: Summaries,
        model: Model | None,
        judge: Model | None = None,
        prices: Prices | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._summaries = summaries
        self._model = model
        self._judge = judge
        self._prices = prices or {}
        self._others = turns
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._busy: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._useless: Counter[Key] = Counter()

    async def summarise(self, stories: Sequence[Story], progress: Progress) -> Written:
        """A summary for every story, stored or new. A model that fails costs a note, never a story."""
        found = dict(await self._stored(stories))
        missing = [story for story in stories if story.id not in found]
        failures: list[ModelError] = []
        done = 0

        async def write(story: Story) -> None:
            nonlocal done
            found[story.id] = await self._written(story, failures)
            done += 1
            progress("Meldungen zusammengefasst", done, len(missing))

        await asyncio.gather(*(write(story) for story in missing))
        return Written(found, _notes(failures))

    async def headline(self, story: Story) -> str:
        """What a story is called at present: by its stored summary, or by an extract. Asks no model."""
        stored = await self._stored([story])
        return stored[story.id].headline if story.id in stored else headline_of(articles_of(story))[0]

    async def stored(self, story: Story) -> Summary | None:
        """The summary that is kept of it as it is; None where there is none. Asks no model."""
        return (await self._stored([story])).get(story.id)

    async def _stored(self, stories: Sequence[Story]) -> Mapping[int, Summary]:
        return {} if self._model is None else await self._summaries.find(stories, _recipe(self._model))

    async def _written(self, story: Story, failures: list[ModelError]) -> Summary:
        if self._model is not None:
            try:
                return await self._condensed(story, self._model)
            except ModelError as error:
                LOG.info("Story %d is told by an extract: %s", story.id, error)
                failures.append(error)
        async with self._turns:
            await asyncio.sleep(0)  # an extract is some milliseconds of work; others get their turn between two
            return extract(story)

    async def _condensed(self, story: Story, model: Model) -> Summary:
        """The stored summary, or a new one. Two who want the same story at once wait for one answer."""
        key = (story.id, story.version)
        lock = self._busy.setdefault(key, asyncio.Lock())
        async with lock, self._turns, self._alone(story):
            stored = await self._summaries.find([story], _recipe(model))
            return stored.get(story.id) or await self._new(story, model, key)

    def _alone(self, story: Story) -> AbstractAsyncContextManager[None]:
        """Nobody else condenses this version meanwhile."""
        return nullcontext() if self._others is None else self._others.one(story.id, story.version)

    async def _new(self, story: Story, model: Model, key: Key) -> Summary:
        if self._useless[key] >= TRIES:
            raise ModelMisbehaved(f"{model.name} gibt keine brauchbare Antwort.")
        try:
            condensed = await condense(story, model, self._judge)
        except ModelMisbehaved:
            self._useless[key] += 1
            raise
        await self._summaries.keep(condensed.summary, _recipe(model), together(condensed.used))
        _log(condensed, self._prices)
        return condensed.summary


def _log(condensed: Condensed, prices: Prices) -> None:
    """One line for each story that was paid for."""
    used, tokens = condensed.used, together(condensed.used)
    told = (condensed.summary.story_id, ", ".join(dict.fromkeys(one.model for one in used)), sum(u.calls for u in used))
    counts = (tokens.read, tokens.cached, tokens.written, _dollars(cost(used, prices)))
    LOG.info("Story %d condensed by %s: %d calls, tokens: %d read, %d of them cached, %d written; %s", *told, *counts)


def _dollars(amount: Decimal | None) -> str:
    return "no price" if amount is None else f"USD {amount:.6f}"


def _recipe(model: Model) -> str:
    """What a stored summary depends on besides its sources."""
    return f"{VERSION}/{model.name}"


def _notes(failures: Sequence[ModelError]) -> tuple[str, ...]:
    """One German sentence for each reason, with the number of extracts it led to."""
    counts = Counter(str(error).removesuffix(".") for error in failures)
    return tuple(
        f"{reason}: {count} {'Meldung' if count == 1 else 'Meldungen'} als Auszug." for reason, count in counts.items()
    )
