"""Correcting press conferences and press matters."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.press import actions

pytestmark = pytest.mark.django_db
SLUG = "thong-tin-bao-chi"
DIRECTED = {
    "response_symbol": "999/VP-TNMT", "directed_on": "04/6/2024", "due_on": "12/6/2024",
}  # fmt: skip


@pytest.fixture
def correct(client, typed):
    def through_the_page(entry, slug=SLUG, **changes):
        values = typed(slug) | {"version": str(entry.version), "reason": "Ghi nhầm"} | changes
        answer = client.post(f"/{slug}/{entry.pk}/dinh-chinh/", values)
        entry.refresh_from_db()
        return answer

    return through_the_page


@pytest.fixture
def directed(client, enter):
    entry = enter(SLUG)
    client.post(f"/{SLUG}/{entry.pk}/chi-dao/", DIRECTED)
    entry.refresh_from_db()
    return entry


def test_a_conference_changes_its_class_and_its_partners(enter, correct):
    entry = enter("hop-bao")
    answer = correct(entry, "hop-bao", mode="periodic", co_units="STTTT")
    assert answer.status_code == 302
    assert entry.kind == "periodic"
    assert [unit.code for unit in entry.co_units.all()] == ["STTTT"]


def test_a_corrected_deadline_moves_what_is_owed(correct, directed):
    assert correct(directed, **DIRECTED | {"due_on": "14/6/2024"}).status_code == 302
    owed = directed.obligations.get()
    assert owed.due_at == owed.first_due_at == clock.end_of(dt.date(2024, 6, 14))
    changes = Line.objects.filter(entry_id=directed.pk).latest("pk").details["changes"]
    assert changes == {"due_on": ["2024-06-12", "2024-06-14"]}


def test_a_deadline_put_off_stands_when_something_else_is_corrected(client, correct, directed):
    """NV-11."""
    client.post(f"/{SLUG}/{directed.pk}/lui-han/", {"to": "20/6/2024", "reason": "Chờ xác minh"})
    directed.refresh_from_db()
    assert correct(directed, **DIRECTED, title="Bãi rác tự phát").status_code == 302
    owed = directed.obligations.get()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 20))
    assert owed.first_due_at == clock.end_of(dt.date(2024, 6, 12))


def test_field_and_unit_are_corrected_with_what_is_owed(correct, directed):
    assert correct(directed, **DIRECTED, field="urgent_civil", unit="SXD").status_code == 302
    assert directed.kind == "urgent_civil"
    assert directed.obligations.get().unit.code == "SXD"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"response_symbol": ""}, "response_symbol"),
        ({"directed_on": ""}, "directed_on"),
        ({"directed_on": "", "response_symbol": ""}, "due_on"),
        ({"due_on": "03/6/2024"}, "due_on"),
        ({"opened_on": "05/6/2024"}, "directed_on"),
        ({"published_on": "04/6/2024"}, "published_on"),
        ({"reply": "Công văn"}, "replied_on"),
        ({"replied_on": "05/6/2024"}, "reply"),
    ],
)
def test_a_half_fact_or_a_wrong_order_is_refused(correct, directed, written, changes, field):
    before = written()
    answer = correct(directed, **DIRECTED | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_direction_recorded_by_mistake_is_taken_back(correct, directed):
    none = {"response_symbol": "", "directed_on": "", "due_on": ""}
    assert correct(directed, **none).status_code == 302
    assert directed.obligations.get().due_at is None
    assert "999" not in directed.folded


def test_the_actions_themselves_refuse(enter, directed, ke_hoach, chuyen_vien, written):
    conference = enter("hop-bao")
    before = written()
    for act, entry in (
        (actions.correct_conference, conference), (actions.correct_matter, directed),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            act(entry.pk, actor=ke_hoach, version=entry.version, reason="thử", title="Khác")
        with pytest.raises(Stale):
            act(entry.pk, actor=chuyen_vien, version=9, reason="thử", title="Khác")
    assert written() == before
