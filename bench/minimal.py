"""The yardstick: the least that a page of this site can cost, served the same way.

The project's own settings, session and sign-in, one `SELECT 1`, a few bytes of answer. DJANGO_SETTINGS_MODULE
is given by the environment; `bench.minimal:application` answers at every path.
"""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import re_path


def answer(request: HttpRequest) -> HttpResponse:
    """200 for a person who is signed in, 403 for a stranger."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(f"{cursor.fetchone()[0]}")


urlpatterns = [re_path(r"", answer)]

settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = get_wsgi_application()
