"""Recording press conferences and taking in what the press reports."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.press import actions
from dieuhanh.registers.press.models import PressConference

pytestmark = pytest.mark.django_db
CONFERENCE, MATTER = "hop-bao", "thong-tin-bao-chi"


def test_a_conference_owes_nothing(client, enter):
    entry = enter(CONFERENCE)
    assert (entry.kind, entry.unit.code) == ("ad_hoc", "VPUB")
    assert sorted(unit.code for unit in entry.co_units.all()) == ["CATP", "STTTT"]
    assert PressConference.objects.get(pk=entry.pk).with_party_board
    assert not entry.obligations.exists()
    facts = dict(client.get(f"/{CONFERENCE}/{entry.pk}/").context["facts"])
    assert facts["Có Ban Tuyên giáo Thành ủy tham dự"] == "có"
    assert Line.objects.get(entry_id=entry.pk).verb == "press_conference.entered"


def test_a_matter_is_owed_by_the_unit_that_must_answer_without_a_deadline_yet(client, enter):
    entry = enter(MATTER)
    assert (entry.kind, entry.unit.code) == ("natural_resources_environment", "STNMT")
    owed = entry.obligations.get()
    assert (owed.unit.code, owed.due_at, owed.done_at) == ("STNMT", None, None)
    assert [unit.code for unit in entry.co_units.all()] == ["STTTT"]
    assert f"/{MATTER}/{entry.pk}/" in client.get(f"/{MATTER}/?q=báo thử").content.decode()


@pytest.mark.parametrize(
    ("slug", "changes", "field"),
    [
        (CONFERENCE, {"opened_on": "18/6/2024"}, "opened_on"),
        (CONFERENCE, {"mode": "weekly"}, "mode"),
        (CONFERENCE, {"presided_by": ""}, "presided_by"),
        (CONFERENCE, {"co_units": "Sở Không Có"}, "co_units"),
        (MATTER, {"published_on": "04/6/2024"}, "published_on"),
        (MATTER, {"outlet": ""}, "outlet"),
        (MATTER, {"field": "sport"}, "field"),
        (MATTER, {"unit": ""}, "unit"),
    ],
)
def test_a_fault_is_said_beside_its_field(
    sign_in, chuyen_vien, typed, written, slug, changes, field
):
    before = written()
    answer = sign_in(chuyen_vien).post(f"/{slug}/them/", typed(slug) | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before


@pytest.mark.parametrize("slug", [CONFERENCE, MATTER])
@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra", "giam_doc_so"])
def test_whoever_only_reads_finds_no_form(sign_in, request, typed, written, who, slug):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{slug}/").status_code == 200
    assert client.get(f"/{slug}/them/").status_code == 404
    assert client.post(f"/{slug}/them/", typed(slug)).status_code == 404
    assert written() == before


@pytest.mark.parametrize("who", ["van_thu", "van_thu_mat", "tiep_dan", "quan_tri"])
def test_whoever_may_not_read_finds_no_register(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{CONFERENCE}/").status_code == 404
    assert client.get(f"/{MATTER}/").status_code == 404


def test_a_head_sees_what_the_own_unit_answers_or_takes_part_in(sign_in, enter, giam_doc_so):
    mine, part = enter(MATTER), enter(MATTER, unit="SXD", co_units="STNMT")
    other = enter(MATTER, unit="SXD", co_units="")
    client = sign_in(giam_doc_so)
    statuses = [client.get(f"/{MATTER}/{one.pk}/").status_code for one in (mine, part, other)]
    assert statuses == [200, 200, 404]


def test_the_actions_themselves_refuse(lanh_dao, chuyen_vien, unit, written):
    before = written()
    day, late = dt.date(2024, 6, 3), dt.date(2024, 6, 18)
    held = {"mode": "periodic", "title": "Thử", "unit": unit, "presided_by": "Phó Chủ tịch"}
    told = {"outlet": "Báo", "title": "Thử", "field": "economy", "unit": unit}
    with pytest.raises(Forbidden):
        actions.enter_conference(actor=lanh_dao, opened_on=day, **held)
    with pytest.raises(WrongDate):
        actions.enter_conference(actor=chuyen_vien, opened_on=late, **held)
    with pytest.raises(Forbidden):
        actions.enter_matter(actor=lanh_dao, opened_on=day, published_on=day, **told)
    with pytest.raises(WrongDate):
        actions.enter_matter(actor=chuyen_vien, opened_on=day, published_on=late, **told)
    assert written() == before
