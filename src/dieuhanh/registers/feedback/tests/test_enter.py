"""Receiving a feedback (PA-01, PA-04)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.registers.feedback.actions import receive_feedback
from dieuhanh.registers.feedback.models import Feedback

pytestmark = pytest.mark.django_db
PAGE = "/phan-anh-kien-nghi/them/"


def entered(answer):
    assert answer.status_code == 302, answer.content.decode()
    return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])


def test_a_feedback_gets_the_next_number_and_is_due_in_five_working_days(
    sign_in, chuyen_vien, typed, unit
):
    """PA-04: 5 W from Monday 10/6/2024 ends with Monday 17/6/2024."""
    last = Series.objects.get(book="feedback", year=2024).last
    lines = Line.objects.count()

    entry = entered(sign_in(chuyen_vien).post(PAGE, typed))

    assert (entry.number, entry.year, entry.book) == (last + 1, 2024, "feedback")
    assert (entry.kind, entry.unit, entry.synthetic) == ("regulation", unit, False)
    assert Feedback.objects.get(pk=entry.pk).channel == "portal"
    owed = entry.obligations.get()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 17))
    assert (owed.unit, owed.limit.key, owed.done_at) == (unit, "feedback.answer", None)
    assert Line.objects.count() == lines + 1
    line = Line.objects.get(entry_id=entry.pk)
    assert (line.verb, line.actor_name) == ("feedback.received", "Nguyễn Thu Hằng")


def test_the_page_of_the_new_entry_shows_it(sign_in, chuyen_vien, typed):
    client = sign_in(chuyen_vien)
    page = client.get(client.post(PAGE, typed).url).content.decode()
    assert "Phản ánh mức thu phí tại bến bãi" in page
    assert "hạn hôm nay" in page
    assert "Nguyễn Thu Hằng" in page


def test_text_is_stored_composed_and_a_unit_is_known_by_its_name(sign_in, chuyen_vien, typed):
    """X-04: what was typed with combining marks is stored as NFC."""
    typed |= {"title": "Bến xe cũ", "unit": "Sở Tài nguyên và Môi trường"}
    assert entered(sign_in(chuyen_vien).post(PAGE, typed)).title == "Bến xe cũ"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("opened_on", "32/6/2024", "Không đọc được ngày"),
        ("opened_on", "18/6/2024", "Ngày này chưa đến"),
        ("opened_on", "28/02/2008", "trước khi thời hạn của việc có hiệu lực"),
        ("about", "weather", ""),
        ("title", "", ""),
        ("unit", "Sở Không Có", "Không có đơn vị"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_what_was_typed_stays(
    sign_in, chuyen_vien, typed, written, field, value, words
):
    before = written()
    typed |= {"channel": "phone", field: value}

    answer = sign_in(chuyen_vien).post(PAGE, typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors[field])
    assert answer.context["form"]["channel"].value() == "phone"
    if field != "title":
        assert typed["title"] in answer.content.decode()
    assert written() == before


def test_an_empty_form_is_refused_field_by_field(sign_in, chuyen_vien, written):
    before = written()
    answer = sign_in(chuyen_vien).post(PAGE, {})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"opened_on", "about", "channel", "title", "unit"}
    assert written() == before


@pytest.mark.parametrize("who", ["tiep_dan", "lanh_dao", "ke_hoach", "thanh_tra", "van_thu"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed).status_code == 404
    assert written() == before


def test_a_head_enters_for_the_own_unit_alone(sign_in, giam_doc_so, typed, written):
    client = sign_in(giam_doc_so)
    assert entered(client.post(PAGE, typed)).unit.code == "STNMT"
    before = written()
    answer = client.post(PAGE, typed | {"unit": "STP"})
    assert answer.status_code == 422
    assert "không có quyền" in answer.content.decode()
    assert written() == before


def test_the_action_itself_refuses(lanh_dao, chuyen_vien, unit, written):
    before = written()
    values = {"about": "conduct", "channel": "phone", "title": "Phản ánh", "unit": unit}
    with pytest.raises(Forbidden):
        receive_feedback(actor=lanh_dao, opened_on=dt.date(2024, 6, 10), **values)
    with pytest.raises(WrongDate):
        receive_feedback(actor=chuyen_vien, opened_on=dt.date(2024, 6, 18), **values)
    assert written() == before


def test_a_new_version_of_the_limit_governs_what_starts_after_it(sign_in, chuyen_vien, typed):
    """X-01, PA-04: the limit is configuration; a change is a new row."""
    old = TimeLimit.objects.get(key="feedback.answer")
    TimeLimit.objects.filter(pk=old.pk).update(effective_to=dt.date(2024, 6, 10))
    TimeLimit.objects.create(
        key=old.key, label=old.label, start_event=old.start_event, length=3, unit=old.unit,
        legal_basis="thử", rule="PA-04", confirmed=False, owner="Văn phòng", effective_from=dt.date(2024, 6, 11),
    )  # fmt: skip
    client = sign_in(chuyen_vien)
    before = entered(client.post(PAGE, typed)).obligations.get()
    after = entered(client.post(PAGE, typed | {"opened_on": "11/6/2024"})).obligations.get()
    assert (before.limit, before.due_at) == (old, clock.end_of(dt.date(2024, 6, 17)))
    assert (after.limit.length, after.due_at) == (3, clock.end_of(dt.date(2024, 6, 14)))


def test_a_new_year_begins_at_one(sign_in, chuyen_vien, typed):
    """VT-01 as the project reads it for its books: numbers restart each year."""
    assert not Unit.objects.filter(code="none").exists()
    entry = entered(sign_in(chuyen_vien).post(PAGE, typed | {"opened_on": "12/6/2019"}))
    assert (entry.year, entry.number) == (2019, 1)
