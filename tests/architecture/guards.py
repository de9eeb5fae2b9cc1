"""Who may, as the tests read it: the guard of every route, and what the table of policies says.

The table is the descriptors' data (``grants``, ``writers``, ``guarded_readers``), read in plain
Python for one person and one entry at a time; the program's Q is not asked.
"""

from __future__ import annotations

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import CHANGE, ENTER, EXPORT, READ, Register, Scope
from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.reports.review.models import Campaign

PUBLIC = "everybody, signed in or not"
SIGNED_IN = "whoever is signed in; what it lists is filtered by READ"
NOBODY = "nobody: there is no page"
PLANNER = "planners"
KEEPER = "administrators"
JOURNAL = "auditors, administrators; what a line tells of an entry, for who may READ it"
BOOKS = "READ of some register; books of those"
CAMPAIGN = "READ of campaigns"
COMPILE = "CHANGE of campaigns"
OWING = "a unit that was asked, of one's own"
APPROVE = "leaders who may READ the campaign"
ISSUE = "READ of the campaign, ENTER of outgoing documents"
DENOUNCER = "READ_GUARDED of letters, for a letter that is guarded"
GRANT = "of those: heads, leaders, auditors"
OWED = "READ of the entry on which it is owed; each verb then asks for its own"
MEASURED = "READ of the register that the measure counts"
OWN = "whom the row concerns; for all others it does not exist"

LIMIT_KEEPERS = (Role.ADMINISTRATOR,)

