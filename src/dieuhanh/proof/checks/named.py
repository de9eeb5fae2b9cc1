"""How many are named: "hai xã (Mỹ Hòa, An Phú)", "ba xã là Sơn Đông, Sơn Tây và Vĩnh Khê"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span
from dieuhanh.proof.written import LARGE, SPELLED, count_like, count_of

_SPELLED = "|".join((*SPELLED, *(one.capitalize() for one in SPELLED)))
_COUNT = rf"(?P<count>\b(?:{_SPELLED})|(?<![\d/.,])\d{{1,2}})"
_PLACE = r"(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thôn)"
_NAME = rf"(?:(?:TP|TX|TT|Tp|Tx)\.\s?)?[{LARGE}][^\W\d_]*(?:\s(?:-\s)?[{LARGE}][^\W\d_]*){{0,3}}"
_LIST = rf"{_NAME}(?:,\s{_NAME})*(?:,?\svà\s{_NAME})?"
_NAMED = re.compile(
    rf"{_COUNT}\s{_PLACE}(?P<rest>[^.;:(),\d]{{0,30}}?)\s(?:là|gồm|gồm có)\s(?P<list>{_LIST})(?=[,.)]|;(?!\s[{LARGE}])|\Z|\s(?![-–]|và\s))"
)
_IN_BRACKETS = re.compile(rf"{_COUNT}\s{_PLACE}[^.;:(),\d]{{0,24}}\s?\((?P<list>{_LIST})\)")
_DAYS = re.compile(
    rf"{_COUNT}\s[^.;:(\d]{{2,40}}\((?:các ngày|vào các ngày|ngày)\s(?P<list>\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
    r"(?:(?:,| và|, và)\s\d{1,2}/\d{1,2}(?:/\d{4})?)*)\)"
)


@check(
    "counts.named", Severity.ERROR,
    "Số đếm phải bằng số tên, số ngày được nêu", "A count is that of the names or days that follow",
)  # fmt: skip
def named(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        text = passage.text
        for pattern in (_NAMED, _IN_BRACKETS, _DAYS):
            for found in pattern.finditer(text):
                count = count_of(found["count"])
                names = [one for one in re.split(r",\svà\s|,\s|\svà\s", found["list"]) if one]
                if len(names) == count or len(names) < 2:
                    continue
                yield Remark(
                    Span(passage, *found.span("count")),
                    f"Ghi {found['count']}, nhưng nêu {len(names)}: {found['list']}.",
                    f"Says {found['count']}, but {len(names)} are named: {found['list']}.",
                    f"{len(names)} ≠ {count}", count_like(len(names), found["count"]),
                    (Span(passage, *found.span("list")),),
                )  # fmt: skip
