"""Several entries at once: what can be done with those that were ticked, doing it, what came of it.

Each entry is its own transaction: what fails for one keeps none of the others from being done.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dieuhanh.faces.desk import unsent
from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.faces.desk.ledger.nouns import counted
from dieuhanh.faces.desk.ledger.offers import Chosen, Offer, chosen_rows, offers
from dieuhanh.faces.desk.ledger.page import PICKS
from dieuhanh.faces.desk.sending import form_page
from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.identity.finding import MOST_DIGITS
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.identity.queries import colleagues
from dieuhanh.kernel.personal.actions import claim_sending, tell_result
from dieuhanh.kernel.tracking.queries import receiving_units

#: Most entries of one go, and most reasons that the bar repeats.
MOST = 200
MOST_TOLD = 5
#: ``?ket-qua=<key>``: what came of a sending; the session keeps the last one.
RESULT = "ket-qua"
KEPT = "many"


class TickedForm(forms.Form):
    """What was ticked in the list; it can still be unticked here."""

    muc = forms.MultipleChoiceField(
        label=gettext_lazy("Các mục"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Xin chọn ít nhất một mục."),
            "invalid_choice": gettext_lazy(
                "Có mục nay không làm được nữa; dưới đây là những mục còn lại, xin xem lại rồi gửi."
            ),
        },
    )


def _ticked(*sent: QueryDict) -> list[int]:
    """Numbers of entries in an address or a form; what is no number is left out."""
    found = dict.fromkeys(
        int(one)
        for each in sent
        for one in each.getlist(PICKS)
        if one.isascii() and one.isdecimal() and len(one) < MOST_DIGITS
    )
    return list(found)


def _said(row: Any) -> str:
    title = row.entry.title or _("Văn bản mật")
    return f"{number_of(row.entry)}: {title}"


def _reasons(offer: Offer) -> str:
    """ "44.062, 44.061 (không còn việc chưa xong); 12 (…)"."""
    by_reason: dict[str, list[str]] = {}
    for row, reason in offer.refused:
        by_reason.setdefault(reason, []).append(number_of(row.entry))
    told = []
    for reason, numbers in by_reason.items():
        more = _(" và %(n)s mục khác") % {"n": len(numbers) - MOST_TOLD}
        shown = ", ".join(numbers[:MOST_TOLD]) + (more if len(numbers) > MOST_TOLD else "")
        told.append(f"{shown} ({reason})")
    return "; ".join(told)


@require_GET
def chosen_page(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /<slug>/chon/?muc=…: what can be done with all that was ticked; as a page, or the bar of
    the list (``?o=thanh``)."""
    register = register_or_404(request, slug)
    person: Person = request.user  # type: ignore[assignment]
    ids = _ticked(request.GET)
    chosen = chosen_rows(person, register, ids[:MOST])
    found = offers(person, register, chosen.rows) if chosen.rows else []
    list_url = reverse("desk:list", args=[slug])
    context = {
        "title": _("Với các mục đã chọn"),
        "line": counted(register, len(chosen.rows)),
        "said": _("Đã chọn %(what)s") % {"what": counted(register, len(chosen.rows))},
        "picks": PICKS,
        "rows": [{"pk": row.pk, "words": _said(row)} for row in chosen.rows],
        "for_all": [_shown(one, slug) for one in found if not one.refused],
        "for_some": [_shown(one, slug) for one in found if one.refused],
        "left": _left_words(chosen, len(ids)),
        "list_url": list_url,
        "crumbs": with_crumbs((str(register.label), list_url), (_("Các mục đã chọn"), None)),
    }
    if request.GET.get("o") == "thanh":
        return render(request, "desk/list_bar.html", context)
    return render(request, "desk/list_chosen.html", context)


def _shown(offer: Offer, slug: str) -> dict[str, Any]:
    return {
        "label": offer.label,
        "icon": offer.icon,
        "url": reverse("desk:list-many", args=[slug, offer.slug]),
        "count": len(offer.may),
        "why": _reasons(offer) if offer.refused else "",
    }


def _left_words(chosen: Chosen, ticked: int) -> list[str]:
    told = []
    if ticked > MOST:
        words = _("Mỗi lần làm nhiều nhất %(most)s mục; %(left)s mục sau để lần khác.")
        told.append(words % {"most": MOST, "left": ticked - MOST})
    if chosen.missing:
        words = _("%(n)s mục đã chọn không có trong sổ này hoặc không thuộc quyền xem.")
        told.append(words % {"n": chosen.missing})
    return told


def _form(offer: Offer, typed: QueryDict | None) -> forms.Form:
    """The offer's own form below the ticked rows."""
    form_of = type("ManyForm", (TickedForm, offer.form), {})
    form: forms.Form = form_of(typed, initial={PICKS: [str(row.pk) for row in offer.may]})
    form.fields[PICKS].choices = [(str(row.pk), _said(row)) for row in offer.may]  # type: ignore[attr-defined]
    return form


