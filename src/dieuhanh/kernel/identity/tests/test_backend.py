"""Who a session belongs to: with the appointments of today, and only while the account is open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.identity.backend import AppointedBackend
from dieuhanh.kernel.identity.models import Appointment, Person

pytestmark = pytest.mark.django_db


def test_a_person_comes_with_the_appointments_of_today(giam_doc_so, van_thu):
    ended = Appointment.objects.filter(person=van_thu)[0]
    Appointment.objects.create(
        person=giam_doc_so, unit=ended.unit, role="clerk",
        valid_from="2020-01-01", valid_to="2024-06-16",
    )  # fmt: skip
    with CaptureQueriesContext(connection) as captured:
        found = AppointedBackend().get_user(giam_doc_so.pk)
        offices = [(one.unit.code, one.role) for one in found.current_appointments]
    assert found == giam_doc_so and offices == [("STNMT", "head")]
    assert len(captured) == 1


def test_somebody_without_an_office_is_known_too(db):
    person = Person.objects.create(username="chua-bo-nhiem", full_name="Chưa Bổ Nhiệm")
    found = AppointedBackend().get_user(person.pk)
    assert found == person and found.current_appointments == []


@pytest.mark.parametrize("username", ["giam-doc-so", "khong-chuc-vu"])
def test_a_closed_account_is_nobody(db, username):
    known = {"full_name": "Không Chức Vụ"}
    person, _new = Person.objects.get_or_create(username=username, defaults=known)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert AppointedBackend().get_user(person.pk) is None
    assert AppointedBackend().get_user(10**12) is None
