"""Ways of writing that differ within one text: sessions, years of a vision, rough numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.comparing import exactly
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Rough, Span
from dieuhanh.proof.written import number, roman_of

_ROUGH = re.compile(r"\b(?:khoảng|xấp xỉ|ước khoảng|gần)\s\Z", re.IGNORECASE)
_EXACT = 2


@check(
    "numbers.rough", Severity.STYLE,
    "Số ghi “khoảng” mà lẻ đến hai chữ số thập phân", "A number that is “about”, to two decimals",
)  # fmt: skip
def rough(report: Report) -> Iterator[Remark]:
    for one in report.quantities:
        digits = len(one.number.words.partition(",")[0].replace(".", ""))
        if one.rough is not Rough.ABOUT or one.decimals < _EXACT or digits < _EXACT:
            continue
        said = _ROUGH.search(one.span.before(14))
        if said:
            span = Span(one.span.passage, one.span.start - len(said[0]), one.number.end)
            yield Remark(
                span, f"Ghi “{said[0].strip()}” mà số lẻ đến {one.decimals} chữ số thập phân; bỏ “{said[0].strip()}” "
                "hoặc làm tròn số.",
                f"Says “about” of a number with {one.decimals} decimals; drop the word or round the number.",
                "", f"{said[0]}{number(exactly(one.value, 0))}",
            )  # fmt: skip


_SESSION = re.compile(
    r"\bkh[óo][aá]\s(?:(?P<roman>[XVI]{1,6})|(?P<arabic>\d{1,2}))(?![\w/-]|[.,]\w)", re.IGNORECASE
)
_VISION = re.compile(r"\btầm nhìn (?:đến )?(?P<year>năm )?(?P<number>20\d\d)(?!\d)", re.IGNORECASE)


@check(
    "numbers.session", Severity.STYLE,
    "Số khóa ghi bằng chữ số thường, chỗ khác ghi bằng chữ số La Mã",
    "The number of a session in arabic figures, elsewhere in roman ones",
)  # fmt: skip
def session(report: Report) -> Iterator[Remark]:
    """khóa 18 beside khóa XVII."""
    romans: list[Span] = []
    arabics: list[Span] = []
    for passage in report.passages:
        for found in _SESSION.finditer(passage.text):
            group = "roman" if found["roman"] else "arabic"
            (romans if found["roman"] else arabics).append(Span(passage, *found.span(group)))
    if len(romans) < 2 * len(arabics) or not romans:
        return
    for span in arabics:
        yield Remark(
            span, f"Chỗ khác ghi số khóa bằng chữ số La Mã (khóa {romans[0].words}).",
            f"Elsewhere sessions are numbered in roman figures ({romans[0].words}).",
            "", roman_of(int(span.words)), (romans[0],),
        )  # fmt: skip


@check(
    "numbers.vision", Severity.STYLE,
    "“Tầm nhìn đến” thiếu chữ “năm” như các chỗ khác",
    "“Tầm nhìn đến” lacks the word “năm” that it has elsewhere",
)  # fmt: skip
def vision(report: Report) -> Iterator[Remark]:
    found = [
        (one, passage) for passage in report.passages for one in _VISION.finditer(passage.text)
    ]
    usual = next((Span(passage, *one.span()) for one, passage in found if one["year"]), None)
    for one, passage in found:
        if usual is not None and not one["year"]:
            yield Remark(
                Span(passage, *one.span()), f"Chỗ khác ghi “{usual.words}”.",
                f"Elsewhere it is “{usual.words}”.", "", f"tầm nhìn đến năm {one['number']}", (usual,),
            )  # fmt: skip


_BARE = re.compile(r"(?P<day>[1-9])/|(?P<first>\d{1,2})/(?P<month>[12])/")


@check(
    "days.format", Severity.STYLE,
    "Ngày dưới 10, tháng 1, 2 ghi thêm số 0 ở trước", "Days under 10 and months 1, 2 have a nought before them",
)  # fmt: skip
def noughts(report: Report) -> Iterator[Remark]:
    """30/2020/NĐ-CP, Phụ lục I: 05/01/2024. Told once, where the report writes other days so."""
    days = [
        one for one in report.days if one.known == "d/m/y" and one.value and "/" in one.span.words
    ]
    bare = [one for one in days if _BARE.match(one.span.words)]
    padded = [one for one in days if one.span.words.startswith("0") or "/0" in one.span.words]
    if not bare or len(padded) <= len(bare):
        return  # a report that never writes them so has decided
    for one in bare:
        day, month, year = one.span.words.split("/")
        right = f"{int(day):02}/{f'{int(month):02}' if int(month) < 3 else month}/{year}"
        yield Remark(
            one.span, "Ngày dưới 10, tháng 1, tháng 2 ghi thêm số 0 ở trước, như các ngày khác trong văn bản.",
            "Days under 10 and months 1 and 2 are written with a nought, as the other days of the text.",
            "", right,
        )  # fmt: skip
