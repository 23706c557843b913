"""The log: English throughout, whatever the messages of our errors say to readers."""

import logging

from bot.errors import BadAnswer, ChatBusy, Unreachable
from bot.log import english, in_english


def test_an_error_is_toldin_english() -> None:
    assert english(BadAnswer("Der Server verweigert den Zugriff (403).", 403)).startswith("BadAnswer 403 (The server")
    assert english(Unreachable("Weg.")) == "Unreachable (The server could not be reached, or did not answer in time)"


def test_a_record_tells_errors_so() -> None:
    record = logging.LogRecord("bot", logging.WARNING, "", 1, "%s: %s", ("discord:1/2", ChatBusy("Später.")), None)

    assert in_english(record)
    assert record.getMessage().startswith("discord:1/2: ChatBusy (")
    assert "Später" not in record.getMessage()
