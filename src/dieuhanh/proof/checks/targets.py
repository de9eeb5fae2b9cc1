"""Claims against numbers: "vượt kế hoạch" beside a share under 100 %, ranks that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, Span, What
from dieuhanh.proof.written import SPELLED, count_like, count_of, number

_CLAIMED = re.compile(
    r"\b(?P<way>vượt|đạt và vượt|hoàn thành vượt|hoàn thành)\s(?:mức\s|chỉ tiêu\s)?(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(r"\s(?:so với\s)?(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:chưa|không|khó|phấn đấu|để|nhằm|khả năng|việc|cần|tiếp tục|dự kiến|quyết tâm|cơ bản|tập trung|sẽ|phải|được|mới)\s"
    r"[^.;]{0,20}\Z",
    re.IGNORECASE,
)
#: "Hoàn thành kế hoạch" is said of what stands right beside it only.
_BESIDE = 14


@check(
    "targets.claim", Severity.SUSPICIOUS,
    "Ghi hoàn thành, vượt kế hoạch mà tỷ lệ dưới 100 %",
    "Says the plan was met or exceeded beside a share under 100 %",
)  # fmt: skip
def claim(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for found in _CLAIMED.finditer(passage.text):
            if _NOT.search(passage.text[max(0, found.start() - 30) : found.start()]):
                continue
            far = _BESIDE if found["way"].lower() == "hoàn thành" else 90
            for one in report.quantities_of.get(passage.number, []):
                before = one.span.end <= found.start()
                left = one.span.end if before else found.end()
                between = passage.text[left : found.start() if before else one.span.start]
                after = _OF_PLAN.match(passage.text, one.span.end)
                if before and far == _BESIDE and after:
                    between = between[after.end() - one.span.end :]
                near = len(between) < far and not re.search(r"[.;]\s", between)
                if near and _is_share_of_plan(one) and one.value < 100:
                    yield Remark(
                        one.span, f"Ghi “{found[0]}” nhưng chỉ đạt {one.number.words} %.",
                        f"Says “{found[0]}” (met or exceeded), but the share is {one.number.words} %.",
                        f"{one.number.words} % < 100 %",
                    )  # fmt: skip
                    break


def _is_share_of_plan(one: Quantity) -> bool:
    return one.what is What.SHARE and bool(_OF_PLAN.match(one.span.passage.text, one.span.end))


_AGAINST = re.compile(
    r"(?:\s[^\W\d_]+){0,3}?,?\s(?:đã\s)?(?P<way>vượt(?:\s\d+(?:,\d+)?\s(?:điểm\s(?:phần trăm|%)|%))?|đạt và vượt|cao hơn|thấp hơn|đạt|hoàn thành|bảo đảm|đảm bảo)\s(?:mức\s|so với\s)?"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch)(?:\s(?:UBND\s\w+|Thành phố|thành phố|tỉnh|huyện|Trung ương|HĐND\s\w+))?(?:\s(?:đề ra|được giao|giao|năm|cả năm|\d{4}|là))*\s\(?(?:là\s)?"
    r"(?P<ceiling>dưới\s|không quá\s|tối đa\s)?"
)
#: Less of it is better: below its target it is met.
_BETTER_LESS = re.compile(
    r"\b(?:nghèo|thất nghiệp|suy dinh dưỡng|tử vong|thấp còi|thứ ba|quá hạn|tồn đọng|tai nạn|thất thoát|"
    r"mù chữ|nợ xấu|chậm|lạm phát|giá tiêu dùng|CPI|giảm)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;]\s")
_EXCEEDED = ("vượt", "đạt và vượt", "cao hơn")


@check(
    "targets.missed", Severity.ERROR,
    "Ghi đạt, vượt chỉ tiêu mà chỉ tiêu ghi bên cạnh cho thấy không",
    "Says a target was met or exceeded that it misses",
)  # fmt: skip
def missed(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        for value, target in zip(found, found[1:], strict=False):
            between = value.span.passage.text[value.span.end : target.span.start]
            if value.unit != target.unit or target.high is not None or value.high is not None:
                continue
            said = _AGAINST.fullmatch(between)
            sign = _is_missed(value, target, said) if said else ""
            if said and sign:
                yield Remark(
                    value.span,
                    f"Ghi “{said['way']}” chỉ tiêu, nhưng {value.span.words} {_SAID[sign][0]} {target.span.words}.",
                    f"Says “{said['way']}” of its target, but {value.span.words} is {_SAID[sign][1]} {target.span.words}.",
                    f"{value.span.words} {sign} {target.span.words}", "", (target.span,),
                )  # fmt: skip


_SAID = {
    "<": ("thấp hơn", "below"), ">": ("cao hơn", "above"), "=": ("bằng đúng mức", "just"),
}  # fmt: skip


def _is_missed(value: Quantity, target: Quantity, said: re.Match[str]) -> str:
    """How the value stands to the target where that is not what the text says of it; else ""."""
    one, other = value.value * value.scale, target.value * target.scale
    way, ceiling = said["way"].lower(), (said["ceiling"] or "").strip()
    if ceiling:
        if way in _EXCEEDED or way == "thấp hơn":
            return ""
        if one > other:
            return ">"
        return "=" if ceiling == "dưới" and one == other else ""
    if way == "thấp hơn":
        return ">" if one > other else ""
    if way == "cao hơn":
        return "<" if one < other else ""
    less = value.sign < 0 or _BETTER_LESS.search(_CLAUSE.split(value.span.before(120))[-1])
    return "<" if one < other and not less else ""


_POINTS_OVER = re.compile(r",?\s(?:đã\s)?(?P<way>vượt|cao hơn|thấp hơn|kém)\s\Z", re.IGNORECASE)
_THAN_TARGET = re.compile(
    r"\s(?:so với\s)?(?:mức\s)?(?:chỉ tiêu|mục tiêu|kế hoạch)(?:\s[^\W\d_]+){0,5}(?:\s\d{4})?\s\((?:là\s)?"
)


@check(
    "targets.points", Severity.ERROR,
    "Số điểm vượt chỉ tiêu phải bằng hiệu của hai tỷ lệ", "The points over a target are the difference of the two rates",
)  # fmt: skip
def points(report: Report) -> Iterator[Remark]:
    """Đạt 98,7 %, vượt 3,7 điểm phần trăm so với chỉ tiêu được giao (95 %)."""
    for found in report.quantities_of.values():
        for value, over, target in zip(found, found[1:], found[2:], strict=False):
            text = value.span.passage.text
            way = _POINTS_OVER.search(over.span.before(16))
            if over.unit != "điểm %" or value.unit != "%" or target.unit != "%" or not way:
                continue
            if not _THAN_TARGET.fullmatch(text, over.span.end, target.span.start):
                continue
            down = way["way"].lower() in ("thấp hơn", "kém")
            exact = (target.value - value.value) if down else (value.value - target.value)
            if exact != over.value:
                yield Remark(
                    over.number,
                    f"{value.span.words} so với {target.span.words} là {number(exact)} điểm, văn bản ghi {over.number.words}.",
                    f"{value.span.words} against {target.span.words} is {number(exact)} points; printed {over.number.words}.",
                    f"{value.number.words} − {target.number.words} = {number(value.value - target.value)}",
                    number(exact) if exact > 0 else "", (value.span, target.span),
                )  # fmt: skip


@check(
    "targets.rank", Severity.ERROR,
    "Số bậc tăng, giảm phải khớp hai thứ hạng", "A change of rank fits the two ranks",
)  # fmt: skip
def rank(report: Report) -> Iterator[Remark]:
    """từ thứ 30 lên thứ 21, tăng 9 bậc; xếp thứ 7/30, tăng 4 bậc so với năm 2023 (thứ 11/30)."""
    for found in report.quantities_of.values():
        for three in zip(found, found[1:], found[2:], strict=False):
            ranks = _ranks(*three)
            if ranks is None:
                continue
            then, now, change = ranks
            moved = int(then.value - now.value)
            if abs(moved) != change.value or (moved < 0) != (change.sign < 0):
                way = "tăng" if moved > 0 else "giảm"
                yield Remark(
                    change.span,
                    f"Từ hạng {then.number.words} đến hạng {now.number.words} là {way} {abs(moved)} bậc.",
                    f"From rank {then.number.words} to {now.number.words} are {abs(moved)} places "
                    f"{'up' if moved > 0 else 'down'}.",
                    f"{then.number.words} − {now.number.words} = {moved}", _places(change, moved),
                    (then.span, now.span),
                )  # fmt: skip

    yield from _spelled_ranks(report)


#: thứ 4/11 huyện, tăng hai bậc so với năm 2021 (thứ 6): the change in words.
_SPELLED_RANK = re.compile(
    r"\bthứ\s(?P<now>\d{1,2})(?:/\d{1,3})?[^.;\d]{0,60}?(?P<way>tăng|giảm)\s(?P<count>"
    + "|".join(SPELLED)
    + r")\sbậc[^.;()]{0,40}\((?:xếp )?thứ\s(?P<was>\d{1,2})(?:/\d{1,3})?\)"
)


def _spelled_ranks(report: Report) -> Iterator[Remark]:
    for passage in report.passages:
        for told in _SPELLED_RANK.finditer(passage.text):
            now, was, count = int(told["now"]), int(told["was"]), count_of(told["count"])
            moved = was - now if told["way"] == "tăng" else now - was
            if moved != count:
                yield Remark(
                    Span(passage, *told.span("count")),
                    f"Từ thứ {was} đến thứ {now} là {abs(moved)} bậc, văn bản ghi {told['count']}.",
                    f"From rank {was} to rank {now} are {abs(moved)} places; printed {told['count']}.",
                    f"{was} − {now} = {was - now}", count_like(moved, told["count"]) if moved > 1 else "",
                    (Span(passage, *told.span("now")), Span(passage, *told.span("was"))),
                )  # fmt: skip


def _places(change: Quantity, moved: int) -> str:
    """08 bậc → 09 bậc; nothing where the way is wrong too, for that stands before the number."""
    if (moved < 0) != (change.sign < 0):
        return ""
    return f"{abs(moved):0{len(change.number.words)}d} bậc"


def _ranks(
    first: Quantity, second: Quantity, third: Quantity
) -> tuple[Quantity, Quantity, Quantity] | None:
    """(then, now, change), however the text orders them; None where it speaks of something else."""
    text = first.span.passage.text
    kinds = (first.what, second.what, third.what)
    if len(text[first.span.end : third.span.start]) > 110:
        return None
    if kinds == (What.RANK, What.RANK, What.RANK_CHANGE):
        came = re.search(r"\btừ\b[^.;]{0,30}\Z", first.span.before(40))
        return (first, second, third) if came else None
    if kinds == (What.RANK, What.RANK_CHANGE, What.RANK):
        between = text[second.span.end : third.span.start]
        return (third, first, second) if re.match(r"\sso với [^.;()]{2,50}\(", between) else None
    return None
