"""Days that cannot be, past acts in the future, years that contradict what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Day, Report, Span
from dieuhanh.proof.understanding.days import is_ahead, is_counted

_ABOUT_YEAR = re.compile(
    r"^[\s,(]*(?:của [^.;]{0,60})?[^.;]{0,20}?\bvề\b[^.;]{0,120}?(?<!đến )(?<!tới )(?<!từ )(?<!trước )\bnăm (\d{4})(?![\d-])",
    re.IGNORECASE,
)
_OF_YEAR_TYPE = re.compile(
    r"kế hoạch|chương trình|nghị quyết|chỉ thị|quyết định|công văn", re.IGNORECASE
)
_FULL_RANGE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s?[-–]\s?(\d{1,2}/\d{1,2}/\d{4})")
_YEAR_RANGE = re.compile(r"\(\s?(\d{4})\s?[-–]\s?(\d{4})\s?\)")
_YEARS = re.compile(r"\b(\d{1,3}) năm\b(?:(?!\b\d{1,3} năm\b)[^.;()]){0,90}\s?\Z", re.IGNORECASE)
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_WEEKDAY = re.compile(
    rf"(?<!lần )\b({'|'.join(_WEEKDAYS)})(?:,\s?|\s\(?|\s)(?:ngày\s)?\Z", re.IGNORECASE
)


@check("days.impossible", Severity.ERROR, "Ngày không có trong lịch", "A day that no calendar has")
def impossible(report: Report) -> Iterator[Remark]:
    for one in report.days:
        if one.value is None:
            yield Remark(
                one.span, f"Không có ngày “{one.span.words}” trong lịch.",
                f"No calendar has the day “{one.span.words}”.",
            )  # fmt: skip


def _issued(report: Report, day: Day) -> bool:
    """Ngày 15/8/2024, Sở có Công văn số 1234/STNMT-VP: what has its number is written."""
    begins = re.match(
        r"(?:Vào\s)?[Nn]gày\s\Z|\A\Z", day.span.before(10).split(". ")[-1].lstrip("-+ ")
    )
    text = day.span.passage.text
    return bool(begins) and any(
        one.span.passage is day.span.passage and 0 <= one.span.start - day.span.end < 90
        and not re.search(r"[.;]\s", text[day.span.end : one.span.start]) and one.symbol.number is not None
        for one in report.citations
    )  # fmt: skip


#: A report whose day is inferred may be that much younger.
_SURE = timedelta(days=180)


def _in_a_range(one: Day) -> bool:
    around = one.span.passage.text[max(0, one.span.start - 14) : one.span.end + 14]
    return bool(_FULL_RANGE.search(around))


@check(
    "days.future", Severity.ERROR,
    "Việc đã làm không thể ghi ngày sau ngày báo cáo",
    "What is done cannot be dated after the report",
)  # fmt: skip
def future(report: Report) -> Iterator[Remark]:
    if report.day is None:
        return
    cited = {(one.on.span.passage.number, one.on.span.start) for one in report.citations if one.on}
    for one in report.days:
        if one.value is None or one.known != "d/m/y" or one.value <= report.day:
            continue
        signed = (one.span.passage.number, one.span.start) in cited
        if _in_a_range(one) or (not signed and (is_ahead(one) or is_counted(one))):
            continue  # an instrument that has its number is signed, whatever is planned with it
        done = signed or (report.dated and _issued(report, one))
        if not done and not re.search(r"\bđã\b", one.span.before(60) + one.span.after(80)):
            continue
        yield Remark(
            one.span,
            f"Việc đã làm ghi {_called(one)}, sau ngày của báo cáo ({_words(report.day)}).",
            f"Something done is dated {one.span.words}, after the day of the report ({report.day:%d/%m/%Y}).",
            f"{one.span.words} > {_words(report.day)}", _in_year(one, one.value.year - 1), (),
            None if report.dated or one.value - report.day > _SURE else Severity.SUSPICIOUS,
        )  # fmt: skip


def _called(one: Day) -> str:
    words = one.span.words
    return f"ngày {words}" if words[0].isdigit() else words


def _in_year(one: Day, year: int) -> str:
    """The same day of another year, as it is printed; a year stands last in every form."""
    leap = one.value is not None and (one.value.month, one.value.day) == (2, 29)
    return "" if leap else f"{one.span.words[:-4]}{year}"


def _words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@check(
    "days.subject", Severity.SUSPICIOUS,
    "Năm ký không hợp với năm mà văn bản nói về",
    "The year of signing contradicts the year the document is about",
)  # fmt: skip
def subject(report: Report) -> Iterator[Remark]:
    for one in report.citations:
        day = one.on
        if day is None or day.value is None or not _OF_YEAR_TYPE.search(one.type or ""):
            continue
        if report.day and day.value > report.day:
            continue  # days.future says so
        about = _ABOUT_YEAR.match(day.span.after(200))
        if not about:
            continue
        year = int(about[1])
        late = day.value > date(year, 10, 31) or day.value.year > year
        early = day.value < date(year - 2, 1, 1)
        if (late and not _looks_back(day.span.after(200))) or early:
            yield Remark(
                day.span,
                f"Văn bản về năm {year} mà ký ngày {day.span.words}; xin xem lại năm.",
                f"A document about {year} is signed on {day.span.words}; check the year.",
                f"{day.span.words}; năm {year}",
                _in_year(day, year - 1 if late else year), (one.span,),
            )  # fmt: skip


def _looks_back(words: str) -> bool:
    return bool(
        re.search(
            r"tổng kết|kết quả|quyết toán|sơ kết|đánh giá|công bố|xếp loại|bổ sung|điều chỉnh",
            words[:160],
        )
    )


@check(
    "days.anniversary", Severity.ERROR,
    "Số năm kỷ niệm phải khớp hai mốc",
    "The years of an anniversary fit its two days",
)  # fmt: skip
def anniversary(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        text = passage.text
        for found in (*_FULL_RANGE.finditer(text), *_YEAR_RANGE.finditer(text)):
            told = _YEARS.search(text[max(0, found.start() - 110) : found.start()].rstrip("( "))
            if not told:
                continue
            first, last = int(found[1][-4:]), int(found[2][-4:])
            if int(told[1]) == last - first or not re.search(
                r"kỷ niệm|ngày|thành lập|truyền thống",
                text[max(0, found.start() - 130) : found.start()],
                re.IGNORECASE,
            ):
                continue
            start = max(0, found.start() - 110) + told.start(1)
            yield Remark(
                Span(passage, start, start + len(told[1])),
                f"Từ {found[1]} đến {found[2]} là {last - first} năm, văn bản ghi {told[1]} năm.",
                f"From {found[1]} to {found[2]} are {last - first} years; the text says {told[1]}.",
                f"{last} − {first} = {last - first}", str(last - first),
                (Span(passage, *found.span()),),
            )  # fmt: skip


_WEEKDAY_BEHIND = re.compile(rf"\s?\(\s?({'|'.join(_WEEKDAYS)})\s?\)", re.IGNORECASE)


@check("days.weekday", Severity.ERROR, "Thứ không đúng ngày", "The weekday is not that of the day")
def weekday(report: Report) -> Iterator[Remark]:
    for one in report.days:
        if one.value is None or one.known != "d/m/y":
            continue
        told = _WEEKDAY.search(one.span.before(24))
        behind = _WEEKDAY_BEHIND.match(one.span.after(14))
        if behind and _WEEKDAYS.index(behind[1].lower()) != one.value.weekday():
            yield _wrong_weekday(one, one.value, Span(
                one.span.passage, one.span.end + behind.start(1), one.span.end + behind.end(1)
            ))  # fmt: skip
        if told and _WEEKDAYS.index(told[1].lower()) != one.value.weekday():
            start = max(0, one.span.start - 24) + told.start(1)
            yield _wrong_weekday(
                one, one.value, Span(one.span.passage, start, start + len(told[1]))
            )


def _wrong_weekday(one: Day, day: date, said: Span) -> Remark:
    right = _WEEKDAYS[day.weekday()]
    return Remark(
        said, f"Ngày {one.span.words} là {right}, văn bản ghi {said.words.lower()}.",
        f"{day:%d/%m/%Y} is a {day:%A}.", "", _as_written(right, said.words), (one.span,),
    )  # fmt: skip


def _as_written(weekday: str, like: str) -> str:
    """thứ ba, Thứ ba or thứ Ba, as the wrong one is written."""
    first, second = weekday.split()
    was = like.split()
    return f"{first.title() if was[0][0].isupper() else first} {second.title() if was[-1][0].isupper() else second}"


@check(
    "days.rest", Severity.STYLE,
    "Văn bản ký vào ngày nghỉ hằng tuần", "An instrument signed on a rest day",
)  # fmt: skip
def rest_day(report: Report) -> Iterator[Remark]:
    """Low weight: urgent documents are signed on any day. Only Sundays of instruments of the own year."""
    for one in report.citations:
        day = one.on
        if report.day is None or day is None or day.value is None or day.value.weekday() != 6:
            continue
        if timedelta(0) <= report.day - day.value <= timedelta(days=200) and one.symbol.issuer:
            yield Remark(
                day.span, f"{day.span.words} là Chủ nhật; xin xem lại ngày ký.",
                f"{day.value:%d/%m/%Y} is a Sunday; check the day of signing.", "", "", (one.span,),
            )  # fmt: skip


_QUARTERS = re.compile(
    r"\btừ\squý\s(?P<first>[IV]{1,3}|\d)/(?P<of_first>\d{4})\s(?:đến|tới)\s(?:hết\s)?quý\s(?P<last>[IV]{1,3}|\d)/(?P<of_last>\d{4})",
    re.IGNORECASE,
)
_ORDER = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_UNTIL = re.compile(r"\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?")


@check(
    "days.window", Severity.ERROR,
    "Khoảng thời gian kết thúc trước khi bắt đầu", "A window that ends before it begins",
)  # fmt: skip
def window(report: Report) -> Iterator[Remark]:
    yield from _quarters(report)
    for first, last in zip(report.days, report.days[1:], strict=False):
        passage = first.span.passage
        if passage is not last.span.passage or first.value is None or last.value is None:
            continue
        if first.known != last.known or first.value <= last.value:
            continue
        if re.search(r"\b[Tt]ừ\s(?:ngày\s)?\Z", first.span.before(12)) and _UNTIL.fullmatch(
            passage.text, first.span.end, last.span.start
        ):
            yield Remark(
                first.span, f"Từ ngày {first.span.words} mà đến ngày {last.span.words}.",
                f"From {first.span.words} until {last.span.words}.",
                f"{first.span.words} > {last.span.words}", "", (last.span,),
            )  # fmt: skip


def _quarters(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for found in _QUARTERS.finditer(passage.text):
            first = (int(found["of_first"]), _ORDER.get(found["first"].upper(), 0))
            last = (int(found["of_last"]), _ORDER.get(found["last"].upper(), 0))
            if first > last:
                yield Remark(
                    Span(passage, *found.span()), "Thời kỳ kết thúc trước khi bắt đầu.",
                    "The period ends before it begins.",
                )  # fmt: skip
