"""Keeping attachments."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.actions import lock_entry
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.files.previews import count_pages
from dieuhanh.kernel.files.storage import keep
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import record

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
    digest, size, path = keep(content)
    attachment, created = Attachment.objects.get_or_create(
        entry=entry,
        digest=digest,
        defaults={
            "name": name, "size": size, "content_type": content_type, "added_at": clock.now(),
            "pages": count_pages(path, content_type),
        },
    )  # fmt: skip
    if created:
        record("file.attached", actor=actor, entry_id=entry.pk, subject=str(entry), digest=digest)
    return attachment
