"""The words of indicators: periods, values, targets, and how they stand. One wording for all faces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from dieuhanh.registers.indicators import queries, series
from dieuhanh.registers.indicators.models import Datapoint, Direction, Target, ValueKind
from dieuhanh.registers.indicators.rules import Reason, Standing
from dieuhanh.registers.indicators.series import Judged, Row
from dieuhanh.text import dates, numbers

NBSP = numbers.NO_BREAK_SPACE
#: A kind → the kind that is told with it: 43,96/80 điểm, hạng 15/63.
OUT_OF = {ValueKind.VALUE: ValueKind.MAXIMUM, ValueKind.RANK: ValueKind.RANKED}
RANGE = (ValueKind.GROWTH_LOW, ValueKind.GROWTH_HIGH)
#: Chip of each standing; words and shape tell it, colour repeats them.
CHIPS = {
    Standing.REACHED: "done", Standing.ON_TRACK: "open", Standing.BEHIND: "overdue",
    Standing.OPEN: "none",
}  # fmt: skip


def period_words(period: str) -> str:
    """As a report says it: 5 tháng đầu năm 2024, quý 2 năm 2024, ngày 24/5/2024."""
    year, _dash, part = period.partition("-")
    if not part:
        return _("năm %(year)s") % {"year": year}
    if part == "H1":
        return _("6 tháng đầu năm %(year)s") % {"year": year}
    if part == "H2":
        return _("6 tháng cuối năm %(year)s") % {"year": year}
    if part[0] == "Q":
        return _("quý %(quarter)s năm %(year)s") % {"quarter": part[1:], "year": year}
    if part[0] == "M":
        return _("%(n)s tháng đầu năm %(year)s") % {"n": int(part[1:]), "year": year}
    return _("ngày %(day)s") % {"day": dates.day(date.fromisoformat(period))}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shown(one: Datapoint) -> str:
    """A datapoint with its unit, as its source says it: trên 91 %."""
    said = queries.qualifiers().get(one.qualifier, "")
    value = numbers.number(one.value, one.decimals)
    unit = f"{NBSP}{one.measure_unit}" if one.measure_unit else ""
    return f"{said} {value}{unit}".strip()


def row_words(row: Row) -> str:
    """ước 6 tháng đầu năm 2024; 5 tháng đầu năm 2024."""
    told = period_words(row.period)
    return _("ước %(period)s") % {"period": told} if row.estimated else told


def bare(row: Row, kind: str, point: Datapoint) -> str:
    """A value without its unit, which the heading has."""
    value = numbers.number(point.value, point.decimals)
    if kind in (ValueKind.GROWTH, ValueKind.CHANGE, *RANGE):
        value = numbers.signed(point.value, point.decimals)
    elif kind == ValueKind.RANK_CHANGE:
        return numbers.places(int(point.value))
    whole = row.one(OUT_OF[ValueKind(kind)]) if kind in OUT_OF else None
    if whole is not None:
        value += f"/{numbers.number(whole.value, whole.decimals)}"
    return f"{queries.qualifiers().get(point.qualifier, '')} {value}".strip()


def cell_words(row: Row, kind: str) -> str:
    """The value of a kind in a row, without its unit; every value where sources differ."""
    if kind == ValueKind.GROWTH and kind not in row.cells:
        ends = [row.one(end) for end in RANGE]
        low, high = (numbers.signed(end.value, end.decimals) if end else "…" for end in ends)
        return _("%(low)s đến %(high)s") % {"low": low, "high": high} if any(ends) else ""
    texts = dict.fromkeys(bare(row, kind, point) for point in row.cells.get(kind, []))
    return "; ".join(texts)


def told(row: Row, kind: str) -> str:
    """In a sentence: tăng 6,00 %; 252.054 tỷ đồng; hạng 15/63; 61,7 % kế hoạch, dự toán."""
    if kind in (ValueKind.GROWTH, *RANGE):
        ends = row.ends(ValueKind.GROWTH)
        point = row.one(ValueKind.GROWTH)
        if point is not None:
            return numbers.change(point.value, point.decimals)
        low = row.one(ValueKind.GROWTH_LOW)
        if ends is not None and low is not None:
            places = low.decimals
            if ends[0] > 0:
                return _("tăng %(low)s–%(high)s") % {
                    "low": numbers.number(ends[0], places),
                    "high": numbers.percent(ends[1], places),
                }
            return f"{cell_words(row, kind)}{NBSP}%"
    words = cell_words(row, kind)
    if kind == ValueKind.RANK:
        return _("hạng %(rank)s") % {"rank": words}
    if kind == ValueKind.RANK_CHANGE:
        return words
    points = row.cells.get(kind, [])
    unit = points[0].measure_unit if points else ""
    words = f"{words}{NBSP}{unit}" if unit else words
    return (
        _("%(share)s kế hoạch, dự toán") % {"share": words} if kind == ValueKind.PLAN_PCT else words
    )


# Targets and standing ----------------------------------------------------------------------------


def _trimmed(value: Decimal | None) -> str:
    text = numbers.number(value, 6)
    return text.rstrip("0").rstrip(",") if "," in text else text


def bounds(target: Target) -> str:
    """6,5–7 %; từ 724 nhà; dưới 4 %; không quá 30 vụ."""
    unit = f"{NBSP}{target.measure_unit}" if target.measure_unit else ""
    if target.lower is not None and target.upper is not None:
        return f"{_trimmed(target.lower)}–{_trimmed(target.upper)}{unit}"
    value = f"{_trimmed(target.lower if target.upper is None else target.upper)}{unit}"
    if target.direction == Direction.CEILING:
        return _("dưới %(value)s") % {"value": value}
    if target.direction == Direction.LOWER:
        return _("không quá %(value)s") % {"value": value}
    return _("từ %(value)s") % {"value": value}


def bound_of(target: Target) -> str:
    """What the target bounds, where it is not the level itself."""
    return (
        "" if target.value_kind == ValueKind.VALUE else str(target.get_value_kind_display()).lower()
    )


def standings() -> dict[str, str]:
    return {
        Standing.REACHED: _("đạt"),
        Standing.ON_TRACK: _("đúng tiến độ"),
        Standing.BEHIND: _("chưa đạt"),
        Standing.OPEN: _("chưa đánh giá được"),
    }


def chip(judged: Judged) -> dict[str, str]:
    """The standing as a chip: {state, words}."""
    standing = judged.verdict.standing
    words = standings()[standing]
    if judged.verdict.reason == Reason.ANNUAL:
        words = _("đánh giá cuối năm")
    elif judged.verdict.reason == Reason.NO_DIRECTION:
        words = _("không đánh giá")
    return {"state": CHIPS[standing], "words": words}


def why(judged: Judged) -> str:
    """Why it stands so, in a few words."""
    match judged.verdict.reason:
        case Reason.NO_DIRECTION:
            return _("chỉ tiêu không xét chiều")
        case Reason.NO_TARGET:
            return _("chưa có chỉ tiêu bằng số")
        case Reason.NO_VALUE:
            return (
                _("chưa có số liệu của kỳ có chỉ tiêu") if judged.target else _("chưa có số liệu")
            )
        case Reason.CONFLICT:
            return _("các nguồn khác nhau, cần chọn trước")
        case Reason.ANNUAL:
            return _("chỉ có số liệu cả năm")
        case Reason.VAGUE:
            return _("nguồn chỉ nêu mức trên, mức dưới")
    paced = _paced(judged)
    if paced:
        return paced
    if judged.verdict.reason == Reason.MET:
        return _("trong mức chỉ tiêu")
    low = judged.verdict.reason == Reason.BELOW
    return _("thấp hơn mức chỉ tiêu") if low else _("cao hơn mức chỉ tiêu")


def _paced(judged: Judged) -> str:
    """An amount beside the time gone by: đạt 94,8 % khi đã qua 45 % thời gian."""
    row, target, elapsed = judged.row, judged.target, judged.verdict.elapsed
    if row is None or elapsed is None or (point := row.one(judged.kind)) is None:
        return ""
    share, places = point.value, point.decimals
    level = (target.lower or target.upper) if target else None
    if judged.kind != ValueKind.PLAN_PCT and level:
        share, places = point.value / level * 100, 1
    return _("đạt %(share)s khi đã qua %(time)s thời gian") % {
        "share": numbers.percent(share, places),
        "time": numbers.percent(elapsed * 100, 0),
    }


def sentence(judged: Judged) -> str:
    """What was held against what, and what came of it."""
    row, target = judged.row, judged.target
    if row is None:
        return f"{capital(why(judged))}."
    parts = [f"{capital(row_words(row))}: {told(row, judged.kind)}"]
    if target is not None:
        parts.append(
            _("chỉ tiêu %(period)s: %(bounds)s")
            % {"period": period_words(target.period), "bounds": bounds(target)}
        )
    text = f"{'; '.join(parts)}. {capital(why(judged))}."
    if judged.verdict.elapsed is not None and judged.verdict.elapsed < 1:
        text += " " + _("So theo thời gian đã qua, coi như kế hoạch chia đều trong kỳ.")
    return text


def latest_words(rows: Sequence[Row], judged: Judged) -> tuple[str, str]:
    """The newest value and its period, for lists: the one that is held against a target where
    there is one. Estimate and actual are told apart."""
    found = series.latest(rows)
    if judged.target is not None and judged.row is not None:
        found = judged.row, judged.kind
    if found is None:
        return numbers.UNKNOWN, ""
    row, kind = found
    return told(row, kind), row_words(row)


def target_words(target: Target) -> tuple[str, str]:
    """A target and its period, for lists."""
    parts = [bound_of(target), period_words(target.period)]
    return bounds(target), ", ".join(part for part in parts if part)


def kind_labels() -> dict[str, str]:
    return {
        "budget": _("Ngân sách"),
        "economy": _("Kinh tế"),
        "investment": _("Đầu tư"),
        "index": _("Chỉ số xếp hạng"),
        "programme": _("Chương trình"),
        "land": _("Đất đai"),
        "safety": _("An toàn, trật tự"),
        "health": _("Y tế"),
        "administration": _("Hành chính"),
        "other": _("Khác"),
    }
