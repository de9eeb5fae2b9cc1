"""What the parts show on their page: made up, and shaped as the real content is.

Content of a register, not words of the program: it stays Vietnamese in every language.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from dieuhanh.faces.desk.boards import tiles
from dieuhanh.kernel.journal import clock
from dieuhanh.text import dates

#: Exactly as long as the longest subject that a register takes without a fold.
LONG_SUBJECT = (
    "Về rà soát, tổng hợp, đánh giá tình hình thực hiện các nhiệm vụ được giao tại Nghị quyết "
    "của Hội đồng nhân dân Thành phố về phát triển kinh tế - xã hội 5 năm và đề xuất giải pháp "
    "tháo gỡ khó khăn trong giải phóng mặt bằng, tái định cư phục vụ dự án đường Vành đai 4 - Vùng "
    "Thủ đô trên các quận, huyện"
)
LONG_UNIT = (
    "Ban Quản lý dự án đầu tư xây dựng công trình Hạ tầng kỹ thuật và Nông nghiệp thành phố Hà Nội"
)
UNIT = "Sở Tài nguyên và Môi trường"
PERSON = "Nguyễn Hoàng Phương Thảo"


def _chip(state: str, words: str, day: date | None = None) -> dict[str, Any]:
    return {"state": state, "words": words, "date": day}


def chips() -> list[dict[str, Any]]:
    """The seven states of time, as they are said."""
    said = [
        ("open", "còn 6 ngày làm việc"),
        ("soon", "còn 1 ngày làm việc"),
        ("soon", "hạn hôm nay"),
        ("soon", "hạn 17:00 hôm nay"),
        ("overdue", "quá hạn 2 ngày làm việc"),
        ("done", "xong đúng hạn"),
        ("late", "xong, chậm 2 ngày làm việc"),
        ("paused", "tạm dừng từ 10/6, còn 6 ngày"),
        ("none", "không thời hạn"),
    ]
    return [_chip(state, words) for state, words in said]


def work_states() -> list[dict[str, str]]:
    """States of work: a chip of their own beside that of time."""
    said = [
        ("none", "", "chưa phân công"),
        ("open", "", "đã giao"),
        ("open", "", "đang làm"),
        ("soon", "", "chờ xác nhận"),
        ("soon", "arrow-back-up", "trả lại"),
        ("done", "check", "đã xong"),
        ("paused", "player-pause", "tạm dừng"),
    ]
    return [{"state": state, "sign": sign, "words": words} for state, sign, words in said]


# Lists --------------------------------------------------------------------------------------------


def columns(*, picks: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"label": "Số", "numeric": True, "width_class": "w-number"},
        {"label": "Ngày đến", "numeric": True, "width_class": "w-date"},
        {"label": "Số, ký hiệu và nơi gửi", "width_class": "w-symbol"},
        {"label": "Trích yếu", "width_class": "w-title"},
        {"label": "Đơn vị", "width_class": "w-unit"},
        {"label": "Thời hạn", "width_class": "w-due"},
    ]
    if picks:
        found.insert(0, {"pick_all": True, "label": "Chọn cả trang", "width_class": "w-pick"})
    return found


def _document(
    number: str, symbol: str, sender: str, subject: str, unit: str, due: dict[str, Any], url: str
) -> list[dict[str, Any]]:
    day = dates.short_day(clock.today())
    return [
        {"kind": "number", "text": number, "url": url},
        {"kind": "date", "text": day, "label": "Ngày đến"},
        {"kind": "symbol", "text": symbol, "sub": sender},
        {"kind": "title", "text": subject, "url": url, "title": subject},
        {"kind": "unit", "text": unit},
        {"kind": "due", "due": due, "url": due.get("url", "")},
    ]


def documents(here: str, *, picks: bool = False, why: str = "") -> list[dict[str, Any]]:
    """Rows of incoming documents: an ordinary one, a long one, a secret one.

    Args:
        here: where their links lead, for there is no such entry.
        why: the address of an explanation, for the first row.
    """
    today = clock.today()
    first = _chip("open", "còn 6 ngày làm việc", today + timedelta(days=8))
    rows: list[list[dict[str, Any]]] = [
        _document("1.214", "313/KH-UBND", "Ủy ban nhân dân huyện Đông Anh",
                  "Kế hoạch tổng rà soát hành lang bảo vệ đê điều trước mùa mưa bão",
                  UNIT, first | {"url": why}, here),
        _document("1.213", "2145/BTNMT-TTr", "Bộ Tài nguyên và Môi trường", LONG_SUBJECT, LONG_UNIT,
                  _chip("overdue", "quá hạn 2 ngày làm việc", today - timedelta(days=4)), here),
        [
            {"kind": "number", "text": "M37"},
            {"kind": "date", "text": dates.short_day(today), "label": "Ngày đến"},
            {"kind": "symbol", "text": "", "sub": ""},
            {"kind": "lock", "text": "Văn bản mật, không hiện trích yếu."},
            {"kind": "unit", "text": "Văn phòng Ủy ban nhân dân thành phố Hà Nội"},
            {"kind": "due", "due": _chip("none", "không thời hạn")},
        ],
        _document("1.211", "24-CT/TU", "Thành ủy Hà Nội",
                  "Chỉ thị về tăng cường kỷ cương, trách nhiệm trong giải quyết công việc",
                  "Sở Nội vụ", _chip("late", "xong, chậm 2 ngày làm việc", today), here),
    ]  # fmt: skip
    found: list[dict[str, Any]] = []
    for place, cells in enumerate(rows):
        if picks:
            label = f"Chọn số {cells[0]['text']}"
            cells.insert(0, {"kind": "pick", "text": place, "label": label})
        row: dict[str, Any] = {"url": here, "cells": cells}
        if why and place == 0:
            row["why_id"] = "parts-why-place"
        found.append(row)
    return found


def pick_bar(chosen: int) -> dict[str, Any]:
    """The bar at the foot of a list when ``chosen`` rows are ticked."""
    return {
        "said": f"Đã chọn {chosen} văn bản",
        "for_all": [{"label": "Phân công", "icon": "user-check", "url": "", "count": chosen}],
        "for_some": [
            {
                "label": "Đôn đốc",
                "icon": "bell-ringing",
                "url": "",
                "count": max(chosen - 1, 0),
                "why": "số 1.211: đã xong",
            }
        ],
        "left": ["Số M37: văn bản mật, xử lý ở sổ riêng."],
    }


def filters(action: str) -> dict[str, Any]:
    return {
        "action": action,
        "label": "Lọc danh sách mẫu",
        "search": {"name": "q", "value": "vanh dai", "placeholder": "Tìm trong sổ"},
        "unit": {
            "name": "don-vi",
            "value": UNIT,
            "placeholder": "Mọi đơn vị",
            "url": "/chon/don-vi/",
        },
        "selects": [
            {
                "name": "trang-thai",
                "label": "Thời hạn",
                "options": [
                    {"value": "", "label": "Mọi thời hạn", "selected": False},
                    {"value": "late", "label": "Chưa xong, quá hạn", "selected": True},
                ],
            }
        ],
        "days": [
            {"name": "tu", "label": "từ", "value": "01/01/2024"},
            {"name": "den", "label": "đến", "value": "15/6/2024"},
        ],
        "keep": [],
        "words": [
            {"label": "Tìm: vanh dai", "remove_url": action},
            {"label": LONG_UNIT, "remove_url": action},
            {"label": "Chưa xong, quá hạn", "remove_url": action},
        ],
        "clear_url": action,
    }


def views(url: str) -> dict[str, Any]:
    """Saved lists: one open and changed since."""
    opened = {"pk": 0, "name": "Quá hạn của các sở", "url": url, "current": True}
    return {
        "saved": [
            opened,
            {
                "name": f"Văn bản Trung ương gửi {LONG_UNIT[:57]}, đọc mỗi sáng thứ Hai",
                "url": url,
                "current": False,
            },
        ],
        "open": opened,
        "changed": True,
        "query": "trang-thai=late",
        "url": url,
    }


def layout(url: str) -> dict[str, Any]:
    return {
        "url": url,
        "columns": [
            {"key": "title", "label": "Trích yếu", "shown": True, "fixed": True},
            {"key": "symbol", "label": "Số, ký hiệu", "shown": True, "fixed": False},
            {"key": "field", "label": "Lĩnh vực", "shown": False, "fixed": False},
        ],
        "dense": False,
        "query": "",
        "view": "",
    }


def tabs(url: str) -> list[dict[str, Any]]:
    return [
        {"label": "Tất cả", "count": 12345, "url": url, "current": True},
        {"label": "Trung ương", "count": 1250, "url": url},
        {"label": "Sở, ban, ngành, quận, huyện, thị xã", "count": 31208, "url": url},
        {"label": "Tổ chức, cá nhân khác", "count": 0, "url": url},
        {"label": "Chưa phân loại", "url": url},
    ]


def work(url: str, why: str) -> list[dict[str, Any]]:
    """Work of one person across registers, by how it presses."""
    today = clock.today()

    def row(
        title: str, sub: str, register: str, due: dict[str, Any], **more: Any
    ) -> dict[str, Any]:
        return {"title": title, "sub": sub, "register": register, "due": due, "url": url,
                "register_url": url, "pick": "0", **more}  # fmt: skip

    return [
        {
            "title": "Quá hạn",
            "state": "overdue",
            "count": 2,
            "rows": [
                row("Trả lời kiến nghị của cử tri phường Dịch Vọng Hậu về úng ngập",
                    "Chủ trì · trả lời cử tri · Nguyễn Hoàng Phương Thảo", "Kiến nghị cử tri",
                    _chip("overdue", "quá hạn 2 ngày làm việc", today - timedelta(days=4)),
                    why_url=why, here=True),
                row(LONG_SUBJECT, f"Phối hợp · {LONG_UNIT}", "Nhiệm vụ",
                    _chip("overdue", "quá hạn 31 ngày làm việc", date(2024, 5, 3))),
            ],
        },
        {
            "title": "Hôm nay",
            "state": "soon",
            "count": 1,
            "rows": [row("Chuyển đơn đến cơ quan có thẩm quyền", "Chủ trì · chuyển đơn", "Đơn thư",
                         _chip("soon", "hạn 17:00 hôm nay", today))],
        },
        {
            "title": "Vừa xong",
            "state": "open",
            "count": 2,
            "rows": [
                row("Báo cáo tiến độ giải ngân quý II", "Chủ trì · báo cáo", "Nhiệm vụ",
                    _chip("late", "xong, chậm trong ngày", today)),
                row("Giải quyết khiếu nại lần đầu", "Chủ trì", "Vụ việc",
                    _chip("paused", "tạm dừng, thời hạn không tính")),
            ],
        },
    ]  # fmt: skip


# Time ---------------------------------------------------------------------------------------------

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def _days(
    first: date, length: int, today: date, *, stopped: range = range(0)
) -> list[dict[str, Any]]:
    """The squares of ``length`` working days after ``first``; ``stopped``: places not counted."""
    cells: list[dict[str, Any]] = []
    counted, day = 0, first
    while counted < length or not cells:
        place = len(cells)
        rest = day.weekday() >= 5
        off = rest or place in stopped
        if place and not off:
            counted += 1
        label: Any = "bắt đầu" if not place else "tạm dừng" if place in stopped else counted
        cells.append(
            {
                "weekday": WEEKDAYS[day.weekday()],
                "day_number": day.day,
                "label": "nghỉ" if rest else label,
                "off": off,
                "today": day == today,
                "last": bool(place) and not off and counted == length,
            }
        )
        day += timedelta(days=1)
    return cells


def explanations() -> list[tuple[str, dict[str, Any]]]:
    """(name, explanation of a due day): short, weeks, stopped, unknown, none."""
    today = clock.today()
    law = "Luật Khiếu nại 2011, Điều 27"
    start = ("Bắt đầu", "thứ Năm, 13/6/2024; ngày này không tính (Bộ luật Dân sự, Điều 147)")
    return [
        ("short", {
            "title": "Vì sao hạn là thứ Năm, 20/6/2024?",
            "cells": _days(date(2024, 6, 13), 5, today),
            "facts": [("Việc", "trả lời cử tri"), start, ("Thời hạn", "5 ngày làm việc"),
                      ("Không tính", "15/6 (thứ Bảy), 16/6 (Chủ nhật)")],
            "law": "Quy chế làm việc của Ủy ban nhân dân Thành phố, Điều 9",
        }),
        ("weeks", {
            "title": "Vì sao hạn là thứ Năm, 11/7/2024?",
            "cells": _days(date(2024, 6, 13), 20, today),
            "facts": [("Việc", LONG_SUBJECT[:120]), start, ("Thời hạn", "20 ngày làm việc")],
            "law": law,
        }),
        ("paused", {
            "title": "Vì sao hạn là thứ Hai, 24/6/2024?",
            "cells": _days(date(2024, 6, 13), 5, today, stopped=range(4, 6)),
            "facts": [("Việc", "giải quyết hồ sơ"), start,
                      ("Tạm dừng", "từ 17/6 đến 18/6/2024 (chờ bổ sung bản đồ địa chính)"),
                      ("Hạn ban đầu", "20/6/2024")],
            "law": law,
        }),
        ("unknown", {
            "title": "Chưa xác định thời hạn",
            "facts": [("Việc", "xác minh nguồn gốc đất"),
                      ("Cần làm", "Xin hỏi Sở Tư pháp; khi quy định được xác nhận, thời hạn được "
                                  "tính lại.")],
            "law": "Luật Đất đai 2013 · thời hạn là cấu hình, chưa được xác nhận (D-14)",
        }),
        ("none", {"title": "Việc này không có thời hạn", "facts": [("Việc", "lưu hồ sơ")]}),
    ]  # fmt: skip


# Figures ------------------------------------------------------------------------------------------


def tiles_of_figures(url: str) -> list[dict[str, Any]]:
    return [
        {"label": "Văn bản đến", "figure": "12.345", "of": "văn bản", "words": "từ đầu năm",
         "url": url},
        {"label": "Nhiệm vụ xong đúng hạn", "figure": "83,7 %", "of": "144 / 172", "share": 0.837,
         "words": "cùng kỳ 81,2 %", "url": url},
        {"label": "Thu ngân sách (đơn vị công bố)", "figure": "252,1", "of": "nghìn tỷ đồng",
         "share": 0.617, "words": "58,3 % dự toán", "url": url, "typed": True},
        {"label": "Vốn FDI", "figure": "chưa có số liệu", "words": "chờ Cục Thống kê"},
        {"label": "Kiến nghị chưa trả lời", "figure": "0", "of": "kiến nghị", "share": 0,
         "words": "806 / 806 đã trả lời", "url": url},
    ]  # fmt: skip


def figures(url: str) -> list[tuple[str, dict[str, Any]]]:
    """(name, panel): counted with entries that may not be opened, typed, in question, unknown."""
    facts = [
        ("Định nghĩa", "Đơn khiếu nại, tố cáo, kiến nghị, phản ánh tiếp nhận trong kỳ."),
        ("Cách tính", "Đếm mục trong sổ Đơn thư theo ngày tiếp nhận."),
        ("Kỳ số liệu", "01/01/2024 đến hết 15/6/2024"),
        ("So sánh", "tăng 4,1 % so với cùng kỳ 2023 (21.147)"),
        ("Khi phát hành", "31.207; nay đếm được 22.020, chênh 6 do đăng ký muộn"),
        ("Phụ trách", LONG_UNIT),
    ]
    entries = [
        {"number": "31.207", "title": LONG_SUBJECT, "sub": LONG_UNIT, "date": clock.today(),
         "url": url},
        {"number": "M12", "title": "Văn bản mật, không có trích yếu", "sub": "Thanh tra Thành phố",
         "date": clock.today()},
    ]  # fmt: skip
    counted: dict[str, Any] = {
        "label": "Tổng số đơn tiếp nhận", "shown": "31.207", "unit": "đơn",
        "check": _chip("done", "Các loại cộng đúng bằng tổng"),
        "bars": [
            {"label": "Kiến nghị, phản ánh", "shown": "14.803", "share": 1.0},
            {"label": "Khiếu nại", "shown": "5.019", "share": 0.339},
            {"label": "Tố cáo", "shown": "2.192", "share": 0.148},
        ],
        "facts": facts, "entries": entries, "hidden_count": 1107,
        "all_url": url, "all_label": "Xem đủ 31.207 đơn",
        "actions": [{"label": "Yêu cầu giải trình", "url": url}],
    }  # fmt: skip
    typed: dict[str, Any] = {
        "label": "Thu ngân sách nhà nước trên địa bàn", "shown": "252,1", "unit": "nghìn tỷ đồng",
        "facts": [("Nguồn", "Cục Thuế thành phố Hà Nội, báo cáo số 118/BC-CT, dòng 4"), facts[2],
                  ("So sánh", "tăng 11,8 % so với cùng kỳ")],
    }  # fmt: skip
    questioned: dict[str, Any] = {
        "label": "Vụ việc thuộc thẩm quyền", "shown": "1.204", "unit": "vụ việc",
        "check": _chip("overdue", "Các loại cộng lại là 1.211, khác tổng"),
        "bars": [{"label": "Khiếu nại", "shown": "1.002", "share": 1.0},
                 {"label": "Tố cáo", "shown": "209", "share": 0.209}],
        "facts": [facts[1], facts[2]],
    }  # fmt: skip
    unknown: dict[str, Any] = {
        "label": "Vốn đầu tư trực tiếp nước ngoài", "shown": "chưa có số liệu", "unit": "",
        "facts": [("Chờ", "Cục Thống kê công bố số 6 tháng, hạn 29/6/2024")],
    }  # fmt: skip
    found = [
        ("counted", counted),
        ("typed", typed),
        ("questioned", questioned),
        ("unknown", unknown),
    ]
    return [
        (name, figure | {"id": f"figure-{name}"})  # several on one page
        for name, figure in found
    ]


# An entry -----------------------------------------------------------------------------------------


def facts() -> list[tuple[str, str]]:
    return [
        ("Ngày đến", "thứ Hai, 17/6/2024"),
        ("Số, ký hiệu", "313/KH-UBND"),
        ("Nơi gửi, ban hành", "Ủy ban nhân dân huyện Đông Anh"),
        ("Đơn vị", LONG_UNIT),
        ("Đơn vị phối hợp", f"{UNIT}; Sở Nông nghiệp và Phát triển nông thôn; Công an Thành phố"),
    ]


def events() -> list[dict[str, Any]]:
    at = datetime(2024, 6, 17, 8, 32, tzinfo=clock.ZONE)
    return [
        {"at": at, "icon": "pencil", "who": PERSON, "sentence": "đính chính.",
         "detail": "Lý do: gõ nhầm năm · Ngày văn bản: 12/6/2023 → 12/6/2024"},
        {"at": at - timedelta(days=3), "icon": "paperclip", "who": "Trần Văn Bình (làm thay "
         f"{PERSON})", "sentence": "đính kèm một tệp.", "detail": "ke-hoach-313.pdf"},
        {"at": date(2024, 6, 13), "icon": "inbox", "who": "", "sentence": "Văn bản đến qua trục "
         "liên thông.", "detail": ""},
    ]  # fmt: skip


def related(url: str) -> list[dict[str, Any]]:
    return [
        {
            "label": "Nhiệm vụ được giao từ văn bản này",
            "rows": [
                {"number": "172", "url": url, "title": LONG_SUBJECT, "kind": "Trong chương trình"},
                {"number": "173", "url": url, "title": "Báo cáo kết quả trước 30/6",
                 "kind": "Đột xuất"},
            ],
            "more": True,
            "list_url": url,
        },
        {"label": "Văn bản trả lời", "rows": [], "more": False, "list_url": url},
    ]  # fmt: skip


def preview(url: str, picture: str) -> dict[str, Any]:
    return {
        "name": "ke-hoach-313-ra-soat-hanh-lang-bao-ve-de-dieu-truoc-mua-mua-bao.pdf",
        "page": 2,
        "pages": 5,
        "picture": picture,
        "download": url,
        "before": url,
        "after": url,
        "others": [
            {"name": "ke-hoach-313.pdf", "url": url, "current": True},
            {"name": "phu-luc-so-do.png", "url": url, "current": False},
        ],
    }


# Long work ----------------------------------------------------------------------------------------


def errands(url: str, back: str) -> list[tuple[str, dict[str, Any]]]:
    """(name, errand): waiting, running without and with a total, done, failed with faults."""
    at = datetime(2024, 6, 17, 8, 38, tzinfo=clock.ZONE)
    plain: dict[str, Any] = {"url": url, "running": False, "progress": "", "share": None, "said": "", "failure": "",
             "faults": [], "file_url": "", "file_name": "", "asked_at": at, "ended_at": None,
             "back": back}  # fmt: skip
    faults = [
        (14, "Ngày đến", "Không đọc được ngày “31/2/2024”; xin ghi như 15/6/2024."),
        (208, "Đơn vị", f"Không có đơn vị “{LONG_UNIT} (cũ)”; xin chọn trong danh sách."),
    ]
    found = [
        ("waiting", {"chip": _chip("none", "chờ chạy"), "running": True}),
        ("running", {"chip": _chip("open", "đang chạy"), "running": True,
                     "progress": "đã xem 1.200 dòng"}),
        ("counting", {"chip": _chip("open", "đang chạy"), "running": True, "share": 0.42,
                      "progress": "19.088 trong 12.345"}),
        ("done", {"chip": _chip("done", "đã xong"), "said": "Đã dựng tệp 12.345 dòng.",
                  "file_url": back, "file_name": "van-ban-den-2024.xlsx",
                  "ended_at": at + timedelta(minutes=2)}),
        ("failed", {"chip": _chip("overdue", "không xong"), "faults": faults,
                    "failure": "Tệp có 2 chỗ cần sửa; chưa dòng nào được ghi.",
                    "ended_at": at + timedelta(minutes=1)}),
    ]  # fmt: skip
    return [(name, plain | one | {"id": f"errand-{name}"}) for name, one in found]


# Boards -------------------------------------------------------------------------------------------


def overdue(url: str) -> dict[str, Any]:
    """Rows of the board of overdue work; the first one is opened."""

    def row(
        name: str, unfinished: int, ages: list[int], days: int, since: str, **more: Any
    ) -> dict[str, Any]:
        late = sum(ages)
        share = f"{100 * late / unfinished:.1f} %".replace(".", ",")
        words = f"{ages[0]} đến 5 ngày, {ages[1]} đến 15 ngày, {ages[2]} trên 15 ngày làm việc"
        return {"id": f"parts-unit-{unfinished}", "name": name, "open": unfinished, "late": late,
                "share": share, "ages": ages, "ages_words": words, "days": days, "since": since,
                "url": url, "opened": False, **more}  # fmt: skip

    rows = [
        row("Sở Tài nguyên và Môi trường", 214, [12, 9, 7], 44, "15/4/2024", opened=True),
        row(LONG_UNIT, 96, [3, 0, 21], 31, "03/5/2024"),
        row("Ủy ban nhân dân quận Hoàn Kiếm", 58, [0, 0, 0], 0, ""),
    ]
    owed = [
        {"title": one["title"], "register": one["register"], "register_url": url, "url": url,
         "sub": one["sub"], "due": one["due"], "pick": "0"}
        for one in work(url, url)[0]["rows"]
    ]  # fmt: skip
    return {
        "rows": rows,
        "foot": row("Toàn Thành phố", 368, [15, 9, 28], 44, "15/4/2024", id="parts-unit-all"),
        "top": 28,
        "work": {"unit": UNIT, "rows": owed, "first_url": "", "later_url": url},
    }


def map_tiles(url: str) -> list[dict[str, Any]]:
    """Tiles of the map: each step, no number, nothing to open."""
    found = []
    for place in range(8):
        known = place != 6
        shown = str(12 * place) if known else "chưa có"
        name = f"Quận mẫu {place + 1}"
        found.append(
            {
                "x": (place % 4) * (tiles.WIDTH + tiles.GAP),
                "y": (place // 4) * (tiles.HEIGHT + tiles.GAP),
                "middle": (place % 4) * (tiles.WIDTH + tiles.GAP) + tiles.WIDTH // 2,
                "name_y": (place // 4) * (tiles.HEIGHT + tiles.GAP) + 24,
                "figure_y": (place // 4) * (tiles.HEIGHT + tiles.GAP) + 46,
                "width": tiles.WIDTH,
                "height": tiles.HEIGHT,
                "name": name,
                "shown": shown,
                "css": f"step-{min(place, 5)}" if known else "step-none",
                "url": url if known and place else "",
                "spoken": f"{name}: {shown} việc quá hạn" if known else f"{name}: chưa có số liệu",
            }
        )
    return found
