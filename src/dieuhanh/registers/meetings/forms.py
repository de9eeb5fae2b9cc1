"""Forms of sessions, their items and meetings attended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, EntryField, TextArea, UnitField, UnitsField
from dieuhanh.registers.meetings.models import (
    Chair,
    ItemResult,
    Organiser,
    SessionMode,
    SessionType,
)
from dieuhanh.registers.meetings.queries import SESSIONS

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words

#: HO-13, VT-71: there is no field for a secret item, and no way to write one down here.
NO_SECRETS = _("Nội dung thuộc bí mật nhà nước không vào sổ này, kể cả tên gọi của nội dung.")
MOST_MEMBERS = 200


class SessionForm(forms.Form):
    opened_on = DayField(label=_("Ngày họp"))
    type = forms.ChoiceField(label=_("Loại phiên họp, cuộc họp"), choices=SessionType.choices)
    mode = forms.ChoiceField(label=_("Hình thức họp"), choices=SessionMode.choices)
    chair = forms.ChoiceField(label=_("Chủ trì"), choices=Chair.choices)
    title = forms.CharField(
        label=_("Nội dung"), max_length=1000, widget=TextArea, help_text=NO_SECRETS
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    unit = UnitField(
        label=_("Đơn vị ghi kết luận"),
        help_text=_("Đơn vị phải trình ban hành thông báo kết luận, thường là Văn phòng."),
    )
    co_units = UnitsField(
        label=_("Đơn vị phối hợp"),
        help_text=_("Đơn vị cùng chuẩn bị hoặc cùng dự; được xem mục này. Mỗi dòng một đơn vị."),
    )
    members_total = forms.IntegerField(
        label=_("Tổng số thành viên UBND"),
        min_value=1,
        max_value=MOST_MEMBERS,
        required=False,
        help_text=_("Chỉ ghi với phiên họp tập thể."),
    )
    members_present = forms.IntegerField(
        label=_("Số thành viên có mặt"),
        min_value=0,
        max_value=MOST_MEMBERS,
        required=False,
        help_text=_("Phiên họp tập thể cần ít nhất hai phần ba tổng số thành viên có mặt."),
    )
    urgent = forms.BooleanField(
        label=_("Phiên họp chuyên đề hoặc đột xuất"),
        required=False,
        help_text=_("Tài liệu gửi trước ít nhất 1 ngày; phiên thường kỳ là 3 ngày làm việc."),
    )
    papers_sent_on = DayField(label=_("Ngày gửi tài liệu cho thành viên"), required=False)


class ItemForm(forms.Form):
    session = EntryField(SESSIONS, label=_("Phiên họp, cuộc họp"))
    opened_on = DayField(
        label=_("Ngày trình"), help_text=_("Ngày nhận hồ sơ trình, không sau ngày họp.")
    )
    title = forms.CharField(
        label=_("Nội dung trình"), max_length=1000, widget=TextArea, help_text=NO_SECRETS
    )
    unit = UnitField(
        label=_("Cơ quan chủ trì trình"),
        help_text=_("Một cơ quan chủ trì ký Tờ trình; không trình Tờ trình liên ngành."),
    )
    co_units = UnitsField(label=_("Đơn vị phối hợp"))


def _result(*, required: bool) -> forms.ChoiceField:
    choices = ItemResult.choices if required else [("", _("Chưa ghi kết quả")), *ItemResult.choices]
    return forms.ChoiceField(label=_("Kết quả xem xét"), choices=choices, required=required)


def _votes(label: Words, help_text: Words = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_MEMBERS, required=False, help_text=help_text
    )


VOTES_HELP = _(
    "Chỉ ghi khi phiên họp tập thể biểu quyết; thông qua cần quá nửa tổng số thành viên UBND."
)
CHAIR_LABEL = _("Chủ tịch biểu quyết tán thành")
CHAIR_HELP = _("Quyết định khi số tán thành và không tán thành ngang nhau.")


class DecisionForm(forms.Form):
    on = DayField(label=_("Ngày quyết định"))
    result = _result(required=True)
    votes_for = _votes(_("Số tán thành"), VOTES_HELP)
    votes_against = _votes(_("Số không tán thành"))
    votes_abstained = _votes(_("Số không biểu quyết"))
    chair_in_favour = forms.BooleanField(label=CHAIR_LABEL, required=False, help_text=CHAIR_HELP)
    outcome = forms.CharField(
        label=_("Kết luận"), max_length=500, required=False, widget=TextArea, help_text=NO_SECRETS
    )


class ItemCorrectionForm(ItemForm):
    """Entering and deciding in one: a result that was noted wrongly is corrected, not undone."""

    result = _result(required=False)
    closed_on = DayField(label=_("Ngày quyết định"), required=False)
    votes_for = _votes(_("Số tán thành"), VOTES_HELP)
    votes_against = _votes(_("Số không tán thành"))
    votes_abstained = _votes(_("Số không biểu quyết"))
    chair_in_favour = forms.BooleanField(label=CHAIR_LABEL, required=False, help_text=CHAIR_HELP)
    outcome = forms.CharField(
        label=_("Kết luận"), max_length=500, required=False, widget=TextArea, help_text=NO_SECRETS
    )


class AttendanceForm(forms.Form):
    opened_on = DayField(label=_("Ngày họp"))
    organiser = forms.ChoiceField(label=_("Cơ quan tổ chức"), choices=Organiser.choices)
    title = forms.CharField(
        label=_("Nội dung"), max_length=1000, widget=TextArea, help_text=NO_SECRETS
    )
    invitation = forms.CharField(label=_("Số, ký hiệu giấy mời"), max_length=80, required=False)
    unit = UnitField(label=_("Đơn vị được cử dự"))
    attended_by = forms.CharField(
        label=_("Người dự"),
        max_length=200,
        required=False,
        help_text=_("Ghi chức danh, không ghi họ tên."),
    )
