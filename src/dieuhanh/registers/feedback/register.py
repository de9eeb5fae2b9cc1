"""What the kernel is told of feedback."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Scope
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.verbs import close_verb, correct_verb, reopen_verb
from dieuhanh.registers.feedback import actions, forms
from dieuhanh.registers.feedback.models import About, Feedback
from dieuhanh.registers.feedback.queries import FEEDBACK

REGISTERS = (
    Register(
        code=FEEDBACK,
        slug="phan-anh-kien-nghi",
        group="citizens",
        icon="speakerphone",
        label=_("Phản ánh, kiến nghị"),
        noun=_("phản ánh, kiến nghị"),
        model=Feedback,
        kinds=tuple((value, label) for value, label in About.choices),
        grants={
            Role.OFFICER: Scope.ALL,
            Role.RECEPTION: Scope.ALL,
            Role.LEADER: Scope.ALL,
            Role.PLANNER: Scope.ALL,
            Role.AUDITOR: Scope.ALL,
            Role.HEAD: Scope.UNIT,
        },
        writers=frozenset({Role.OFFICER, Role.HEAD}),
        columns=(
            Column(
                "channel",
                _("Kênh tiếp nhận"),
                lambda row: row.get_channel_display(),
                width="w-symbol",
            ),
            Column("title", _("Nội dung"), lambda row: row.entry.title, width="w-title"),
            Column("about", _("Phản ánh về"), lambda row: row.get_about_display()),
        ),
        opened_label=_("Ngày tiếp nhận"),
        closed_label=_("Ngày trả lời"),
        form=forms.FeedbackForm,
        enter_label=_("Tiếp nhận phản ánh"),
        enter_act=actions.receive_feedback,
        verbs=(
            close_verb(_("Ghi trả lời"), _("Ngày trả lời"), _("Văn bản trả lời, kết quả")),
            correct_verb(forms.FeedbackForm, actions.correct_feedback),
            reopen_verb(),
        ),
    ),
)
