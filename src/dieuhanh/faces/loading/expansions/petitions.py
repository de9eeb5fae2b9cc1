"""Petitions of voters, by where they come from, and deputies' meetings with voters."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from dieuhanh.faces.loading.expansions.setting import (
    Setting,
    in_time,
    spread,
    workdays,
    working_days,
)
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.actions import start_of_business
from dieuhanh.kernel.obligations.bulk import BulkEntry
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.petitions import rules
from dieuhanh.registers.petitions.models import (
    Constituency,
    Petition,
    PetitionResult,
    PetitionSource,
    Sphere,
    VoterContact,
)
from dieuhanh.registers.petitions.queries import BOOKS, constituencies, sources

#: sphere → (who leads, what voters ask for)
ASKED = {
    "transport": ("SGTVT", (
        "sửa chữa, nâng cấp mặt đường xuống cấp",
        "lắp đặt đèn tín hiệu tại nút giao",
        "bổ sung tuyến, điểm dừng xe buýt",
        "đẩy nhanh tiến độ cải tạo cầu yếu",
    )),
    "building": ("SXD", (
        "cải tạo, xây dựng lại nhà chung cư cũ",
        "xử lý công trình xây dựng sai phép",
        "hạ ngầm đường dây, chỉnh trang hè phố",
    )),
    "land": ("STNMT", (
        "cấp giấy chứng nhận quyền sử dụng đất cho hộ dân",
        "giao đất dịch vụ cho hộ bị thu hồi đất",
        "bồi thường, hỗ trợ tái định cư dự án giao thông",
        "xử lý dự án chậm triển khai, bỏ hoang đất",
    )),
    "environment": ("STNMT", (
        "khắc phục ô nhiễm nguồn nước sông, hồ",
        "cấp nước sạch ổn định cho khu dân cư",
        "xử lý úng ngập khu dân cư khi mưa lớn",
        "tăng tần suất thu gom rác thải sinh hoạt",
    )),
    "education": ("SGDDT", (
        "xây thêm trường học công lập ở khu đô thị mới",
        "bổ sung giáo viên mầm non, tiểu học",
    )),
    "health": ("SYT", (
        "bổ sung thuốc, trang thiết bị cho trạm y tế",
        "kiểm soát an toàn thực phẩm tại chợ dân sinh",
    )),
    "welfare": ("SLDTBXH", (
        "nâng mức trợ cấp cho đối tượng bảo trợ xã hội",
        "hỗ trợ nhà ở cho hộ nghèo, người có công",
    )),
    "agriculture": ("SNN", (
        "nạo vét kênh, mương tiêu nước",
        "hỗ trợ sản xuất nông nghiệp an toàn, hữu cơ",
    )),
    "culture": ("SVHTT", (
        "tu bổ di tích xuống cấp",
        "đầu tư nhà văn hóa, sân chơi cho khu dân cư",
    )),
}  # fmt: skip
AUTHORITIES, AUTHORITY_WEIGHTS = ("city", "district", "commune", "central"), (70, 20, 4, 6)
#: Days on which petitions of a source without a day of its own came; made up.
CAME = {
    "people_council_session14": (date(2023, 12, 1), date(2024, 1, 31)),
    "national_assembly_session6": (date(2023, 12, 4), date(2023, 12, 29)),
}
ARRIVAL = timedelta(20)  # within so many days of its resolution a petition came
NEXT_FROM, NEXT_TO = timedelta(30), timedelta(195)  # after the cut-off: what open ones promise
SESSION = "kỳ họp thứ 7, Quốc hội khóa XV"
MEETINGS_FROM = timedelta(55)  # meetings began so many days before the cut-off


def council(setting: Setting) -> Iterator[BulkEntry]:
    return _ledger(setting, "council")


def national_assembly(setting: Setting) -> Iterator[BulkEntry]:
    return _ledger(setting, "national_assembly")


def _ledger(setting: Setting, ledger: str) -> Iterator[BulkEntry]:
    """Petitions of all sources of a ledger, in order of the days on which they came."""
    rng = random.Random(BOOKS[ledger])
    voters = constituencies()
    units = {one.code: one for one in (*setting.departments, *setting.districts)}
    plan: list[tuple[date, int, Callable[[date], BulkEntry]]] = []
    for key, source in sources().items():
        if source.ledger != ledger:
            continue
        total = setting.count("petitions", key)
        done = setting.count("petitions", key, key="resolved")
        if source.passed_on:
            start, end = source.passed_on, source.passed_on + ARRIVAL
        else:
            start, end = CAME[key]
        makers = [_solved] * done + [_explained if source.kind == "session" else _open] * (
            total - done
        )
        rng.shuffle(makers)
        days = spread(rng, total, working_days(start, end))
        for day, make in zip(days, makers, strict=True):
            plan.append((day, len(plan), _maker(setting, rng, source, voters, units, make)))
    for day, _order, make_entry in sorted(plan, key=lambda one: one[:2]):
        yield make_entry(day)


def _maker(
    setting: Setting,
    rng: random.Random,
    source: PetitionSource,
    voters: list[Constituency],
    units: dict[str, Unit],
    follow: Callable[..., tuple[date | None, str, list[Any]]],
) -> Callable[[date], BulkEntry]:
    basis = rules.bases(source.ledger)[0]

    def make(day: date) -> BulkEntry:
        sphere = rng.choice(tuple(ASKED))
        code, asked = ASKED[sphere]
        authority = rng.choices(AUTHORITIES, AUTHORITY_WEIGHTS)[0]
        places = rng.sample(voters, rng.choices((1, 2, 3), (80, 15, 5))[0])
        local = authority in ("district", "commune")
        unit = units[f"01.{places[0].code}" if local else code]
        wish = rng.choice(asked)
        if authority == "central":
            wish = f"Trung ương sửa đổi chính sách về {Sphere(sphere).label.lower()}"
        limit, started, due = setting.deadlines.of(basis, day)
        due_on = setting.deadlines.due_on(basis, day)
        answered = in_time(rng, _working(day + timedelta(3)), due_on, setting.end)
        closed, outcome, follow_up = follow(rng, setting, unit.pk, answered, authority)
        answer = {
            "limit_id": limit.pk, "duty": "Trả lời kiến nghị cử tri", "unit_id": unit.pk,
            "started_at": started, "due_at": due, "first_due_at": due,
            "calendar_version": setting.deadlines.calendar_version,
            "done_at": start_of_business(answered),
        }  # fmt: skip
        through = Petition.constituencies.through
        return BulkEntry(
            kind=source.kind,
            title=f"Đề nghị {wish} ({places[0].name})",
            unit_id=unit.pk,
            opened_on=day,
            closed_on=closed,
            outcome=outcome,
            found_by=" ".join([source.label, *(one.name for one in places)]),
            row=(source.pk, sphere, authority, basis, rng.random() < 0.08, answered, ""),
            parts=(
                (Obligation, answer),
                *follow_up,
                *((through, {"constituency_id": one.pk}) for one in places),
            ),
        )

    return make


def _working(day: date) -> date:
    while not workdays().is_working(day):
        day += timedelta(1)
    return day


def _result(result: str, on: date, next_on: date | None = None) -> tuple[Any, dict[str, Any]]:
    return PetitionResult, {"result": result, "decided_on": on, "next_on": next_on}


def _promise(
    unit_id: int, on: date, next_on: date, done: date | None
) -> tuple[Any, dict[str, Any]]:
    """What is owed after an answer that promised a result by ``next_on``."""
    due = clock.end_of(next_on)
    return Obligation, {
        "duty": "Giải quyết kiến nghị cử tri", "unit_id": unit_id,
        "started_at": start_of_business(on), "due_at": due, "first_due_at": due,
        "done_at": start_of_business(done) if done else None,
    }  # fmt: skip


def _solved(
    rng: random.Random, setting: Setting, unit_id: int, answered: date, authority: str
) -> tuple[date | None, str, list[Any]]:
    """Solved with the answer, or later and then before the day that was promised."""
    outcome = "Đã giải quyết xong, thông báo đến cử tri"
    if rng.random() < 0.4 or answered >= setting.end:
        return answered, outcome, [_result("resolved", answered)]
    later = in_time(rng, answered + timedelta(1), setting.end, setting.end)
    closed = min(_working(later), setting.end)
    next_on = closed + timedelta(rng.randint(0, 60))
    return closed, outcome, [
        _result("in_progress", answered, next_on),
        _result("resolved", closed),
        _promise(unit_id, answered, next_on, closed),
    ]  # fmt: skip


def _explained(
    rng: random.Random, setting: Setting, unit_id: int, answered: date, authority: str
) -> tuple[date | None, str, list[Any]]:
    return answered, "Đã trả lời, thông tin lại cử tri", [_result("explained", answered)]


def _open(
    rng: random.Random, setting: Setting, unit_id: int, answered: date, authority: str
) -> tuple[date | None, str, list[Any]]:
    """Answered, on follow-up, with a next day that has not come at the cut-off."""
    result = rng.choices(("in_progress", "will_be_resolved"), (75, 25))[0]
    if not rules.may_promise(authority=authority, result=result):
        result = "in_progress"
    next_on = setting.end + timedelta(rng.randint(NEXT_FROM.days, NEXT_TO.days))
    return None, "", [
        _result(result, answered, next_on),
        _promise(unit_id, answered, next_on, None),
    ]  # fmt: skip


def contacts(setting: Setting) -> Iterator[BulkEntry]:
    """Meetings of deputies of the National Assembly, over all constituencies of the total."""
    rng = random.Random("petitions.contacts")
    total = setting.count("petitions", "contacts")
    places = constituencies()[: setting.totals["petitions"]["contacts"]["constituencies"]]
    rng.shuffle(places)
    days = spread(rng, total, working_days(setting.end - MEETINGS_FROM, setting.end - timedelta(7)))
    through = VoterContact.constituencies.through
    for number, day in enumerate(days):
        held = places[number::total] or [rng.choice(places)]
        names = ", ".join(one.name for one in held)
        closed = _working(day + timedelta(rng.randint(2, 5)))
        yield BulkEntry(
            kind="national_assembly",
            title=f"Tiếp xúc cử tri trước {SESSION} tại {names}",
            unit_id=setting.office.pk,
            opened_on=day,
            closed_on=min(closed, setting.end),
            outcome="Đã tổng hợp ý kiến, kiến nghị gửi Đoàn đại biểu Quốc hội Thành phố",
            found_by=SESSION,
            row=("national_assembly", f"trước {SESSION}", "hybrid"),
            parts=tuple((through, {"constituency_id": one.pk}) for one in held),
        )
