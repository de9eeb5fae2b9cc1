"""Expanding control totals into single entries, deterministically: same input, same entries.

Names, days, units and subjects are made up and every entry is marked synthetic. This proves
nothing about counting; the tests count a random set whose truth is tallied apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.obligations.actions import calendar
from dieuhanh.kernel.obligations.bulk import BulkEntry, Deadlines
from dieuhanh.registers.documents import rules

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
FEEDBACK_MATTERS = (
    "thành phần hồ sơ đăng ký đất đai",
    "thời gian trả kết quả tại bộ phận một cửa",
    "hướng dẫn nộp hồ sơ trực tuyến",
    "mức thu phí, lệ phí",
    "quy định cấp phép xây dựng",
)
CENTRAL_SENDERS = {
    "central_party": "Văn phòng Trung ương Đảng",
    "national_assembly": "Văn phòng Quốc hội",
    "government": "Văn phòng Chính phủ",
}
MINISTRIES = (
    ("Bộ Kế hoạch và Đầu tư", "BKHĐT"),
    ("Bộ Tài chính", "BTC"),
    ("Bộ Nội vụ", "BNV"),
    ("Bộ Tư pháp", "BTP"),
    ("Bộ Tài nguyên và Môi trường", "BTNMT"),
    ("Bộ Xây dựng", "BXD"),
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


def working_days(start: date, end: date) -> list[date]:
    days = (start + timedelta(n) for n in range((end - start).days + 1))
    return [one for one in days if calendar().is_working(one)]


def _spread(rng: random.Random, count: int, days: list[date]) -> list[date]:
    return sorted(rng.choices(days, k=count))


def _in_time(rng: random.Random, day: date, due: date, latest: date) -> date:
    """A working day on which something was done: within its time and known by ``latest``."""
    last = min(due, latest)
    done = day + timedelta(rng.randint(0, max(0, (last - day).days)))
    while done > day and not calendar().is_working(done):
        done -= timedelta(1)
    return max(done, day)


def _mixed(
    rng: random.Random, plan: list[tuple[int, Callable[[date], BulkEntry]]], days: list[date]
) -> Iterator[BulkEntry]:
    """Entries of several kinds, shuffled together and in order of day, so numbers run with time."""
    makers = [maker for count, maker in plan for _ in range(count)]
    rng.shuffle(makers)
    for day, maker in zip(_spread(rng, len(makers), days), makers, strict=True):
        yield maker(day)


def incoming(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("documents.incoming")
    days = working_days(setting.start, setting.end)

    def count(key: str) -> int:
        return setting.count("documents", "incoming", key)

    def maker(
        origin: str, type: str = "", *, secrecy: str = "none", bypasses: bool = False
    ) -> Callable[[date], BulkEntry]:
        def make(day: date) -> BulkEntry:
            chosen = type or rng.choices(("official_letter", "report", "notice", "plan"),
                                         (70, 15, 10, 5))[0]  # fmt: skip
            sender, code = _sender(setting, rng, origin)
            unit = rng.choice(setting.departments)
            abbreviation = rules.ABBREVIATIONS.get(chosen)
            number = rng.randint(1, 6000)
            symbol = (
                f"{number:02d}/{abbreviation}-{code}" if abbreviation else f"{number:02d}/{code}-TH"
            )
            secret = secrecy != "none"
            title = "" if secret else _title(rng, chosen)
            due = setting.deadlines.of("doc.in.forward", day)[2].date()
            return BulkEntry(
                kind=rules.incoming_kind(
                    origin=origin, type=chosen, secrecy=secrecy, bypasses_level=bypasses
                ),
                title=title,
                unit_id=setting.office.pk if secret else unit.pk,
                opened_on=day,
                closed_on=_in_time(rng, day, due, setting.end),
                book="documents.incoming.secret" if secret else "",
                confidentiality="secret" if secret else "ordinary",
                duty="Đăng ký, trình, chuyển văn bản đến",
                limit_key="doc.in.forward",
                found_by="" if secret else f"{symbol} {sender}",
                row=(
                    origin, sender, chosen, secrecy, "" if secret else symbol,
                    None if secret else day - timedelta(rng.randint(1, 5)), bypasses,
                    "Văn thư mật" if secret else "",
                ),
            )  # fmt: skip

        return make

    central = count("central") - count("central_government")
    council = count("local_city_council") - count("local_city_council_resolutions")
    local = count("local") - count("local_city_party") - count("local_city_council")
    named = sum(count(key) for key in
                ("central", "local", "invitation", "bypassing", "dossier", "secret"))  # fmt: skip
    plan = [
        (count("central_government"), maker("government")),
        (central // 20, maker("central_party")),
        (central // 20, maker("national_assembly")),
        (central - 2 * (central // 20), maker("ministry")),
        (count("local_city_party"), maker("city_party")),
        (council, maker("city_council")),
        (count("local_city_council_resolutions"), maker("city_council", "resolution")),
        (local, maker("local")),
        (count("invitation"), maker("ministry", "invitation")),
        (count("bypassing"), maker("other", bypasses=True)),
        (count("dossier"), maker("other", "dossier")),
        (count("secret"), maker("ministry", "official_letter", secrecy="confidential")),
        (count("total") - named, maker("other")),
    ]
    return _mixed(rng, plan, days)


def _sender(setting: Setting, rng: random.Random, origin: str) -> tuple[str, str]:
    if origin in CENTRAL_SENDERS:
        codes = {"central_party": "VPTW", "national_assembly": "VPQH", "government": "VPCP"}
        return CENTRAL_SENDERS[origin], codes[origin]
    if origin == "ministry":
        return rng.choice(MINISTRIES)
    if origin == "city_party":
        return rng.choice((("Văn phòng Thành ủy", "VPTU"), ("Ban Tổ chức Thành ủy", "BTCTU")))
    if origin == "city_council":
        return "Hội đồng nhân dân thành phố Hà Nội", "HĐND"
    if origin == "local":
        unit = rng.choice(setting.departments + setting.districts)
        return unit.name, "UBND" if unit.kind == "district" else unit.code
    return rng.choice((("Công ty cổ phần đầu tư phát triển", "CTCP"), ("Hội nghề nghiệp", "HNN")))


def _title(rng: random.Random, type: str) -> str:
    heads = {
        "invitation": "Giấy mời họp về",
        "resolution": "Nghị quyết về",
        "dossier": "Hồ sơ đề nghị giải quyết thủ tục về",
        "report": "Báo cáo kết quả",
        "plan": "Kế hoạch thực hiện",
        "notice": "Thông báo về",
        "directive": "Chỉ thị về tăng cường",
        "decision": "Quyết định về việc phê duyệt",
        "normative_decision": "Quyết định ban hành quy định về",
        "proposal": "Tờ trình về",
    }
    return f"{heads.get(type, 'V/v')} {rng.choice(MATTERS)}"


def outgoing(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("documents.outgoing")
    days = working_days(setting.start, setting.end)
    signers = [setting.person(rng) for _ in range(6)]
    numbers: dict[tuple[str, int], int] = {}

    def count(key: str) -> int:
        return setting.count("documents", "outgoing", key)

    def maker(issuer: str, type: str, secrecy: str = "none") -> Callable[[date], BulkEntry]:
        secret = secrecy != "none"
        book = rules.outgoing_book(issuer=issuer, type=type, secrecy=secrecy)
        kind = rules.outgoing_kind(issuer=issuer, type=type, secrecy=secrecy)

        def make(day: date) -> BulkEntry:
            number = numbers[book, day.year] = numbers.get((book, day.year), 0) + 1
            symbol = "" if secret else rules.symbol(
                number=number, year=day.year, issuer=issuer, type=type
            )  # fmt: skip
            due = setting.deadlines.of("doc.out.issue", day)[2].date()
            recipient = rng.choice(setting.departments).name
            return BulkEntry(
                kind=kind,
                title="" if secret else _title(rng, type),
                unit_id=setting.office.pk if secret else rng.choice(setting.departments).pk,
                opened_on=day,
                closed_on=_in_time(rng, day, due, setting.end),
                book=book,
                confidentiality="secret" if secret else "ordinary",
                duty="Phát hành văn bản",
                limit_key="doc.out.issue",
                found_by="" if secret else f"{symbol} {recipient}",
                row=(
                    issuer, type, secrecy, symbol, rng.choice(signers),
                    "" if secret else recipient, "Văn thư mật" if secret else "",
                ),
            )  # fmt: skip

        return make

    own = ("normative_decision", "directive", "plan", "decision", "notice", "proposal")
    named = sum(count(key) for key in
                (*own, "official_letter", "office_letter", "party_affairs", "secret"))  # fmt: skip
    plan = [(count(type), maker("committee", type)) for type in own]
    plan += [
        (count("official_letter"), maker("committee", "official_letter")),
        (count("office_letter"), maker("office", "official_letter")),
        (count("party_affairs"), maker("party_affairs", "official_letter")),
        (count("secret"), maker("committee", "official_letter", "confidential")),
        (count("total") - named, maker("committee", "other")),
    ]
    return _mixed(rng, plan, days)


def _last_year(setting: Setting) -> list[date]:
    start, end = setting.start, setting.end
    return working_days(start.replace(year=start.year - 1), end.replace(year=end.year - 1))


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
    yield from _mixed(rng, [(before, maker(False))], _last_year(setting))
    plan = [
        (setting.count(*totals, "regular"), maker(False)),
        (setting.count(*totals, "leader"), maker(True)),
    ]
    yield from _mixed(rng, plan, working_days(setting.start, setting.end))


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
            due = setting.deadlines.of("petition.process", day)[2].date()
            done = _in_time(rng, day, due, due)
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
    return _mixed(rng, plan, working_days(setting.start, setting.end))


def cases(setting: Setting) -> Iterator[BulkEntry]:
    """Cases. Open ones are in time at the cut-off: accepted late enough for their limit."""
    rng = random.Random("complaints.cases")
    units = [*setting.districts, *setting.departments]
    bases = {
        "complaint": ("complaint.1", "complaint.1", "complaint.1.remote", "complaint.2"),
        "denunciation": ("denounce.settle",),
    }

    def make(case_class: str, day: date, basis: str, *, settled: bool, latest: date) -> BulkEntry:
        due = setting.deadlines.of(basis, day)[2].date()
        head = "Giải quyết khiếu nại về" if case_class == "complaint" else "Giải quyết tố cáo về"
        return BulkEntry(
            kind=case_class,
            title=f"{head} {rng.choice(LETTER_MATTERS)}",
            unit_id=rng.choice(units).pk,
            opened_on=day,
            closed_on=_in_time(rng, day, due, latest) if settled else None,
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
        for day in _spread(rng, setting.count(*totals), _last_year(setting)):
            basis = rng.choice(choices)
            due = setting.deadlines.of(basis, day)[2].date()
            found.append(make(case_class, day, basis, settled=True, latest=due))
        settled = setting.count("complaints", "cases", case_class, key="settled")
        for day in _spread(rng, settled, this_year):
            found.append(
                make(case_class, day, rng.choice(choices), settled=True, latest=setting.end)
            )
        still_in_time = {
            basis: [
                day for day in this_year
                if setting.deadlines.of(basis, day)[2].date() >= setting.end
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
    return _mixed(rng, plan, working_days(setting.start, setting.end))


def feedback(setting: Setting) -> Iterator[BulkEntry]:
    """Feedback, all answered within its time and by the cut-off."""
    rng = random.Random("feedback")
    limit = "feedback.answer"
    days = [
        day for day in working_days(setting.start, setting.end)
        if setting.deadlines.of(limit, day)[2].date() <= setting.end
    ]  # fmt: skip

    def make(day: date) -> BulkEntry:
        about = rng.choices(("regulation", "conduct"), (70, 30))[0]
        due = setting.deadlines.of(limit, day)[2].date()
        head = "Phản ánh quy định về" if about == "regulation" else "Phản ánh việc thực hiện"
        return BulkEntry(
            kind=about,
            title=f"{head} {rng.choice(FEEDBACK_MATTERS)}",
            unit_id=rng.choice([setting.office, *setting.departments, *setting.districts]).pk,
            opened_on=day,
            closed_on=_in_time(rng, day, due, setting.end),
            outcome="Đã trả lời người gửi",
            duty="Xử lý, trả lời phản ánh, kiến nghị",
            limit_key=limit,
            row=(
                about,
                rng.choices(("portal", "letter", "phone", "in_person"), (60, 20, 15, 5))[0],
            ),
        )

    return _mixed(rng, [(setting.count("feedback", "on_time"), make)], days)


#: register → (its own columns, how its entries are made)
EXPANSIONS: dict[str, tuple[tuple[str, ...], Callable[[Setting], Iterator[BulkEntry]]]] = {
    "documents.incoming": (
        ("origin", "sender", "type", "secrecy", "symbol", "issued_on", "bypasses_level", "holder"),
        incoming,
    ),
    "documents.outgoing": (
        ("issuer", "type", "secrecy", "symbol", "signer", "recipients", "holder"),
        outgoing,
    ),
    "complaints.visits": (("by_leader", "people", "field"), visits),
    "complaints.letters": (("letter_class", "field", "eligible", "sender"), letters),
    "complaints.cases": (("case_class", "basis", "field"), cases),
    "complaints.reviews": (("collective", "measure_taken"), reviews),
    "feedback": (("about", "channel"), feedback),
}
