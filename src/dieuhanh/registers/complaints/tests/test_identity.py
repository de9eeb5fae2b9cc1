"""Reading who denounced: a grant for one person and one letter, a reason, a line (TC-20, TC-21)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.identity.models import Appointment, Person, Role, Unit
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.complaints.actions import grant_identity, open_identity
from dieuhanh.registers.complaints.models import IdentityGrant, Letter

pytestmark = pytest.mark.django_db
NAME, ADDRESS, NUMBER = "Kiều Oanh Tố", "số 9 phố Kín", "001185012345"
TODAY, MONDAY = dt.date(2024, 6, 17), dt.date(2024, 6, 24)
DAYS = {"starts_on": TODAY, "ends_on": MONDAY}


@pytest.fixture
def letter(enter):
    return enter(
        "don-thu", letter_class="denunciation", sender=NAME, sender_address=ADDRESS,
        sender_number=NUMBER, title="Tố cáo thu tiền sai quy định",
    )  # fmt: skip


@pytest.fixture
def granted(letter, tiep_dan, thanh_tra):
    grant_identity(letter.pk, actor=thanh_tra, person=tiep_dan, reason="Cần xác minh", **DAYS)
    return letter


def appoint(person: Person, role: str) -> Person:
    unit = Unit.objects.get(code="BTCD", valid_to=None)
    Appointment.objects.create(person=person, unit=unit, role=role, valid_from=dt.date(2024, 1, 1))
    return Person.objects.get(pk=person.pk)


def hidden(text):
    return not any(word in text for word in (NAME, "Kiều", "Kín", NUMBER))


def test_from_the_decision_to_the_reading(sign_in, letter, tiep_dan, thanh_tra):
    page = f"/don-thu/{letter.pk}/nguoi-to-cao/"
    client = sign_in(tiep_dan)
    assert page in client.get(f"/don-thu/{letter.pk}/").content.decode()
    assert "chưa được cho phép mở" in client.get(page).content.decode()
    refused = client.post(page, {"reason": "Xác minh"})
    assert refused.status_code == 422 and hidden(refused.content.decode())

    client = sign_in(thanh_tra)
    decided = client.post(
        f"{page}cho-phep/",
        {"person": tiep_dan.pk, "starts_on": "17/6/2024", "ends_on": "24/6/2024",
         "reason": "Làm việc với người tố cáo"},
    )  # fmt: skip
    assert (decided.status_code, decided.url) == (302, page)

    client = sign_in(tiep_dan)
    before = client.get(page)
    assert hidden(before.content.decode()) and "24/6/2024" in before.content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    shown = client.post(page, {"reason": "Mời làm việc"})
    text = shown.content.decode()
    assert NAME in text and ADDRESS in text and NUMBER in text
    assert "no-store" in shown["Cache-Control"]
    assert hidden(client.get(page).content.decode())

    story = client.get(f"/don-thu/{letter.pk}/").content.decode()
    assert "Mời làm việc" in story and "cho phép mở thông tin" in story and hidden(story)
    lines = list(Line.objects.filter(entry_id=letter.pk).order_by("pk"))
    assert [line.verb for line in lines[1:]] == ["identity.granted", "identity.opened"]
    assert all(hidden(f"{line.subject} {line.reason} {line.details}") for line in lines)


def test_every_reading_is_a_line(granted, tiep_dan):
    for number in (1, 2, 3):
        assert open_identity(granted.pk, actor=tiep_dan, reason="Xác minh").name == NAME
        lines = Line.objects.filter(entry_id=granted.pk, verb="identity.opened")
        assert lines.count() == number


@pytest.mark.parametrize(
    "days",
    [{"starts_on": dt.date(2024, 6, 18), "ends_on": MONDAY},
     {"starts_on": dt.date(2024, 6, 1), "ends_on": dt.date(2024, 6, 16)}],
)  # fmt: skip
def test_a_grant_counts_on_its_days_only(letter, tiep_dan, thanh_tra, days):
    IdentityGrant.objects.create(
        letter_id=letter.pk, person=tiep_dan, granted_by=thanh_tra, reason="x", **days
    )
    with pytest.raises(Refusal, match="chưa được cho phép"):
        open_identity(letter.pk, actor=tiep_dan, reason="Xác minh")


def test_a_grant_is_for_one_letter_and_one_person(granted, enter, tiep_dan, thanh_tra, ke_hoach):
    other = enter("don-thu", letter_class="denunciation", sender="Người Khác", title="Tố cáo")
    for entry, actor in ((other, tiep_dan), (granted, thanh_tra)):
        with pytest.raises(Refusal):
            open_identity(entry.pk, actor=actor, reason="Xác minh")
    with pytest.raises(Forbidden):
        open_identity(granted.pk, actor=ke_hoach, reason="muốn biết")
    assert not Line.objects.filter(verb="identity.opened").exists()


def test_whoever_lost_the_charge_lost_the_grant(granted, tiep_dan):
    Appointment.objects.filter(person=tiep_dan).update(valid_to=dt.date(2024, 6, 16))
    with pytest.raises(Forbidden):
        open_identity(granted.pk, actor=Person.objects.get(pk=tiep_dan.pk), reason="Xác minh")


@pytest.mark.parametrize("reason", [f"gặp bà {NAME}", "goi 001185012345", "  "])
def test_a_reason_does_not_repeat_it(granted, tiep_dan, reason):
    with pytest.raises(Refusal):
        open_identity(granted.pk, actor=tiep_dan, reason=reason)
    assert not Line.objects.filter(verb="identity.opened").exists()


def test_a_letter_without_a_writer_says_so(client, enter, tiep_dan, thanh_tra):
    entry = enter("don-thu", letter_class="denunciation", sender="", title="Tố cáo nặc danh")
    grant_identity(entry.pk, actor=thanh_tra, person=tiep_dan, reason="Xác minh", **DAYS)
    page = client.post(f"/don-thu/{entry.pk}/nguoi-to-cao/", {"reason": "Xem"}).content.decode()
    assert page.count("không ghi") >= 3


def test_nobody_grants_to_themselves(letter, thanh_tra):
    with pytest.raises(Refusal) as refusal:
        grant_identity(letter.pk, actor=thanh_tra, person=thanh_tra, reason="x", **DAYS)
    assert refusal.value.field == "person"
    with pytest.raises(IntegrityError, match="identity_grant_to_another"), transaction.atomic():
        IdentityGrant.objects.create(
            letter_id=letter.pk, person=thanh_tra, granted_by=thanh_tra, reason="x", **DAYS
        )


@pytest.mark.parametrize(
    ("name", "changes"),
    [("identity_grant_has_reason", {"reason": ""}),
     ("identity_grant_dates_in_order", {"ends_on": dt.date(2024, 6, 16)}),
     ("letter_denouncer_is_not_linked", None)],
)  # fmt: skip
def test_the_database_refuses_too(granted, name, changes):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        if changes:
            IdentityGrant.objects.filter(letter_id=granted.pk).update(**changes)
        else:
            Letter.objects.filter(pk=granted.pk).update(sender_number_index=b"x")


def test_who_decides(letter, tiep_dan, thanh_tra, lanh_dao, giam_doc_so, ke_hoach):
    """Heads, leaders, the inspectorate: of these only who may open guarded letters at all."""
    for actor in (tiep_dan, lanh_dao, giam_doc_so, ke_hoach):
        with pytest.raises(Forbidden):
            grant_identity(letter.pk, actor=actor, person=thanh_tra, reason="x", **DAYS)
    head = appoint(tiep_dan, Role.HEAD)
    grant_identity(letter.pk, actor=head, person=thanh_tra, reason="Kiểm tra", **DAYS)
    assert open_identity(letter.pk, actor=thanh_tra, reason="Kiểm tra").number == NUMBER


@pytest.mark.parametrize("who", ["ke_hoach", "lanh_dao", "quan_tri", "giam_doc_so"])
def test_it_is_granted_only_to_whose_work_it_is(request, letter, thanh_tra, who):
    with pytest.raises(Refusal) as refusal:
        grant_identity(
            letter.pk, actor=thanh_tra, person=request.getfixturevalue(who), reason="x", **DAYS
        )
    assert refusal.value.field == "person"


@pytest.mark.parametrize(
    ("days", "field"),
    [({"starts_on": "16/6/2024", "ends_on": "17/6/2024"}, "starts_on"),
     ({"starts_on": "18/6/2024", "ends_on": "17/6/2024"}, "ends_on"),
     ({"starts_on": "17/6/2024", "ends_on": "18/7/2024"}, "ends_on")],
)  # fmt: skip
def test_wrong_days_are_said_beside_their_field(
    sign_in, letter, thanh_tra, tiep_dan, written, days, field
):
    before = written()
    typed = days | {"person": tiep_dan.pk, "reason": "Xác minh"}
    answer = sign_in(thanh_tra).post(f"/don-thu/{letter.pk}/nguoi-to-cao/cho-phep/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert written() == before and not IdentityGrant.objects.exists()


@pytest.mark.parametrize("who", ["ke_hoach", "lanh_dao", "giam_doc_so", "quan_tri", "van_thu"])
def test_for_others_there_is_no_such_page(sign_in, request, letter, who):
    client = sign_in(request.getfixturevalue(who))
    for page in ("nguoi-to-cao/", "nguoi-to-cao/cho-phep/"):
        assert client.get(f"/don-thu/{letter.pk}/{page}").status_code == 404
        assert client.post(f"/don-thu/{letter.pk}/{page}", {"reason": "x"}).status_code == 404


def test_the_one_who_opens_does_not_decide(client, enter, letter):
    assert client.get(f"/don-thu/{letter.pk}/nguoi-to-cao/cho-phep/").status_code == 404
    ordinary = enter("don-thu")
    assert client.get(f"/don-thu/{ordinary.pk}/nguoi-to-cao/").status_code == 404
    case = enter("vu-viec", basis="denounce.settle")
    assert client.get(f"/vu-viec/{case.pk}/nguoi-to-cao/").status_code == 404
