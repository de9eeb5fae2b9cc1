"""Decisions on administrative procedures, and the procedures in them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dieuhanh.faces.loading.expansions.setting import Setting, mixed, working_days
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: Code of the department that draws it up, field of work, ministry, what is granted there.
FIELDS = (
    ("STNMT", "đất đai", "BTNMT", (
        "giấy chứng nhận quyền sử dụng đất cho tổ chức", "giấy phép hoạt động đo đạc và bản đồ",
        "giấy chứng nhận quyền sử dụng đất cho hộ gia đình, cá nhân",
        "chứng chỉ định giá đất", "chứng chỉ hành nghề đo đạc và bản đồ",
    )),
    ("STNMT", "môi trường", "BTNMT", (
        "giấy phép môi trường", "giấy phép hành nghề khoan nước dưới đất",
        "giấy phép khai thác nước dưới đất", "giấy phép xả nước thải",
    )),
    ("SXD", "hoạt động xây dựng", "BXD", (
        "giấy phép xây dựng nhà ở", "chứng chỉ hành nghề hoạt động xây dựng",
        "chứng chỉ năng lực hoạt động xây dựng", "giấy phép xây dựng công trình",
    )),
    ("SGTVT", "đường bộ", "BGTVT", (
        "giấy phép kinh doanh vận tải bằng xe ô tô", "phù hiệu xe ô tô kinh doanh vận tải",
        "giấy phép lái xe", "giấy phép thi công trên đường bộ đang khai thác",
    )),
    ("SYT", "khám bệnh, chữa bệnh", "BYT", (
        "giấy phép hành nghề khám bệnh, chữa bệnh", "giấy phép hoạt động cơ sở khám bệnh",
        "chứng chỉ hành nghề dược", "giấy chứng nhận đủ điều kiện kinh doanh dược",
    )),
    ("SGDDT", "giáo dục và đào tạo", "BGDĐT", (
        "giấy phép hoạt động giáo dục của trường trung học phổ thông",
        "giấy phép hoạt động của trung tâm ngoại ngữ, tin học", "bằng công nhận trường chuẩn quốc gia",
        "giấy phép dạy thêm, học thêm", "giấy chứng nhận đăng ký dịch vụ tư vấn du học",
    )),
    ("SLDTBXH", "việc làm", "BLĐTBXH", (
        "giấy phép hoạt động dịch vụ việc làm", "giấy phép lao động cho người nước ngoài",
        "giấy phép cho thuê lại lao động", "giấy chứng nhận huấn luyện an toàn lao động",
    )),
    ("STP", "bổ trợ tư pháp", "BTP", (
        "thẻ công chứng viên", "giấy đăng ký hoạt động văn phòng công chứng",
        "giấy đăng ký hoạt động tổ chức hành nghề luật sư", "thẻ đấu giá viên",
    )),
    ("SCT", "lưu thông hàng hóa trong nước", "BCT", (
        "giấy chứng nhận đủ điều kiện bán lẻ xăng dầu", "giấy phép bán buôn rượu",
        "giấy phép bán lẻ thuốc lá", "giấy xác nhận đăng ký bán hàng đa cấp",
    )),
)  # fmt: skip
DONE_TO = ("Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Thu hồi")
PUBLICATION, PROCESS = "publication", "internal_process"


def _after(day: date) -> list[date]:
    """The ten working days from ``day`` on."""
    return working_days(day, day + timedelta(21))[:10]


def _symbol(rng: random.Random, day: date) -> str:
    """A number that grows with the year."""
    return f"{day.timetuple().tm_yday * 17 + rng.randint(0, 16)}/QĐ-UBND"


def decisions(setting: Setting) -> Iterator[BulkEntry]:
    """Decisions. Publications are public at all places, processes are set up, by the cut-off."""
    rng = random.Random("procedures.decisions")
    by_code = {unit.code: unit for unit in setting.departments}
    days = [
        day for day in working_days(setting.start, setting.end) if _after(day)[-1] <= setting.end
    ]

    def publication(day: date) -> BulkEntry:
        code, field, ministry, _granted = rng.choice(FIELDS)
        unit, after = by_code[code], _after(day)
        places = (after[rng.randint(1, 3)], after[rng.randint(0, 2)], after[rng.randint(1, 5)])
        symbol = _symbol(rng, day)
        followed = f"{rng.randint(100, 999)}/QĐ-{ministry}"
        return BulkEntry(
            kind=PUBLICATION,
            title=(
                f"Công bố danh mục thủ tục hành chính lĩnh vực {field} thuộc thẩm quyền giải quyết "
                f"của {unit.name} theo phương án ủy quyền"
            ),
            unit_id=unit.pk,
            opened_on=day,
            closed_on=max(places),
            outcome="Đã công khai trên hai cổng và niêm yết",
            duty="Công khai thủ tục hành chính ở đủ ba nơi",
            found_by=f"{symbol} {followed}",
            row=(PUBLICATION, symbol, followed, field.capitalize(), day, *places),
        )

    def process(day: date) -> BulkEntry:
        code, field, _ministry, _granted = rng.choice(FIELDS)
        unit, symbol = by_code[code], _symbol(rng, day)
        return BulkEntry(
            kind=PROCESS,
            title=(
                "Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính lĩnh vực "
                f"{field} của {unit.name}"
            ),
            unit_id=unit.pk,
            opened_on=day,
            closed_on=_after(day)[rng.randint(2, 9)],
            outcome="Đã thiết lập quy trình điện tử",
            duty="Thiết lập quy trình trên hệ thống một cửa điện tử",
            found_by=symbol,
            row=(PROCESS, symbol, "", field.capitalize(), day, None, None, None),
        )

    totals = ("procedures", "decisions")
    plan: list[tuple[int, Callable[[date], BulkEntry]]] = [
        (setting.count(*totals, PUBLICATION), publication),
        (setting.count(*totals, PROCESS), process),
    ]
    return mixed(rng, plan, days)


def changes(setting: Setting) -> Iterator[BulkEntry]:
    """The procedures of the publications, which are written already; each has at least one.

    The list holds the new and the amended ones, and as many unchanged ones as it is longer.
    """
    rng = random.Random("procedures.changes")
    totals = ("procedures", "changes")
    counts = {name: setting.count(*totals, name) for name in ("new", "amended", "abolished")}
    counts["listed"] = setting.count(*totals, "list") - counts["new"] - counts["amended"]
    effects = [effect for effect, count in counts.items() for _ in range(count)]
    rng.shuffle(effects)
    rows = registry.get("procedures.decisions").rows()
    written = list(
        rows.filter(type=PUBLICATION, entry__synthetic=True).order_by("entry__opened_on", "pk")
    )
    spread = [
        *range(len(written)),
        *rng.choices(range(len(written)), k=len(effects) - len(written)),
    ]
    codes = rng.sample(range(1000, 13000), len(effects))
    granted = {field.capitalize(): names for _code, field, _ministry, names in FIELDS}
    names: dict[str, list[str]] = {}
    for position, effect, code in zip(sorted(spread), effects, codes, strict=True):
        decision = written[position]
        field = decision.field_of_work
        if not names.get(field):
            names[field] = [f"{done} {thing}" for thing in granted[field] for done in DONE_TO]
            rng.shuffle(names[field])
        number = f"{rng.choice((1, 2, 3))}.{code:06d}"
        yield BulkEntry(
            kind=effect,
            title=names[field].pop(),
            unit_id=decision.entry.unit_id,
            opened_on=decision.entry.opened_on,
            found_by=f"{number} {decision.symbol}",
            row=(decision.pk, number, effect, effect != "abolished"),
        )
