"""GET /_parts/: where a change of the look is judged. It writes nothing and asks for no entry."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dieuhanh.faces.desk.mandates import PersonField
from dieuhanh.faces.desk.parts import samples
from dieuhanh.faces.desk.sending import sending_of, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries.fields import DayField, TextArea, UnitField
from dieuhanh.kernel.journal import clock

#: What parts in place ask for: ``?o=thanh`` is also what a list asks for of its bar.
PLACE, BAR, WHY, RUNNING, SLOW = "o", "thanh", "vi-sao", "chay", "cham"
#: Seconds that the slow part takes: longer than a page waits without a word.
SLOW_FOR = 3
#: htmx then stops asking.
STOP_ASKING = 286
PICKS = "muc"


class SampleForm(forms.Form):
    """One field of each kind."""

    symbol = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"),
        max_length=60,
        help_text=gettext_lazy("Ghi đúng như trên văn bản."),
        widget=forms.TextInput({"class": "w-mid"}),
    )
    opened_on = DayField(label=gettext_lazy("Ngày đến"))
    title = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=300, widget=TextArea)
    unit = UnitField(label=gettext_lazy("Đơn vị"))
    person = PersonField(
        label=gettext_lazy("Người phụ trách"),
        required=False,
        help_text=gettext_lazy("Họ tên hoặc tên đăng nhập."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=[("central", gettext_lazy("Trung ương")), ("other", gettext_lazy("Nơi khác"))],
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Mức độ khẩn"),
        choices=[("none", gettext_lazy("Thường")), ("urgent", gettext_lazy("Khẩn"))],
        widget=forms.RadioSelect,
        required=False,
    )
    told = forms.BooleanField(
        label=gettext_lazy("Đã báo người phụ trách bằng điện thoại"), required=False
    )
    paper = forms.FileField(
        label=gettext_lazy("Tệp"), required=False, help_text=gettext_lazy("PDF hoặc ảnh.")
    )


def _form(prefix: str, typed: dict[str, str]) -> SampleForm:
    """Sent with ``typed``: it shows its faults."""
    return SampleForm({f"{prefix}-{name}": value for name, value in typed.items()}, prefix=prefix)


RIGHT = {
    "symbol": "313/KH-UBND",
    "opened_on": "17/6/2024",
    "title": samples.LONG_SUBJECT,
    "unit": samples.UNIT,
    "kind": "central",
}


@require_http_methods(["GET", "POST"])
@sent_once
def parts_page(request: HttpRequest) -> HttpResponse:
    """GET, POST /_parts/: all parts, in a demonstration only; what is sent is judged, not kept."""
    if not settings.DEMO:
        raise Http404(_("Trang này chỉ có ở bản trình diễn."))
    here = reverse("desk:parts")
    asked = request.GET.get(PLACE, "")
    if asked == BAR:
        chosen = len(request.GET.getlist(PICKS))
        return render(request, "desk/list_bar.html", samples.pick_bar(chosen))
    if asked == WHY and request.htmx:  # type: ignore[attr-defined]
        explained = samples.explanations()[0][1] | {"id": "why-in-place"}
        return render(request, "ui/why.html", {"why": explained})
    if asked == RUNNING and request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=STOP_ASKING, headers={"HX-Reswap": "none"})
    if asked == SLOW and request.htmx:  # type: ignore[attr-defined]
        time.sleep(SLOW_FOR)
        return HttpResponse(_("Đã xong."))
    live = SampleForm(
        request.POST if request.method == "POST" and "form_key" in request.POST else None,
        request.FILES or None,
        initial={"opened_on": clock.today(), "unit": samples.UNIT},
    )
    if request.method == "POST" and (not live.is_bound or live.is_valid()):
        messages.info(request, _("Trang này chỉ để xem các phần; không có gì được ghi."))
        return redirect(here)
    context = _context(here) | {
        "form": live,
        "sending": sending_of(request, live, _("Biểu mẫu mẫu")),
    }
    return render(request, "desk/parts/page.html", context, status=422 if live.errors else 200)


def _context(here: str) -> dict[str, Any]:
    why_url = f"{here}?{PLACE}={WHY}"
    names = _state_names()
    wrong = {"symbol": "", "opened_on": "31/2/2024", "title": "", "unit": ""}
    return {
        "title": _("Các phần của giao diện"),
        "line": _(
            "Mọi phần lặp lại, trong mọi trạng thái, do chính các khuôn của trang thật dựng nên. "
            "Nội dung là minh họa, không lấy từ sổ nào."
        ),
        "line_url": reverse("desk:home"),
        "line_url_label": _("Về Việc của tôi"),
        "crumbs": with_crumbs((_("Các phần của giao diện"), None)),
        "contents": _contents(),
        "here": here,
        "today": clock.today(),
        "actions_shown": [
            {"label": _("Việc chính"), "url": here, "icon": "check", "primary": True},
            {"label": _("Việc khác"), "url": here, "icon": "pencil"},
            {"label": _("Gửi đi ngay"), "url": here, "icon": "bell-ringing", "post": True},
            {"label": _("Chưa làm được"), "disabled": _("Đang xem ngày đã qua.")},
        ],
        "menus_shown": [
            {
                "label": _("Xuất sổ"),
                "icon": "table-export",
                "items": [
                    {"label": "XLSX", "url": here, "icon": "file-type-xls"},
                    {"label": "CSV", "url": here, "icon": "file-type-csv"},
                ],
            }
        ],
        "tabs": samples.tabs(here),
        "filters": samples.filters(here),
        "views": samples.views(here) | {"field_id": "view-name"},
        "layout": samples.layout(here),
        "columns": samples.columns(picks=False),
        "pick_columns": samples.columns(picks=True),
        "rows": samples.documents(here, why=why_url),
        "pick_rows": samples.documents(here, picks=True),
        "dense_rows": samples.documents(here),
        "pick_bar": samples.pick_bar(3),
        "bar_url": here,
        "groups": samples.work(here, why_url),
        "chips": samples.chips(),
        "work_states": samples.work_states(),
        "explanations": [
            (names[name], one | {"id": f"why-{name}"}) for name, one in samples.explanations()
        ],
        "tiles": samples.tiles_of_figures(here),
        "figures": [(names[name], one) for name, one in samples.figures(here)],
        "facts": samples.facts(),
        "figures_beside": [(_("Văn bản đến"), "12.345"), (_("Đã xong"), "44.279")],
        "events": samples.events(),
        "related": samples.related(here),
        "preview_shown": samples.preview(here, static("ui/mark.svg")),
        "errands": [
            (names[name], one) for name, one in samples.errands(f"{here}?{PLACE}={RUNNING}", here)
        ],
        "messages_shown": [
            Message(level, words)
            for level, words in (
                (messages.SUCCESS, "Đã vào văn bản đến số 1.214."),
                (messages.INFO, "Biểu mẫu này đã được ghi lúc 08:41; lần gửi sau không ghi thêm gì."),
                (messages.WARNING, "Có 2 điều kiện không đọc được nên bỏ qua."),
                (messages.ERROR, "Chưa làm được vì hệ thống trả lời lỗi. Nội dung vẫn còn."),
            )
        ],
        "faulty": _form("faulty", wrong),
        "one_fault": _form("one", RIGHT | {"opened_on": "17/13/2024"}),
        "kept": {"kept": True, "filled": True, "saved_at": "08:41 ngày 17/6/2024",
                 "drop_url": here, "address": here},
        "offered": {"kept": True, "filled": False, "saved_at": "08:41 ngày 17/6/2024",
                    "drop_url": here, "again_url": here, "address": here},
        "latest_shown": samples.facts()[:3],
        "first_came": _form("latest", RIGHT),
        "board": samples.overdue(here),
        "map": {"tiles": samples.map_tiles(here), "width": 380, "height": 124},
    }  # fmt: skip


def _contents() -> list[tuple[str, str]]:
    """(anchor, name) of each group of parts, as they stand."""
    return [
        ("parts-moves", _("Đầu trang, thao tác")),
        ("parts-lists", _("Danh sách")),
        ("parts-work", _("Danh sách việc")),
        ("parts-time", _("Thời hạn")),
        ("parts-figures", _("Số liệu")),
        ("parts-forms", _("Biểu mẫu")),
        ("parts-entry", _("Trang của một mục")),
        ("parts-running", _("Việc chạy nền")),
        ("parts-said", _("Lời báo, trống, lỗi, chờ")),
        ("parts-boards", _("Bảng theo dõi, bản đồ")),
    ]


def _state_names() -> dict[str, str]:
    return {
        "short": _("Ít ngày"),
        "weeks": _("Nhiều tuần"),
        "paused": _("Có tạm dừng"),
        "unknown": _("Chưa biết"),
        "none": _("Không có thời hạn"),
        "counted": _("Đếm từ các mục, có mục không thuộc quyền xem"),
        "typed": _("Do đơn vị công bố"),
        "questioned": _("Có chỗ chưa khớp"),
        "waiting": _("Đang chờ"),
        "running": _("Đang chạy, chưa biết tổng"),
        "counting": _("Đang chạy, biết tổng"),
        "done": _("Đã xong, có tệp"),
        "failed": _("Không xong, có chỗ cần sửa"),
    }
