"""My work across registers: one list by side, due day and register; handing over and urging many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk import clocks
from dieuhanh.faces.desk.entry import refuse
from dieuhanh.faces.desk.mandates import PersonField
from dieuhanh.faces.desk.moments import moment_of
from dieuhanh.faces.desk.sending import form_page, sent_once
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.fields import TextArea, UnitField
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.identity.queries import colleagues
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.tracking import actions, policies, queries
from dieuhanh.kernel.tracking.queries import Due, Place, Side, Sight, Tally
from dieuhanh.text import dates, numbers

SIZE = 50
#: What the address calls each side (``?ben=``) and each group of due days (``?han=``).
SIDES = {
    "don-vi": Side.UNIT,
    "toi": Side.MINE,
    "phoi-hop": Side.SHARED,
    "toi-giao": Side.ASKED,
}
DUES = {
    "qua-han": Due.LATE,
    "hom-nay": Due.TODAY,
    "sap-den-han": Due.SOON,
    "sau-do": Due.LATER,
    "khong-thoi-han": Due.NONE,
    "tam-dung": Due.PAUSED,
}
FILTERS = ("ben", "han", "so", "tinh-den")
#: The name of the boxes that are ticked, and what stands beside the heading of each group.
PICKS = "viec"
STATES = {Due.LATE: "overdue"}
#: Most rows that the page of a bulk action shows; the action itself takes fewer and says so.
MOST_SHOWN = 1000


def sight_of(request: HttpRequest) -> Sight:
    person: Person = request.user  # type: ignore[assignment]
    moment = moment_of(request)
    return Sight(person, moment.at, moment.past)


def groups_of(
    rows: Iterable[Any], sight: Sight, tally: Tally, side: str, register: str = ""
) -> list[dict[str, Any]]:
    """Rows of `queries.page` under their headings, each with how many the whole list has."""
    groups: dict[Due, list[dict[str, Any]]] = {due: [] for due in Due}
    for one in rows:
        groups[queries.due_group(one, sight, tally.soon_until)].append(row_of(one, sight))
    return [
        {
            "title": due.label,
            "state": STATES.get(due, str(due)),
            "count": tally.count(side, due, register),
            "rows": found,
        }
        for due, found in groups.items()
        if found
    ]


@lru_cache
def _shape(name: str, *slug: str, numbers: int) -> str:
    """An address to `format` with numbers: one reversal serves all rows of all pages."""
    marks = [10**9 + n for n in range(numbers)]
    shape = reverse(name, args=[*slug, *marks])
    for n, mark in enumerate(marks):
        shape = shape.replace(str(mark), f"{{{n}}}")
    return shape


def row_of(one: Any, sight: Sight) -> dict[str, Any]:
    register = registry.get(one.entry.register)
    people = [str(one.unit), *([str(one.person)] if one.person else [])]
    return {
        "pick": one.pk,
        "title": one.entry.title or _("Văn bản mật"),
        "url": _shape("desk:duty", numbers=1).format(one.pk),
        "register_url": _shape("desk:entry", register.slug, numbers=1).format(one.entry_id),
        "why_url": _shape("desk:why", register.slug, numbers=2).format(one.entry_id, one.pk),
        "sub": " · ".join([one.duty, *people]),
        "register": register.label,
        "due": clocks.chip(one, sight.at),
    }


# The list ------------------------------------------------------------------------------------------


def _url(request: HttpRequest, **changes: str | Place | None) -> str:
    """The address of the list with other filters; what it does not know of is dropped."""
    query = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    path = reverse("desk:work")
    return f"{path}?{urlencode(query)}" if query else path


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """GET /viec/: what is open, of one side, the most pressing first."""
    sight = sight_of(request)
    asked = request.GET.get("ben", "")
    side = SIDES.get(asked, Side.UNIT)
    due = DUES.get(request.GET.get("han", ""))
    register = registry.by_slug(request.GET.get("so", ""))
    code = register.code if register else ""
    tally = queries.tally(sight)
    rows = queries.open_work(sight, side)
    if due:
        rows = rows.filter(queries.due_within(due, sight, tally.soon_until))
    if register:
        rows = rows.filter(entry__register=code)
    after, before = (Place.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
    found = queries.page(rows, sight, size=SIZE, after=after, before=before)
    total = tally.count(side, due or "", code)
    context = {
        "title": _("Việc của tôi"),
        "line": _line(tally, side, sight),
        "tabs": [
            {
                "label": one.label,
                "count": tally.count(one),
                "url": _url(request, ben=name, han=None, so=None),
                "current": one == side,
            }
            for name, one in SIDES.items()
        ],
        "filters": _filters(request, tally, side, due, code),
        "groups": groups_of(found.rows, sight, tally, side, code),
        "picks": "" if sight.past else PICKS,
        "keep": _kept(request),
        "pager": {
            "words": _("%(shown)s việc trong %(total)s. Danh sách không bị cắt.")
            % {"shown": numbers.number(len(found.rows)), "total": numbers.number(total)},
            "older_url": _url(request, sau=found.later) if found.later else "",
            "newer_url": _url(request, truoc=found.earlier) if found.earlier else "",
            "older_label": _("Tiếp theo"),
            "newer_label": _("Gấp hơn"),
        },
        "empty": _empty(request, tally, side),
        "crumbs": with_crumbs((_("Việc của tôi"), None)),
    }
    return render(request, "desk/work.html", context)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)]


def _line(tally: Tally, side: Side, sight: Sight) -> str:
    known = (
        _("hết ngày %(day)s") % {"day": dates.day(sight.day)}
        if sight.past
        else dates.moment(sight.at)
    )
    return _(
        "%(total)s việc chưa xong, trong đó %(late)s việc quá hạn và %(soon)s việc đến hạn trong "
        "3 ngày làm việc; tính đến %(known)s"
    ) % {
        "total": numbers.number(tally.count(side)),
        "late": numbers.number(tally.count(side, Due.LATE)),
        "soon": numbers.number(tally.count(side, Due.TODAY) + tally.count(side, Due.SOON)),
        "known": known,
    }


def _option(value: str, label: str, count: int, chosen: bool) -> dict[str, Any]:
    return {
        "value": value,
        "label": f"{label} ({numbers.number(count)})",
        "selected": chosen,
    }


def _filters(
    request: HttpRequest, tally: Tally, side: Side, due: Due | None, code: str
) -> dict[str, Any]:
    """Each choice with what the list would then hold."""
    registers = sorted({*tally.registers(side), *([code] if code else [])})
    described = [registry.get(one) for one in registers]
    words = []
    if due:
        words.append({"label": due.label, "remove_url": _url(request, han=None)})
    if code:
        label = registry.get(code).label
        words.append({"label": label, "remove_url": _url(request, so=None)})
    return {
        "action": request.path,
        "label": _("Lọc việc"),
        "selects": [
            {
                "name": "han",
                "label": _("Thời hạn"),
                "options": [
                    _option("", _("Mọi thời hạn"), tally.count(side, "", code), not due),
                    *(
                        _option(name, str(one.label), tally.count(side, one, code), one == due)
                        for name, one in DUES.items()
                    ),
                ],
            },
            {
                "name": "so",
                "label": _("Sổ"),
                "options": [
                    _option("", _("Mọi sổ"), tally.count(side, due or ""), not code),
                    *(
                        _option(
                            one.slug,
                            str(one.label),
                            tally.count(side, due or "", one.code),
                            one.code == code,
                        )
                        for one in described
                    ),
                ],
            },
        ],
        "keep": [one for one in _kept(request) if one[0] in ("ben", "tinh-den")],
        "words": words,
        "clear_url": _url(request, han=None, so=None),
    }


def _empty(request: HttpRequest, tally: Tally, side: Side) -> dict[str, Any]:
    if tally.count(side):
        return {
            "words": _("Không có việc nào khớp."),
            "url": _url(request, han=None, so=None),
            "url_label": _("Bỏ mọi điều kiện"),
        }
    words = {
        Side.UNIT: _("Đơn vị không có việc chưa xong."),
        Side.MINE: _("Không có việc chưa xong nào do ông/bà phụ trách."),
        Side.SHARED: _("Không có việc chưa xong nào mà đơn vị phối hợp."),
        Side.ASKED: _("Không có việc chưa xong nào do ông/bà giao."),
    }
    return {"words": words[side]}


# Many at once --------------------------------------------------------------------------------------


class _Chosen(forms.Form):
    """What was ticked in the list; it can still be unticked here."""

    viec = forms.MultipleChoiceField(
        label=gettext_lazy("Các việc"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Xin chọn ít nhất một việc."),
            "invalid_choice": gettext_lazy(
                "Có việc đã xong hoặc không thuộc quyền của ông/bà; dưới đây là những việc còn "
                "lại, xin xem lại rồi gửi."
            ),
        },
    )

    def __init__(self, data: Any, *, rows: list[Any]) -> None:
        super().__init__(data, initial={PICKS: [str(one.pk) for one in rows]})
        self.fields[PICKS].choices = [(str(one.pk), _spoken(one)) for one in rows]  # type: ignore[attr-defined]


class HandOverForm(_Chosen):
    person = PersonField(
        label=gettext_lazy("Người nhận"),
        required=False,
        help_text=gettext_lazy("Họ tên hoặc tên đăng nhập; người nhận thuộc đơn vị nhận việc."),
    )
    unit = UnitField(
        label=gettext_lazy("Đơn vị nhận"),
        required=False,
        help_text=gettext_lazy("Để trống nếu việc ở lại đơn vị. Gõ vài chữ của tên rồi chọn."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, widget=TextArea)


class UrgeForm(_Chosen):
    message = forms.CharField(
        label=gettext_lazy("Nội dung đôn đốc"), max_length=500, required=False, widget=TextArea
    )


def _spoken(one: Any) -> str:
    title = one.entry.title or _("Văn bản mật")
    due = dates.day(one.due_then) if one.due_then else _("không thời hạn")
    return f"{title} · {one.duty} · {one.unit} · {due}"


def _ticked(sent: Any) -> list[int]:
    """Numbers of obligations in an address or a form; what is no number is left out."""
    found = dict.fromkeys(
        int(one) for one in sent.getlist(PICKS) if one.isascii() and one.isdigit()
    )
    return [one for one in found if one <= queries.LARGEST]


def _many(
    request: HttpRequest,
    form_of: type[_Chosen],
    act: Callable[..., int],
    said: Callable[[int, dict[str, Any]], str],
    *,
    verb: str,
    **words: Any,
) -> HttpResponse:
    """The page that lists what was ticked and asks; all of it is done, or nothing."""
    sight = Sight(request.user, clock.now())  # type: ignore[arg-type]
    ids = dict.fromkeys([*_ticked(request.GET), *_ticked(request.POST)])
    rows = queries.chosen(sight, list(ids)[:MOST_SHOWN], verb)
    typed = request.POST if request.method == "POST" else None
    form = form_of(typed, rows=[one for one, may in rows if may])
    kept = [one for one in _kept(request) if one[0] != "tinh-den"]
    back = reverse("desk:work") + (f"?{urlencode(kept)}" if kept else "")
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != PICKS}
        try:
            done = act([int(one) for one in form.cleaned_data[PICKS]], actor=request.user, **given)
        except Forbidden:
            form.add_error(PICKS, _("Có việc không thuộc quyền của ông/bà; chưa có gì được ghi."))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said(done, given))
            return redirect(back)
    context = words | {
        "form": form,
        "chosen": bool(form.fields[PICKS].choices),  # type: ignore[attr-defined]
        "not_mine": [_spoken(one) for one, may in rows if not may],
        "cancel_url": back,
        "cancel_label": _("Thôi, về danh sách"),
        "crumbs": with_crumbs((_("Việc của tôi"), back), (words["title"], None)),
    }
    return form_page(request, context, "desk/work_many.html")


@require_http_methods(["GET", "POST"])
@sent_once
def hand_over(request: HttpRequest) -> HttpResponse:
    """GET, POST /viec/ban-giao/?viec=…: give what was ticked to a person or a unit."""

    def said(done: int, given: dict[str, Any]) -> str:
        to = [str(one) for one in (given["person"], given["unit"]) if one]
        return _("Đã bàn giao %(n)s việc cho %(to)s.") % {"n": done, "to": ", ".join(to)}

    person: Person = request.user  # type: ignore[assignment]
    return _many(
        request, HandOverForm, actions.hand_over_obligations, said, verb=policies.HAND_OVER,
        title=_("Bàn giao việc"),
        submit_label=_("Bàn giao"),
        consequence=_(
            "Thời hạn không đổi. Người nhận và người đứng đầu đơn vị nhận được báo; nhật ký ghi "
            "lý do. Bàn giao tất cả việc đã chọn, hoặc không việc nào."
        ),
        people=colleagues(person),
        units=queries.receiving_units(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@sent_once
def urge(request: HttpRequest) -> HttpResponse:
    """GET, POST /viec/don-doc/?viec=…: urge those who owe what was ticked."""

    def said(done: int, given: dict[str, Any]) -> str:
        return _("Đã đôn đốc %(n)s việc.") % {"n": done}

    return _many(
        request, UrgeForm, actions.urge_obligations, said, verb=policies.URGE,
        title=_("Đôn đốc"),
        submit_label=_("Đôn đốc"),
        consequence=_(
            "Người phụ trách và người đứng đầu đơn vị chủ trì được báo, mỗi việc một lần trong "
            "ngày; nhật ký ghi lại. Xin đừng ghi thông tin cá nhân hoặc nội dung mật."
        ),
    )  # fmt: skip
