"""Sentences that cite articles -> the same with numbers from 1 in the order of citing, and their sources. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Article, Sentence, Source


def numbered(
    sentences: Sequence[Sentence], articles: Sequence[Article]
) -> tuple[tuple[Sentence, ...], tuple[Source, ...]]:
    """The sentences and their sources. Number n of a sentence is article n - 1."""
    cited = list(dict.fromkeys(n for sentence in sentences for n in sentence.sources))
    new = {n: place for place, n in enumerate(cited, 1)}
    renumbered = tuple(replace(one, sources=tuple(sorted(new[n] for n in one.sources))) for one in sentences)
    return renumbered, tuple(_source(new[n], articles[n - 1]) for n in cited)


def _source(n: int, article: Article) -> Source:
    return Source(n, article.outlet, article.title, article.url, article.language, article.published, article.extent)
