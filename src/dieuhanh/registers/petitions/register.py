"""What the kernel is told of petitions and of meetings with voters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.petitions import actions, forms
from dieuhanh.registers.petitions.models import Deputies, Ledger, Petition, VoterContact
from dieuhanh.registers.petitions.queries import BOOKS, CONTACTS

if TYPE_CHECKING:
    from dieuhanh.kernel.entries.registry import Words

READERS: dict[str, Scope] = {
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
#: Officers of the Office keep the ledgers; a head records what the own unit answered and solved.
WRITERS = frozenset({Role.OFFICER, Role.HEAD})
TOLD = {
    "petition.answered": _("ghi trả lời cử tri."),
    "petition.settled": _("ghi kết quả giải quyết."),
    "petition.merged": _("gộp vào kiến nghị khác."),
}


def _places(row: Petition | VoterContact) -> str:
    return "; ".join(one.name for one in row.constituencies.all())


def _result(row: Petition) -> Any:
    if row.merged_into:
        return _("Đã gộp vào kiến nghị khác")
    if (latest := row.latest_result) is None:
        return _("Đã trả lời, chưa ghi kết quả") if row.answered_on else _("Chưa trả lời")
    if row.authority == "central" and latest.result == "in_progress":
        return _("Đang giải quyết – chờ Trung ương")
    return latest.get_result_display()


def _next_on(row: Petition) -> date | None:
    latest = row.latest_result
    return latest.next_on if latest and not is_closed(row) else None


def _open(row: Petition) -> bool:
    return not is_closed(row) and row.merged_on is None


def _verbs(ledger: str, form: type[forms.PetitionForm]) -> tuple[Verb, ...]:
    return (
        Verb(
            name="answer",
            slug="tra-loi",
            label=_("Ghi trả lời"),
            icon="send",
            form=forms.AnswerForm,
            act=actions.answer_petition,
            applies=lambda row: _open(row) and row.answered_on is None,
            consequence=_("Trả lời và giải quyết xong là hai việc: kiến nghị vẫn được theo dõi."),
        ),
        Verb(
            name="settle",
            slug="ket-qua",
            label=_("Ghi kết quả giải quyết"),
            icon="check",
            form=forms.ResultForm,
            act=actions.settle_petition,
            applies=_open,
            consequence=_("“Đã giải quyết xong” và “Giải trình” kết thúc kiến nghị từ ngày ghi."),
        ),
        Verb(
            name="merge",
            slug="gop",
            label=_("Gộp vào kiến nghị khác"),
            icon="subtask",
            form=forms.merging(ledger),
            act=actions.merge_petition,
            applies=_open,
            consequence=_("Kiến nghị này giữ nguồn và nơi nêu, vẫn xem được, và thôi được đếm."),
        ),
        correct_verb(forms.correction(form), actions.correct_petition),
        Verb(
            name="reopen",
            slug="mo-lai",
            label=_("Mở lại"),
            icon="arrow-back-up",
            form=forms.ReopenForm,
            act=actions.reopen_petition,
            applies=is_closed,
            consequence=_("Kiến nghị trở lại “Đang giải quyết”; nếu đã gộp thì tách ra."),
        ),
    )


def _ledger(
    ledger: str,
    *,
    slug: str,
    icon: str,
    label: Words,
    kinds: tuple[tuple[str, Words], ...],
    form: type[forms.PetitionForm],
) -> Register:
    """One of the two ledgers: they differ in their sources, never in what a petition is (CT-09)."""
    code = BOOKS[ledger]
    return Register(
        code=code,
        slug=slug,
        group="voters",
        icon=icon,
        label=label,
        noun=_("kiến nghị"),
        model=Petition,
        kinds=kinds,
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title"),
            Column("result", _("Kết quả giải quyết"), _result, width="w-symbol"),
            Column(
                "merged_into",
                _("Gộp vào kiến nghị số"),
                lambda row: str(row.merged_into) if row.merged_into else "",
                other=lambda row: row.merged_into.entry if row.merged_into else None,
            ),
            Column("next_on", _("Hẹn đến ngày"), _next_on),
            Column("source", _("Nguồn kiến nghị"), lambda row: row.source.label),
            Column("sphere", _("Lĩnh vực"), lambda row: row.get_sphere_display()),
            Column("authority", _("Thẩm quyền"), lambda row: row.get_authority_display()),
            Column(
                "repeated", _("Kiến nghị nhiều lần"), lambda row: _("có") if row.repeated else ""
            ),
            Column("constituencies", _("Nơi cử tri kiến nghị"), _places),
            Column("answered_on", _("Ngày trả lời"), lambda row: row.answered_on),
            Column("answer_symbol", _("Văn bản trả lời"), lambda row: row.answer_symbol),
        ),
        opened_label=_("Ngày tiếp nhận"),
        closed_label=_("Ngày kết thúc"),
        form=form,
        enter_label=_("Tiếp nhận kiến nghị"),
        enter_act=actions.receive_petition,
        verbs=_verbs(ledger, form),
        joined=("source", "merged_into__entry"),
        gathered=("constituencies", "results"),
        related=(Related(_("Kiến nghị đã gộp vào đây"), code, "merged_into"),),
        told=TOLD,
    )


REGISTERS = (
    _ledger(
        Ledger.COUNCIL,
        slug="kien-nghi-cu-tri-hdnd",
        icon="message-2",
        label=_("Kiến nghị cử tri (HĐND Thành phố)"),
        kinds=(
            ("resolution", _("Theo nghị quyết")),
            ("session", _("Trước và sau kỳ họp")),
        ),
        form=forms.CouncilPetitionForm,
    ),
    _ledger(
        Ledger.NATIONAL_ASSEMBLY,
        slug="kien-nghi-cu-tri-quoc-hoi",
        icon="message-question",
        label=_("Kiến nghị cử tri (Đoàn ĐBQH)"),
        kinds=(("round", _("Theo kỳ tiếp xúc")),),
        form=forms.AssemblyPetitionForm,
    ),
    Register(
        code=CONTACTS,
        slug="tiep-xuc-cu-tri",
        group="voters",
        icon="users-group",
        label=_("Tiếp xúc cử tri"),
        noun=_("cuộc"),
        model=VoterContact,
        kinds=tuple((value, label) for value, label in Deputies.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title"),
            Column("constituencies", _("Đơn vị bầu cử"), _places, width="w-symbol"),
            Column("session", _("Kỳ họp"), lambda row: row.session),
            Column("mode", _("Hình thức"), lambda row: row.get_mode_display()),
        ),
        opened_label=_("Ngày tiếp xúc"),
        closed_label=_("Ngày tổng hợp xong"),
        form=forms.ContactForm,
        enter_label=_("Ghi cuộc tiếp xúc"),
        enter_act=actions.record_contact,
        verbs=(
            close_verb(_("Ghi tổng hợp"), _("Ngày tổng hợp xong"), _("Văn bản tổng hợp kiến nghị")),
            correct_verb(forms.ContactForm, actions.correct_contact),
            reopen_verb(),
        ),
        gathered=("constituencies",),
    ),
)
