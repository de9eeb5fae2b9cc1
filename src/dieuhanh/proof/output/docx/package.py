"""A Word file as an archive: parts are taken out, others put in, all the rest stays as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from posixpath import basename, dirname, join

from dieuhanh.proof.reading.archive import Archive
from dieuhanh.proof.refused import Refused

_CONTENT_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


class Package:
    """A Word file that the reader has read.

    Raises:
        Refused: its body is written in an encoding that is not edited by bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.main = next(part for kind, part in self._archive.related() if kind == "officeDocument")
        self.body = self.part(self.main)
        if self.body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"UTF-16" in self.body[:100]:
            raise Refused(
                "Tệp Word này ghi chữ theo mã UTF-16; xin mở bằng Word và lưu lại trước.",
                "This Word file is written in UTF-16; please open and save it in Word first.",
            )

    def part(self, name: str) -> bytes:
        return self._zip.read(name)

    def comments(self) -> str:
        """The name of the part that holds comments; "" where there is none."""
        found = (part for kind, part in self._archive.related(self.main) if kind == "comments")
        return next((one for one in found if one in self._archive), "")

    def new_comments(self) -> tuple[str, dict[str, bytes]]:
        """A name for the part of comments, and the parts that make it known."""
        name = join(dirname(self.main), "comments.xml")
        while name in self._archive:
            name = name.replace("comments", "comments-1")
        relations = join(dirname(self.main), "_rels", basename(self.main) + ".rels")
        types = _before_end(
            self.part(_CONTENT_TYPES),
            f'<Override PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>',
        )
        if relations in self._archive:
            known = self.part(relations)
        else:
            known = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http:'
                b'//schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )
        known = known.replace(b"<Relationships/>", b"<Relationships></Relationships>")
        related = _before_end(
            known,
            f'<Relationship Id="soatSoLieu" Type="{_COMMENTS_RELATION}" Target="{basename(name)}"/>',
        )
        return name, {_CONTENT_TYPES: types, relations: related}

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The archive with these parts new or in place of the old ones."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for member in self._zip.infolist():
                name = member.filename
                made.writestr(member, parts[name] if name in parts else self._zip.read(member))
            for name in parts:
                if name not in self._archive:
                    made.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _before_end(part: bytes, element: str) -> bytes:
    """A part with an element as the last one of its root."""
    ends = re.search(rb"</[A-Za-z0-9:]*>\s*\Z", part)
    if ends is None:
        raise Refused(
            "Cấu trúc tệp Word không như thường lệ, không ghi được ghi chú.",
            "The structure of this Word file is unusual; comments cannot be written.",
        )
    at = ends.start()
    return part[:at] + element.encode() + part[at:]
