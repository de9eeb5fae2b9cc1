"""The open tables: fields with stable names, rows, and what must be known to read them.

A page, a CSV file and a JSON answer are three readings of one `Table`. Names of fields and data
sets are kept for good; a new field comes at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dieuhanh.faces.portal import accounts
from dieuhanh.faces.portal.accounts import IndicatorRow
from dieuhanh.faces.portal.disclosure import Mark
from dieuhanh.faces.portal.periods import Period, offered
from dieuhanh.faces.portal.services import SERVICES
from dieuhanh.kernel.journal import clock
from dieuhanh.registers.indicators import queries, wording
from dieuhanh.text import dates

Value = str | int | Decimal | date | Mark | None


@dataclass(frozen=True)
class Field:
    """A column. ``about`` says what it holds; ``of``, for a rate, the fields of its fraction."""

    name: str
    label: Promise
    about: Promise
    kind: str = "count"
    of: tuple[str, str] | None = None
    in_page: bool = True


@dataclass(frozen=True)
class Table:
    """One data set.

    Attributes:
        service: whose units these are, in the table of units.
        day: as of the end of which day.
        rows: each a value for every field, in their order.
        withheld: why there are no rows, where they are not shown.
    """

    code: str
    title: str
    method: str
    fields: tuple[Field, ...]
    day: date
    rows: list[tuple[Value, ...]]
    period: Period | None = None
    service: str = ""
    withheld: str = ""

    def cells(self, row: tuple[Value, ...]) -> Iterator[tuple[Field, Value]]:
        return zip(self.fields, row, strict=True)

    @property
    def hides(self) -> bool:
        """Whether something in it is not shown."""
        return bool(self.withheld) or any(
            isinstance(value, Mark) for row in self.rows for value in row
        )


_IN_TIME = Field(
    "in_time", gettext_lazy("Đúng hạn"), gettext_lazy("Số việc hoàn thành trong thời hạn.")
)
_LATE = Field(
    "late",
    gettext_lazy("Quá hạn"),
    gettext_lazy("Số việc hoàn thành sau thời hạn, hoặc chưa hoàn thành mà đã hết thời hạn."),
)
_RATE = Field(
    "on_time_rate",
    gettext_lazy("Tỷ lệ đúng hạn"),
    gettext_lazy("in_time / settled × 100, làm tròn đến một chữ số sau dấu phẩy; đơn vị: %."),
    "rate",
    ("in_time", "settled"),
)
_SETTLED = Field(
    "settled",
    gettext_lazy("Đã rõ đúng hay quá hạn"),
    gettext_lazy("in_time + late; việc còn trong thời hạn chưa tính vào tỷ lệ."),
    in_page=False,
)
SERVICE_FIELDS = (
    Field("service", gettext_lazy("Mã dịch vụ"), gettext_lazy("Mã cố định của dịch vụ."),
          "text", in_page=False),
    Field("service_name", gettext_lazy("Dịch vụ"), gettext_lazy("Tên dịch vụ."), "name"),
    Field("received", gettext_lazy("Tiếp nhận"),
          gettext_lazy("Số việc có thời hạn, tiếp nhận trong kỳ; bằng in_time + late + pending.")),
    _IN_TIME,
    _LATE,
    Field("pending", gettext_lazy("Còn trong hạn"),
          gettext_lazy("Số việc chưa hoàn thành mà chưa hết thời hạn, hoặc đang tạm dừng theo "
                       "quy định.")),
    _SETTLED,
    _RATE,
)  # fmt: skip
UNIT_FIELDS = (
    Field("unit", gettext_lazy("Mã đơn vị"), gettext_lazy("Mã cố định của đơn vị."),
          "text", in_page=False),
    Field("unit_name", gettext_lazy("Đơn vị"), gettext_lazy("Tên đơn vị chủ trì."), "name"),
    Field("settled", gettext_lazy("Đã rõ kết quả"), _SETTLED.about),
    _IN_TIME,
    _LATE,
    _RATE,
)  # fmt: skip
PETITION_FIELDS = (
    Field("source", gettext_lazy("Mã nguồn"), gettext_lazy("Mã cố định của nguồn kiến nghị."),
          "text", in_page=False),
    Field("source_name", gettext_lazy("Nghị quyết, kỳ tiếp xúc"),
          gettext_lazy("Tên nghị quyết hoặc kỳ tiếp xúc cử tri."), "name"),
    Field("symbol", gettext_lazy("Ký hiệu"), gettext_lazy("Số, ký hiệu nghị quyết, nếu có."),
          "text", in_page=False),
    Field("passed_on", gettext_lazy("Ngày thông qua"),
          gettext_lazy("Ngày thông qua nghị quyết, nếu có."), "text", in_page=False),
    Field("total", gettext_lazy("Kiến nghị"),
          gettext_lazy("Số kiến nghị của nguồn; kiến nghị đã gộp chỉ đếm một lần.")),
    Field("resolved", gettext_lazy("Đã giải quyết xong"),
          gettext_lazy("Kết thúc với kết quả “Đã giải quyết xong”.")),
    Field("explained", gettext_lazy("Đã giải trình"),
          gettext_lazy("Kết thúc với kết quả “Giải trình, thông tin lại cử tri”.")),
    Field("in_progress", gettext_lazy("Đang, sẽ giải quyết"),
          gettext_lazy("Chưa kết thúc, kể cả việc chờ Trung ương.")),
    Field("resolved_rate", gettext_lazy("Tỷ lệ đã giải quyết"),
          gettext_lazy("resolved / total × 100, làm tròn đến một chữ số sau dấu phẩy; "
                       "đơn vị: %."), "rate", ("resolved", "total")),
)  # fmt: skip
INDICATOR_FIELDS = (
    Field("indicator", gettext_lazy("Mã chỉ tiêu"), gettext_lazy("Mã cố định của chỉ tiêu."),
          "text", in_page=False),
    Field("indicator_name", gettext_lazy("Chỉ tiêu"), gettext_lazy("Tên chỉ tiêu."), "name"),
    Field("value", gettext_lazy("Kết quả"),
          gettext_lazy("Giá trị như văn bản công bố, kèm đơn vị tính."), "text"),
    Field("value_period", gettext_lazy("Kỳ của kết quả"),
          gettext_lazy("Kỳ mà giá trị nói đến; “ước” là số ước thực hiện."), "text", in_page=False),
    Field("target", gettext_lazy("Mức kế hoạch"),
          gettext_lazy("Mức được giao, kèm kỳ; hoặc kế hoạch, dự toán của năm nào."),
          "text"),
    Field("direction", gettext_lazy("Chiều"),
          gettext_lazy("Chiều tốt hơn: higher_better, lower_better, range, ceiling, none."),
          "direction"),
    Field("standing", gettext_lazy("Đánh giá"),
          gettext_lazy("reached: đạt; on_track: đúng tiến độ; behind: chưa đạt; open: chưa đánh "
                       "giá được."), "standing"),
    Field("why", gettext_lazy("Vì sao"), gettext_lazy("Lý do của đánh giá."), "text",
          in_page=False),
    Field("source", gettext_lazy("Nguồn"),
          gettext_lazy("Văn bản công bố giá trị và dòng trong văn bản."), "text"),
)  # fmt: skip


def services(period: Period) -> Table:
    """On-time rates by service."""
    rows: list[tuple[Value, ...]] = []
    for code, row in accounts.on_time(period).items():
        in_time, late, pending = row.shown.parts
        settled = accounts.settled(row.shown)
        rate = accounts.share(in_time, settled)
        label = str(SERVICES[code].label)
        rows.append((code, label, row.shown.total, in_time, late, pending, settled, rate))
    return Table(
        "on-time-by-service",
        _("Giải quyết đúng hạn theo dịch vụ"),
        _(
            "Việc tiếp nhận trong kỳ, có thời hạn theo quy định. Tỷ lệ đúng hạn là số hoàn thành "
            "trong thời hạn trên số đã rõ đúng hay quá hạn, tính đến ngày số liệu; việc chưa xong "
            "mà đã hết hạn tính là quá hạn, việc còn trong hạn chưa tính."
        ),
        SERVICE_FIELDS,
        period.end,
        rows,
        period,
    )


def units(service: str, period: Period) -> Table:
    """On-time rates of a service by unit."""
    row = accounts.on_time(period)[service]
    rows: list[tuple[Value, ...]] = []
    for one in row.units or []:
        in_time, late = one.shown.parts
        rate = accounts.share(in_time, one.shown.total)
        rows.append((one.code, one.name, one.shown.total, in_time, late, rate))
    return Table(
        "on-time-by-unit",
        str(SERVICES[service].label),
        _(
            "Chỉ gồm việc đã rõ đúng hay quá hạn, theo đơn vị chủ trì vào ngày số liệu. Tỷ lệ đúng "
            "hạn là số hoàn thành trong thời hạn trên số đã rõ kết quả."
        ),
        UNIT_FIELDS,
        period.end,
        rows,
        period,
        service,
        ""
        if row.units is not None
        else _(
            "Kỳ này không chia theo đơn vị được, vì từ đó có thể suy ra một số nhỏ cần được giữ "
            "kín."
        ),
    )


def petitions() -> Table:
    """Petitions of voters by resolution: as of the last month that is over, and of no other day.

    They are counted since the beginning, so two days would tell the few of the time between.
    """
    period = offered(clock.today())[0]
    rows: list[tuple[Value, ...]] = [
        (
            one.code,
            one.label,
            one.symbol,
            one.passed_on,
            one.shown.total,
            *one.shown.parts,
            accounts.share(one.shown.parts[0], one.shown.total),
        )
        for one in accounts.petitions_by_source(period)
    ]
    return Table(
        "petitions-by-resolution",
        _("Kiến nghị cử tri theo nghị quyết"),
        _(
            "Kiến nghị tính theo nghị quyết hoặc kỳ tiếp xúc, không theo năm: kiến nghị cũ vẫn nằm ở "
            "nguồn của nó cho đến khi xong. “Giải trình, thông tin lại cử tri” kết thúc kiến nghị "
            "nhưng không tính là đã giải quyết xong."
        ),
        PETITION_FIELDS,
        period.end,
        rows,
    )


def indicators() -> Table:
    """Indicators against their targets."""
    return Table(
        "indicators-against-targets",
        _("Chỉ tiêu so với kế hoạch"),
        _(
            "Giá trị giữ nguyên như văn bản công bố; số ước và số thực hiện tách riêng. Lượng tích "
            "lũy so với phần kế hoạch ứng với thời gian đã qua; tỷ lệ, mức so với cả mức kế hoạch. "
            "Nơi các nguồn khác nhau thì không đánh giá."
        ),
        INDICATOR_FIELDS,
        accounts.published_until(),
        [_indicator(one) for one in accounts.indicators()],
    )


def _indicator(one: IndicatorRow) -> tuple[Value, ...]:
    value, period = wording.latest_words(one.rows, one.judged)
    target, row = one.judged.target, one.judged.row
    aim = ""
    if row is not None:
        aim = _("kế hoạch, dự toán %(period)s") % {"period": wording.period_words(row.period[:4])}
    if target is not None:
        bounds, when = wording.target_words(target)
        aim = f"{bounds} ({when})" if when else bounds
    points = row.cells.get(one.judged.kind, []) if row else []
    if row and not points:  # a growth that is told by its two ends
        points = [point for kind in wording.RANGE for point in row.cells.get(kind, [])]
    sources = dict.fromkeys(queries.source_words(point.document, point.line) for point in points)
    return (
        one.indicator.code,
        one.indicator.label,
        value,
        period,
        aim,
        target.direction if target else one.indicator.direction,
        str(one.judged.verdict.standing),
        wording.why(one.judged),
        "; ".join(sources),
    )


def data_sets() -> list[tuple[str, Promise, tuple[Field, ...]]]:
    """Every data set: code, name and fields, for the page of methods."""
    return [
        ("on-time-by-service", gettext_lazy("Đúng hạn theo dịch vụ"), SERVICE_FIELDS),
        ("on-time-by-unit", gettext_lazy("Đúng hạn theo đơn vị"), UNIT_FIELDS),
        ("petitions-by-resolution", gettext_lazy("Kiến nghị theo nghị quyết"), PETITION_FIELDS),
        ("indicators-against-targets", gettext_lazy("Chỉ tiêu"), INDICATOR_FIELDS),
    ]


def period_label(period: Period) -> str:
    """6 tháng cuối năm 2023; 01/01 đến 31/5/2024 while it runs."""
    if period.over:
        return wording.period_words(period.code)
    return _("%(start)s đến %(end)s") % {
        "start": dates.short_day(period.start),
        "end": dates.day(period.end),
    }
