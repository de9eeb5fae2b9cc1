"""Growth of one well-known indicator at two places: with two values, or once without its period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dieuhanh.proof.checks.registry import check, together
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.text.fold import fold

#: What official statistics call it, folded; other subjects are too general to be compared.
_INDICATORS = {
    name: re.compile(rf"(?:tong |kim ngach |tri gia |gia tri |chi so |toc do |muc |so |luong )*(?:{words})")
    for name, words in {
        "xuất khẩu": "xuat khau(?: hang hoa)?",
        "nhập khẩu": "nhap khau(?: hang hoa)?",
        "GRDP": "grdp|san pham tren dia ban",
        "CPI": "cpi|gia tieu dung(?: cpi)?",
        "sản xuất công nghiệp": "san xuat cong nghiep(?: iip)?|iip",
        "bán lẻ": "ban le hang hoa va doanh thu dich vu tieu dung",
        "khách quốc tế": "khach (?:du lich )?quoc te",
        "khách trong nước": "khach (?:du lich )?(?:trong nuoc|noi dia)",
        "khách du lịch": "khach du lich",
        "vốn đầu tư phát triển": "von dau tu(?: phat trien)?(?: toan)? xa hoi",
        "thu ngân sách": "thu (?:nsnn|ngan sach nha nuoc)(?: tren dia ban)?",
        "chi ngân sách": "chi ngan sach dia phuong",
        "dư nợ": "du no(?: tin dung| cho vay)?",
    }.items()
}  # fmt: skip
_SENTENCE = re.compile(r"[.;](?=\s)")
_GROWN = re.compile(r"(?:\bước\s)?\b(?:tăng|giảm)(?:\s[^\W\d_]+){0,3}\s\Z", re.IGNORECASE)
_CUT = re.compile(r"[.;:,(]\s?")
#: Where a subject ends and what is told of it begins.
_TELLS = re.compile(
    r"\s?\b(?:ước|đạt|là|có|khoảng|thực hiện)\b.*|\s?\d.*", re.IGNORECASE | re.DOTALL
)
_PERIOD = re.compile(
    r"(?<!so với )(?<!với cùng kỳ )(?<!cùng kỳ )"
    r"\b(?:(?:\d{1,2}|sáu|chín|ba) tháng(?: đầu| cuối)?(?: năm)?|quý (?:[IV]{1,3}|\d)|tháng \d{1,2}|cả năm|năm \d{4})",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:phải|phấn đấu|mục tiêu|kế hoạch|dự kiến|dự báo|để đạt|nếu)\b", re.IGNORECASE
)
_BASIS = re.compile(r"\s?(?:so với|so)\s(?P<basis>(?:[^\W_]+\s?){1,3})")
#: What stands in brackets is of last year, or of the plan.
_ASIDE = re.compile(r"\([^()]{0,200}\)")
_ITEM = re.compile(r"^(?:[-+*•–]\s|\(?\d{1,2}[.)]\s|[a-zđ]\)\s)")
#: A list leads its items in from no farther away.
_LEAD_IN = 12


@dataclass(frozen=True)
class _Grown:
    report: Report
    one: Quantity
    name: str
    period: str
    basis: str


def _grown(report: Report) -> Iterator[_Grown]:
    for found in report.quantities_of.values():
        for one in found:
            if one.what is not What.GROWTH or one.unit != "%" or one.high is not None:
                continue
            if one.span.passage.block.cell is not None:
                continue
            before = _SENTENCE.split(one.span.before(300))[-1]
            name = _name(before)
            if name and not _AHEAD.search(before.rpartition(":")[2]):
                compared = _BASIS.match(one.span.after(40))
                yield _Grown(report, one, name, _period(report, one, before),
                             fold(compared["basis"]).strip() if compared else "")  # fmt: skip


def _name(before: str) -> str:
    """The indicator that grew: "kim ngạch xuất khẩu đạt 7,15 tỷ USD, tăng " → xuất khẩu."""
    parts = [_TELLS.sub("", one).strip() for one in _CUT.split(_GROWN.sub("", before))]
    whole = [one.strip() for one in _CUT.split(_GROWN.sub("", before))]
    for subject, words in zip(reversed(parts), reversed(whole), strict=True):
        if not words:
            continue
        said = " ".join(re.findall(r"[^\W\d_]+", fold(_PERIOD.sub("", subject))))
        if said:
            return next((name for name, one in _INDICATORS.items() if one.fullmatch(said)), "")
        if not words[0].isdigit() and not re.match(r"(?:đạt|ước|là)\b", words, re.IGNORECASE):
            return ""
    return ""


def _period(report: Report, one: Quantity, before: str) -> str:
    """What is said in the sentence, before it in the paragraph, or where its list is led in."""
    passage = one.span.passage
    for words in (before, passage.text[: one.span.start]):
        if found := _PERIOD.findall(_ASIDE.sub("", words)):
            return fold(found[-1])
    if not _ITEM.match(passage.text):
        return ""
    for lead in reversed(report.passages[max(0, passage.number - _LEAD_IN) : passage.number]):
        if not _ITEM.match(lead.text):
            found = _PERIOD.findall(lead.text)
            return fold(found[-1]) if found else ""
    return ""


def _same_time(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


@check(
    "repeats.indicator", Severity.SUSPICIOUS,
    "Một chỉ tiêu có hai mức tăng, giảm mà không nói là của hai thời kỳ",
    "One indicator with two growth rates whose periods are not said to differ",
)  # fmt: skip
def indicator(report: Report) -> Iterator[Remark]:
    yield from among([report])


@together(
    "repeats.indicator_files", Severity.SUSPICIOUS,
    "Hai văn bản ghi hai mức tăng, giảm của một chỉ tiêu mà không nói là của hai thời kỳ",
    "Two reports give one indicator two growth rates whose periods are not said to differ",
)  # fmt: skip
def among(reports: Sequence[Report]) -> Iterator[Remark]:
    known: dict[str, list[_Grown]] = {}
    told: set[tuple[str, str]] = set()
    for report in reports:
        for now in _grown(report):
            others = known.setdefault(now.name, [])
            before = next(
                (one for one in others if (one.report is report) == (len(reports) == 1)
                 and _contradict(one, now)), None,
            )  # fmt: skip
            if before is not None and (now.name, now.one.number.words) not in told:
                told.add((now.name, now.one.number.words))
                yield _remark(before, now)
            if len(others) < 20:
                others.append(now)


def _contradict(before: _Grown, now: _Grown) -> bool:
    one, other = before.one, now.one
    if one.span.passage is other.span.passage or not _same_time(before.period, now.period):
        return False
    if before.basis and now.basis and not _same_time(before.basis, now.basis):
        return False
    rough = max(one.decimals, other.decimals) - min(one.decimals, other.decimals)
    return one.sign * one.value != other.sign * other.value and not (
        rough and abs(one.value - other.value) < 1
    )


def _remark(before: _Grown, now: _Grown) -> Remark:
    here, there = (now, before) if not now.period or before.period else (before, now)
    way_vi, way_en = ("tăng", "rises by") if there.one.sign > 0 else ("giảm", "falls by")
    vi = f"Chỗ khác ghi {there.name} {way_vi} {there.one.number.words} %"
    en = f"Elsewhere it {way_en} {there.one.number.words} %"
    if there.period and not here.period:
        vi += " và có ghi thời kỳ; chỗ này không ghi. Xin ghi rõ thời kỳ, hoặc sửa một trong hai số"
        en += " with its period; here none is said. Name the period, or mend one of the two"
    return Remark(
        here.one.span, f"{vi}.", f"{en}.",
        f"{there.one.span.words} ≠ {here.one.span.words}", "", (there.one.span,),
    )  # fmt: skip
