"""A petition as an officer types it, and what must stay as it is when an action is refused."""

import pytest
from django.db.models import Max, Sum

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.petitions.models import Petition, PetitionResult

PAGE = "/kien-nghi-cu-tri-hdnd/"
ASSEMBLY_PAGE = "/kien-nghi-cu-tri-quoc-hoi/"
CONTACT_PAGE = "/tiep-xuc-cu-tri/"


@pytest.fixture
def typed():
    """Received on Monday 03/6/2024 for Sở Tài nguyên và Môi trường."""
    return {
        "opened_on": "03/6/2024",
        "source": "nq44_2023",
        "title": "Đề nghị khắc phục ô nhiễm hồ trong khu dân cư",
        "sphere": "environment",
        "authority": "city",
        "constituencies": "Ba Đình; quận Hoàn Kiếm",
        "unit": "STNMT",
    }


@pytest.fixture
def written(db):
    """``written()`` is the same before and after an action that was refused."""

    def marks():
        return (
            Entry.objects.aggregate(Max("pk"), Sum("version")),
            Obligation.objects.aggregate(Max("pk")),
            PetitionResult.objects.aggregate(Max("pk")),
            Series.objects.aggregate(Sum("last")),
            last_line_id(),
        )

    return marks


@pytest.fixture
def enter(sign_in, chuyen_vien, typed):
    """``enter(source=…)`` is the row of a petition that Nguyễn Thu Hằng has entered."""

    def entered(page=PAGE, **changes):
        answer = sign_in(chuyen_vien).post(f"{page}them/", typed | changes)
        assert answer.status_code == 302, answer.context["form"].errors
        pk = answer.url.strip("/").split("/")[-1]
        return Petition.objects.select_related("entry").get(pk=pk)

    return entered


@pytest.fixture
def petition(enter):
    return enter()


@pytest.fixture
def do(client, petition):
    """``do("tra-loi", on=…)`` posts one verb on the petition, or on another one's page."""

    def post(verb, on_page=None, **values):
        return client.post(f"{PAGE}{(on_page or petition).pk}/{verb}/", values)

    return post
