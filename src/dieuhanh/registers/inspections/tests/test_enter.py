"""Recording inspections of public duty, planned, unannounced and repeated."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.inspections.actions import enter_inspection
from dieuhanh.registers.inspections.models import Inspection

pytestmark = pytest.mark.django_db
SLUG = "kiem-tra-cong-vu"
PAGE = f"/{SLUG}/"


def test_an_inspection_owes_nothing_until_it_has_findings(client, enter):
    entry = enter(SLUG)
    assert (entry.kind, entry.unit.code) == ("unannounced", "STNMT")
    assert not entry.obligations.exists()
    assert Line.objects.get(entry_id=entry.pk).verb == "inspection.entered"
    page = client.get(f"{PAGE}{entry.pk}/")
    labels = [one["label"] for one in page.context["actions"]]
    assert "Ghi kết luận" in labels
    assert "Ghi khắc phục xong" not in labels
    assert f"/{SLUG}/{entry.pk}/" in client.get(f"{PAGE}?q=313/KH-UBND").content.decode()


def test_a_repeat_check_stands_on_the_page_of_the_first(client, enter):
    first = enter(SLUG)
    again = enter(
        SLUG, opened_on="12/6/2024", title="Tái kiểm tra giờ làm việc", reinspection_of=str(first)
    )
    page = client.get(f"{PAGE}{first.pk}/").content.decode()
    assert "Tái kiểm tra giờ làm việc" in page
    facts = dict(client.get(f"{PAGE}{again.pk}/").context["facts"])
    assert facts["Tái kiểm tra cuộc số"] == str(first)
    assert Inspection.objects.get(pk=first.pk).reinspections.get().pk == again.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opened_on": "18/6/2024"}, "opened_on"),
        ({"mode": "secretly"}, "mode"),
        ({"inspected_by": ""}, "inspected_by"),
        ({"unit": "Sở Không Có"}, "unit"),
        ({"reinspection_of": "99999/2024"}, "reinspection_of"),
    ],
)
def test_a_fault_is_said_beside_its_field(sign_in, chuyen_vien, typed, written, changes, field):
    before = written()
    answer = sign_in(chuyen_vien).post(f"{PAGE}them/", typed(SLUG) | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_repeat_check_is_not_older_than_the_first(client, enter, typed, written):
    first = enter(SLUG, opened_on="05/6/2024")
    before = written()
    answer = client.post(f"{PAGE}them/", typed(SLUG) | {"reinspection_of": str(first)})
    assert list(answer.context["form"].errors) == ["reinspection_of"]
    assert written() == before


def test_every_inspection_of_the_window_counts(enter):
    def count(day):
        window = Window(dt.date(2024, 6, 3), dt.date(2024, 6, 12), day)
        return int(Evaluator(window).answer("inspections.public_duty.count").value)

    days = dt.date(2024, 6, 5), dt.date(2024, 6, 15)
    before = [count(day) for day in days]
    first = enter(SLUG)
    enter(SLUG, mode="planned", opened_on="12/6/2024", reinspection_of=str(first))
    enter(SLUG, opened_on="13/6/2024")
    assert [count(day) for day in days] == [before[0] + 1, before[1] + 2]


@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra", "giam_doc_so"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}them/").status_code == 404
    assert client.post(f"{PAGE}them/", typed(SLUG)).status_code == 404
    assert written() == before


@pytest.mark.parametrize("who", ["van_thu", "van_thu_mat", "tiep_dan", "quan_tri"])
def test_whoever_may_not_read_finds_no_register(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).get(PAGE).status_code == 404


def test_a_head_sees_the_inspections_of_the_own_unit_alone(sign_in, enter, giam_doc_so):
    mine, other = enter(SLUG), enter(SLUG, unit="SYT")
    client = sign_in(giam_doc_so)
    assert client.get(f"{PAGE}{mine.pk}/").status_code == 200
    assert client.get(f"{PAGE}{other.pk}/").status_code == 404
    assert client.get(f"{PAGE}{mine.pk}/ket-luan/").status_code == 404


def test_the_action_itself_refuses(lanh_dao, chuyen_vien, unit, written):
    before = written()
    values = {
        "mode": "planned", "title": "Thử", "unit": unit, "inspected_by": "Đoàn",
        "field": "tasks",
    }  # fmt: skip
    with pytest.raises(Forbidden):
        enter_inspection(actor=lanh_dao, opened_on=dt.date(2024, 6, 3), **values)
    with pytest.raises(WrongDate):
        enter_inspection(actor=chuyen_vien, opened_on=dt.date(2024, 6, 18), **values)
    assert written() == before
