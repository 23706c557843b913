"""The sentences of a summary and their sources -> those that a second model finds no support for, and why.

It sees what rules can't: causes, who did what, what follows from what. It may only take away, and what it says is
never shown unless it could be shown anyway.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from pydantic import BaseModel

from bot.errors import ModelError
from bot.german.intruders import intruder, runs
from bot.german.language import is_german
from bot.model import Article, Sentence, Story, Use
from bot.ports import Model, Prompt
from bot.summaries.prompt import number_of, quoted

LOG = logging.getLogger(__name__)
JUDGE = files(__package__).joinpath("prompts", "judge.md").read_text("utf-8")
RUNS = runs(JUDGE)
LONGEST_REASON = 160  # characters
UNSAID = "steht so nicht in den Quellen"


class Doubt(BaseModel):
    """The number of a sentence, and why its sources don't carry it (German)."""

    sentence: int
    reason: str = ""


class Verdict(BaseModel):
    """What the judge answers. `story` repeats the number it was asked about; 0 where a lax endpoint leaves it out."""

    story: int = 0
    doubts: list[Doubt]


@dataclass(frozen=True, slots=True)
class Judged:
    """The doubtful sentences by their place, each with a reason that goes on after „Der Satz …“, and what it took."""

    doubts: Mapping[int, str]
    used: tuple[Use, ...] = ()


async def judge(
    story: Story, sentences: Sequence[Sentence], articles: Sequence[Article], nonce: str, model: Model
) -> Judged:
    """What the judge doubts. One that fails or talks nonsense doubts nothing, and the log says so."""
    try:
        reply = await model.ask(judge_prompt(story, sentences, articles, nonce), Verdict)
    except ModelError as error:
        LOG.warning("Story %d goes unjudged: %s", story.id, error)
        return Judged({}, ())
    verdict = reply.answer
    numbers = [doubt.sentence for doubt in verdict.doubts]
    sound = verdict.story in {0, number_of(story)} and set(numbers) <= set(range(1, len(sentences) + 1))
    if not sound:
        LOG.warning("Story %d goes unjudged: %s names sentences that there are not", story.id, reply.model)
        return Judged({}, (reply.use,))
    return Judged({doubt.sentence - 1: _reason(doubt.reason, nonce) for doubt in verdict.doubts}, (reply.use,))


def judge_prompt(story: Story, sentences: Sequence[Sentence], articles: Sequence[Article], nonce: str) -> Prompt:
    """What to ask about these sentences."""
    number = number_of(story)
    listed = [
        f"{n}. {sentence.text} (Quellen: {', '.join(map(str, sentence.sources))})"
        for n, sentence in enumerate(sentences, 1)
    ]
    told = [quoted(number, articles, nonce), "\n".join(["Die Sätze:", *listed])]
    request = f"Prüfe die Sätze der Meldung {number}. Antworte nur mit dem JSON-Objekt."
    return Prompt(JUDGE, "\n\n".join([*told, request]), story.id)


def _reason(told: str, nonce: str) -> str:
    """What the judge says, where a reader may see it."""
    text = " ".join(told.split()).strip(" .")
    if not text or len(text) > LONGEST_REASON or intruder(text, (), nonce, RUNS) or not is_german(text):
        return UNSAID
    return f"{UNSAID}: {text}"
