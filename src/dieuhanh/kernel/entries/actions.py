"""Opening and correcting entries. Registers wrap these in their own verbs and write the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal, Stale, WrongDate
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.numbering.actions import take_number
from dieuhanh.text import dates
from dieuhanh.text.fold import nfc, words


def searchable(parts: Iterable[object]) -> str:
    """The folded words under which an entry is found; never names of citizens.

    Punctuation goes, so that 1897/KHĐT-THQH is found by each of its parts (X-04).
    """
    return " ".join(words(" ".join(str(part) for part in parts if part)))


def _require_past(opened_on: date) -> None:
    if opened_on > clock.today():
        raise WrongDate(_("Ngày này chưa đến."), field="opened_on")


def require_standing(unit: Unit, on: date, *, field: str) -> None:
    """Raises Refusal: the unit was dissolved before that day; its successors are named (ĐV-12)."""
    if unit.valid_to is None or unit.valid_to >= on:
        return
    successions = unit.successions.filter(since__lte=on).select_related("successor")
    heirs = "; ".join(sorted(one.successor.name for one in successions))
    ended = {"unit": unit.name, "day": dates.day(unit.valid_to)}
    if heirs:
        words = _("%(unit)s đã kết thúc hoạt động ngày %(day)s; đơn vị kế thừa: %(heirs)s.")
        raise Refusal(words % {**ended, "heirs": heirs}, field=field)
    raise Refusal(_("%(unit)s đã kết thúc hoạt động ngày %(day)s.") % ended, field=field)


def open_entry(
    code: str,
    *,
    actor: Person,
    unit: Unit,
    kind: str,
    title: str,
    opened_on: date,
    agency: Unit | None = None,
    book: str = "",
    confidentiality: str = Confidentiality.ORDINARY,
    also_found_by: Iterable[object] = (),
    co_units: Iterable[Unit] = (),
) -> Entry:
    """Write the common row of a new entry and take its number.

    Call it inside the register's transaction. A secret entry keeps no title (VT-72).

    Args:
        book: number series; the register's own code unless it keeps several (secret ones).
        co_units: units that take part beside ``unit``, which leads.
        agency: who keeps the book; the root committee unless given.

    Raises:
        WrongDate: ``opened_on`` lies in the future.
        Forbidden: ``actor`` may not enter into this register for ``unit``.
        Refusal: ``unit`` was dissolved before that day.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15, Điều 22 (numbers).
    """
    _require_past(opened_on)
    register = registry.get(code)
    if not policies.may_enter(actor, register, unit.pk):
        raise Forbidden
    require_standing(unit, opened_on, field="unit")
    secret = confidentiality == Confidentiality.SECRET
    agency = agency or Unit.objects.get(kind="committee", valid_to=None)
    book = book or code
    title = "" if secret else nfc(title)
    entry = Entry.objects.create(
        register=code,
        agency=agency,
        book=book,
        year=opened_on.year,
        number=take_number(agency.pk, book, opened_on.year),
        kind=kind,
        title=title,
        confidentiality=confidentiality,
        unit=unit,
        opened_on=opened_on,
        folded="" if secret else searchable([title, *also_found_by]),
    )
    entry.co_units.set(one for one in co_units if one != unit)
    return entry


def lock_entry(entry_id: int, *, actor: Person) -> Entry:
    """The entry, locked for change until the transaction ends.

    Raises:
        Forbidden: ``actor`` may not change it (or it does not exist: the two look alike).
    """
    entry = (
        Entry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None or not policies.may_change(actor, entry):
        raise Forbidden
    return entry


def mark_changed(entry: Entry) -> None:
    """A locked entry got another version: whoever saw the one before is told so (`Stale`)."""
    entry.version += 1
    entry.save(update_fields=["version"])


def correct(
    entry: Entry,
    row: models.Model,
    *,
    version: int,
    changes: Mapping[str, Any],
    also_found_by: Iterable[object] = (),
    unspoken: frozenset[str] = frozenset(),
) -> dict[str, list[str]]:
    """Change fields of a locked entry and of its register's row.

    Args:
        version: the one the person saw.
        changes: field name → new value; a name of Entry's goes there, any other to ``row``. Where
            a field holds many rows, all of them.
        unspoken: fields whose values must not reach the journal (names of citizens).

    Returns:
        field → [old, new] for the journal; for ``unspoken`` fields both are "…".

    Raises:
        Stale: the entry was changed since ``version``.
        WrongDate: the new opening day lies after the day the entry was first closed, or in
            another year than that of the entry's number (VT-01).
    """
    if entry.version != version:
        raise Stale
    if opened_on := changes.get("opened_on"):
        _require_past(opened_on)
        if opened_on.year != entry.year:
            raise WrongDate(
                _("Số này thuộc sổ năm %(year)s: ngày phải trong năm đó.") % {"year": entry.year},
                field="opened_on",
            )
    closings = [entry.closed_on, *entry.past_closings.values_list("closed_on", flat=True)]
    closed_on = min((day for day in closings if day), default=None)
    if opened_on and closed_on and opened_on > closed_on:
        raise WrongDate(
            _("Mục này đã kết thúc ngày %(day)s.") % {"day": dates.day(closed_on)},
            field="opened_on",
        )
    of_entry = {field.name for field in Entry._meta.concrete_fields}
    difference: dict[str, list[str]] = {}
    touched: set[str] = set()
    changes = dict(changes)
    of_many: dict[str, models.Model] = {one.name: entry for one in entry._meta.many_to_many}
    of_many |= {one.name: row for one in row._meta.many_to_many}
    for name in sorted(of_many.keys() & changes.keys()):
        many = getattr(of_many[name], name)
        before, after = sorted(many.all(), key=str), sorted(changes.pop(name), key=str)
        if set(before) != set(after):
            difference[name] = ["; ".join(map(str, before)), "; ".join(map(str, after))]
            many.set(after)
    for name, value in changes.items():
        target = entry if name in of_entry else row
        value = nfc(value) if isinstance(value, str) else value
        old = getattr(target, name)
        if old == value:
            continue
        setattr(target, name, value)
        if target is row:
            touched.add(name)
        shown = ["…", "…"] if name in unspoken else [str(old), str(value)]
        difference[name] = shown
    entry.version += 1
    if entry.confidentiality == Confidentiality.SECRET:
        entry.title, entry.folded = "", ""
    else:
        entry.folded = searchable([entry.title, *also_found_by])
    entry.save()
    if touched:
        row.save(update_fields=sorted(touched))
    return difference
