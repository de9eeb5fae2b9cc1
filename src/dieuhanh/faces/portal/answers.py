"""How the open pages answer: everybody, from the address alone, to be kept by whoever passes it on.

An answer depends on nothing but its address and the day, not on a cookie: the language stands in
the address too. So a proxy may keep it, and no session is opened or read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from dieuhanh.faces.portal.remembered import KEPT_FOR

View = Callable[[HttpRequest], HttpResponse]
LANGUAGE = "ngon-ngu"


def language_of(request: HttpRequest) -> str:
    """From ``?ngon-ngu=``; Vietnamese for nothing and for what is no language of the site."""
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_the_open(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Make a view public, in the language of its address, with ETag and Cache-Control."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = view(request)
        response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        response["Content-Language"] = language
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        assert answer is not None
        return answer

    return answered


def page(template: str, context: dict[str, Any]) -> HttpResponse:
    """A page made without the request: what stands around the desk's pages asks who is signed in."""
    return HttpResponse(render_to_string(template, context))
