"""The digest of an issued report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from dieuhanh.reports.issue.models import FrozenFigure


def digest(texts: dict[str, str], figures: Iterable[FrozenFigure]) -> str:
    """SHA-256 over the text and all figures with the entries behind them, as hexadecimal digits."""
    whole = hashlib.sha256()
    for section, text in sorted(texts.items()):
        whole.update(json.dumps([section, text], ensure_ascii=False).encode())
    for one in sorted(figures, key=lambda figure: figure.measure):
        value = None if one.value is None else format(one.value.normalize(), "f")
        whole.update(json.dumps([one.measure, value, one.shown, one.entry_ids]).encode())
    return whole.hexdigest()
