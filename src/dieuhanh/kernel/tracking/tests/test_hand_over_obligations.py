"""Handing work over to another person or another unit; exactly one leads (NV-04, ĐV-12)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongState
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.obligations.queries import owed_by
from dieuhanh.kernel.tracking.actions import (
    MOST,
    complete_obligation,
    hand_over_obligations,
    urge_obligations,
)
from dieuhanh.kernel.tracking.tests.conftest import DUE, last_line, moment, refused, told

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2024, 6, 17)
WHY = "Phân công lại"


@pytest.fixture
def finance(db) -> Unit:
    return Unit.objects.get(code="STC")


def test_to_another_person_of_the_unit(owed, giam_doc_so, officer):
    assert hand_over_obligations([owed.pk], actor=giam_doc_so, person=officer, reason=WHY) == 1
    owed.refresh_from_db()
    assert (owed.person, owed.unit.code, owed.due_at) == (officer, "STNMT", moment(20))
    handover = owed.handovers.get()
    assert (handover.at, handover.from_person, handover.to_person, handover.reason) == (
        clock.now(), None, officer, WHY,
    )  # fmt: skip
    line = last_line("obligation.handed_over")
    assert (line.reason, line.details["outcome"]) == (
        WHY, "Sở Tài nguyên và Môi trường · Nguyễn Văn Bình",
    )  # fmt: skip
    assert told(owed, "handed_over") == {"van-binh"}


def test_to_another_unit_the_clock_runs_on_and_who_had_it_still_reads(
    owed, giam_doc_so, finance, moved
):
    moved.set(dt.datetime(2024, 6, 18, 9, tzinfo=clock.ZONE))
    hand_over_obligations([owed.pk], actor=giam_doc_so, unit=finance, reason=WHY)
    owed.refresh_from_db()
    assert (owed.unit, owed.person, owed.due_at) == (finance, None, moment(20))
    entry = Entry.objects.get(pk=owed.entry_id)
    assert (entry.unit, [one.code for one in entry.co_units.all()]) == (finance, ["STNMT"])
    mine = Obligation.objects.filter(pk=owed.pk)
    former = Unit.objects.get(code="STNMT", valid_to=None)
    before, after = clock.now() - dt.timedelta(seconds=1), clock.now()
    assert mine.filter(owed_by([former.pk], before)) and not mine.filter(
        owed_by([former.pk], after)
    )
    assert mine.filter(owed_by([finance.pk], after)) and not mine.filter(
        owed_by([finance.pk], before)
    )


def test_the_entry_stays_with_its_unit_while_that_owes_more_on_it(owed, new, giam_doc_so, finance):
    new(due_on=DUE, duty="Việc khác")
    hand_over_obligations([owed.pk], actor=giam_doc_so, unit=finance, reason=WHY)
    entry = Entry.objects.get(pk=owed.entry_id)
    assert (entry.unit.code, [one.code for one in entry.co_units.all()]) == ("STNMT", ["STC"])


def test_many_at_once_all_or_none(owed, new, giam_doc_so, officer):
    many = [owed, *(new(due_on=DUE) for _one in range(3))]
    complete_obligation(many[-1].pk, actor=giam_doc_so, on=MONDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        hand_over_obligations(
            [one.pk for one in many], actor=giam_doc_so, person=officer, reason=WHY
        )
    pks = [one.pk for one in many[:-1]]
    assert hand_over_obligations(pks, actor=giam_doc_so, person=officer, reason=WHY) == 3
    lines = Line.objects.filter(verb="obligation.handed_over", entry_id=owed.entry_id)
    assert {one.details["obligation"] for one in lines} == set(pks)


def test_a_unit_that_was_dissolved_names_its_successors(owed, giam_doc_so, old_unit):
    words = "Sở Cũ đã kết thúc hoạt động ngày 14/6/2024; đơn vị kế thừa: Sở Tài chính."
    with refused(Refusal, words, "unit"):
        hand_over_obligations([owed.pk], actor=giam_doc_so, unit=old_unit, reason=WHY)


def test_refusals(owed, new, giam_doc_so, officer, chuyen_vien, tiep_dan, finance, moved):
    def hand(ids=(owed.pk,), actor=giam_doc_so, reason=WHY, **to):
        return hand_over_obligations(ids, actor=actor, reason=reason, **to)

    with refused(Refusal, f"từ 1 đến {MOST}"):
        hand(ids=[], person=officer)
    with refused(Refusal, f"từ 1 đến {MOST}"):
        hand(ids=range(1, MOST + 2), person=officer)
    with refused(Refusal, "chọn đơn vị hoặc người", "person"):
        hand()
    with refused(Refusal, "không công tác tại Sở Tài nguyên", "person"):
        hand(person=chuyen_vien)
    with refused(Refusal, "không công tác tại Sở Tài chính", "person"):
        hand(person=officer, unit=finance)
    with refused(Refusal, "đã thuộc nơi nhận", "person"):
        hand(unit=owed.unit)
    with refused(Refusal, "Xin ghi lý do", "reason"):
        hand(person=officer, reason="")
    with refused(Forbidden):
        hand(actor=tiep_dan, person=officer)


def test_two_units_never_lead(owed, giam_doc_so, finance):
    """NV-04: ``Obligation.unit`` is one column and not null; a second lead has no place."""
    field = Obligation._meta.get_field("unit")
    assert field.many_to_one and not field.null
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=owed.pk).update(unit=None)


def test_urging_tells_the_heads_once_a_day(owed, lanh_dao, moved):
    assert urge_obligations([owed.pk], actor=lanh_dao, message="Xin khẩn trương") == 1
    urge_obligations([owed.pk], actor=lanh_dao, message="Xin khẩn trương")
    assert told(owed, "urged") == {"giam-doc-so"}
    from dieuhanh.kernel.notifications.models import Notice

    assert Notice.objects.get(obligation=owed).parts["message"] == "Xin khẩn trương"
    assert last_line("obligation.urged").reason == "Xin khẩn trương"
    moved.set(dt.datetime(2024, 6, 18, 9, tzinfo=clock.ZONE))
    urge_obligations([owed.pk], actor=lanh_dao)
    assert Notice.objects.filter(obligation=owed, kind="urged").count() == 2


def test_urging_refusals(owed, giam_doc_so, lanh_dao, tiep_dan):
    with refused(Refusal, f"từ 1 đến {MOST}"):
        urge_obligations([], actor=lanh_dao)
    with refused(Forbidden):
        urge_obligations([owed.pk], actor=tiep_dan)
    complete_obligation(owed.pk, actor=giam_doc_so, on=MONDAY, product="1/BC")
    with refused(WrongState, "đã hoàn thành"):
        urge_obligations([owed.pk], actor=lanh_dao)
