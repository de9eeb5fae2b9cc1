"""Done with a product, checked, reviewed, postponed, carried over, settled."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.assignments.actions import (
    carry_programme_item,
    check_task,
    complete_programme_item,
    complete_work,
    postpone_programme_item,
    settle_submission,
)
from dieuhanh.registers.assignments.models import ProgrammeItem, Submission, Task

pytestmark = pytest.mark.django_db
TASK, ACTION = "nhiem-vu-giao", "chuong-trinh-hanh-dong"
WORK, SUBMITTED = "chuong-trinh-cong-tac", "noi-dung-trinh"
DAY = dt.date(2024, 6, 14)
CARRIED = {"on": "14/6/2024", "planned_quarter": "3", "planned_month": "8", "reason": "Chờ ý kiến"}


def state(entry, day):
    return with_state(clock.end_of(day)).get(entry=entry).state


def last_line(entry):
    return Line.objects.filter(entry_id=entry.pk).latest("pk")


def figures(*ids, as_of):
    evaluator = Evaluator(Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), as_of, "2024-H1"))
    return [int(evaluator.answer(f"work_programme.2024.{id}").value) for id in ids]


def test_a_task_is_done_with_its_product_and_late_for_ever(enter, do):
    """NV-10, NV-12, NV-14."""
    entry = enter(TASK)
    answer = do(TASK, entry, "ket-thuc", on="16/6/2024", outcome="1897/STNMT-ĐĐ")
    assert answer.status_code == 302
    owed = entry.obligations.get()
    assert owed.product == "1897/STNMT-ĐĐ"
    assert state(entry, DAY) == "open_in_time"
    assert state(entry, dt.date(2024, 6, 15)) == "open_late"
    assert state(entry, dt.date(2024, 6, 17)) == "done_late"


@pytest.mark.parametrize("slug", [TASK, ACTION, WORK])
def test_nothing_is_done_without_a_product(enter, do, written, slug):
    """NV-14."""
    entry = enter(slug)
    before = written()
    answer = do(slug, entry, "ket-thuc", on="14/6/2024", outcome=" ")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["outcome"]
    assert written() == before


def test_checking_makes_clear_and_the_story_keeps_each_result(client, enter, do):
    """NV-05."""
    entry = enter(TASK, process="Hằng tuần", authority="Sở quyết định")
    assert do(TASK, entry, "kiem-tra", on="11/6/2024", result="Còn chậm").status_code == 302
    assert do(TASK, entry, "kiem-tra", on="13/6/2024", result="Bảo đảm").status_code == 302
    task = Task.objects.get(pk=entry.pk)
    assert (task.checked_on, task.check_result) == (dt.date(2024, 6, 13), "Bảo đảm")
    page = client.get(f"/{TASK}/{entry.pk}/").content.decode()
    assert "đủ 3 rõ" in page
    assert "Còn chậm" in page
    assert "ghi kết quả kiểm tra, đôn đốc." in page


@pytest.mark.parametrize("on", ["09/6/2024", "18/6/2024"])
def test_a_check_on_a_wrong_day_is_refused(enter, do, written, on):
    entry = enter(TASK)
    before = written()
    answer = do(TASK, entry, "kiem-tra", on=on, result="Đã đôn đốc")
    assert list(answer.context["form"].errors) == ["on"]
    assert written() == before


def test_a_task_without_a_deadline_has_none_to_postpone(client, enter, do, written):
    entry = enter(TASK, due_on="")
    assert "lui-han" not in client.get(f"/{TASK}/{entry.pk}/").content.decode()
    before = written()
    assert do(TASK, entry, "lui-han", to="28/6/2024", reason="thử").status_code == 422
    assert written() == before


def test_every_review_is_kept(client, enter, do):
    """NV-07: reviewed monthly and quarterly."""
    entry = enter(WORK)
    assert do(WORK, entry, "ra-soat", on="29/3/2024", note="Đang dự thảo").status_code == 302
    assert do(WORK, entry, "ra-soat", on="29/4/2024", note="Đã thẩm định").status_code == 302
    kept = ProgrammeItem.objects.get(pk=entry.pk).reviews.values_list("note", flat=True)
    assert list(kept) == ["Đang dự thảo", "Đã thẩm định"]
    page = client.get(f"/{WORK}/{entry.pk}/").content.decode()
    assert "29/3/2024: Đang dự thảo; 29/4/2024: Đã thẩm định" in page
    assert "Đã thẩm định" in client.get(f"/{WORK}/xuat.csv?q=thu+gom+rac").getvalue().decode()


def test_what_is_carried_over_is_not_done_and_keeps_its_lineage(client, enter, do):
    """NV-07."""
    entry = enter(WORK)
    before = figures("items_total", "due", "completed", as_of=DAY)
    assert do(WORK, entry, "chuyen-ky", **CARRIED).status_code == 302
    old = ProgrammeItem.objects.get(pk=entry.pk)
    new = old.carried_to
    entry.refresh_from_db()
    assert (old.carried_on, entry.closed_on) == (DAY, None)
    assert state(entry, DAY) == "open_late"
    assert (new.planned_year, new.planned_quarter, new.planned_month) == (2024, 3, 8)
    assert (new.entry.unit, new.entry.title, new.entry.opened_on) == (entry.unit, entry.title, DAY)
    assert new.entry.obligations.get().due_at == clock.end_of(dt.date(2024, 8, 31))
    assert figures("items_total", "due", "completed", as_of=DAY) == before
    assert (last_line(entry).reason, last_line(entry).details["to"]) == ("Chờ ý kiến", str(new))
    assert f"/{WORK}/{new.pk}/" in client.get(f"/{WORK}/{entry.pk}/").content.decode()
    assert str(entry) in client.get(f"/{WORK}/{new.pk}/").content.decode()


def test_what_was_carried_over_is_worked_on_in_its_new_period_only(client, enter, do, chuyen_vien):
    entry = enter(WORK)
    do(WORK, entry, "chuyen-ky", **CARRIED)
    page = client.get(f"/{WORK}/{entry.pk}/").content.decode()
    assert not any(slug in page for slug in ("/ket-thuc/", "/lui-han/", "/chuyen-ky/"))
    with pytest.raises(WrongState):
        complete_programme_item(entry.pk, actor=chuyen_vien, on=DAY, outcome="12/BC")
    with pytest.raises(WrongState):
        postpone_programme_item(entry.pk, actor=chuyen_vien, to=dt.date(2024, 7, 1), reason="a")
    with pytest.raises(WrongState):
        carry_programme_item(
            entry.pk, actor=chuyen_vien, on=DAY, planned_quarter=3, reason="lần nữa"
        )
    new = ProgrammeItem.objects.get(carried_from=entry.pk).entry
    assert do(WORK, new, "ket-thuc", on="15/6/2024", outcome="12/BC-STNMT").status_code == 302


def test_the_second_half_is_carried_into_the_next_year(enter, do):
    entry = enter(WORK, planned_quarter="4", planned_month="12")
    values = CARRIED | {"planned_quarter": "1", "planned_month": "3"}
    assert do(WORK, entry, "chuyen-ky", **values).status_code == 302
    assert ProgrammeItem.objects.get(carried_from=entry.pk).planned_year == 2025


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned_quarter": "2", "planned_month": ""}, "planned_quarter"),
        ({"planned_month": "10"}, "planned_month"),
        ({"on": "18/6/2024"}, "on"),
        ({"on": "09/01/2024"}, "on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_carrying_elsewhere_is_refused(enter, do, written, changes, field):
    entry = enter(WORK)
    before = written()
    answer = do(WORK, entry, "chuyen-ky", **CARRIED | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_deadline_moved_after_the_cut_off_was_the_earlier_one_then(enter, do):
    """NV-11, NV-16: postponed on 17/6/2024, the item was due by 15/6/2024 all the same."""
    before = figures("due", as_of=dt.date(2024, 6, 15))
    entry = enter(WORK)
    assert do(WORK, entry, "lui-han", to="31/7/2024", reason="Chờ Luật").status_code == 302
    assert figures("due", as_of=dt.date(2024, 6, 15)) == [before[0] + 1]
    owed = entry.obligations.get()
    assert owed.first_due_at == clock.end_of(dt.date(2024, 5, 31))
    assert owed.due_changes.get().at == clock.now()


def test_what_is_done_is_not_carried(enter, do, chuyen_vien, written):
    entry = enter(WORK)
    do(WORK, entry, "ket-thuc", on="30/5/2024", outcome="12/BC-STNMT")
    before = written()
    with pytest.raises(WrongState):
        carry_programme_item(entry.pk, actor=chuyen_vien, on=DAY, planned_quarter=3, reason="a")
    assert written() == before


def test_a_submission_is_settled_with_its_result(client, enter, do):
    entry = enter(SUBMITTED)
    values = {"on": "14/6/2024", "result": "returned", "outcome": "Thông báo 88-TB/TU"}
    assert do(SUBMITTED, entry, "ket-thuc", **values).status_code == 302
    assert Submission.objects.get(pk=entry.pk).result == "returned"
    entry.refresh_from_db()
    assert (entry.closed_on, entry.outcome) == (
        DAY, "Trả lại, yêu cầu hoàn thiện; Thông báo 88-TB/TU",
    )  # fmt: skip
    page = client.get(f"/{SUBMITTED}/{entry.pk}/?tinh-den=13/6/2024").content.decode()
    assert "88-TB/TU" not in page.split("Diễn biến")[0]


def test_the_actions_themselves_refuse(enter, lanh_dao, giam_doc_so, chuyen_vien, written):
    task, item, submission = enter(TASK), enter(WORK), enter(SUBMITTED)
    before = written()
    for actor in (lanh_dao, giam_doc_so):
        with pytest.raises(Forbidden):
            complete_work(task.pk, actor=actor, on=DAY, outcome="1/BC")
        with pytest.raises(Forbidden):
            check_task(task.pk, actor=actor, on=DAY, result="thử")
        with pytest.raises(Forbidden):
            carry_programme_item(item.pk, actor=actor, on=DAY, planned_quarter=3, reason="thử")
        with pytest.raises(Forbidden):
            settle_submission(submission.pk, actor=actor, on=DAY, result="noted")
    with pytest.raises(Refusal):
        complete_work(task.pk, actor=chuyen_vien, on=DAY, outcome="")
    with pytest.raises(Refusal):
        check_task(task.pk, actor=chuyen_vien, on=DAY, result="")
    assert written() == before
    assert Entry.objects.get(pk=task.pk).closed_on is None
