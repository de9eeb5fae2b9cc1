"""What every expansion stands on: totals, units, days, names and subjects."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.obligations.bulk import BulkEntry, Deadlines
from dieuhanh.kernel.workdays.calendar import Calendar
from dieuhanh.kernel.workdays.queries import calendar

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MATTERS = (
    "giải phóng mặt bằng dự án đường Vành đai 4 - Vùng Thủ đô",
    "tiến độ giải ngân vốn đầu tư công",
    "cấp nước sạch khu vực nông thôn",
    "cải tạo, xây dựng lại nhà chung cư cũ",
    "phòng cháy, chữa cháy nhà trọ, chung cư nhiều tầng",
    "xử lý nước thải lưu vực sông Nhuệ - Đáy",
    "sắp xếp đơn vị hành chính cấp xã",
    "quản lý trật tự xây dựng",
    "giao đất dịch vụ cho hộ dân",
    "chuyển đổi số và dịch vụ công trực tuyến",
    "tuyển sinh đầu cấp năm học mới",
    "an toàn thực phẩm dịp lễ",
    "vận tải hành khách công cộng",
    "tiêm chủng mở rộng cho trẻ em",
    "hỗ trợ xây, sửa nhà cho hộ chính sách",
    "đấu giá quyền sử dụng đất",
)


@dataclass
class Setting:
    """What the expansion stands on: totals, units and how much to multiply them by (bench)."""

    totals: dict[str, Any]
    scale: int
    names: list[str]
    departments: list[Unit]
    districts: list[Unit]
    office: Unit
    reception: Unit
    deadlines: Deadlines

    def count(self, *path: str, key: str = "count") -> int:
        node: Any = self.totals
        for step in path:
            node = node[step]
        return int(node[key]) * self.scale

    @property
    def start(self) -> date:
        return self.totals["start"]  # type: ignore[no-any-return]

    @property
    def end(self) -> date:
        return self.totals["end"]  # type: ignore[no-any-return]

    def person(self, rng: random.Random) -> str:
        return f"{rng.choice(SURNAMES)} {rng.choice(self.names)}"


def read_setting(folder: Path, totals: dict[str, Any], scale: int) -> Setting:
    names = []
    for gender in ("female", "male"):
        path = folder.parent / "reference" / f"given-names-{gender}.txt"
        names += path.read_text(encoding="utf-8").split("\n")
    units = list(Unit.objects.exclude(kind="commune").order_by("code"))
    by_code = {unit.code: unit for unit in units}
    return Setting(
        totals=totals,
        scale=scale,
        names=[name for name in names if name],
        departments=[unit for unit in units if unit.kind == "department"],
        districts=[unit for unit in units if unit.kind == "district"],
        office=by_code["VPUB"],
        reception=by_code["BTCD"],
        deadlines=Deadlines(),
    )


@cache
def workdays() -> Calendar:
    """The calendar while made-up entries are written: read once."""
    return calendar()


def working_days(start: date, end: date) -> list[date]:
    days = (start + timedelta(n) for n in range((end - start).days + 1))
    return [one for one in days if workdays().is_working(one)]


def spread(rng: random.Random, count: int, days: list[date]) -> list[date]:
    return sorted(rng.choices(days, k=count))


def in_time(rng: random.Random, day: date, due: date, latest: date) -> date:
    """A working day on which something was done: within its time and known by ``latest``."""
    last = min(due, latest)
    done = day + timedelta(rng.randint(0, max(0, (last - day).days)))
    while done > day and not workdays().is_working(done):
        done -= timedelta(1)
    return max(done, day)


def mixed(
    rng: random.Random, plan: list[tuple[int, Callable[[date], BulkEntry]]], days: list[date]
) -> Iterator[BulkEntry]:
    """Entries of several kinds, shuffled together and in order of day, so numbers run with time."""
    makers = [maker for count, maker in plan for _ in range(count)]
    rng.shuffle(makers)
    for day, maker in zip(spread(rng, len(makers), days), makers, strict=True):
        yield maker(day)


def last_year(setting: Setting) -> list[date]:
    start, end = setting.start, setting.end
    return working_days(start.replace(year=start.year - 1), end.replace(year=end.year - 1))
