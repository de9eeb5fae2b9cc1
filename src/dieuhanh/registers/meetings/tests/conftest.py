"""Meetings as an officer types them, and what must stay as it is when an action is refused."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


@pytest.fixture
def typed():
    """A collective session on Monday 10/6/2024: 30 members, 20 of them present."""
    return {
        "opened_on": "10/6/2024",
        "type": "collective",
        "mode": "hybrid",
        "chair": "chairman",
        "title": "Phiên họp tháng 6",
        "place": "Trụ sở UBND Thành phố",
        "unit": "VPUB",
        "co_units": "STNMT",
        "members_total": "30",
        "members_present": "20",
        "papers_sent_on": "05/6/2024",
    }


@pytest.fixture
def chaired(typed):
    """A meeting that a Vice Chairman chairs: no members, no papers due."""
    for name in ("members_total", "members_present", "papers_sent_on"):
        del typed[name]
    return typed | {"type": "chaired", "chair": "vice_chairman"}


@pytest.fixture
def session(sign_in, chuyen_vien, typed):
    """The entry of the collective session, entered by Nguyễn Thu Hằng."""
    return Entry.objects.get(pk=pk_of(sign_in(chuyen_vien).post("/cuoc-hop/them/", typed)))


@pytest.fixture
def typed_item(session):
    """An item that Sở Tài nguyên và Môi trường leads, Sở Tư pháp takes part."""
    return {
        "session": str(session),
        "opened_on": "03/6/2024",
        "title": "Đề án xử lý rác thải",
        "unit": "STNMT",
        "co_units": "STP",
    }


@pytest.fixture
def item(client, typed_item):
    return Entry.objects.get(pk=pk_of(client.post("/noi-dung-phien-hop/them/", typed_item)))


@pytest.fixture
def written(db):
    """``written()`` is the same before and after an action that was refused."""

    def marks():
        return (
            Entry.objects.aggregate(Max("pk"), Sum("version")),
            Obligation.objects.aggregate(Max("pk")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks
