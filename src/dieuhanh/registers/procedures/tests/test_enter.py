"""Registering decisions and the procedures in them (TH-02, TH-03, B9)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, WrongDate
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.procedures import actions, rules
from dieuhanh.registers.procedures.models import ProcedureChange, ProcedureDecision

pytestmark = pytest.mark.django_db
DECISIONS, CHANGES = "/quyet-dinh-cong-bo/", "/thu-tuc-cong-bo/"
NAMES = ("publication_decisions", "internal_process_decisions", "list_published", "new",
         "amended", "abolished")  # fmt: skip


@pytest.mark.parametrize(
    ("code", "good"),
    [("2.002396", True), ("1.000001", True), ("2.2396", False), ("2002396", False),
     ("12.002396", False), ("2.002396.000.00.00.H26", False), ("", False), ("x.002396", False)],
)  # fmt: skip
def test_the_form_of_a_national_code(code, good):
    """TH-03."""
    assert rules.is_national_code(code) is good


@pytest.mark.parametrize(
    ("effect", "in_list", "fault"),
    [("new", True, False), ("new", False, False), ("amended", True, False),
     ("abolished", True, True), ("abolished", False, False), ("listed", False, True),
     ("listed", True, False)],
)  # fmt: skip
def test_effect_and_list(effect, in_list, fault):
    assert rules.listing_fault(effect=effect, in_list=in_list) is fault


@pytest.mark.parametrize(
    ("type", "duty"),
    [("publication", "Công khai thủ tục"), ("internal_process", "Thiết lập quy trình")],
)
def test_a_decision_owes_what_follows_it_without_a_deadline(enter, type, duty):
    entry = enter("quyet-dinh-cong-bo", type=type)
    assert (entry.kind, entry.unit.code, entry.opened_on) == (type, "STNMT", dt.date(2024, 6, 3))
    assert "2999 qđ ubnd" in entry.folded or "2999 qd ubnd" in entry.folded
    owed = entry.obligations.get()
    assert owed.duty.startswith(duty)
    assert (owed.due_at, owed.limit) == (None, None)
    line = Line.objects.get(entry_id=entry.pk)
    assert line.verb == "procedure_decision.registered"


def test_a_procedure_takes_day_and_unit_from_its_decision(client, enter):
    decision = enter("quyet-dinh-cong-bo")
    entry = enter("thu-tuc-cong-bo", decision=str(decision))
    assert (entry.opened_on, entry.unit, entry.kind) == (decision.opened_on, decision.unit, "new")
    page = client.get(f"{DECISIONS}{decision.pk}/").content.decode()
    assert "Thủ tục trong quyết định" in page
    assert "Giải quyết tố cáo tại cấp xã" in page
    assert f'href="{CHANGES}{entry.pk}/"' in page
    facts = dict(client.get(f"{CHANGES}{entry.pk}/").context["facts"])
    assert facts["Quyết định công bố"] == "2999/QĐ-UBND"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "2.2396"}, "code"),
        ({"code": "1.0000012"}, "code"),
        ({"effect": "abolished"}, "in_list"),
        ({"effect": "listed", "in_list": ""}, "in_list"),
        ({"decision": "99999/2024"}, "decision"),
        ({"decision": "mười hai"}, "decision"),
        ({"title": ""}, "title"),
    ],
)
def test_a_fault_is_said_beside_its_field(client, enter, typed, written, changes, field):
    decision = enter("quyet-dinh-cong-bo")
    before = written()
    values = typed("thu-tuc-cong-bo") | {"decision": str(decision)} | changes
    answer = client.post(f"{CHANGES}them/", values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


def test_a_procedure_stands_in_a_decision_once_and_in_no_process(client, enter, typed, written):
    decision = enter("quyet-dinh-cong-bo")
    process = enter("quyet-dinh-cong-bo", type="internal_process")
    enter("thu-tuc-cong-bo", decision=str(decision))
    before = written()
    values = typed("thu-tuc-cong-bo")
    again = client.post(f"{CHANGES}them/", values | {"decision": str(decision)})
    assert list(again.context["form"].errors) == ["code"]
    answer = client.post(f"{CHANGES}them/", values | {"decision": str(process)})
    assert list(answer.context["form"].errors) == ["decision"]
    assert written() == before


def test_lists_and_effects_are_counted_apart(enter):
    """B9, X-06: one listed new procedure counts twice, an abolished one is in no list."""

    def figures():
        window = Window(dt.date(2024, 6, 3), dt.date(2024, 6, 3), dt.date(2024, 6, 15))
        evaluator = Evaluator(window)
        return [int(evaluator.answer(f"procedures.{name}").value) for name in NAMES]

    before = figures()
    decision = str(enter("quyet-dinh-cong-bo"))
    enter("quyet-dinh-cong-bo", type="internal_process")
    for number, (effect, in_list) in enumerate(
        [("new", "on"), ("amended", "on"), ("amended", ""), ("abolished", ""), ("listed", "on")]
    ):
        enter(
            "thu-tuc-cong-bo", decision=decision, code=f"1.00000{number}", effect=effect,
            in_list=in_list,
        )  # fmt: skip
    assert [now - was for now, was in zip(figures(), before, strict=True)] == [1, 1, 3, 1, 2, 1]


def test_the_half_year_is_that_of_the_report(half_year):
    """The list is longer than its named parts and shorter than all classes together (B9)."""
    evaluator = Evaluator(half_year)
    found = {name: evaluator.answer(f"procedures.{name}").value for name in NAMES}
    assert found["new"] + found["amended"] <= found["list_published"]
    assert found["list_published"] < found["new"] + found["amended"] + found["abolished"]
    public = ProcedureDecision.objects.filter(type="publication", posted_on=None)
    assert not public.filter(entry__synthetic=True).exists()
    assert not ProcedureDecision.objects.filter(changes=None, type="publication").exists()


@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra", "tiep_dan", "giam_doc_so"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    for page, slug in ((DECISIONS, "quyet-dinh-cong-bo"), (CHANGES, "thu-tuc-cong-bo")):
        assert client.get(page).status_code == 200
        assert client.get(f"{page}them/").status_code == 404
        assert client.post(f"{page}them/", typed(slug)).status_code == 404
    assert written() == before


@pytest.mark.parametrize("who", ["van_thu", "van_thu_mat", "quan_tri"])
def test_whoever_may_not_read_finds_no_register(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(DECISIONS).status_code == 404
    assert client.get(CHANGES).status_code == 404


def test_a_head_sees_the_own_unit_alone(sign_in, enter, giam_doc_so):
    mine, other = enter("quyet-dinh-cong-bo"), enter("quyet-dinh-cong-bo", unit="SYT")
    inside = enter("thu-tuc-cong-bo", decision=str(other))
    client = sign_in(giam_doc_so)
    assert client.get(f"{DECISIONS}{mine.pk}/").status_code == 200
    assert client.get(f"{DECISIONS}{other.pk}/").status_code == 404
    assert client.get(f"{CHANGES}{inside.pk}/").status_code == 404


def test_the_actions_themselves_refuse(enter, lanh_dao, chuyen_vien, written):
    process = ProcedureDecision.objects.get(
        pk=enter("quyet-dinh-cong-bo", type="internal_process").pk
    )
    before = written()
    unit = Unit.objects.get(code="STNMT")
    values = {"type": "publication", "symbol": "1", "title": "Thử", "field_of_work": "Thử"}
    with pytest.raises(Forbidden):
        actions.register_decision(
            actor=lanh_dao, opened_on=dt.date(2024, 6, 3), unit=unit, **values
        )
    with pytest.raises(WrongDate):
        actions.register_decision(
            actor=chuyen_vien, opened_on=dt.date(2024, 6, 18), unit=unit, **values
        )
    change = {"code": "2.002396", "title": "Thử", "effect": "new", "in_list": True}
    with pytest.raises(Forbidden):
        actions.register_change(actor=lanh_dao, decision=process, **change)
    with pytest.raises(Refusal):
        actions.register_change(actor=chuyen_vien, decision=process, **change)
    assert written() == before
    assert not ProcedureChange.objects.filter(decision=process).exists()
    assert Entry.objects.get(pk=process.pk).version == 1
