"""A table as CSV and as JSON, with the same names of fields and the same numbers as its page."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.portal.disclosure import Mark
from dieuhanh.faces.portal.tables import Field, Table, Value
from dieuhanh.text.cells import harmless


def licence() -> str:
    """On what terms the data may be used."""
    return _(
        "Được tự do sử dụng, sao chép, chia sẻ, kể cả cho mục đích thương mại; khi dùng xin ghi "
        "nguồn “UBND thành phố Hà Nội” và ngày số liệu, và không làm sai lệch con số."
    )


def publisher() -> str:
    return _("Ủy ban nhân dân thành phố Hà Nội")


def _withheld(table: Table, row: tuple[Value, ...]) -> dict[str, str]:
    return {field.name: str(value) for field, value in table.cells(row) if isinstance(value, Mark)}


def as_csv(table: Table) -> str:
    """UTF-8 with a mark at its beginning, which spreadsheets need. A count that is not shown is
    empty, and the last column, ``withheld``, says why."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([*(field.name for field in table.fields), "as_of", "withheld"])
    for row in table.rows:
        kept = "; ".join(f"{name}={why}" for name, why in _withheld(table, row).items())
        writer.writerow([*(_cell(value) for value in row), table.day.isoformat(), kept])
    return out.getvalue()


def _cell(value: Value) -> str:
    if value is None or isinstance(value, Mark):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(harmless(value))


def as_json(table: Table) -> str:
    """The table with all that is needed to read it. Null with a reason in ``withheld``: not shown;
    null without: nothing is known."""
    answer: dict[str, Any] = {
        "data_set": table.code,
        "title": table.title,
        "as_of": table.day.isoformat(),
        "period": _period(table),
        "service": table.service or None,
        "method": table.method,
        "method_url": reverse("portal:method"),
        "publisher": publisher(),
        "licence": licence(),
        "least_count_shown": settings.LEAST_OPEN_COUNT,
        "withheld": table.withheld or None,
        "fields": [_field(field) for field in table.fields],
        "rows": [
            {field.name: _plain(value) for field, value in table.cells(row)}
            | {"withheld": _withheld(table, row)}
            for row in table.rows
        ],
    }
    return written(answer)


def written(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _period(table: Table) -> dict[str, Any] | None:
    if (period := table.period) is None:
        return None
    return {
        "code": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "over": period.over,
    }


def _field(field: Field) -> dict[str, str]:
    return {"name": field.name, "label": str(field.label), "about": str(field.about)}


def _plain(value: Value) -> str | int | float | None:
    if value is None or isinstance(value, Mark):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
