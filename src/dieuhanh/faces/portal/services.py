"""The services whose time limits are accounted for in the open, and what is never counted.

Denunciations are guarded, so no service counts them, in no breakdown; the same holds for what is
restricted to units, and for secrets. Procedures have no register of single files yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries.models import Confidentiality
from dieuhanh.kernel.obligations.tallies import Group
from dieuhanh.registers.complaints.queries import CASES, LETTERS
from dieuhanh.registers.feedback.queries import FEEDBACK
from dieuhanh.registers.petitions.queries import COUNCIL, NATIONAL_ASSEMBLY

#: What may be counted at all.
COUNTED = (Confidentiality.ORDINARY.value, Confidentiality.PERSONAL.value)


@dataclass(frozen=True)
class Service:
    """A service with a time limit.

    Attributes:
        code: stable; in addresses and in data.
        counts: what one of it is.
    """

    code: str
    label: Promise
    counts: Promise
    group: Group


SERVICES: dict[str, Service] = {
    one.code: one
    for one in (
        Service(
            "feedback",
            _("Trả lời phản ánh, kiến nghị về quy định, hành vi hành chính"),
            _("phản ánh, kiến nghị"),
            Group(FEEDBACK, (), ("feedback.answer",)),
        ),
        Service(
            "letters",
            _("Xử lý đơn khiếu nại, kiến nghị, phản ánh"),
            _("đơn"),
            Group(LETTERS, ("complaint", "petition"), ("petition.process",)),
        ),
        Service(
            "complaints",
            _("Giải quyết khiếu nại"),
            _("vụ"),
            Group(CASES, ("complaint",), ("complaint.1", "complaint.1.remote", "complaint.2")),
        ),
        Service(
            "petitions-council",
            _("Trả lời kiến nghị cử tri do HĐND Thành phố chuyển đến"),
            _("kiến nghị"),
            Group(COUNCIL, (), ("voter.city.default",)),
        ),
        Service(
            "petitions-assembly",
            _("Trả lời kiến nghị cử tri do Đoàn đại biểu Quốc hội chuyển đến"),
            _("kiến nghị"),
            Group(NATIONAL_ASSEMBLY, (), ("voter.na.b", "voter.na.ac")),
        ),
    )
}
