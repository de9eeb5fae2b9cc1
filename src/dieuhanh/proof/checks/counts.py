"""Counts in words against what is listed; numbering with gaps and doubles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Report, Section, Span
from dieuhanh.proof.passages import Passage
from dieuhanh.proof.reading.source import Kind
from dieuhanh.proof.written import LARGE, SPELLED, count_like, count_of, roman_of

_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(SPELLED)})"
_THINGS = (
    r"nhiệm vụ|giải pháp|chỉ tiêu|nội dung|nhóm|lĩnh vực|huyện|quận|xã|phường|đơn vị|sở|điểm|kết quả|tiêu chí|"
    r"mục tiêu|vấn đề|tồn tại|hạn chế|nguyên nhân|kiến nghị|đề nghị|công việc|dự án|chương trình|kế hoạch|nhà máy|"
    r"văn bản|thủ tục|bước|khâu|trường hợp|yêu cầu|nguyên tắc|thị xã|cơ quan|tỉnh|thành phố|loại|hình thức|mô hình|vụ việc|vụ|giai đoạn|tập thể"
)
_PROMISED = re.compile(
    rf"(?<![\w/.,-]){_COUNT}(?P<of>/\d+)?\s(?:{_THINGS})\b[^.;:()]{{0,80}}?(?P<opens>:|\()",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<=[\s:;,.(])\((\d{1,2})\)\s")
_NAMES = re.compile(r",\s|\svà\s|;\s")
_NAME = re.compile(rf"(?:[{LARGE}][^\W\d_]*)(?:\s[{LARGE}][^\W\d_]*){{0,4}}")
_ITEM = re.compile(r"^(?:[-+*•–]\s|\(?(?:[a-zđ]|\d{1,2})[).]\s)")


@check(
    "counts.list", Severity.ERROR,
    "Số lượng nêu ra phải bằng số mục liệt kê", "A promised number of things is that of the list",
)  # fmt: skip
def listed(report: Report) -> Iterator[Remark]:
    for number, passage in enumerate(report.passages):
        text = passage.text
        for found in _promises(text):
            said = found["count"].lower()
            if said == "năm" and re.match(
                r"năm\s(?:\d|chủ đề|học)", text[found.start() :], re.IGNORECASE
            ):
                continue
            promised = count_of(said)
            if found["opens"] == "(" and re.search(r"\d", found[0][len(said) :]):
                continue  # the bracket is of another number
            if found["opens"] == "(":
                counted = _bracketed(text, found.end())
            else:
                counted = _numbered(text, found.end()) or (
                    _following(report.passages[number + 1 : number + 40], promised)
                    if found.end() >= len(text.rstrip())
                    else 0
                )
            if counted >= 2 and counted != promised and promised > 1:
                yield Remark(
                    Span(passage, found.start("count"), found.end("count")),
                    f"Nêu {found['count']} nhưng liệt kê {counted}.",
                    f"Promises {promised}, lists {counted}.",
                    f"{promised} ≠ {counted}", count_like(counted, said),
                )  # fmt: skip


def _promises(text: str) -> Iterator[re.Match[str]]:
    """Each count with the list it opens: the nearest one before the colon or bracket."""
    nearest: dict[int, re.Match[str]] = {}
    at = 0
    while found := _PROMISED.search(text, at):
        nearest[found.end()] = found
        at = found.start() + 1
    yield from nearest.values()


def _numbered(text: str, start: int) -> int:
    """(1) …, (2) …, (3) … right after the colon."""
    numbers = [int(one[1]) for one in _NUMBERED.finditer(text, max(0, start - 1))]
    first = _NUMBERED.search(text, max(0, start - 1))
    if not numbers or numbers[0] != 1 or first is None or first.start() > start + 3:
        return 0
    count = 1
    for one in numbers[1:]:
        if one != count + 1:
            break
        count = one
    return count


def _bracketed(text: str, start: int) -> int:
    """03 huyện (Chương Mỹ, Quốc Oai, Thạch Thất): only a bare list of names."""
    end = text.find(")", start)
    inside = text[start:end] if end > 0 else ""
    if not inside or "…" in inside or "..." in inside or "(" in inside:
        return 0
    names = [one.strip() for one in _NAMES.split(inside)]
    return len(names) if all(_NAME.fullmatch(one) for one in names) else 0


_STEP = re.compile(r"^\(?(\d{1,2})[).]\s")
_HIGHER = re.compile(r"^(?:[IVX]+[.)]\s|[A-HĐ]\.\s|Điều\s|Phần\s|PHẦN\s|Chương\s)")


def _following(passages: tuple[Passage, ...], promised: int) -> int:
    """Items of the list that follows a passage which ends in a colon."""
    first = _ITEM.match(passages[0].text) if passages else None
    if first is None:
        return 0
    if _STEP.match(passages[0].text):
        return _steps(passages, promised)
    mark, count = "", 0
    for passage in passages:
        label = _ITEM.match(passage.text)
        kind = re.sub(r"[a-zđ\d]", "", label[0].strip()) if label else ""
        if count and kind != mark:
            if kind == "+" and mark == "-":
                continue  # inside an item
            break
        if not label:
            break
        mark, count = kind, count + 1
    return count


def _steps(passages: tuple[Passage, ...], promised: int) -> int:
    """1., 2., 3., with whatever stands below each, up to a higher heading or another numbering.

    A number left out or told twice is the matter of counts.numbering: where the items with it are as
    many as was promised, it counts.
    """
    count = strict = last = 0
    for passage in passages:
        step = _STEP.match(passage.text)
        if _HIGHER.match(passage.text):
            break
        if not step:
            continue
        now = int(step[1])
        if now != last + 1:
            strict = strict or count
            if now != last + 2 and not (now == last > 1):
                break
        count, last = count + 1, now
    return count if count == promised else strict or count


@check(
    "counts.notes", Severity.ERROR,
    "Số lượng nêu ra phải bằng danh sách ở chú thích", "A number fits the list in its note",
)  # fmt: skip
def in_note(report: Report) -> Iterator[Remark]:
    """14 huyện² and a note of fourteen names."""
    notes = {
        one.block.mark: one
        for one in report.passages
        if one.block.kind is Kind.NOTE and one.block.mark
    }
    if not notes:
        return
    text = report.source.text
    for start, end in report.source.note_marks:
        note = notes.get(text[start:end])
        before = re.search(
            rf"{_COUNT}\s(?:{_THINGS})\Z", text[max(0, start - 30) : start], re.IGNORECASE
        )
        if note is None or before is None:
            continue
        names = [one.strip(" .;") for one in _NAMES.split(re.sub(r"^\d+\s", "", note.text))]
        if len(names) < 2 or not all(_NAME.fullmatch(one) for one in names):
            continue
        promised = count_of(before["count"].lower())
        at = start - len(before[0])
        here = _span_at(report, at, at + len(before["count"]))
        if promised != len(names) and here is not None:
            yield Remark(
                here,
                f"Nêu {before['count']} nhưng chú thích liệt kê {len(names)}.",
                f"Promises {promised}, the note lists {len(names)}.",
                f"{promised} ≠ {len(names)}", count_like(len(names), before["count"].lower()), (Span(note, 0, len(note.text)),),
            )  # fmt: skip


def _span_at(report: Report, start: int, end: int) -> Span | None:
    """The span of a passage for a stretch of the text as read."""
    for passage in report.passages:
        if any(left <= start < right for left, right in passage.block.pieces):
            words = report.source.text[start:end]
            for found in re.finditer(re.escape(words), passage.text):
                if passage.place(*found.span()) == (start, end):
                    return Span(passage, *found.span())
    return None


def _relabelled(one: Section, right: int) -> str:
    """A label with another number, in its own style."""
    written = str(right)
    if one.style == "roman":
        written = roman_of(right)
    elif one.style in ("letter", "upper"):
        letters = "abcdđeghiklmnopqrstuvxy" if one.style == "letter" else "ABCDĐEGH"
        written = letters[right - 1] if right <= len(letters) else ""
    pattern = {"roman": r"[IVXL]+", "letter": r"[a-zđ]", "upper": r"[A-HĐ]"}.get(
        one.style, r"\d+(?=\D*\Z)"
    )
    return re.sub(pattern, written, one.label, count=1) if written else ""


@check(
    "counts.numbering", Severity.SUSPICIOUS,
    "Đánh số mục không được nhảy số hoặc trùng số", "Numbering has no gaps and no doubles",
)  # fmt: skip
def numbering(report: Report) -> Iterator[Remark]:
    last: dict[tuple[str, str], Section] = {}
    rank = ("upper", "roman", "article", "arabic", "decimal", "letter", "bracketed", "inline")
    for one in report.sections:
        key = (one.style, one.stem)
        before = last.get(key)
        if one.ordinal <= 0:
            continue
        if one.style != "decimal":
            # A higher heading begins the lower ones anew.
            for other in list(last):
                if rank.index(other[0]) > rank.index(one.style) and other[0] != "decimal":
                    del last[other]
        elif before is None and one.ordinal == 1:
            last[key] = one
            continue
        last[key] = one
        if before is None or one.ordinal in (before.ordinal + 1, 1):
            continue
        doubled = one.ordinal == before.ordinal
        if not doubled and one.ordinal != before.ordinal + 2:
            continue  # another series, or a number that is none of an item
        here, there = one.label.rstrip("."), before.label.rstrip(".")
        vi = "trùng số với mục trước" if doubled else f"nhảy số: trước đó là {there}"
        en = "has the number of the one before" if doubled else f"skips one after {there}"
        yield Remark(
            one.span, f"Mục {here} {vi}.", f"Item {here} {en}.", f"{before.label} → {one.label}",
            _relabelled(one, before.ordinal + 1), (before.span,),
        )  # fmt: skip
