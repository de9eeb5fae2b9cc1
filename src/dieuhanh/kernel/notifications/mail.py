"""Handing one mail to the mail server, and what its answer means."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core import mail
from django.utils import translation

from dieuhanh.kernel.notifications import texts
from dieuhanh.kernel.notifications.models import Delivery

LONGEST_ERROR = 300


class Refused(Exception):
    """The server will never take this mail for this address; the message is its answer."""


class NotNow(Exception):
    """The server cannot be reached, or asks to come again; the message says why."""


def enabled() -> bool:
    """Whether notices go out by mail: DIEUHANH_SMTP_URL names a server."""
    return bool(settings.MAIL_ENABLED)


def send(delivery: Delivery) -> None:
    """Hand a mail to the server; the same one, with the same Message-ID, each time.

    Raises:
        Refused: 5xx for the address or for the mail.
        NotNow: 4xx, no connection, or a fault of our own access; worth another attempt.
    """
    with translation.override(settings.LANGUAGE_CODE):
        message = mail.EmailMessage(
            subject=texts.subject(delivery.notice),
            body=texts.body(delivery.notice, settings.SITE_URL),
            to=[delivery.address],
            headers={
                "Message-ID": delivery.message_id,
                "Auto-Submitted": "auto-generated",
                "Date": delivery.created_at.strftime("%a, %d %b %Y %H:%M:%S %z"),
            },
        )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        raise (Refused if code >= 500 else NotNow)(_answer(code, answer)) from refused
    except smtplib.SMTPDataError as refused:
        kind = Refused if refused.smtp_code >= 500 else NotNow
        raise kind(_answer(refused.smtp_code, refused.smtp_error)) from refused
    except smtplib.SMTPResponseException as refused:  # greeting, sign-in, sender: our own affair
        raise NotNow(_answer(refused.smtp_code, refused.smtp_error)) from refused
    except (smtplib.SMTPException, OSError) as unreachable:
        raise NotNow(type(unreachable).__name__) from unreachable


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:LONGEST_ERROR]
