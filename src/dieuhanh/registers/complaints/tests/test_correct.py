"""Correcting and closing what the reception office keeps."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.complaints import actions
from dieuhanh.registers.complaints.models import Letter, Review, Visit

pytestmark = pytest.mark.django_db


def correct(client, typed, slug, entry, **changes):
    values = typed(slug) | {"version": str(entry.version), "reason": "Ghi nhầm"} | changes
    return client.post(f"/{slug}/{entry.pk}/dinh-chinh/", values)


@pytest.mark.parametrize("slug", ["tiep-cong-dan", "don-thu", "vu-viec", "kiem-diem"])
def test_a_corrected_day_is_in_the_journal(client, enter, typed, slug):
    entry = enter(slug)
    was = entry.opened_on.isoformat()
    assert correct(client, typed, slug, entry, opened_on="12/6/2024").status_code == 302
    entry.refresh_from_db()
    assert (entry.opened_on, entry.version) == (dt.date(2024, 6, 12), 2)
    changes = Line.objects.filter(entry_id=entry.pk).latest("pk").details["changes"]
    assert changes == {"opened_on": [was, "2024-06-12"]}


def test_the_clock_of_a_case_follows_its_acceptance(client, enter, typed):
    """KN-03: 30 C from 12/6/2024."""
    entry = enter("vu-viec")
    correct(client, typed, "vu-viec", entry, opened_on="12/6/2024")
    assert entry.obligations.get().due_at == clock.end_of(dt.date(2024, 7, 12))


def test_the_name_of_a_letter_writer_is_corrected_without_the_journal_telling(client, enter, typed):
    entry = enter("don-thu")
    assert correct(client, typed, "don-thu", entry, sender="Ngô Thị Khiếu").status_code == 302
    assert Letter.objects.get(pk=entry.pk).sender == "Ngô Thị Khiếu"
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert line.details["changes"] == {"sender": ["…", "…"]}


def test_the_basis_of_a_case_stands(client, enter, typed, tiep_dan, written):
    entry = enter("vu-viec")
    before = written()
    answer = correct(client, typed, "vu-viec", entry, basis="complaint.2")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["basis"]
    with pytest.raises(Refusal):
        actions.correct_case(
            entry.pk, actor=tiep_dan, version=1, reason="thử", basis="denounce.settle"
        )
    assert written() == before


def test_classes_follow_corrections(client, enter, typed):
    visit, review = enter("tiep-cong-dan"), enter("kiem-diem")
    values = typed("tiep-cong-dan") | {"version": "1", "reason": "Ghi nhầm", "people": "3"}
    del values["by_leader"]
    assert client.post(f"/tiep-cong-dan/{visit.pk}/dinh-chinh/", values).status_code == 302
    assert correct(client, typed, "kiem-diem", review, collective="False").status_code == 302
    assert Entry.objects.get(pk=visit.pk).kind == "regular"
    assert Visit.objects.get(pk=visit.pk).people == 3
    assert Entry.objects.get(pk=review.pk).kind == "individual"
    assert Review.objects.get(pk=review.pk).collective is False


@pytest.mark.parametrize("slug", ["tiep-cong-dan", "don-thu", "vu-viec", "kiem-diem"])
def test_a_stale_version_or_a_future_day_is_refused(client, enter, typed, written, slug):
    entry = enter(slug)
    assert correct(client, typed, slug, entry, title="Bản của người khác").status_code == 302
    before = written()
    stale = correct(client, typed, slug, entry, title="Bản của tôi")
    assert stale.status_code == 422
    page = stale.content.decode()
    assert "Bản của tôi" in page and "vừa được người khác sửa" in page
    entry.refresh_from_db()
    future = correct(client, typed, slug, entry, opened_on="18/6/2024")
    assert list(future.context["form"].errors) == ["opened_on"]
    assert written() == before
    assert entry.title == "Bản của người khác"


def test_the_actions_themselves_refuse(enter, tiep_dan, lanh_dao, written):
    verbs = {
        "tiep-cong-dan": actions.correct_visit,
        "don-thu": actions.correct_letter,
        "vu-viec": actions.correct_case,
        "kiem-diem": actions.correct_review,
    }
    entries = {slug: enter(slug) for slug in verbs}
    before = written()
    for slug, act in verbs.items():
        with pytest.raises(Forbidden):
            act(entries[slug].pk, actor=lanh_dao, version=1, reason="thử", title="Khác")
        with pytest.raises(Stale):
            act(entries[slug].pk, actor=tiep_dan, version=9, reason="thử", title="Khác")
    assert written() == before


def test_a_case_settled_late_and_reopened(client, enter):
    """KN-03: due on 31/5/2024; settled on 05/6; reopened on 12/6."""
    entry = enter("vu-viec", opened_on="01/5/2024")
    assert entry.obligations.get().due_at == clock.end_of(dt.date(2024, 5, 31))
    url = f"/vu-viec/{entry.pk}/"
    assert client.post(f"{url}ket-thuc/", {"on": "05/6/2024"}).status_code == 302
    answer = client.post(f"{url}mo-lai/", {"on": "12/6/2024", "reason": "Có tình tiết mới"})
    assert answer.status_code == 302
    states = [
        with_state(dt.datetime(2024, month, day, 12, tzinfo=clock.ZONE)).get(entry=entry).state
        for month, day in ((5, 31), (6, 1), (6, 8), (6, 15))
    ]
    assert states == ["open_in_time", "open_late", "done_late", "open_late"]


def test_a_visit_without_a_deadline_is_closed_once(client, enter, written):
    entry = enter("tiep-cong-dan")
    url = f"/tiep-cong-dan/{entry.pk}/ket-thuc/"
    assert client.post(url, {"on": "13/6/2024", "outcome": "Đã hướng dẫn"}).status_code == 302
    before = written()
    assert client.post(url, {"on": "14/6/2024"}).status_code == 422
    assert written() == before
