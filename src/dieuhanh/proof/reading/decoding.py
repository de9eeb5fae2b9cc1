"""Bytes of a text file as characters."""

from __future__ import annotations

import codecs
import re

from dieuhanh.proof.reading import limits, refusals

#: Signs that no text holds: NUL and the controls, but tab, line ends, form feed and escape.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.001
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
    for encoding in ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusals.not_text()


def checked(text: str) -> str:
    """The text with \\n at the end of each line.

    Raises:
        Unreadable: it is empty, no text, or too much.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.CHARACTERS:
        raise refusals.too_large()
    if "\x00" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise refusals.not_text()
    if not text.strip():
        raise refusals.empty()
    longest = max(map(len, text.split("\n")))
    if longest > limits.LINE_CHARACTERS:
        raise refusals.too_large()
    return text
