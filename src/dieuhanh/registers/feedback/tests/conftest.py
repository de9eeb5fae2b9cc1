"""A feedback as an officer types it, and what must stay as it is when an action is refused."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation

PAGE = "/phan-anh-kien-nghi/"


@pytest.fixture
def typed():
    """Received on Monday 10/6/2024 for Sở Tài nguyên và Môi trường."""
    return {
        "opened_on": "10/6/2024",
        "about": "regulation",
        "channel": "portal",
        "title": "Phản ánh mức thu phí tại bến bãi",
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
def feedback(sign_in, chuyen_vien, typed):
    """The entry of a feedback that Nguyễn Thu Hằng has entered."""
    answer = sign_in(chuyen_vien).post(f"{PAGE}them/", typed)
    return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])
