"""What follows from the facts of a petition. Pure: no Django, no database."""

from __future__ import annotations

#: Results after which nothing more is owed; the others promise a next day (CT-06, CT-07).
CLOSING = frozenset({"resolved", "explained"})


def source_kind(*, ledger: str, symbol: str) -> str:
    """The class under which petitions of a source are counted (CT-08, CT-09).

    Args:
        symbol: number and symbol of the Council's resolution; empty for a session or round.
    """
    if ledger == "national_assembly":
        return "round"
    return "resolution" if symbol else "session"


def closes(result: str) -> bool:
    """Whether a result ends the follow-up (CT-07)."""
    return result in CLOSING


def may_promise(*, authority: str, result: str) -> bool:
    """Whether the city can give this result: it sets no day for the centre (CT-11)."""
    return not (authority == "central" and result == "will_be_resolved")


def bases(ledger: str) -> tuple[str, ...]:
    """Keys of the time limits for an answer that petitions of a ledger can have, the usual first.

    Law: Quyết định 33/2017/QĐ-TTg, Điều 12 (CT-02); the city's own limit is not confirmed (CT-05).
    """
    if ledger == "national_assembly":
        return ("voter.na.b", "voter.na.ac")
    return ("voter.city.default",)
