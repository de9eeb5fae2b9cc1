"""For those who keep something: planners, clerks, auditors, administrators."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.desk.numbers import book_words
from dieuhanh.faces.desk.sections.parts import Look, Section
from dieuhanh.kernel.entries.queries import opened_on_day
from dieuhanh.kernel.identity.queries import kept_on
from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.numbering.queries import series_of
from dieuhanh.kernel.tracking.reference import queries as limits
from dieuhanh.registers.documents.queries import INCOMING, OUTGOING
from dieuhanh.registers.indicators.queries import in_doubt
from dieuhanh.reports.review.queries import open_campaigns
from dieuhanh.text import dates, numbers

MOST = 6
#: Books of the clerk: those whose name begins so.
POST = (INCOMING, OUTGOING)
BOOKS = tuple(
    book for code in POST for book in (code, *(f"{code}.{part}" for part in
    ("secret", "office", "party_affairs", "normative")))
)  # fmt: skip


def campaigns(look: Look) -> Section:
    lines = []
    for one in open_campaigns(look.person, look.sight.at, past=look.sight.past):
        lines.append(
            {
                "label": one.title,
                "url": reverse("desk:campaign", args=[one.pk]) + "?trang-thai=cho",
                "figure": _("%(sent)s / %(asked)s đã gửi")
                % {"sent": numbers.number(one.sent), "asked": numbers.number(one.asked)},
                "sub": _("%(n)s đơn vị chưa gửi, trong đó %(late)s quá hạn")
                % {"n": numbers.number(one.asked - one.sent), "late": numbers.number(one.late)},
                "share": one.sent / one.asked if one.asked else None,
            }
        )
    return Section(
        title=_("Đợt báo cáo, ai chưa gửi"),
        url=reverse("desk:list", args=["dot-bao-cao"]),
        url_label=_("Các đợt báo cáo"),
        lines=lines,
        words="" if lines else _("Không có đợt báo cáo nào đang mở."),
    )


#: The same for whoever keeps figures.
_in_doubt: Kept[list[Any]] = Kept(1)


def figures_in_doubt(look: Look) -> Section:
    found = _in_doubt.get("", in_doubt, look.evaluator.seen)
    differing = [one for one in found if one.differs]
    unknown = [one for one in found if not one.known]
    lines = [
        {
            "label": str(one.label),
            "url": reverse("desk:indicator", args=[one.code]),
            "figure": _("nguồn khác nhau") if one.differs else _("chưa có số liệu"),
            "sub": "",
        }
        for one in [*differing, *unknown][:MOST]
    ]
    return Section(
        title=_("Số liệu khác nhau, chưa có"),
        url=reverse("desk:indicators") + "?trang-thai=conflict",
        url_label=_("Chỉ tiêu có nguồn khác nhau"),
        lines=lines,
        words=_("%(differing)s chỉ tiêu có nguồn khác nhau, %(unknown)s chỉ tiêu chưa có số liệu.")
        % {"differing": len(differing), "unknown": len(unknown)},
    )


def post(look: Look) -> Section:
    """What came and went on the day."""
    day = look.sight.day
    counts = opened_on_day(look.person, POST, day)
    names = {INCOMING: (_("Văn bản đến"), "van-ban-den"), OUTGOING: (_("Văn bản đi"), "van-ban-di")}
    return Section(
        title=_("Văn bản trong ngày %(day)s") % {"day": dates.day(day)},
        lines=[
            {
                "label": label,
                "url": reverse("desk:list", args=[slug]) + f"?tu={day}&den={day}",
                "figure": numbers.number(counts.get(code, 0)),
                "sub": "",
            }
            for code, (label, slug) in names.items()
        ],
    )


def books(look: Look) -> Section:
    """The last number of each book; numbers run without gaps, as one transaction takes and writes."""
    lines = [
        {
            "label": book_words(one.book),
            "url": reverse("desk:numbers"),
            "figure": numbers.number(one.last),
            "sub": "",
        }
        for one in series_of(look.sight.day.year, BOOKS)
    ]
    return Section(
        title=_("Số đã cấp năm %(year)s") % {"year": look.sight.day.year},
        url=look.address("numbers"),
        url_label=_("Mọi sổ"),
        lines=lines,
        words=_("Số cuối của mỗi sổ tại hiện tại.") if lines else _("Chưa cấp số nào trong năm."),
    )


def journal(look: Look) -> Section:
    """A form that searches the journal."""
    return Section(
        title=_("Tìm trong nhật ký"),
        template="desk/home_journal.html",
        url=reverse("desk:journal"),
        url_label=_("Mở nhật ký"),
    )


def kept(look: Look) -> Section:
    found = kept_on(look.sight.day)
    units, people = reverse("desk:units"), reverse("desk:people")
    waiting = [one for one in limits.limits() if not one.confirmed and one.effective_to is None]
    lines = [
        (_("Đơn vị hoạt động"), look.address("units"), found.units),
        (_("Đơn vị chưa có người đứng đầu"), f"{units}?thieu=nguoi-dung-dau", found.headless),
        (_("Người dùng đang hoạt động"), people, found.people),
        (_("Người dùng chưa có chức vụ"), f"{people}?thieu=chuc-vu", found.idle),
        (_("Thời hạn chờ xác nhận"), reverse("desk:limits") + "?xem=chua-xac-nhan", len(waiting)),
    ]
    return Section(
        title=_("Quản trị"),
        url=reverse("desk:checks"),
        url_label=_("Kiểm tra hệ thống"),
        lines=[
            {"label": label, "url": url, "figure": numbers.number(n), "sub": ""}
            for label, url, n in lines
        ],
    )
