"""Dates as a Vietnamese office writes them, and the one time zone of the system.

Days below 10 and months 1 and 2 are padded with 0, months 3 to 9 are not: 05/02/2024, 05/6/2024.

Law: 30/2020/NĐ-CP, Phụ lục I (rules 1.3, X-05).
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")

_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def local(moment: datetime) -> datetime:
    """The same moment on the clock of Hà Nội.

    Raises:
        ValueError: ``moment`` has no time zone, so nobody can say when it was.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE)


def local_day(when: date) -> date:
    """The plain date of a date, or of a moment on the clock of Hà Nội."""
    return local(when).date() if isinstance(when, datetime) else when


def short_day(when: date) -> str:
    """15/6; 05/02."""
    plain = local_day(when)
    return f"{plain.day:02d}/{_month(plain)}"


def day(when: date) -> str:
    """15/6/2024; 05/02/2024."""
    plain = local_day(when)
    return f"{short_day(plain)}/{plain.year:04d}"


def moment(when: datetime) -> str:
    """15/6/2024 08:40, on the clock of Hà Nội.

    Raises:
        ValueError: ``when`` has no time zone.
    """
    here = local(when)
    return f"{day(here)} {here:%H:%M}"


def weekday(when: date) -> str:
    """thứ Hai … thứ Bảy, Chủ nhật."""
    return WEEKDAYS[local_day(when).weekday()]


def weekday_short(when: date) -> str:
    """T2 … T7, CN."""
    return WEEKDAYS_SHORT[local_day(when).weekday()]


def weekday_day(when: date) -> str:
    """thứ Năm, 20/6/2024."""
    return f"{weekday(when)}, {day(when)}"


def official(when: date) -> str:
    """The date line of a document: ngày 05 tháng 02 năm 2024; ngày 15 tháng 6 năm 2024."""
    plain = local_day(when)
    return f"ngày {plain.day:02d} tháng {_month(plain)} năm {plain.year:04d}"


def span(start: date, end: date) -> str:
    """01/01/2024 đến hết 15/6/2024; both days are inside.

    Raises:
        ValueError: ``end`` is before ``start``.
    """
    if local_day(end) < local_day(start):
        raise ValueError("Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.")
    return f"{day(start)} đến hết {day(end)}"


def parse_day(text: str) -> date:
    """Read 15/6/2024, 15/06/2024 or 2024-06-15.

    Raises:
        ValueError: another form, or a day that no calendar has; the message is Vietnamese.
    """
    cleaned = text.strip()
    if match := _DAY_FIRST.fullmatch(cleaned):
        numbers = (int(match[3]), int(match[2]), int(match[1]))
    elif match := _YEAR_FIRST.fullmatch(cleaned):
        numbers = (int(match[1]), int(match[2]), int(match[3]))
    else:
        raise ValueError(
            f"Không đọc được ngày “{cleaned}”; cần viết dạng 15/6/2024 hoặc 2024-06-15."
        )
    try:
        return date(*numbers)
    except ValueError:
        raise ValueError(f"Ngày “{cleaned}” không có trong lịch.") from None


def _month(plain: date) -> str:
    return f"{plain.month:02d}" if plain.month <= 2 else str(plain.month)
