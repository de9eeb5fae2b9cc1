"""Faults of dates and of citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bench.offers import DATE, SYMBOL, Offer, Text

_SIGNED = re.compile(rf"số ({SYMBOL.pattern}) ngày ({DATE.pattern})")
_HEAD_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_SUBJECT = re.compile(r"(?:Kế hoạch|Chương trình)[^.;\n]{0,12}$")
_SUBJECT_YEAR = re.compile(r"[^.;\n]{0,160}? năm (\d{4})(?!\d|-)")
_WINDOW = re.compile(rf"[Tt]ừ ngày ({DATE.pattern}) đến (?:hết )?ngày ({DATE.pattern})")
_CUT_OFF = re.compile(rf"[Tt]ính đến (?:hết )?ngày ({DATE.pattern})")
_STORY = re.compile(rf"khai mạc ngày ({DATE.pattern}), bế mạc ngày ({DATE.pattern})")
_PLANS = re.compile(r"xây dựng Kế hoạch [^.\n]{20,300}\.")
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = re.compile(rf"({'|'.join(_DAYS)}),? (?:\()?ngày ({DATE.pattern})")
_ANNIVERSARY = re.compile(r"(?:[Kk]ỷ niệm|lần thứ) (\d{2,3}) năm[^.;\n(]{0,90}\(([^)\n]{9,40})\)")
# Decrees and circulars of ministries are normative: they always bear a year.
_NORMATIVE = re.compile(r"(?<![\w/])\d{1,3}(/(?:19|20)\d\d)/(?:NĐ-CP|TT-B[A-ZĐ]+|TT-TTCP)(?!\w)")
_STATE = re.compile(r"(?<![\w/])\d{1,5}(?:/\d{4})?/(NĐ|NQ|QĐ|KH|BC|TB|CT|TTr|TT)-([A-ZĐ]{2,}\w*)")
_PARTY = re.compile(r"(?<![\w/])\d{1,3}(-)(?:CT|NQ|KL|CTr|KH|QĐ)(/)(?:TW|TU|HU|QU|ThU)(?!\w)")
_TYPE = re.compile(r"(?:[Nn]ghị định|[Nn]ghị quyết|[Qq]uyết định|[Kk]ế hoạch|[Bb]áo cáo) số $")
_MONTHS_OF_30 = (4, 6, 9, 11)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _written(day: date) -> str:
    """As the decree asks: days below ten and the first two months with a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def _own_day(text: Text) -> date | None:
    """The day that stands at the head of the text, under its number."""
    found = _HEAD_DATE.search(text.flat, 0, 1500)
    return _date(*found.groups()) if found else None


def impossible_date(text: Text) -> Iterator[Offer]:
    for found in DATE.finditer(text.flat):
        day, month, year = found.groups()
        if not _date(day, month, year):
            continue
        if int(month) in _MONTHS_OF_30:
            wrong = (f"31/{month}/{year}", f"{day}/{int(month) + 9}/{year}")
        elif int(month) == 2:
            wrong = (f"30/{month}/{year}", f"31/{month}/{year}")
        else:
            wrong = (f"32/{month}/{year}", f"{day}/13/{year}")
        yield Offer(*found.span(), wrong)


def future_date(text: Text) -> Iterator[Offer]:
    """An instrument that is cited with a day after that of the text."""
    own = _own_day(text)
    for found in _SIGNED.finditer(text.flat):
        signed = _date(*found.groups()[-3:])
        if own and signed and signed < own:
            later = tuple(
                _written(signed.replace(year=year))
                for year in (own.year, own.year + 1)
                if (signed.month, signed.day) != (2, 29) and signed.replace(year=year) > own
            )
            yield Offer(*found.span(2), later)


def year_subject(text: Text) -> Iterator[Offer]:
    """A plan for a year, signed in the year after it."""
    for found in _SIGNED.finditer(text.flat):
        signed = _date(*found.groups()[-3:])
        before = text.flat[max(0, found.start() - 40) : found.start()]
        subject = _SUBJECT_YEAR.match(text.flat, found.end())
        if not signed or not subject or not _SUBJECT.search(before):
            continue
        year = int(subject[1])
        if year - signed.year in (0, 1) and (signed.month, signed.day) != (2, 29):
            late = _written(signed.replace(year=year + 1))
            yield Offer(*found.span(2), (late,), (subject.span(1),))


def two_dates(text: Text) -> Iterator[Offer]:
    """An instrument that is cited twice, with two days."""
    own = _own_day(text)
    places: dict[tuple[str, date], list[tuple[int, int]]] = {}
    for found in _SIGNED.finditer(text.flat):
        if signed := _date(*found.groups()[-3:]):
            places.setdefault((found[1], signed), []).append(found.span(2))
    for (_, signed), spans in places.items():
        if len(spans) < 2:
            continue
        days = (signed.day % 28 + 1, (signed.day + 9) % 28 + 1)
        others = [signed.replace(day=day) for day in days if day != signed.day]
        good = tuple(_written(one) for one in others if own is None or one < own)
        for span in spans:
            beside = tuple(one for one in spans if one != span)
            if good:
                yield Offer(*span, good, beside)


