"""The error tree, split by who must act. Every message is a German sentence that says what to do.

    DepescheError
    ├── SourceError          a feed or a page failed: nobody, it is tried again; one line in the report
    │   ├── Refused          its address may not be asked (private, wrong scheme or port)
    │   ├── Unreachable      no name, no connection, no answer in time
    │   ├── BadAnswer        an HTTP status that is no answer
    │   ├── TooMuch          more bytes, or more work, than we allow
    │   └── NotAFeed         an answer that is no feed
    ├── ModelError           the model: the next endpoint of the chain, at last extraction
    │   ├── ModelUnavailable no connection, no answer in time, a status of 429 or 5xx
    │   ├── ModelMisbehaved  an answer that is not what was asked for
    │   ├── ModelRefused     the key or the request was refused: the operator
    │   └── BudgetSpent      the day's tokens are used up
    ├── ChatError            a chat did not take a message
    │   ├── ChatBusy         not now: it is tried again
    │   ├── ChatUnsure       no answer came: the message may be there, so it is looked for before it is sent again
    │   ├── ChatForbidden    the bot may not post there: whoever manages the channel
    │   ├── ChatGone         the channel or the person is not there any more: nobody
    │   └── TokenRefused     the chat does not know the bot's token: the operator
    ├── UserError            the person asked for something impossible
    └── SetupError           the operator: configuration, a missing file
        └── NoDatabase       the database: not there, not reachable, of a newer version

What is not in this tree is our own mistake and stays loud.
"""


class DepescheError(Exception):
    """Anything we expect to go wrong."""


class SourceError(DepescheError):
    """A feed or a page could not be read."""


class Refused(SourceError):
    """The address may not be asked."""


class Unreachable(SourceError):
    """The server could not be reached, or did not answer in time."""


class BadAnswer(SourceError):
    """The server answered with a status that is no answer. `retry_after` is in seconds, where it said so."""

    def __init__(self, message: str, status: int, retry_after: float | None = None) -> None:
        """Keep what decides about the next try."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class TooMuch(SourceError):
    """The answer is larger, or takes longer to read, than allowed."""


class NotAFeed(SourceError):
    """The answer is no feed."""


class ModelError(DepescheError):
    """The model gave no usable answer.

    `read` (of these `cached`) and `written` are the tokens it used all the same, `rest` the seconds to leave its
    endpoint alone.
    """

    def __init__(self, message: str, read: int = 0, written: int = 0, rest: float = 0.0, cached: int = 0) -> None:
        """Keep what the account and the next try depend on."""
        super().__init__(message)
        self.read = read
        self.written = written
        self.rest = rest
        self.cached = cached


class ModelUnavailable(ModelError):
    """The endpoint did not answer."""


class ModelMisbehaved(ModelError):
    """The answer is not what was asked for."""


class ModelRefused(ModelError):
    """The endpoint refused the key, the model or the request."""


class BudgetSpent(ModelError):
    """The tokens of the day are used up."""


class ChatError(DepescheError):
    """A chat did not take a message."""


class ChatBusy(ChatError):
    """The chat takes no message now, for this channel or for `everyone`. `retry_after`: seconds, where it said so."""

    def __init__(self, message: str, retry_after: float | None = None, *, everyone: bool = False) -> None:
        """Keep what decides about the next try."""
        super().__init__(message)
        self.retry_after = retry_after
        self.everyone = everyone


class ChatUnsure(ChatError):
    """No answer came; the message may have been posted."""


class ChatForbidden(ChatError):
    """The bot may not post there."""


class ChatGone(ChatError):
    """The channel, or the person, cannot be reached any more."""


class TokenRefused(ChatError):
    """The chat refused the bot's token."""


class UserError(DepescheError):
    """The person asked for something that cannot be done."""


class SetupError(DepescheError):
    """Something is missing or wrong in the set-up."""


class NoDatabase(SetupError):
    """The database cannot be used."""
