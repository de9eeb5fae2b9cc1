"""Correcting decisions and the procedures in them."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Stale
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.procedures.actions import correct_change, correct_decision
from dieuhanh.registers.procedures.models import ProcedureChange, ProcedureDecision

pytestmark = pytest.mark.django_db


def correct(client, typed, slug, entry, **changes):
    values = typed(slug) | {"version": str(entry.version), "reason": "Ghi nhầm"} | changes
    return client.post(f"/{slug}/{entry.pk}/dinh-chinh/", values)


def test_procedures_follow_the_day_and_the_unit_of_their_decision(client, enter, typed):
    decision = enter("quyet-dinh-cong-bo")
    change = enter("thu-tuc-cong-bo", decision=str(decision))
    answer = correct(
        client, typed, "quyet-dinh-cong-bo", decision, opened_on="05/6/2024", unit="SYT"
    )
    assert answer.status_code == 302
    for entry in (decision, change):
        entry.refresh_from_db()
        assert (entry.opened_on, entry.unit.code) == (dt.date(2024, 6, 5), "SYT")
        assert entry.version == 2
    row = ProcedureDecision.objects.get(pk=decision.pk)
    assert row.issued_on == dt.date(2024, 6, 5)
    details = Line.objects.filter(entry_id=decision.pk).latest("pk").details["changes"]
    assert set(details) == {"opened_on", "unit"}
    assert decision.obligations.get().unit.code == "SYT"


@pytest.mark.parametrize("opened_on", ["01/6/2024", "05/6/2024"])
def test_the_day_moves_both_ways_with_its_publications(client, enter, typed, opened_on):
    decision = enter("quyet-dinh-cong-bo")
    client.post(f"/quyet-dinh-cong-bo/{decision.pk}/cong-khai/", {"posted_on": "04/6/2024"})
    decision.refresh_from_db()
    answer = correct(
        client, typed, "quyet-dinh-cong-bo", decision, opened_on=opened_on, posted_on="06/6/2024"
    )
    assert answer.status_code == 302
    row = ProcedureDecision.objects.get(pk=decision.pk)
    assert row.posted_on == dt.date(2024, 6, 6)


def test_the_form_shows_the_publications_and_refuses_an_older_one(client, enter, typed, written):
    decision = enter("quyet-dinh-cong-bo")
    url = f"/quyet-dinh-cong-bo/{decision.pk}/"
    client.post(f"{url}cong-khai/", {"posted_on": "04/6/2024"})
    assert client.get(f"{url}dinh-chinh/").context["form"]["posted_on"].value() == "04/6/2024"
    before = written()
    decision.refresh_from_db()
    answer = correct(
        client, typed, "quyet-dinh-cong-bo", decision, opened_on="05/6/2024", posted_on="04/6/2024"
    )
    assert list(answer.context["form"].errors) == ["posted_on"]
    assert written() == before
    assert ProcedureDecision.objects.get(pk=decision.pk).issued_on == dt.date(2024, 6, 3)


def test_the_type_changes_only_while_nothing_hangs_on_it(client, enter, typed, written):
    decision = enter("quyet-dinh-cong-bo")
    change = {"type": "internal_process"}
    assert correct(client, typed, "quyet-dinh-cong-bo", decision, **change).status_code == 302
    decision.refresh_from_db()
    assert decision.kind == "internal_process"
    assert decision.obligations.get().duty.startswith("Thiết lập quy trình")
    other = enter("quyet-dinh-cong-bo")
    enter("thu-tuc-cong-bo", decision=str(other))
    before = written()
    answer = correct(client, typed, "quyet-dinh-cong-bo", other, **change)
    assert list(answer.context["form"].errors) == ["type"]
    assert written() == before


def test_a_procedure_moves_to_another_decision_with_its_day(client, enter, typed):
    first, second = (
        enter("quyet-dinh-cong-bo"),
        enter("quyet-dinh-cong-bo", opened_on="06/6/2024", symbol="3111/QĐ-UBND", unit="SYT"),
    )
    entry = enter("thu-tuc-cong-bo", decision=str(first))
    shown = client.get(f"/thu-tuc-cong-bo/{entry.pk}/dinh-chinh/").context["form"]
    assert shown["decision"].value() == str(first)
    answer = correct(
        client, typed, "thu-tuc-cong-bo", entry, decision=str(second), effect="abolished",
        in_list="",
    )  # fmt: skip
    assert answer.status_code == 302
    entry.refresh_from_db()
    row = ProcedureChange.objects.get(pk=entry.pk)
    assert (row.decision_id, row.in_list, entry.kind) == (second.pk, False, "abolished")
    assert (entry.opened_on, entry.unit.code) == (dt.date(2024, 6, 6), "SYT")
    assert "3111" in entry.folded


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"code": "1.2"}, "code"), ({"effect": "abolished"}, "in_list"),
     ({"code": "1.000009"}, "code")],
)  # fmt: skip
def test_a_corrected_procedure_must_be_whole(client, enter, typed, written, changes, field):
    decision = str(enter("quyet-dinh-cong-bo"))
    enter("thu-tuc-cong-bo", decision=decision, code="1.000009")
    entry = enter("thu-tuc-cong-bo", decision=decision)
    before = written()
    answer = correct(client, typed, "thu-tuc-cong-bo", entry, decision=decision, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_the_actions_themselves_refuse(enter, ke_hoach, chuyen_vien, written):
    decision = enter("quyet-dinh-cong-bo")
    change = enter("thu-tuc-cong-bo", decision=str(decision))
    before = written()
    for act, entry in ((correct_decision, decision), (correct_change, change)):
        with pytest.raises(Forbidden):
            act(entry.pk, actor=ke_hoach, version=1, reason="thử", title="Khác")
        with pytest.raises(Stale):
            act(entry.pk, actor=chuyen_vien, version=7, reason="thử", title="Khác")
    assert written() == before