@require_http_methods(["GET", "POST"])
def many_page(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """GET, POST /<slug>/chon/<action>/?muc=…: ask once, then do it with each."""
    register = register_or_404(request, slug)
    person: Person = request.user  # type: ignore[assignment]
    if (key := request.GET.get(RESULT)) and request.method == "GET":
        return _result_page(request, register, action, key)
    ids = _ticked(request.GET, request.POST)
    chosen = chosen_rows(person, register, ids[:MOST])
    offer = next((one for one in offers(person, register, chosen.rows) if one.slug == action), None)
    if offer is None:
        return _nothing(request, register, chosen, len(ids))
    form = _form(offer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _once(request, register, offer, form)
    list_url = reverse("desk:list", args=[slug])
    context = {
        "title": offer.label,
        "form": form,
        "submit_label": offer.label,
        "consequence": " ".join(
            [
                str(offer.consequence),
                _("Mỗi mục được ghi riêng: mục nào không ghi được thì các mục khác vẫn được ghi."),
            ]
        ).strip(),
        "refused": _reasons(offer),
        "left": _left_words(chosen, len(ids)),
        "people": colleagues(person) if "person" in form.fields else (),
        "units": receiving_units() if "unit" in form.fields else (),
        "cancel_url": list_url,
        "cancel_label": _("Thôi, về danh sách"),
        "crumbs": with_crumbs((str(register.label), list_url), (str(offer.label), None)),
    }
    return form_page(request, context, "desk/list_many.html", keeps=False)


def _nothing(request: HttpRequest, register: Register, chosen: Chosen, ticked: int) -> HttpResponse:
    """Nothing of what was ticked can be done so: the page of what can."""
    list_url = reverse("desk:list", args=[register.slug])
    if not chosen.rows and not ticked:
        words = _("Chưa chọn mục nào.")
    else:
        words = _("Không mục nào trong các mục đã chọn làm được việc này.")
    context = {
        "title": _("Với các mục đã chọn"),
        "nothing": words,
        "left": _left_words(chosen, ticked),
        "list_url": list_url,
        "crumbs": with_crumbs((str(register.label), list_url), (_("Các mục đã chọn"), None)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/list_chosen.html", context, status=status)


# Doing it ----------------------------------------------------------------------------------------


def _once(request: HttpRequest, register: Register, offer: Offer, form: forms.Form) -> HttpResponse:
    """Do it with each, unless this very form was sent before; then what came of it then."""
    person: Person = request.user  # type: ignore[assignment]
    key = unsent.key_of(request.POST)
    here = reverse("desk:list-many", args=[register.slug, offer.slug])
    result = f"{here}?{RESULT}={key}" if key else ""
    if key:
        claim = claim_sending(person, key=key, digest="")
        if claim is None:
            raise Http404(_("Không thực hiện được."))
        if not claim.first:
            return redirect(claim.sent.result or here)
        tell_result(claim, result)
    done, refused = _each(offer, form.cleaned_data)
    request.session[KEPT] = {
        "key": str(key),
        "done": [[row.pk, _said(row)] for row in done],
        "refused": [[row.pk, _said(row), why] for row, why in refused],
        "label": str(offer.label),
    }
    return redirect(result or f"{here}?{RESULT}=None")


def _each(offer: Offer, given: dict[str, Any]) -> tuple[list[Any], list[tuple[Any, str]]]:
    """What was done, and what was not with the reason; each in a transaction of its own."""
    ticked = set(given[PICKS])
    rest = {name: value for name, value in given.items() if name != PICKS}
    done: list[Any] = []
    refused: list[tuple[Any, str]] = []
    for row in offer.may:
        if str(row.pk) not in ticked:
            continue
        try:
            offer.act(row, **rest)
        except Forbidden:
            refused.append((row, _("không thuộc quyền của ông/bà")))
        except Refusal as refusal:
            refused.append((row, str(refusal.message)))
        else:
            done.append(row)
    return done, refused


def _result_page(request: HttpRequest, register: Register, action: str, key: str) -> HttpResponse:
    """What came of the last sending; of an older one the entries themselves tell."""
    kept = request.session.get(KEPT)
    list_url = reverse("desk:list", args=[register.slug])
    if not kept or kept["key"] != key:
        return redirect(list_url)
    again = "&".join(f"{PICKS}={pk}" for pk, _words, _why in kept["refused"])
    here = reverse("desk:list-many", args=[register.slug, action])

    def linked(pk: int, words: str) -> dict[str, str]:
        return {"url": reverse("desk:entry", args=[register.slug, pk]), "words": words}

    context = {
        "title": kept["label"],
        "line": _("Đã ghi %(done)s mục; chưa ghi được %(refused)s mục")
        % {"done": len(kept["done"]), "refused": len(kept["refused"])},
        "done": [linked(pk, words) for pk, words in kept["done"]],
        "refused": [linked(pk, words) | {"why": why} for pk, words, why in kept["refused"]],
        "again_url": f"{here}?{again}" if again else "",
        "list_url": list_url,
        "crumbs": with_crumbs((str(register.label), list_url), (kept["label"], None)),
    }
    return render(request, "desk/list_done.html", context)
