"""Tasks, the two programmes of the year and what was submitted.

The programmes are of one day each; deadlines and what was done follow from the totals.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dieuhanh.faces.loading.expansions.setting import (
    MATTERS,
    Setting,
    in_time,
    mixed,
    spread,
    working_days,
)
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.obligations.bulk import BulkEntry
from dieuhanh.registers.assignments.models import ProgrammeReview

ORDERS = (
    "Báo cáo kết quả thực hiện",
    "Chỉ đạo giải quyết dứt điểm vướng mắc về",
    "Rà soát, đề xuất giải pháp về",
    "Tham mưu văn bản chỉ đạo về",
    "Kiểm tra, xử lý kiến nghị về",
)
PROCESSES = (
    "Báo cáo tiến độ hằng tháng; dự thảo lấy ý kiến các đơn vị phối hợp trước khi trình",
    "Trình dự thảo trước thời hạn 5 ngày làm việc; số liệu đến cuối tháng trước",
    "Làm việc với quận, huyện liên quan, thống nhất phương án rồi trình",
)
AUTHORITIES = (
    "Đơn vị chủ trì quyết định trong phạm vi được phân cấp; vượt thẩm quyền thì trình UBND",
    "Người đứng đầu đơn vị chủ trì chịu trách nhiệm trước Chủ tịch UBND Thành phố",
)
CHECKS = (
    "Đã đôn đốc; đơn vị báo cáo bảo đảm tiến độ",
    "Đã kiểm tra hồ sơ; đề nghị bổ sung số liệu của quận, huyện",
    "Đã nhắc nhở về tiến độ; đơn vị cam kết hoàn thành đúng hạn",
)
PRODUCTS = ("Báo cáo", "Tờ trình kèm dự thảo văn bản", "Kế hoạch", "Văn bản chỉ đạo")
FOCUS_AREAS = (
    "Hoàn thiện thể chế, quy hoạch làm cơ sở phát triển Thủ đô",
    "Thúc đẩy tăng trưởng, giải ngân vốn đầu tư công",
    "Phát triển hạ tầng đồng bộ, đô thị thông minh",
    "Phát triển văn hóa, giáo dục, y tế và bảo đảm an sinh xã hội",
    "Cải cách hành chính, chuyển đổi số, siết chặt kỷ cương",
)
MAJOR_TASKS = (
    "Lập Quy hoạch Thủ đô Hà Nội thời kỳ 2021-2030, tầm nhìn đến năm 2050",
    "Điều chỉnh Quy hoạch chung Thủ đô đến năm 2045, tầm nhìn đến năm 2065",
    "Xây dựng Luật Thủ đô (sửa đổi)",
)
GROUPS = ("Nâng cao hiệu quả", "Đẩy nhanh tiến độ", "Tăng cường quản lý", "Hoàn thiện cơ chế về")
WORKS = ("Ban hành kế hoạch về", "Hoàn thành đề án về", "Tổ chức thực hiện", "Tổng kết công tác")
ITEMS = {
    "report": "Báo cáo chuyên đề về",
    "scheme": "Đề án về",
    "submission": "Tờ trình HĐND Thành phố về",
    "normative_draft": "Dự thảo quyết định quy định về",
    "other": "Nội dung thuộc thẩm quyền UBND Thành phố về",
}
REVIEWS = (
    "Đang lấy ý kiến các sở, ngành",
    "Dự thảo đang thẩm định",
    "Chậm ý kiến phối hợp; đã đôn đốc",
    "Bảo đảm tiến độ",
)
ITEM_WEIGHTS = (30, 20, 22, 20, 8)


def _helpers(rng: random.Random, units: list[Unit], lead: Unit) -> tuple[int, ...]:
    """Co-operating units of three entries in five."""
    if rng.randint(1, 5) > 3:
        return ()
    others = [unit.pk for unit in units if unit != lead]
    return tuple(sorted(rng.sample(others, rng.randint(1, 3))))


def tasks(setting: Setting) -> Iterator[BulkEntry]:
    """Tasks of the City Party's bodies; those whose deadline has passed are done in time."""
    rng = random.Random("assignments.tasks")
    units = [*setting.departments, *setting.districts]

    def make(day: date) -> BulkEntry:
        lead = rng.choice(units)
        due = day + timedelta(rng.randint(10, 75)) if rng.random() < 0.93 else None
        done = due is not None and due <= setting.end
        head = rng.choice(ORDERS)
        checked = day + timedelta(rng.randint(3, 30)) if rng.random() < 0.7 else None
        if checked and checked > setting.end:
            checked = None
        symbol = f"{rng.randint(20, 990)}-{rng.choice(('TB', 'KL', 'CV'))}/TU"
        issued = day - timedelta(rng.randint(0, 3))
        source_document = f"{symbol} ngày {issued:%d/%m/%Y}"
        return BulkEntry(
            kind="city_party",
            title=f"{head} {rng.choice(MATTERS)}",
            unit_id=lead.pk,
            co_unit_ids=_helpers(rng, units, lead),
            opened_on=day,
            closed_on=in_time(rng, day, due, setting.end) if done and due else None,
            outcome="Đã có văn bản báo cáo Thành ủy" if done else "",
            duty="Thực hiện nhiệm vụ được giao",
            due_on=due,
            found_by=f"{source_document} Người đứng đầu {lead.name}",
            row=(
                "city_party", source_document, due, f"Người đứng đầu {lead.name}",
                rng.choice(PROCESSES) if rng.random() < 0.9 else "",
                rng.choice(AUTHORITIES) if rng.random() < 0.85 else "",
                rng.choice(PRODUCTS), checked, rng.choice(CHECKS) if checked else "",
            ),
        )  # fmt: skip

    count = setting.count("assignments", "tasks", "city_party")
    return mixed(rng, [(count, make)], working_days(setting.start, setting.end))


