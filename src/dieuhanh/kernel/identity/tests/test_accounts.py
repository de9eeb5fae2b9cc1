"""Accounts and appointments: rights last as long as the appointment (X-01, X-02)."""

import datetime as dt

import pytest

from dieuhanh.kernel.identity.actions import AccountRefused, create_person, reset_password
from dieuhanh.kernel.identity.models import Appointment, Person, Unit, in_force
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.journal.models import Line

pytestmark = pytest.mark.django_db
GOOD = {
    "username": "nguoi-moi", "full_name": "Lý Thị Mới", "unit_code": "STNMT", "role": "officer",
    "password": "mua-thu-ha-noi-75",
}  # fmt: skip


def test_a_new_person_has_one_appointment_from_today_on(client):
    person = create_person(**GOOD)
    assert (person.roles, person.unit_name) == ({"officer"}, "Sở Tài nguyên và Môi trường")
    assert person.current_appointments[0].valid_from == dt.date(2024, 6, 17)
    line = Line.objects.latest("pk")
    assert (line.verb, line.subject, line.actor_name) == (
        "person.created", "nguoi-moi", "Hệ thống",
    )  # fmt: skip
    assert GOOD["password"] not in f"{line.details} {person.password}"
    typed = {"username": "nguoi-moi", "password": GOOD["password"]}
    assert client.post("/dang-nhap/", typed).status_code == 302
    assert client.get("/phan-anh-kien-nghi/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"username": "van-thu"}, "Đã có tài khoản"),
        ({"unit_code": "NONE"}, "Không có đơn vị"),
        ({"password": "ngan"}, "10"),
        ({"password": "password123"}, r"\w"),
    ],
)
def test_a_refused_account_leaves_nothing(changes, words):
    before = (Person.objects.count(), Appointment.objects.count(), last_line_id())
    with pytest.raises(AccountRefused, match=words):
        create_person(**GOOD | changes)
    assert (Person.objects.count(), Appointment.objects.count(), last_line_id()) == before


def test_a_password_is_reset(van_thu):
    reset_password(username="van-thu", password=GOOD["password"])
    van_thu.refresh_from_db()
    assert van_thu.check_password(GOOD["password"])
    assert Line.objects.latest("pk").verb == "person.password_reset"
    last = last_line_id()
    for username, password in (("van-thu", "ngan"), ("khong-ai", GOOD["password"])):
        with pytest.raises(AccountRefused):
            reset_password(username=username, password=password)
    van_thu.refresh_from_db()
    assert van_thu.check_password(GOOD["password"])
    assert last_line_id() == last


@pytest.mark.parametrize(
    ("day", "role"),
    [("2024-06-09", set()), ("2024-06-10", {"clerk"}), ("2024-06-16", {"clerk"}),
     ("2024-06-17", {"head"})],
)  # fmt: skip
def test_appointments_in_force_on_a_day(settings, day, role):
    person = create_person(**GOOD | {"role": "head"})
    unit = Unit.objects.get(code="UBND")
    Appointment.objects.create(
        person=person, unit=unit, role="clerk", valid_from=dt.date(2024, 6, 10),
        valid_to=dt.date(2024, 6, 16),
    )  # fmt: skip
    found = in_force(dt.date.fromisoformat(day)).filter(person=person)
    assert {one.role for one in found} == role
    settings.FIXED_NOW = f"{day}T09:00"
    assert Person.objects.get(pk=person.pk).roles == role


def test_who_is_not_active_does_not_sign_in(client, van_thu):
    Person.objects.filter(pk=van_thu.pk).update(is_active=False)
    answer = client.post("/dang-nhap/", {"username": "van-thu", "password": "dieu-hanh-2024"})
    assert answer.status_code == 422
    assert "sessionid" not in client.cookies


def test_the_names_of_2024_stay(db):
    """X-02, ĐV: a unit keeps the name it had, a new name is a new row."""
    old = Unit.objects.get(code="STNMT")
    Unit.objects.filter(pk=old.pk).update(valid_to=dt.date(2025, 2, 28))
    new = Unit.objects.create(
        code="STNMT", name="Sở Nông nghiệp và Môi trường", kind="department",
        valid_from=dt.date(2025, 3, 1),
    )  # fmt: skip
    assert Unit.objects.get(pk=old.pk).name == "Sở Tài nguyên và Môi trường"
    assert Unit.objects.get(code="STNMT", valid_to=None) == new
