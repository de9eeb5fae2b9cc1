"""A unit ends: its open work passes to its successor, clocks running (ĐV-12)."""

from __future__ import annotations

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import owed_by
from dieuhanh.kernel.tracking.actions import complete_obligation
from dieuhanh.kernel.tracking.recurring.actions import repeat_duty
from dieuhanh.kernel.tracking.reference.actions import dissolve_unit
from dieuhanh.kernel.tracking.tests.conftest import DUE, START, last_line, moment, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]
FRIDAY, SUNDAY, MONDAY = dt.date(2024, 6, 14), dt.date(2024, 6, 16), dt.date(2024, 6, 17)


@pytest.fixture
def heir(db) -> Unit:
    return Unit.objects.get(code="STC")


def dissolve(unit, actor, successors, on=SUNDAY, reason="Sắp xếp tổ chức bộ máy"):
    return dissolve_unit(unit.pk, actor=actor, on=on, successors=successors, reason=reason)


def test_what_is_open_passes_and_what_is_done_stays(owed, new, unit, heir, officer, quan_tri):
    done = new(due_on=DUE)
    complete_obligation(done.pk, actor=officer, on=FRIDAY, product="1/BC")
    office = Unit.objects.get(code="UBND")
    assert dissolve(unit, quan_tri, [heir, office]) == 1
    unit.refresh_from_db()
    owed.refresh_from_db()
    done.refresh_from_db()
    assert unit.valid_to == SUNDAY
    assert {(one.successor, one.since) for one in unit.successions.all()} == {
        (heir, MONDAY), (office, MONDAY),
    }  # fmt: skip
    assert (owed.unit, owed.person, owed.due_at) == (heir, None, moment(20))
    assert done.unit == unit
    assert owed.handovers.get().reason == "Sắp xếp tổ chức bộ máy"
    assert Entry.objects.get(pk=owed.entry_id).unit == heir
    before = clock.now() - dt.timedelta(seconds=1)
    assert Obligation.objects.filter(owed_by([unit.pk], before), pk=owed.pk).exists()
    line = last_line("unit.dissolved")
    assert (line.subject, line.details["obligations"]) == (unit.name, 1)
    assert line.details["successors"] == [heir.name, office.name]


def test_what_recurs_passes_too(entry, unit, heir, chuyen_vien, quan_tri):
    monthly = repeat_duty(
        entry.pk, actor=chuyen_vien, unit=unit, duty="Báo cáo tháng", every="month", day=25,
        starts_on=START,
    )  # fmt: skip
    dissolve(unit, quan_tri, [heir])
    monthly.refresh_from_db()
    assert monthly.unit == heir
    assert set(monthly.obligations.values_list("unit", flat=True)) == {heir.pk}


def test_afterwards_nothing_is_given_to_it_but_its_successors_are_named(
    entry, unit, heir, chuyen_vien, quan_tri
):
    dissolve(unit, quan_tri, [heir])
    unit.refresh_from_db()
    with refused(Refusal, "đơn vị kế thừa: Sở Tài chính", "unit"):
        repeat_duty(
            entry.pk, actor=chuyen_vien, unit=unit, duty="x", every="month", day=25,
            starts_on=MONDAY,
        )  # fmt: skip


def test_refusals(unit, heir, quan_tri, lanh_dao, old_unit):
    with refused(Forbidden):
        dissolve(unit, lanh_dao, [heir])
    with refused(WrongState, "đã kết thúc hoạt động ngày 14/6/2024"):
        dissolve(old_unit, quan_tri, [heir])
    with refused(WrongDate, "trước ngày đơn vị được thành lập", "on"):
        dissolve(unit, quan_tri, [heir], on=unit.valid_from - dt.timedelta(1))
    for successors in ([], [unit], [heir, unit]):
        with refused(Refusal, "đơn vị kế thừa", "successors"):
            dissolve(unit, quan_tri, successors)
    with refused(Refusal, "Sở Cũ đã kết thúc hoạt động", "successors"):
        dissolve(unit, quan_tri, [old_unit])
    with refused(Refusal, "Xin ghi lý do", "reason"):
        dissolve(unit, quan_tri, [heir], reason="")