#: Route → method → who may. OPTIONS and HEAD go with GET.
GUARDS: dict[str, dict[str, str]] = {
    "": {"GET": SIGNED_IN},
    "<slug:slug>/": {"GET": READ},
    "<slug:slug>/<int:pk>/": {"GET": READ},
    "<slug:slug>/<int:pk>/<slug:action>/": {"GET": CHANGE, "POST": CHANGE},
    "<slug:slug>/<int:pk>/dinh-ky/": {"GET": CHANGE, "POST": CHANGE},
    "<slug:slug>/<int:pk>/dinh-ky/<int:recurrence>/": {"GET": OWED, "POST": OWED},
    "<slug:slug>/<int:pk>/nguoi-to-cao/": {"GET": DENOUNCER, "POST": DENOUNCER},
    "<slug:slug>/<int:pk>/nguoi-to-cao/cho-phep/": {"GET": GRANT, "POST": GRANT},
    "<slug:slug>/<int:pk>/soat/": {"GET": READ, "POST": CHANGE},
    "<slug:slug>/<int:pk>/tep/": {"POST": CHANGE},
    "<slug:slug>/<int:pk>/tep/<int:attachment>/": {"GET": READ},
    "<slug:slug>/<int:pk>/tep/<int:attachment>/trang/<int:page>/": {"GET": READ},
    "<slug:slug>/<int:pk>/vi-sao/<int:obligation>/": {"GET": READ},
    "<slug:slug>/cach-bay/": {"POST": READ},
    "<slug:slug>/chon/": {"GET": READ},
    "<slug:slug>/chon/<slug:action>/": {"GET": READ, "POST": READ},
    "<slug:slug>/danh-sach/": {"GET": READ, "POST": READ},
    "<slug:slug>/nhap/": {"GET": ENTER, "POST": ENTER},
    "<slug:slug>/them/": {"GET": ENTER, "POST": ENTER},
    "<slug:slug>/xuat.csv": {"GET": EXPORT},
    "<slug:slug>/xuat/<slug:kind>/": {"POST": EXPORT},
    "<slug:slug>/xuat.xlsx": {"GET": EXPORT},
    "_parts/": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "api/v1/": {"GET": NOBODY},
    "api/v1/calendar/<year>": {"GET": SIGNED_IN},
    "api/v1/indicators": {"GET": SIGNED_IN},
    "api/v1/indicators/<code>": {"GET": SIGNED_IN},
    "api/v1/indicators/<code>/datapoints": {"POST": PLANNER},
    "api/v1/measures": {"GET": SIGNED_IN},
    "api/v1/measures/<id>": {"GET": SIGNED_IN},
    "api/v1/notices": {"GET": SIGNED_IN},
    "api/v1/notices/<notice>/read": {"POST": OWN},
    "api/v1/my-work": {"GET": SIGNED_IN},
    "api/v1/obligations/<pk>": {"GET": READ},
    "api/v1/obligations/<pk>/<verb>": {"POST": OWED},
    "api/v1/openapi.json": {"GET": SIGNED_IN},
    "api/v1/proof": {"POST": SIGNED_IN},
    "api/v1/registers": {"GET": SIGNED_IN},
    "api/v1/registers/<code>/entries": {"GET": READ, "POST": ENTER},
    "api/v1/registers/<code>/entries/<pk>": {"GET": READ},
    "api/v1/registers/<code>/entries/<pk>/<verb>": {"POST": CHANGE},
    "api/v1/reports/<report>/<period>": {"GET": SIGNED_IN},
    "api/v1/search": {"GET": SIGNED_IN},
    "api/v1/time-limits": {"GET": SIGNED_IN},
    "ban-nhap/": {"GET": SIGNED_IN},
    "ban-nhap/<int:unsent>/bo/": {"POST": OWN},
    "ban-nhap/luu/": {"POST": SIGNED_IN},
    "bang/ban-do/": {"GET": SIGNED_IN},
    "bang/ban-do/<slug:measure>/<str:code>/": {"GET": MEASURED},
    "bang/ban-do/xuat.xlsx": {"GET": SIGNED_IN},
    "bang/lich/": {"GET": SIGNED_IN},
    "bang/lich/lich.ics": {"GET": SIGNED_IN},
    "bang/lich/xuat.xlsx": {"GET": SIGNED_IN},
    "bang/qua-han/": {"GET": SIGNED_IN},
    "bang/trach-nhiem/": {"GET": SIGNED_IN},
    "bang/trach-nhiem/xuat.xlsx": {"GET": SIGNED_IN},
    "bang/qua-han/xuat.xlsx": {"GET": SIGNED_IN},
    "bao-cao/": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/bao-cao.docx": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/bao-cao.html": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/bao-cao.json": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/bao-cao.pdf": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/soat/": {"GET": SIGNED_IN},
    "bao-cao/<slug:report>/<str:period>/dung-tep/<slug:kind>/": {"POST": SIGNED_IN},
    "chay-nen/": {"GET": SIGNED_IN},
    "chay-nen/<int:errand>/": {"GET": OWN},
    "chay-nen/<int:errand>/tep/": {"GET": OWN},
    "chi-tieu/": {"GET": SIGNED_IN},
    "chi-tieu/<str:code>/": {"GET": SIGNED_IN},
    "chi-tieu/<str:code>/<int:pk>/chon/": {"GET": PLANNER, "POST": PLANNER},
    "chi-tieu/<str:code>/<int:pk>/dinh-chinh/": {"GET": PLANNER, "POST": PLANNER},
    "chi-tieu/<str:code>/them/": {"GET": PLANNER, "POST": PLANNER},
    "chi-tieu/nhap/": {"GET": PLANNER, "POST": PLANNER},
    "chi-tieu/xuat.csv": {"GET": SIGNED_IN},
    "chon/don-vi/": {"GET": SIGNED_IN},
    "chon/nguoi/": {"GET": SIGNED_IN},
    "cong-khai/": {"GET": PUBLIC},
    "cong-khai/chi-tieu.csv": {"GET": PUBLIC},
    "cong-khai/chi-tieu.json": {"GET": PUBLIC},
    "cong-khai/chi-tieu/": {"GET": PUBLIC},
    "cong-khai/du-lieu.json": {"GET": PUBLIC},
    "cong-khai/dung-han.csv": {"GET": PUBLIC},
    "cong-khai/dung-han.json": {"GET": PUBLIC},
    "cong-khai/dung-han/": {"GET": PUBLIC},
    "cong-khai/kien-nghi.csv": {"GET": PUBLIC},
    "cong-khai/kien-nghi.json": {"GET": PUBLIC},
    "cong-khai/kien-nghi/": {"GET": PUBLIC},
    "cong-khai/phuong-phap/": {"GET": PUBLIC},
    "dang-nhap/": {"GET": PUBLIC, "POST": PUBLIC},
    "dang-xuat/": {"POST": SIGNED_IN},
    "don-vi/": {"GET": SIGNED_IN},
    "don-vi/<int:unit>/": {"GET": SIGNED_IN},
    "dot-bao-cao/<int:pk>/": {"GET": CAMPAIGN},
    "dot-bao-cao/<int:pk>/ban/": {"GET": COMPILE, "POST": COMPILE},
    "dot-bao-cao/<int:pk>/ban/<int:number>/": {"GET": CAMPAIGN},
    "dot-bao-cao/<int:pk>/ban/<int:number>/soat/": {"GET": CAMPAIGN, "POST": COMPILE},
    "dot-bao-cao/<int:pk>/ban/<int:number>/<slug:section>/": {"GET": COMPILE, "POST": COMPILE},
    "dot-bao-cao/<int:pk>/da-phat-hanh/": {"GET": CAMPAIGN},
    "dot-bao-cao/<int:pk>/duyet/": {"GET": APPROVE, "POST": APPROVE},
    "dot-bao-cao/<int:pk>/giai-trinh/<int:unit>/<str:id>/": {"GET": OWING, "POST": OWING},
    "dot-bao-cao/<int:pk>/gop/<int:unit>/<slug:section>/": {"GET": OWING, "POST": OWING},
    "dot-bao-cao/<int:pk>/phat-hanh/": {"GET": ISSUE, "POST": ISSUE},
    "dot-bao-cao/<int:pk>/so-sanh/": {"GET": CAMPAIGN},
    "dot-bao-cao/<int:pk>/y-kien/": {"GET": COMPILE, "POST": COMPILE},
    "dot-bao-cao/<int:pk>/y-kien/<int:opinion>/quyet-dinh/": {"GET": COMPILE, "POST": COMPILE},
    "dot-bao-cao/<int:pk>/y-kien/<int:round>/": {"GET": COMPILE, "POST": COMPILE},
    "healthz": {"GET": PUBLIC},
    "kiem-tra-he-thong/": {"GET": KEEPER},
    "lam-thay/<int:mandate>/": {"POST": OWN},
    "lam-thay/thoi/": {"POST": SIGNED_IN},
    "lich-lam-viec/": {"GET": SIGNED_IN},
    "lich-lam-viec/thang/": {"GET": SIGNED_IN},
    "lich-lam-viec/thong-bao/": {"GET": KEEPER, "POST": KEEPER},
    "metrics": {"GET": PUBLIC},
    "ngon-ngu/<slug:code>/": {"POST": SIGNED_IN},
    "nguoi-dung/": {"GET": KEEPER},
    "nhat-ky/": {"GET": JOURNAL},
    "nhat-ky/xuat.csv": {"GET": JOURNAL},
    "readyz": {"GET": PUBLIC},
    "so-da-cap/": {"GET": BOOKS},
    "so-lieu/<str:id>/": {"GET": SIGNED_IN},
    "so-lieu/<str:id>/muc/": {"GET": SIGNED_IN},
    "soat-so-lieu/": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "thoi-han/": {"GET": SIGNED_IN},
    "thoi-han/<str:key>/": {"GET": SIGNED_IN},
    "thoi-han/<str:key>/sua/": {"GET": KEEPER, "POST": KEEPER},
    "thoi-han/<str:key>/xac-nhan/": {"GET": KEEPER, "POST": KEEPER},
    "thong-bao/": {"GET": SIGNED_IN},
    "thong-bao/<int:notice>/da-doc/": {"POST": OWN},
    "thong-bao/da-doc/": {"POST": SIGNED_IN},
    "tim/": {"GET": SIGNED_IN},
    "tim/goi-y/": {"GET": SIGNED_IN},
    "viec/": {"GET": SIGNED_IN},
    "viec/ban-giao/": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "viec/don-doc/": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "viec/<int:pk>/": {"GET": READ},
    "viec/<int:pk>/<slug:action>/": {"GET": OWED, "POST": OWED},
    "uy-quyen/": {"GET": SIGNED_IN},
    "uy-quyen/<int:mandate>/thu-hoi/": {"GET": OWN, "POST": OWN},
    "uy-quyen/them/": {"GET": SIGNED_IN, "POST": SIGNED_IN},
}


