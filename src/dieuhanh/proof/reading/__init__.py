"""Reading: a file of any kind as text, with its paragraphs, headings, notes and cells."""

from __future__ import annotations

from pathlib import Path

from dieuhanh.proof.reading import limits, refusals
from dieuhanh.proof.reading.decoding import checked, decoded
from dieuhanh.proof.reading.language import looks_vietnamese
from dieuhanh.proof.reading.plain import looks_markdown, plain_source
from dieuhanh.proof.reading.source import Source, Unreadable

__all__ = ["Source", "Unreadable", "looks_vietnamese", "read", "read_bytes", "read_text"]

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names inside an OLE container are UTF-16.
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")


def read(path: str | Path, name: str = "") -> Source:
    """A file, by what is in it; its name decides only between kinds of text.

    Args:
        name: how the file is called in findings; its path unless given.

    Raises:
        Unreadable: with one sentence why; also where there is no such file, or it may not be opened.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)  # also of what says no size, or grows
    except FileNotFoundError:
        raise refusals.no_file() from None
    except (OSError, ValueError):  # a folder, no right, a name that cannot be
        raise refusals.not_opened() from None
    return read_bytes(data, name or str(path))


def read_bytes(data: bytes, name: str) -> Source:
    """A file that is already in memory."""
    if len(data) > limits.FILE_BYTES:
        raise refusals.too_large()
    if not data.strip():
        raise refusals.empty()
    # Formats are loaded when they are met: a text file needs neither PDF nor DOCX.
    if b"%PDF-" in data[:1024]:
        from dieuhanh.proof.reading.pdf import pdf_source

        return pdf_source(data, name)
    if data.startswith(b"PK\x03\x04"):
        from dieuhanh.proof.reading.docx import docx_source

        return docx_source(data, name)
    if data.startswith(_OLE):
        raise refusals.locked() if _LOCKED_PART in data else refusals.old_word()
    if data.startswith(b"{\\rtf"):
        raise refusals.old_word()
    if data.startswith(_IMAGES):
        raise refusals.images_only()
    text = decoded(data)
    if name.lower().endswith((".docx", ".pdf")) and not _is_html(text):
        raise refusals.broken()
    return read_text(text, name)


def read_text(text: str, name: str) -> Source:
    """A text that is already characters: pasted, or decoded elsewhere."""
    suffix = Path(name).suffix.lower()
    if suffix in _HTML or (suffix not in (".txt", *_MARKDOWN) and _is_html(text)):
        from dieuhanh.proof.reading.html import html_source

        return html_source(text, name)
    text = checked(text)
    markdown = suffix in _MARKDOWN or (suffix != ".txt" and looks_markdown(text))
    return plain_source(text, name, markdown=markdown)


def _is_html(text: str) -> bool:
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<table"))
