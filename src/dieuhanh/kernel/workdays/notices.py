"""Reading the committee's notices of days off and days made up from a file a clerk can edit."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dieuhanh.kernel.workdays.calendar import Notice
from dieuhanh.text.dates import day as printed
from dieuhanh.text.dates import parse_day

COLUMNS = ["day", "kind", "reason", "source", "status"]


class NoticeFileError(ValueError):
    """A file of notices cannot be used; the message says the file, the line and the reason."""


def read_rows(path: Path | str) -> list[tuple[Notice, bool]]:
    """Notices of a CSV file, each with whether its source is confirmed, in order of day.

    Args:
        path: UTF-8 file with columns day, kind, reason, source, status; ``day`` as 2024-05-04 or
            04/5/2024, ``kind`` off or working, ``status`` confirmed or unconfirmed.

    Raises:
        NoticeFileError: wrong columns, an unreadable row, or a day that stands twice.
        OSError: the file cannot be opened.
    """
    found: dict[date, tuple[Notice, bool]] = {}
    lines: dict[date, int] = {}
    for line, notice, confirmed in _rows(Path(path)):
        if notice.day in lines:
            raise _error(
                path,
                line,
                f"ngày {printed(notice.day)} đã có ở dòng {lines[notice.day]}",
            )
        lines[notice.day] = line
        found[notice.day] = notice, confirmed
    return [found[day] for day in sorted(found)]


def read_notices(path: Path | str, include_unconfirmed: bool) -> tuple[Notice, ...]:
    """Those of `read_rows`, with or without the unconfirmed ones."""
    return tuple(
        notice for notice, confirmed in read_rows(path) if confirmed or include_unconfirmed
    )


def _rows(path: Path) -> Iterator[tuple[int, Notice, bool]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            header = next(reader, [])
            if header != COLUMNS:
                raise _error(path, 1, f"các cột phải là {', '.join(COLUMNS)}")
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num, *_notice(path, reader.line_num, row)
        except UnicodeDecodeError:
            raise _error(path, reader.line_num + 1, "tệp không phải mã UTF-8") from None
        except csv.Error as fault:
            raise _error(path, reader.line_num, f"sai dạng CSV ({fault})") from None


def _notice(path: Path, line: int, row: list[str]) -> tuple[Notice, bool]:
    if len(row) != len(COLUMNS):
        raise _error(path, line, f"cần {len(COLUMNS)} cột, có {len(row)} cột")
    day, kind, reason, source, status = (cell.strip() for cell in row)
    if status not in ("confirmed", "unconfirmed"):
        raise _error(path, line, f"cột status “{status}” phải là confirmed hoặc unconfirmed")
    if not reason or not source:
        raise _error(path, line, "thiếu lý do hoặc nguồn")
    try:
        parsed = parse_day(day)
    except ValueError as fault:
        raise _error(path, line, str(fault)) from None
    if kind == "off":
        return Notice(parsed, "off", reason, source), status == "confirmed"
    if kind == "working":
        return Notice(parsed, "working", reason, source), status == "confirmed"
    raise _error(path, line, f"cột kind “{kind}” phải là off hoặc working")


def _error(path: Path | str, line: int, reason: str) -> NoticeFileError:
    return NoticeFileError(f"{path}, dòng {line}: {reason}")
