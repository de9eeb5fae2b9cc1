"""Documents that arrived and were issued."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dieuhanh.faces.loading.expansions.setting import (
    MATTERS,
    Setting,
    in_time,
    mixed,
    working_days,
)
from dieuhanh.kernel.obligations.bulk import BulkEntry
from dieuhanh.registers.documents import rules

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
            due = setting.deadlines.due_on("doc.in.forward", day)
            return BulkEntry(
                kind=rules.incoming_kind(
                    origin=origin, type=chosen, secrecy=secrecy, bypasses_level=bypasses
                ),
                title=title,
                unit_id=setting.office.pk if secret else unit.pk,
                opened_on=day,
                closed_on=in_time(rng, day, due, setting.end),
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
    return mixed(rng, plan, days)


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
            due = setting.deadlines.due_on("doc.out.issue", day)
            recipient = rng.choice(setting.departments).name
            return BulkEntry(
                kind=kind,
                title="" if secret else _title(rng, type),
                unit_id=setting.office.pk if secret else rng.choice(setting.departments).pk,
                opened_on=day,
                closed_on=in_time(rng, day, due, setting.end),
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
    return mixed(rng, plan, days)
