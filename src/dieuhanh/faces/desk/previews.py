"""An attachment beside the work: its pages as pictures, one at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk.ledger import register_or_404
from dieuhanh.kernel.entries import policies
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.previews import picture_of

#: A picture never changes: its address names the attachment, whose bytes never change.
KEPT = "private, max-age=86400, immutable"


@require_GET
def page_picture(
    request: HttpRequest, slug: str, pk: int, attachment: int, page: int
) -> FileResponse:
    """GET /<slug>/<pk>/tep/<attachment>/trang/<page>/: one page as a picture; ``?lon=1`` large."""
    register = register_or_404(request, slug)
    row = policies.get_visible_or_404(request.user, register, pk)  # type: ignore[arg-type]
    kept = get_object_or_404(Attachment, pk=attachment, entry_id=row.pk)
    try:
        path, content_type = picture_of(kept, page, large="lon" in request.GET)
    except Refusal as refusal:
        raise Http404(str(refusal.message)) from None
    return FileResponse(path.open("rb"), content_type=content_type, headers={"Cache-Control": KEPT})


def preview_of(
    request: HttpRequest, register: Register, entry: Entry, attachments: list[Attachment]
) -> dict[str, Any] | None:
    """What stands beside the work: the page that ``?tep=&trang=`` ask for, the first otherwise."""
    shown = [one for one in attachments if one.pages]
    if not shown:
        return None
    asked, number = request.GET.get("tep", ""), request.GET.get("trang", "")
    kept = next((one for one in shown if str(one.pk) == asked), shown[0])
    last = kept.pages or 1
    page = int(number) if number.isdecimal() and 1 <= int(number) <= last else 1
    base = reverse("desk:entry", args=[register.slug, entry.pk])

    def url(one: Attachment, at: int) -> str:
        return f"{base}?{urlencode({'tep': one.pk, 'trang': at})}"

    return {
        "name": kept.name,
        "page": page,
        "pages": last,
        "picture": reverse("desk:page-picture", args=[register.slug, entry.pk, kept.pk, page]),
        "download": reverse("desk:attachment", args=[register.slug, entry.pk, kept.pk]),
        "before": url(kept, page - 1) if page > 1 else "",
        "after": url(kept, page + 1) if page < last else "",
        "others": [{"name": one.name, "url": url(one, 1), "current": one is kept} for one in shown]
        if len(shown) > 1
        else [],
    }