def reached(person: Person, roles: frozenset[str], register: Register, entry: Entry,
            *, reading: bool) -> bool:  # fmt: skip
    """Whether an office of the person reaches the entry: the table, in words of one entry."""
    units = {entry.unit_id}
    if reading:
        units |= {one.pk for one in entry.co_units.all()}
    for office in person.current_appointments:
        if office.role not in roles or office.role not in register.grants:
            continue
        everywhere = register.grants[office.role] is Scope.ALL
        if office.unit_id in units or (everywhere and entry.confidentiality != "restricted"):
            return True
    return False


def may(person: Person, verb: str, register: Register, entry: Entry) -> bool:
    readers = frozenset(register.grants)
    if entry.confidentiality == "guarded" and not reached(
        person, register.guarded_readers & readers, register, entry, reading=True
    ):
        return False
    if verb in (READ, EXPORT):
        return reached(person, readers, register, entry, reading=True)
    return reached(person, register.writers, register, entry, reading=False)


def may_at_all(person: Person, verb: str, register: Register) -> bool:
    roles = register.writers if verb == ENTER else frozenset(register.grants)
    return any(one.role in roles & set(register.grants) for one in person.current_appointments)


def _policy(register: Register) -> tuple[object, ...]:
    return tuple(sorted(register.grants.items())), register.writers, register.guarded_readers


