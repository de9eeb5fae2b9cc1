"""Write docs/policies.md: who may do what, from the descriptors of the registers.

    python tools/policies.py            write docs/policies.md
    python tools/policies.py --check    change nothing; exit 1 when it is not what the code says

Needs no database: the table is data of the code.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "policies.md"
HEAD = """\
# Who may do what (quyền xem, quyền làm)

Written by `python tools/policies.py` from the descriptors of the registers; change those, not this page.
`kernel/entries/policies.py` turns each row into one Q, `allowed(user, verb, register)`, and every path asks it: list, row,
search, count, entries behind a figure, export, file, panel, API, notice. `tests/architecture/test_matrix.py` walks every
address and method against this table. What a person may not see does not exist: 404, and absent from counts and search.
Only a figure counts all; the entries behind it are those that the reader may open, and the page says how many are not shown.

An office (bổ nhiệm) gives its role at its unit. **all**: entries of every unit. **unit**: those that the unit leads or in
which it takes part; to write, those that it leads. Somebody with several offices has what each gives. Whoever acts for
another (làm thay) has the giver's offices, within the mandate, never guarded entries.

## Verbs (thao tác)

| verb | Vietnamese | what it is | who |
|---|---|---|---|
| `read` | xem | open, list, search, count; entries behind figures; files | roles with a scope below |
| `export` | xuất tệp | the list as CSV or XLSX, whole | whoever reads |
| `enter` | vào sổ | a new entry, from the form, a file or the API | writers |
| `change` | sửa, kết thúc | correct, close, reopen, attach, and the register's own verbs, named below | writers |
| `read_guarded` | mở mục bảo vệ | entries that protect a denouncer | guarded readers |

A verb that the entry's state does not allow is refused by page and API alike (`Verb.perform`).

## Levels (mức bảo vệ)

| level | Vietnamese | who, of those who may read the register |
|---|---|---|
"""
LEVELS = {
    "ordinary": "all",
    "restricted": "people of the units that lead or take part, whatever their scope",
    "personal": "all; a citizen's own data (columns below) for writers and for the units that lead"
    " or take part, “…” for others, and never a search key",
    "guarded": "guarded readers alone; the denouncer's identity needs a grant for that one letter",
    "secret": "all; there is but a stub: level, number, holder, dates",
}
SPECIAL = """
## What is no entry (ngoài các sổ)

| what | Vietnamese | who |
|---|---|---|
| open pages (`/cong-khai/`): counts, small ones hidden | số liệu công khai | everybody, signed in or not; nothing guarded, restricted or secret is counted |
| figures, reports, indicators: reading | xem số liệu, báo cáo | whoever is signed in |
| indicators: publishing, correcting, settling, importing | ghi chỉ tiêu | planner |
| campaign: drafts, rounds, opinions | tổng hợp báo cáo | writers of `reports.campaigns` |
| campaign: contributions and explanations, writing | góp phần báo cáo, giải trình | people of a unit that was asked |
| campaign: contributions and explanations, reading | xem phần góp, giải trình | planner, leader, auditor; each unit its own |
| campaign: approving | duyệt | leader |
| campaign: issuing | phát hành | whoever may enter outgoing documents |
| denouncer's identity: granting | cho phép mở | head, leader, auditor, of the guarded readers |
| denouncer's identity: opening | mở thông tin người tố cáo | the person named by a grant in force, with a reason |
| journal: lines | nhật ký | auditor, administrator; a stand-in only under a mandate over all work |
| journal: what a line tells of an entry | nội dung dòng nhật ký | of those, who may read the entry |
| numbers given | số đã cấp | whoever reads a register, its books |
| units, their people and successions | đơn vị | whoever is signed in |
| people with their offices; the doctor's answers | người dùng, kiểm tra hệ thống | administrator, never by a mandate |
| notices, mandates | thông báo, ủy quyền | whom they concern |
"""


OBLIGATIONS = """
## Obligations (việc phải làm)

`kernel/tracking/policies.py`: one Q for each verb, always within the entries that the person may open. The *owing* side: people
of the unit that leads, and whoever is in charge. The *asking* side: whoever asked; beside them those who may change the entry.
Nobody confirms what he did himself, nor decides what he asked for himself.

"""


def page() -> str:
    """The whole text of docs/policies.md."""
    from django.utils import translation

    with translation.override("vi"):
        return _page()


def _page() -> str:
    from dieuhanh.kernel.entries import registry
    from dieuhanh.kernel.entries.models import Confidentiality
    from dieuhanh.kernel.entries.registry import CHANGE, ENTER, READ_GUARDED
    from dieuhanh.kernel.identity.models import Role

    lines = [f"| `{one.value}` | {one.label} | {LEVELS[one.value]} |" for one in Confidentiality]
    text = HEAD + "\n".join(lines) + "\n\n## Registers (các sổ)\n"
    roles = list(Role)
    for register in sorted(registry.all_registers(), key=lambda one: one.code):
        text += f"\n### {register.label} (`{register.code}`)\n\n"
        text += "| role | Vietnamese | read, export | enter | change | read guarded |\n"
        text += "|---|---|---|---|---|---|\n"
        for role in roles:
            scope = register.grants.get(role)
            if scope is None:
                continue
            cells = [
                str(scope) if role in register.roles(verb) else "–"
                for verb in (ENTER, CHANGE, READ_GUARDED)
            ]
            text += f"| `{role.value}` | {role.label} | {scope} | {' | '.join(cells)} |\n"
        verbs = ", ".join(f"`{one.name}` ({one.label})" for one in register.verbs)
        text += f"\nVerbs: {verbs}.\n"
        if personal := [str(one.label) for one in register.columns if one.personal]:
            text += f"\nA citizen's own data: {', '.join(personal)}.\n"
        if others := [str(one.label) for one in register.columns if one.other]:
            text += (
                f"\nSpeak of another entry, empty where that one is closed: {', '.join(others)}.\n"
            )
    return text + _obligations() + SPECIAL


def _obligations() -> str:
    """Two sides of an obligation, and what each may do with it."""
    from dieuhanh.faces.desk.duties import VERBS
    from dieuhanh.kernel.tracking import policies

    labels = {policies.HAND_OVER: "Bàn giao", policies.URGE: "Đôn đốc"}
    for one in VERBS:
        labels[one.right] = (
            f"{labels[one.right]}; {one.label}" if one.right in labels else one.label
        )
    text = (
        OBLIGATIONS
        + "| verb | Vietnamese | owing side | who asked | may change the entry |\n|---|---|---|---|---|\n"
    )
    for verb in sorted(policies.OWING | policies.ASKING):
        owing, asking = (
            "yes" if verb in side else "–" for side in (policies.OWING, policies.ASKING)
        )
        judging = verb in policies.JUDGING
        keeping = "yes, but not what somebody asked of their own unit" if judging else "yes"
        text += f"| `{verb}` | {labels[verb]} | {owing} | {asking} | {keeping} |\n"
    urging = ", ".join(f"`{role}`" for role in sorted(policies.URGING))
    reading = ", ".join(f"`{role}`" for role in sorted(policies.ONLY_READ))
    return text + (
        f"\n{urging} urge whatever they may see; a unit's head urges in it."
        f" {reading} read only: their units owe nothing through them.\n"
    )


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dieuhanh.config.settings")
    import django

    django.setup()

    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print("docs/policies.md is stale: type `python tools/policies.py`")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
