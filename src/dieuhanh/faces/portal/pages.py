"""The open pages and their files: what the city owes its citizens, for everybody to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dieuhanh.faces.portal import accounts, files, tables
from dieuhanh.faces.portal.answers import LANGUAGE, in_the_open, language_of, page
from dieuhanh.faces.portal.disclosure import Mark
from dieuhanh.faces.portal.periods import Period, chosen, offered
from dieuhanh.faces.portal.services import SERVICES
from dieuhanh.faces.portal.tables import Field, Table, Value, period_label
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import TimeLimit
from dieuhanh.registers.indicators import wording
from dieuhanh.registers.indicators.models import Direction
from dieuhanh.registers.indicators.rules import Standing
from dieuhanh.text import numbers

PERIOD, SERVICE = "ky", "dich-vu"
#: Name of a page → its short name in the line of pages.
PAGES = {
    "overview": gettext_lazy("Tổng quan"),
    "on-time": gettext_lazy("Đúng hạn"),
    "petitions": gettext_lazy("Kiến nghị cử tri"),
    "indicators": gettext_lazy("Chỉ tiêu"),
    "method": gettext_lazy("Phương pháp"),
}
#: Services that the overview tells of.
FIRST_SERVICES = ("feedback", "letters", "complaints", "petitions-council")
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what it misspells means the default."""

    language: str
    period: Period
    service: str

    def address(self, name: str, **changes: str) -> str:
        """Of a page, keeping language and period; ``changes`` by name of the parameter."""
        wanted = {PERIOD: self.period.code, SERVICE: self.service, LANGUAGE: self.language}
        wanted |= changes
        newest = offered(clock.today())[0].code
        usual = {PERIOD: newest, SERVICE: "", LANGUAGE: settings.LANGUAGE_CODE}
        said = {key: value for key, value in wanted.items() if value != usual[key]}
        return reverse(f"portal:{name}") + (f"?{urlencode(said)}" if said else "")


def _asked(request: HttpRequest) -> Asked:
    service = request.GET.get(SERVICE, "")
    return Asked(
        language_of(request),
        chosen(request.GET.get(PERIOD, ""), clock.today()),
        service if service in SERVICES else "",
    )


def _frame(asked: Asked, name: str, title: str) -> dict[str, Any]:
    other = "en" if asked.language == "vi" else "vi"
    return {
        "title": title,
        "home_url": asked.address("overview", **{SERVICE: ""}),
        "pages": [
            {
                "label": label,
                "url": asked.address(one, **{SERVICE: ""}),
                "current": one == name,
            }
            for one, label in PAGES.items()
        ],
        "other_language": {
            "code": other,
            "label": "English" if other == "en" else "Tiếng Việt",
            "url": asked.address(name, **{LANGUAGE: other}),
        },
        "method_url": asked.address("method", **{SERVICE: ""}),
        "least": settings.LEAST_OPEN_COUNT,
        "licence": files.licence(),
        "demo": settings.DEMO,
    }


def _periods(asked: Asked, name: str) -> list[dict[str, Any]]:
    return [
        {
            "label": period_label(one),
            "url": asked.address(name, **{PERIOD: one.code}),
            "current": one == asked.period,
        }
        for one in offered(clock.today())
    ]


# Pages -------------------------------------------------------------------------------------------


