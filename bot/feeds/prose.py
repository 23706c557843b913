"""The article in a page, read in a millisecond where its markup is plain; None where a real extractor must look."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.feeds.text import paragraphs
from bot.feeds.visible import visible

LEAST = 500  # characters, and
FEWEST = 3  # paragraphs of so many
PARAGRAPH = 60  # characters: what a plain reading must find to be believed
LINKED = 0.3  # share of a text within links; an article has a tenth of that, a list of teasers all
COVERED = 0.5  # share of the article element's text that stands in its paragraphs
CONFIRMED = 0.8  # share of words that linked data and paragraphs must have in common

_CONTAINERS = ("[itemprop='articleBody']", "article", "main,[role='main']")
_BANNERS = ",".join(
    f"[{attribute}*='{word}' i]"
    for attribute in ("id", "class")
    for word in ("cookie", "consent", "onetrust", "usercentrics", "sp_message", "gdpr", "didomi", "truste")
)
_FURNITURE = "nav,aside,footer,form,figure,button,header nav,address," + ",".join(
    f"[class*='{word}' i]"
    for word in (
        "newsletter",
        "related",
        "teaser",
        "share",
        "social",
        "advert",
        "comment",
        "recommend",
        "author",
        "promo",
    )
)
_KEPT = frozenset({"html", "body", "main", "article"})


def drop_banners(tree: LexborHTMLParser) -> None:
    """Take out consent banners and layers; never what holds an article."""
    _drop(tree, _BANNERS)


def plain_article(tree: LexborHTMLParser, confirmation: str) -> str | None:
    """The paragraphs of the article element, None where they don't look like an article. Changes the tree.

    `confirmation` is the article as the page's linked data tells it: invisible, so it is never shown, but it decides
    whether the visible paragraphs are the article.
    """
    container = _container(tree)
    if container is None:
        return None
    _drop(tree, _FURNITURE)
    nodes = [node for node in container.css("p,h2,h3,h4,li,blockquote,pre") if not _is_nested(node)]
    texts = [(node, _text(node)) for node in nodes]
    told = [text for _, text in texts if text]
    if not _is_article(told, [node for node, _ in texts], _text(container)):
        return None
    text = "\n\n".join(told)
    return text if not confirmation or _confirms(confirmation, text) else None


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    for selector in _CONTAINERS:
        found = tree.css(selector)
        if found:
            return max(found, key=lambda node: sum(len(paragraph.text()) for paragraph in node.css("p")))
    return None


def _drop(tree: LexborHTMLParser, selector: str) -> None:
    for node in tree.css(selector):
        if node.tag not in _KEPT and node.css_first("article,main,[itemprop='articleBody']") is None:
            node.decompose(recursive=False)


def _is_nested(node: LexborNode) -> bool:
    """Whether a list item, quote or the like only holds paragraphs that are read themselves."""
    return node.tag in {"li", "blockquote"} and node.css_first("p") is not None


def _is_article(told: Sequence[str], nodes: Sequence[LexborNode], whole: str) -> bool:
    length = sum(map(len, told))
    linked = sum(len(link.text()) for node in nodes for link in node.css("a"))
    long = sum(len(text) >= PARAGRAPH for text in told)
    return length >= LEAST and long >= FEWEST and linked < LINKED * length and length > COVERED * len(whole)


def _confirms(confirmation: str, text: str) -> bool:
    """Whether both tell mostly the same words."""
    one, other = (set(re.findall(r"\w{4,}", told.lower())) for told in (confirmation, text))
    return len(one & other) >= CONFIRMED * max(len(one), len(other))


def _text(node: LexborNode) -> str:
    return paragraphs(visible(node.html or "")).replace("\n\n", " ")
