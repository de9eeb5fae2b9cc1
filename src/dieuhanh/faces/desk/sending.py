"""Showing a form and taking it in: filled with what was kept, and done once however often sent."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dieuhanh.faces.desk import unsent
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.personal.actions import (
    Claim,
    TooMuch,
    Typed,
    claim_sending,
    discard_unsent_at,
    give_back,
    keep_unsent,
    tell_result,
    typed_in,
)
from dieuhanh.kernel.personal.models import UnsentForm
from dieuhanh.kernel.personal.queries import unsent_at, was_sent
from dieuhanh.kernel.vault.keys import VaultClosed
from dieuhanh.text import dates

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Sending:
    """What ``ui/form.html`` needs to keep and to send a form once.

    Args:
        key: under which the form is sent; a form that is filled in again keeps its key.
        keeps: names of the fields that are kept; "" where nothing is.
        kept: what is offered, or was filled in (``filled``).
    """

    key: UUID
    keeps: str
    address: str
    title: str = ""
    kept: UnsentForm | None = None
    filled: bool = False

    @property
    def saved_at(self) -> str:
        at = dates.local(self.kept.saved_at) if self.kept else None
        return f"{at:%H:%M} ngày {dates.day(at)}" if at else ""

    @property
    def save_url(self) -> str:
        return reverse("desk:unsent-save")

    @property
    def units_url(self) -> str:
        return reverse("desk:pick-unit")

    @property
    def people_url(self) -> str:
        return reverse("desk:pick-person")

    @property
    def month_url(self) -> str:
        return reverse("desk:calendar-month")

    @property
    def again_url(self) -> str:
        return unsent.open_url(self.address)

    @property
    def drop_url(self) -> str:
        return reverse("desk:unsent-drop", args=[self.kept.pk]) if self.kept else ""


def form_page(
    request: HttpRequest,
    context: dict[str, Any],
    template: str = "desk/form.html",
    *,
    keeps: bool = True,
) -> HttpResponse:
    """The page of ``context["form"]``: 422 where it has faults, else filled with what was kept.

    A form that shows what is stored (it has a ``version``) is not filled in unasked: the page
    offers what was kept.

    Args:
        keeps: False where the page is about something of which nothing is kept.
    """
    form: forms.BaseForm = context["form"]
    context |= {"sending": sending_of(request, form, _title(context), keeps=keeps)}
    return render(request, template, context, status=422 if form.errors else 200)


def _title(context: dict[str, Any]) -> str:
    """What tells the form from others in a list: "Đính chính (Văn bản đến, 1.185)"."""
    where = [str(one["label"]) for one in context.get("crumbs", ())[:-1]]
    title = str(context.get("title", ""))
    return f"{title} ({', '.join(where)})" if where else title


def sending_of(
    request: HttpRequest, form: forms.BaseForm, title: str = "", *, keeps: bool = True
) -> Sending:
    """See `form_page`; fills the form in."""
    address = unsent.page_address(request.get_full_path())
    names = unsent.names_kept(form) if keeps else ""
    if form.is_bound or not names:
        key = unsent.key_of(request.POST) if form.is_bound else None
        return Sending(key or uuid4(), names, address, title)
    unsent.take_up(request, address)
    kept = unsent_at(request.user, address)  # type: ignore[arg-type]
    wanted = "version" not in form.fields or request.GET.get(unsent.AGAIN) == "1"
    if kept is None:
        return Sending(uuid4(), names, address, title)
    try:
        typed = typed_in(kept)
    except VaultClosed:
        return Sending(uuid4(), names, address, title)
    if was_sent(typed.key):  # a late save of what was being sent
        discard_unsent_at(request.user, address=address)  # type: ignore[arg-type]
        return Sending(uuid4(), names, address, title)
    if wanted:
        _fill(form, names, typed)
    return Sending(typed.key if wanted else uuid4(), names, address, title, kept, wanted)


def _fill(form: forms.BaseForm, names: str, typed: Typed) -> None:
    """Put what was typed into a form that nobody has sent yet."""
    known = set(names.split())
    sent = QueryDict(mutable=True)
    for name, values in typed.values.items():
        sent.setlist(name, values)
    for name, field in form.fields.items():
        written = form.add_prefix(name)
        if written in known and written in typed.values:
            form.initial[name] = field.widget.value_from_datadict(sent, {}, written)  # type: ignore[arg-type]


def _digest(sent: QueryDict) -> str:
    """Tells two sendings of one form apart; what was typed cannot be guessed from it."""
    ours = ("csrfmiddlewaretoken", unsent.KEEPS, unsent.TITLE)
    said = {name: values for name, values in sorted(sent.lists()) if name not in ours}
    text = json.dumps(said, ensure_ascii=False).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def sent_once(view: View) -> View:
    """Do what a form asks for once, however often it is sent with one key.

    The first sending that the view answers with a redirection is remembered, in the transaction of
    what it did; any other answer leaves the key free. A later sending is led to the same place
    with a sentence; what it says differently is kept as not sent.
    """

    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = unsent.key_of(request.POST) if request.method == "POST" else None
        person: Person = request.user  # type: ignore[assignment]
        if key is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            claim = claim_sending(person, key=key, digest=_digest(request.POST))
            if claim is None:  # somebody else's key: that form was not this person's
                return view(request, *args, **kwargs)
            if claim.first:
                answer = view(request, *args, **kwargs)
                if isinstance(answer, HttpResponseRedirect):
                    tell_result(claim, answer.url)
                    address = unsent.page_address(request.get_full_path())
                    discard_unsent_at(person, address=address, key=key)
                else:
                    give_back(claim)
                return answer
        return _already_sent(request, person, claim)

    return taking


def _already_sent(request: HttpRequest, person: Person, claim: Claim) -> HttpResponse:
    at = f"{dates.local(claim.sent.sent_at):%H:%M}"
    if claim.sent.digest == _digest(request.POST):
        said = _("Biểu mẫu này đã được ghi lúc %(time)s; lần gửi sau không ghi thêm gì.")
        messages.info(request, said % {"time": at})
    else:
        _keep_changes(request, person)
        said = _(
            "Biểu mẫu này đã được ghi lúc %(time)s và chỉ được ghi một lần. Nội dung sửa sau đó "
            "chưa được ghi; ông/bà mở lại biểu mẫu từ mục Bản nháp, hoặc đính chính mục đã ghi."
        )
        messages.warning(request, said % {"time": at})
    return redirect(claim.sent.result or reverse("desk:home"))


def _keep_changes(request: HttpRequest, person: Person) -> None:
    values = unsent.values_kept(request.POST)
    if values is None:
        return
    address = unsent.page_address(request.get_full_path())
    title = request.POST.get(unsent.TITLE, "")
    try:
        keep_unsent(person, address=address, title=title, typed=Typed(uuid4(), values))
    except (TooMuch, VaultClosed):
        return
