"""Visits, letters, cases and reviews as the reception office types them."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation

TYPED = {
    "tiep-cong-dan": {
        "opened_on": "11/6/2024", "title": "Đề nghị xem xét bồi thường", "field": "land",
        "people": "2", "unit": "BTCD", "by_leader": "on",
    },
    "don-thu": {
        "opened_on": "10/6/2024", "letter_class": "complaint", "title": "Khiếu nại thu hồi đất",
        "field": "land", "sender": "Ngô Văn Khiếu", "unit": "STNMT", "eligible": "on",
        "sender_number": "",
    },
    "vu-viec": {
        "opened_on": "10/6/2024", "basis": "complaint.1", "title": "Khiếu nại quyết định số 5",
        "field": "land", "unit": "STNMT",
    },
    "kiem-diem": {
        "opened_on": "10/6/2024", "collective": "True", "title": "Chậm giải quyết đơn",
        "measure_taken": "Rút kinh nghiệm", "unit": "STNMT",
    },
}  # fmt: skip


@pytest.fixture
def typed():
    """``typed("don-thu")`` gives the values of that register's form."""
    return lambda slug: dict(TYPED[slug])


@pytest.fixture
def enter(sign_in, tiep_dan, typed):
    """``enter(slug, **changes)``: Trần Minh Đức enters one; gives its entry."""

    def through_the_page(slug, **changes):
        answer = sign_in(tiep_dan).post(f"/{slug}/them/", typed(slug) | changes)
        assert answer.status_code == 302, answer.context["form"].errors
        return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])

    return through_the_page


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
