"""One obligation: who owes what, until when and why; what the page does with it, with values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Body, Router, Schema, Status

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.duties import VERBS, duty_or_404, form_of
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.tracking import policies

router = Router()


class DutyOut(Schema):
    id: int
    entry: int
    register_code: str
    duty: str
    expected: str
    unit: str
    person: str | None
    asked_by: str | None
    started_at: datetime
    due_at: datetime | None
    first_due_at: datetime | None
    paused: bool
    done_at: datetime | None
    product: str
    confirmed_at: datetime | None
    state: str
    limit: str | None
    why: list[tuple[str, str]]
    verbs: list[str]


class DutyFault(Schema):
    field: str
    message: str


class DutyFaults(Schema):
    faults: list[DutyFault]


def _out(request: HttpRequest, one: Any) -> dict[str, Any]:
    moment = moment_of(request)
    rights = policies.rights(request.user, one, {verb.right for verb in VERBS})  # type: ignore[arg-type]
    return {
        "id": one.pk,
        "entry": one.entry_id,
        "register_code": one.entry.register,
        "duty": one.duty,
        "expected": one.expected,
        "unit": one.unit.name,
        "person": one.person and one.person.full_name,
        "asked_by": one.asked_by and one.asked_by.full_name,
        "started_at": one.started_at,
        "due_at": one.due_then,
        "first_due_at": one.first_due_at,
        "paused": one.paused,
        "done_at": one.completed_at,
        "product": one.product if one.completed_at and one.completed_at == one.done_at else "",
        "confirmed_at": one.confirmed_at,
        "state": one.state,
        "limit": one.limit and one.limit.key,
        "why": clocks.why(one, moment.at)["facts"],
        "verbs": [verb.name for verb in VERBS if verb.right in rights and verb.applies(one)],
    }


@router.get("/obligations/{pk}", response=DutyOut)
def read_duty(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What is owed, as it stands; ``verbs`` are those that the caller may do now."""
    return _out(request, duty_or_404(request, pk))


@router.post("/obligations/{pk}/{verb}", response={200: DutyOut, 422: DutyFaults})
def act_on_duty(
    request: HttpRequest, pk: int, verb: str, values: Body[dict[str, Any]]
) -> Status[Any]:
    """The form and the action of the page.

    Raises:
        Http404: there is no such verb, or the caller may not do it.
    """
    one = duty_or_404(request, pk)
    chosen = next((each for each in VERBS if each.name == verb), None)
    if chosen is None or not policies.may(request.user, chosen.right, one):  # type: ignore[arg-type]
        raise Http404
    form = form_of(chosen, one, values)
    if form.is_valid():
        try:
            chosen.act(pk, actor=request.user, **form.cleaned_data)
        except Forbidden:
            raise Http404 from None
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return Status(200, _out(request, duty_or_404(request, pk)))
    faults = [
        {"field": "" if name == "__all__" else name, "message": " ".join(map(str, words))}
        for name, words in form.errors.items()
    ]
    return Status(422, {"faults": faults})
