"""The verbs that every register has: close, correct, reopen. Registers name them in their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea
from dieuhanh.kernel.entries.registry import Verb
from dieuhanh.kernel.obligations.actions import (
    close_entry,
    is_closed,
    postpone_entry,
    reopen_entry,
)

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words


def close_verb(label: Words, day_label: Words, outcome_label: Words) -> Verb:
    class CloseForm(forms.Form):
        on = DayField(label=day_label)
        outcome = forms.CharField(
            label=outcome_label, max_length=500, required=False, widget=TextArea
        )

    return Verb(
        name="close",
        slug="ket-thuc",
        label=label,
        icon="check",
        form=CloseForm,
        act=close_entry,
        applies=lambda row: not is_closed(row),
    )


def correct_verb(form: type[forms.Form], act: Callable[..., Any]) -> Verb:
    """Correcting repeats the form of entering, with the version seen and a reason."""
    fields = {
        "reason": forms.CharField(label=_("Lý do đính chính"), max_length=500),
        "version": forms.IntegerField(widget=forms.HiddenInput),
    }
    return Verb(
        name="correct",
        slug="dinh-chinh",
        label=_("Đính chính"),
        icon="pencil",
        form=type(f"Correct{form.__name__}", (form,), fields),
        act=act,
        applies=lambda row: True,
        consequence=_("Giá trị cũ và mới đều ghi vào nhật ký."),
    )


def postpone_verb() -> Verb:
    class PostponeForm(forms.Form):
        to = DayField(label=_("Thời hạn mới"))
        reason = forms.CharField(label=_("Lý do lùi thời hạn"), max_length=500, widget=TextArea)

    return Verb(
        name="postpone",
        slug="lui-han",
        label=_("Lùi thời hạn"),
        icon="calendar-event",
        form=PostponeForm,
        act=postpone_entry,
        applies=lambda row: not is_closed(row),
        consequence=_("Thời hạn ban đầu vẫn được giữ và hiện bên thời hạn mới."),
    )


def reopen_verb() -> Verb:
    class ReopenForm(forms.Form):
        on = DayField(label=_("Ngày mở lại"))
        reason = forms.CharField(label=_("Lý do mở lại"), max_length=500, widget=TextArea)

    return Verb(
        name="reopen",
        slug="mo-lai",
        label=_("Mở lại"),
        icon="arrow-back-up",
        form=ReopenForm,
        act=reopen_entry,
        applies=is_closed,
        consequence=_("Thời hạn ban đầu vẫn giữ nguyên."),
    )
