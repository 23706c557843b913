"""What the log looks like: lines for people, or JSON for machines. To standard error, where hosts look for it."""

import json
import logging
import time
from collections.abc import Callable

from bot.errors import DepescheError

QUIET = ("alembic", "apscheduler", "discord", "httpx", "openai")  # they tell every request or tick


def start(form: str) -> None:
    """Log from now on, as `text` or `json`."""
    printing = logging.StreamHandler()
    printing.addFilter(in_english)
    printing.setFormatter(_Json() if form == "json" else _Text("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[printing], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def english(error: DepescheError) -> str:
    """What kind of error it is; its message is German, for readers."""
    status = getattr(error, "status", None)
    told = (type(error).__doc__ or "").partition("\n")[0].partition(".")[0]
    return f"{type(error).__name__}{f' {status}' if status else ''} ({told})"


def in_english(record: logging.LogRecord) -> bool:
    """Tell our errors in the language of the log."""
    if isinstance(record.args, tuple):
        record.args = tuple(english(one) if isinstance(one, DepescheError) else one for one in record.args)
    return True


class _Text(logging.Formatter):
    converter: Callable[[float | None], time.struct_time] = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = ""


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever was logged."""
        told = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
