"""What the kernel is told of press conferences and press matters."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Scope, Verb
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.actions import is_closed
from dieuhanh.kernel.obligations.verbs import (
    close_verb,
    correct_verb,
    postpone_verb,
    reopen_verb,
)
from dieuhanh.registers.press import actions, forms
from dieuhanh.registers.press.models import (
    ConferenceMode,
    PressConference,
    PressField,
    PressMatter,
)
from dieuhanh.registers.press.queries import CONFERENCES, MATTERS

READERS: dict[str, Scope] = {
    Role.OFFICER: Scope.ALL,
    Role.LEADER: Scope.ALL,
    Role.PLANNER: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
    Role.HEAD: Scope.UNIT,
}
WRITERS = frozenset({Role.OFFICER})

DIRECT = Verb(
    name="direct",
    slug="chi-dao",
    label=_("Ghi văn bản chỉ đạo"),
    icon="writing-sign",
    form=forms.DirectForm,
    act=actions.direct_matter,
    applies=lambda row: row.directed_on is None and not is_closed(row),
    consequence=_("Thời hạn của văn bản thành thời hạn của đơn vị phải trả lời."),
)
REPLY = Verb(
    name="reply",
    slug="tra-loi",
    label=_("Ghi trả lời báo chí"),
    icon="send",
    form=forms.ReplyForm,
    act=actions.reply_matter,
    applies=lambda row: row.replied_on is None and not is_closed(row),
)
POSTPONE = replace(
    postpone_verb(), applies=lambda row: row.due_on is not None and not is_closed(row)
)

REGISTERS = (
    Register(
        code=CONFERENCES,
        slug="hop-bao",
        group="administration",
        icon="microphone",
        label=_("Họp báo"),
        noun=_("cuộc"),
        model=PressConference,
        kinds=tuple((value, label) for value, label in ConferenceMode.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("mode", _("Loại họp báo"), lambda row: row.get_mode_display(), width="w-symbol"),
            Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title"),
            Column("presided_by", _("Chủ trì"), lambda row: row.presided_by),
            Column(
                "with_party_board",
                _("Có Ban Tuyên giáo Thành ủy tham dự"),
                lambda row: _("có") if row.with_party_board else _("không"),
            ),
        ),
        opened_label=_("Ngày họp"),
        closed_label=_("Ngày ghi kết quả"),
        form=forms.ConferenceForm,
        enter_label=_("Ghi cuộc họp báo"),
        enter_act=actions.enter_conference,
        verbs=(
            close_verb(_("Ghi kết quả"), _("Ngày ghi kết quả"), _("Thông cáo, kết quả")),
            correct_verb(forms.ConferenceForm, actions.correct_conference),
            reopen_verb(),
        ),
    ),
    Register(
        code=MATTERS,
        slug="thong-tin-bao-chi",
        group="administration",
        icon="news",
        label=_("Thông tin báo chí phản ánh"),
        noun=_("thông tin"),
        told={
            "press_matter.directed": _("ghi văn bản chỉ đạo."),
            "press_matter.replied": _("ghi trả lời báo chí."),
        },
        model=PressMatter,
        kinds=tuple((value, label) for value, label in PressField.choices),
        grants=READERS,
        writers=WRITERS,
        columns=(
            Column("outlet", _("Cơ quan báo chí"), lambda row: row.outlet, width="w-symbol"),
            Column("title", _("Nội dung phản ánh"), lambda row: row.entry.title, width="w-title"),
            Column("published_on", _("Ngày đăng, phát"), lambda row: row.published_on),
            Column("field", _("Lĩnh vực"), lambda row: row.get_field_display()),
            Column("response_symbol", _("Văn bản chỉ đạo"), lambda row: row.response_symbol),
            Column("directed_on", _("Ngày văn bản chỉ đạo"), lambda row: row.directed_on),
            Column("reply", _("Trả lời báo chí"), lambda row: row.reply),
            Column("replied_on", _("Ngày trả lời báo chí"), lambda row: row.replied_on),
        ),
        opened_label=_("Ngày vào sổ"),
        closed_label=_("Ngày giải quyết xong"),
        form=forms.MatterForm,
        enter_label=_("Vào sổ thông tin"),
        enter_act=actions.enter_matter,
        verbs=(
            close_verb(_("Ghi kết quả"), _("Ngày giải quyết xong"), _("Kết quả giải quyết")),
            DIRECT,
            REPLY,
            correct_verb(forms.MatterCorrectionForm, actions.correct_matter),
            POSTPONE,
            reopen_verb(),
        ),
    ),
)
