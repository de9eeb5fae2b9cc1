"""Publishing and correcting datapoints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale, WrongDate
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.kernel.text import numbers
from dieuhanh.kernel.text.fold import nfc
from dieuhanh.registers.indicators import policies
from dieuhanh.registers.indicators.models import Datapoint, Indicator
from dieuhanh.registers.indicators.queries import is_period, unit_of

#: Hà Nội, in the catalogue of administrative units.
AREA = "01"


def _decimals(value: Decimal) -> int:
    """Digits after the comma as they were written: 57,10 has two."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _refuse_future(as_of: date) -> None:
    if as_of > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="as_of")


def _subject(point: Datapoint) -> str:
    return f"{point.indicator.code} {point.period}"


@transaction.atomic
def publish_datapoint(
    *,
    actor: Person,
    indicator: Indicator,
    period: str,
    period_kind: str,
    value_kind: str,
    value: Decimal,
    as_of: date,
    document: str,
    line: int,
    qualifier: str = "",
    note: str = "",
    measure_unit: str = "",
) -> Datapoint:
    """Keep a published value. What another source says of the same figure stays beside it (KT-05),
    and an estimate beside the actual value (KT-06).

    Args:
        period: 2024, 2024-H1, 2024-Q2, 2024-M05 or 2024-05-24.
        value: in ``measure_unit``; the digits after its comma are kept as they were written.
        document: the source, with the ``line`` at which it says so.
        measure_unit: empty for the unit that this kind of value has elsewhere.

    Raises:
        Forbidden: ``actor`` is no planner.
        WrongDate: ``as_of`` lies in the future.
        Refusal: ``period`` is none, or this source was entered before.

    Law: Nghị định 60/2018/NĐ-CP (KT-05, KT-06).
    """
    if not policies.may_write(actor):
        raise Forbidden
    if not is_period(period):
        raise Refusal(_("Kỳ ghi như 2024, 2024-H1, 2024-Q2, 2024-M05, 2024-05-24."), field="period")
    _refuse_future(as_of)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    source = {
        "indicator": indicator, "area": AREA, "period": period, "period_kind": period_kind,
        "value_kind": value_kind, "document": document, "line": line,
    }  # fmt: skip
    if Datapoint.objects.filter(**source).exists():
        raise Refusal(
            _("Số liệu của nguồn này đã có; nếu ghi sai, xin đính chính số liệu đã có."),
            field="document",
        )
    point = Datapoint.objects.create(
        **source,
        value=value,
        decimals=_decimals(value),
        measure_unit=measure_unit or unit_of(indicator, value_kind),
        qualifier=qualifier,
        as_of=as_of,
        note=nfc(note),
    )
    record("datapoint.published", actor=actor, subject=_subject(point),
           value=numbers.number(value, point.decimals), source=document)  # fmt: skip
    return point


@transaction.atomic
def correct_datapoint(
    datapoint_id: int,
    *,
    actor: Person,
    version: int,
    reason: str,
    value: Decimal,
    as_of: date | None = None,
    qualifier: str | None = None,
    note: str | None = None,
) -> Datapoint:
    """Correct what was entered wrongly; the journal keeps both values. Period, kinds and source
    stay: another one of these is another datapoint (KT-06).

    Args:
        version: the one the person saw.
        value: in the datapoint's own unit.
        as_of, qualifier, note: None leaves them as they are.

    Raises:
        Forbidden: ``actor`` is no planner.
        Stale: it was changed since ``version``.
        WrongDate: ``as_of`` lies in the future.
        Refusal: nothing would change.

    Law: Nghị định 60/2018/NĐ-CP (KT-05, KT-06).
    """
    if not policies.may_write(actor):
        raise Forbidden
    point = Datapoint.objects.select_for_update(of=("self",)).select_related("indicator").get(
        pk=datapoint_id
    )  # fmt: skip
    if point.version != version:
        raise Stale
    if as_of is not None:
        _refuse_future(as_of)
    decimals = _decimals(value)
    changes: dict[str, list[str]] = {}
    if (point.value, point.decimals) != (value, decimals):
        changes["value"] = [
            numbers.number(point.value, point.decimals), numbers.number(value, decimals),
        ]  # fmt: skip
        point.value, point.decimals = value, decimals
    wanted: dict[str, Any] = {"as_of": as_of, "qualifier": qualifier, "note": note}
    for name, new in wanted.items():
        old = getattr(point, name)
        if new is not None and new != old:
            changes[name] = [str(old), str(new)]
            setattr(point, name, new)
    if not changes:
        raise Refusal(_("Chưa có nội dung nào thay đổi."), field="value")
    point.version += 1
    point.save(update_fields=["value", "decimals", "as_of", "qualifier", "note", "version"])
    record("datapoint.corrected", actor=actor, subject=_subject(point), reason=reason,
           changes=changes)  # fmt: skip
    return point
