"""Pure rules of procedures. No Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_CODE = re.compile(r"[0-9]\.[0-9]{6}")


def is_national_code(code: str) -> bool:
    """Whether ``code`` has the form of the national database of procedures: x.xxxxxx (TH-03).

    >>> is_national_code("2.002396"), is_national_code("2.2396"), is_national_code("2.002396.H26")
    (True, False, False)
    """
    return _CODE.fullmatch(code) is not None


def listing_fault(*, effect: str, in_list: bool) -> bool:
    """Whether an effect contradicts the list: abolished yet listed, or unchanged yet not.

    >>> listing_fault(effect="abolished", in_list=True), listing_fault(effect="new", in_list=True)
    (True, False)
    """
    return in_list if effect == "abolished" else effect == "listed" and not in_list


def first_too_early(places: Mapping[str, date | None], issued_on: date) -> str | None:
    """The name of the first place where a decision was public before it was issued."""
    return next((name for name, day in places.items() if day and day < issued_on), None)
