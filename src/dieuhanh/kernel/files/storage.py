"""Where the bytes of attachments lie: under their SHA-256, so that the same bytes are kept once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.files.models import Attachment

LARGEST = 50 * 1024 * 1024
CHUNK = 1024 * 1024


def _place(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def path_of(attachment: Attachment) -> Path:
    return _place(attachment.digest)


def keep(content: BinaryIO) -> tuple[str, int, Path]:
    """Write the bytes under their digest: digest, size in bytes, and where they are.

    An interrupted write leaves nothing under that name.

    Raises:
        Refusal: the file is empty or larger than ``LARGEST``.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    partial = root / f".partial-{os.getpid()}-{id(content)}"
    try:
        with partial.open("wb") as out:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > LARGEST:
                    raise Refusal(_("Tệp lớn hơn 50 MB."), field="attachment")
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if not size:
            raise Refusal(_("Tệp không có nội dung."), field="attachment")
        final = _place(digest.hexdigest())
        final.parent.mkdir(exist_ok=True)
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
    return digest.hexdigest(), size, final
