"""How many are named: "hai xã (Mỹ Hòa, An Phú)", "ba xã là Sơn Đông, Sơn Tây và Vĩnh Khê"; ranks moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Span

_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_COUNT = rf"(?P<count>\b(?:{'|'.join(_WORDS)}|{'|'.join(one.capitalize() for one in _WORDS)})|(?<![\d/.,])\d{{1,2}})"
_PLACE = r"(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thôn)"
_NAME = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s[A-ZĐÀ-Ỹ][^\W\d_]*){0,3}"
_LIST = rf"{_NAME}(?:,\s{_NAME})*(?:,?\svà\s{_NAME})?"
_NAMED = re.compile(
    rf"{_COUNT}\s{_PLACE}(?P<rest>[^.;:(),\d]{{0,30}}?)\s(?:là|gồm|gồm có)\s(?P<list>{_LIST})(?=[,.;)]|\Z|\s(?!và\s))"
)
_IN_BRACKETS = re.compile(rf"{_COUNT}\s{_PLACE}[^.;:(),\d]{{0,24}}\s?\((?P<list>{_LIST})\)")
_DAYS = re.compile(
    rf"{_COUNT}\s[^.;:(\d]{{2,40}}\((?:các ngày|vào các ngày|ngày)\s(?P<list>\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
    r"(?:(?:,| và|, và)\s\d{1,2}/\d{1,2}(?:/\d{4})?)*)\)"
)
_RANK = re.compile(
    r"(?:xếp )?thứ\s(?P<now>\d{1,2})(?:/\d{1,3})?[^.;\d]{0,60}?(?P<way>tăng|giảm)\s(?P<count>\d{1,2}|"
    + "|".join(_WORDS)
    + r")\sbậc[^.;()]{0,40}\((?:xếp )?thứ\s(?P<was>\d{1,2})(?:/\d{1,3})?\)"
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
                count = _number(found["count"])
                names = [one for one in re.split(r",\svà\s|,\s|\svà\s", found["list"]) if one]
                if len(names) == count or len(names) < 2:
                    continue
                yield Remark(
                    Span(passage, *found.span("count")),
                    f"Ghi {found['count']}, nhưng nêu {len(names)}: {found['list']}.",
                    f"Says {found['count']}, but {len(names)} are named: {found['list']}.",
                    f"{len(names)} ≠ {count}", _alike(len(names), found["count"]),
                    (Span(passage, *found.span("list")),),
                )  # fmt: skip


@check(
    "counts.ranks", Severity.ERROR,
    "Số bậc tăng, giảm phải khớp với hai thứ hạng", "Places won or lost fit the two ranks",
)  # fmt: skip
def ranks(report: Report) -> Iterator[Remark]:
    """Xếp thứ 4/11, tăng hai bậc so với năm 2021 (thứ 6)."""
    for passage in report.passages:
        for found in _RANK.finditer(passage.text):
            now, was, count = int(found["now"]), int(found["was"]), _number(found["count"])
            moved = was - now if found["way"] == "tăng" else now - was
            if moved == count:
                continue
            yield Remark(
                Span(passage, *found.span("count")),
                f"Từ thứ {was} đến thứ {now} là {abs(moved)} bậc, văn bản ghi {found['count']}.",
                f"From rank {was} to rank {now} are {abs(moved)} places; printed {found['count']}.",
                f"{was} − {now} = {was - now}", _alike(moved, found["count"]) if moved > 0 else "",
                (Span(passage, *found.span("now")), Span(passage, *found.span("was"))),
            )  # fmt: skip


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _WORDS[words.lower()]


def _alike(count: int, like: str) -> str:
    """A count as the other one is written."""
    if like.isdigit():
        return f"{count:0{len(like)}}"
    said = next((word for word, value in _WORDS.items() if value == count), str(count))
    return said.capitalize() if like[0].isupper() else said
