"""What cannot be done as asked, other than reading a report."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was done.

    Attributes:
        vi, en: one sentence each, for whoever asked.
    """

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en
