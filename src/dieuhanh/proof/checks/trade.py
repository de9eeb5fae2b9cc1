"""Exports, imports, and the balance between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dieuhanh.proof.checks.comparing import ends
from dieuhanh.proof.checks.registry import check
from dieuhanh.proof.findings import Remark, Severity
from dieuhanh.proof.model import Quantity, Report, What
from dieuhanh.proof.written import number

_LABELS = {
    "out": re.compile(r"\bxuất khẩu\b[^.;,()]{0,50}\Z", re.IGNORECASE),
    "in": re.compile(r"\bnhập khẩu\b[^.;,()]{0,50}\Z", re.IGNORECASE),
    "balance": re.compile(
        r"\b(?:xuất siêu|nhập siêu|thặng dư|thâm hụt)\b[^.;,()]{0,40}\Z", re.IGNORECASE
    ),
}


@check(
    "sums.balance", Severity.SUSPICIOUS,
    "Xuất siêu, nhập siêu phải bằng hiệu của xuất khẩu và nhập khẩu", "The balance of trade is exports less imports",
)  # fmt: skip
def balance(report: Report) -> Iterator[Remark]:
    for found in report.quantities_of.values():
        money = [
            one
            for one in found
            if one.unit.endswith("USD") and one.what is What.VALUE and one.value
        ]
        told: dict[str, list[Quantity]] = {
            name: [one for one in money if label.search(one.span.before(70))]
            for name, label in _LABELS.items()
        }
        if any(len(one) != 1 for one in told.values()):
            continue
        (sold,), (bought,), (left,) = told["out"], told["in"], told["balance"]
        off = abs(
            abs(sold.value * sold.scale - bought.value * bought.scale) - left.value * left.scale
        )
        slack = sum(((high - low) / 2 for low, high in map(ends, (sold, bought, left))), Decimal(0))
        if off <= slack:
            continue
        exact = abs(sold.value * sold.scale - bought.value * bought.scale) / left.scale
        yield Remark(
            left.number,
            f"Hiệu của xuất khẩu và nhập khẩu là {number(exact)}, văn bản ghi {left.number.words}.",
            f"Exports less imports are {number(exact)}; printed {left.number.words}.",
            f"{sold.span.words} − {bought.span.words} ≠ {left.span.words}", "", (sold.span, bought.span),
        )  # fmt: skip
