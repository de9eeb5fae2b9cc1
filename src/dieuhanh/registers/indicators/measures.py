"""The figures that are published elsewhere, from the catalogue of reference data, and what is
computed from them. Statements of the text are figures too, marked as such.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Lookup, Published, Share, Sum, Window, measure
from dieuhanh.registers.indicators import queries

REFERENCE = settings.DATA_DIR / "reference" / "datapoint-measures.csv"
STATED = settings.DATA_DIR / settings.DATASET / "stated.csv"


def _rows(path: Any) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


_CATALOGUE = _rows(REFERENCE)
_TOKENS = frozenset(row["period"] for row in _CATALOGUE)


def _shelf(window: Window) -> queries.Shelf:
    return queries.Shelf(window, _TOKENS)


for _row in _CATALOGUE:

    @measure(
        _row["measure"],
        label=_row["label"],
        unit=_row["unit"],
        definition=_("Số liệu do cơ quan chủ trì công bố, giữ nguyên như văn bản nguồn."),
        decimals=int(_row["decimals"]),
        owner=_("Sở Kế hoạch và Đầu tư"),
    )
    def _datapoint(window: Window, row: dict[str, str] = _row) -> Lookup:
        def read(shelf: queries.Shelf) -> Published:
            found = queries.published(
                row["indicator"],
                window,
                period=row["period"],
                period_kind=row["period_kind"],
                value_kind=row["value_kind"],
                shelf=shelf,
            )
            return replace(found, decimals=max(found.decimals, int(row["decimals"])))

        return Lookup(_shelf, read)


for _row in _rows(STATED):

    @measure(
        _row["id"],
        label=_row["reason"],
        unit=_row["unit"],
        definition=_("Nội dung của văn bản, không phải số thống kê."),
    )
    def _stated(window: Window, row: dict[str, str] = _row) -> Published:
        return Published(Decimal(row["value"]), source=row["reason"], stated=True)


@measure(
    "programmes.houses.completed",
    label=_("Nhà đã hoàn thành"),
    unit=_("nhà"),
    definition=_("Tổng nhà xây mới và nhà sửa chữa đã hoàn thành."),
    parts=("programmes.houses.completed.new_build", "programmes.houses.completed.repaired"),
    complete=True,
    owner=_("Sở Lao động - Thương binh và Xã hội"),
)
def houses_completed(window: Window) -> Sum:
    return Sum(("programmes.houses.completed.new_build", "programmes.houses.completed.repaired"))


@measure(
    "programmes.houses.started_pct",
    label=_("Tỷ lệ nhà khởi công so với kế hoạch"),
    unit="%",
    definition=_("Số nhà đã khởi công trên số nhà theo kế hoạch."),
    decimals=1,
    owner=_("Sở Lao động - Thương binh và Xã hội"),
)
def houses_started_share(window: Window) -> Share:
    return Share("programmes.houses.started", "programmes.houses.plan")


@measure(
    "land.service_land.pct",
    label=_("Tỷ lệ hộ đã được giao đất dịch vụ"),
    unit="%",
    definition=_("Số hộ đã được giao đất dịch vụ trên tổng số hộ."),
    decimals=1,
    owner=_("Sở Tài nguyên và Môi trường"),
)
def service_land_share(window: Window) -> Share:
    return Share("land.service_land.households_done", "land.service_land.households_total")
