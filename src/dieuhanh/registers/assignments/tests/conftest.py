"""Tasks, programmes and submissions as an officer types them."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation

TASK, ACTION = "nhiem-vu-giao", "chuong-trinh-hanh-dong"
WORK, SUBMITTED = "chuong-trinh-cong-tac", "noi-dung-trinh"
TYPED = {
    TASK: {
        "opened_on": "10/6/2024", "source": "conclusion", "title": "Báo cáo tiến độ đo đạc",
        "source_document": "Thông báo 312/TB-UBND ngày 07/6/2024", "unit": "STNMT",
        "co_units": "STP", "head": "Giám đốc Sở", "due_on": "14/6/2024",
    },
    ACTION: {
        "opened_on": "14/3/2024", "level": "specific_task", "title": "Ban hành kế hoạch đo đạc",
        "unit": "STNMT", "due_on": "31/5/2024",
    },
    WORK: {
        "opened_on": "10/01/2024", "planned_year": "2024", "planned_quarter": "2",
        "planned_month": "5", "product_type": "scheme", "title": "Đề án thu gom rác",
        "unit": "STNMT",
    },
    SUBMITTED: {
        "opened_on": "10/6/2024", "body": "people_council", "session": "Kỳ họp thứ 16",
        "title": "Dự thảo Nghị quyết về bảng giá đất", "unit": "STNMT",
    },
}  # fmt: skip


@pytest.fixture
def typed():
    """``typed(slug)`` gives the values of that register's form."""
    return lambda slug: dict(TYPED[slug])


@pytest.fixture
def enter(sign_in, chuyen_vien, typed):
    """``enter(slug, **changes)``: Nguyễn Thu Hằng enters one; gives its entry."""

    def through_the_page(slug, **changes):
        answer = sign_in(chuyen_vien).post(f"/{slug}/them/", typed(slug) | changes)
        assert answer.status_code == 302, answer.context["form"].errors
        return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])

    return through_the_page


@pytest.fixture
def do(sign_in, chuyen_vien):
    """``do(slug, entry, verb, **values)``: Nguyễn Thu Hằng posts a verb's form."""

    def post(slug, entry, verb, **values):
        return sign_in(chuyen_vien).post(f"/{slug}/{entry.pk}/{verb}/", values)

    return post


@pytest.fixture
def written(db):
    """``written()`` is the same before and after an action that was refused."""

    def marks():
        return (
            Entry.objects.aggregate(Max("pk"), Sum("version")),
            Obligation.objects.aggregate(Max("pk"), Max("due_at"), Max("done_at")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks
