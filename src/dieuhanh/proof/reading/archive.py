"""Archives of XML parts (DOCX), opened only after their directory was found harmless.

Nothing is unpacked that the directory says is too large, no part is read beyond the size it
declares, and no XML is taken that declares entities or goes deep.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import dirname, join, normpath
from typing import Protocol
from xml.etree import ElementTree

from dieuhanh.proof.reading import limits, refusals

_CHUNK = 1 << 16
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Reader(Protocol):
    """What takes the elements of a part as they come; names are "{namespace}local"."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, words: str) -> None: ...


class Archive:
    """The parts of an Office file.

    Raises:
        Unreadable: broken, locked, or made to hurt.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise refusals.broken() from None
        members = self._zip.infolist()
        if len(members) > limits.MEMBERS:
            raise refusals.hostile()
        if sum(member.file_size for member in members) > limits.UNPACKED_BYTES:
            raise refusals.hostile()
        for member in members:
            if member.flag_bits & 1:
                raise refusals.locked()
            most = max(limits.HARMLESS_BYTES, limits.PACKED_RATIO * member.compress_size)
            if member.file_size > most:
                raise refusals.hostile()
        self._names = frozenset(member.filename for member in members)

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def read(self, part: str, reader: Reader) -> None:
        """Give the elements of a part to a reader."""
        parser = ElementTree.XMLParser(target=_Guarded(reader))  # noqa: S314  (guarded)
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except (
            ElementTree.ParseError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            LookupError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            raise refusals.broken() from None

    def related(self, part: str = "") -> list[tuple[str, str]]:
        """What a part refers to inside the archive: last word of the kind, and part."""
        relations = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
        if relations not in self:
            return []
        found = _Relations()
        self.read(relations, found)
        return [
            (kind, normpath(join("/", dirname(part), target)).lstrip("/"))
            for kind, target in found.targets
        ]


class _Guarded:
    """A parser's target that refuses declarations of entities and deep nesting."""

    def __init__(self, reader: Reader) -> None:
        self._depth = 0
        self._start, self._end, self.data = reader.start, reader.end, reader.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise refusals.hostile()
        self._start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)

    def doctype(self, *_declared: object) -> None:
        raise refusals.hostile()

    def close(self) -> None:
        """Nothing is left to do."""


class _Relations:
    def __init__(self) -> None:
        self.targets: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _RELATION and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets.append((kind, attributes.get("Target", "")))

    def end(self, tag: str) -> None:
        """Relations hold nothing."""

    def data(self, words: str) -> None:
        """Nor do they hold words."""
