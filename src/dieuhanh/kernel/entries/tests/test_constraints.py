"""What the database itself refuses: one update that must fail for each check."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Unit
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
from dieuhanh.registers.complaints.models import Case, Letter, Visit
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument
from dieuhanh.registers.indicators.models import Datapoint, Target

pytestmark = pytest.mark.django_db
DAY, AT = dt.date(2020, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
ALL, CLOSED, SECRET = {}, {"closed_on__isnull": False}, {"confidentiality": "secret"}
KEPT_SECRET = {"secrecy": "confidential"}

FAIL = [
    ("entry_dates_in_order", Entry, CLOSED, {"closed_on": DAY}),
    ("entry_reopened_after_closed", Entry, CLOSED, {"reopened_on": DAY}),
    ("entry_reopened_after_closed", Entry, {"closed_on": None}, {"reopened_on": dt.date.max}),
    ("entry_secret_has_no_content", Entry, SECRET, {"title": "Nội dung"}),
    ("entry_secret_has_no_content", Entry, SECRET, {"outcome": "Nội dung"}),
    ("obligation_done_after_start", Obligation, ALL, {"done_at": AT}),
    ("obligation_due_after_start", Obligation, ALL, {"due_at": AT}),
    ("obligation_reopened_after_done", Obligation, {"done_at": None}, {"reopened_at": AT}),
    ("obligation_reopened_after_done", Obligation, {"done_at__gt": AT}, {"reopened_at": AT}),
    ("time_limit_dates_in_order", TimeLimit, ALL, {"effective_to": dt.date(1990, 1, 1)}),
    ("unit_dates_in_order", Unit, ALL, {"valid_to": dt.date(1990, 1, 1)}),
    ("appointment_dates_in_order", Appointment, ALL, {"valid_to": dt.date(1990, 1, 1)}),
    ("incoming_secret_is_a_stub", IncomingDocument, KEPT_SECRET, {"symbol": "12/M"}),
    ("incoming_secret_is_a_stub", IncomingDocument, KEPT_SECRET, {"holder": ""}),
    ("outgoing_secret_is_a_stub", OutgoingDocument, KEPT_SECRET, {"symbol": "12/M"}),
    ("outgoing_secret_is_a_stub", OutgoingDocument, KEPT_SECRET, {"recipients": "Bộ"}),
    ("outgoing_secret_is_a_stub", OutgoingDocument, KEPT_SECRET, {"holder": ""}),
    ("visit_has_people", Visit, ALL, {"people": 0}),
    (
        "letter_denouncer_is_not_named",
        Letter,
        {"letter_class": "denunciation"},
        {"sender": "Người tố cáo"},
    ),
    ("case_basis_fits_class", Case, {"case_class": "denunciation"}, {"basis": "complaint.1"}),
    ("case_basis_fits_class", Case, {"case_class": "complaint"}, {"basis": "denounce.settle"}),
    ("datapoint_decimals", Datapoint, ALL, {"decimals": 7}),
    ("target_has_a_bound", Target, ALL, {"lower": None, "upper": None}),
    ("target_bounds_in_order", Target, ALL, {"lower": 2, "upper": 1}),
]
#: Checks whose tables are empty in the data set, and the test that fails them.
ELSEWHERE = {
    "attachment_not_empty",  # kernel/files/tests/test_attach.py
    "past_closing_in_order",  # below
    "past_completion_in_order",
    "extension_is_later",
}


@pytest.mark.parametrize(("name", "model", "where", "changes"), FAIL)
def test_an_update_against_a_rule_fails(name, model, where, changes):
    pk = model.objects.filter(**where).values_list("pk", flat=True).first()
    assert pk is not None
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk=pk).update(**changes)
    assert not model.objects.filter(pk=pk, **changes).exists()


def test_every_check_of_the_project_is_tried():
    checks = {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("dieuhanh.")
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    assert checks - ELSEWHERE == {name for name, *_rest in FAIL}


def test_what_was_undone_was_undone_after_it_was_done():
    owed = Obligation.objects.select_related("entry").first()
    with pytest.raises(IntegrityError, match="past_closing_in_order"), transaction.atomic():
        owed.entry.past_closings.create(closed_on=DAY, reopened_on=DAY - dt.timedelta(1))
    with pytest.raises(IntegrityError, match="past_completion_in_order"), transaction.atomic():
        owed.past_completions.create(done_at=AT, reopened_at=AT - dt.timedelta(1))


def test_an_extension_is_later():
    owed = Obligation.objects.first()
    with pytest.raises(IntegrityError, match="extension_is_later"), transaction.atomic():
        owed.extensions.create(decided_on=DAY, due_before=AT, due_after=AT, reason="x")


def test_a_number_is_given_once():
    """VT-01, VT-43."""
    entry = Entry.objects.filter(register="feedback").first()
    with pytest.raises(IntegrityError, match="entry_number_unique"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(number=entry.number + 1)
    series = Series.objects.get(book="feedback")
    with pytest.raises(IntegrityError, match="series_unique"), transaction.atomic():
        Series.objects.create(agency=series.agency, book="feedback", year=2024)


def test_a_stub_already_written_takes_no_title(van_thu_mat):
    """VT-71, VT-72: even by hand, past every action."""
    stub = Entry.objects.filter(confidentiality="secret").first()
    stub.title = "Nội dung"
    with pytest.raises(IntegrityError), transaction.atomic():
        stub.save()
    assert Entry.objects.get(pk=stub.pk).title == ""
