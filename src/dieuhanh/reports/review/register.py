"""What the kernel is told of campaigns."""

from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.registry import Column, Register, Scope
from dieuhanh.kernel.identity.models import Role
from dieuhanh.kernel.obligations.verbs import correct_verb
from dieuhanh.reports.compose.template import period_label, templates
from dieuhanh.reports.review import actions, forms
from dieuhanh.reports.review.models import Campaign
from dieuhanh.reports.review.queries import CAMPAIGNS

REGISTERS = (
    Register(
        code=CAMPAIGNS,
        slug="dot-bao-cao",
        group="reports",
        icon="clipboard-list",
        label=_("Đợt báo cáo"),
        noun=_("đợt báo cáo"),
        model=Campaign,
        kinds=tuple((one.id, one.values["name"]) for one in templates()),
        grants=dict.fromkeys(
            (Role.CLERK, Role.OFFICER, Role.HEAD, Role.LEADER, Role.PLANNER, Role.AUDITOR),
            Scope.ALL,
        ),
        writers=frozenset({Role.PLANNER}),
        columns=(
            Column(
                "request_symbol",
                _("Văn bản đề nghị"),
                lambda row: row.request_symbol,
                width="w-symbol",
            ),
            Column("title", _("Báo cáo"), lambda row: row.entry.title, width="w-title"),
            Column("period", _("Kỳ"), lambda row: period_label(row.period)),
            Column("as_of", _("Chốt số liệu"), lambda row: row.as_of),
            Column("due_on", _("Hạn gửi"), lambda row: row.due_on),
        ),
        opened_label=_("Ngày đề nghị"),
        closed_label=_("Ngày phát hành"),
        form=forms.CampaignForm,
        enter_label=_("Mở đợt báo cáo"),
        enter_act=actions.open_campaign,
        verbs=(correct_verb(forms.CorrectCampaignForm, actions.correct_campaign),),
    ),
)
