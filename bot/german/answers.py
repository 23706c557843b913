"""What stands around an answer to a question, on every surface."""

from collections.abc import Sequence

from bot.german.typography import quoted
from bot.model import Answer, Language, MadeBy, Sentence

NOT_THERE = "Das steht nicht in den Quellen."
QUOTES = "Wörtlich aus den Quellen, ohne Sprachmodell:"
WRITTEN = "Diese Antwort hat ein Sprachmodell verfasst. Maßgeblich sind die verlinkten Quellen."
FOREIGN = "(Englisch)"
VAGUE = "Bitte nennen, worum es geht: eine Firma, ein Produkt oder ein Ereignis."


def sentences(answer: Answer) -> tuple[Sentence, ...]:
    """The sentences as they are shown: quotes in quotation marks, and marked where they are not German."""
    if answer.made_by is MadeBy.MODEL:
        return answer.sentences
    return tuple(_quote(one, answer) for one in answer.sentences)


def text(answer: Answer) -> str:
    """The answer in a line, as a conversation remembers it."""
    return " ".join(one.text for one in sentences(answer)) or NOT_THERE


def heading(answer: Answer) -> str:
    """What must be read first: that these are quotes, or that there is no answer."""
    if not answer.sentences:
        return NOT_THERE
    return QUOTES if answer.made_by is MadeBy.EXTRACT else ""


def footer(answer: Answer) -> Sequence[str]:
    """The disclosure of what a model wrote (EU AI Act, Art. 50), and what else whoever asked must know."""
    written = (WRITTEN,) if answer.sentences and answer.made_by is MadeBy.MODEL else ()
    return (*written, *answer.notes)


def _quote(sentence: Sentence, answer: Answer) -> Sentence:
    languages = {source.language for source in answer.sources if source.n in sentence.sources}
    if languages == {Language.EN}:
        return Sentence(f"{quoted(sentence.text)} {FOREIGN}", sentence.sources, sentence.hedged)
    return Sentence(quoted(sentence.text), sentence.sources, sentence.hedged)
