"""Answered and solved are two facts; what is not done is promised and followed (CT-06…CT-08)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate, WrongState
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.petitions.actions import answer_petition, reopen_petition, settle_petition
from dieuhanh.registers.petitions.models import PetitionResult

pytestmark = pytest.mark.django_db
PAGE = "/kien-nghi-cu-tri-hdnd/"


def day(number, month=6):
    return dt.date(2024, month, number)


def figures(as_of):
    """Total, solved of resolution 44 at the end of a day."""
    evaluator = Evaluator(Window(day(1, 1), day(17), as_of, ""))
    ids = ("petitions.total.nq44_2023", "petitions.resolved.nq44_2023")
    return tuple(int(evaluator.answer(id).value) for id in ids)


def moved(as_of, before):
    return tuple(now - then for now, then in zip(figures(as_of), before, strict=True))


@pytest.fixture
def answered(do, petition):
    assert do("tra-loi", on="05/6/2024", answer_symbol="12/STNMT").status_code == 302
    petition.refresh_from_db()
    return petition


def test_an_answer_ends_what_was_owed_and_not_the_petition(client, answered):
    entry = answered.entry
    assert (answered.answered_on, answered.answer_symbol) == (day(5), "12/STNMT")
    assert entry.closed_on is None
    owed = entry.obligations.get()
    assert (owed.done_at, owed.product) == (clock.start_of(day(5)), "12/STNMT")
    page = client.get(f"{PAGE}{answered.pk}/").content.decode()
    assert "ghi trả lời cử tri." in page and "Đã trả lời, chưa ghi kết quả" in page
    assert client.get(f"{PAGE}{answered.pk}/tra-loi/").status_code == 422  # answered already
    assert "/tra-loi/" not in page


def test_solved_closes_it_and_is_counted_from_that_day(client, do, answered):
    before = {one: figures(day(one)) for one in (9, 10)}
    lines = Line.objects.count()
    answer = do("ket-qua", on="10/6/2024", result="resolved", outcome="Đã nạo vét hồ")
    assert answer.status_code == 302
    answered.entry.refresh_from_db()
    assert (answered.entry.closed_on, answered.entry.outcome) == (day(10), "Đã nạo vét hồ")
    assert Line.objects.count() == lines + 1
    assert moved(day(9), before[9]) == (0, 0)
    assert moved(day(10), before[10]) == (0, 1)


def test_explained_closes_it_and_is_not_counted_as_solved(do, answered):
    """CT-07: a closing class for matters without further action."""
    before = figures(day(17))
    assert do("ket-qua", on="10/6/2024", result="explained").status_code == 302
    answered.entry.refresh_from_db()
    assert answered.entry.closed_on == day(10)
    assert moved(day(17), before) == (0, 0)


def test_a_promise_has_a_next_day_and_moving_it_keeps_the_first(client, do, answered):
    """CT-07, NV-11."""
    do("ket-qua", on="06/6/2024", result="in_progress", next_on="14/6/2024")
    owed = answered.entry.obligations.get(limit=None)
    assert owed.due_at == owed.first_due_at == clock.end_of(day(14))
    do("ket-qua", on="12/6/2024", result="will_be_resolved", next_on="30/9/2024")
    owed.refresh_from_db()
    assert (owed.due_at, owed.first_due_at) == (
        clock.end_of(day(30, 9)), clock.end_of(day(14)),
    )  # fmt: skip
    assert owed.extensions.count() == 1
    assert "Sẽ giải quyết" in client.get(f"{PAGE}{answered.pk}/").content.decode()
    do("ket-qua", on="14/6/2024", result="resolved")
    owed.refresh_from_db()
    assert owed.done_at == clock.start_of(day(14))
    assert PetitionResult.objects.filter(petition=answered).count() == 3


def test_beyond_the_city_waits_for_the_centre(client, do, enter):
    """CT-11."""
    central = enter(authority="central")
    answer = do("ket-qua", central, on="06/6/2024", result="will_be_resolved", next_on="1/9/2024")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["result"]
    answer = do("ket-qua", central, on="06/6/2024", result="in_progress", next_on="1/9/2024")
    assert answer.status_code == 302
    assert "chờ Trung ương" in client.get(f"{PAGE}{central.pk}/").content.decode()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"result": "in_progress"}, "next_on", "ngày hẹn"),
        ({"result": "will_be_resolved", "next_on": "10/6/2024"}, "next_on", "ngày hẹn"),
        ({"result": "resolved", "next_on": "10/7/2024"}, "next_on", "không còn ngày hẹn"),
        ({"result": "resolved", "on": "18/6/2024"}, "on", "chưa đến"),
        ({"result": "resolved", "on": "02/6/2024"}, "on", "trước ngày"),
        ({"result": "resolved", "on": "04/6/2024"}, "__all__", "trả lời cử tri trước"),
        ({"result": "done"}, "result", ""),
    ],
)
def test_a_result_out_of_order_is_refused(do, answered, written, values, field, words):
    before = written()
    answer = do("ket-qua", **({"on": "10/6/2024"} | values))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors)
    assert written() == before


def test_results_run_with_the_days(do, answered, written):
    do("ket-qua", on="10/6/2024", result="in_progress", next_on="14/6/2024")
    before = written()
    assert do("ket-qua", on="07/6/2024", result="resolved").status_code == 422
    assert written() == before


def test_no_end_without_an_answer(do, petition, written):
    before = written()
    answer = do("ket-qua", on="10/6/2024", result="explained")
    assert answer.status_code == 422
    assert "trước khi kết thúc" in answer.content.decode()
    assert written() == before


def test_reopened_it_was_solved_in_between_and_is_in_progress_after(client, do, answered):
    """CT-08: the figure of each day stays what it was; the answer stays given."""
    start = {one: figures(day(one)) for one in (10, 11)}
    do("ket-qua", on="07/6/2024", result="resolved")
    answer = do("mo-lai", on="11/6/2024", reason="Hồ lại ô nhiễm", next_on="30/8/2024")
    assert answer.status_code == 302
    assert moved(day(10), start[10]) == (0, 1)
    assert moved(day(11), start[11]) == (0, 0)
    answered.refresh_from_db()
    assert answered.answered_on == day(5)
    owed = answered.entry.obligations.order_by("pk")
    assert [one.done_at is None for one in owed] == [False, True]
    assert owed[1].due_at == clock.end_of(day(30, 8))
    assert "Đang giải quyết" in client.get(f"{PAGE}{answered.pk}/").content.decode()
    line = Line.objects.filter(entry_id=answered.pk).latest("pk")
    assert (line.verb, line.reason) == ("entry.reopened", "Hồ lại ô nhiễm")


def test_the_actions_themselves_refuse(answered, lanh_dao, chuyen_vien, written):
    before, pk = written(), answered.pk
    with pytest.raises(Forbidden):
        answer_petition(pk, actor=lanh_dao, on=day(6))
    with pytest.raises(WrongState):
        answer_petition(pk, actor=chuyen_vien, on=day(6))
    with pytest.raises(Forbidden):
        settle_petition(pk, actor=lanh_dao, on=day(6), result="resolved")
    with pytest.raises(WrongState):
        reopen_petition(pk, actor=chuyen_vien, on=day(6), reason="thử", next_on=day(9))
    with pytest.raises(WrongDate):
        settle_petition(pk, actor=chuyen_vien, on=day(6), result="in_progress")
    assert written() == before


def test_figures_of_the_half_year(half_year):
    """Resolutions, session and round of the two reports, each to its own question."""
    evaluator = Evaluator(half_year)
    shown = {
        id: evaluator.answer(f"petitions.{id}").shown
        for id in (
            "resolved_pct.nq34_2021", "resolved_pct.nq31_2022", "resolved_pct.nq19_2023",
            "resolved_pct.nq44_2023", "people_council_session14.answered",
            "national_assembly_session6.in_progress", "national_assembly.voter_meeting_units",
        )
    }  # fmt: skip
    assert [one.replace("\u00a0", " ") for one in shown.values()] == [
        "97,6 %", "86,4 %", "74,1 %", "72,1 %", "274", "46", "30",
    ]  # fmt: skip
