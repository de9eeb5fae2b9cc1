"""The mail server that DIEUHANH_SMTP_URL names, as Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

#: Seconds after which a server that does not answer is tried again later.
TIMEOUT = 20


def server_settings(url: str) -> dict[str, Any]:
    """Django's EMAIL_* for ``smtp://user:password@host:587?starttls`` or ``smtps://host:465``.

    Without an address nothing goes out: notices are read in the program only.

    Raises:
        ValueError: the address has another form.
    """
    parts = urlsplit(url)
    if url and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ValueError("DIEUHANH_SMTP_URL phải có dạng smtp://máy-chủ:587?starttls.")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if secure else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": "starttls" in parts.query,
        "EMAIL_TIMEOUT": TIMEOUT,
    }
