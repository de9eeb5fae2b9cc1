"""Visits, letters, cases and what was done to those who were at fault."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date

from dieuhanh.faces.loading.expansions.setting import (
    Setting,
    in_time,
    last_year,
    mixed,
    spread,
    working_days,
)
from dieuhanh.kernel.obligations.bulk import BulkEntry

LETTER_MATTERS = (
    "bồi thường, hỗ trợ khi thu hồi đất",
    "cấp giấy chứng nhận quyền sử dụng đất",
    "tranh chấp ranh giới đất liền kề",
    "xây dựng sai phép",
    "chế độ chính sách với người có công",
    "thu, chi tại trường học",
    "ô nhiễm tại cơ sở sản xuất trong khu dân cư",
    "tiến độ cấp nước sạch nông thôn",
    "thái độ phục vụ của cán bộ một cửa",
)
FIELDS = ("land", "land", "land", "construction", "policy", "civil_service", "environment", "other")


def visits(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("complaints.visits")
    units = [setting.reception, *setting.districts, *setting.departments]

    def maker(leader: bool) -> Callable[[date], BulkEntry]:
        def make(day: date) -> BulkEntry:
            return BulkEntry(
                kind="leader" if leader else "regular",
                title=f"Đề nghị xem xét về {rng.choice(LETTER_MATTERS)}",
                unit_id=setting.reception.pk if leader else rng.choice(units).pk,
                opened_on=day,
                closed_on=day,
                confidentiality="personal",
                outcome="Đã hướng dẫn, trả lời",
                row=(leader, rng.choices((1, 2, 5), (80, 15, 5))[0], rng.choice(FIELDS)),
            )

        return make

    totals = ("complaints", "visits")
    before = setting.count(*totals, "regular_last_year")
    yield from mixed(rng, [(before, maker(False))], last_year(setting))
    plan = [
        (setting.count(*totals, "regular"), maker(False)),
        (setting.count(*totals, "leader"), maker(True)),
    ]
    yield from mixed(rng, plan, working_days(setting.start, setting.end))


def letters(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("complaints.letters")
    units = [setting.reception, *setting.districts, *setting.departments]
    heads = {
        "complaint": "Đơn khiếu nại về",
        "denunciation": "Đơn tố cáo liên quan",
        "petition": "Đơn kiến nghị về",
    }

    def maker(letter_class: str) -> Callable[[date], BulkEntry]:
        guarded = letter_class == "denunciation"

        def make(day: date) -> BulkEntry:
            due = setting.deadlines.due_on("petition.process", day)
            done = in_time(rng, day, due, due)
            return BulkEntry(
                kind=letter_class,
                title=f"{heads[letter_class]} {rng.choice(LETTER_MATTERS)}",
                unit_id=rng.choice(units).pk,
                opened_on=day,
                closed_on=done if done <= setting.end else None,
                confidentiality="guarded" if guarded else "personal",
                duty="Phân loại, xử lý đơn",
                limit_key="petition.process",
                row=(
                    letter_class, rng.choice(FIELDS), rng.random() < 0.85,
                    "" if guarded else setting.person(rng),
                ),
            )  # fmt: skip

        return make

    plan = [(setting.count("complaints", "letters", key), maker(key)) for key in heads]
    return mixed(rng, plan, working_days(setting.start, setting.end))


def cases(setting: Setting) -> Iterator[BulkEntry]:
    """Cases. Open ones are in time at the cut-off: accepted late enough for their limit."""
    rng = random.Random("complaints.cases")
    units = [*setting.districts, *setting.departments]
    bases = {
        "complaint": ("complaint.1", "complaint.1", "complaint.1.remote", "complaint.2"),
        "denunciation": ("denounce.settle",),
    }

    def make(case_class: str, day: date, basis: str, *, settled: bool, latest: date) -> BulkEntry:
        due = setting.deadlines.due_on(basis, day)
        head = "Giải quyết khiếu nại về" if case_class == "complaint" else "Giải quyết tố cáo về"
        return BulkEntry(
            kind=case_class,
            title=f"{head} {rng.choice(LETTER_MATTERS)}",
            unit_id=rng.choice(units).pk,
            opened_on=day,
            closed_on=in_time(rng, day, due, latest) if settled else None,
            confidentiality="guarded" if case_class == "denunciation" else "personal",
            outcome="Đã ban hành quyết định giải quyết" if settled else "",
            duty="Giải quyết vụ việc",
            limit_key=basis,
            row=(case_class, basis, rng.choice(FIELDS)),
        )

    found: list[BulkEntry] = []
    this_year = working_days(setting.start, setting.end)
    for case_class, choices in bases.items():
        totals = ("complaints", "cases", f"{case_class}_last_year")
        for day in spread(rng, setting.count(*totals), last_year(setting)):
            basis = rng.choice(choices)
            due = setting.deadlines.due_on(basis, day)
            found.append(make(case_class, day, basis, settled=True, latest=due))
        settled = setting.count("complaints", "cases", case_class, key="settled")
        for day in spread(rng, settled, this_year):
            found.append(
                make(case_class, day, rng.choice(choices), settled=True, latest=setting.end)
            )
        still_in_time = {
            basis: [
                day for day in this_year
                if setting.deadlines.due_on(basis, day) >= setting.end
            ]
            for basis in set(choices)
        }  # fmt: skip
        for _ in range(setting.count("complaints", "cases", case_class) - settled):
            basis = rng.choice(choices)
            day = rng.choice(still_in_time[basis])
            found.append(make(case_class, day, basis, settled=False, latest=setting.end))
    return iter(sorted(found, key=lambda one: one.opened_on))


def reviews(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("complaints.reviews")

    def maker(collective: bool) -> Callable[[date], BulkEntry]:
        def make(day: date) -> BulkEntry:
            return BulkEntry(
                kind="collective" if collective else "individual",
                title="Kiểm điểm trách nhiệm qua giải quyết khiếu nại, tố cáo",
                unit_id=rng.choice(setting.districts).pk,
                opened_on=day,
                closed_on=day,
                confidentiality="guarded",
                row=(collective, "Rút kinh nghiệm"),
            )

        return make

    totals = ("complaints", "reviews")
    plan = [
        (setting.count(*totals, "collective"), maker(True)),
        (setting.count(*totals, "individual"), maker(False)),
    ]
    return mixed(rng, plan, working_days(setting.start, setting.end))
