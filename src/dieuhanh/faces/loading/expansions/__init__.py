"""Expanding control totals into single entries, deterministically: same input, same entries.

Names, days, units and subjects are made up and every entry is marked synthetic. This proves
nothing about counting; the tests count a random set whose truth is tallied apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dieuhanh.faces.loading.expansions import (
    assignments,
    complaints,
    documents,
    feedback,
    foreign_reception,
    inspections,
    meetings,
    petitions,
    press,
    procedures,
)
from dieuhanh.faces.loading.expansions.setting import Setting
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: register → (its own columns, how its entries are made)
EXPANSIONS: dict[str, tuple[tuple[str, ...], Callable[[Setting], Iterator[BulkEntry]]]] = {
    "documents.incoming": (
        ("origin", "sender", "type", "secrecy", "symbol", "issued_on", "bypasses_level", "holder"),
        documents.incoming,
    ),
    "documents.outgoing": (
        ("issuer", "type", "secrecy", "symbol", "signer", "recipients", "holder"),
        documents.outgoing,
    ),
    "assignments.tasks": (
        (
            "source",
            "source_document",
            "due_on",
            "head",
            "process",
            "authority",
            "expected_product",
            "checked_on",
            "check_result",
        ),
        assignments.tasks,
    ),
    "assignments.action_programme": (
        ("level", "parent_id", "due_on"),
        assignments.action_programme,
    ),
    "assignments.work_programme": (
        (
            "product_type",
            "planned_year",
            "planned_quarter",
            "planned_month",
            "carried_from_id",
            "carried_on",
        ),
        assignments.work_programme,
    ),
    "assignments.submissions": (("body", "session", "result"), assignments.submissions),
    "complaints.visits": (("by_leader", "people", "field"), complaints.visits),
    "complaints.letters": (("letter_class", "field", "eligible", "sender"), complaints.letters),
    "complaints.cases": (("case_class", "basis", "field"), complaints.cases),
    "complaints.reviews": (("collective", "measure_taken"), complaints.reviews),
    "feedback": (("about", "channel"), feedback.feedback),
    "meetings.sessions": (
        (
            "type",
            "mode",
            "chair",
            "place",
            "members_total",
            "members_present",
            "urgent",
            "papers_sent_on",
            "papers_due_on",
        ),
        meetings.sessions,
    ),
    "meetings.items": (
        (
            "session_id",
            "result",
            "members",
            "votes_for",
            "votes_against",
            "votes_abstained",
            "chair_in_favour",
        ),
        meetings.items,
    ),
    "meetings.attendance": (("organiser", "invitation", "attended_by"), meetings.attendance),
    "foreign_reception.delegations": (
        ("country", "level", "purpose"),
        foreign_reception.delegations,
    ),
    "foreign_reception.meetings": (
        ("delegation_id", "host", "purpose"),
        foreign_reception.meetings,
    ),
    "procedures.decisions": (
        (
            "type",
            "symbol",
            "ministry_decision",
            "field_of_work",
            "issued_on",
            "national_portal_on",
            "city_portal_on",
            "posted_on",
        ),
        procedures.decisions,
    ),
    "procedures.changes": (("decision_id", "code", "effect", "in_list"), procedures.changes),
    "inspections": (
        (
            "mode",
            "inspected_by",
            "plan_symbol",
            "field",
            "reinspection_of_id",
            "concluded_on",
            "findings",
            "remedy",
            "remedy_due_on",
        ),
        inspections.inspections,
    ),
    "press.conferences": (("mode", "presided_by", "with_party_board"), press.conferences),
    "press.matters": (
        (
            "outlet",
            "published_on",
            "field",
            "response_symbol",
            "directed_on",
            "due_on",
            "reply",
            "replied_on",
        ),
        press.matters,
    ),
    "petitions.council": (
        ("source_id", "sphere", "authority", "basis", "repeated", "answered_on", "answer_symbol"),
        petitions.council,
    ),
    "petitions.national_assembly": (
        ("source_id", "sphere", "authority", "basis", "repeated", "answered_on", "answer_symbol"),
        petitions.national_assembly,
    ),
    "petitions.contacts": (("deputies", "session", "mode"), petitions.contacts),
}
