"""A delegation and a meeting as they are typed, and what a refused action must leave alone."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Unit
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series


def pk_of(answer):
    """The number in the address of a new entry's page."""
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").split("/")[-1])


@pytest.fixture
def typed():
    """A delegation that arrived on Monday 10/6/2024."""
    return {
        "opened_on": "10/6/2024",
        "title": "Đoàn đại biểu thành phố Viêng Chăn",
        "country": "Lào",
        "level": "local",
        "purpose": "Trao đổi về hợp tác giữa hai thành phố",
        "unit": "SNGV",
    }


@pytest.fixture
def delegation(sign_in, chuyen_vien, typed):
    answer = sign_in(chuyen_vien).post("/doan-khach-quoc-te/them/", typed)
    return Entry.objects.get(pk=pk_of(answer))


@pytest.fixture
def typed_meeting(delegation):
    return {
        "delegation": str(delegation),
        "opened_on": "11/6/2024",
        "host": "vice_chairman",
        "purpose": "working",
        "title": "Làm việc về hợp tác du lịch",
        "unit": "SNGV",
        "co_units": "STNMT",
    }


@pytest.fixture
def meeting(client, typed_meeting):
    answer = client.post("/tiep-khach-quoc-te/them/", typed_meeting)
    return Entry.objects.get(pk=pk_of(answer))


@pytest.fixture
def head_of_foreign_affairs(giam_doc_so):
    """Phạm Quốc Bảo, for these tests at the head of Sở Ngoại vụ."""
    Appointment.objects.filter(person=giam_doc_so).update(unit=Unit.objects.get(code="SNGV"))
    return giam_doc_so


@pytest.fixture
def written(db):
    """``written()`` is the same before and after an action that was refused."""

    def marks():
        return (
            Entry.objects.aggregate(Max("pk"), Sum("version")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks
