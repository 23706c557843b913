"""What the log looks like: lines for people, or JSON for machines. To standard error, where hosts look for it."""

import json
import logging
import time
from collections.abc import Callable

QUIET = ("alembic", "apscheduler", "discord", "httpx", "openai")  # they tell every request or tick


def start(form: str) -> None:
    """Log from now on, as `text` or `json`."""
    printing = logging.StreamHandler()
    printing.setFormatter(_Json() if form == "json" else _Text("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[printing], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


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
