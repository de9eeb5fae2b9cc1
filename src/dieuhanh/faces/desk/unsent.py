"""Forms begun and not sent: keeping what is typed, offering it again, throwing it away.

What a form keeps, it says itself, in its hidden field `KEEPS`: the names of its fields, parted by
spaces; ``secrecy=none`` is a condition without which nothing is kept. Fields that are sealed where
they are stored are not among them, nor passwords and files.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dieuhanh.faces.desk.shell import with_crumbs
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.personal.actions import (
    TooMuch,
    Typed,
    discard_unsent,
    discard_unsent_at,
    keep_unsent,
)
from dieuhanh.kernel.personal.queries import unsent_of
from dieuhanh.kernel.vault.keys import VaultClosed
from dieuhanh.kernel.vault.sealing import Place, open_sealed, seal
from dieuhanh.text import dates

#: Hidden fields of every form: its key, what it keeps, its title.
KEY, KEEPS, TITLE = "form_key", "form_keeps", "form_title"
#: The hidden field of the sign-in page that carries what was typed, and how long it may lie there.
CARRIED = "form_carried"
CARRIED_FOR = 24 * 3600
MOST_CARRIED = 400_000
#: ``?dung-lai=1`` fills in what was kept.
AGAIN = "dung-lai"
LONGEST_ADDRESS = 500
#: Kinds of fields of which nothing is ever kept.
NEVER_KEPT = (forms.PasswordInput, forms.FileInput)


def names_kept(form: forms.BaseForm) -> str:
    """The hidden field `KEEPS` of a form.

    A form says by ``keeps_nothing = True`` that it keeps nothing, by ``unkept`` (names of fields)
    that it does not keep these, by ``kept_only_if`` (field → value) on what condition it does.
    """
    if getattr(form, "keeps_nothing", False):
        return ""
    unkept = set(getattr(form, "unkept", ()))
    conditions: dict[str, str] = getattr(form, "kept_only_if", {})
    words = []
    for name, field in form.fields.items():
        if name in unkept or isinstance(field.widget, NEVER_KEPT):
            continue
        words.append(form.add_prefix(name))
        if name in conditions:
            words.append(f"{form.add_prefix(name)}={conditions[name]}")
    return " ".join(words)


def values_kept(sent: QueryDict) -> dict[str, list[str]] | None:
    """What is kept of a form that was posted; None where it keeps nothing."""
    words = sent.get(KEEPS, "").split()
    names = [word for word in words if "=" not in word]
    for word in set(words) - set(names):
        name, _equals, value = word.partition("=")
        if sent.get(name, value) != value:
            return None
    return {name: sent.getlist(name) for name in names} if names else None


def key_of(sent: QueryDict) -> UUID | None:
    """The key of a form that was posted; None where it has none."""
    try:
        return UUID(sent.get(KEY, ""))
    except ValueError:
        return None


def page_address(full_path: str) -> str:
    """The address of a form's page, without what only says how to show it."""
    path, question, query = full_path.partition("?")
    rest = [part for part in query.split("&") if part and part != f"{AGAIN}=1"]
    return f"{path}?{'&'.join(rest)}" if question and rest else path