@in_the_open
def overview(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/: a few numbers, each of which opens its table."""
    asked = _asked(request)
    on_time = accounts.on_time(asked.period)
    tiles = [_service_tile(asked, on_time[code]) for code in FIRST_SERVICES]
    sources = [
        one for one in accounts.petitions_by_source(offered(clock.today())[0]) if one.passed_on
    ]
    if sources:
        tiles.append(_petition_tile(asked, sources[-1]))
    tiles.append(_indicator_tile(asked))
    context = _frame(asked, "overview", _("Thành phố làm việc với người dân ra sao")) | {
        "tiles": tiles,
        "day": offered(clock.today())[0].end,
        "periods": _periods(asked, "overview"),
        "catalogue_url": asked.address("catalogue"),
    }
    return page("portal/overview.html", context)


def _tile(
    label: object, rate: Decimal | Mark | None, fraction: str, url: str, day: date
) -> dict[str, Any]:
    return {
        "day": day,
        "label": label,
        "figure": _("được che") if isinstance(rate, Mark) else numbers.percent(rate, 1),
        "share": None if isinstance(rate, Mark) or rate is None else rate / 100,
        "fraction": fraction,
        "url": url,
    }


def _service_tile(asked: Asked, row: accounts.ServiceRow) -> dict[str, Any]:
    settled, in_time = accounts.settled(row.shown), row.shown.parts[0]
    words = ""
    if settled and not isinstance(settled, Mark) and not isinstance(in_time, Mark):
        words = _("%(part)s/%(whole)s %(things)s đúng hạn") % {
            "part": numbers.number(in_time),
            "whole": numbers.number(settled),
            "things": SERVICES[row.code].counts,
        }
    url = asked.address("on-time", **{SERVICE: row.code})
    return _tile(
        SERVICES[row.code].label, accounts.share(in_time, settled), words, url, asked.period.end
    )


def _petition_tile(asked: Asked, row: accounts.SourceRow) -> dict[str, Any]:
    part, whole = row.shown.parts[0], row.shown.total
    words = ""
    if not isinstance(part, Mark) and not isinstance(whole, Mark):
        words = _("%(part)s/%(whole)s kiến nghị đã giải quyết xong") % {
            "part": numbers.number(part),
            "whole": numbers.number(whole),
        }
    label = _("Kiến nghị cử tri theo Nghị quyết %(symbol)s") % {"symbol": row.symbol}
    day = offered(clock.today())[0].end
    return _tile(label, accounts.share(part, whole), words, asked.address("petitions"), day)


def _indicator_tile(asked: Asked) -> dict[str, Any]:
    good, said = accounts.kept_to(accounts.indicators())
    return {
        "label": _("Chỉ tiêu đạt hoặc đúng tiến độ"),
        "figure": f"{good}/{said}" if said else numbers.UNKNOWN,
        "share": good / said if said else None,
        "fraction": _("chỉ tiêu đánh giá được đến nay") if said else "",
        "url": asked.address("indicators"),
        "day": accounts.published_until(),
    }


@in_the_open
def on_time(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/dung-han/: by service; with ``?dich-vu=``, by unit."""
    asked = _asked(request)
    back, links = None, {}
    if asked.service:
        back = {"url": asked.address("on-time", **{SERVICE: ""}), "label": _("Mọi dịch vụ")}
    else:
        links = {code: asked.address("on-time", **{SERVICE: code}) for code in SERVICES}
    return _table_page(asked, "on-time", _on_time_table(asked), links, back)


@in_the_open
def petitions(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/kien-nghi/: petitions of voters by resolution."""
    asked = _asked(request)
    return _table_page(asked, "petitions", tables.petitions(), {})


@in_the_open
def indicators(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/chi-tieu/: indicators against their targets."""
    return _table_page(_asked(request), "indicators", tables.indicators(), {})


def _table_page(
    asked: Asked,
    name: str,
    table: Table,
    links: dict[str, str],
    back: dict[str, str] | None = None,
) -> HttpResponse:
    fields = [field for field in table.fields if field.in_page]
    context = _frame(asked, name, table.title) | {
        "table": table,
        "back": back,
        "periods": _periods(asked, name) if table.period else [],
        "heads": [
            {"label": field.label, "number": field.kind in ("count", "rate")} for field in fields
        ],
        "rows": [
            [
                _cell(field, value, dict(zip((f.name for f in table.fields), row, strict=True)))
                | {"url": links.get(str(row[0])) if field.kind == "name" else None}
                for field, value in table.cells(row)
                if field.in_page
            ]
            for row in table.rows
        ],
        "downloads": [
            {"label": kind.upper(), "url": asked.address(f"{name}-{kind}")} for kind in KINDS
        ],
    }
    return page("portal/table.html", context)


def _cell(field: Field, value: Value, row: dict[str, Value]) -> dict[str, Any]:
    """What a cell shows: text, or a number beside its fraction and its bar."""
    cell: dict[str, Any] = {"kind": field.kind, "label": field.label, "text": value}
    if value == Mark.SMALL:
        cell["text"] = _("dưới %(least)s") % {"least": settings.LEAST_OPEN_COUNT}
    elif isinstance(value, Mark):
        cell["text"] = _("được che")
    elif field.kind == "count":
        cell["text"] = numbers.number(value)  # type: ignore[arg-type]
    elif field.kind == "direction":
        cell["text"] = Direction(str(value)).label
    elif field.kind == "standing":
        cell["chip"] = wording.CHIPS[Standing(str(value))]
        cell["text"] = wording.standings()[Standing(str(value))]
        cell["sub"] = row["why"]
    elif field.kind == "rate" and isinstance(value, Decimal) and field.of:
        cell["text"] = numbers.percent(value, 1)
        part, whole = (numbers.number(row[name]) for name in field.of)  # type: ignore[arg-type]
        cell |= {"fraction": f"{part}/{whole}", "share": value / 100}
    elif value is None:
        cell["text"] = numbers.UNKNOWN
    elif field.name == "value":
        cell["sub"] = row["value_period"]
    cell["hidden"] = isinstance(value, Mark)
    return cell


@in_the_open
def method(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/phuong-phap/: how the numbers come about, and what the fields of the data mean."""
    asked = _asked(request)
    known = accounts.limits(asked.period.end)
    context = _frame(asked, "method", _("Phương pháp và dữ liệu mở")) | {
        "day": asked.period.end,
        "published_until": accounts.published_until(),
        "services": [
            {"label": one.label, "limits": [_limit(limit) for limit in known[code]]}
            for code, one in SERVICES.items()
        ],
        "data_sets": [
            {"code": code, "label": label, "fields": fields}
            for code, label, fields in tables.data_sets()
        ],
        "catalogue_url": asked.address("catalogue"),
    }
    return page("portal/method.html", context)


def _limit(limit: TimeLimit) -> dict[str, Any]:
    length = (
        f"{limit.length} {limit.get_unit_display()}"
        if limit.length is not None
        else limit.get_certainty_display()
    )
    return {
        "label": limit.label,
        "length": length,
        "basis": limit.legal_basis,
        "confirmed": limit.confirmed,
    }


# Files -------------------------------------------------------------------------------------------


def _on_time_table(asked: Asked) -> Table:
    if asked.service:
        return tables.units(asked.service, asked.period)
    return tables.services(asked.period)


MADE: dict[str, Callable[[Asked], Table]] = {
    "on-time": _on_time_table,
    "petitions": lambda _asked: tables.petitions(),
    "indicators": lambda _asked: tables.indicators(),
}


def file_of(name: str, kind: str) -> Callable[[HttpRequest], Any]:
    """The view of a page's table as a file: ``csv`` or ``json``."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = _asked(request)
        table = MADE[name](asked)
        body = files.as_csv(table) if kind == "csv" else files.as_json(table)
        response = HttpResponse(body, content_type=KINDS[kind])
        day = table.day.isoformat()
        stem = f"{table.code}-{table.service}-{day}" if table.service else f"{table.code}-{day}"
        response["Content-Disposition"] = f'inline; filename="{stem}.{kind}"'
        return response

    return in_the_open(answer)


@in_the_open
def catalogue(request: HttpRequest) -> HttpResponse:
    """GET /cong-khai/du-lieu.json: which data sets there are, and where."""
    asked = _asked(request)
    periods = [one.code for one in offered(clock.today())]
    addresses: dict[str, tuple[str, dict[str, list[str]]]] = {
        "on-time-by-service": ("on-time", {PERIOD: periods}),
        "on-time-by-unit": ("on-time", {PERIOD: periods, SERVICE: list(SERVICES)}),
        "petitions-by-resolution": ("petitions", {}),
        "indicators-against-targets": ("indicators", {}),
    }
    answer = {
        "publisher": files.publisher(),
        "licence": files.licence(),
        "method_url": reverse("portal:method"),
        "language": asked.language,
        "data_sets": [
            {
                "code": code,
                "title": str(label),
                "parameters": addresses[code][1],
                "files": {kind: reverse(f"portal:{addresses[code][0]}-{kind}") for kind in KINDS},
                "fields": [field.name for field in fields],
            }
            for code, label, fields in tables.data_sets()
        ],
    }
    return HttpResponse(files.written(answer), content_type=KINDS["json"])
