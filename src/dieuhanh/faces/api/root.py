"""The root of the JSON API: /api/v1/. English nouns, one shape for every register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from ninja import Body, NinjaAPI, Schema, Status
from ninja.security import django_auth

from dieuhanh.faces.api import duties, limits, notices, proofing, search, work
from dieuhanh.faces.desk.entry import initial_of
from dieuhanh.faces.desk.moments import window_of
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.fields import bound
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.obligations.queries import of_entries
from dieuhanh.kernel.search.queries import matching
from dieuhanh.registers.indicators import policies as published_policies
from dieuhanh.registers.indicators import queries as published
from dieuhanh.registers.indicators.actions import publish_datapoint
from dieuhanh.registers.indicators.forms import DatapointForm
from dieuhanh.registers.indicators.models import Datapoint, Indicator
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.compose.figures import as_json
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.compose.template import UnknownPeriod, UnknownReport
from dieuhanh.text.numbers import rounded

LARGEST_PAGE = 200


class Api(NinjaAPI):
    """Each operation asks who calls and answers 401, not the pages' way to the sign-in form."""

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            view: Any = pattern.callback
            if getattr(view, "csrf_exempt", False):  # an operation, not the schema
                view.login_required = False
            else:
                pattern.callback = require_GET(view)
        return patterns, app, namespace


api = Api(
    title="Điều Hành",
    version="1",
    auth=django_auth,
    docs_url=None,
    description="Registers, their entries, measures and reports of a People's Committee.",
)


class RegisterOut(Schema):
    code: str
    label: str
    kinds: dict[str, str]


class ObligationOut(Schema):
    duty: str
    unit: str
    started_at: str
    due_at: str | None
    done_at: str | None
    state: str
    limit: str | None


class EntryOut(Schema):
    id: int
    number: int
    year: int
    kind: str
    title: str
    unit: str
    opened_on: date
    closed_on: date | None
    version: int
    values: Body[dict[str, Any]]
    obligations: list[ObligationOut]


class EntryPage(Schema):
    entries: list[EntryOut]
    next: str | None


class Fault(Schema):
    field: str
    message: str


class Faults(Schema):
    faults: list[Fault]


api.add_router("", notices.router)
api.add_router("", limits.router)
api.add_router("", work.router)
api.add_router("", duties.router)
api.add_router("", search.router)
api.add_router("", proofing.router)


@api.exception_handler(OperationalError)
def _outage(request: HttpRequest, error: OperationalError) -> HttpResponse:
    faults = {"faults": [{"field": "", "message": "Kho dữ liệu tạm thời không trả lời."}]}
    return api.create_response(request, faults, status=503)


def _register(request: HttpRequest, code: str) -> Register:
    try:
        register = registry.get(code)
    except KeyError:
        raise Http404 from None
    if not policies.may_read(request.user, register):  # type: ignore[arg-type]
        raise Http404
    return register


def _entries(request: HttpRequest, register: Register, rows: list[Any]) -> list[dict[str, Any]]:
    owed = of_entries([row.pk for row in rows], clock.now(), past=False)
    read = policies.reading(request.user, register, rows)  # type: ignore[arg-type]
    return [
        {
            "id": row.pk,
            "number": row.entry.number,
            "year": row.entry.year,
            "kind": row.entry.kind,
            "title": row.entry.title,
            "unit": row.entry.unit.name,
            "opened_on": row.entry.opened_on,
            "closed_on": row.entry.closed_on,
            "version": row.entry.version,
            "values": {
                column.key: _plain(read(column, row))
                for column in register.columns
                if column.key != "title"
            },
            "obligations": [
                {
                    "duty": one.duty,
                    "unit": one.unit.name,
                    "started_at": one.started_at.isoformat(),
                    "due_at": one.due_at.isoformat() if one.due_at else None,
                    "done_at": one.done_at.isoformat() if one.done_at else None,
                    "state": one.state,  # type: ignore[attr-defined]
                    "limit": one.limit.key if one.limit else None,
                }
                for one in owed.get(row.pk, [])
            ],
        }
        for row in rows
    ]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | date) else str(value)


@api.get("/registers", response=list[RegisterOut])
def list_registers(request: HttpRequest) -> list[dict[str, Any]]:
    """The registers that the caller may read."""
    return [
        {
            "code": one.code,
            "label": str(one.label),
            "kinds": {kind: str(label) for kind, label in one.kinds},
        }
        for one in registry.all_registers()
        if policies.may_read(request.user, one)  # type: ignore[arg-type]
    ]


@api.get("/registers/{code}/entries", response=EntryPage)
def list_entries(
    request: HttpRequest,
    code: str,
    q: str = "",
    kind: str = "",
    opened_from: date | None = None,
    opened_to: date | None = None,
    after: str = "",
    size: int = 50,
) -> dict[str, Any]:
    """Entries, newest first; ``next`` is the cursor of the page that follows."""
    register = _register(request, code)
    found = policies.visible_entries(request.user, register).filter(matching(q))  # type: ignore[arg-type]
    if kind:
        found = found.filter(kind=kind)
    if opened_from:
        found = found.filter(opened_on__gte=opened_from)
    if opened_to:
        found = found.filter(opened_on__lte=opened_to)
    result = page(found, size=max(1, min(size, LARGEST_PAGE)), after=Cursor.parse(after), prefix="")
    ids = [entry.pk for entry in result.rows]
    rows = {row.pk: row for row in register.rows().filter(pk__in=ids)}
    return {
        "entries": _entries(request, register, [rows[pk] for pk in ids]),
        "next": str(result.older) if result.older else None,
    }


