"""The figures of tasks, programmes and submissions.

The states of tasks partition their total (NV-10…NV-13); the work programme's completion is of what
was due, not of all items (NV-07).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.measures.model import Entries, Share, Window, measure
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.registers.assignments import queries
from dieuhanh.registers.assignments.models import ProgrammeLevel, SubmissionBody, TaskSource

OWNER = _("Văn phòng UBND Thành phố")
ASSIGNED = _("giao đến hết ngày chốt số liệu")
OF_THE_YEAR = _("của Chương trình trong năm, tính đến ngày chốt số liệu")
SUBMITTED = _("có ngày trình trong kỳ")

_tasks: dict[str, Any] = {"unit": _("nhiệm vụ"), "register": queries.TASKS, "owner": OWNER}
_action: dict[str, Any] = {"register": queries.ACTION_PROGRAMME, "owner": OWNER}
_work: dict[str, Any] = {"register": queries.WORK_PROGRAMME, "owner": OWNER}
_submissions: dict[str, Any] = {
    "unit": _("nội dung"), "window": SUBMITTED, "register": queries.SUBMISSIONS, "owner": OWNER,
}  # fmt: skip


# Tasks -------------------------------------------------------------------------------------------


@measure(
    "tasks.assigned_by_city_party",
    label=_("Nhiệm vụ Thành ủy giao"),
    definition=_("Nhiệm vụ do Bí thư, Thường trực, Ban Thường vụ Thành ủy giao."),
    window=_("có ngày giao trong kỳ"),
    **_tasks,
)
def by_city_party(window: Window) -> Entries:
    return Entries(queries.assigned_by(window, TaskSource.CITY_PARTY))


@measure(
    "tasks.total",
    label=_("Nhiệm vụ đã giao"),
    definition=_("Nhiệm vụ của mọi nguồn đã giao, kể cả giao trước kỳ."),
    window=ASSIGNED,
    parts=(
        "tasks.state.done_in_time",
        "tasks.state.done_late",
        "tasks.state.open_in_time",
        "tasks.state.open_late",
        "tasks.state.no_deadline",
    ),
    complete=True,
    **_tasks,
)
def all_tasks(window: Window) -> Entries:
    return Entries(queries.assigned(window))


@measure(
    "tasks.state.done_in_time",
    label=_("Nhiệm vụ hoàn thành đúng hạn"),
    definition=_("Hoàn thành không muộn hơn thời hạn đang có hiệu lực, sau khi đã lùi nếu có."),
    window=_("giao và hoàn thành đúng hạn đến hết ngày chốt số liệu"),
    **_tasks,
)
def done_in_time(window: Window) -> Entries:
    return Entries(queries.tasks_in(window, State.DONE_IN_TIME))


@measure(
    "tasks.state.done_late",
    label=_("Nhiệm vụ hoàn thành quá hạn"),
    definition=_("Hoàn thành sau thời hạn; không còn nằm trong danh sách quá hạn."),
    window=_("giao và hoàn thành quá hạn đến hết ngày chốt số liệu"),
    **_tasks,
)
def done_late(window: Window) -> Entries:
    return Entries(queries.tasks_in(window, State.DONE_LATE))


@measure(
    "tasks.state.open_in_time",
    label=_("Nhiệm vụ chưa hoàn thành, trong hạn"),
    definition=_("Chưa hoàn thành, thời hạn chưa qua."),
    window=_("giao đến hết ngày chốt số liệu, chưa hoàn thành trong hạn"),
    **_tasks,
)
def open_in_time(window: Window) -> Entries:
    return Entries(queries.tasks_in(window, State.OPEN_IN_TIME))


@measure(
    "tasks.state.open_late",
    label=_("Nhiệm vụ chưa hoàn thành, quá hạn"),
    definition=_("Chưa hoàn thành, thời hạn đã qua."),
    window=_("giao đến hết ngày chốt số liệu, chưa hoàn thành quá hạn"),
    **_tasks,
)
def open_late(window: Window) -> Entries:
    return Entries(queries.tasks_in(window, State.OPEN_LATE))


@measure(
    "tasks.state.no_deadline",
    label=_("Nhiệm vụ không thời hạn"),
    definition=_("Giao không kèm thời hạn; không tính vào tỷ lệ đúng hạn."),
    window=_("giao không thời hạn đến hết ngày chốt số liệu"),
    **_tasks,
)
def no_deadline(window: Window) -> Entries:
    return Entries(queries.tasks_in(window, State.NO_DEADLINE))


# Action programme --------------------------------------------------------------------------------


@measure(
    "action_programme.2024.focus_areas",
    label=_("Trọng tâm chỉ đạo, điều hành của Chương trình hành động"),
    unit=_("trọng tâm"),
    definition=_("Trọng tâm chỉ đạo, điều hành trong Chương trình hành động của năm."),
    window=OF_THE_YEAR,
    **_action,
)
def focus_areas(window: Window) -> Entries:
    return Entries(queries.in_action_programme(window, ProgrammeLevel.FOCUS_AREA))


@measure(
    "action_programme.2024.task_groups",
    label=_("Nhóm nhiệm vụ, giải pháp của Chương trình hành động"),
    unit=_("nhóm nhiệm vụ"),
    definition=_("Nhóm nhiệm vụ, giải pháp chủ yếu trong Chương trình hành động của năm."),
    window=OF_THE_YEAR,
    **_action,
)
def task_groups(window: Window) -> Entries:
    return Entries(queries.in_action_programme(window, ProgrammeLevel.TASK_GROUP))


@measure(
    "action_programme.2024.specific_tasks",
    label=_("Nhiệm vụ cụ thể của Chương trình hành động"),
    unit=_("nhiệm vụ"),
    definition=_("Nhiệm vụ cụ thể, có đơn vị chịu trách nhiệm và thời hạn hoàn thành."),
    window=OF_THE_YEAR,
    **_action,
)
def specific_tasks(window: Window) -> Entries:
    return Entries(queries.in_action_programme(window, ProgrammeLevel.SPECIFIC_TASK))


@measure(
    "major_tasks.2024.count",
    label=_("Nhiệm vụ lớn tạo cơ sở pháp lý"),
    unit=_("nhiệm vụ"),
    definition=_("Nhiệm vụ lớn được tập trung chỉ đạo trong năm."),
    window=OF_THE_YEAR,
    **_action,
)
def major_tasks(window: Window) -> Entries:
    return Entries(queries.in_action_programme(window, ProgrammeLevel.MAJOR_TASK))


@measure(
    "city_party.term17.major_work_programmes",
    label=_("Chương trình công tác lớn của Thành ủy"),
    unit=_("chương trình"),
    definition=_("Chương trình công tác lớn của Thành ủy đang thực hiện trong nhiệm kỳ."),
    window=_("ban hành đến hết ngày chốt số liệu, chưa kết thúc"),
    **_action,
)
def party_programmes(window: Window) -> Entries:
    return Entries(queries.party_programmes(window))


# Work programme ----------------------------------------------------------------------------------


@measure(
    "work_programme.2024.items_total",
    label=_("Nội dung của Chương trình công tác"),
    unit=_("nội dung"),
    definition=_(
        "Báo cáo, đề án, tờ trình, dự thảo văn bản quy phạm pháp luật và nội dung khác của Chương "
        "trình công tác năm; nội dung chuyển kỳ trong năm chỉ tính một lần."
    ),
    window=OF_THE_YEAR,
    parts=("work_programme.2024.due",),
    **_work,
)
def items_total(window: Window) -> Entries:
    return Entries(queries.in_work_programme(window))


@measure(
    "work_programme.2024.due",
    label=_("Nội dung Chương trình công tác đến hạn"),
    unit=_("nội dung"),
    definition=_("Nội dung của Chương trình trong năm có thời hạn đang có hiệu lực nằm trong kỳ."),
    window=_("có thời hạn trong kỳ"),
    parts=("work_programme.2024.completed",),
    **_work,
)
def items_due(window: Window) -> Entries:
    return Entries(queries.due_in_work_programme(window))


@measure(
    "work_programme.2024.completed",
    label=_("Nội dung Chương trình công tác đến hạn đã hoàn thành"),
    unit=_("nội dung"),
    definition=_(
        "Nội dung đến hạn trong kỳ đã hoàn thành đến ngày chốt số liệu; nội dung chuyển sang kỳ "
        "sau không tính là hoàn thành."
    ),
    window=_("có thời hạn trong kỳ, đã hoàn thành"),
    **_work,
)
def items_completed(window: Window) -> Entries:
    return Entries(queries.completed_in_work_programme(window))


@measure(
    "work_programme.completed_pct",
    label=_("Tỷ lệ hoàn thành Chương trình công tác"),
    unit="%",
    definition=_("Nội dung đã hoàn thành trên nội dung đến hạn trong kỳ, không trên toàn bộ."),
    decimals=1,
    owner=OWNER,
)
def completed_share(window: Window) -> Share:
    return Share("work_programme.2024.completed", "work_programme.2024.due")


# Submissions -------------------------------------------------------------------------------------


@measure(
    "submissions.party_executive_committee.major_contents",
    label=_("Nội dung lớn trình Ban Chấp hành Đảng bộ Thành phố"),
    definition=_("Nội dung công tác lớn trình Ban Chấp hành Đảng bộ Thành phố."),
    **_submissions,
)
def to_party_executive_committee(window: Window) -> Entries:
    return Entries(queries.submitted(window, SubmissionBody.PARTY_EXECUTIVE_COMMITTEE))


@measure(
    "submissions.city_party.items",
    label=_("Nội dung trình Thường trực, Ban Thường vụ Thành ủy"),
    definition=_("Đề án, dự án, nội dung công việc báo cáo Thành ủy và trình tại các hội nghị."),
    **_submissions,
)
def to_city_party(window: Window) -> Entries:
    return Entries(queries.submitted(window, SubmissionBody.CITY_PARTY))


@measure(
    "submissions.people_council.session_items",
    label=_("Nội dung trình các kỳ họp HĐND Thành phố"),
    definition=_("Nội dung chuẩn bị, trình các kỳ họp của HĐND Thành phố."),
    **_submissions,
)
def to_people_council(window: Window) -> Entries:
    return Entries(queries.submitted(window, SubmissionBody.PEOPLE_COUNCIL))
