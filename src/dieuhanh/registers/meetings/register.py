"""What the kernel is told of sessions, their items and meetings attended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.meetings import actions, forms
from dieuhanh.registers.meetings.models import AgendaItem, Attendance, Organiser, Session
from dieuhanh.registers.meetings.queries import ATTENDANCE, ITEMS, SESSIONS
from dieuhanh.registers.meetings.rules import are_papers_in_time, has_quorum

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words

READERS: dict[str, Scope] = {
    Role.CLERK: Scope.ALL,
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.OFFICER})

_title = Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title")


def _quorum(row: Session) -> Words:
    """HO-02, in words: who was there, and whether that was enough."""
    if row.members_total is None or row.members_present is None:
        return ""
    enough = has_quorum(present=row.members_present, members=row.members_total)
    words = _("%(present)s/%(members)s thành viên, đủ") if enough else _(
        "%(present)s/%(members)s thành viên, KHÔNG ĐỦ hai phần ba"
    )  # fmt: skip
    return words % {"present": row.members_present, "members": row.members_total}


def _papers(row: Session) -> Words:
    """HO-03, in words."""
    if row.papers_sent_on is None or row.papers_due_on is None:
        return ""
    if are_papers_in_time(sent_on=row.papers_sent_on, due_on=row.papers_due_on):
        return _("đúng hạn")
    return _("chậm")


def _vote(row: AgendaItem) -> Words:
    if row.members is None:
        return ""
    return _(
        "%(for)s tán thành, %(against)s không tán thành, %(abstained)s không biểu quyết "
        "trên %(members)s thành viên"
    ) % {
        "for": row.votes_for,
        "against": row.votes_against,
        "abstained": row.votes_abstained,
        "members": row.members,
    }


def _of_session(row: AgendaItem) -> Entry:
    return row.session.entry


REGISTERS = (
    Register(
        code=SESSIONS,
        slug="cuoc-hop",
        group="work",
        icon="presentation",
        label=_("Phiên họp, cuộc họp"),
        noun=_("cuộc họp"),
        model=Session,
        kinds=(
            ("collective", _("Phiên họp tập thể")),
            ("chaired", _("Lãnh đạo chủ trì")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            _title,
            Column(
                "chair",
                _("Chủ trì"),
                lambda row: row.get_chair_display(),
                width="w-symbol",
            ),
            Column("type", _("Loại"), lambda row: row.get_type_display()),
            Column("mode", _("Hình thức họp"), lambda row: row.get_mode_display()),
            Column("place", _("Địa điểm"), lambda row: row.place),
            Column("quorum", _("Thành viên có mặt"), _quorum),
            Column(
                "urgent",
                _("Tính chất"),
                lambda row: _("chuyên đề, đột xuất") if row.urgent else "",
            ),
            Column("papers_sent_on", _("Ngày gửi tài liệu"), lambda row: row.papers_sent_on),
            Column("papers_due_on", _("Hạn gửi tài liệu"), lambda row: row.papers_due_on),
            Column("papers", _("Gửi tài liệu"), _papers),
        ),
        opened_label=_("Ngày họp"),
        closed_label=_("Ngày thông báo kết luận"),
        form=forms.SessionForm,
        enter_label=_("Ghi cuộc họp"),
        enter_act=actions.record_session,
        verbs=(
            close_verb(
                _("Ghi thông báo kết luận"),
                _("Ngày thông báo kết luận"),
                _("Số, ký hiệu thông báo"),
            ),
            correct_verb(forms.SessionForm, actions.correct_session),
            reopen_verb(),
        ),
        related=(Related(_("Nội dung phiên họp"), ITEMS, "session"),),
    ),
    Register(
        code=ITEMS,
        slug="noi-dung-phien-hop",
        group="work",
        icon="list-details",
        label=_("Nội dung phiên họp"),
        noun=_("nội dung"),
        model=AgendaItem,
        kinds=(
            ("pending", _("Chưa có kết quả")),
            ("adopted", _("Thông qua")),
            ("adopted_with_changes", _("Thông qua, yêu cầu chỉnh sửa")),
            ("returned", _("Trả lại hồ sơ")),
            ("postponed", _("Lùi sang phiên sau")),
        ),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column(
                "session",
                _("Phiên họp, cuộc họp"),
                lambda row: _("số %(number)s") % {"number": row.session.entry},
                width="w-symbol",
                other=_of_session,
            ),
            _title,
            Column(
                "held_on",
                _("Ngày họp"),
                lambda row: row.session.entry.opened_on,
                other=_of_session,
            ),
            Column("result", _("Kết quả xem xét"), lambda row: row.get_result_display()),
            Column("vote", _("Biểu quyết"), _vote),
        ),
        opened_label=_("Ngày trình"),
        closed_label=_("Ngày quyết định"),
        form=forms.ItemForm,
        enter_label=_("Ghi nội dung trình"),
        enter_act=actions.submit_item,
        verbs=(
            Verb(
                name="close",
                slug="ket-qua",
                label=_("Ghi kết quả"),
                icon="check",
                form=forms.DecisionForm,
                act=actions.decide_item,
                applies=lambda row: not is_closed(row),
            ),
            correct_verb(forms.ItemCorrectionForm, actions.correct_item),
        ),
        joined=("session", "session__entry"),
    ),
    Register(
        code=ATTENDANCE,
        slug="cuoc-hop-tham-du",
        group="work",
        icon="user-check",
        label=_("Cuộc họp được mời dự"),
        noun=_("cuộc họp"),
        model=Attendance,
        kinds=tuple((value, label) for value, label in Organiser.choices),
        grants=READERS,
        writers=WRITERS | {Role.CLERK},
        columns=(
            Column(
                "invitation",
                _("Giấy mời và nơi tổ chức"),
                lambda row: row.invitation or _("không ghi số"),
                sub=lambda row: row.get_organiser_display(),
                width="w-symbol",
            ),
            _title,
            Column("attended_by", _("Người dự"), lambda row: row.attended_by),
        ),
        opened_label=_("Ngày họp"),
        closed_label=_("Ngày báo cáo kết quả dự họp"),
        form=forms.AttendanceForm,
        enter_label=_("Ghi cuộc họp được mời"),
        enter_act=actions.record_attendance,
        verbs=(
            close_verb(
                _("Ghi kết quả dự họp"),
                _("Ngày báo cáo kết quả dự họp"),
                _("Kết quả, việc phải thực hiện"),
            ),
            correct_verb(forms.AttendanceForm, actions.correct_attendance),
            reopen_verb(),
        ),
    ),
)
