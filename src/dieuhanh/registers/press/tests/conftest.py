"""Press conferences and press matters as the Office types them."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation

TYPED = {
    "hop-bao": {
        "opened_on": "03/6/2024", "mode": "ad_hoc", "title": "Họp báo về vụ cháy nhà trọ",
        "presided_by": "Phó Chủ tịch UBND Thành phố", "with_party_board": "on", "unit": "VPUB",
        "co_units": "STTTT; CATP",
    },
    "thong-tin-bao-chi": {
        "opened_on": "03/6/2024", "outlet": "Báo thử", "published_on": "01/6/2024",
        "title": "Bãi rác tự phát ven sông", "field": "natural_resources_environment",
        "unit": "STNMT", "co_units": "STTTT",
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
