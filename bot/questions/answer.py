"""A question and articles -> an answer: by a model within the day's budget, in quotes without one or where it fails."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.errors import ModelError, ModelMisbehaved
from bot.model import Answer, Article, MadeBy, Turn
from bot.ports import Model
from bot.questions.asked import Asked
from bot.questions.check import check
from bot.questions.citing import numbered
from bot.questions.passages import Passage, passages
from bot.questions.prompt import Draft, answer_prompt
from bot.questions.quotes import begun, quoted

SOURCES = 8  # articles a model is shown; a ninth brings nothing that eight don't have
WORTHWHILE = 0.3  # score from which an article may hold the answer; below it no model is asked


async def answer(
    asked: Asked, articles: Sequence[Article], turns: Sequence[Turn], model: Model | None, sure: int = 0
) -> Answer:
    """What these articles, best first, say about it. A model that fails costs a note, never the answer.

    `sure`: the question is about the first so many articles, so that a model is shown them whatever words it uses.
    """
    found = await _read(asked, articles)
    plain = quoted(asked, articles, [one for one in found if one.article < sure])
    if asked.overall and sure and not plain.sentences:
        plain = begun(asked, articles, found, sure)
    plain = plain if plain.sentences else quoted(asked, articles, found)
    if model is None:
        return plain
    best, fitting = _best(asked, articles, found, sure)
    if not best:
        return replace(plain, made_by=MadeBy.MODEL) if not plain.sentences else plain
    try:
        return await _written(asked, best, fitting, turns, model)
    except ModelError as error:
        note = f"{str(error).removesuffix('.')}: Antwort in Zitaten statt vom Sprachmodell."
        return replace(plain, notes=(note,))


async def _read(asked: Asked, articles: Sequence[Article]) -> list[Passage]:
    """The sentences of all articles; each takes some milliseconds, and others get their turn between two."""
    found: list[Passage] = []
    for n, article in enumerate(articles):
        found += passages(n, article, asked)
        await asyncio.sleep(0)
    return found


async def _written(
    asked: Asked, articles: Sequence[Article], found: Sequence[Passage], turns: Sequence[Turn], model: Model
) -> Answer:
    """Ask the model, and check its answer. Raises `ModelError`: `ModelMisbehaved` where nothing of it may be shown."""
    number, nonce = secrets.randbelow(9_000) + 1_000, secrets.token_hex(8)
    prompt = answer_prompt(number, asked.question, articles, found, turns, nonce)
    reply = await model.ask(prompt, Draft)
    draft = reply.answer
    if draft.number not in {0, number}:
        raise ModelMisbehaved(f"{reply.model} antwortet auf eine andere Frage.")
    left = check(draft, articles, nonce) if draft.found else None
    if left is None or not draft.sentences:
        return Answer(asked.question, (), (), MadeBy.MODEL)
    if not left.sentences:
        raise ModelMisbehaved(f"{reply.model} gibt keine brauchbare Antwort.")
    sentences, sources = numbered(left.sentences, articles)
    return Answer(asked.question, sentences, sources, MadeBy.MODEL, dropped=left.dropped)


def _worth(one: Passage, asked: Asked) -> float:
    """How well it fits; an article that has all names of a long question is worth showing, whatever else it asks."""
    return max(one.score, WORTHWHILE) if one.named and any(word.name for word in asked.wanted) else one.score


def _best(
    asked: Asked, articles: Sequence[Article], found: Sequence[Passage], sure: int
) -> tuple[list[Article], list[Passage]]:
    """The articles worth showing, best first, with their sentences."""
    scores = [0.0] * len(articles)
    for one in found:
        scores[one.article] = max(scores[one.article], _worth(one, asked))
    order = sorted(range(len(articles)), key=lambda n: (n >= sure, -scores[n]))
    best = [n for n in order if n < sure or scores[n] >= WORTHWHILE][:SOURCES]
    place = {n: new for new, n in enumerate(best)}
    fitting = [replace(one, article=place[one.article]) for one in found if one.article in place]
    return [articles[n] for n in best], fitting
