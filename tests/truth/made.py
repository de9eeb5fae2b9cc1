"""One made-up entry, as the tally sees it: plain facts, no query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

START, END = dt.date(2022, 1, 1), dt.date(2022, 6, 15)


@dataclass
class Made:
    """``due`` makes an obligation due at the end of that day; ``after`` hangs on the row what only
    a written row can have."""

    register: str
    opened: dt.date
    closings: tuple[tuple[dt.date, dt.date | None], ...] = ()  # closed, reopened
    secret: bool = False
    due: dt.date | None = None
    facts: dict = field(default_factory=dict)
    after: Callable[[Any], None] | None = None

    def closed(self, day: dt.date) -> dt.date | None:
        """The day of the closing that stands at the end of ``day``."""
        for closed, reopened in self.closings:
            if closed <= day and (reopened is None or reopened > day):
                return closed
        return None

    def opened_by(self, day: dt.date) -> bool:
        """Opened in the window of the tests, and known on ``day``."""
        return START <= self.opened <= min(END, day)
