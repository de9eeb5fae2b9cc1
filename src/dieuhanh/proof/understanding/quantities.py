"""Numbers in a text, with their unit, what they tell, and how exactly.

Numbers of days, instruments, items, years and ranges of years are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter

from dieuhanh.proof.model import Quantity, Rough, Span, What
from dieuhanh.proof.passages import Passage

_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w/.,:-])(?P<number>{_N})"
    rf"(?:(?P<over>(?:\s[^\W\d]{{1,12}}){{0,2}}\s?/\s?)(?P<lower>{_N})|\s?[-–]\s?(?P<high>{_N})(?=\s?%))?"
    r"(?![\d/]|[,.]\d)"
)
_SCALES = {
    "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9,
    "nghìn tỷ": 12, "ngàn tỷ": 12, "triệu tỷ": 15,
}  # fmt: skip
_UNIT = re.compile(
    r"\s?(?P<percent>điểm\s%|điểm phần trăm|%|‰)|"
    r"\s(?P<scale>(?:nghìn|ngàn|triệu)\s(?:tỷ|tỉ)|nghìn|ngàn|triệu|tỷ|tỉ)?\s?"
    r"(?P<base>đồng|USD|VND|VNĐ|EUR|lượt|ha|km2|km²|km|m2|m²|m3|m³|m|cm|mm|kg|tạ|tấn|kWh|MW|bậc|điểm|lần|trang)\b|"
    r"\s(?P<bare>(?:nghìn|ngàn|triệu)\s(?:tỷ|tỉ)|nghìn|ngàn|triệu|tỷ|tỉ)\b(?!\s(?:lệ|số|trọng|giá|suất)\b)|"
    r"\s?(?P<short>ha|km|m2|m²)\b"
)
#: The counted thing: up to six words after the number, up to where the phrase ends.
_NOUN = re.compile(r"\s((?:[^\W\d_]+(?:[-/][^\W\d_]+)?(?:\s(?=[^\W\d_])|)){1,7})")
_NOUN_ENDS = re.compile(
    r"\b(?:và|của|với|đạt|tăng|giảm|so|trong|trên|thuộc|do|để|được|đã|là|có|theo|tại|cho|bằng|gồm|"
    r"bao|ở|từ|đến|lên|xuống|chiếm|còn|không|chưa|đang|sẽ|về|các|như|khi|qua|mà)\b.*",
    re.DOTALL,
)
_NO_QUANTITY = re.compile(
    r"(?:\b(?:ngày|tháng|năm|quý|khóa|khoá|(?<!đầu )(?<!cuối )(?<!trong )kỳ|lần thứ|thứ|(?<!tổng )(?<!trong )số|Điều|khoản|điểm|Chương|Mục|Phụ lục|"
    r"nhiệm kỳ|giai đoạn|thời kỳ|Đề án|Nghị quyết|Nghị định|Chỉ thị|Thông tư|Kết luận|Công điện|Km|Vành đai|Quốc lộ|QL|khu|khu vực|phường|quận|lớp|loại|nhóm|lô|tầng|thôn|xóm|ấp|tổ|đường|Vùng|hồi|lúc)\s)\Z",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"(?:(?:xếp|đứng|hạng|vị trí)\s(?:hạng\s|vị trí\s)?(?:thứ\s)?|\(thứ\s)\Z", re.IGNORECASE
)
_GROWN = re.compile(
    r"\b(?P<way>tăng|giảm|tụt|lùi|rớt)(?:\s(?:thêm|trưởng|nhẹ|mạnh|khá|bình quân|trên|hơn|gần|khoảng|tới|đến|"
    r"lên|thấp hơn|cao hơn|ước)){0,2}(?P<from>\s(?:từ|lên|xuống|còn))?\s\Z",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(?:đạt|chiếm|bằng|tương ứng|tương đương|tỷ lệ|tỉ lệ)(?:\s(?:tỷ lệ|tỉ lệ|trên|hơn|gần|khoảng|là|ước))*\s\(?\Z",
    re.IGNORECASE,
)
_TARGETED = re.compile(
    r"(?<!hiện )\b(?:mục tiêu|kế hoạch|chỉ tiêu|dự toán)(?:\s(?:cả|năm|\d{4}|đề ra|được giao|giao|là|đạt|tăng|giảm|từ|"
    r"dưới|trên))*\s\(?\Z",
    re.IGNORECASE,
)
_ROUGH = (
    (re.compile(r"\b(?:khoảng|gần|xấp xỉ|chừng)\s\Z", re.IGNORECASE), Rough.ABOUT),
    (
        re.compile(r"\b(?:trên|hơn|(?<!không )quá|vượt|tối thiểu|ít nhất)\s\Z", re.IGNORECASE),
        Rough.ABOVE,
    ),
    (re.compile(r"\b(?:dưới|chưa đến|tối đa|không quá)\s\Z", re.IGNORECASE), Rough.BELOW),
    (re.compile(r"\b[Ưư]ớc(?:\s[^\W\d_]+){0,3}\s\Z"), Rough.ESTIMATE),
)
_PERIOD = re.compile(
    r"(?:(?:\d{1,2}|[Ss]áu|[Nn]ăm|[Cc]hín|[Bb]a)\stháng(?:\s(?:đầu|cuối)\snăm)?(?:\s\d{4})?|"
    r"[Qq]uý\s(?:[IV]{1,3}|\d)(?:/\d{4})?|[Cc]ả năm(?:\s\d{4})?|[Cc]ùng kỳ(?:\snăm(?:\s\d{4}|\strước))?|"
    r"[Nn]ăm\s\d{4}|[Ll][uũ][yỹ] kế)"
)


def decimal_of(written: str) -> Decimal:
    """1.234.567,8 → 1234567.8"""
    return Decimal(written.replace(".", "").replace(",", "."))


def _decimals(written: str) -> int:
    return len(written.partition(",")[2])


def quantities(passage: Passage, taken: Iterable[Span]) -> Iterator[Quantity]:
    """The quantities of a passage; ``taken`` are days, symbols and labels, whose numbers are not."""
    text = passage.text
    closed = sorted((one.start, one.end) for one in taken)
    starts = [start for start, _end in closed]
    periods = [(one.start(), one[0]) for one in _PERIOD.finditer(text)]
    for found in _NUMBER.finditer(text):
        at = bisect_right(starts, found.start())
        if at and closed[at - 1][1] > found.start():
            continue
        if at < len(closed) and closed[at][0] < found.end():
            continue
        one = _quantity(passage, found)
        if one is not None:
            yield one if not periods else _dated(one, periods)


def _quantity(passage: Passage, found: re.Match[str]) -> Quantity | None:
    text, written = passage.text, found["number"]
    before = text[max(0, found.start() - 60) : found.start()]
    value = decimal_of(written)
    unit, scale, end = _unit(text, found.end())
    lower = found["lower"]
    unsaid = not unit and not lower and not _RANKED.search(before)
    if unsaid and (_NO_QUANTITY.search(before) or _is_year(written)):
        return None
    if text[found.end() : found.end() + 1].isalpha() and not unit:
        return None  # 4G, 3D
    after = text[found.end() : found.end() + 20]
    if lower and not unit and _is_ratio_of_time(written, lower, found["over"], before, after):
        return None
    noun = _noun(text, end)
    what, sign = _what(before, unit, lower)
    rough = next((kind for pattern, kind in _ROUGH if pattern.search(before)), Rough.EXACT)
    high = decimal_of(lower) if lower else decimal_of(found["high"]) if found["high"] else None
    if lower and not noun and found["over"].strip(" /"):
        noun = found["over"].strip(" /")
    return Quantity(
        span=Span(passage, found.start(), end),
        number=Span(passage, found.start("number"), found.end("number")),
        value=value,
        what=what,
        high=high,
        decimals=_decimals(written),
        unit=unit,
        scale=scale,
        sign=sign,
        rough=rough,
        noun=noun,
    )


def _is_year(written: str) -> bool:
    return len(written) == 4 and written[:2] in ("19", "20")


def _is_ratio_of_time(written: str, lower: str, over: str, before: str, after: str) -> bool:
    """24/7, 02/9, a plan of 1/500, and what follows "số": no part of a whole."""
    if (written, lower) == ("24", "7") or (
        written == "1" and re.search(r"(?:quy hoạch|tỷ lệ|tỉ lệ|bản đồ)\s\Z", before)
    ):
        return True
    if len(lower) == 4 and lower[:2] in ("19", "20") and "tháng" in over:
        return True  # 6 tháng/2018
    short = len(lower) <= 2 and len(written) <= 2 and int(lower) <= 12 and int(written) <= 31
    issued = len(lower) == 4 and lower[:2] in ("19", "20") and int(written.replace(".", "")) <= 12
    if issued and re.search(r"(?:đợt|kỳ|số|quý|vụ|khóa|khoá|phiên)\s\Z", before):
        return True
    if short and before.endswith("đến ") and re.match(r"\s?(?:[,;.)]|\Z)", after):
        return True
    if (
        short
        and re.search(r"\btừ\s\Z", before)
        and re.match(r"\s?(?:đến|tới|[-–])\s?(?:hết\s|ngày\s)*\d", after)
    ):
        return True
    if short and re.search(r"ngày\s\d{1,2}\s(?:đến|tới)\s(?:hết\s)?\Z", before):
        return True
    named = re.search(
        r"(?:ngày|hết|hôm nay|hôm qua|sáng|chiều|tối|đêm|thời điểm|lễ|dịp|khánh|Quốc khánh|Nghị quyết|số|tháng|kỷ niệm|Thủ đô|,|-|và)\s\Z",
        before,
        re.IGNORECASE,
    )
    return bool(short and named)


def _unit(text: str, end: int) -> tuple[str, Decimal, int]:
    found = _UNIT.match(text, end)
    if not found:
        return "", Decimal(1), end
    if found["percent"]:
        return ("%" if found["percent"] == "%" else "điểm %"), Decimal(1), found.end()
    power = _SCALES.get((found["scale"] or found["bare"] or "").replace("tỉ", "tỷ"), 0)
    return found[0].strip(), Decimal(10) ** power, found.end()


def _noun(text: str, end: int) -> str:
    found = _NOUN.match(text, end)
    return _NOUN_ENDS.sub("", found[1]).strip() if found else ""


def _what(before: str, unit: str, lower: str | None) -> tuple[What, int]:
    grown = _GROWN.search(before)
    sign = -1 if grown and grown["way"].lower() != "tăng" else 1
    if _RANKED.search(before):
        return What.RANK, 1
    if lower:
        return (What.RANK, 1) if unit == "điểm" else (What.FRACTION, 1)
    if unit == "bậc":
        return What.RANK_CHANGE, sign
    if _TARGETED.search(before):
        return What.TARGET, sign
    if grown and not grown["from"]:
        return What.GROWTH, sign
    if unit == "%" and _SHARED.search(before):
        return What.SHARE, 1
    return What.VALUE, 1


def _dated(one: Quantity, periods: list[tuple[int, str]]) -> Quantity:
    before = bisect_left(periods, one.span.start, key=itemgetter(0))
    return replace(one, period=periods[before - 1][1]) if before else one
