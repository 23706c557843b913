"""Articles as a model is shown them: quotes between lines that nobody could have written into them."""

from bot.german.intruders import clean
from bot.german.phrases import LANGUAGES
from bot.model import Article, Extent

LONGEST = 500  # characters of a title or a name


def cite(number: int, article: Article, text: str, nonce: str) -> str:
    """One source with what of it is shown. `nonce` must be unguessable, and `text` clean."""
    facts = [line(article.outlet), article.published.strftime("%d.%m.%Y"), LANGUAGES[article.language]]
    if article.extent is Extent.TEASER:
        facts.append("nur Anriss")
    opening = f"=== {nonce} Quelle {number}: {', '.join(facts)} ==="
    return f"{opening}\nTitel: {line(article.title)}\n\n{text}\n=== {nonce} Ende von Quelle {number} ==="


def line(text: str) -> str:
    """A short text on one line, so that it can't look like a source of its own."""
    return clean(" ".join(text[:LONGEST].split()))
