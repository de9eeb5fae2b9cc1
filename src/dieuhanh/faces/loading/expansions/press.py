"""Press conferences, and press reports with their direction."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from dieuhanh.faces.loading.expansions.setting import Setting, in_time, spread, working_days
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: field → mark in the symbol of the directing document, departments, what was reported
MATTERS = {
    "economy": ("KTTH", ("SCT", "STC", "KHDT"), (
        "tiểu thương gặp khó khi cải tạo chợ dân sinh", "giá thuê mặt bằng ở chợ tăng cao",
        "cụm công nghiệp chậm triển khai hạ tầng",
    )),
    "transport": ("ĐT", ("SGTVT", "SXD"), (
        "ùn tắc ở nút giao đang thi công", "vỉa hè lát lại đã bong tróc",
        "xe quá tải chạy vào khu dân cư ban đêm",
    )),
    "natural_resources_environment": ("TNMT", ("STNMT",), (
        "bãi tập kết rác gây ô nhiễm khu dân cư", "đất nông nghiệp bị san lấp trái phép",
        "nước thải làng nghề xả ra kênh tiêu",
    )),
    "culture_society": ("KGVX", ("SVHTT", "SLDTBXH", "SGDDT"), (
        "di tích xuống cấp chờ tu bổ", "các khoản thu đầu năm học",
        "quảng cáo rao vặt trên tường nhà, cột điện",
    )),
    "urgent_civil": ("NC", ("SXD", "SYT"), (
        "khu dân cư thiếu nước sạch nhiều ngày", "chung cư mất an toàn phòng cháy, chữa cháy",
        "nhà trọ nhiều tầng chỉ có một lối thoát nạn",
    )),
}  # fmt: skip
OUTLETS = (
    "Báo điện tử của cơ quan Trung ương", "Báo in của Thành phố", "Đài truyền hình",
    "Báo điện tử chuyên ngành", "Đài phát thanh",
)  # fmt: skip


def conferences(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("press.conferences")
    days = working_days(setting.start, setting.end)
    for day in spread(rng, setting.count("press", "conferences", "periodic"), days):
        yield BulkEntry(
            kind="periodic",
            title=(
                "Họp báo định kỳ thông tin về tình hình kinh tế - xã hội và công tác chỉ đạo, "
                "điều hành của UBND Thành phố"
            ),
            unit_id=setting.office.pk,
            opened_on=day,
            closed_on=day,
            outcome="Đã phát thông cáo báo chí",
            found_by="Phó Chủ tịch UBND Thành phố",
            row=("periodic", "Phó Chủ tịch UBND Thành phố", True),
        )


def matters(setting: Setting) -> Iterator[BulkEntry]:
    """Press matters, each with its directing document; open ones are in time at the cut-off."""
    rng = random.Random("press.matters")
    by_code = {unit.code: unit for unit in setting.departments}
    days = working_days(setting.start, setting.end - timedelta(4))
    count = setting.count("press", "matters", "directed")
    for number, day in enumerate(spread(rng, count, days), 1):
        field = rng.choice(tuple(MATTERS))
        mark, departments, reported = MATTERS[field]
        unit, district = by_code[rng.choice(departments)], rng.choice(setting.districts)
        known = working_days(day, min(day + timedelta(4), setting.end))
        directed = rng.choice(known)
        due = working_days(directed + timedelta(15), directed + timedelta(40))[rng.randrange(10)]
        replied: date | None = None
        closed: date | None = None
        if due <= setting.end or rng.randrange(10) < 4:
            closed = in_time(rng, directed, due, setting.end)
            replied = closed
        outlet, symbol = rng.choice(OUTLETS), f"{200 + number * 37}/VP-{mark}"
        yield BulkEntry(
            kind=field,
            title=f"Phản ánh {rng.choice(reported)} tại {district.name.removeprefix('UBND ')}",
            unit_id=unit.pk,
            co_unit_ids=(district.pk,),
            opened_on=day,
            closed_on=closed,
            outcome="Đã kiểm tra, xử lý, báo cáo UBND Thành phố" if closed else "",
            duty="Giải quyết, trả lời thông tin báo chí phản ánh",
            due_on=due,
            found_by=f"{outlet} {symbol}",
            row=(
                outlet, day - timedelta(rng.randint(0, 3)), field, symbol, directed, due,
                "Công văn trả lời cơ quan báo chí" if replied else "", replied,
            ),
        )  # fmt: skip
