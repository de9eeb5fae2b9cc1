"""Reading the books: which numbers were given."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from dieuhanh.kernel.numbering.models import Series


def series_of(year: int, books: Collection[str]) -> QuerySet[Series]:
    """The series of a year of these books with their agencies, by agency and book."""
    found = Series.objects.filter(year=year, book__in=books).select_related("agency")
    return found.order_by("agency__name", "book")
