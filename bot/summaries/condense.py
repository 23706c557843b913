"""One story -> a summary by a model: asked once, checked, and what was refused mended once.

draft ─check→ what is in order ─judge (where there is one)→ ─repair (where anything was refused)→ ─check→ summary
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ModelError, ModelMisbehaved
from bot.model import Article, Dropped, MadeBy, Story, Summary, Use
from bot.ports import Model, Prompt, Reply
from bot.summaries.check import REPEATED, SURPLUS, Checked, check
from bot.summaries.judge import Judged, judge
from bot.summaries.prompt import Draft, condense_prompt, number_of
from bot.summaries.repair import Objections, mended, repair_prompt
from bot.summaries.sources import articles_of, sources_of

LOG = logging.getLogger(__name__)
ONE_SENTENCE = 400  # characters; a single text as short as that may give no second sentence
UNMENDED = {REPEATED, SURPLUS}  # there is nothing to mend about what is not needed


@dataclass(frozen=True, slots=True)
class Condensed:
    """A summary by a model, and what each answer on the way to it used."""

    summary: Summary
    used: tuple[Use, ...]


async def condense(story: Story, model: Model, judging: Model | None = None) -> Condensed:
    """Ask a model to condense a story, check its answer, and have it mend once what was refused.

    `judging` is asked about what rules let through. Raises `ModelError`: `ModelMisbehaved` where too little of the
    answer may be shown.
    """
    case = _Case(story, articles_of(story), secrets.token_hex(8), model)
    prompt = condense_prompt(story, case.articles, case.nonce)
    first = await case.ask(prompt)
    left, used = check(first.answer, case.articles, case.nonce), [first.use]
    told = await case.judged(left, judging)
    used += told.used
    objections = _objections(first.answer, left, told.doubts)
    if not objections:
        return Condensed(case.summary(left, left.dropped), tuple(used))
    second = await case.mend(prompt, first.answer, objections)
    used += [second.use] if second else []
    new = mended(first.answer, objections, second.answer if second else None)
    left = check(new.draft, case.articles, case.nonce)
    return Condensed(case.summary(left, (*new.dropped, *left.dropped)), tuple(used))


@dataclass(frozen=True, slots=True)
class _Case:
    """A story, its sources, what tells them from orders, and who writes about it."""

    story: Story
    articles: Sequence[Article]
    nonce: str
    model: Model

    async def ask(self, prompt: Prompt) -> Reply[Draft]:
        """A draft of this story. Raises `ModelError`."""
        reply = await self.model.ask(prompt, Draft)
        if reply.answer.story not in {0, number_of(self.story)}:
            raise ModelMisbehaved(f"{reply.model} antwortet auf eine andere Frage.")
        return reply

    async def judged(self, left: Checked, judging: Model | None) -> Judged:
        """What the judge doubts of what rules let through; nothing without one."""
        if judging is None or not left.sentences:
            return Judged({})
        return await judge(self.story, left.sentences, self.articles, self.nonce, judging)

    async def mend(self, asked: Prompt, draft: Draft, objections: Objections) -> Reply[Draft] | None:
        """What it writes in place of what was refused; None where it fails, as the rest may do without."""
        try:
            return await self.ask(repair_prompt(asked, draft, objections))
        except ModelError as error:
            LOG.warning("Story %d goes unmended: %s", self.story.id, error)
            return None

    def summary(self, left: Checked, dropped: tuple[Dropped, ...]) -> Summary:
        """The summary of what is left. Raises `ModelMisbehaved` where that is too little."""
        if left.headline is None:
            raise ModelMisbehaved(f"{self.model.name} gibt keine brauchbare Überschrift.")
        if len(left.sentences) < _least(self.articles):
            raise ModelMisbehaved(f"{self.model.name} gibt zu wenige brauchbare Sätze.")
        told = (left.headline, left.sentences, sources_of(self.story), MadeBy.MODEL)
        return Summary(self.story.id, self.story.version, *told, dropped=dropped)


def _objections(draft: Draft, left: Checked, doubts: Mapping[int, str]) -> Objections:
    """What is to be mended: refused by rules, doubted by the judge, whose numbers count what rules let through."""
    passed = [place for place in range(len(draft.sentences)) if place not in left.refused]
    refused = {place: reason for place, reason in left.refused.items() if reason not in UNMENDED}
    doubted = {passed[n]: reason for n, reason in doubts.items()}
    headline = None if left.headline is not None else left.dropped[-1].reason.removeprefix("Überschrift ")
    return Objections(refused | doubted, headline)


def _least(articles: Sequence[Article]) -> int:
    """How many sentences a summary of these needs."""
    return 1 if sum(len(article.text) for article in articles) < ONE_SENTENCE else 2
