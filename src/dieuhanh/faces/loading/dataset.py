"""Loading a data set whole, once: the same input gives the same database."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from dieuhanh.faces.loading.campaign import load_campaign
from dieuhanh.faces.loading.expansions import EXPANSIONS
from dieuhanh.faces.loading.expansions.setting import read_setting
from dieuhanh.faces.loading.papers import load_papers
from dieuhanh.faces.loading.published import load_published
from dieuhanh.faces.loading.reference import DataFileError, load_reference
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.bulk import copy_in
from dieuhanh.reports.review.queries import CAMPAIGNS

LOADED = "dataset.loaded"
Progress = Callable[[str, int], None]


class DatasetConflict(Exception):
    """Another version of the data set is loaded; the message says what to type."""


def folder_of(name: str) -> Path:
    """Raises DataFileError when there is no such data set."""
    folder = Path(settings.DATA_DIR) / name
    if not (folder / "registers.toml").exists():
        raise DataFileError(folder / "registers.toml", 1, "-", "không có tệp này")
    return folder


def checksum(name: str, scale: int = 1) -> str:
    """Over everything that decides the database: the data set's own files and reference data."""
    digest = hashlib.sha256(str(scale).encode())
    folder = folder_of(name)
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.toml"),
                        *(Path(settings.DATA_DIR) / "reference").glob("*")]):  # fmt: skip
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def loaded_checksum(name: str) -> str:
    """Checksum of the data set that is loaded; empty when none is."""
    line = Line.objects.filter(verb=LOADED, subject=name).order_by("-pk").first()
    if line is None or not Entry.objects.exists():
        return ""
    return str(line.details.get("checksum", ""))


def load(
    name: str,
    *,
    scale: int = 1,
    demo: bool = True,
    replace: bool = False,
    progress: Progress = lambda step, n: None,
) -> dict[str, int]:
    """Load reference data and a data set. Returns entries by register; empty: nothing to do.

    Args:
        scale: multiplies the totals of the registers (for measuring).
        replace: first remove the synthetic entries of an earlier load (as the owner).

    Raises:
        DataFileError: a file cannot be used; nothing is written.
        DatasetConflict: another version is loaded and ``replace`` was not asked for.
    """
    digest = checksum(name, scale)
    before = loaded_checksum(name)
    load_reference(demo=demo)
    if before == digest:
        return {}
    if before:
        if not replace:
            raise DatasetConflict(
                f"Bộ dữ liệu {name} đã nạp từ phiên bản khác; gõ `dieuhanh load --replace` để thay."
            )
        _clear()
    folder = folder_of(name)
    with transaction.atomic():
        written = _write(folder, scale, progress)
        record(LOADED, actor=SYSTEM, subject=name, checksum=digest, rows=written)
    with connections["owner"].cursor() as owner:
        owner.execute("VACUUM (ANALYZE)")
    connections["owner"].close()
    return written


def _write(folder: Path, scale: int, progress: Progress) -> dict[str, int]:
    path = folder / "registers.toml"
    try:
        totals = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(path, 1, "-", f"không đọc được TOML ({error})") from error
    setting = read_setting(folder, totals, scale)
    agency = Unit.objects.get(kind="committee", valid_to=None)
    written: dict[str, int] = {}
    for code, (columns, expand) in EXPANSIONS.items():
        try:
            entries = expand(setting)
            written[code] = copy_in(
                registry.get(code),
                columns,
                entries,
                agency_id=agency.pk,
                deadlines=setting.deadlines,
                progress=lambda n, code=code: progress(code, n),  # type: ignore[misc]
            )
        except KeyError as missing:
            raise DataFileError(path, 1, str(missing), f"thiếu mục này cho sổ {code}") from missing
    written["indicators"] = load_published(folder)
    progress("indicators", written["indicators"])
    written[CAMPAIGNS] = load_campaign(folder, agency)
    progress(CAMPAIGNS, written[CAMPAIGNS])
    progress("files", load_papers())
    return written


def _clear() -> None:
    """Remove a synthetic data set. Refuses when anything was entered by people since.

    Raises:
        DatasetConflict: entries of people would be lost.
    """
    if Entry.objects.filter(synthetic=False).exists():
        raise DatasetConflict(
            "Trong sổ đã có mục do người dùng nhập, không thay bộ dữ liệu được; "
            "dùng một thư mục DIEUHANH_VAR khác."
        )
    with connections["owner"].cursor() as owner:
        owner.execute(
            "TRUNCATE entries_entry, numbering_series, indicators_datapoint, indicators_target,"
            " indicators_indicator CASCADE"
        )