def is_own_page(address: str) -> bool:
    """Whether it is a page of this site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return False
    if len(address) > LONGEST_ADDRESS or "\\" in address:
        return False
    try:
        return resolve(parts.path).namespace == "desk"
    except Resolver404:
        return False


# Pages --------------------------------------------------------------------------------------------


@require_GET
def unsent_list(request: HttpRequest) -> HttpResponse:
    """GET /ban-nhap/: the forms I began and did not send."""
    person: Person = request.user  # type: ignore[assignment]
    context = {
        "title": _("Bản nháp"),
        "line": _("Nội dung ông/bà đã gõ mà chưa gửi; chỉ ông/bà thấy, giữ tối đa 30 ngày."),
        "rows": [
            {
                "title": one.title,
                "saved_at": one.saved_at,
                "open_url": open_url(one.address),
                "drop_url": reverse("desk:unsent-drop", args=[one.pk]),
            }
            for one in unsent_of(person)
        ],
        "crumbs": with_crumbs((_("Bản nháp"), None)),
    }
    return render(request, "desk/unsent.html", context)


def open_url(address: str) -> str:
    """The page of a form with what was kept filled in."""
    return f"{address}{'&' if '?' in address else '?'}{AGAIN}=1"


@sensitive_post_parameters()
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """POST /ban-nhap/luu/: keep what is typed. Answers ``{"said": "Đã lưu 08:41"}``.

    Takes the fields of the form itself and ``form_address``.
    """
    person: Person = request.user  # type: ignore[assignment]
    address, key = page_address(request.POST.get("form_address", "")), key_of(request.POST)
    if key is None or not is_own_page(address):
        return JsonResponse({"said": _("Không lưu được bản nháp.")}, status=400)
    values = values_kept(request.POST)
    if values is None:
        discard_unsent_at(person, address=address)
        return JsonResponse({"said": _("Biểu mẫu này không lưu nháp.")})
    try:
        kept = keep_unsent(
            person, address=address, title=request.POST.get(TITLE, ""), typed=Typed(key, values)
        )
    except TooMuch:
        said = _("Bản nháp quá dài hoặc đã có quá nhiều bản nháp; nội dung chỉ còn ở trang này.")
        return JsonResponse({"said": said}, status=413)
    except VaultClosed:
        said = _("Chưa lưu được bản nháp; nội dung vẫn còn ở trang này.")
        return JsonResponse({"said": said}, status=503)
    time = f"{dates.local(kept.saved_at):%H:%M}" if kept else ""
    return JsonResponse({"said": _("Đã lưu %(time)s") % {"time": time} if kept else ""})


@require_POST
def drop(request: HttpRequest, unsent: int) -> HttpResponse:
    """POST /ban-nhap/<unsent>/bo/: throw one away; back to the form that asked, or to the list."""
    person: Person = request.user  # type: ignore[assignment]
    if not discard_unsent(person, unsent_id=unsent):
        raise Http404(_("Không có bản nháp này, hoặc bản nháp đã được gửi hay đã bỏ."))
    messages.success(request, _("Đã bỏ bản nháp."))
    back = request.POST.get("next", "")
    return redirect(back if is_own_page(back) else "desk:unsent")


# A session that ended while somebody typed --------------------------------------------------------


def _place() -> Place:
    return Place("sign_in", CARRIED, 0)


def carry(request: HttpRequest) -> str:
    """What a stranger posted, sealed, to lie in the sign-in page; "" where nothing is kept.

    Raises:
        TooMuch: it is longer than the page takes.
        VaultClosed: there is no key to seal it with.
    """
    values, key = values_kept(request.POST), key_of(request.POST)
    address = page_address(request.get_full_path())
    if values is None or key is None or not is_own_page(address):
        return ""
    text = json.dumps(
        {"address": address, "title": request.POST.get(TITLE, ""), "typed": str(Typed(key, values))}
    )
    if len(text) > MOST_CARRIED:
        raise TooMuch
    sealed = signing.b64_encode(seal(text, _place())).decode()
    return signing.TimestampSigner(salt=CARRIED).sign(sealed)


def _opened(carried: str) -> dict[str, str]:
    """Raises ValueError: it is not what `carry` sealed, or it lay too long."""
    try:
        sealed = signing.TimestampSigner(salt=CARRIED).unsign(carried, max_age=CARRIED_FOR)
        read: dict[str, str] = json.loads(
            open_sealed(signing.b64_decode(sealed.encode()), _place())
        )
    except (signing.BadSignature, VaultClosed) as error:
        raise ValueError(str(error)) from error
    return read


def bring_back(request: HttpRequest, carried: str = "") -> str:
    """After signing in: the address of the form that was posted before; "" where there is none.

    What was typed lies in the session, sealed, until that page is opened: only who may open the
    page gets it.
    """
    carried = carried or request.POST.get(CARRIED, "")
    try:
        address = _opened(carried)["address"] if carried else ""
    except ValueError:
        return ""
    if address:
        request.session[CARRIED] = carried
    return address


def take_up(request: HttpRequest, address: str) -> None:
    """Keep what the session brought for the form at ``address``, which this person has opened."""
    carried = request.session.get(CARRIED)
    if carried is None:
        return
    try:
        read = _opened(carried)
        if read["address"] != address:
            return
        person: Person = request.user  # type: ignore[assignment]
        typed = Typed.parse(read["typed"])
        keep_unsent(person, address=address, title=read["title"], typed=typed)
    except (VaultClosed, TooMuch, ValueError):
        messages.error(request, _("Không lấy lại được nội dung đã gõ trước khi đăng nhập."))
    del request.session[CARRIED]
