"""Documents as the clerks type them, and what must stay as it is when an action is refused."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation


@pytest.fixture
def arrived():
    """An ordinary document that arrived on Friday 14/6/2024."""
    return {
        "opened_on": "14/6/2024",
        "secrecy": "none",
        "origin": "ministry",
        "sender": "Bộ Kế hoạch và Đầu tư",
        "type": "official_letter",
        "symbol": "9981/KHĐT-THQH",
        "issued_on": "12/6/2024",
        "title": "V/v giải ngân vốn đầu tư công quý II",
        "unit": "STNMT",
    }


@pytest.fixture
def secret(arrived):
    """The stub of a confidential document: level, sender, dates, holder (VT-71)."""
    return arrived | {"secrecy": "confidential", "symbol": "", "title": "", "unit": "VPUB"}


@pytest.fixture
def issued():
    """A plan that the Committee issued on Friday 14/6/2024."""
    return {
        "opened_on": "14/6/2024",
        "issuer": "committee",
        "type": "plan",
        "secrecy": "none",
        "title": "Kế hoạch phòng, chống úng ngập nội thành",
        "signer": "Đỗ Anh Tuấn",
        "recipients": "Các sở, ban, ngành",
        "unit": "STNMT",
    }


@pytest.fixture
def written(db):
    """``written()`` is the same before and after an action that was refused."""

    def marks():
        return (
            Entry.objects.aggregate(Max("pk")),
            Obligation.objects.aggregate(Max("pk")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks


@pytest.fixture
def enter(sign_in):
    """``enter(person, slug, values)`` types a document in and returns its entry."""

    def through_the_page(person, slug, values):
        answer = sign_in(person).post(f"/{slug}/them/", values)
        assert answer.status_code == 302, answer.context["form"].errors
        return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])

    return through_the_page
