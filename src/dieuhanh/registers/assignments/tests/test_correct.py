"""Correcting: deadlines follow what was corrected, and a postponed one keeps its first (NV-11)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.assignments.actions import correct_submission, correct_task
from dieuhanh.registers.assignments.models import Task

pytestmark = pytest.mark.django_db
TASK, ACTION = "nhiem-vu-giao", "chuong-trinh-hanh-dong"
WORK, SUBMITTED = "chuong-trinh-cong-tac", "noi-dung-trinh"


@pytest.fixture
def correct(do, typed):
    def post(slug, entry, **changes):
        entry.refresh_from_db()
        values = typed(slug) | {"version": entry.version, "reason": "Ghi nhầm"} | changes
        return do(slug, entry, "dinh-chinh", **values)

    return post


def due(entry):
    return entry.obligations.get().due_at


def test_a_corrected_source_and_deadline_change_class_and_clock(enter, correct):
    entry = enter(TASK)
    answer = correct(TASK, entry, source="press", due_on="20/6/2024", co_units="STP; STC")
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.kind == "press"
    assert due(entry) == clock.end_of(dt.date(2024, 6, 20))
    changes = Line.objects.filter(entry_id=entry.pk).latest("pk").details["changes"]
    assert changes["due_on"] == ["2024-06-14", "2024-06-20"]
    assert changes["source"] == ["conclusion", "press"]


def test_correcting_the_words_of_a_postponed_task_leaves_its_deadline(enter, correct, do):
    """NV-11: extensions survive a correction of something else."""
    entry = enter(TASK)
    assert do(TASK, entry, "lui-han", to="28/6/2024", reason="Chờ số liệu").status_code == 302
    assert correct(TASK, entry, title="Báo cáo tiến độ").status_code == 302
    owed = entry.obligations.get()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 28))
    assert owed.first_due_at == clock.end_of(dt.date(2024, 6, 14))


def test_the_first_deadline_of_a_postponed_task_stands(enter, correct, do, written):
    entry = enter(TASK)
    do(TASK, entry, "lui-han", to="28/6/2024", reason="Chờ số liệu")
    before = written()
    answer = correct(TASK, entry, due_on="20/6/2024")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["due_on"]
    assert written() == before


def test_a_task_is_not_assigned_after_it_was_checked(enter, correct, do, written):
    entry = enter(TASK)
    do(TASK, entry, "kiem-tra", on="11/6/2024", result="Đã đôn đốc")
    before = written()
    answer = correct(TASK, entry, opened_on="12/6/2024")
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_another_month_moves_the_clock_of_an_item(enter, correct):
    entry = enter(WORK)
    assert correct(WORK, entry, planned_month="6").status_code == 302
    assert due(entry) == clock.end_of(dt.date(2024, 6, 30))
    assert correct(WORK, entry, planned_quarter="3", planned_month="").status_code == 302
    assert due(entry) == clock.end_of(dt.date(2024, 9, 30))


def test_what_was_carried_keeps_its_half_year_and_postponed_its_month(enter, correct, do, written):
    carried, postponed = enter(WORK), enter(WORK)
    do(WORK, carried, "chuyen-ky", on="14/6/2024", planned_quarter="3", reason="Chờ ý kiến")
    do(WORK, postponed, "lui-han", to="30/6/2024", reason="Chờ ý kiến")
    before = written()
    answer = correct(WORK, carried, planned_quarter="3", planned_month="")
    assert list(answer.context["form"].errors) == ["planned_quarter"]
    answer = correct(WORK, postponed, planned_month="6")
    assert list(answer.context["form"].errors) == ["planned_month"]
    assert written() == before


def test_the_level_of_an_entry_stands(enter, correct, written):
    entry = enter(ACTION)
    before = written()
    answer = correct(ACTION, entry, level="task_group", due_on="")
    assert list(answer.context["form"].errors) == ["level"]
    assert correct(ACTION, entry, due_on="").status_code == 422
    assert written() == before
    assert correct(ACTION, entry, due_on="30/6/2024").status_code == 302
    assert due(entry) == clock.end_of(dt.date(2024, 6, 30))


def test_the_form_shows_what_is_stored(client, enter):
    group = enter(ACTION, level="task_group", due_on="")
    entry = enter(ACTION, parent=str(group))
    form = client.get(f"/{ACTION}/{entry.pk}/dinh-chinh/").context["form"]
    assert form["parent"].value() == str(group)
    assert form["due_on"].value() == "31/5/2024"


def test_the_actions_themselves_refuse(enter, lanh_dao, giam_doc_so, chuyen_vien, written):
    task, submission = enter(TASK), enter(SUBMITTED)
    before = written()
    for actor in (lanh_dao, giam_doc_so):
        with pytest.raises(Forbidden):
            correct_task(task.pk, actor=actor, version=1, reason="thử", title="Khác")
    with pytest.raises(Stale):
        correct_submission(submission.pk, actor=chuyen_vien, version=9, reason="thử", body="khác")
    assert written() == before
    assert Task.objects.get(pk=task.pk).source == "conclusion"
