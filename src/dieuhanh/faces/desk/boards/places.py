"""What the registers can count by district: the measures of the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.queries import State, in_state, with_state
from dieuhanh.kernel.tracking.policies import seen
from dieuhanh.registers.assignments.queries import TASKS, assigned
from dieuhanh.registers.complaints import queries as complaints
from dieuhanh.registers.feedback import queries as feedback
from dieuhanh.registers.inspections import queries as inspections
from dieuhanh.registers.petitions import queries as petitions

Words = str | Promise
UNIT = "unit__code"
RAISED = "petition__constituencies__code"
MET = "votercontact__constituencies__code"


@dataclass(frozen=True)
class PlaceMeasure:
    """Something that is counted by district.

    Attributes:
        rows: what is counted, in a window: entries, or obligations where ``owed``.
        place: path from a row to the code of its district.
        registers: whose readers are offered it; empty, and everybody is.
        at_cutoff: as it stands at the end of the window; when it began does not matter.
        several: one row may count for several districts, so the sum says nothing.
    """

    key: str
    label: Words
    noun: Words
    definition: Words
    rows: Callable[[Window], QuerySet[Any]] | None
    place: str = UNIT
    registers: tuple[str, ...] = ()
    at_cutoff: bool = False
    several: bool = False
    owed: bool = False


def _late(window: Window) -> QuerySet[Any]:
    moment = min(clock.end_of(window.cutoff), clock.now())
    return with_state(moment).filter(in_state(State.OPEN_LATE, moment))


def _opened(code: str) -> Callable[[Window], QuerySet[Entry]]:
    return lambda window: complaints.opened(code, window)


MEASURES: dict[str, PlaceMeasure] = {
    one.key: one
    for one in (
        PlaceMeasure(
            "phan-anh", _("Phản ánh, kiến nghị tiếp nhận"), _("phản ánh, kiến nghị"),
            _("Phản ánh, kiến nghị tiếp nhận trong kỳ, theo đơn vị xử lý."),
            feedback.received, registers=(feedback.FEEDBACK,),
        ),
        PlaceMeasure(
            "don-thu", _("Đơn thư tiếp nhận"), _("đơn"),
            _("Đơn tiếp nhận trong kỳ, theo đơn vị được giao."),
            _opened(complaints.LETTERS), registers=(complaints.LETTERS,),
        ),
        PlaceMeasure(
            "tiep-dan", _("Lượt tiếp công dân"), _("lượt tiếp"),
            _("Lượt tiếp công dân trong kỳ, theo đơn vị tiếp."),
            _opened(complaints.VISITS), registers=(complaints.VISITS,),
        ),
        PlaceMeasure(
            "vu-viec", _("Vụ việc khiếu nại, tố cáo thụ lý"), _("vụ việc"),
            _("Vụ việc thụ lý trong kỳ, theo đơn vị giải quyết."),
            _opened(complaints.CASES), registers=(complaints.CASES,),
        ),
        PlaceMeasure(
            "kien-nghi", _("Kiến nghị cử tri đang giải quyết"), _("kiến nghị"),
            _("Kiến nghị chưa kết thúc vào ngày cuối kỳ, mọi nguồn, theo đơn vị bầu cử có cử tri "
              "kiến nghị. Kiến nghị của nhiều nơi được tính ở từng nơi."),
            petitions.unsettled, RAISED,
            registers=(petitions.COUNCIL, petitions.NATIONAL_ASSEMBLY),
            at_cutoff=True, several=True,
        ),
        PlaceMeasure(
            "tiep-xuc", _("Cuộc tiếp xúc cử tri"), _("cuộc tiếp xúc"),
            _("Cuộc tiếp xúc trong kỳ, theo đơn vị bầu cử. Cuộc tiếp xúc ở nhiều nơi được tính ở "
              "từng nơi."),
            petitions.contacts_held, MET, registers=(petitions.CONTACTS,), several=True,
        ),
        PlaceMeasure(
            "kiem-tra", _("Cuộc thanh tra, kiểm tra"), _("cuộc"),
            _("Cuộc thanh tra, kiểm tra trong kỳ, theo đơn vị tiến hành."),
            inspections.carried_out, registers=(inspections.INSPECTIONS,),
        ),
        PlaceMeasure(
            "nhiem-vu", _("Nhiệm vụ đã giao"), _("nhiệm vụ"),
            _("Nhiệm vụ được giao đến ngày cuối kỳ, theo đơn vị chủ trì."),
            assigned, registers=(TASKS,), at_cutoff=True,
        ),
        PlaceMeasure(
            "qua-han", _("Việc quá hạn chưa xong"), _("việc"),
            _("Việc phải làm đã quá hạn mà chưa hoàn thành vào ngày cuối kỳ, theo đơn vị phải làm, "
              "mọi sổ; không tính việc đang tạm dừng."),
            _late, at_cutoff=True, owed=True,
        ),
        PlaceMeasure(
            "chi-tieu", _("Chỉ tiêu kinh tế - xã hội"), "",
            _("Các chỉ tiêu được công bố chung cho toàn Thành phố, không tách theo quận, huyện."),
            None,
        ),
    )
}  # fmt: skip


def offered(person: Person) -> dict[str, PlaceMeasure]:
    """The measures of registers that the person may read."""
    return {
        key: one
        for key, one in MEASURES.items()
        if not one.registers
        or any(policies.may_read(person, registry.get(code)) for code in one.registers)
    }


@dataclass(frozen=True)
class Counted:
    """How many rows a district has, and how many of them the reader may open."""

    count: int
    open_to_me: int

    @property
    def hidden(self) -> int:
        return self.count - self.open_to_me


def _visible(person: Person, measure: PlaceMeasure) -> Q:
    if measure.owed:
        return seen(person)
    return policies.visible(person, [registry.get(code) for code in measure.registers])


def place_code(code: str) -> str:
    """Code of a district as the statistics office writes it: "01.001" and "001" are one place."""
    return code.rpartition(".")[2]


def counted(person: Person, measure: PlaceMeasure, window: Window) -> dict[str | None, Counted]:
    """`place_code` of the unit or constituency → count, in one query; of everybody's entries.

    A figure is the same for whoever asks; which entries stand behind it, each reader sees by right.
    """
    if measure.rows is None:
        return {}
    rows = measure.rows(window).order_by().values_list(measure.place)
    found = rows.annotate(n=Count("pk"), mine=Count("pk", filter=_visible(person, measure)))
    return {code and place_code(code): Counted(n, mine) for code, n, mine in found}


def behind(person: Person, measure: PlaceMeasure, window: Window, unit: Unit) -> QuerySet[Entry]:
    """The entries behind the count of one district that ``person`` may open."""
    code = unit.code if measure.place == UNIT else place_code(unit.code)
    nothing = policies.visible_entries(person, registry.get(TASKS)).none()
    if measure.rows is None:
        return nothing
    rows = measure.rows(window).filter(**{measure.place: code}).order_by()
    if not measure.owed:
        return rows.filter(_visible(person, measure))
    readable = [one for one in registry.all_registers() if policies.may_read(person, one)]
    visible = reduce(or_, (policies.visible_entries(person, one) for one in readable), nothing)
    return visible.filter(pk__in=rows.values("entry"))
