"""What stands in the calendar of the Committee: dated facts of the registers, and which collide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.entries.registry import READ, Register
from dieuhanh.kernel.identity.models import Person
from dieuhanh.registers.complaints.queries import VISITS
from dieuhanh.registers.foreign_reception.models import Host
from dieuhanh.registers.foreign_reception.queries import MEETINGS
from dieuhanh.registers.meetings.models import Chair, SessionMode, SessionType
from dieuhanh.registers.meetings.queries import ATTENDANCE, SESSIONS
from dieuhanh.registers.petitions.queries import CONTACTS
from dieuhanh.registers.press.queries import CONFERENCES
from dieuhanh.reports.review.queries import CAMPAIGNS
from dieuhanh.text import numbers
from dieuhanh.text.fold import fold

#: The leader who is one person: two things on one day can collide. Vice chairmen are several.
THE_CHAIRMAN = "chairman"
#: Beginnings of the names of places that only one meeting can use; a building has many rooms.
ROOMS = ("phong ", "hoi truong")


@dataclass(frozen=True)
class Lane:
    """One kind of event: a column of the week, told by its word and its icon."""

    key: str
    label: str | Promise
    icon: str
    register: str


LANES = (
    Lane("meetings", gettext_lazy("Họp của UBND"), "presentation", SESSIONS),
    Lane("attendance", gettext_lazy("Dự họp được mời"), "mail-opened", ATTENDANCE),
    Lane("reception", gettext_lazy("Tiếp công dân"), "users", VISITS),
    Lane("voters", gettext_lazy("Tiếp xúc cử tri"), "speakerphone", CONTACTS),
    Lane("foreign", gettext_lazy("Tiếp khách quốc tế"), "world", MEETINGS),
    Lane("press", gettext_lazy("Họp báo"), "microphone", CONFERENCES),
    Lane("deadlines", gettext_lazy("Hạn báo cáo"), "clock-hour-8", CAMPAIGNS),
)
LANE_OF = {lane.register: lane.key for lane in LANES}


@dataclass(frozen=True)
class Event:
    """Something of one day.

    Attributes:
        pk: of the entry; 0 for what stands for several entries (visits).
        closed: its subject is not for everybody: it stays out of files that leave the house.
        who: the one leader whose day it takes; empty where nothing can be said.
        place: where it takes him, folded; of what is online, nowhere.
        room: the room that only one event can use, folded.
        amount: how many it stands for.
        clash: with what it may collide, in words.
    """

    day: date
    lane: str
    register: str
    pk: int
    title: str
    note: str
    closed: bool = False
    amount: int = 1
    who: str = ""
    place: str = ""
    room: str = ""
    clash: str = ""
    kind: str = field(default="", compare=False)


def readable(person: Person) -> list[Lane]:
    """The lanes of registers that the person may read."""
    return [lane for lane in LANES if policies.may_read(person, registry.get(lane.register))]


def events(
    person: Person, first: date, last: date, *, known_by: date | None = None, verb: str = READ
) -> list[Event]:
    """What happens from ``first`` to ``last`` and the person may see, in order of days and lanes.

    Two queries: entries of all registers at once, and visits counted by day.

    Args:
        known_by: a past day: only what had happened, or had been set, by the end of it.
        verb: READ, or EXPORT for a file.
    """
    registers = {lane.register: registry.get(lane.register) for lane in readable(person)}
    visits = registers.pop(VISITS, None)
    found = _entries(person, list(registers.values()), first, last, known_by, verb)
    if visits:
        until = min(last, known_by) if known_by else last
        found += _visits(person, visits, first, until, verb)
    order = [lane.key for lane in LANES]
    found.sort(key=lambda one: (one.day, order.index(one.lane), one.kind, one.pk))
    return marked(found)


def _entries(
    person: Person,
    registers: list[Register],
    first: date,
    last: date,
    known_by: date | None,
    verb: str,
) -> list[Event]:
    if not registers:
        return []
    # The Q of a verb holds for one register, so the lists are joined: still one query.
    mine = (_open(person, one, verb) for one in registers)
    dated = Q(opened_on__gte=first, opened_on__lte=last) & ~Q(register=CAMPAIGNS)
    due = Q(register=CAMPAIGNS, campaign__due_on__gte=first, campaign__due_on__lte=last)
    rows = reduce(or_, mine).filter(dated | due)
    if known_by:
        rows = rows.filter(opened_on__lte=known_by)
    rows = rows.select_related(
        "unit", "session", "attendance", "votercontact", "delegationmeeting", "pressconference",
        "campaign",
    )  # fmt: skip
    return [_event(entry) for entry in rows.order_by("opened_on", "pk")]


def _open(person: Person, register: Register, verb: str) -> QuerySet[Entry]:
    rows = policies.visible_entries(person, register)
    return rows if verb == READ else rows.filter(policies.allowed(person, verb, register))


def _event(entry: Entry) -> Event:
    secret = entry.confidentiality == Confidentiality.SECRET
    plain = Event(
        day=entry.opened_on,
        lane=LANE_OF[entry.register],
        register=entry.register,
        pk=entry.pk,
        title=_("Bí mật nhà nước, không có nội dung") if secret else entry.title,
        note="",
        closed=entry.confidentiality != Confidentiality.ORDINARY,
        kind=entry.kind,
    )
    match entry.register:
        case "meetings.sessions":
            session = entry.session  # type: ignore[attr-defined]
            words = [session.get_chair_display(), "" if secret else session.place]
            if session.type == SessionType.COLLECTIVE:
                words.insert(0, _("phiên tập thể"))
            return replace(
                plain,
                note=_joined(words),
                who=THE_CHAIRMAN if session.chair == Chair.CHAIRMAN else "",
                place="" if session.mode == SessionMode.ONLINE else fold(session.place),
                room=_room(session.place),
            )
        case "meetings.attendance":
            attended = entry.attendance  # type: ignore[attr-defined]
            words = [attended.get_organiser_display(), attended.attended_by or entry.unit.name]
            himself = fold(attended.attended_by).startswith("chu tich")
            return replace(
                plain,
                note=_joined(words),
                who=THE_CHAIRMAN if himself else "",
                place=attended.organiser,
            )
        case "foreign_reception.meetings":
            met = entry.delegationmeeting  # type: ignore[attr-defined]
            return replace(
                plain,
                note=met.get_host_display(),
                who=THE_CHAIRMAN if met.host == Host.CHAIRMAN else "",
            )
        case "press.conferences":
            press = entry.pressconference  # type: ignore[attr-defined]
            return replace(plain, note=_joined([press.get_mode_display(), press.presided_by]))
        case "petitions.contacts":
            contact = entry.votercontact  # type: ignore[attr-defined]
            words = [contact.get_deputies_display(), contact.get_mode_display()]
            return replace(plain, note=_joined(words))
        case _:
            campaign = entry.campaign  # type: ignore[attr-defined]
            return replace(plain, day=campaign.due_on, note=_("hạn các đơn vị gửi báo cáo"))


def _joined(words: Iterable[str]) -> str:
    return " · ".join(str(one) for one in words if one)


def _room(place: str) -> str:
    folded = fold(place)
    return folded if folded.startswith(ROOMS) else ""


def _visits(person: Person, register: Register, first: date, last: date, verb: str) -> list[Event]:
    """Reception is told by day: how many were received, and how many of them by a leader."""
    rows = _open(person, register, verb).filter(opened_on__gte=first, opened_on__lte=last)
    counts = rows.order_by().values_list("opened_on", "kind").annotate(n=Count("pk"))
    return [
        Event(
            day=day,
            lane=LANE_OF[VISITS],
            register=VISITS,
            pk=0,
            title=_("Lãnh đạo tiếp công dân") if kind == "leader" else _("Tiếp công dân thường xuyên"),
            note=ngettext("%(n)s lượt", "%(n)s lượt", n) % {"n": numbers.number(n)},
            amount=n,
            kind=kind,
        )
        for day, kind, n in counts
    ]  # fmt: skip


def last_day_before(person: Person, day: date) -> date | None:
    """The last day before ``day`` on which something happened that the person may see."""
    registers = [registry.get(lane.register) for lane in readable(person)]
    registers = [one for one in registers if one.code != CAMPAIGNS]
    if not registers:
        return None
    rows = reduce(or_, (_open(person, one, READ) for one in registers))
    return rows.filter(opened_on__lt=day).aggregate(last=Max("opened_on"))["last"]


def marked(found: list[Event]) -> list[Event]:
    """The events, each told with what of the same day it may collide.

    Registers keep the day, not the hour: a leader who is awaited at two places, a room that two
    meetings have, are to be looked at, no more. Several meetings at one place are an ordinary day.
    """
    elsewhere: dict[tuple[date, str], Counter[str]] = {}
    taken: Counter[tuple[date, str]] = Counter()
    for one in found:
        if one.who and one.place:
            elsewhere.setdefault((one.day, one.who), Counter())[one.place] += 1
        if one.room:
            taken[one.day, one.room] += 1
    return [_told(one, elsewhere.get((one.day, one.who)), taken[one.day, one.room])
            for one in found]  # fmt: skip


def _told(one: Event, places: Counter[str] | None, same_room: int) -> Event:
    words = []
    others = places.total() - places[one.place] if places and one.place else 0
    if others:
        words.append(
            ngettext(
                "cùng ngày Chủ tịch còn %(n)s cuộc ở nơi khác",
                "cùng ngày Chủ tịch còn %(n)s cuộc ở nơi khác",
                others,
            )
            % {"n": others}
        )
    if one.room and same_room > 1:
        words.append(
            ngettext(
                "cùng ngày phòng này còn %(n)s cuộc khác",
                "cùng ngày phòng này còn %(n)s cuộc khác",
                same_room - 1,
            )
            % {"n": same_room - 1}
        )
    return replace(one, clash="; ".join(words)) if words else one
