"""One second chance for an answer in the wrong shape."""

from dataclasses import replace

from bot.errors import ModelError
from bot.llm.answers import Unreadable
from bot.model import Tokens
from bot.ports import AnswerT, Model, Prompt, Reply

SHOWN = 4_000  # characters of the wrong answer; a right one is shorter


class Repairing:
    """A model that is shown its unreadable answer, and what is wrong with it, once. Fulfils the port `Model`."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The model's own."""
        return self._model.name

    async def ask(self, prompt: Prompt, shape: type[AnswerT]) -> Reply[AnswerT]:
        """Ask, and once more after an `Unreadable`. The tokens of both count; so they do in what is raised."""
        try:
            return await self._model.ask(prompt, shape)
        except Unreadable as first:
            return await self._again(prompt, shape, first)

    async def _again(self, prompt: Prompt, shape: type[AnswerT], first: Unreadable) -> Reply[AnswerT]:
        try:
            second = await self._model.ask(replace(prompt, question=mend(prompt.question, first)), shape)
        except ModelError as error:
            error.read += first.read
            error.written += first.written
            error.cached += first.cached
            raise
        used = Tokens(first.read, first.written, first.cached)
        return replace(second, tokens=used + second.tokens, calls=1 + second.calls)


def mend(question: str, failed: Unreadable) -> str:
    """The question with the answer that failed and the reason."""
    return (
        f"{question}\n\nDeine vorige Antwort war unbrauchbar.\nFehler: {failed.problem}\n"
        f"Vorige Antwort:\n{failed.answer[:SHOWN]}\n\nAntworte noch einmal, nur mit dem richtigen JSON-Objekt."
    )
