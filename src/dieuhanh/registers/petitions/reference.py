"""Keeping sources of petitions and constituencies as the files of reference data say."""

from __future__ import annotations

from datetime import date

from dieuhanh.registers.petitions.models import Constituency, Ledger, PetitionSource


class WrongSource(ValueError):
    """A source says what cannot be; ``column`` is the one at fault."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def keep_constituency(*, code: str, name: str) -> None:
    Constituency.objects.update_or_create(code=code, defaults={"name": name})


def keep_source(
    *,
    key: str,
    ledger: str,
    label: str,
    symbol: str,
    passed_on: date | None,
    sessions: str,
    term: str,
) -> None:
    """Write a source, or what the file now says of it.

    Raises:
        WrongSource: there is no such ledger, or a resolution has no day.
    """
    if ledger not in Ledger.values:
        raise WrongSource("ledger")
    if symbol and passed_on is None:
        raise WrongSource("passed_on")
    PetitionSource.objects.update_or_create(
        key=key,
        defaults={
            "ledger": ledger,
            "label": label,
            "symbol": symbol,
            "passed_on": passed_on,
            "sessions": sessions,
            "term": term,
        },
    )