@api.get("/registers/{code}/entries/{pk}", response=EntryOut)
def get_entry(request: HttpRequest, code: str, pk: int) -> dict[str, Any]:
    register = _register(request, code)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    return _entries(request, register, [row])[0]


def _faults(form: Any) -> dict[str, Any]:
    return {
        "faults": [
            {"field": "" if name == "__all__" else name, "message": " ".join(errors)}
            for name, errors in form.errors.items()
        ]
    }


def _as_it_stands(request: HttpRequest, register: Register, pk: int, status: int) -> Status[Any]:
    """The entry after a change; 204 where it now belongs to a unit the caller does not see."""
    if not policies.may_see(request.user, register, pk):  # type: ignore[arg-type]
        return Status(204, None)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    return Status(status, _entries(request, register, [row])[0])


@api.post("/registers/{code}/entries", response={201: EntryOut, 204: None, 422: Faults})
def enter_entry(request: HttpRequest, code: str, values: Body[dict[str, Any]]) -> Status[Any]:
    """A new entry; the same form and the same action as the page."""
    register = _register(request, code)
    if not policies.may_enter(request.user, register):  # type: ignore[arg-type]
        raise Http404
    form = bound(register.form(values), request.user)  # type: ignore[arg-type]
    if form.is_valid():
        try:
            row = register.enter_act(actor=request.user, **form.cleaned_data)
        except Forbidden:
            raise Http404 from None
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _as_it_stands(request, register, row.pk, 201)
    return Status(422, _faults(form))


@api.post("/registers/{code}/entries/{pk}/{verb}", response={200: EntryOut, 204: None, 422: Faults})
def act_on_entry(
    request: HttpRequest, code: str, pk: int, verb: str, values: Body[dict[str, Any]]
) -> Status[Any]:
    """``close``, ``correct`` or ``reopen`` an entry; the same form and action as the page.

    204: done, and the entry now belongs to a unit whose entries the caller does not see.
    """
    register = _register(request, code)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    chosen = next((one for one in register.verbs if one.name == verb), None)
    if chosen is None or not policies.may_do(request.user, chosen, row.entry):  # type: ignore[arg-type]
        raise Http404
    initial = initial_of(chosen, row)
    form = bound(chosen.form(values, initial=initial), request.user)  # type: ignore[arg-type]
    if form.is_valid():
        try:
            chosen.perform(row, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Forbidden:
            raise Http404 from None
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _as_it_stands(request, register, pk, 200)
    return Status(422, _faults(form))


def _indicator(request: HttpRequest, code: str) -> Indicator:
    found = published.by_code(code)
    if found is None or not published_policies.may_read(request.user):  # type: ignore[arg-type]
        raise Http404
    return found


def _point(one: Datapoint) -> dict[str, Any]:
    return {
        "id": one.pk,
        "period": one.period,
        "period_kind": one.period_kind,
        "value_kind": one.value_kind,
        "value": str(rounded(one.value, one.decimals)),
        "decimals": one.decimals,
        "unit": one.measure_unit,
        "qualifier": one.qualifier,
        "as_of": one.as_of,
        "document": one.document,
        "line": one.line,
        "note": one.note,
    }


def _summary(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "unit": one.measure_unit,
        "direction": one.direction,
        "kind": one.kind,
    }


@api.get("/indicators", response=list[dict[str, Any]])
def list_indicators(request: HttpRequest) -> list[dict[str, Any]]:
    return [_summary(one) for one in published.listed()]


@api.get("/indicators/{code}", response=dict[str, Any])
def get_indicator(request: HttpRequest, code: str) -> dict[str, Any]:
    """An indicator with its published values, of all sources, and its targets."""
    indicator = _indicator(request, code)
    return _summary(indicator) | {
        "datapoints": [_point(one) for one in published.of_indicator(indicator)],
        "targets": [
            {
                "period": one.period,
                "version": one.version,
                "lower": None if one.lower is None else str(one.lower),
                "upper": None if one.upper is None else str(one.upper),
                "direction": one.direction,
                "unit": one.measure_unit,
                "document": one.document,
                "line": one.line,
                "note": one.note,
            }
            for one in published.targets_of(indicator)
        ],
    }


@api.post("/indicators/{code}/datapoints", response={201: dict[str, Any], 422: Faults})
def publish_point(request: HttpRequest, code: str, values: Body[dict[str, Any]]) -> Status[Any]:
    """Another published value; the same form and the same action as the page."""
    indicator = _indicator(request, code)
    if not published_policies.may_write(request.user):  # type: ignore[arg-type]
        raise Http404
    form = DatapointForm(values)
    if form.is_valid():
        try:
            point = publish_datapoint(actor=request.user, indicator=indicator, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return Status(201, _point(point))
    return Status(422, _faults(form))


@api.get("/measures")
def list_measures(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "label": str(one.label), "unit": str(one.unit)}
        for one in model.all_measures()
    ]


@api.get("/measures/{id}")
def get_measure(request: HttpRequest, id: str) -> dict[str, Any]:
    """A figure for ``?tu=&den=&tinh-den=&ky=`` (from, to, as of, period)."""
    try:
        answer = Evaluator(window_of(request)).answer(id)
    except model.UnknownMeasure:
        raise Http404 from None
    return as_json(answer, "")


@api.get("/reports/{report}/{period}")
def get_report(
    request: HttpRequest, report: str, period: str, as_of: date | None = None
) -> dict[str, Any]:
    """The figures of a report, as in `figures.json`."""
    try:
        return compose(report, period, as_of).as_json()
    except (UnknownReport, UnknownPeriod, SectionError):
        raise Http404 from None
