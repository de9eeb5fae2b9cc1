"""What an address asks a list for, and what of it was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from dieuhanh.faces.desk.moments import EARLIEST, Moment, days_of, moment_of
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor
from dieuhanh.kernel.entries.registry import READ, Register
from dieuhanh.kernel.identity import finding
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.queries import State, entries_in_state
from dieuhanh.kernel.search.queries import matching
from dieuhanh.text import dates

if TYPE_CHECKING:
    from dieuhanh.kernel.identity.models import Person

#: What narrows a list, in the order in which an address is written.
FILTERS = ("q", "loai", "trang-thai", "don-vi", "tu", "den", "tinh-den")
#: Which saved list is open; where a page begins.
VIEW, PLACES = "danh-sach", ("sau", "truoc")
KNOWN = {*FILTERS, VIEW, *PLACES, "cot"}
#: Longest piece of an address that a sentence repeats, and most names that it offers.
LONGEST_SHOWN = 60
MOST_NAMED = 3


@dataclass(frozen=True)
class Fault:
    """A condition that was left out: a sentence, and where to go on [(label, address)]."""

    words: str
    links: list[tuple[str, str]] = field(default_factory=list)


class Asked:
    """The conditions of one request for a list of ``register``.

    Whatever is not understood is left out; ``faults`` says so, each in a sentence.
    """

    def __init__(self, request: HttpRequest, register: Register) -> None:
        self.register = register
        self.path = reverse("desk:list", args=[register.slug])
        self.person: Person = request.user  # type: ignore[assignment]
        self.sent: QueryDict = request.GET
        self.faults: list[Fault] = []
        self.left_out: set[str] = set()
        self.words = self.sent.get("q", "").replace("\0", "").strip()
        self.moment: Moment = moment_of(request)
        self.start, self.end = days_of(request)
        self.kind = self._one_of("loai", dict(register.kinds))
        self.state = self._one_of("trang-thai", State.values)
        self._judge_days()
        self.unit = self._unit()
        self.after, self.before = self._places()
        self._judge_names()

    def value(self, name: str) -> str:
        return self.sent.get(name, "").replace("\0", "").strip()

    def url(self, **changes: object) -> str:
        """The address of this list with other conditions; pages begin anew."""
        query = {
            name: value
            for name, value in self.sent.items()
            if name in (*FILTERS, VIEW) and name not in self.left_out
        }
        for name, value in changes.items():
            query.pop(name.replace("_", "-"), None)
            if value not in (None, ""):
                query[name.replace("_", "-")] = str(value)
        return f"{self.path}?{urlencode(query)}" if query else self.path

    @cached_property
    def query(self) -> str:
        """The conditions alone, as an address writes them."""
        return written(self.sent)

    @property
    def narrows(self) -> bool:
        return bool(self.query)

    def entries(self, *, by_kind: bool = True, verb: str = READ) -> QuerySet[Entry]:
        """Entries that the person may open (or export) and the address asks for."""
        found = policies.allowed_entries(self.person, verb, self.register)
        found = found.filter(matching(self.words))
        end = self.last_day
        if self.start:
            found = found.filter(opened_on__gte=self.start)
        if end:
            found = found.filter(opened_on__lte=end)
        if self.unit:
            found = found.filter(unit=self.unit)
        if self.state:
            found = found.filter(entries_in_state(self.state, self.moment.at))
        if by_kind and self.kind:
            found = found.filter(kind=self.kind)
        return found

    @property
    def last_day(self) -> date | None:
        """The last day of opening that is listed; None without end."""
        if self.moment.past and (self.end is None or self.end > self.moment.day):
            return self.moment.day
        return self.end

    # What was not understood -------------------------------------------------------------------

    def leave_out(self, name: str, words: str, *links: tuple[str, str]) -> None:
        """Say why the condition ``name`` was left out; links of this page do without it."""
        self.left_out.add(name)
        self.faults.append(Fault(words, list(links)))

    def _one_of(self, name: str, known: object) -> str:
        value = self.value(name)
        if not value or value in known:  # type: ignore[operator]
            return value
        sentence = (
            _("Sổ này không có (hoặc không còn) loại “%(value)s”; danh sách gồm mọi loại.")
            if name == "loai"
            else _("Không có tình trạng thời hạn “%(value)s”; danh sách gồm mọi thời hạn.")
        )
        self.leave_out(name, sentence % {"value": _short(value)})
        return ""

    def _judge_days(self) -> None:
        read = {"tu": self.start, "den": self.end, "tinh-den": self._as_of()}
        for name, day in read.items():
            if (value := self.value(name)) and day is None:
                words = _("Không đọc được ngày “%(value)s” nên bỏ qua; xin ghi như 15/6/2024.")
                self.leave_out(name, words % {"value": _short(value)})
        as_of = read["tinh-den"]
        if as_of and as_of > clock.today():
            words = _("Ngày %(day)s chưa đến; danh sách là của lúc này.")
            self.leave_out("tinh-den", words % {"day": dates.day(as_of)})
        if self.start and (last := self.last_day) and last < self.start:
            words = _("Ngày bắt đầu %(start)s sau ngày cuối %(end)s nên không mục nào khớp.")
            swapped = (
                _("Đổi chỗ hai ngày"),
                self.url(tu=dates.day(last), den=dates.day(self.start)),
            )
            given = {"start": dates.day(self.start), "end": dates.day(last)}
            links = [swapped] if last == self.end else []
            self.faults.append(Fault(words % given, links))

    def _as_of(self) -> date | None:
        try:
            read = dates.parse_day(self.value("tinh-den")) if self.value("tinh-den") else None
        except ValueError:
            return None
        return read if read and read.year >= EARLIEST else None

    def _unit(self) -> Unit | None:
        text = self.value("don-vi")
        unit = finding.unit_asked(text[:300]) if text else None
        if not text or (unit and not self._ended(unit)):
            return unit
        if unit:
            self._refuse_ended(unit)
            return None
        found, _more = finding.units_like(text[:100], MOST_NAMED)
        links = [(one.value, self.url(don_vi=one.value)) for one in found]
        words = (
            _("“%(value)s” chưa rõ là đơn vị nào nên danh sách gồm mọi đơn vị; có thể là:")
            if found
            else _("Không có đơn vị “%(value)s”; danh sách gồm mọi đơn vị.")
        )
        self.leave_out("don-vi", words % {"value": _short(text)}, *links)
        return None

    def _ended(self, unit: Unit) -> bool:
        """Whether it was dissolved before the last day that is listed."""
        return bool(unit.valid_to and unit.valid_to < (self.last_day or self.moment.day))

    def _refuse_ended(self, unit: Unit) -> None:
        """The list goes on without it; its heirs, and its own time, are one click away."""
        ended: date = unit.valid_to  # type: ignore[assignment]
        words = _(
            "Đơn vị “%(unit)s” đã kết thúc hoạt động ngày %(day)s; danh sách gồm mọi đơn vị. Xem:"
        )
        heirs = unit.successions.filter(since__lte=clock.today()).select_related("successor")
        links = [
            (one.successor.name, self.url(don_vi=one.successor_id))
            for one in heirs.order_by("successor__name")[:MOST_NAMED]
        ]
        then = _("đơn vị cũ, đến ngày %(day)s") % {"day": dates.day(ended)}
        links.append((then, self.url(den=dates.day(ended), don_vi=unit.pk)))
        told = words % {"unit": unit.name, "day": dates.day(ended)}
        self.leave_out("don-vi", told, *links)

    def _places(self) -> tuple[Cursor | None, Cursor | None]:
        read = [Cursor.parse(self.sent.get(name, "")) for name in PLACES]
        if any(self.sent.get(name) and one is None for name, one in zip(PLACES, read, strict=True)):
            self.leave_out("sau", _("Không đọc được vị trí trang trong địa chỉ; đây là trang đầu."))
        return read[0], read[1]

    def _judge_names(self) -> None:
        strange = [_short(name) for name in self.sent if name not in KNOWN][:MOST_NAMED]
        if strange:
            words = _("Sổ này không có điều kiện %(names)s; phần ấy được bỏ qua.")
            told = ", ".join(f"“{name}”" for name in strange)
            self.leave_out(strange[0], words % {"names": told})


def written(sent: QueryDict) -> str:
    """The conditions of an address, in one order, without what only says how to show them."""
    given = ((name, str(sent.get(name, "")).replace("\0", "").strip()) for name in FILTERS)
    return urlencode([(name, value) for name, value in given if value])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
