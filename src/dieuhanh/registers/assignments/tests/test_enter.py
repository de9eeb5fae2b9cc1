"""Entering tasks, entries of both programmes and submissions (NV-04…NV-07, NV-13)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.assignments.actions import (
    assign_task,
    enter_action_item,
    enter_programme_item,
)
from dieuhanh.registers.assignments.models import ActionItem, ProgrammeItem, Submission, Task

pytestmark = pytest.mark.django_db
TASK, ACTION = "nhiem-vu-giao", "chuong-trinh-hanh-dong"
WORK, SUBMITTED = "chuong-trinh-cong-tac", "noi-dung-trinh"


def test_a_task_has_one_lead_its_helpers_and_its_deadline(enter, unit):
    """NV-04, NV-06: kind is the source."""
    last = Series.objects.get(book="assignments.tasks", year=2024).last
    entry = enter(TASK)
    assert (entry.number, entry.kind, entry.unit) == (last + 1, "conclusion", unit)
    assert [one.code for one in entry.co_units.all()] == ["STP"]
    task = Task.objects.get(pk=entry.pk)
    assert (task.head, task.due_on) == ("Giám đốc Sở", dt.date(2024, 6, 14))
    owed = entry.obligations.get()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 14))
    assert (owed.unit, owed.limit) == (unit, None)
    line = Line.objects.get(entry_id=entry.pk)
    assert (line.verb, line.actor_name) == ("task.assigned", "Nguyễn Thu Hằng")


def test_a_task_without_a_deadline_is_owed_all_the_same(client, enter):
    """NV-13."""
    entry = enter(TASK, due_on="")
    assert entry.obligations.get().due_at is None
    assert "không thời hạn" in client.get(f"/{TASK}/{entry.pk}/").content.decode().lower()


def test_the_list_says_what_is_not_clear_of_a_task(client, enter):
    """NV-05: chưa rõ."""
    enter(TASK, process="Báo cáo hằng tuần")
    page = client.get(f"/{TASK}/?tu=10/6/2024&den=10/6/2024&q=tien+do+do+dac").content.decode()
    assert "chưa rõ thẩm quyền; kiểm tra" in page


def test_a_task_is_found_by_its_document(client, enter):
    entry = enter(TASK)
    assert f"/{TASK}/{entry.pk}/" in client.get(f"/{TASK}/", {"q": "312/TB-UBND"}).content.decode()


def test_a_specific_task_stands_under_its_group_and_that_under_its_area(client, enter):
    area = enter(ACTION, level="focus_area", due_on="", title="Trọng tâm đất đai")
    group = enter(ACTION, level="task_group", due_on="", parent=str(area))
    entry = enter(ACTION, parent=str(group))
    assert ActionItem.objects.get(pk=entry.pk).parent.parent_id == area.pk
    assert entry.obligations.get().due_at == clock.end_of(dt.date(2024, 5, 31))
    assert not group.obligations.exists()
    page = client.get(f"/{ACTION}/{area.pk}/").content.decode()
    assert f"/{ACTION}/{group.pk}/" in page
    assert "Trọng tâm đất đai" in client.get(f"/{ACTION}/{group.pk}/").content.decode()


def test_an_item_is_due_at_the_end_of_its_month_or_quarter(enter):
    """NV-07."""
    monthly, quarterly = enter(WORK), enter(WORK, planned_month="")
    assert monthly.obligations.get().due_at == clock.end_of(dt.date(2024, 5, 31))
    assert quarterly.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 30))
    assert ProgrammeItem.objects.get(pk=quarterly.pk).planned_month is None
    assert monthly.kind == "scheme"


def test_a_submission_has_its_body_and_no_deadline(enter):
    entry = enter(SUBMITTED)
    assert (entry.kind, entry.opened_on) == ("people_council", dt.date(2024, 6, 10))
    assert Submission.objects.get(pk=entry.pk).session == "Kỳ họp thứ 16"
    assert not entry.obligations.exists()


@pytest.mark.parametrize(
    ("slug", "changes", "field"),
    [
        (TASK, {"opened_on": "18/6/2024"}, "opened_on"),
        (TASK, {"due_on": "09/6/2024"}, "due_on"),
        (TASK, {"head": ""}, "head"),
        (TASK, {"source": "rumour"}, "source"),
        (TASK, {"co_units": "Sở Không Có"}, "co_units"),
        (ACTION, {"due_on": ""}, "due_on"),
        (ACTION, {"level": "focus_area"}, "due_on"),
        (ACTION, {"parent": "999/2024"}, "parent"),
        (WORK, {"planned_month": "7"}, "planned_month"),
        (WORK, {"planned_quarter": "5"}, "planned_quarter"),
        (WORK, {"planned_year": "2023"}, "planned_quarter"),
        (SUBMITTED, {"body": "government"}, "body"),
        (SUBMITTED, {"opened_on": "18/6/2024"}, "opened_on"),
    ],
)
def test_a_fault_is_said_beside_its_field(
    sign_in, chuyen_vien, typed, written, slug, changes, field
):
    before = written()
    answer = sign_in(chuyen_vien).post(f"/{slug}/them/", typed(slug) | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_level_under_the_wrong_one_is_refused(sign_in, chuyen_vien, typed, enter, written):
    area = enter(ACTION, level="focus_area", due_on="")
    before = written()
    values = typed(ACTION) | {"parent": str(area)}
    answer = sign_in(chuyen_vien).post(f"/{ACTION}/them/", values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["parent"]
    assert written() == before


def test_the_actions_themselves_refuse(lanh_dao, chuyen_vien, unit, written):
    before = written()
    day = dt.date(2024, 6, 10)
    task = {"source": "press", "title": "Việc", "unit": unit, "head": "Giám đốc"}
    with pytest.raises(Forbidden):
        assign_task(actor=lanh_dao, opened_on=day, **task)
    with pytest.raises(WrongDate):
        assign_task(actor=chuyen_vien, opened_on=day, due_on=dt.date(2024, 6, 9), **task)
    with pytest.raises(Refusal):
        enter_action_item(
            actor=chuyen_vien, opened_on=day, level="specific_task", title="Việc", unit=unit
        )
    with pytest.raises(Refusal):
        enter_programme_item(
            actor=chuyen_vien, opened_on=day, product_type="report", planned_year=2024,
            planned_quarter=3, planned_month=6, title="Việc", unit=Unit.objects.get(code="STP"),
        )  # fmt: skip
    assert written() == before
