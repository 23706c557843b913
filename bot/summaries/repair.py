"""A draft of which something was refused -> what the model is asked to mend, and the draft with what it mended.

Once for each story. What was in order stays as it is, and all sentences stay in their order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.german.intruders import clean
from bot.model import Dropped
from bot.ports import Prompt
from bot.summaries.prompt import REPAIR, Draft, DraftSentence

SHOWN = 400  # characters of what was refused
ALIKE = 0.5  # share of its words by which a mended sentence is known
IN_ORDER = "ist in Ordnung und bleibt"  # of the headline, where only sentences are to be mended


@dataclass(frozen=True, slots=True)
class Objections:
    """Why parts of a draft can't be shown (German, going on after „Der Satz …“): sentences by place, the headline."""

    sentences: Mapping[int, str]
    headline: str | None = None

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.sentences) or self.headline is not None


@dataclass(frozen=True, slots=True)
class Mended:
    """A draft without what was refused, with what came in its place; `dropped`: for what nothing came."""

    draft: Draft
    dropped: tuple[Dropped, ...]


def repair_prompt(asked: Prompt, draft: Draft, objections: Objections) -> Prompt:
    """The first question again, word for word as endpoints have it in their caches, then what to mend of the answer."""
    places = sorted(objections.sentences)
    refused = [
        f"{n}. „{_line(draft.sentences[place].text)}“\n   Der Satz {objections.sentences[place]}."
        for n, place in enumerate(places, 1)
    ]
    headline = f"Die Überschrift „{_line(draft.headline)}“ {objections.headline or IN_ORDER}."
    amount = f"Abgelehnte Sätze: {len(places)}"
    told = [asked.question, REPAIR, headline, "\n".join([amount, *refused])]
    return replace(asked, question="\n\n".join(told))


def mended(draft: Draft, objections: Objections, answer: Draft | None) -> Mended:
    """The draft with the sentences of this answer in the places of those that were refused.

    A sentence that comes back as it was, or not at all, is dropped; without an answer, all that were refused are.
    """
    refused = {place: draft.sentences[place] for place in sorted(objections.sentences)}
    stays = [_words(one.text) for place, one in enumerate(draft.sentences) if place not in refused]
    answers = [one for one in (answer.sentences if answer else ()) if _words(one.text) not in stays]
    written = dict(zip(refused, _placed(list(refused.values()), answers), strict=True))
    sentences = (written.get(place, one) for place, one in enumerate(draft.sentences))
    dropped = [
        Dropped(clean(one.text[: SHOWN + 1]), objections.sentences[place])
        for place, one in refused.items()
        if written[place] is None
    ]
    headline = answer.headline if answer and objections.headline else draft.headline
    told = [one for one in sentences if one is not None]
    return Mended(Draft(story=draft.story, headline=headline, sentences=told), tuple(dropped))


def _placed(refused: Sequence[DraftSentence], answers: Sequence[DraftSentence]) -> list[DraftSentence | None]:
    """The answer to each refused sentence. They come in order; where their number is wrong, words tell."""
    if len(refused) == len(answers):
        return [_if_new(old, new) for old, new in zip(refused, answers, strict=True)]
    return list(_nearest(refused, answers))


def _nearest(refused: Sequence[DraftSentence], answers: Sequence[DraftSentence]) -> Iterator[DraftSentence | None]:
    left = list(answers)
    for old in refused:
        best = max(left, key=lambda new: _alike(old, new), default=None)
        if best is None or _alike(old, best) < ALIKE:
            yield None
        else:
            left.remove(best)
            yield _if_new(old, best)


def _if_new(old: DraftSentence, new: DraftSentence) -> DraftSentence | None:
    """The answer, unless it says nothing, or the same of the same sources."""
    same = _words(new.text) == _words(old.text) and set(new.sources) == set(old.sources)
    return None if same or not new.text.strip() else new


def _alike(one: DraftSentence, other: DraftSentence) -> float:
    """The share of the words of the shorter one that the other has as well."""
    words, others = _words(one.text), _words(other.text)
    return len(words & others) / max(min(len(words), len(others)), 1)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _line(text: str) -> str:
    """What was refused, on one line."""
    return clean(" ".join(text[:SHOWN].split()))
