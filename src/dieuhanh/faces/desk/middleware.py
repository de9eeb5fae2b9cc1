"""What every answer carries, and what is said when the data store is away."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
log = logging.getLogger("dieuhanh")


class ContentSecurityPolicyMiddleware:
    """No script, style or frame but our own; nothing inline."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = POLICY + _stream_of(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


def _stream_of(request: HttpRequest) -> str:
    """Where the page may listen beside its own address: the live process on another port."""
    live = settings.LIVE_URL
    if live.startswith(":"):
        host = split_domain_port(request.META.get("HTTP_HOST", ""))[0]
        if not validate_host(host, settings.ALLOWED_HOSTS):
            return ""
        return f"; connect-src 'self' {request.scheme}://{host}{live}"
    parts = urlsplit(live)
    return f"; connect-src 'self' {parts.scheme}://{parts.netloc}" if parts.netloc else ""


class TextCompressionMiddleware(GZipMiddleware):
    """Pages and data travel compressed. Their length is padded at random (BREACH), and tokens
    of forms are masked anew each time, so what a stranger makes a page echo tells nothing.
    Attachments and exports are compressed formats already: they go as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)


class LanguageMiddleware:
    """Vietnamese, unless the person chose otherwise; what the browser prefers decides nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            return self.get_response(request)


class OutageMiddleware:
    """An unreachable data store is one sentence with a code to quote, not a trace."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        code = secrets.token_hex(2).upper()
        log.error("outage %s: %s", code, str(error).splitlines()[0] if str(error) else "")
        return render(request, "desk/outage.html", {"code": code}, status=503)
