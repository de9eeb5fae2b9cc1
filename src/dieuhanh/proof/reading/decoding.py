"""Bytes of a text file as characters."""

from __future__ import annotations

import codecs
import re

from dieuhanh.proof.reading import limits, refusals
from dieuhanh.proof.reading.source import Unread

#: Signs that no text holds: NUL and the controls, but tab, line ends, form feed and escape.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: A few stray ones are left behind by programs that copy from a PDF.
_FEW, _MOST_CONTROLS = 3, 0.01
#: A text in which fewer signs than this are broken is taken for what the rest of it is.
_MOST_BROKEN = 0.001
_BROKEN = "\ufffd"
_BYTE_ORDERS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """UTF-8 or, with its byte order mark, UTF-16; the old Windows code page where neither fits.

    Raises:
        Unreadable: not a text.
    """
    for mark, encoding in _BYTE_ORDERS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise refusals.not_text() from None
    if b"\x00" in data:
        raise refusals.not_text()
    text = data.decode("utf-8", errors="replace")
    if text.count(_BROKEN) <= _MOST_BROKEN * len(text):
        return text
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError:
        raise refusals.not_text() from None


def broken_signs(text: str) -> list[Unread]:
    """Signs that were damaged in the file, so that they are not passed over."""
    count = text.count(_BROKEN)
    if not count:
        return []
    return [
        Unread(
            f"{count} ký tự trong tệp bị hỏng, không đọc được (hiện là {_BROKEN}).",
            f"{count} characters of the file are damaged and were not read (shown as {_BROKEN}).",
        )
    ]


def checked(text: str) -> str:
    """The text with \\n at the end of each line.

    Raises:
        Unreadable: it is empty, no text, or too much.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.CHARACTERS or text.count("\n") > limits.LINES:
        raise refusals.too_large()
    if "\x00" in text or len(_CONTROL.findall(text)) > _FEW + _MOST_CONTROLS * len(text):
        raise refusals.not_text()
    if not text.strip():
        raise refusals.empty()
    longest = max(map(len, text.split("\n")))
    if longest > limits.LINE_CHARACTERS:
        raise refusals.too_large()
    return text