def representatives() -> list[Register]:
    """One register of each policy: those whose rows can be probed at every level."""
    found: dict[tuple[object, ...], Register] = {}
    for register in registry.all_registers():
        if register.code != "reports.campaigns":  # has pages of its own
            found.setdefault(_policy(register), register)
    return list(found.values())


def expected(person: Person | None, guard: str, register: Register, entry: Entry) -> bool:
    if guard == PUBLIC:
        return True
    if person is None or guard in (NOBODY, OWN):
        return False
    if guard == SIGNED_IN:
        return True
    if guard == PLANNER:
        return any(one.role == Role.PLANNER for one in person.current_appointments)
    if guard == OWED:
        return may(person, READ, register, entry)
    if guard == KEEPER:
        return any(one.role == Role.ADMINISTRATOR for one in person.current_appointments)
    if guard == JOURNAL:
        roles = {one.role for one in person.current_appointments}
        return bool(roles & {Role.AUDITOR, Role.ADMINISTRATOR})
    if guard == BOOKS:
        return any(may_at_all(person, READ, one) for one in registry.all_registers())
    if guard == MEASURED:  # addresses.py asks for feedback
        return may_at_all(person, READ, registry.get("feedback"))
    if guard == ENTER:
        return may_at_all(person, ENTER, register)
    if guard in (DENOUNCER, GRANT):
        roles = {one.role for one in person.current_appointments}
        return (
            register.code == "complaints.letters"
            and entry.confidentiality == "guarded"
            and may(person, READ, register, entry)
            and (guard == DENOUNCER or bool(roles & {Role.HEAD, Role.LEADER, Role.AUDITOR}))
        )
    return may(person, guard, register, entry)


def expected_of_campaign(person: Person | None, guard: str, campaign: Campaign, unit: int) -> bool:
    register = registry.get("reports.campaigns")
    if person is None or not may(person, READ, register, campaign.entry):
        return False
    roles = {one.role for one in person.current_appointments}
    outgoing = registry.get("documents.outgoing")
    return {
        CAMPAIGN: True,
        COMPILE: may(person, CHANGE, register, campaign.entry),
        APPROVE: Role.LEADER in roles,
        ISSUE: may_at_all(person, ENTER, outgoing),
        OWING: unit in person.unit_ids,
    }[guard]