def action_programme(setting: Setting) -> Iterator[BulkEntry]:
    """The programme's levels; the reports do not say which group stands under which area."""
    rng = random.Random("assignments.action_programme")
    units = [*setting.departments, *setting.districts]
    totals = ("assignments", "action_programme")
    day: date = setting.totals["assignments"]["action_programme"]["issued_on"]

    def make(level: str, title: str, due: date | None = None, day: date = day) -> BulkEntry:
        lead = setting.office if level == "focus_area" else rng.choice(units)
        done = due is not None and due <= setting.end
        return BulkEntry(
            kind=level,
            title=title,
            unit_id=lead.pk,
            co_unit_ids=_helpers(rng, units, lead),
            opened_on=day,
            closed_on=in_time(rng, day, due, setting.end) if done and due else None,
            outcome="Đã ban hành văn bản, báo cáo kết quả" if done else "",
            duty="Hoàn thành nhiệm vụ của Chương trình" if due else "",
            due_on=due,
            row=(level, None, due),
        )

    term = setting.totals["assignments"]["action_programme"]["party_programme"]["issued_on"]
    for number in range(setting.count(*totals, "party_programme")):
        yield make("party_programme", f"Chương trình công tác lớn số {number + 1:02d} của Thành ủy",
                   day=term)  # fmt: skip
    for number in range(setting.count(*totals, "focus_area")):
        yield make("focus_area", FOCUS_AREAS[number % len(FOCUS_AREAS)])
    for number in range(setting.count(*totals, "major_task")):
        yield make("major_task", MAJOR_TASKS[number % len(MAJOR_TASKS)])
    for _ in range(setting.count(*totals, "task_group")):
        yield make("task_group", f"{rng.choice(GROUPS)} {rng.choice(MATTERS)}")
    for _ in range(setting.count(*totals, "specific_task")):
        month = rng.randint(day.month, 12)
        due = date(day.year, month, monthrange(day.year, month)[1])
        yield make("specific_task", f"{rng.choice(WORKS)} {rng.choice(MATTERS)}", due)


