"""Publishing and correcting datapoints, and choosing between sources that differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale, WrongDate
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record
from dieuhanh.registers.indicators import policies
from dieuhanh.registers.indicators.models import Datapoint, Indicator
from dieuhanh.registers.indicators.queries import is_period, same_figure, unit_of
from dieuhanh.text import numbers
from dieuhanh.text.fold import nfc

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


def _locked(datapoint_id: int) -> Datapoint:
    """A datapoint that nobody else changes meanwhile, nor any other of its indicator."""
    indicator = Datapoint.objects.values_list("indicator", flat=True).get(pk=datapoint_id)
    Indicator.objects.select_for_update().get(pk=indicator)
    points = Datapoint.objects.select_for_update(of=("self",)).select_related("indicator")
    return points.get(pk=datapoint_id)


def _set_aside(point: Datapoint, chosen: Datapoint | None, reason: str) -> None:
    point.set_aside_for = chosen
    point.set_aside_on = clock.today() if chosen else None
    point.set_aside_reason = reason if chosen else ""


def _undo_choice(point: Datapoint) -> bool:
    """Whether ``point`` was chosen or set aside; neither it nor those set aside for it are now."""
    others = Datapoint.objects.filter(set_aside_for=point).update(
        set_aside_for=None, set_aside_on=None, set_aside_reason="", version=F("version") + 1
    )
    aside = point.set_aside_for is not None
    _set_aside(point, None, "")
    return aside or bool(others)


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

    A new value undoes a choice between sources that this datapoint was part of: it was made
    between other values.

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
    point = _locked(datapoint_id)
    if point.version != version:
        raise Stale
    if as_of is not None:
        _refuse_future(as_of)
    decimals = _decimals(value)
    changes: dict[str, list[str]] = {}
    reopened = False
    if (point.value, point.decimals) != (value, decimals):
        changes["value"] = [
            numbers.number(point.value, point.decimals), numbers.number(value, decimals),
        ]  # fmt: skip
        point.value, point.decimals = value, decimals
        reopened = _undo_choice(point)
    wanted: dict[str, Any] = {"as_of": as_of, "qualifier": qualifier, "note": note}
    for name, new in wanted.items():
        old = getattr(point, name)
        if new is not None and new != old:
            changes[name] = [str(old), str(new)]
            setattr(point, name, new)
    if not changes:
        raise Refusal(_("Chưa có nội dung nào thay đổi."), field="value")
    point.version += 1
    point.save(update_fields=[
        "value", "decimals", "as_of", "qualifier", "note", "version",
        "set_aside_for", "set_aside_on", "set_aside_reason",
    ])  # fmt: skip
    record("datapoint.corrected", actor=actor, subject=_subject(point), reason=reason,
           changes=changes, **({"choice_undone": True} if reopened else {}))  # fmt: skip
    return point


@transaction.atomic
def settle_conflict(datapoint_id: int, *, actor: Person, version: int, reason: str) -> Datapoint:
    """Choose one of several values that sources give for the same figure. From now on it is the
    one in use; the others stay, set aside with day and reason. A source that is published later
    and differs is a conflict again; the choice itself can be made anew.

    Args:
        datapoint_id: the one chosen.
        version: of the chosen one, as the person saw it.

    Raises:
        Forbidden: ``actor`` is no planner.
        Stale: it was changed, chosen or set aside since ``version``.
        Refusal: there is no reason, no other value, or the choice already stands.

    Law: Nghị định 60/2018/NĐ-CP (KT-05).
    """
    if not policies.may_write(actor):
        raise Forbidden
    reason = nfc(reason).strip()
    if not reason:
        raise Refusal(_("Cần nêu lý do chọn."), field="reason")
    chosen = _locked(datapoint_id)
    if chosen.version != version:
        raise Stale
    same = Datapoint.objects.select_for_update().filter(**same_figure(chosen))
    others = list(same.exclude(pk=chosen.pk).order_by("pk"))
    differing = [one for one in others if one.value != chosen.value]
    if not differing:
        raise Refusal(_("Không có giá trị nào khác để phải chọn."))
    if all(one.set_aside_for_id == chosen.pk for one in differing):
        raise Refusal(_("Giá trị này đã được chọn."))
    for one in (chosen, *others):
        _set_aside(one, chosen if one in differing else None, reason)
        one.version += 1
        one.save(update_fields=["set_aside_for", "set_aside_on", "set_aside_reason", "version"])
    record("datapoint.settled", actor=actor, subject=_subject(chosen), reason=reason,
           value=numbers.number(chosen.value, chosen.decimals), source=chosen.document,
           set_aside=[numbers.number(one.value, one.decimals) for one in differing])  # fmt: skip
    return chosen
