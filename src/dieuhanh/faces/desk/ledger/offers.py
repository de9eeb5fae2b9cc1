"""What can be done with several entries of a register at once, for which of them, and why not.

Each is an action that exists for one: urging, handing over, closing. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dieuhanh.faces.desk.mandates import PersonField
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.fields import TextArea, UnitField
from dieuhanh.kernel.entries.registry import READ, Register, Verb
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.queries import of_entries
from dieuhanh.kernel.tracking import actions, queries
from dieuhanh.kernel.tracking import policies as rights
from dieuhanh.kernel.tracking.queries import Sight

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words

#: Verbs of registers that say the same of many entries; the others are about one each.
ALIKE = frozenset({"close"})


class UrgeForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Nội dung đôn đốc"), max_length=500, required=False, widget=TextArea
    )


class HandOverForm(forms.Form):
    person = PersonField(
        label=gettext_lazy("Người nhận"),
        required=False,
        help_text=gettext_lazy("Họ tên hoặc tên đăng nhập; người nhận thuộc đơn vị nhận việc."),
    )
    unit = UnitField(
        label=gettext_lazy("Đơn vị nhận"),
        required=False,
        help_text=gettext_lazy("Để trống nếu việc ở lại đơn vị. Gõ vài chữ của tên rồi chọn."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, widget=TextArea)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not (given.get("person") or given.get("unit")):
            self.add_error("person", _("Xin chọn đơn vị hoặc người nhận việc."))
        return given


@dataclass(frozen=True)
class Offer:
    """One thing to do with what was chosen.

    Attributes:
        may: rows for which it is allowed and possible.
        refused: the other rows, each with the reason.
        act: ``act(row, **cleaned_data)`` does it with one row, in a transaction of its own.
    """

    slug: str
    label: Words
    icon: str
    form: type[forms.Form]
    consequence: Words
    may: list[Any]
    refused: list[tuple[Any, str]]
    act: Callable[..., Any]


@dataclass(frozen=True)
class Chosen:
    """Rows that were ticked and may be opened; ``missing``: how many others were ticked."""

    rows: list[Any]
    missing: int


def chosen_rows(person: Person, register: Register, ids: list[int]) -> Chosen:
    """In the order of the list. Two queries at most."""
    seen = policies.allowed_entries(person, READ, register).filter(pk__in=ids)
    rows = register.rows().filter(entry__in=seen.values("pk")) if ids else []
    ordered = sorted(rows, key=lambda row: (row.entry.opened_on, row.pk), reverse=True)
    return Chosen(ordered, len(ids) - len(ordered))


def offers(person: Person, register: Register, rows: list[Any]) -> list[Offer]:
    """Everything that is possible for at least one of ``rows``."""
    sight = Sight(person, clock.now())
    owed = of_entries([row.pk for row in rows], sight.at, past=sight.past)
    still = {row.pk: _open_ones(owed.get(row.pk, [])) for row in rows}
    found = [
        _of_duties(
            rows, still, person, sight, rights.URGE, "don-doc", _("Đôn đốc"), "bell-ringing",
            UrgeForm, actions.urge_obligations,
            _("Người phụ trách và người đứng đầu đơn vị chủ trì được báo, mỗi việc một lần trong "
              "ngày; nhật ký ghi lại. Xin đừng ghi thông tin cá nhân hoặc nội dung mật."),
        ),
        _of_duties(
            rows, still, person, sight, rights.HAND_OVER, "ban-giao", _("Bàn giao"), "user-check",
            HandOverForm, actions.hand_over_obligations,
            _("Thời hạn không đổi. Người nhận và người đứng đầu đơn vị nhận được báo; nhật ký "
              "ghi lý do."),
        ),
        *(
            _of_verb(rows, person, register, verb)
            for verb in register.verbs
            if verb.name in ALIKE
        ),
    ]  # fmt: skip
    return [one for one in found if one.may]


def _open_ones(owed: list[Any]) -> list[int]:
    return [one.pk for one in owed if one.completed_at is None]


def _of_duties(
    rows: list[Any], still: dict[int, list[int]], person: Person, sight: Sight, right: str,
    slug: str, label: str, icon: str, form: type[forms.Form], act: Callable[..., Any],
    consequence: str,
) -> Offer:  # fmt: skip
    """Something that is done with what is still owed on each row."""
    every = [pk for each in still.values() for pk in each]
    mine = {one.pk for one, may in queries.chosen(sight, every, right) if may}
    ids = {pk: [one for one in each if one in mine] for pk, each in still.items()}

    def done(row: Any, **given: Any) -> Any:
        return act(ids[row.pk], actor=person, **given)

    refused = [
        (row, _("không thuộc quyền của ông/bà") if still[row.pk] else _("không còn việc chưa xong"))
        for row in rows
        if not ids[row.pk]
    ]
    may = [row for row in rows if ids[row.pk]]
    return Offer(slug, label, icon, form, consequence, may, refused, done)


def _of_verb(rows: list[Any], person: Person, register: Register, verb: Verb) -> Offer:
    allowed = policies.allowed_entries(person, verb.name, register)
    mine = set(allowed.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    may, refused = [], []
    for row in rows:
        if row.pk not in mine:
            refused.append((row, _("không thuộc quyền của ông/bà")))
        elif verb.refusal(row):
            refused.append((row, _("tình trạng hiện nay không cho phép")))
        else:
            may.append(row)

    def done(row: Any, **given: Any) -> Any:
        return verb.perform(row, actor=person, **given)

    return Offer(
        verb.slug, verb.label, verb.icon, verb.form, verb.consequence, may, refused, done
    )  # fmt: skip
