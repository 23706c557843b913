"""An answer -> Slack's pieces: its sentences with numbers that are links, the sources below. Pure."""

from collections.abc import Iterator, Sequence

from bot.german import answers, phrases
from bot.model import Answer, MadeBy, Sentence, Source
from cogs.slack import pieces
from cogs.slack.mrkdwn import plain, reference, units
from cogs.slack.pieces import Json

ASKED = 300  # units of a question that is shown above its answer
OUTLET, TITLE = 40, 120


def cited(answer: Answer, question: str = "") -> list[Json]:
    """The answer, below the question if one is given.

    What has no room is left out from the end: titles of sources before sentences, sentences before links.
    """
    above = f"*{plain(question, ASKED)}*" if question else ""
    told, sources = "", ""
    for told, sources in _variants(answer, answers.sentences(answer), above):
        if max(units(told), units(sources)) <= pieces.ROOM:
            break
    return [pieces.text(told), *([pieces.small(sources)] if sources else [])]


def _variants(answer: Answer, shown: Sequence[Sentence], above: str) -> Iterator[tuple[str, str]]:
    """The answer and its sources, longest first."""
    for count in range(len(shown), 0, -1):
        yield _whole(answer, shown[:count], above, titled=True)
        yield _whole(answer, shown[:count], above, titled=False)
    yield _whole(answer, shown[:1], above, titled=False, linked=False)


def _whole(
    answer: Answer, shown: Sequence[Sentence], above: str, *, titled: bool, linked: bool = True
) -> tuple[str, str]:
    numbers = {n for sentence in shown for n in sentence.sources}
    sources = [source for source in answer.sources if source.n in numbers]
    urls = {source.n: source.url for source in sources if linked and phrases.is_link(source)}
    heading = answers.heading(answer)
    lines = [above, heading if answer.sentences else f"*{heading}*"]
    told = [_sentence(sentence, urls) for sentence in shown]
    left = ["…"] if len(shown) < len(answer.sentences) else []
    lines += [" ".join(told + left)] if answer.made_by is MadeBy.MODEL else [f"&gt; {one}" for one in told + left]
    below = [_source(source, titled=titled) for source in sources]
    below += [plain(line) for line in answers.footer(answer)]
    return "\n".join(line for line in lines if line), "\n".join(line for line in below if line)


def _sentence(sentence: Sentence, urls: dict[int, str]) -> str:
    """The sentence with the numbers of its sources; each is a link where it stands first."""
    numbers = "".join(reference(n, urls.pop(n, "")) for n in sentence.sources)
    return plain(sentence.text) + ("\N{NO-BREAK SPACE}" + numbers if numbers else "")


def _source(source: Source, *, titled: bool) -> str:
    marks = phrases.source_marks(source)
    title = f": {plain(source.title, TITLE)}" if titled and source.title else ""
    return f"{reference(source.n)} {plain(source.outlet, OUTLET)}{title}" + (f" ({', '.join(marks)})" if marks else "")
