"""Soát số liệu: reads a report and finds what is wrong in it.

    from dieuhanh.proof import check, read

    report = read("bao-cao.docx")
    for finding in check(report):
        print(finding.place.line, finding.message_vi, finding.arithmetic)

Plain Python: no database, no network, nothing of the rest of the program but `dieuhanh.text`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dieuhanh.proof.findings import Finding, Place, Severity
from dieuhanh.proof.looking import look_at as check
from dieuhanh.proof.looking import look_at_all as check_all
from dieuhanh.proof.model import Report
from dieuhanh.proof.reading import read as read_source
from dieuhanh.proof.reading.source import Source, Unreadable
from dieuhanh.proof.understanding.whole import understand

__all__ = [
    "Finding", "Place", "Report", "Severity", "Source", "Unreadable", "check", "check_all", "read", "understand",
]  # fmt: skip


def read(path: str | Path, *, as_of: date | None = None) -> Report:
    """Read a file and understand it.

    Args:
        path: TXT, Markdown, HTML, DOCX or PDF.
        as_of: the day of the report, where its text should not be asked.

    Raises:
        Unreadable: the file cannot be read as a report; the exception says why, in two languages.
    """
    return understand(read_source(Path(path)), as_of=as_of)
