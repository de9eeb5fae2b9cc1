"""What units send: once, again, late, two at a time (BC-02, BC-12)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.reports.review.models import Campaign, Contribution, Explanation
from dieuhanh.reports.review.queries import answers_owed, tally

pytestmark = pytest.mark.django_db
SECTION = "09-dat-dai-moi-truong"


@pytest.fixture
def stnmt(db):
    return Unit.objects.get(code="STNMT", valid_to=None)


@pytest.fixture
def form(url, stnmt):
    return f"{url}gop/{stnmt.pk}/{SECTION}/"


def state(campaign, unit):
    moment = dt.datetime(2024, 6, 18, tzinfo=dt.UTC)
    return with_state(moment).get(entry_id=campaign.pk, unit=unit).state


def test_the_request_goes_to_every_unit_as_work_with_a_deadline(campaign, head, stnmt):
    asked = Unit.objects.filter(kind__in=["department", "agency", "district"], valid_to=None)
    assert campaign.entry.obligations.count() == asked.count()
    assert state(campaign, stnmt) == "open_in_time"
    assert "Gửi phần báo cáo của đơn vị" in head.get("/").content.decode()
    line = Line.objects.get(entry_id=campaign.pk, verb="report.requested")
    assert (line.details["units"], line.details["period"]) == (asked.count(), "2024-H1")


def test_sent_in_time_the_unit_owes_nothing_more(campaign, head, planner, form, url, stnmt):
    answer = head.post(form, {"text": "Đất đai: đã rà soát xong.", "version": "0"})
    assert (answer.status_code, answer.url) == (302, url)
    assert state(campaign, stnmt) == "done_in_time"
    owed = answers_owed(campaign, dt.datetime(2024, 6, 18, tzinfo=dt.UTC))
    assert tally(owed)["done_in_time"] == 1
    page = planner.get(f"{url}?trang-thai=dung-han").content.decode()
    assert stnmt.name in page


def test_after_the_deadline_it_is_accepted_and_marked(open_campaign, head, planner, stnmt):
    campaign = open_campaign(due_on="20/5/2024")
    url = f"/dot-bao-cao/{campaign.pk}/"
    assert (
        "Đã quá hạn gửi (20/5/2024)" in head.get(f"{url}gop/{stnmt.pk}/{SECTION}/").content.decode()
    )
    answer = head.post(
        f"{url}gop/{stnmt.pk}/{SECTION}/", {"text": "Gửi muộn.", "version": "0"}, follow=True
    )
    assert "gửi sau hạn" in answer.content.decode()
    assert state(campaign, stnmt) == "done_late"
    assert stnmt.name in planner.get(f"{url}?trang-thai=gui-muon").content.decode()


def test_two_people_of_one_unit_write_one_section(campaign, head, form, stnmt):
    """The second sees the first's text; what the second typed stays in the form."""
    head.get(form)
    head.post(form, {"text": "Bản của người thứ nhất.", "version": "0"})
    answer = head.post(form, {"text": "Bản của người thứ hai.", "version": "0"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bản của người thứ nhất." in page
    assert "Bản của người thứ hai." in page
    assert Contribution.objects.filter(campaign=campaign, unit=stnmt).count() == 1
    answer = head.post(
        form, {"text": "Bản chung.", "version": answer.context["form"]["version"].value()}
    )
    assert answer.status_code == 302
    texts = Contribution.objects.filter(campaign=campaign).order_by("version")
    assert [one.text for one in texts] == ["Bản của người thứ nhất.", "Bản chung."]


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_written_is_said(head, form, text):
    answer = head.post(form, {"text": text, "version": "0"})
    assert answer.status_code == 422
    assert not Contribution.objects.exists()


def test_only_for_ones_own_unit(campaign, planner, sign_in, van_thu, form, url):
    for client in (planner, sign_in(van_thu)):
        assert client.post(form, {"text": "Không phải của tôi", "version": "0"}).status_code == 404
    assert not Contribution.objects.exists()


def test_a_figure_is_explained_not_overwritten(campaign, head, planner, draft, url, stnmt):
    id = "land.service_land.pct"
    assert id in head.get(f"{url}gop/{stnmt.pk}/{SECTION}/").content.decode()
    answer = head.post(
        f"{url}giai-trinh/{stnmt.pk}/{id}/", {"text": "Chưa tính hai huyện mới giao đất."}
    )
    assert answer.status_code == 302
    page = planner.get(f"{url}ban/1/{SECTION}/").content.decode()
    assert "Chưa tính hai huyện mới giao đất." in page
    panel = planner.get(f"/so-lieu/{id}/?ky=2024-H1").content.decode()
    assert "Chưa tính hai huyện mới giao đất." in panel


def test_other_units_texts_are_for_those_who_compile(
    campaign, head, sign_in, chuyen_vien, form, url, draft
):
    head.post(form, {"text": "Chỉ cho đơn vị tổng hợp.", "version": "0"})
    assert sign_in(chuyen_vien).get(f"{url}ban/1/{SECTION}/").status_code == 404
    assert "Chỉ cho đơn vị" not in sign_in(chuyen_vien).get(url).content.decode()


def test_a_period_that_is_none_is_said_beside_its_field(planner, asked):
    answer = planner.post("/dot-bao-cao/them/", asked | {"period": "2024-H3"})
    assert answer.status_code == 422
    assert "Không có kỳ báo cáo" in str(answer.context["form"].errors["period"])
    assert not Campaign.objects.filter(period="2024-H3").exists()


def test_a_deadline_before_the_request_is_said_beside_its_field(planner, asked):
    answer = planner.post("/dot-bao-cao/them/", asked | {"due_on": "1/5/2024"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["due_on"]


def test_the_database_keeps_no_empty_text(campaign, ke_hoach, stnmt):
    now = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
    common = {"campaign": campaign, "unit": stnmt, "text": "", "person": ke_hoach}
    with pytest.raises(IntegrityError, match="contribution_has_text"), transaction.atomic():
        Contribution.objects.create(section=SECTION, version=1, submitted_at=now, **common)
    with pytest.raises(IntegrityError, match="explanation_has_text"), transaction.atomic():
        Explanation.objects.create(measure="x", written_at=now, **common)
