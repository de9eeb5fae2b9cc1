"""A form that arrives after its session ended: the sign-in page takes what was typed along."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from dieuhanh.faces.desk import unsent
from dieuhanh.faces.desk.home import SignIn
from dieuhanh.kernel.personal.actions import TooMuch
from dieuhanh.kernel.vault.keys import VaultClosed


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Turns strangers away; a form that one of them sends is not lost.

    Who asks for a page for everybody is not looked at: it opens no session, so proxies may keep it.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method == "POST":
            if request.path == reverse("desk:unsent-save") or request.headers.get("HX-Request"):
                said = _("Phiên làm việc đã hết. Nội dung vẫn còn ở trang này.")
                return JsonResponse({"said": said}, status=401)
            if unsent.KEY in request.POST:
                return sign_in_with(request, _("Phiên làm việc đã hết."))
        return super().handle_no_permission(request, view_func)


def sign_in_with(request: HttpRequest, why: str) -> HttpResponse:
    """The sign-in page, with what was posted sealed in it and one sentence about that."""
    carried, said = "", _("Biểu mẫu này không được giữ lại; xin đăng nhập rồi ghi lại.")
    try:
        carried = unsent.carry(request)
    except TooMuch:
        said = _("Nội dung đã gõ quá dài nên không giữ được; xin bấm nút quay lại để sao chép.")
    except VaultClosed:
        said = _("Nội dung đã gõ không giữ được; xin bấm nút quay lại để sao chép.")
    if carried:
        said = _("Nội dung đã gõ vẫn còn: đăng nhập lại là biểu mẫu mở ra như cũ, chưa gửi.")
        if request.FILES:
            said += " " + _("Tệp thì xin chọn lại.")
    view = SignIn()
    view.setup(request)
    context = view.get_context_data(form=AuthenticationForm(request)) | {
        "action": reverse("desk:sign-in"),
        "next": unsent.page_address(request.get_full_path()),
        "carried": carried,
        "carried_name": unsent.CARRIED,
        "why": f"{why} {said}",
    }
    return render(request, "registration/login.html", context, status=401)


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in (another window): it is shown again, to be sent again.

    Only what came from a page of this site: a form of another site is refused, and nothing of it
    is shown.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if urlsplit(origin).netloc != request.get_host():
        return csrf_failure(request, reason=reason)
    if not request.user.is_authenticated:
        if unsent.KEY in request.POST:
            return sign_in_with(request, _("Trang này mở từ trước lần đăng nhập gần nhất."))
        return csrf_failure(request, reason=reason)
    address = unsent.bring_back(request)
    if not address:
        with suppress(TooMuch, VaultClosed):
            address = unsent.bring_back(request, unsent.carry(request))
    if not address:
        return csrf_failure(request, reason=reason)
    said = _("Trang vừa gửi mở từ trước lần đăng nhập gần nhất nên chưa ghi; xin xem lại rồi gửi.")
    messages.warning(request, said)
    return redirect(unsent.open_url(address))
