"""Keeping attachments."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record

LARGEST = 50 * 1024 * 1024
CHUNK = 1024 * 1024
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".csv": "text/csv",
}


def path_of(attachment: Attachment) -> Path:
    return Path(settings.MEDIA_ROOT) / attachment.digest[:2] / attachment.digest


def _keep(content: BinaryIO) -> tuple[str, int]:
    """Write the bytes under their digest. An interrupted write leaves nothing under that name."""
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
        final = root / digest.hexdigest()[:2] / digest.hexdigest()
        final.parent.mkdir(exist_ok=True)
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _neutral(number: int, name: str) -> str:
    """The name under which a file is shown where its own may tell who denounced (TC-21)."""
    return _("Tệp số %(n)s") % {"n": number} + Path(name).suffix.lower()


def rename_neutrally(entry: Entry) -> None:
    """Take the names that files came with from a locked entry that is now guarded."""
    for number, one in enumerate(entry.attachments.order_by("pk"), 1):
        one.name = _neutral(number, one.name)
        one.save(update_fields=["name"])


@transaction.atomic
def attach_file(entry_id: int, *, actor: Person, name: str, content: BinaryIO) -> Attachment:
    """Keep a file with an entry; the same bytes twice are kept once.

    Raises:
        Forbidden: ``actor`` may not change the entry.
        Refusal: the entry is secret (nothing of it may be kept here), or the file is empty, too
            large or of a kind that is not kept.

    Law: Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 5 (VT-71).
    """
    entry = lock_entry(entry_id, actor=actor)
    if entry.confidentiality == Confidentiality.SECRET:
        raise Refusal(_("Văn bản mật không được lưu tệp trên hệ thống này."), field="attachment")
    name = re.sub(r"[\x00-\x1f/\\]", "_", unicodedata.normalize("NFC", name))[-255:]
    content_type = TYPES.get(Path(name).suffix.lower())
    if content_type is None:
        raise Refusal(
            _("Chỉ nhận tệp %(kinds)s.") % {"kinds": ", ".join(sorted(TYPES))}, field="attachment"
        )
    if entry.confidentiality == Confidentiality.GUARDED:
        name = _neutral(entry.attachments.count() + 1, name)
    digest, size = _keep(content)
    attachment, created = Attachment.objects.get_or_create(
        entry=entry,
        digest=digest,
        defaults={
            "name": name, "size": size, "content_type": content_type, "added_at": clock.now(),
        },
    )  # fmt: skip
    if created:
        record("file.attached", actor=actor, entry_id=entry.pk, subject=str(entry), digest=digest)
    return attachment
