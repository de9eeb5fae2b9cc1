"""Time limits: the list of them with what depends on each, and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.limit_changes import ChangeForm, value_words
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.faces.desk.story import events_of
from dieuhanh.kernel.entries import policies as entry_policies
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Certainty, Direction, Obligation, TimeLimit
from dieuhanh.kernel.obligations.reckoning import due_of, earliest_end
from dieuhanh.kernel.tracking.reference import policies, queries
from dieuhanh.kernel.tracking.reference.queries import Dependents
from dieuhanh.kernel.ui.templatetags.look import chip
from dieuhanh.kernel.workdays.due import HOUR_UNITS
from dieuhanh.kernel.workdays.due import Unit as DayUnit
from dieuhanh.kernel.workdays.explain import DayCell, explain
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.text import dates, numbers
from dieuhanh.text.fold import words

#: Open obligations shown on the page of one limit.
MOST = 10
#: Longest strip of days that a worked example shows.
LONGEST_STRIP = 70
#: The event of an example of a backward limit lies so many days ahead.
AHEAD = timedelta(14)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# The list ---------------------------------------------------------------------------------------


def _views() -> dict[str, tuple[str, Callable[[TimeLimit], bool]]]:
    """Value of ``xem`` → label of the tab, and which versions it shows."""
    today = clock.today()

    def stands(one: TimeLimit) -> bool:
        return one.effective_to is None or one.effective_to >= today

    return {
        "": (_("Đang có hiệu lực"), lambda one: queries.is_in_force(one, today)),
        "chua-xac-nhan": (_("Chưa xác nhận"), lambda one: stands(one) and not one.confirmed),
        "chua-xac-dinh": (
            _("Chưa xác định"),
            lambda one: stands(one) and one.certainty == Certainty.UNKNOWN,
        ),
        "chua-den-ngay": (_("Chưa đến ngày"), lambda one: one.effective_from > today),
        "het-hieu-luc": (_("Hết hiệu lực"), lambda one: not stands(one)),
        "tat-ca": (_("Tất cả"), lambda one: True),
    }


@require_GET
def limit_list(request: HttpRequest) -> HttpResponse:
    """GET /thoi-han/: the limits in force today, or others (``xem``); ``q``: words of them."""
    person: Person = request.user  # type: ignore[assignment]
    views, query = _views(), request.GET.get("q", "").strip()
    chosen = request.GET.get("xem", "")
    chosen = chosen if chosen in views else ""
    tokens = words(query)
    found = [one for one in queries.limits() if _matches(one, tokens)]
    shown = [one for one in found if views[chosen][1](one)]
    owed = queries.dependents(person)
    context = {
        "title": _("Thời hạn theo quy định"),
        "line": _(
            "Mỗi thời hạn là một dòng dữ liệu có căn cứ pháp lý; luật thay đổi thì thêm dòng mới. "
            "Thời hạn chưa xác định không bao giờ cho ra một ngày."
        ),
        "tabs": [
            {
                "label": label,
                "count": sum(map(holds, found)),
                "url": request.path + _query(xem=name, q=query),
                "current": name == chosen,
            }
            for name, (label, holds) in views.items()
        ],
        "filters": {
            "action": request.path,
            "label": _("Tìm thời hạn"),
            "search": {
                "name": "q",
                "value": query,
                "placeholder": _("Tìm thời hạn, ví dụ: khiếu nại"),
            },
            "selects": [],
            "keep": [("xem", chosen)] if chosen else [],
        },
        "columns": [
            {"label": _("Việc"), "width_class": "w-25"},
            {"label": _("Thời hạn"), "width_class": "w-unit"},
            {"label": _("Căn cứ"), "width_class": "w-unit"},
            {"label": _("Gia hạn, tạm dừng")},
            {"label": _("Tình trạng")},
            {"label": _("Việc theo thời hạn này"), "width_class": "w-bar"},
        ],
        "rows": [_list_row(one, owed.get(one.pk, [])) for one in shown],
        "counted": _counted(person),
        "empty": _nothing(request, narrowed=bool(query)),
        "crumbs": with_crumbs((_("Thời hạn theo quy định"), None)),
    }  # fmt: skip
    return render(request, "desk/limits.html", context)


def _matches(limit: TimeLimit, tokens: list[str]) -> bool:
    told = words(
        f"{limit.label} {limit.key} {limit.legal_basis} {limit.rule} {limit.owner}"
        f" {limit.start_event}"
    )
    return all(any(word.startswith(token) for word in told) for token in tokens)


def _query(**wanted: str) -> str:
    known = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(known)}" if known else ""


def _nothing(request: HttpRequest, *, narrowed: bool) -> dict[str, str]:
    if narrowed:
        return {
            "words": _("Không có thời hạn nào khớp."),
            "url": request.path,
            "url_label": _("Bỏ mọi điều kiện"),
        }
    return {"words": _("Không có thời hạn nào ở mục này.")}


def _counted(person: Person) -> str:
    if policies.may_keep(person):
        return _("Số việc đếm trong mọi sổ.")
    return _("Số việc chỉ đếm những việc ông/bà được xem.")


def _list_row(limit: TimeLimit, owed: list[Dependents]) -> dict[str, Any]:
    url, holds = reverse("desk:limit", args=[limit.key]), queries.is_in_force(limit, clock.today())
    if not holds:
        url += _query(**{"phien-ban": str(limit.pk)})
    more = [limit.extension, _("tạm dừng khi %(when)s") % {"when": limit.pause}]
    told = [one for one, known in zip(more, (limit.extension, limit.pause), strict=True) if known]
    return {
        "cells": [
            {"kind": "title", "text": limit.label, "title": limit.label, "sub": "" if holds else _effective(limit),
             "url": url},
            {"kind": "text", "text": capital(clocks.limit_words(limit)),
             "sub": alternative_words(limit)},
            {"kind": "text", "text": limit.legal_basis, "sub": limit.rule},
            {"kind": "text", "text": "; ".join(told), "label": _("Gia hạn, tạm dừng:")},
            {"kind": "text", "text": _standing(limit), "sub": _owner(limit)},
            {"kind": "text", "text": _owed_words(owed), "sub": _registers(owed)},
        ]
    }  # fmt: skip


def _effective(limit: TimeLimit) -> str:
    if limit.effective_to:
        return _("hiệu lực từ %(from)s đến hết %(to)s") % {
            "from": dates.day(limit.effective_from),
            "to": dates.day(limit.effective_to),
        }
    return _("hiệu lực từ %(day)s") % {"day": dates.day(limit.effective_from)}


def alternative_words(limit: TimeLimit) -> str:
    """What sources say otherwise: "nguồn khác: 10 ngày (cách hiểu theo ngày)"."""
    units = dict(TimeLimit._meta.get_field("unit").flatchoices)
    told = [
        f"{one['length']} {units.get(one['unit'], one['unit'])} ({one['source']})"
        for one in limit.alternatives
    ]
    return _("nguồn khác: %(values)s") % {"values": "; ".join(told)} if told else ""


def _standing(limit: TimeLimit) -> str:
    if limit.certainty == Certainty.UNKNOWN:
        return chip(_("chưa xác định"), "none", "circle-dashed")
    if not limit.confirmed:
        return chip(_("chờ xác nhận"), "soon", "clock-exclamation")
    return chip(_("đã xác nhận"), "done", "check")


def _owner(limit: TimeLimit) -> str:
    if limit.confirmed:
        return _("theo từng việc") if limit.certainty == Certainty.BY_CASE else ""
    if limit.certainty == Certainty.UNKNOWN:
        return _("hỏi %(owner)s") % {"owner": limit.owner}
    return _("%(owner)s xác nhận") % {"owner": limit.owner}


def _owed_words(owed: list[Dependents]) -> str:
    written, still_open = (
        sum(one.written for one in owed), sum(one.still_open for one in owed)
    )  # fmt: skip
    if not written:
        return _("chưa có việc nào")
    said = _("%(all)s việc, %(open)s đang mở") if still_open else _("%(all)s việc, đều đã xong")
    return said % {"all": numbers.number(written), "open": numbers.number(still_open)}


def _registers(owed: list[Dependents]) -> str:
    return "; ".join(str(registry.get(one.register).label) for one in owed)


# One limit --------------------------------------------------------------------------------------


def versions_or_404(key: str) -> list[TimeLimit]:
    found = queries.versions_of(key)
    if not found:
        raise Http404(_("Không có thời hạn này."))
    return found


def in_force_or_next(versions: list[TimeLimit]) -> TimeLimit:
    """The version that holds today; where none does, the first to come, or else the last."""
    today = clock.today()
    for one in versions:
        if queries.is_in_force(one, today):
            return one
    coming = [one for one in versions if one.effective_from > today]
    return coming[-1] if coming else versions[0]


@require_GET
def limit_page(request: HttpRequest, key: str) -> HttpResponse:
    """GET /thoi-han/<key>/: one limit, its versions, an example, and what depends on it.

    ``phien-ban``: another version than the one in force.
    """
    person: Person = request.user  # type: ignore[assignment]
    versions = versions_or_404(key)
    asked = request.GET.get("phien-ban", "")
    chosen = next((one for one in versions if str(one.pk) == asked), None)
    limit = chosen or in_force_or_next(versions)
    ids = [one.pk for one in versions]
    owed, moment = queries.dependents(person, ids), clock.now()
    keeps = policies.may_keep(person)
    context = {
        "title": limit.label,
        "line": capital(clocks.limit_words(limit)),
        "actions": _actions(limit, versions) if keeps else [],
        "limit": limit,
        "unknown": _unknown(limit),
        "reckoning": _reckoning(limit),
        "facts": _facts(limit),
        "example": _example(limit),
        "versions": _version_table(versions, limit, owed),
        "owed": [
            {
                "label": str(registry.get(one.register).label),
                "url": _register_url(person, one.register),
                "words": _owed_words([one]),
            }
            for one in owed.get(limit.pk, [])
        ],
        "counted": _counted(person),
        "open_columns": [
            {"label": _("Mục, việc")},
            {"label": _("Đơn vị"), "width_class": "w-unit"},
            {"label": _("Thời hạn"), "width_class": "w-due"},
        ],
        "open_rows": [
            _open_row(one, moment)
            for one in queries.newest_open(person, [limit.pk], moment, most=MOST)
        ],
        "most": MOST,
        "events": events_of(queries.story_of(key), _told),
        "crumbs": with_crumbs((_("Thời hạn"), reverse("desk:limits")), (limit.key, None)),
    }
    return render(request, "desk/limit.html", context)


def _actions(limit: TimeLimit, versions: list[TimeLimit]) -> list[dict[str, Any]]:
    found = []
    if not limit.confirmed and limit.certainty != Certainty.UNKNOWN:
        found.append(
            {
                "label": _("Xác nhận"),
                "url": reverse("desk:limit-confirm", args=[limit.key])
                + _query(**{"phien-ban": str(limit.pk)}),
                "icon": "check",
                "primary": True,
            }
        )
    if limit == versions[0]:
        found.append(
            {
                "label": _("Ghi phiên bản mới"),
                "url": reverse("desk:limit-change", args=[limit.key]),
                "icon": "pencil",
            }
        )
    return found


def _unknown(limit: TimeLimit) -> str:
    """That a rule that is not known yields no date, and what to do."""
    if limit.certainty == Certainty.UNKNOWN:
        return _(
            "Thời hạn này chưa xác định nên không cho ra ngày nào: việc ghi theo thời hạn này hiện "
            "“chưa xác định thời hạn” cho đến khi %(owner)s cho biết và người quản trị ghi phiên "
            "bản mới."
        ) % {"owner": limit.owner or _("cơ quan có thẩm quyền")}
    if limit.certainty == Certainty.BY_CASE:
        return _(
            "Độ dài do từng việc quy định (ví dụ theo thủ tục hành chính được công bố). Việc chưa "
            "nhập thời hạn thì hiện “chưa xác định thời hạn”, không có ngày nào được tự đặt."
        )
    return ""


def _reckoning(limit: TimeLimit) -> str:
    if not limit.applies_to_running:
        return ""
    if limit.effective_from > clock.today():
        return _("Việc còn mở được tính lại theo phiên bản này từ %(day)s.") % {
            "day": dates.day(limit.effective_from)
        }
    if limit.pk in queries.being_reckoned().limits:
        return _("Việc đang mở đang được tính lại theo phiên bản này.")
    moved = queries.moved_by_limit([limit.pk]).get(limit.pk, 0)
    return ngettext(
        "Việc đang mở đã được chuyển sang phiên bản này; %(n)s việc đổi hạn.",
        "Việc đang mở đã được chuyển sang phiên bản này; %(n)s việc đổi hạn.",
        moved,
    ) % {"n": numbers.number(moved)}


def _facts(limit: TimeLimit) -> list[tuple[str, str]]:
    found = [
        (_("Mã"), f"{limit.key} ({limit.rule})"),
        (_("Sự kiện"), capital(limit.start_event)),
        (_("Cách tính"), _direction(limit)),
        (_("Độ dài"), _length(limit)),
        (_("Nguồn khác"), capital(alternative_words(limit).partition(": ")[2])),
        (_("Gia hạn"), extension_words(limit)),
        (_("Tạm dừng"), capital(limit.pause) if limit.pause else _("Không được tạm dừng")),
        (_("Căn cứ"), limit.legal_basis),
        (_("Hiệu lực"), capital(_effective(limit))),
        (_("Tình trạng"), _status(limit)),
    ]
    return [(term, told) for term, told in found if told]


def _direction(limit: TimeLimit) -> str:
    by_hours = DayUnit(limit.unit) in HOUR_UNITS
    return {
        Direction.FORWARD: _("Tính từ đúng lúc có sự kiện")
        if by_hours
        else _("Tính từ ngày sau sự kiện; ngày có sự kiện không tính"),
        Direction.BACKWARD: _("Tính ngược từ sự kiện: phải xong chậm nhất trước đó"),
        Direction.MINIMUM: _("Ít nhất bằng chừng ấy; xong sớm hơn là chưa đủ, không có hạn chót"),
        Direction.AT_ONCE: _("Ngay khi có sự kiện"),
    }[Direction(limit.direction)]


def _length(limit: TimeLimit) -> str:
    if limit.direction == Direction.AT_ONCE:
        return _("Ngay")
    if limit.length is None:
        return f"{capital(limit.get_certainty_display())} ({limit.get_unit_display()})"
    if limit.length == 0:
        return _("Trong ngày")
    return f"{limit.length} {limit.get_unit_display()}"


def extension_words(limit: TimeLimit) -> str:
    """How often, how long, who decides; that it is asked before expiry (NV-15)."""
    if not limit.extension_times:
        return capital(limit.extension) or _("Không được gia hạn")
    much = (
        _("mỗi lần không quá %(n)s %(unit)s")
        % {"n": limit.extension_length, "unit": limit.get_unit_display()}
        if limit.extension_length
        else _("người quyết định ghi ngày mới")
    )
    parts = [
        capital(limit.extension),
        _("Nhiều nhất %(times)s lần, %(much)s") % {"times": limit.extension_times, "much": much},
        _("Người quyết định: %(who)s") % {"who": limit.extension_by} if limit.extension_by else "",
        _("Phải đề nghị trước khi hết hạn"),
    ]
    return ". ".join(one for one in parts if one)


def _status(limit: TimeLimit) -> str:
    if limit.confirmed:
        return _("Đã xác nhận")
    if limit.certainty == Certainty.UNKNOWN:
        return _("Chưa xác định; %(owner)s cho biết") % {"owner": limit.owner}
    return _("Là cấu hình, chưa được xác nhận; chờ %(owner)s xác nhận") % {"owner": limit.owner}


def _register_url(person: Person, code: str) -> str:
    register = registry.get(code)
    if not entry_policies.may_read(person, register):
        return ""
    return reverse("desk:list", args=[register.slug])


def _open_row(one: Any, moment: Any) -> dict[str, Any]:
    obligation: Obligation = one
    register = registry.get(obligation.entry.register)
    return {
        "cells": [
            {"kind": "title", "text": obligation.entry.title or _("Văn bản mật"),
             "sub": f"{obligation.duty} · {register.label}",
             "url": reverse("desk:entry", args=[register.slug, obligation.entry_id])},
            {"kind": "unit", "text": obligation.unit.name},
            {"kind": "due", "due": clocks.chip(one, moment)},
        ]
    }  # fmt: skip


def _version_table(
    versions: list[TimeLimit], shown: TimeLimit, owed: dict[int, list[Dependents]]
) -> dict[str, Any]:
    key = shown.key
    return {
        "columns": [
            {"label": _("Hiệu lực")},
            {"label": _("Độ dài")},
            {"label": _("Tình trạng")},
            {"label": _("Việc đang làm khi đổi")},
            {"label": _("Việc theo phiên bản")},
        ],
        "rows": [
            {
                "here": one == shown and len(versions) > 1,
                "cells": [
                    {"kind": "title", "text": capital(_effective(one)), "sub": one.legal_basis,
                     "url": reverse("desk:limit", args=[key])
                     + _query(**{"phien-ban": str(one.pk)})},
                    {"kind": "text", "text": _length(one), "label": _("Độ dài:")},
                    {"kind": "text", "text": _standing(one), "sub": _owner(one)},
                    {"kind": "text", "text": "" if one == versions[-1]
                     else _("tính lại theo phiên bản này") if one.applies_to_running
                     else _("giữ phiên bản cũ"),
                     "label": _("Việc đang làm:")},
                    {"kind": "text", "text": _owed_words(owed.get(one.pk, []))},
                ],
            }
            for one in versions
        ],
    }  # fmt: skip


# The example ------------------------------------------------------------------------------------


def _example(limit: TimeLimit) -> dict[str, Any] | None:
    """A worked example: it starts now; a backward limit lies before an event in two weeks.

    None where the limit yields no date.
    """
    if limit.length is None or limit.direction == Direction.AT_ONCE:
        return None
    known, now = calendar(), clock.now()
    backwards = limit.direction == Direction.BACKWARD
    start = now + AHEAD if backwards else now
    due = due_of(limit, start, known) or earliest_end(limit, start, known)
    if due is None:
        return None
    unit = DayUnit(limit.unit)
    shown = dates.moment(due) if unit in HOUR_UNITS else dates.weekday_day(due)
    if backwards:
        sentence = _("%(event)s là %(start)s thì hạn chót là %(due)s.")
    elif limit.direction == Direction.MINIMUM:
        sentence = _("%(event)s là %(start)s thì sớm nhất đến hết %(due)s mới đủ.")
    else:
        sentence = _("%(event)s là %(start)s thì hạn là %(due)s.")
    begun = dates.moment(start) if unit in HOUR_UNITS else dates.weekday_day(start)
    cells = explain(start, limit.length, unit, known, today=clock.today(), backwards=backwards)
    return {
        "sentence": sentence % {"event": capital(limit.start_event), "start": begun, "due": shown},
        "cells": _squares(cells, start=dates.local_day(start))
        if len(cells) <= LONGEST_STRIP
        else [],
        "off": ", ".join(
            f"{dates.short_day(cell.day)} ({cell.reason})"
            for cell in cells
            if cell.off and cell.reason and cell.day.weekday() < 5
        ),
    }


def _squares(cells: list[DayCell], *, start: Any) -> list[dict[str, Any]]:
    return [
        {
            "weekday": cell.weekday,
            "day_number": cell.day.day,
            "label": _("sự kiện") if cell.day == start
            else _("nghỉ") if cell.off and cell.number is None
            else cell.number,
            "off": cell.off,
            "today": cell.day == clock.today(),
            "last": cell.last,
            "title": cell.reason,
        }
        for cell in cells
    ]  # fmt: skip


# Its story --------------------------------------------------------------------------------------


def _told(line: Line) -> dict[str, Any]:
    icon, sentence = {
        "limit.confirmed": ("check", _("xác nhận thời hạn.")),
        "limit.changed": ("pencil", _("ghi phiên bản mới của thời hạn.")),
    }.get(line.verb, ("history", line.verb))
    details = [_("Lý do: %(reason)s") % {"reason": line.reason}] if line.reason else []
    for name, (old, new) in line.details.get("changes", {}).items():
        label = ChangeForm.base_fields[name].label if name in ChangeForm.base_fields else name
        details.append(f"{label}: {value_words(name, old)} → {value_words(name, new)}")
    if line.details.get("applies_to_running"):
        details.append(_("việc đang làm được tính lại"))
    return {"icon": icon, "sentence": sentence, "detail": " · ".join(details)}
