"""Accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from dieuhanh.kernel.identity.models import Appointment, Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, record


class AccountRefused(Exception):
    """The account cannot be made or changed so; the message says why."""


def _checked(password: str, person: Person) -> str:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from error
    return password


@transaction.atomic
def create_person(
    *, username: str, full_name: str, unit_code: str, role: str, password: str
) -> Person:
    """Make an account with one appointment from today on.

    Raises:
        AccountRefused: the name is taken, the unit unknown, or the password too weak.
    """
    if Person.objects.filter(username=username).exists():
        raise AccountRefused(f"Đã có tài khoản {username}.")
    unit = Unit.objects.filter(code=unit_code, valid_to=None).first()
    if unit is None:
        raise AccountRefused(f"Không có đơn vị mã {unit_code}; gõ `dieuhanh load` trước.")
    person = Person(username=username, full_name=full_name)
    person.set_password(_checked(password, person))
    person.save()
    Appointment.objects.create(person=person, unit=unit, role=role, valid_from=clock.today())
    record("person.created", actor=SYSTEM, subject=username, role=role, unit=unit_code)
    return person


@transaction.atomic
def reset_password(*, username: str, password: str) -> None:
    """Set another password.

    Raises:
        AccountRefused: there is no such account, or the password is too weak.
    """
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is None:
        raise AccountRefused(f"Không có tài khoản {username}.")
    person.set_password(_checked(password, person))
    person.save(update_fields=["password"])
    record("person.password_reset", actor=SYSTEM, subject=username)
