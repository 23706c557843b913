"""Which articles of a story are its sources, and in which order: the numbers that sentences cite."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.model import Article, Extent, Language, Member, Source, Story, Summary

MOST = 6  # sources of a story; a reader opens two or three


def articles_of(story: Story) -> tuple[Article, ...]:
    """At most six articles: the best of each outlet first, German and read in full before others, then the earliest.

    Where outlets are few, their other articles fill the rest. Article n is source n + 1.
    """
    first: dict[str, Member] = {}
    for member in sorted(story.members, key=_worth_of_outlet):
        first.setdefault(member.article.outlet, member)
    rest = [member for member in story.members if first[member.article.outlet] is not member]
    chosen = [*sorted(first.values(), key=_worth), *sorted(rest, key=_worth)]
    return tuple(_distinct(member.article for member in chosen))[:MOST]


def sources_of(story: Story) -> tuple[Source, ...]:
    """What the numbers of a summary of this story stand for, from 1."""
    return tuple(_source(n, article) for n, article in enumerate(articles_of(story), 1))


def in_order(summary: Summary) -> Summary:
    """The same summary with its sources numbered in the order in which its sentences name them, the others after."""
    cited = [n for sentence in summary.sentences for n in sentence.sources]
    order = list(dict.fromkeys([*cited, *(source.n for source in summary.sources)]))
    if order == [source.n for source in summary.sources]:
        return summary
    numbers = {old: new for new, old in enumerate(order, 1)}
    sources = sorted((replace(source, n=numbers[source.n]) for source in summary.sources), key=lambda source: source.n)
    sentences = [replace(one, sources=tuple(sorted(numbers[n] for n in one.sources))) for one in summary.sentences]
    return replace(summary, sentences=tuple(sentences), sources=tuple(sources))


def _worth(member: Member) -> tuple[object, ...]:
    article = member.article
    return article.language is not Language.DE, article.extent is not Extent.FULL, article.published, article.id


def _worth_of_outlet(member: Member) -> tuple[object, ...]:
    """An outlet speaks through what it found out last: a follow-up tells the old as well."""
    german, full, *rest = _worth(member)
    return german, full, not member.news, *rest


def _distinct(articles: Iterable[Article]) -> Iterator[Article]:
    """Each address once: a story may hold an article again after its title was rewritten."""
    seen: set[str] = set()
    for article in articles:
        if article.url not in seen:
            seen.add(article.url)
            yield article


def _source(n: int, article: Article) -> Source:
    told = (article.outlet, article.title, article.url, article.language, article.published, article.extent)
    return Source(n, *told, dated=article.dated)
