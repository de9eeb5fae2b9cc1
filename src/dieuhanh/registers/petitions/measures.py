"""The figures of petitions, one set for each source of reference data, and of meetings with voters.

A petition counts under its source however old it is (CT-08), so these figures reach back beyond the
reporting window: a new resolution is a new row of the file, not a new measure here.
"""

from __future__ import annotations

import csv

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Distinct, Entries, Share, Window, measure
from dieuhanh.registers.petitions import queries, rules
from dieuhanh.registers.petitions.queries import BOOKS, CONTACTS

SOURCES = settings.DATA_DIR / "reference" / "petition-sources.csv"
OWNER = _("Văn phòng UBND Thành phố")
SINCE_TERM = _("từ đầu nhiệm kỳ đến ngày chốt số liệu")
PETITIONS = _("kiến nghị")


def _label(pattern: object, source: str) -> object:
    return format_lazy("{}: {}", pattern, source)


def _of_resolution(key: str, label: str, register: str) -> None:
    common = {"window": SINCE_TERM, "register": register, "owner": OWNER}

    @measure(
        f"petitions.total.{key}",
        label=_label(_("Kiến nghị cử tri"), label),
        unit=PETITIONS,
        definition=_("Kiến nghị gắn với nghị quyết; kiến nghị đã gộp chỉ đếm một lần."),
        **common,
    )
    def _total(window: Window) -> Entries:
        return Entries(queries.of_source(key, window.cutoff))

    @measure(
        f"petitions.resolved.{key}",
        label=_label(_("Kiến nghị đã giải quyết xong"), label),
        unit=PETITIONS,
        definition=_(
            "Kết thúc với kết quả “Đã giải quyết xong”; “Giải trình, thông tin lại cử tri” "
            "cũng kết thúc nhưng không tính là giải quyết xong."
        ),
        **common,
    )
    def _resolved(window: Window) -> Entries:
        return Entries(queries.resolved(key, window.cutoff))

    @measure(
        f"petitions.resolved_pct.{key}",
        label=_label(_("Tỷ lệ kiến nghị đã giải quyết xong"), label),
        unit="%",
        definition=_("Số đã giải quyết xong trên tổng số kiến nghị của nghị quyết."),
        decimals=1,
        **common,
    )
    def _share(window: Window) -> Share:
        return Share(f"petitions.resolved.{key}", f"petitions.total.{key}")


def _of_session(key: str, label: str, register: str) -> None:
    @measure(
        f"petitions.{key}.answered",
        label=_label(_("Câu hỏi, kiến nghị đã trả lời"), label),
        unit=PETITIONS,
        definition=_("Câu hỏi, kiến nghị trước và sau kỳ họp có ngày trả lời cử tri."),
        window=SINCE_TERM,
        register=register,
        owner=OWNER,
    )
    def _answered(window: Window) -> Entries:
        return Entries(queries.answered(key, window.cutoff))


def _of_round(key: str, label: str, register: str) -> None:
    common = {"unit": PETITIONS, "window": SINCE_TERM, "register": register, "owner": OWNER}

    @measure(
        f"petitions.{key}.resolved",
        label=_label(_("Kiến nghị đã giải quyết xong"), label),
        definition=_("Kết thúc với kết quả “Đã giải quyết xong” tính đến ngày chốt số liệu."),
        **common,
    )
    def _resolved(window: Window) -> Entries:
        return Entries(queries.resolved(key, window.cutoff))

    @measure(
        f"petitions.{key}.in_progress",
        label=_label(_("Kiến nghị đang giao các đơn vị giải quyết"), label),
        definition=_("Chưa kết thúc tính đến ngày chốt số liệu, kể cả việc chờ Trung ương."),
        **common,
    )
    def _in_progress(window: Window) -> Entries:
        return Entries(queries.in_progress(key, window.cutoff))


_MADE = {"resolution": _of_resolution, "session": _of_session, "round": _of_round}

with SOURCES.open(encoding="utf-8", newline="") as _handle:
    for _row in csv.DictReader(_handle):
        _kind = rules.source_kind(ledger=_row["ledger"], symbol=_row["symbol"])
        _MADE[_kind](_row["key"], _row["label"], BOOKS[_row["ledger"]])


@measure(
    "petitions.national_assembly.voter_meetings",
    label=_("Cuộc tiếp xúc cử tri của đại biểu Quốc hội"),
    unit=_("cuộc"),
    definition=_("Cuộc tiếp xúc cử tri do các đơn vị của Thành phố chuẩn bị, phục vụ."),
    window=_("có ngày tiếp xúc trong kỳ"),
    register=CONTACTS,
    owner=OWNER,
)
def voter_meetings(window: Window) -> Entries:
    return Entries(queries.contacts("national_assembly", window))


@measure(
    "petitions.national_assembly.voter_meeting_units",
    label=_("Đơn vị bầu cử có đại biểu Quốc hội tiếp xúc cử tri"),
    unit=_("đơn vị bầu cử"),
    definition=_("Đơn vị bầu cử khác nhau của các cuộc tiếp xúc; một đơn vị chỉ đếm một lần."),
    window=_("có ngày tiếp xúc trong kỳ"),
    register=CONTACTS,
    owner=OWNER,
)
def voter_meeting_units(window: Window) -> Distinct:
    return Distinct(
        queries.contacts("national_assembly", window), of="votercontact__constituencies"
    )
