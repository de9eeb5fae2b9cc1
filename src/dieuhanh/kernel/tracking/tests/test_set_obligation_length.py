"""How long one case has, where the law leaves it to the case; unknown limits yield no date."""

from __future__ import annotations

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.obligations.models import Cause
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.kernel.tracking.actions import (
    ask_extension,
    complete_obligation,
    pause_obligation,
    set_obligation_length,
)
from dieuhanh.kernel.tracking.tests.conftest import last_line, moment, refused, told

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2024, 6, 17)


@pytest.fixture
def case(new, limit):
    limit("test.case", certainty="by_case", length=None)
    return new(limit_key="test.case")


def set_length(owed, actor, length=7, reason="Quyết định công bố"):
    return set_obligation_length(owed.pk, actor=actor, length=length, reason=reason)


def test_until_it_is_said_there_is_no_date(case, chuyen_vien):
    assert (case.due_at, case.first_due_at) == (None, None)
    assert with_state(moment(30)).get(pk=case.pk).state == "no_deadline"
    set_length(case, chuyen_vien)
    case.refresh_from_db()
    assert (case.length, case.due_at, case.first_due_at) == (7, moment(24), moment(24))
    change = case.due_changes.get()
    assert (change.cause, change.due_before) == (Cause.SET, None)
    assert last_line("obligation.length_set").reason == "Quyết định công bố"
    assert told(case, "deadline_moved") == {"giam-doc-so"}
    set_length(case, chuyen_vien, length=9)
    case.refresh_from_db()
    assert (case.due_at, case.first_due_at) == (moment(26), moment(24))


@pytest.mark.parametrize(
    ("certainty", "direction"), [("unknown", "forward"), ("unknown", "backward")]
)
def test_an_unknown_limit_never_yields_a_date(new, limit, chuyen_vien, certainty, direction):
    limit("test.unknown", certainty=certainty, direction=direction, length=None)
    owed = new(limit_key="test.unknown", length=5, event_at=moment(28, 8, 0, 0))
    assert (owed.due_at, owed.first_due_at) == (None, None)
    assert with_state(moment(30)).get(pk=owed.pk).state == "no_deadline"
    with refused(WrongState, "không đặt theo từng việc"):
        set_length(owed, chuyen_vien)
    with refused(WrongState, "không có thời hạn đang chạy"):
        pause_obligation(owed.pk, actor=chuyen_vien, on=MONDAY, reason="x")
    with refused(WrongState, "không có thời hạn để gia hạn"):
        ask_extension(owed.pk, actor=chuyen_vien, reason="x")


def test_a_minimum_yields_no_deadline(new, limit):
    limit("test.minimum", direction="minimum", pause="")
    assert new(limit_key="test.minimum").due_at is None


def test_only_where_the_law_leaves_it_to_the_case(lawful, owed, chuyen_vien):
    for one in (lawful, owed):
        with refused(WrongState, "không đặt theo từng việc"):
            set_length(one, chuyen_vien)


def test_refusals(case, chuyen_vien, giam_doc_so):
    with refused(Forbidden):
        set_length(case, giam_doc_so)
    with refused(WrongDate, "từ 1 trở lên", "length"):
        set_length(case, chuyen_vien, length=0)
    with refused(Refusal, "Xin ghi lý do", "reason"):
        set_length(case, chuyen_vien, reason="")
    set_length(case, chuyen_vien)
    pause_obligation(case.pk, actor=chuyen_vien, on=MONDAY, reason="Chờ bổ sung")
    with refused(WrongState, "đang tạm dừng"):
        set_length(case, chuyen_vien)
    complete_obligation(case.pk, actor=giam_doc_so, on=MONDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        set_length(case, chuyen_vien)
