"""What the database itself refuses: one update that must fail for each check."""

import datetime as dt
from functools import partial

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Appointment, Person, Succession, Unit
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
from dieuhanh.kernel.workdays.models import CalendarNotice
from dieuhanh.registers.assignments.models import (
    ActionItem,
    ProgrammeItem,
    ProgrammeReview,
    Task,
)
from dieuhanh.registers.complaints.models import Case, Letter, Visit
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument
from dieuhanh.registers.indicators.models import Datapoint, Target
from dieuhanh.registers.inspections.models import Inspection
from dieuhanh.registers.meetings.models import AgendaItem, Session
from dieuhanh.registers.petitions.models import Petition, PetitionResult, PetitionSource
from dieuhanh.registers.press.models import PressMatter
from dieuhanh.registers.procedures.models import ProcedureChange, ProcedureDecision
from dieuhanh.reports.review.models import Opinion

pytestmark = pytest.mark.django_db
DAY, AT = dt.date(2020, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
DAY_LONG = dt.timedelta(days=1)
ALL, CLOSED, SECRET = {}, {"closed_on__isnull": False}, {"confidentiality": "secret"}
DONE = {"done_at__isnull": False}
KEPT_SECRET = {"secrecy": "confidential"}
FIRST_QUARTER = {"planned_quarter": 1}
NO_QUARTER = {"planned_quarter": 5, "planned_month": None}
PUBLICATION, CONCLUDED = {"type": "publication"}, {"concluded_on__isnull": False, "remedy": ""}
REMEDY, DIRECTED = {"remedy_due_on__isnull": False}, {"directed_on__isnull": False}
PROMISED = {"result": "in_progress"}
COLLECTIVE, CHAIRED, VOTED = {"type": "collective"}, {"type": "chaired"}, {"members__gt": 0}

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
    ("obligation_confirmed_when_done", Obligation, {"done_at": None}, {"confirmed_at": AT}),
    ("obligation_confirmed_when_done", Obligation, DONE, {"confirmed_at": F("done_at")}),
    (
        "obligation_confirmed_by_another",
        Obligation,
        DONE,
        {"done_by": 1, "confirmed_by": 1, "confirmed_at": F("done_at")},
    ),
    ("time_limit_known_has_a_length", TimeLimit, {"certainty": "fixed"}, {"length": None}),
    ("time_limit_known_has_a_length", TimeLimit, {"length": None}, {"length": 5}),
    ("time_limit_unconfirmed_has_an_owner", TimeLimit, {"confirmed": False}, {"owner": ""}),
    ("calendar_notice_says_why", CalendarNotice, ALL, {"reason": ""}),
    ("calendar_notice_says_why", CalendarNotice, ALL, {"source": ""}),
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
    (
        "letter_denouncer_is_not_linked",
        Letter,
        {"letter_class": "denunciation"},
        {"sender_number": b"x", "sender_number_index": b"x"},
    ),
    ("case_basis_fits_class", Case, {"case_class": "denunciation"}, {"basis": "complaint.1"}),
    ("case_basis_fits_class", Case, {"case_class": "complaint"}, {"basis": "denounce.settle"}),
    ("session_collective_has_members", Session, COLLECTIVE, {"members_total": None}),
    ("session_collective_has_members", Session, COLLECTIVE, {"members_present": None}),
    ("session_collective_has_members", Session, COLLECTIVE, {"members_present": 99}),
    ("session_chaired_has_no_quorum", Session, CHAIRED, {"members_total": 30}),
    ("session_chaired_has_no_quorum", Session, CHAIRED, {"urgent": True}),
    ("session_chaired_has_no_quorum", Session, CHAIRED, {"papers_due_on": DAY}),
    ("item_votes_within_members", AgendaItem, VOTED, {"votes_abstained": None}),
    ("item_votes_within_members", AgendaItem, VOTED, {"votes_against": 99}),
    ("item_votes_have_a_result", AgendaItem, VOTED, {"result": ""}),
    ("item_adopted_by_majority", AgendaItem, VOTED, {"votes_for": 1}),
    *(
        (
            f"procedure_decision_{place}_after_issue",
            ProcedureDecision,
            PUBLICATION,
            {place: DAY},
        )
        for place in ("national_portal_on", "city_portal_on", "posted_on")
    ),
    (
        "procedure_decision_process_has_no_places",
        ProcedureDecision,
        {"type": "internal_process"},
        {"posted_on": dt.date.max},
    ),
    ("procedure_change_has_national_code", ProcedureChange, ALL, {"code": "2.2396"}),
    (
        "procedure_change_abolished_is_not_listed",
        ProcedureChange,
        {"effect": "abolished"},
        {"in_list": True},
    ),
    (
        "procedure_change_unchanged_is_listed",
        ProcedureChange,
        {"effect": "listed"},
        {"in_list": False},
    ),
    ("inspection_findings_have_a_day", Inspection, CONCLUDED, {"findings": ""}),
    ("inspection_findings_have_a_day", Inspection, CONCLUDED, {"concluded_on": None}),
    ("inspection_remedy_due_after_conclusion", Inspection, REMEDY, {"remedy_due_on": DAY}),
    ("inspection_remedy_due_after_conclusion", Inspection, REMEDY, {"remedy": ""}),
    ("inspection_repeats_another", Inspection, ALL, {"reinspection_of": models.F("entry")}),
    ("press_matter_direction_is_whole", PressMatter, DIRECTED, {"response_symbol": ""}),
    ("press_matter_directed_after_published", PressMatter, DIRECTED, {"directed_on": DAY}),
    ("press_matter_due_after_directed", PressMatter, DIRECTED, {"due_on": DAY}),
    (
        "press_matter_reply_is_whole",
        PressMatter,
        {"replied_on__isnull": False},
        {"reply": ""},
    ),
    (
        "press_matter_reply_is_whole",
        PressMatter,
        {"replied_on__isnull": False},
        {"replied_on": DAY},
    ),
    ("task_check_is_dated", Task, {"checked_on": None}, {"checked_on": DAY}),
    ("task_check_is_dated", Task, {"checked_on": None}, {"check_result": "Đã đôn đốc"}),
    ("task_check_is_dated", Task, {"checked_on__isnull": False}, {"check_result": ""}),
    ("action_item_due_fits_level", ActionItem, {"level": "specific_task"}, {"due_on": None}),
    ("action_item_due_fits_level", ActionItem, {"level": "task_group"}, {"due_on": DAY}),
    ("action_item_due_fits_level", ActionItem, {"level": "focus_area"}, {"due_on": DAY}),
    ("action_item_parent_fits_level", ActionItem, {"level": "focus_area"}, {"parent": F("pk")}),
    ("action_item_parent_fits_level", ActionItem, {"level": "major_task"}, {"parent": F("pk")}),
    ("programme_item_quarter_of_a_year", ProgrammeItem, ALL, NO_QUARTER),
    ("programme_item_month_in_quarter", ProgrammeItem, FIRST_QUARTER, {"planned_month": 4}),
    ("programme_item_month_in_quarter", ProgrammeItem, FIRST_QUARTER, {"planned_month": 12}),
    ("programme_item_not_from_itself", ProgrammeItem, ALL, {"carried_from": F("pk")}),
    ("programme_review_has_note", ProgrammeReview, ALL, {"note": ""}),
    ("source_resolution_has_a_day", PetitionSource, {"symbol__gt": ""}, {"passed_on": None}),
    ("petition_answer_is_dated", Petition, ALL, {"answer_symbol": "1/TL", "answered_on": None}),
    ("petition_merged_on_a_day", Petition, ALL, {"merged_on": DAY}),
    ("petition_merged_on_a_day", Petition, ALL, {"merged_into": F("source")}),
    (
        "petition_not_merged_into_itself",
        Petition,
        ALL,
        {"merged_into": F("entry"), "merged_on": DAY},
    ),
    ("result_open_has_a_next_day", PetitionResult, PROMISED, {"next_on": None}),
    ("result_open_has_a_next_day", PetitionResult, PROMISED, {"next_on": F("decided_on")}),
    ("result_open_has_a_next_day", PetitionResult, PROMISED, {"result": "explained"}),
    ("result_open_has_a_next_day", PetitionResult, {"result": "resolved"}, {"next_on": DAY}),
    ("datapoint_decimals", Datapoint, ALL, {"decimals": 7}),
    ("datapoint_set_aside_says_why", Datapoint, ALL, {"set_aside_on": DAY}),
    ("datapoint_set_aside_says_why", Datapoint, ALL, {"set_aside_reason": "x"}),
    (
        "datapoint_not_set_aside_for_itself",
        Datapoint,
        ALL,
        {"set_aside_for": F("pk"), "set_aside_on": DAY, "set_aside_reason": "x"},
    ),
    ("target_has_a_bound", Target, ALL, {"lower": None, "upper": None}),
    ("target_bounds_in_order", Target, ALL, {"lower": 2, "upper": 1}),
    ("opinion_decided_on_a_day", Opinion, ALL, {"decided_on": None}),
    ("opinion_turned_down_with_reason", Opinion, {"decision": "partly"}, {"reason": ""}),
]
#: Checks whose tables are empty in the data set, and the test that fails them.
ELSEWHERE = {
    "attachment_not_empty",  # kernel/files/tests/test_attach.py
    "delivery_settled_has_moment",  # kernel/notifications/tests/test_delivery.py
    "errand_fails_when_ended",  # kernel/errands/tests/test_errands.py
    "saved_view_has_name",  # kernel/personal/tests/test_constraints.py
    "set_aside_with_reason",  # faces/desk/tests/test_proofing.py
    "unsent_form_has_address",
    "past_closing_in_order",  # below
    "past_completion_in_order",
    "due_change_moves_later",
    "extension_says_how_long",
    "extension_decided_or_not",
    "extension_decided_after_asked",
    "extension_says_why",
    "pause_says_why",
    "pause_ends_after_start",
    "pause_begins_in_time",
    "handover_changes_something",
    "handover_says_why",
    "recurrence_knows_its_day",
    "recurrence_dates_in_order",
    "succession_of_another",
    "contribution_has_text",  # tests/campaigns/test_contribute.py
    "explanation_has_text",
    "identity_grant_to_another",  # registers/complaints/tests/test_identity.py
    "identity_grant_has_reason",
    "identity_grant_dates_in_order",
    "mandate_dates_in_order",  # tests/test_mandates.py
    "mandate_to_another",
    "mandate_is_written",
    "mandate_authorisation_has_content",
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


def _refused(name, make, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**values)


def test_a_deadline_is_moved_later_by_what_is_to_move_it_later():
    owed = Obligation.objects.first()
    for cause in ("postponed", "extended"):
        for after in (AT, AT - DAY_LONG):
            _refused("due_change_moves_later", owed.due_changes.create, at=AT, cause=cause,
                     due_before=AT, due_after=after)  # fmt: skip
    owed.due_changes.create(at=AT, cause="calendar", due_before=AT, due_after=AT - DAY_LONG)


def test_an_extension_is_asked_whole_and_decided_afterwards():
    create = partial(Obligation.objects.first().extensions.create, asked_at=AT)
    _refused("extension_says_how_long", create, reason="x")
    _refused("extension_says_how_long", create, reason="x", length=1, until=DAY)
    _refused("extension_decided_or_not", create, reason="x", length=1, decided_at=AT)
    _refused("extension_decided_or_not", create, reason="x", length=1, granted=True)
    _refused("extension_decided_after_asked", create, reason="x", length=1, granted=True,
             decided_at=AT - DAY_LONG)  # fmt: skip
    _refused("extension_says_why", create, reason="", length=1)
    create(reason="x", length=1)
    _refused("extension_one_asked_at_a_time", create, reason="x", length=1)


def test_a_pause_has_a_reason_and_begins_in_time():
    create = partial(Obligation.objects.first().pauses.create, started_at=AT, due_at=AT)
    _refused("pause_says_why", create, reason="")
    _refused("pause_ends_after_start", create, reason="x", ended_at=AT - DAY_LONG)
    _refused("pause_begins_in_time", create, reason="x", started_at=AT + DAY_LONG)
    create(reason="x")
    _refused("pause_one_at_a_time", create, reason="x")


def test_a_handover_changes_something_for_a_reason():
    owed = Obligation.objects.first()
    other = Unit.objects.exclude(pk=owed.unit_id).first()
    create = partial(owed.handovers.create, at=AT, from_unit=owed.unit)
    _refused("handover_changes_something", create, to_unit=owed.unit, reason="x")
    _refused("handover_changes_something", create, to_unit=owed.unit, reason="x",
             from_person_id=1, to_person_id=1)  # fmt: skip
    _refused("handover_says_why", create, to_unit=other, reason="")
    create(to_unit=owed.unit, to_person=Person.objects.first(), reason="x")


def test_a_unit_does_not_succeed_itself():
    unit = Unit.objects.first()
    _refused("succession_of_another", Succession.objects.create, predecessor=unit,
             successor=unit, since=DAY)  # fmt: skip


def test_a_recurring_duty_knows_its_day():
    entry = Entry.objects.first()
    create = partial(entry.recurrences.create, unit=entry.unit, duty="x", starts_on=DAY)
    for values in (
        {"every": "month"}, {"every": "month", "day": 32}, {"every": "event"},
        {"every": "month", "day": 1, "limit_key": "x"},
        {"every": "event", "day": 1, "limit_key": "x"},
    ):  # fmt: skip
        _refused("recurrence_knows_its_day", create, **values)
    _refused("recurrence_dates_in_order", create, every="month", day=1,
             ends_on=DAY - DAY_LONG)  # fmt: skip
    create(every="event", limit_key="x")


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
