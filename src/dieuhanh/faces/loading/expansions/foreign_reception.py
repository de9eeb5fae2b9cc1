"""International delegations, and one meeting of a leader with each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from dieuhanh.faces.loading.expansions.setting import Setting, spread, workdays, working_days
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.obligations.bulk import BulkEntry

#: name of a delegation, where it comes from, its level
DELEGATIONS = (
    ("Đoàn Đại sứ quán Nhật Bản tại Việt Nam", "Nhật Bản", "mission"),
    ("Đoàn Đại sứ quán Cộng hòa Pháp tại Việt Nam", "Pháp", "mission"),
    ("Đoàn Đại sứ quán Hàn Quốc tại Việt Nam", "Hàn Quốc", "mission"),
    ("Đoàn đại biểu thành phố Viêng Chăn", "Lào", "local"),
    ("Đoàn đại biểu thành phố Phnôm Pênh", "Campuchia", "local"),
    ("Đoàn đại biểu thành phố Bắc Kinh", "Trung Quốc", "local"),
    ("Đoàn đại biểu vùng Île-de-France", "Pháp", "local"),
    ("Đoàn nghị sĩ hữu nghị", "Hàn Quốc", "state"),
    ("Đoàn công tác Bộ Ngoại giao", "Cuba", "ministry"),
    ("Đoàn công tác Bộ Giao thông", "Singapore", "ministry"),
    ("Đoàn công tác Cơ quan Hợp tác quốc tế Nhật Bản (JICA)", "Nhật Bản", "organisation"),
    ("Đoàn công tác Ngân hàng Phát triển châu Á (ADB)", "ADB", "organisation"),
    ("Đoàn công tác Tổ chức UNESCO", "UNESCO", "organisation"),
    ("Đoàn doanh nghiệp công nghệ cao", "Hoa Kỳ", "business"),
    ("Đoàn Phòng Thương mại châu Âu tại Việt Nam", "Liên minh châu Âu", "business"),
)
TALKS = (
    "hợp tác phát triển đường sắt đô thị",
    "hợp tác giữa hai thành phố về văn hóa, du lịch",
    "xúc tiến đầu tư, thương mại",
    "dự án xử lý nước thải, cải thiện môi trường",
    "hợp tác giáo dục và đào tạo nguồn nhân lực",
    "chuyển đổi số và đô thị thông minh",
    "bảo tồn di sản và phát triển công nghiệp văn hóa",
)


def _host_unit(setting: Setting) -> Unit:
    found = [unit for unit in setting.departments if unit.code == "SNGV"]
    return found[0] if found else setting.office


def delegations(setting: Setting) -> Iterator[BulkEntry]:
    rng = random.Random("foreign_reception.delegations")
    unit = _host_unit(setting)
    latest = setting.end - timedelta(4)  # each is met within the window
    count = setting.count("foreign_reception", "delegations")
    for day in spread(rng, count, working_days(setting.start, latest)):
        name, country, level = rng.choice(DELEGATIONS)
        left = day + timedelta(rng.randint(2, 4))
        yield BulkEntry(
            kind=level,
            title=name,
            unit_id=unit.pk,
            opened_on=day,
            closed_on=left,
            outcome="Kết thúc chương trình theo kế hoạch",
            found_by=country,
            row=(country, level, f"Trao đổi về {rng.choice(TALKS)}"),
        )


def meetings(setting: Setting) -> Iterator[BulkEntry]:
    """One a delegation, on the day it came or the next: both figures of the text agree."""
    rng = random.Random("foreign_reception.meetings")
    unit = _host_unit(setting)
    received = list(
        registry.get("foreign_reception.delegations").rows()
        .filter(entry__synthetic=True).order_by("pk")
    )  # fmt: skip
    found = []
    for n in range(setting.count("foreign_reception", "leader_meetings")):
        delegation = received[n % len(received)]
        entry = delegation.entry
        day = workdays().working_or_previous(entry.opened_on + timedelta(rng.randint(0, 1)))
        purpose = rng.choices(("courtesy", "working"), (45, 55))[0]
        verb = "Chào xã giao, trao đổi về" if purpose == "courtesy" else "Làm việc về"
        found.append(
            BulkEntry(
                kind=purpose,
                title=f"{verb} {rng.choice(TALKS)}",
                unit_id=unit.pk,
                opened_on=day,
                closed_on=day,
                outcome="Giao Sở Ngoại vụ theo dõi, tham mưu nội dung hợp tác",
                found_by=f"{entry.title} {delegation.country}",
                co_unit_ids=(setting.office.pk,),
                row=(
                    delegation.pk,
                    rng.choices(("chairman", "vice_chairman"), (40, 60))[0],
                    purpose,
                ),
            )
        )
    return iter(sorted(found, key=lambda one: one.opened_on))
