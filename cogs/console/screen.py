"""Where the console shows things."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from secrets import token_hex

from rich.console import Console

from bot.newsroom import ignore
from bot.ports import Progress
from cogs.console.progress import Steps


@dataclass(frozen=True, slots=True)
class Screen:
    """Where answers go, and where errors and progress go; `german`: the command on it was typed in German.

    `thread`: the conversation that is held here.
    """

    out: Console
    err: Console
    german: bool = False
    thread: str = field(default_factory=lambda: f"console:{token_hex(8)}")

    def watched(self) -> AbstractContextManager[Progress]:
        """Shows long work to whoever sits there; what is piped in runs quietly."""
        return Steps(self.err) if self.err.is_terminal else nullcontext(ignore)