def work_programme(setting: Setting) -> Iterator[BulkEntry]:
    """Items due by the cut-off, most of them done in time, the rest overdue; later ones open."""
    rng = random.Random("assignments.work_programme")
    units = [*setting.departments, *setting.districts]
    totals = ("assignments", "work_programme")
    day: date = setting.totals["assignments"]["work_programme"]["issued_on"]
    ends = {month: date(day.year, month, monthrange(day.year, month)[1]) for month in range(1, 13)}
    passed = [month for month, end in ends.items() if day <= end <= setting.end]
    coming = [month for month, end in ends.items() if end > setting.end]

    def reviews(until: date) -> Iterator[tuple[type[ProgrammeReview], dict[str, object]]]:
        """At the end of each month that the item was open, of two items in five."""
        if rng.random() < 0.4:
            for end in ends.values():
                if day <= end <= until:
                    note = rng.choice(REVIEWS)
                    yield ProgrammeReview, {"reviewed_on": end, "note": note}

    def make(month: int, *, done: bool) -> BulkEntry:
        lead = rng.choice(units)
        product_type = rng.choices(list(ITEMS), ITEM_WEIGHTS)[0]
        due = ends[month]
        closed_on = in_time(rng, day, due, setting.end) if done else None
        return BulkEntry(
            kind=product_type,
            title=f"{ITEMS[product_type]} {rng.choice(MATTERS)}",
            unit_id=lead.pk,
            co_unit_ids=_helpers(rng, units, lead),
            opened_on=day,
            closed_on=closed_on,
            outcome="Đã trình, ban hành" if done else "",
            duty="Hoàn thành nội dung Chương trình công tác",
            due_on=due,
            row=(product_type, day.year, (month - 1) // 3 + 1, month, None, None),
            parts=tuple(reviews(closed_on or setting.end)),
        )

    due = setting.count(*totals, "due")
    done = setting.count(*totals, "due", key="completed")
    plan = [(rng.choice(passed), number < done) for number in range(due)]
    plan += [(rng.choice(coming), False) for _ in range(setting.count(*totals, "total") - due)]
    rng.shuffle(plan)
    for month, is_done in plan:
        yield make(month, done=is_done)


def submissions(setting: Setting) -> Iterator[BulkEntry]:
    """What was submitted; results are made up, no figure counts them."""
    rng = random.Random("assignments.submissions")
    sessions = {
        "party_executive_committee": "Hội nghị Ban Chấp hành Đảng bộ Thành phố",
        "city_party": "Hội nghị Ban Thường vụ Thành ủy",
        "people_council": "Kỳ họp HĐND Thành phố",
    }
    heads = {
        "party_executive_committee": ("Nội dung lớn về",),
        "city_party": ("Báo cáo về", "Đề án về", "Dự án về", "Chủ trương về"),
        "people_council": ("Dự thảo Nghị quyết về", "Báo cáo trình kỳ họp về"),
    }

    def maker(body: str) -> Callable[[date], BulkEntry]:
        def make(day: date) -> BulkEntry:
            lead = rng.choice(setting.departments)
            settled = day + timedelta(rng.randint(3, 20))
            known = settled <= setting.end
            result, told = rng.choice(
                (("approved", "Thông qua"), ("noted", "Ghi nhận, cho ý kiến"))
            )
            return BulkEntry(
                kind=body,
                title=f"{rng.choice(heads[body])} {rng.choice(MATTERS)}",
                unit_id=lead.pk,
                co_unit_ids=_helpers(rng, setting.departments, lead),
                opened_on=day,
                closed_on=settled if known else None,
                outcome=told if known else "",
                found_by=sessions[body],
                row=(body, sessions[body], result if known else ""),
            )

        return make

    made = [
        maker(body)(day)
        for body in sessions
        for day in spread(
            rng,
            setting.count("assignments", "submissions", body),
            working_days(setting.start, setting.end),
        )
    ]
    return iter(sorted(made, key=lambda one: one.opened_on))
