"""The tables and charts that a report's text may name."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.text import numbers
from dieuhanh.registers.complaints.measures import LETTER_PARTS
from dieuhanh.registers.documents.measures import INCOMING_PARTS, OUTGOING_PARTS
from dieuhanh.reports.compose.document import Chart, Table
from dieuhanh.reports.compose.figures import window_words
from dieuhanh.reports.render import charts

GROWTHS = (
    ("exports", "indicator.exports.5m"),
    ("imports", "indicator.imports.5m"),
    ("retail", "indicator.retail_sales.5m"),
    ("industry", "indicator.iip.5m"),
    ("prices", "indicator.cpi.5m"),
    ("loans", "indicator.credit_outstanding.5m"),
)
BUDGET = (
    "indicator.budget_revenue.6m_est",
    "indicator.budget_revenue_domestic.6m_est",
    "indicator.budget_expenditure.6m_est",
    "indicator.budget_expenditure_investment.6m_est",
)


def _short(code: str) -> str:
    return {
        "exports": _("Kim ngạch xuất khẩu"),
        "imports": _("Kim ngạch nhập khẩu"),
        "retail": _("Bán lẻ, dịch vụ tiêu dùng"),
        "industry": _("Sản xuất công nghiệp"),
        "prices": _("Chỉ số giá tiêu dùng"),
        "loans": _("Tổng dư nợ"),
        BUDGET[0]: _("Thu ngân sách trên địa bàn"),
        BUDGET[1]: _("Thu nội địa"),
        BUDGET[2]: _("Chi ngân sách địa phương"),
        BUDGET[3]: _("Chi đầu tư phát triển"),
    }[code]


def growth(figures: Evaluator) -> Chart | Table | None:
    """Growth of the main indicators this year; the table has that of the year before too."""
    rows = []
    for code, stem in GROWTHS:
        now = figures.answer(f"{stem}.growth")
        then = figures.answer(f"{stem}.growth_last_year")
        if now.value is not None:
            rows.append((_short(code), now, then))
    if not rows:
        return None
    rows.sort(key=lambda row: -(row[1].value or 0))
    this_year, last_year = str(figures.window.end.year), str(figures.window.end.year - 1)
    table = Table(
        title=_("Mức tăng của các chỉ tiêu chính so với cùng kỳ"),
        head=(_("Chỉ tiêu"), this_year, last_year),
        rows=tuple((name, now.shown, then.shown) for name, now, then in rows),
        numeric=frozenset({1, 2}),
    )
    if any((now.value or 0) < 0 for _name, now, _then in rows):
        return table  # a bar from zero cannot show a decrease beside its name
    alt = _("Mức tăng so với cùng kỳ: %(words)s.") % {
        "words": "; ".join(f"{name} {now.shown}" for name, now, _then in rows)
    }
    return Chart(
        title=_("%(name)s tăng nhanh nhất trong các chỉ tiêu chính") % {"name": rows[0][0]},
        subtitle=_("So với cùng kỳ, %%; lũy kế %(months)s tháng") % {"months": _months(figures)},
        alt=alt,
        spec=charts.bar_chart(
            [(name, float(now.value or 0)) for name, now, _then in rows], alt=alt
        ),
        table=table,
    )


def _months(figures: Evaluator) -> str:
    part = figures.window.period.partition("-")[2]
    return {"H1": "5", "H2": "11", "": "11"}.get(part, part.lstrip("0"))


def budget(figures: Evaluator) -> Chart | None:
    """Share of the annual estimate that revenue and expenditure have reached."""
    rows = [
        (_short(stem), figures.answer(f"{stem}.plan_pct"), figures.answer(f"{stem}.value"))
        for stem in BUDGET
    ]
    rows = [row for row in rows if row[1].value is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: -(row[1].value or 0))
    alt = _("Tỷ lệ so với dự toán năm: %(words)s.") % {
        "words": "; ".join(f"{name} {share.shown}" for name, share, _value in rows)
    }
    return Chart(
        title=_("Thu đi trước, chi đi sau dự toán năm"),
        subtitle=_("Ước thực hiện trong kỳ so với dự toán năm, %"),
        alt=alt,
        spec=charts.bar_chart(
            [(name, float(share.value or 0)) for name, share, _value in rows], alt=alt
        ),
        table=Table(
            title=_("Ước thực hiện ngân sách so với dự toán năm"),
            head=(_("Khoản"), _("Ước thực hiện (tỷ đồng)"), _("So với dự toán")),
            rows=tuple((name, value.shown, share.shown) for name, share, value in rows),
            numeric=frozenset({1, 2}),
        ),
    )


def main_indicators(figures: Evaluator) -> Table | None:
    rows = []
    for code, stem in GROWTHS:
        now = figures.answer(f"{stem}.growth")
        then = figures.answer(f"{stem}.growth_last_year")
        try:
            level = figures.answer(f"{stem}.value")
            shown, unit = level.shown, str(level.measure.unit)
        except model.UnknownMeasure:
            shown, unit = "", ""
        if now.value is not None:
            rows.append((_short(code), unit, shown, now.shown, then.shown))
    if not rows:
        return None
    return Table(
        title=_("Chỉ tiêu chủ yếu, lũy kế %(months)s tháng") % {"months": _months(figures)},
        head=(_("Chỉ tiêu"), _("Đơn vị"), _("Thực hiện"), _("So cùng kỳ"), _("Cùng kỳ năm trước")),
        rows=tuple(rows),
        numeric=frozenset({2, 3, 4}),
        note=_("Chỉ tiêu chỉ công bố mức tăng thì ô “Thực hiện” để trống."),
    )


def _counted_chart(figures: Evaluator, ids: list[str], *, title: str, noun: str) -> Chart | None:
    rows = [(str(one.measure.label), one) for one in map(figures.answer, ids)]
    if not any(one.value for _label, one in rows):
        return None
    rows.sort(key=lambda row: -(row[1].value or 0))
    alt = "; ".join(f"{label} {one.shown}" for label, one in rows) + "."
    return Chart(
        title=title,
        subtitle=f"{noun}, {window_words(figures.window)}",
        alt=alt,
        spec=charts.bar_chart([(label, float(one.value or 0)) for label, one in rows], alt=alt),
        table=Table(
            title=title,
            head=(_("Loại"), noun),
            rows=tuple((label, one.shown) for label, one in rows),
            numeric=frozenset({1}),
        ),
    )


def incoming_documents(figures: Evaluator) -> Chart | None:
    total = figures.answer("documents.incoming.total")
    local = figures.answer("documents.incoming.local")
    if not total.value or not local.value:
        return None
    share = numbers.percent(local.value * 100 / total.value, 0)
    return _counted_chart(
        figures,
        list(INCOMING_PARTS),
        title=_("Văn bản địa phương chiếm %(share)s văn bản đến") % {"share": share},
        noun=_("văn bản"),
    )


def letters(figures: Evaluator) -> Chart | None:
    total = figures.answer("complaints.letters.total")
    petitions = figures.answer("complaints.letters.petition_feedback")
    if not total.value or not petitions.value:
        return None
    share = numbers.percent(petitions.value * 100 / total.value, 0)
    return _counted_chart(
        figures,
        list(LETTER_PARTS),
        title=_("%(share)s số đơn là kiến nghị, phản ánh, dân nguyện") % {"share": share},
        noun=_("đơn"),
    )


def documents_by_type(figures: Evaluator) -> Table | None:
    total = figures.answer("documents.outgoing.total")
    if not total.value:
        return None
    rows = [(str(one.measure.label), one.shown) for one in map(figures.answer, OUTGOING_PARTS)]
    named = sum((figures.answer(id).value or 0 for id in OUTGOING_PARTS), start=0)
    rows.append((_("Loại khác, không nêu tên"), numbers.number(total.value - named, 0)))
    rows.append((_("Tổng số văn bản đã ban hành"), total.shown))
    return Table(
        title=_("Văn bản đã ban hành theo loại"),
        head=(_("Loại văn bản"), _("Số văn bản")),
        rows=tuple(rows),
        numeric=frozenset({1}),
    )


def letters_and_cases(figures: Evaluator) -> Table | None:
    if not figures.answer("complaints.letters.total").value:
        return None
    shown = lambda id: figures.answer(id).shown  # noqa: E731
    return Table(
        title=_("Đơn, vụ việc khiếu nại và tố cáo"),
        head=(_("Loại"), _("Đơn tiếp nhận"), _("Vụ thụ lý"), _("Vụ đã giải quyết")),
        rows=(
            (_("Khiếu nại"), shown("complaints.letters.complaint"),
             shown("complaints.cases.accepted.complaint"),
             shown("complaints.cases.resolved.complaint")),
            (_("Tố cáo"), shown("complaints.letters.denunciation"),
             shown("complaints.cases.accepted.denunciation"),
             shown("complaints.cases.resolved.denunciation")),
            (_("Kiến nghị, phản ánh, dân nguyện"), shown("complaints.letters.petition_feedback"),
             "", ""),
            (_("Cộng"), shown("complaints.letters.total"), shown("complaints.cases.accepted"),
             shown("complaints.cases.resolved")),
        ),
        numeric=frozenset({1, 2, 3}),
        note=_("Số đơn và số vụ việc là hai số đếm khác nhau."),
    )  # fmt: skip


EXHIBITS: dict[str, Callable[[Evaluator], Chart | Table | None]] = {
    "growth": growth,
    "budget": budget,
    "main_indicators": main_indicators,
    "incoming_documents": incoming_documents,
    "letters": letters,
    "documents_by_type": documents_by_type,
    "letters_and_cases": letters_and_cases,
}
