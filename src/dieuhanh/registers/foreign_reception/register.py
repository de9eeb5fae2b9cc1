"""What the kernel is told of delegations and the meetings with them."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Column, Register, Related, Scope
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.foreign_reception import actions, forms
from dieuhanh.registers.foreign_reception.models import (
    Delegation,
    DelegationLevel,
    DelegationMeeting,
    MeetingPurpose,
)
from dieuhanh.registers.foreign_reception.queries import DELEGATIONS, MEETINGS

READERS: dict[str, Scope] = {
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
#: Officers of the Office, and the head of the unit that receives: Sở Ngoại vụ keeps its own.
WRITERS = frozenset({Role.OFFICER, Role.HEAD})


def _of_delegation(row: DelegationMeeting) -> Entry:
    return row.delegation.entry


REGISTERS = (
    Register(
        code=DELEGATIONS,
        slug="doan-khach-quoc-te",
        group="administration",
        icon="world",
        label=_("Đoàn khách quốc tế"),
        noun=_("đoàn"),
        model=Delegation,
        kinds=tuple((value, label) for value, label in DelegationLevel.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("country", _("Nước, tổ chức"), lambda row: row.country, width="w-symbol"),
            Column("title", _("Tên đoàn"), lambda row: row.entry.title, width="w-title"),
            Column("level", _("Cấp của đoàn"), lambda row: row.get_level_display()),
            Column("purpose", _("Mục đích"), lambda row: row.purpose),
        ),
        opened_label=_("Ngày đến"),
        closed_label=_("Ngày kết thúc chương trình"),
        form=forms.DelegationForm,
        enter_label=_("Ghi đoàn khách"),
        enter_act=actions.receive_delegation,
        verbs=(
            close_verb(
                _("Ghi kết thúc chương trình"),
                _("Ngày kết thúc chương trình"),
                _("Kết quả, cam kết"),
            ),
            correct_verb(forms.DelegationForm, actions.correct_delegation),
            reopen_verb(),
        ),
        related=(Related(_("Các cuộc tiếp"), MEETINGS, "delegation"),),
    ),
    Register(
        code=MEETINGS,
        slug="tiep-khach-quoc-te",
        group="administration",
        icon="heart-handshake",
        label=_("Tiếp khách quốc tế"),
        noun=_("cuộc tiếp"),
        model=DelegationMeeting,
        kinds=tuple((value, label) for value, label in MeetingPurpose.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column(
                "host",
                _("Người chủ trì tiếp"),
                lambda row: row.get_host_display(),
                width="w-symbol",
            ),
            Column("title", _("Nội dung trao đổi"), lambda row: row.entry.title, width="w-title"),
            Column(
                "delegation",
                _("Đoàn khách"),
                lambda row: row.delegation.entry.title,
                other=_of_delegation,
            ),
            Column(
                "country",
                _("Nước, tổ chức"),
                lambda row: row.delegation.country,
                other=_of_delegation,
            ),
            Column("purpose", _("Tính chất"), lambda row: row.get_purpose_display()),
        ),
        opened_label=_("Ngày tiếp"),
        closed_label=_("Ngày ghi kết quả"),
        form=forms.MeetingForm,
        enter_label=_("Ghi cuộc tiếp"),
        enter_act=actions.record_meeting,
        verbs=(
            close_verb(_("Ghi kết quả tiếp"), _("Ngày ghi kết quả"), _("Kết quả, cam kết")),
            correct_verb(forms.MeetingForm, actions.correct_meeting),
            reopen_verb(),
        ),
        joined=("delegation", "delegation__entry"),
    ),
)
