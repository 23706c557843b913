"""Whether a story is critical: an actively exploited hole, an emergency, an outage, told by those who would know. Pure.

By general words alone, no names: those of urgency that the ranking has, where an article begins. One outlet may err, so
it takes two that are independent of each other, or one that the operator trusts most.
"""

import re
from datetime import datetime, timedelta

from bot.model import Article, Importance, Interests, RankedStory, Story, own
from bot.stories.rank import LEAST, URGENCY, publisher
from bot.stories.taste import Taste
from bot.stories.words import Mentions, Place

FRESH = timedelta(hours=3)  # since the latest article
BEGUN = timedelta(hours=12)  # since the first one; what is older is no news for an alert
TRUSTED = 1.4  # the weight from which a source needs nobody else; an ordinary one has 1.0
LEAD = 250  # characters of the text: what the article is about, not what it mentions
# What turns an urgent word into its opposite, or into a tale of what was.
DENIED = re.compile(
    r"\b(?:nicht (?:aktiv|bereits) ausgenutzt|not (?:been )?(?:actively )?exploited|no (?:evidence|sign|outage)|"
    r"keine (?:hinweise|anzeichen|kritische|großstörung)|noch nicht ausgenutzt|"
    r"rückblick|post-?mortem|nachlese|jahrestag|anniversary|last (?:year|month)|(?:letztes|voriges|vergangenes) jahr|"
    r"im (?:letzten|vorigen|vergangenen) (?:jahr|monat)|insurance|versicherung)",
    re.IGNORECASE,
)
CRITICAL = "!"  # in place of an entry of `Interests`; no entry is that


def is_fresh(story: Story, now: datetime) -> bool:
    """Whether it began not long ago, and somebody tells it at present."""
    published = [article.published for article in story.articles]
    return max(published) >= now - FRESH and min(published) >= now - BEGUN


def is_critical(story: Story) -> bool:
    """Whether two independent outlets say so, or one in its headline about what another one tells, too.

    The headline of one that is trusted most needs nobody else.
    """
    urgent = [article for article in story.articles if _is_urgent(article)]
    headlines = [article for article in urgent if URGENCY.search(article.title)]
    if any(article.weight >= TRUSTED for article in headlines):
        return True
    confirming = story.articles if headlines else urgent
    return len({publisher(article) for article in confirming}) > 1


def _is_urgent(article: Article) -> bool:
    lead = f"{article.title}\n{article.text[:LEAD]}"
    return bool(URGENCY.search(lead)) and not DENIED.search(lead)


def reasons(one: RankedStory, interests: Interests, mentions: Mentions, *, critical: bool) -> tuple[str, ...]:
    """Why an alert tells a story: `CRITICAL`, and entries of `Interests`; none where it does not.

    An own word must be in a headline, and a story on a topic must matter much: there are dozens on a topic each day.
    """
    left_out = Interests((), (), interests.without_topics, interests.without_words)
    if Taste(left_out, (), mentions).of(one) is None:
        return ()
    matters = one.score >= LEAST[Importance.HIGH]
    topics = [topic for topic in interests.topics if topic in one.story.topics] if matters else []
    words = [own(word) for word in interests.words if mentions.place(one.story, word) is Place.TITLE]
    return (*([CRITICAL] if critical and is_critical(one.story) else []), *topics, *words)
