"""Passages -> an answer without a model: the best sentences, word for word, where they fit well enough. Pure."""

from collections.abc import Sequence

from bot.german.hedges import is_hedged
from bot.german.keys import keys
from bot.german.typography import typeset
from bot.model import Answer, Article, Language, MadeBy, Sentence
from bot.questions.asked import Asked
from bot.questions.citing import numbered
from bot.questions.passages import Passage

ENOUGH = 0.62  # score from which a sentence is an answer; see DECISIONS.md for how it was found
OWN = 0.2  # of which so much must be in the sentence itself
NEAR = 0.85  # of the best score: others are worth quoting beside it
VAGUE = 6.0  # what the only word of a question must tell, for a sentence with it to be an answer
MOST = 3  # quotes; an answer is no digest
SAME = 0.7  # share of keys in common from which two sentences say the same


def quoted(asked: Asked, articles: Sequence[Article], found: Sequence[Passage]) -> Answer:
    """The answer in quotes; German ones first where they fit as well as English ones."""
    if len(asked.wanted) == 1 and asked.wanted[0].weight < VAGUE:
        return Answer(asked.question, (), (), MadeBy.EXTRACT)
    fitting = [one for one in found if one.quotable and one.named and one.score >= ENOUGH and one.own >= OWN]
    best = max((one.score for one in fitting), default=0.0)
    ranked = sorted(
        (one for one in fitting if one.score >= NEAR * best), key=lambda one: _order(one, articles), reverse=True
    )
    picks: list[Passage] = []
    for one in ranked:
        if len(picks) < MOST and not any(_says_the_same(one, pick, articles) for pick in picks):
            picks.append(one)
    sentences, sources = numbered([_sentence(one, articles) for one in picks], articles)
    return Answer(asked.question, sentences, sources, MadeBy.EXTRACT)


def begun(asked: Asked, articles: Sequence[Article], found: Sequence[Passage], sure: int) -> Answer:
    """How the story begins that these first articles tell: in the latest German one that has all names asked about."""
    fitting = [one for one in found if one.article < sure and one.named and one.quotable]
    languages = {one.article: articles[one.article].language for one in fitting}
    chosen = next((n for n, language in languages.items() if language is Language.DE), next(iter(languages), 0))
    first = [one for one in fitting if one.article == chosen][:MOST]
    sentences, sources = numbered([_sentence(one, articles) for one in first], articles)
    return Answer(asked.question, sentences, sources, MadeBy.EXTRACT)


def _order(one: Passage, articles: Sequence[Article]) -> tuple[float, bool, float]:
    article = articles[one.article]
    return round(one.score, 1), article.language is Language.DE, one.score


def _sentence(one: Passage, articles: Sequence[Article]) -> Sentence:
    german = articles[one.article].language is Language.DE
    return Sentence(typeset(one.text) if german else one.text, (one.article + 1,), is_hedged(one.text))


def _says_the_same(one: Passage, pick: Passage, articles: Sequence[Article]) -> bool:
    first, second = (keys(p.text, articles[p.article].language) for p in (one, pick))
    return len(first & second) >= SAME * min(len(first), len(second))
