"""Inspections of public duty."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dieuhanh.faces.loading.expansions.setting import (
    Setting,
    in_time,
    mixed,
    workdays,
    working_days,
)
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: field → what was looked into
MATTERS = {
    "discipline": (
        "chấp hành thời giờ làm việc", "đeo thẻ, văn hóa ứng xử nơi công sở",
        "chấp hành Quy chế làm việc",
    ),
    "procedures": (
        "tiếp nhận, giải quyết thủ tục hành chính tại bộ phận một cửa",
        "niêm yết, công khai thủ tục hành chính", "xin lỗi khi trả kết quả chậm",
    ),
    "tasks": (
        "thực hiện nhiệm vụ Thành phố giao", "xử lý văn bản đến đúng thời hạn",
        "thực hiện Chương trình công tác",
    ),
    "citizens": ("tiếp công dân, xử lý đơn", "giải quyết khiếu nại, tố cáo"),
    "other": ("thực hiện kết luận kiểm tra trước", "quản lý, sử dụng tài sản công"),
}  # fmt: skip
FAULTS = (
    "Một số công chức vắng mặt không có lý do tại thời điểm kiểm tra",
    "Còn hồ sơ trả kết quả chậm chưa có văn bản xin lỗi",
    "Niêm yết thủ tục hành chính chưa đầy đủ, chưa cập nhật",
    "Sổ theo dõi chưa ghi đủ, chưa cập nhật lên phần mềm",
    "Một số nhiệm vụ giao chậm tiến độ, chưa báo cáo lý do",
)
REMEDIES = (
    "Chấn chỉnh, kiểm điểm trách nhiệm và báo cáo kết quả",
    "Rà soát, bổ sung, niêm yết đầy đủ",
    "Giải quyết dứt điểm hồ sơ tồn đọng, công khai xin lỗi",
)
PLAN = "313/KH-UBND"


def _working(day: date) -> date:
    while not workdays().is_working(day):
        day += timedelta(1)
    return day


def inspections(setting: Setting) -> Iterator[BulkEntry]:
    """Inspections; those of the last days have no findings yet, open remedies are in time."""
    rng = random.Random("inspections")
    units = [*setting.departments, *setting.districts]

    def maker(mode: str) -> Callable[[date], BulkEntry]:
        def make(day: date) -> BulkEntry:
            field = rng.choices(tuple(MATTERS), (40, 30, 15, 10, 5))[0]
            unit = rng.choice(units)
            by_city = mode == "planned" or rng.randrange(10) < 2
            team = "Đoàn kiểm tra công vụ Thành phố"
            team = team if by_city else f"Đoàn kiểm tra công vụ của {unit.name}"
            plan = PLAN if by_city else ""
            concluded: date | None = _working(day + timedelta(rng.randint(0, 6)))
            findings = remedy = outcome = ""
            due = closed = None
            if concluded is None or concluded > setting.end:
                concluded = None
            elif rng.randrange(10) < 6:
                findings, remedy = rng.choice(FAULTS), rng.choice(REMEDIES)
                due = _working(concluded + timedelta(rng.randint(15, 30)))
                if due <= setting.end or rng.randrange(10) < 3:
                    closed = in_time(rng, concluded, due, setting.end)
                    outcome = "Đã khắc phục, có báo cáo"
            else:
                findings = "Đơn vị chấp hành đúng quy định"
                closed, outcome = concluded, "Không có tồn tại phải khắc phục"
            return BulkEntry(
                kind=mode,
                title=f"Kiểm tra việc {rng.choice(MATTERS[field])}",
                unit_id=unit.pk,
                opened_on=day,
                closed_on=closed,
                outcome=outcome,
                duty="Khắc phục tồn tại qua kiểm tra công vụ" if remedy else "",
                due_on=due,
                found_by=f"{plan} {team}",
                row=(mode, team, plan, field, None, concluded, findings, remedy, due),
            )

        return make

    total = setting.count("inspections", "total")
    unannounced = setting.count("inspections", "unannounced")
    plan = [(unannounced, maker("unannounced")), (total - unannounced, maker("planned"))]
    return mixed(rng, plan, working_days(setting.start, setting.end))
