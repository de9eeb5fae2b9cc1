"""The checks there are, by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report

Look = Callable[[Report], Iterable[Remark]]


@dataclass(frozen=True)
class Check:
    """Looks at one report for one kind of fault.

    Attributes:
        id: "sums.total"; part of the public contract: people switch checks off by it.
        severity: of its remarks, unless one says otherwise.
        vi, en: what it looks for, for lists of checks.
    """

    id: str
    severity: Severity
    vi: str
    en: str
    look: Look


LookTogether = Callable[[Sequence[Report]], Iterable[Remark]]


@dataclass(frozen=True)
class TogetherCheck:
    """Looks at reports given together; what one of them says alone is left to the other checks."""

    id: str
    severity: Severity
    vi: str
    en: str
    look: LookTogether


_checks: dict[str, Check] = {}
_together: dict[str, TogetherCheck] = {}


def check(id: str, severity: Severity, vi: str, en: str) -> Callable[[Look], Look]:
    """Declare a function as a check. Raises ValueError where the id is taken."""

    def declare(look: Look) -> Look:
        if id in _checks:
            raise ValueError(f"two checks are called {id}")
        _checks[id] = Check(id, severity, vi, en, look)
        return look

    return declare


def together(
    id: str, severity: Severity, vi: str, en: str
) -> Callable[[LookTogether], LookTogether]:
    """Declare a function as a check of several reports. Raises ValueError where the id is taken."""

    def declare(look: LookTogether) -> LookTogether:
        if id in _together or id in _checks:
            raise ValueError(f"two checks are called {id}")
        _together[id] = TogetherCheck(id, severity, vi, en, look)
        return look

    return declare


def all_together() -> Iterator[TogetherCheck]:
    """Checks of several reports, in the order of their ids."""
    from dieuhanh.proof.checks import loaded  # noqa: F401  (declares them)

    yield from sorted(_together.values(), key=lambda one: one.id)


def all_checks() -> Iterator[Check]:
    """In the order of their ids."""
    from dieuhanh.proof.checks import loaded  # noqa: F401  (declares them)

    yield from sorted(_checks.values(), key=lambda one: one.id)
