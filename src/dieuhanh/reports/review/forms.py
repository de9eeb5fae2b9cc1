"""Forms of a report's campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.reports.compose.template import templates
from dieuhanh.reports.review.models import Body, Decision


def _reports() -> list[tuple[str, str]]:
    return [(one.id, one.values["name"]) for one in templates()]


class CampaignForm(forms.Form):
    report = forms.ChoiceField(label=_("Báo cáo"), choices=_reports)
    period = forms.CharField(
        label=_("Kỳ báo cáo"), max_length=12, help_text=_("Ví dụ: 2024-H1, 2024-Q2, 2024-05, 2024.")
    )
    request_symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản đề nghị"), max_length=60, required=False
    )
    opened_on = DayField(label=_("Ngày đề nghị"))
    due_on = DayField(label=_("Hạn gửi"))
    as_of = DayField(
        label=_("Chốt số liệu đến hết ngày"),
        required=False,
        help_text=_("Để trống thì lấy ngày cuối của kỳ theo mẫu báo cáo."),
    )
    asked = forms.MultipleChoiceField(
        label=_("Đơn vị được đề nghị"),
        choices=[
            ("departments", _("Các sở, cơ quan của Thành phố")),
            ("districts", _("Quận, huyện, thị xã")),
            ("communes", _("Xã, phường, thị trấn")),
        ],
        initial=["departments", "districts"],
        widget=forms.CheckboxSelectMultiple,
    )
    unit = UnitField(label=_("Đơn vị tổng hợp"))


class CorrectCampaignForm(forms.Form):
    request_symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản đề nghị"), max_length=60, required=False
    )


class LongText(forms.Textarea):
    def __init__(self) -> None:
        super().__init__({"rows": 18, "class": "longtext"})


class TextForm(forms.Form):
    """The text of a section, with the version that the writer saw."""

    text = forms.CharField(label=_("Nội dung"), widget=LongText, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExplanationForm(forms.Form):
    text = forms.CharField(label=_("Giải trình của đơn vị"), max_length=1000, widget=TextArea)


class DraftForm(forms.Form):
    note = forms.CharField(label=_("Ghi chú của bản"), max_length=300, required=False)


class RoundForm(forms.Form):
    body = forms.ChoiceField(label=_("Cơ quan cho ý kiến"), choices=Body.choices)
    held_on = DayField(label=_("Ngày"))
    conclusion = forms.CharField(
        label=_("Kết luận chung"), max_length=1000, required=False, widget=TextArea
    )


class OpinionForm(forms.Form):
    author = forms.CharField(label=_("Người, cơ quan nêu ý kiến"), max_length=200)
    section = forms.ChoiceField(label=_("Về mục"), required=False)
    text = forms.CharField(label=_("Ý kiến"), max_length=2000, widget=TextArea)
    given_on = DayField(label=_("Ngày nêu"))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("Toàn bộ báo cáo")), *sections]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Quyết định"), choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Lý do"), max_length=1000, required=False, widget=TextArea,
        help_text=_("Bắt buộc khi tiếp thu một phần hoặc không tiếp thu."),
    )  # fmt: skip


class IssueForm(forms.Form):
    on = DayField(label=_("Ngày phát hành"))
    signer = forms.CharField(label=_("Người ký"), max_length=200)
    recipients = forms.CharField(label=_("Nơi nhận"), max_length=1000, widget=TextArea)
