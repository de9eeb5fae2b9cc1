"""Sessions of the collective with their items, meetings of the leaders, meetings attended."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from dieuhanh.faces.loading.expansions.setting import (
    MATTERS,
    Setting,
    in_time,
    mixed,
    spread,
    workdays,
    working_days,
)
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.obligations.bulk import BulkEntry
from dieuhanh.registers.meetings.queries import papers_due

LIMIT = "meeting.conclusion"
#: How many members the made-up committee has; the reports do not say.
MEMBERS = 30
PLACES = ("Trụ sở UBND Thành phố", "Phòng họp trực tuyến UBND Thành phố")
HEADS = (
    "Họp về", "Nghe báo cáo về", "Chỉ đạo tháo gỡ khó khăn, vướng mắc về", "Giao ban về",
    "Rà soát tiến độ thực hiện", "Họp Ban Chỉ đạo về",
)  # fmt: skip
ITEM_HEADS = (
    "Tờ trình về", "Dự thảo Nghị quyết trình HĐND Thành phố về", "Dự thảo Quyết định quy định về",
    "Dự thảo Kế hoạch về", "Đề án",
)  # fmt: skip
#: organiser → body of the symbol of its invitations, and what such a meeting is
INVITING = {
    "government": ("GM-VPCP", ("Phiên họp Chính phủ thường kỳ", "Hội nghị trực tuyến về")),
    "city_party": ("GM/VPTU", ("Họp Ban Thường vụ Thành ủy về", "Hội nghị giao ban về")),
    "people_council": ("GM-HĐND", ("Họp Thường trực HĐND Thành phố về", "Phiên giải trình về")),
}
TITLES = ("Chủ tịch UBND Thành phố", "Phó Chủ tịch UBND Thành phố")


def sessions(setting: Setting) -> Iterator[BulkEntry]:
    """Collective sessions spread evenly, with quorum; leaders' meetings on working days."""
    rng = random.Random("meetings.sessions")
    days = working_days(setting.start, setting.end)
    collective = setting.count("meetings", "sessions", "collective")
    found = [
        _collective(setting, rng, days[(2 * n + 1) * len(days) // (2 * collective)])
        for n in range(collective)
    ]
    found += [
        _chaired(setting, rng, day)
        for day in spread(rng, setting.count("meetings", "sessions", "chaired"), days)
    ]
    return iter(sorted(found, key=lambda one: one.opened_on))


def _collective(setting: Setting, rng: random.Random, day: date) -> BulkEntry:
    due = papers_due(day, urgent=False) or day
    sent = workdays().working_or_previous(due - timedelta(rng.randint(0, 3)))
    return _session(
        setting, rng, day,
        kind="collective",
        title=f"Phiên họp tập thể UBND Thành phố tháng {day.month}",
        row=("collective", "hybrid", "chairman", PLACES[0], MEMBERS,
             rng.randint(MEMBERS - 6, MEMBERS), False, sent, due),
    )  # fmt: skip


def _chaired(setting: Setting, rng: random.Random, day: date) -> BulkEntry:
    mode = rng.choices(("in_person", "hybrid", "online"), (45, 45, 10))[0]
    chair = rng.choices(("chairman", "vice_chairman"), (25, 75))[0]
    return _session(
        setting, rng, day,
        kind="chaired",
        title=f"{rng.choice(HEADS)} {rng.choice(MATTERS)}",
        row=("chaired", mode, chair, PLACES[mode == "online"], None, None, False, None, None),
    )  # fmt: skip


def _session(
    setting: Setting,
    rng: random.Random,
    day: date,
    *,
    kind: str,
    title: str,
    row: tuple[Any, ...],
) -> BulkEntry:
    """A session whose notice of conclusions came in time, or is still within its time."""
    due = setting.deadlines.due_on(LIMIT, day)
    told = in_time(rng, day, due, due)
    closed = told if told <= setting.end else None
    return BulkEntry(
        kind=kind,
        title=title,
        unit_id=setting.office.pk,
        opened_on=day,
        closed_on=closed,
        outcome=f"Thông báo kết luận số {rng.randint(1, 480)}/TB-VP" if closed else "",
        duty="Ban hành thông báo kết luận",
        limit_key=LIMIT,
        co_unit_ids=(rng.choice(setting.departments).pk,),
        row=row,
    )


def items(setting: Setting) -> Iterator[BulkEntry]:
    """Items of the collective sessions, all adopted on the day of their session."""
    rng = random.Random("meetings.items")
    held = list(
        registry.get("meetings.sessions").rows()
        .filter(entry__kind="collective", entry__synthetic=True).order_by("pk")
    )  # fmt: skip
    found = []
    for n in range(setting.count("meetings", "items", "adopted")):
        session = held[n % len(held)]
        on, members = session.entry.opened_on, session.members_present
        submitted = workdays().working_or_previous(
            max(on - timedelta(rng.randint(7, 21)), setting.start + timedelta(1))
        )
        abstained = rng.choices((0, 1, 2), (80, 15, 5))[0]
        result = rng.choices(("adopted", "adopted_with_changes"), (75, 25))[0]
        lead, *others = rng.sample(setting.departments, 3)
        found.append(
            BulkEntry(
                kind=result,
                title=f"{rng.choice(ITEM_HEADS)} {rng.choice(MATTERS)}",
                unit_id=lead.pk,
                opened_on=min(submitted, on),
                closed_on=on,
                outcome="Giao cơ quan chủ trì hoàn thiện, trình ký ban hành",
                co_unit_ids=tuple(unit.pk for unit in others),
                row=(
                    session.pk,
                    result,
                    session.members_total,
                    members - abstained,
                    0,
                    abstained,
                    False,
                ),
            )
        )
    return iter(sorted(found, key=lambda one: one.opened_on))


def attendance(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("meetings.attendance")

    def maker(organiser: str) -> Callable[[date], BulkEntry]:
        code, heads = INVITING[organiser]

        def make(day: date) -> BulkEntry:
            symbol = f"{rng.randint(1, 900):02d}/{code}"
            unit = rng.choice([setting.office, *setting.departments])
            head = rng.choice(heads)
            title = f"{head} {rng.choice(MATTERS)}" if head.endswith("về") else head
            return BulkEntry(
                kind=organiser,
                title=title,
                unit_id=unit.pk,
                opened_on=day,
                closed_on=day,
                outcome="Đã báo cáo Chủ tịch UBND Thành phố kết quả dự họp",
                found_by=symbol,
                row=(organiser, symbol, rng.choice(TITLES)),
            )

        return make

    plan = [(setting.count("meetings", "attendance", key), maker(key)) for key in INVITING]
    return mixed(rng, plan, working_days(setting.start, setting.end))
