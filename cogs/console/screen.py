"""Where the console shows things."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from rich.console import Console

from bot.newsroom import ignore
from bot.ports import Progress
from cogs.console.progress import Steps


@dataclass(frozen=True, slots=True)
class Screen:
    """Where answers go, and where errors and progress go; `german`: the command on it was typed in German."""

    out: Console
    err: Console
    german: bool = False

    def watched(self) -> AbstractContextManager[Progress]:
        """Shows long work to whoever sits there; what is piped in runs quietly."""
        return Steps(self.err) if self.err.is_terminal else nullcontext(ignore)
