"""The clock of the machine: who asks for the time asks here."""

from datetime import UTC, datetime


class SystemClock:
    """The real time. Fulfils the port `Clock`."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)