def window_reversed(text: Text) -> Iterator[Offer]:
    for found in _WINDOW.finditer(text.flat):
        start, end = _date(*found.groups()[1:4]), _date(*found.groups()[5:8])
        if start and end and start < end and (start.month, start.day) != (2, 29):
            late = _written(start.replace(year=end.year + (start.replace(year=end.year) <= end)))
            yield Offer(*found.span(1), (late,), phrase=found.span())


def cutoff_late(text: Text) -> Iterator[Offer]:
    """Figures that were counted after the day of the report."""
    own = _own_day(text)
    for found in _CUT_OFF.finditer(text.flat):
        day = _date(*found.groups()[-3:])
        if own and day and day <= own:
            later = tuple(_written(own + timedelta(days=n)) for n in (9, 23, 40))
            yield Offer(*found.span(1), later)


def story_reversed(text: Text) -> Iterator[Offer]:
    for found in _STORY.finditer(text.flat):
        begun, ended = _date(*found.groups()[1:4]), _date(*found.groups()[5:8])
        if begun and ended and begun <= ended:
            yield Offer(*found.span(5), (_written(begun - timedelta(days=3)),), (found.span(1),))


def series_order(text: Text) -> Iterator[Offer]:
    """A lower number of one book with a later day than a higher one."""
    own = _own_day(text)
    cited = [
        (one, int(number), book, _date(*one.groups()[-3:]))
        for one in _SIGNED.finditer(text.flat)
        for number, _, book in [one[1].partition("/")]
        if number.isdigit() and not book[0].isdigit()
    ]
    for one, number, book, day in cited:
        for other, higher, same, after in cited:
            if not day or not after or day.year != after.year or book != same or number >= higher:
                continue
            late = after + timedelta(days=30)
            if late.year == day.year and (own is None or late <= own):
                yield Offer(*one.span(2), (_written(late),), (other.span(2),))


def year_in_list(text: Text) -> Iterator[Offer]:
    """Plans for next year that are being made, one of them for this year."""
    for found in _PLANS.finditer(text.flat):
        years = list(re.finditer(r"năm (20\d\d)(?!\d)", found[0]))
        if len(years) >= 3 and len({one[1] for one in years}) == 1:
            for one in years:
                span = (found.start() + one.start(1), found.start() + one.end(1))
                yield Offer(*span, (str(int(one[1]) - 1),))


def weekday(text: Text) -> Iterator[Offer]:
    for found in _WEEKDAY.finditer(text.flat):
        day = _date(*found.groups()[-3:])
        if day and _DAYS[day.weekday()] == found[1]:
            wrong = tuple(one for one in _DAYS[:5] if one != found[1])
            yield Offer(*found.span(1), wrong, phrase=found.span())


def anniversary(text: Text) -> Iterator[Offer]:
    for found in _ANNIVERSARY.finditer(text.flat):
        years = [int(one) for one in re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", found[2])]
        count = int(found[1])
        if len(years) == 2 and years[1] - years[0] == count:
            wrong = tuple(str(count + n) for n in (-5, -1, 1, 5))
            yield Offer(*found.span(1), wrong, phrase=found.span())


def citation_swapped(text: Text) -> Iterator[Offer]:
    """02/CP-NQ for 02/NQ-CP.

    Only after the name of the type: 18/UBND-BC alone may be a letter drafted by a unit called BC.
    """
    for found in _STATE.finditer(text.flat):
        if _TYPE.search(text.flat, max(0, found.start() - 30), found.start()):
            yield Offer(found.start(1), found.end(2), (f"{found[2]}-{found[1]}",))


def citation_missing_year(text: Text) -> Iterator[Offer]:
    for found in _NORMATIVE.finditer(text.flat):
        yield Offer(*found.span(1), ("",))


def citation_dash_slash(text: Text) -> Iterator[Offer]:
    """The Party's 24-CT/TU written as 24/CT-TU, the State's 15/KH-UBND as 15-KH/UBND."""
    for found in _PARTY.finditer(text.flat):
        middle = text.flat[found.end(1) : found.start(2)]
        yield Offer(found.start(1), found.end(2), (f"/{middle}-", f"/{middle}/"))
    for found in _STATE.finditer(text.flat):
        start, between = found.start(1) - 1, found.start(2) - 1
        kind = found[1]
        yield Offer(start, between + 1, (f"-{kind}/", f"/{kind}/"))


KINDS: dict[str, Callable[[Text], Iterator[Offer]]] = {
    one.__name__: one
    for one in (
        impossible_date, future_date, year_subject, two_dates, window_reversed, weekday,
        cutoff_late, story_reversed, series_order, year_in_list,
        anniversary, citation_swapped, citation_missing_year, citation_dash_slash,
    )
}  # fmt: skip
