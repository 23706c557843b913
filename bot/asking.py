"""A question -> the articles that may answer it -> an answer, and the conversation that it belongs to.

    question ─understood→ words ─search→ articles ─answer→ sentences with their sources ─remember→ conversation

The articles of the story that is asked about come first, then what the same conversation cited, then all there are.
Of several stories, such as those of a digest, it is the one that the question names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import UserError
from bot.german import answers
from bot.model import LONG_AGO, Answer, Article, Channel, Topic, Turn
from bot.ports import Clock, Model, Progress, Store
from bot.questions.answer import answer
from bot.questions.asked import LONGEST, Asked, understood
from bot.questions.meant import meant
from bot.sight import Sight

FOUND = 24  # articles that are looked at; the best eight are shown to a model
OF_STORY = 6  # articles of a story, the latest; a summary names as many
STEP = "Frage beantwortet"
GOES_ON = timedelta(days=1)  # so long after its last turn a conversation goes on; „Und wann?“ means nothing older


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it was asked: about which story or stories, in which thread, by whom, where, what may answer."""

    question: str
    sight: Sight
    stories: tuple[int, ...] = ()
    thread: str = ""
    asker: Channel | None = None
    space: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers questions from what is stored, within the model's budget."""

    store: Store
    clock: Clock
    topics: Sequence[Topic]
    model: Model | None

    async def ask(self, inquiry: Inquiry, progress: Progress) -> Answer:
        """What these feeds' articles say about it. Raises `UserError` where nothing is asked, or too much."""
        question = _checked(inquiry.question)
        turns = await self._turns(inquiry.thread)
        inquiry = replace(inquiry, question=question)
        story = await self._story(inquiry, turns)
        progress(STEP, 0, 2)
        turns = [turn for turn in turns if story is None or turn.story in {None, story}]
        first = await self._told(story, inquiry.sight) if story is not None else []
        titles = [first[0].title] if first else []
        asked = understood(question, titles + [turn.question for turn in turns])
        articles = await self._articles(asked, inquiry, first, turns)
        progress(STEP, 1, 2)
        told = await answer(asked, articles, turns, self.model, sure=len(first))
        if not asked.wanted and not told.sentences:
            told = replace(told, notes=(*told.notes, answers.VAGUE))
        await self._remember(inquiry, story, told, articles)
        progress(STEP, 2, 2)
        return told

    async def _turns(self, thread: str) -> list[Turn]:
        """What was said before in a conversation that still goes on."""
        turns = await self.store.conversations.turns(thread) if thread else []
        return turns if turns and turns[-1].at > self.clock.now() - GOES_ON else []

    async def _story(self, inquiry: Inquiry, turns: Sequence[Turn]) -> int | None:
        """The story that is asked about: the one given, the one of several that is named, or the one of before."""
        before = next((turn.story for turn in reversed(turns) if turn.story), None)
        if len(inquiry.stories) <= 1:
            return next(iter(inquiry.stories), before)
        asked = understood(inquiry.question, [turn.question for turn in turns])
        fits = {id_: meant(asked, await self._told(id_, inquiry.sight)) for id_ in inquiry.stories}
        best = max(fits, key=lambda id_: fits[id_])
        return best if fits[best] else before if asked.leans else None

    async def _told(self, story: int, sight: Sight) -> list[Article]:
        """What a story's articles are that may be seen, latest first."""
        found = await self.store.stories.get(story)
        told = [one for one in found.articles if sight.shows(one)] if found else []
        return list(reversed(told))[:OF_STORY]

    async def _articles(
        self, asked: Asked, inquiry: Inquiry, first: Sequence[Article], turns: Sequence[Turn]
    ) -> list[Article]:
        """The story's, those that the last answer cited if the question leans on it, and what the archive finds."""
        cited = turns[-1].articles if turns and asked.leans else ()
        before = await self.store.articles.get(cited) if cited else {}
        allowed = [before[id_] for id_ in cited if id_ in before and inquiry.sight.shows(before[id_])]
        sight = inquiry.sight
        feeds = {state.feed.url for state in sight.states}
        found = await self.store.archive.search(asked.searched(self.topics), LONG_AGO, feeds, FOUND)
        return list({one.id: one for one in (*first, *allowed, *filter(sight.shows, found))}.values())

    async def _remember(self, inquiry: Inquiry, story: int | None, told: Answer, articles: Sequence[Article]) -> None:
        if not inquiry.thread:
            return
        urls = {source.url for source in told.sources}
        cited = tuple(article.id for article in articles if article.url in urls)
        at = self.clock.now()
        turn = Turn(inquiry.question, answers.text(told), cited, at, story, inquiry.asker, inquiry.space)
        await self.store.conversations.add(inquiry.thread, turn)


def _checked(question: str) -> str:
    text = " ".join(question.split())
    if not any(map(str.isalnum, text)):
        raise UserError("Bitte eine Frage stellen, etwa: /ask Was kostet der neue Tarif?")
    if len(text) > LONGEST:
        raise UserError(f"Die Frage ist zu lang. Bitte mit höchstens {LONGEST} Zeichen fragen.")
    return text
