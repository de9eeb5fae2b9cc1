"""Writing a report into a folder: `report.html`, `.docx`, `.pdf` and `figures.json`, all or none."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

from dieuhanh.reports.compose.compose import Composed, compose
from dieuhanh.reports.render import docx, page, pdf

SITE = "http://localhost:8000"
FILES = frozenset({"report.html", "report.docx", "report.pdf", "figures.json"})


def publish(report: str, period: str, as_of: date | None, out: Path) -> Composed:
    """Compose a report and write its four files; ``out`` is replaced as a whole.

    Raises:
        UnknownReport, UnknownPeriod, SectionError: see `compose`; ``out`` is as before.
        FileExistsError: ``out`` holds other things than a report; nothing is replaced.
        OSError: the folder cannot be written.
    """
    out = out.absolute()
    if out.exists():
        for path in out.iterdir():
            if path.name not in FILES:
                raise FileExistsError(f"Thư mục {out} có {path.name}, không phải thư mục báo cáo.")
    composed = compose(report, period, as_of)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        document = composed.document
        (fresh / "report.html").write_text(page.render(document, base_url=SITE), encoding="utf-8")
        (fresh / "report.docx").write_bytes(docx.render(document))
        (fresh / "report.pdf").write_bytes(pdf.render(document))
        figures = json.dumps(composed.as_json(), ensure_ascii=False, indent=1)
        (fresh / "figures.json").write_text(figures + "\n", encoding="utf-8")
        fresh.chmod(0o755)
        _replace(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return composed


def _replace(fresh: Path, out: Path) -> None:
    """Put ``fresh`` where ``out`` is; the old folder goes only when the new one stands."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent)) / out.name
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
