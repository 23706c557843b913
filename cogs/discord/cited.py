"""An answer -> Discord's markdown: its sentences with numbers that are links, the sources below. Pure."""

from collections.abc import Iterator, Sequence

from bot.german import answers, phrases
from bot.model import Answer, MadeBy, Sentence, Source
from cogs.discord import pieces
from cogs.discord.layout import COMPONENTS_V2, NOBODY, SUPPRESS_EMBEDS, TEXT_ROOM
from cogs.discord.markdown import cut, plain, reference, units
from cogs.discord.pieces import Json

ASKED = 300  # units of a question that is shown above its answer
OUTLET, TITLE = 40, 120
SILENT = NOBODY | {"replied_user": False}


def cited(answer: Answer, question: str = "", room: int = pieces.ROOM) -> str:
    """The answer in so many units, below the question if one is given.

    What has no room is left out from the end: titles of sources before sentences, sentences before links.
    """
    shown = answers.sentences(answer)
    for told in _variants(answer, shown, f"**{plain(question, ASKED)}**" if question else ""):
        if units(told) <= room:
            return told
    return cut(told, room)


def message(text: str) -> Json:
    """A message that notifies nobody, in components and in text alone, as the outbox has it."""
    quiet = {"allowed_mentions": SILENT}
    v2 = {"flags": SUPPRESS_EMBEDS | COMPONENTS_V2, "components": [pieces.text(text)], **quiet}
    return {"v2": v2, "text": {"flags": SUPPRESS_EMBEDS, "content": cut(text, TEXT_ROOM), **quiet}}


def answered(answer: Answer) -> Json:
    """The answer as a message that is a reply to its question."""
    told = message(cited(answer))
    told["text"]["content"] = cited(answer, room=TEXT_ROOM)
    return told


def _variants(answer: Answer, shown: Sequence[Sentence], above: str) -> Iterator[str]:
    """The answer, longest first."""
    for count in range(len(shown), 0, -1):
        yield _whole(answer, shown[:count], above, titled=True)
        yield _whole(answer, shown[:count], above, titled=False)
    yield _whole(answer, shown[:1], above, titled=False, linked=False)


def _whole(answer: Answer, shown: Sequence[Sentence], above: str, *, titled: bool, linked: bool = True) -> str:
    numbers = {n for sentence in shown for n in sentence.sources}
    sources = [source for source in answer.sources if source.n in numbers]
    urls = {source.n: source.url for source in sources if linked and phrases.is_link(source)}
    heading = answers.heading(answer)
    lines = [above, heading if answer.sentences else f"**{heading}**"]
    told = [_sentence(sentence, urls) for sentence in shown]
    left = ["…"] if len(shown) < len(answer.sentences) else []
    lines += [" ".join(told + left)] if answer.made_by is MadeBy.MODEL else [f"> {one}" for one in told + left]
    lines += [f"-# {_source(source, titled=titled)}" for source in sources]
    lines += [f"-# {plain(line)}" for line in answers.footer(answer)]
    return "\n".join(line for line in lines if line)


def _sentence(sentence: Sentence, urls: dict[int, str]) -> str:
    """The sentence with the numbers of its sources; each is a link where it stands first."""
    numbers = "".join(reference(n, urls.pop(n, "")) for n in sentence.sources)
    return plain(sentence.text) + ("\N{NO-BREAK SPACE}" + numbers if numbers else "")


def _source(source: Source, *, titled: bool) -> str:
    marks = phrases.source_marks(source)
    title = f": {plain(source.title, TITLE)}" if titled and source.title else ""
    return f"{reference(source.n)} {plain(source.outlet, OUTLET)}{title}" + (f" ({', '.join(marks)})" if marks else "")
