"""Feedback of citizens and firms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from dieuhanh.faces.loading.expansions.setting import Setting, in_time, mixed, working_days
from dieuhanh.kernel.obligations.bulk import BulkEntry

FEEDBACK_MATTERS = (
    "thành phần hồ sơ đăng ký đất đai",
    "thời gian trả kết quả tại bộ phận một cửa",
    "hướng dẫn nộp hồ sơ trực tuyến",
    "mức thu phí, lệ phí",
    "quy định cấp phép xây dựng",
)


def feedback(setting: Setting) -> Iterator[BulkEntry]:
    """Feedback, all answered within its time and by the cut-off."""
    rng = random.Random("feedback")
    limit = "feedback.answer"
    days = [
        day for day in working_days(setting.start, setting.end)
        if setting.deadlines.due_on(limit, day) <= setting.end
    ]  # fmt: skip

    def make(day: date) -> BulkEntry:
        about = rng.choices(("regulation", "conduct"), (70, 30))[0]
        due = setting.deadlines.due_on(limit, day)
        head = "Phản ánh quy định về" if about == "regulation" else "Phản ánh việc thực hiện"
        return BulkEntry(
            kind=about,
            title=f"{head} {rng.choice(FEEDBACK_MATTERS)}",
            unit_id=rng.choice([setting.office, *setting.departments, *setting.districts]).pk,
            opened_on=day,
            closed_on=in_time(rng, day, due, setting.end),
            outcome="Đã trả lời người gửi",
            duty="Xử lý, trả lời phản ánh, kiến nghị",
            limit_key=limit,
            row=(
                about,
                rng.choices(("portal", "letter", "phone", "in_person"), (60, 20, 15, 5))[0],
            ),
        )

    return mixed(rng, [(setting.count("feedback", "on_time"), make)], days)
