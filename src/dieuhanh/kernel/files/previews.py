"""Looking at a file without opening it elsewhere: pages of a PDF as pictures, pictures as they are.

A page is drawn once and kept beside the file, under the digest of the file's bytes.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.files import rendering
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.storage import path_of

PICTURES = ("image/png", "image/jpeg")
PDF = "application/pdf"
#: Seconds after which drawing a page is given up.
PATIENCE = 15
#: Dots across: beside the work, and when a page is looked at by itself.
WIDTH, LARGE = 900, 1700


def _run(path: Path, page: int, width: int, out: Path | str) -> int | None:
    """How many pages the PDF has, with ``page`` drawn into ``out``; None if it cannot be read."""
    command = [sys.executable, "-I", rendering.__file__, str(path), str(page), str(width), str(out)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
        return int(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None


def count_pages(path: Path, content_type: str) -> int | None:
    """How many pages of a file can be looked at; None for what has no preview."""
    if content_type in PICTURES:
        return 1
    return _run(path, 0, 0, "") if content_type == PDF else None


def picture_of(attachment: Attachment, page: int, *, large: bool = False) -> tuple[Path, str]:
    """The file and content type of the picture of one page, from 1.

    Raises:
        Refusal: there is no such page, or it cannot be drawn.
    """
    if not attachment.pages or not 1 <= page <= attachment.pages:
        raise Refusal(_("Tệp này không có trang %(page)s để xem trước.") % {"page": page})
    source = path_of(attachment)
    if attachment.content_type in PICTURES:
        return source, attachment.content_type
    width = LARGE if large else WIDTH
    kept = source.parent / f"{attachment.digest}-{page}-{width}.png"
    if not kept.exists():
        partial = kept.with_suffix(f".partial-{os.getpid()}")
        try:
            if _run(source, page, width, partial) is None:
                raise Refusal(_("Không vẽ được trang này để xem trước; xin tải tệp về."))
            partial.replace(kept)
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    return kept, "image/png"
