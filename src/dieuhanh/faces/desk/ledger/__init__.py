"""The list of a register: one page, its filters, layout, saved views, bulk actions and export."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.registry import Register


def register_or_404(request: HttpRequest, slug: str) -> Register:
    register = registry.by_slug(slug)
    if register is None or not policies.may_read(request.user, register):  # type: ignore[arg-type]
        raise Http404(_("Không có sổ này, hoặc sổ này không thuộc quyền xem."))
    return register
