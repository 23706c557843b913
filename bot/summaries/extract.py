"""A story -> a summary without a model: the best sentences of its German sources, word for word.

Stories that only English outlets tell keep their headline and one sentence as they are, marked as untranslated: a
headline alone rarely says what happened, and more English in a German digest would pretend to be a summary.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.german.hedges import is_hedged
from bot.model import Article, Language, Length, MadeBy, Sentence, Story, Summary
from bot.summaries.candidates import Candidate, candidates
from bot.summaries.headline import headline_of
from bot.summaries.rating import rated
from bot.summaries.sources import articles_of, sources_of
from bot.summaries.terms import Terms, contained, terms, weights

SENTENCES = {Length.SHORT: 2, Length.MEDIUM: 3, Length.LONG: 5}
UNTRANSLATED = 1  # sentences in English
SAME = 0.75  # share of its terms that another source needs in one sentence to be named as saying the same
LEADS = 0.6  # of that is enough for the leads of two outlets: both tell the news itself
FIGURES = 2  # in common, and two outlets tell the same fact
AGAIN = 0.4  # share from which on a reader feels to have read it before
ANEW = 0.7  # what a sentence loses for what it repeats
NEWS = 0.4  # what the lead of a follow-up gains: the story is there because of it
_DENIAL = re.compile(
    r"\b(?:nicht|nichts|nie|niemals|niemand|ohne|weder|kein\w*|not|never|without|\w+n['’]t)\b", re.IGNORECASE
)
HOME = 0.15  # what a sentence gains that stands in the same article as the first: one voice reads better than three


def extract(story: Story, length: Length = Length.LONG) -> Summary:
    """The summary of a story in sentences of its sources, each with the sources that say it.

    A shorter one holds the first sentences of a longer one.
    """
    articles = articles_of(story)
    headline, german = headline_of(articles)
    language = Language.DE if german else Language.EN
    read = [(n, article) for n, article in enumerate(articles, 1) if article.language is language]
    told = [one for n, article in read for one in candidates(n, article)]
    most = SENTENCES[length] if german else UNTRANSLATED
    sentences = tuple(_told_by(one, told) for one in _chosen(told, _titles(articles), _fresh(story, articles), most))
    return Summary(story.id, story.version, headline, sentences, sources_of(story), MadeBy.EXTRACT, translated=german)


def _titles(articles: Sequence[Article]) -> Terms:
    return frozenset().union(*(terms(article.title) for article in articles))


def _fresh(story: Story, articles: Sequence[Article]) -> frozenset[int]:
    """The numbers of the sources that brought a new fact."""
    news = {member.article.id for member in story.members if member.news}
    return frozenset(n for n, article in enumerate(articles, 1) if article.id in news)


def _chosen(told: Sequence[Candidate], titles: Terms, fresh: frozenset[int], most: int) -> list[Candidate]:
    """The sentences that tell most, none of which repeats another, in the order they are read."""
    if not told:
        return []
    weight = weights([one.terms for one in told])
    scores = dict(zip(told, rated(told, titles, weight), strict=True))
    for one in told:
        scores[one] += NEWS * (one.source in fresh and one.position == 0)
    pool, picks = [one for one in told if one.printable], list[Candidate]()
    while pool and len(picks) < most:
        best = max(pool if picks else _leads(pool), key=lambda one: _gain(one, scores[one], picks, weight))
        picks.append(best)
        pool = [one for one in pool if not _is_told(one, picks, weight)]
    return list(_in_reading_order(picks))


def _leads(pool: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that may come first: those that begin their articles, or come nearest to it."""
    first = min(one.position for one in pool)
    return [one for one in pool if one.position == first]


def _gain(one: Candidate, score: float, picks: Sequence[Candidate], weight: Mapping[str, float]) -> float:
    if not picks:
        return score
    repeated = max(contained(one.terms, pick.terms, weight) for pick in picks)
    return score - ANEW * repeated + HOME * (one.source == picks[0].source)


def _is_told(one: Candidate, picks: Sequence[Candidate], weight: Mapping[str, float]) -> bool:
    """Whether a sentence was chosen, or says in other words what a chosen one says."""
    return any(_repeats(one, pick, weight) for pick in picks)


def _repeats(one: Candidate, pick: Candidate, weight: Mapping[str, float]) -> bool:
    repeated = contained(one.terms, pick.terms, weight)
    if one.source == pick.source:
        return one is pick or repeated >= AGAIN
    shared = one.figures & pick.figures
    leads = one.position == pick.position == 0
    figured = len(shared) >= FIGURES or (bool(shared) and shared == one.figures)
    return figured or repeated >= AGAIN * (LEADS if leads else 1)


def _in_reading_order(picks: Sequence[Candidate]) -> Iterator[Candidate]:
    """As in the articles, but so that any shorter summary is a beginning of a longer one."""
    start = 0
    for end in SENTENCES.values():
        yield from sorted(picks[start:end], key=lambda one: (one.position, one.source))
        start = end


def _told_by(one: Candidate, told: Sequence[Candidate]) -> Sentence:
    """The sentence with all sources that say it."""
    weight = dict.fromkeys((term for other in told for term in other.terms), 1.0)
    agreeing = {other.source for other in told if other.source != one.source and _says_the_same(other, one, weight)}
    return Sentence(one.text, tuple(sorted({one.source, *agreeing})), is_hedged(one.text))


def _says_the_same(other: Candidate, one: Candidate, weight: Mapping[str, float]) -> bool:
    """Whether another source backs a sentence: its words, all its figures, no denial and no doubt that it has not."""
    if not one.figures <= other.figures or contained(one.terms, other.terms, weight) < SAME:
        return False
    denied = bool(_DENIAL.search(one.text)) == bool(_DENIAL.search(other.text))
    return denied and (is_hedged(one.text) or not is_hedged(other.text))
