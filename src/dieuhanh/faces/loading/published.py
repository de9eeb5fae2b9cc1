"""Loading indicators, datapoints and targets of a data set."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.conf import settings

from dieuhanh.faces.loading.reference import DataFileError, day, rows
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target

REFERENCE = settings.DATA_DIR / "reference"


def _number(path: Path, line: int, column: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise DataFileError(path, line, column, f"“{text}” không phải số") from None


def _yes(path: Path, line: int, column: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise DataFileError(path, line, column, f"“{text}” phải là yes hoặc no")
    return text == "yes"


def load_published(folder: Path) -> int:
    """Indicators of the catalogue, then the folder's datapoints and targets. Inside a transaction.

    Raises:
        DataFileError: a row cannot be read; nothing is written.
    """
    columns = ("code", "label", "measure_unit", "direction", "kind")
    catalogue = REFERENCE / "indicators.csv"
    Indicator.objects.bulk_create(
        [
            Indicator(
                **{name: row[name] for name in columns},
                annual_only=_yes(catalogue, line, "annual_only", row["annual_only"]),
            )
            for line, row in rows(catalogue, (*columns, "annual_only"))
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*columns[1:], "annual_only"],
    )
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}

    def indicator(path: Path, line: int, code: str) -> Indicator:
        if code not in known:
            raise DataFileError(path, line, "indicator", f"không có chỉ tiêu “{code}”")
        return known[code]

    path = folder / "datapoints.csv"
    points = [
        Datapoint(
            indicator=indicator(path, line, row["indicator"]),
            area=row["area"],
            period=row["period"],
            period_kind=row["period_kind"],
            value_kind=row["value_kind"],
            value=_number(path, line, "value", row["value"]),
            decimals=int(_number(path, line, "decimals", row["decimals"])),
            measure_unit=row["unit"],
            qualifier=row["qualifier"],
            as_of=day(path, line, "as_of", row["as_of"]),
            document=row["document"],
            line=int(_number(path, line, "line", row["line"])),
            note=row["note"],
        )
        for line, row in rows(path, ("indicator", "period", "value", "as_of", "document", "line"))
    ]
    path = folder / "targets.csv"
    targets = [
        Target(
            indicator=indicator(path, line, row["indicator"]),
            period=row["year_or_period"],
            version=int(_number(path, line, "version", row["version"])),
            value_kind=row["value_kind"],
            lower=_number(path, line, "lower", row["lower"]) if row["lower"] else None,
            upper=_number(path, line, "upper", row["upper"]) if row["upper"] else None,
            direction=row["direction"],
            measure_unit=row["unit"],
            document=row["document"],
            line=int(_number(path, line, "line", row["line"])),
            note=row["note"],
        )
        for line, row in rows(path, ("indicator", "year_or_period", "value_kind", "lower", "upper"))
    ]
    Datapoint.objects.bulk_create(points)
    Target.objects.bulk_create(targets)
    return len(points) + len(targets)
