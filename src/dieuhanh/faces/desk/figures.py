"""A figure and what is behind it: as a panel beside a report, or as a page of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.moments import window_of
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor, page
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Answer, Evaluator, behind
from dieuhanh.kernel.measures.model import Window
from dieuhanh.reports.compose.figures import printed_value, window_query, window_words
from dieuhanh.reports.review.policies import explanations_open
from dieuhanh.reports.review.queries import explanations_for
from dieuhanh.text import dates, numbers

FIRST = 4
SIZE = 50
QUALIFIERS = {"more_than": "trên", "about": "khoảng", "below": "dưới"}


def _answer_or_404(id: str, evaluator: Evaluator) -> Answer:
    evaluator.count_ahead([id, *(found.parts if (found := model.find(id)) else ())])
    try:
        return evaluator.answer(id)
    except model.UnknownMeasure:
        raise Http404(_("Không có chỉ tiêu báo cáo này.")) from None


@require_GET
def figure_page(request: HttpRequest, id: str) -> HttpResponse:
    """GET /so-lieu/<id>/: the panel for htmx, a page otherwise."""
    evaluator = Evaluator(window_of(request))
    answer = _answer_or_404(id, evaluator)
    figure = panel(answer, evaluator, request.user)  # type: ignore[arg-type]
    if request.htmx:  # type: ignore[attr-defined]
        figure["close_url"] = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
        return render(request, "ui/figure_panel.html", {"figure": figure})
    crumbs = with_crumbs((_("Báo cáo"), reverse("desk:reports")), (figure["label"], None))
    return render(request, "desk/figure.html", {"figure": figure, "crumbs": crumbs})


def panel(answer: Answer, evaluator: Evaluator, user: Person) -> dict[str, Any]:
    """What the panel of a figure says, always in the same order."""
    measure, window = answer.measure, answer.window
    entries = behind(measure, window)
    first, hidden = [], 0
    if entries is not None:
        open_to_me = entries.filter(policies.visible(user))
        first = list(open_to_me.select_related("unit").order_by("-opened_on", "-id")[:FIRST])
        hidden = (answer.entries or 0) - open_to_me.count()
    qualifier = QUALIFIERS.get(answer.qualifier, "")
    return {
        "label": str(measure.label),
        "shown": f"{qualifier} {answer.shown}".strip(),
        "unit": "" if measure.unit == "%" else str(measure.unit),
        "check": _check(answer, evaluator),
        "bars": _bars(answer, evaluator),
        "facts": _facts(answer) + _explained(answer, user),
        "entries": [_line(entry) for entry in first],
        "hidden_count": hidden,
        "all_url": reverse("desk:figure-entries", args=[measure.id]) + "?" + window_query(window)
        if entries is not None
        else "",
        "all_label": ngettext("Xem đủ %(count)s mục", "Xem đủ %(count)s mục", answer.entries or 0)
        % {"count": numbers.number(answer.entries)}
        if entries is not None
        else "",
        "close_url": "",
    }


def _explained(answer: Answer, user: Person) -> list[tuple[str, str]]:
    """What units say of the figure: it stays beside it, the figure is not changed."""
    return [
        (_("Giải trình của %(unit)s") % {"unit": one.unit.name}, one.text)
        for one in explanations_for(
            answer.measure.id, answer.window.period, explanations_open(user)
        )
    ]


def _line(entry: Entry) -> dict[str, Any]:
    register = registry.get(entry.register)
    title = entry.title or _("Văn bản mật, không có trích yếu")
    return {
        "number": number_of(entry),
        "title": title,
        "sub": entry.unit.name,
        "date": entry.opened_on,
        "url": reverse("desk:entry", args=[register.slug, entry.pk]),
    }


def _check(answer: Answer, evaluator: Evaluator) -> dict[str, str] | None:
    """Parts against the whole: equal only where the list is complete, otherwise not more (X-06)."""
    if answer.conflict:
        return {"state": "soon", "words": answer.conflict}
    if not answer.measure.parts or answer.value is None:
        return None
    parts = [evaluator.answer(id).value for id in answer.measure.parts]
    total = sum((value or Decimal(0) for value in parts), Decimal(0))
    if answer.measure.complete:
        if total == answer.value:
            return {"state": "done", "words": _("Các loại cộng đúng bằng tổng")}
        return {
            "state": "overdue",
            "words": _("Các loại cộng lại là %(total)s, khác tổng")
            % {"total": numbers.number(total)},
        }
    if total > answer.value:
        return {"state": "overdue", "words": _("Các loại cộng lại lớn hơn tổng")}
    rest = numbers.number(answer.value - total)
    return {"state": "done", "words": _("Các loại có tên không vượt tổng; còn %(rest)s không tên")
            % {"rest": rest}}  # fmt: skip


def _bars(answer: Answer, evaluator: Evaluator) -> list[dict[str, Any]]:
    parts = [evaluator.answer(id) for id in answer.measure.parts]
    most = max((one.value or Decimal(0) for one in parts), default=Decimal(0))
    if not most:
        return []
    parts.sort(key=lambda one: -(one.value or 0))
    return [
        {
            "label": str(one.measure.label),
            "value": one.value,
            "shown": one.shown,
            "share": float((one.value or Decimal(0)) / most),
        }
        for one in parts
    ]


def _facts(answer: Answer) -> list[tuple[str, str]]:
    measure, window = answer.measure, answer.window
    facts = [
        (_("Định nghĩa"), str(measure.definition)),
        (_("Cách tính"), answer.formula),
        (_("Kỳ số liệu"), window_words(window)),
    ]
    if answer.previous is not None and answer.previous.value:
        before = answer.previous
        facts.append(
            (
                _("Cùng kỳ %(year)s") % {"year": before.window.end.year},
                f"{before.shown} {measure.unit}, {dates.span(before.window.start, before.window.cutoff)}",
            )
        )
    elif measure.compare:
        facts.append((_("Cùng kỳ"), numbers.number(None)))
    if answer.source:
        facts.append((_("Nguồn"), answer.source))
    if printed := printed_value(measure.id, window):
        value = numbers.number(Decimal(printed), len(printed.partition(".")[2]))
        facts.append((_("Văn bản in"), value))
    facts.append((_("Khi phát hành"), _("Chưa chốt. Số sẽ cố định khi báo cáo được ký.")))
    if measure.owner:
        facts.append((_("Phụ trách"), str(measure.owner)))
    if measure.assumption:
        facts.append((_("Lưu ý"), str(measure.assumption)))
    return facts


@require_GET
def figure_entries(request: HttpRequest, id: str) -> HttpResponse:
    """GET /so-lieu/<id>/muc/: all entries behind a figure, keyset-paged."""
    window: Window = window_of(request)
    evaluator = Evaluator(window)
    answer = _answer_or_404(id, evaluator)
    entries = behind(answer.measure, window)
    if entries is None:
        raise Http404(_("Số này không đếm từ sổ."))
    open_to_me = entries.filter(policies.visible(request.user))  # type: ignore[arg-type]
    after, before = (Cursor.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
    found = page(
        open_to_me.select_related("unit"), size=SIZE, after=after, before=before, prefix=""
    )
    hidden = (answer.entries or 0) - open_to_me.count()
    base = f"{request.path}?{window_query(window)}"
    words = _("%(shown)s mục trong %(total)s. Danh sách không bị cắt.") % {
        "shown": len(found.rows),
        "total": numbers.number(answer.entries),
    }
    if hidden:
        counted = ngettext(
            "%(hidden)s mục được đếm nhưng không thuộc quyền xem.",
            "%(hidden)s mục được đếm nhưng không thuộc quyền xem.",
            hidden,
        )
        words += " " + counted % {"hidden": numbers.number(hidden)}
    context = {
        "title": answer.measure.label,
        "line": f"{answer.shown} {answer.measure.unit} · {window_words(window)}",
        "columns": [
            {"label": _("Số"), "numeric": True, "width_class": "w-number"},
            {"label": _("Ngày"), "numeric": True, "width_class": "w-date"},
            {"label": _("Nội dung"), "width_class": "w-title"},
            {"label": _("Đơn vị"), "width_class": "w-unit"},
        ],
        "rows": [
            {
                "cells": [
                    {"kind": "number", "text": line["number"], "url": line["url"]},
                    {"kind": "date", "text": dates.day(line["date"])},
                    {"kind": "title", "text": line["title"], "url": line["url"]},
                    {"kind": "unit", "text": line["sub"]},
                ]
            }
            for line in map(_line, found.rows)
        ],
        "pager": {
            "words": words,
            "older_url": f"{base}&sau={found.older}" if found.older else "",
            "newer_url": f"{base}&truoc={found.newer}" if found.newer else "",
        },
        "empty": {"words": _("Không có mục nào thuộc quyền xem.") + " " + words},
        "crumbs": with_crumbs(
            (_("Báo cáo"), reverse("desk:reports")),
            (
                str(answer.measure.label),
                reverse("desk:figure", args=[id]) + "?" + window_query(window),
            ),
        ),
    }
    return render(request, "desk/figure_entries.html", context)
