"""Loading reference data: units, time limits, the demonstration's cast."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dieuhanh.kernel.identity.models import Appointment, Person, Unit
from dieuhanh.kernel.obligations.models import Certainty, Direction, LimitUnit, TimeLimit
from dieuhanh.kernel.workdays.actions import add_notice
from dieuhanh.kernel.workdays.notices import read_rows
from dieuhanh.kernel.workdays.queries import known_days, latest_version
from dieuhanh.registers.petitions.reference import WrongSource, keep_constituency, keep_source

REFERENCE = settings.DATA_DIR / "reference"
DEMO_PASSWORD = "dieu-hanh-2024"
IN_FORCE = date(2021, 7, 1)
KINDS = {"district": "district", "commune": "commune"}


class DataFileError(ValueError):
    """A data file cannot be used: file, line, column and reason in one sentence."""

    def __init__(self, path: Path, line: int, column: str, reason: str) -> None:
        shown = (
            path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path
        )
        super().__init__(f"{shown}, dòng {line}, cột {column}: {reason}.")


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with the number of their line.

    Raises:
        DataFileError: a column is missing, or a row is too short or too long.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        head = next(reader, [])
        for column in columns:
            if column not in head:
                raise DataFileError(path, 1, column, "thiếu cột này")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(head):
                raise DataFileError(
                    path, reader.line_num, head[min(len(cells), len(head) - 1)],
                    f"dòng có {len(cells)} ô, phải là {len(head)}",
                )  # fmt: skip
            yield reader.line_num, dict(zip(head, cells, strict=True))


def day(path: Path, line: int, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DataFileError(
            path, line, column, f"“{text}” không phải ngày (năm-tháng-ngày)"
        ) from None


@transaction.atomic
def load_units() -> int:
    """Units of Hà Nội in June 2024: the Committee, its Office, departments, districts, communes."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    path = REFERENCE / "agencies-hanoi-2024.csv"
    for line, row in rows(path, ("code", "name", "kind", "parent_code", "valid_from")):
        if row["code"] in known:
            continue
        known[row["code"]] = Unit.objects.create(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=known.get(row["parent_code"]),
            valid_from=day(path, line, "valid_from", row["valid_from"]),
        )
    path = REFERENCE / "units-hanoi-2024.csv"
    for level in ("district", "commune"):
        made = []
        for _line, row in rows(path, ("level", "code", "name", "parent_code")):
            code = f"01.{row['code']}"
            if row["level"] != level or code in known:
                continue
            parent = known["UBND"] if level == "district" else known[f"01.{row['parent_code']}"]
            name = row["name"][0].lower() + row["name"][1:]
            made.append(
                Unit(code=code, name=f"UBND {name}", kind=level, parent=parent, valid_from=IN_FORCE)
            )
        known |= {unit.code: unit for unit in Unit.objects.bulk_create(made)}
    return len(known)


def _number(path: Path, line: int, column: str, text: str) -> int | None:
    if text and not text.isdigit():
        raise DataFileError(path, line, column, f"“{text}” không phải số")
    return int(text) if text else None


def _one_of(path: Path, line: int, row: dict[str, str], column: str, values: list[str]) -> str:
    if row[column] not in values:
        raise DataFileError(path, line, column, f"phải là {' hoặc '.join(values)}")
    return row[column]


def _alternatives(path: Path, line: int, text: str) -> list[dict[str, object]]:
    """ "10 calendar_day: nguồn; 15 working_day: nguồn khác" """
    found: list[dict[str, object]] = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        what, colon, source = part.partition(":")
        length, _space, unit = what.partition(" ")
        if not colon or not length.isdigit() or unit not in LimitUnit.values:
            raise DataFileError(
                path, line, "alternatives", f"“{part}” phải có dạng “10 calendar_day: nguồn”"
            )
        found.append({"length": int(length), "unit": unit, "source": source.strip()})
    return found


@transaction.atomic
def load_time_limits() -> int:
    """The limits of the rule book; what a site has confirmed or changed since stays as it is."""
    path = REFERENCE / "time-limits.csv"
    count = 0
    known = set(TimeLimit.objects.values_list("key", flat=True))
    for line, row in rows(path, ("key", "length", "unit", "status", "owner", "effective_from")):
        status = _one_of(path, line, row, "status", ["confirmed", "unconfirmed"])
        certainty = _one_of(path, line, row, "certainty", Certainty.values)
        length = _number(path, line, "length", row["length"])
        if (length is None) == (certainty == Certainty.FIXED):
            raise DataFileError(path, line, "length", f"không khớp với cột certainty “{certainty}”")
        if row["unit"] not in LimitUnit.values:
            raise DataFileError(path, line, "unit", f"“{row['unit']}” không phải đơn vị thời gian")
        if status == "unconfirmed" and not row["owner"]:
            raise DataFileError(
                path, line, "owner", "thời hạn chưa xác nhận phải có cơ quan xác nhận"
            )
        until = row["effective_to"]
        limit = TimeLimit(
            key=row["key"],
            label=row["label"],
            start_event=row["start_event"],
            certainty=certainty,
            length=length,
            unit=row["unit"],
            direction=_one_of(path, line, row, "direction", Direction.values),
            alternatives=_alternatives(path, line, row["alternatives"]),
            extension=row["extension"],
            extension_times=_number(path, line, "extension_times", row["extension_times"]) or 0,
            extension_length=_number(path, line, "extension_length", row["extension_length"]),
            extension_by=row["extension_by"],
            pause=row["pause"],
            legal_basis=row["legal_basis"],
            rule=row["rule"],
            confirmed=status == "confirmed",
            owner=row["owner"],
            effective_from=day(path, line, "effective_from", row["effective_from"]),
            effective_to=day(path, line, "effective_to", until) if until else None,
        )
        if limit.key not in known:
            limit.save()
        count += 1
    return count


@transaction.atomic
def load_calendar() -> int:
    """Notices of days off and days made up, where the calendar has none of that day yet."""
    path = REFERENCE / "holiday-notices.csv"
    known = known_days()
    for notice, confirmed in read_rows(path):
        if notice.day not in known:
            add_notice(
                day=notice.day,
                announced=notice.kind,
                reason=notice.reason,
                source=notice.source,
                confirmed=confirmed,
            )
    return latest_version()


@transaction.atomic
def load_cast() -> int:
    """The people of a demonstration, one for each role; their password is shown on the page."""
    units = {unit.code: unit for unit in Unit.objects.exclude(kind="commune")}
    count = 0
    for _line, row in rows(REFERENCE / "cast.csv", ("username", "full_name", "role", "unit_code")):
        person, created = Person.objects.get_or_create(
            username=row["username"], defaults={"full_name": row["full_name"], "demo": True}
        )
        if created:
            person.set_password(DEMO_PASSWORD)
            person.save()
            Appointment.objects.create(
                person=person,
                unit=units[row["unit_code"]],
                role=row["role"],
                title=row["title"],
                valid_from=IN_FORCE,
            )
        count += 1
    return count


@transaction.atomic
def load_voters() -> int:
    """Constituencies, and the resolutions, sessions and rounds that petitions of voters come from."""
    for _line, row in rows(REFERENCE / "constituencies.csv", ("code", "name")):
        keep_constituency(code=row["code"], name=row["name"])
    path = REFERENCE / "petition-sources.csv"
    columns = ("key", "ledger", "label", "symbol", "passed_on", "sessions", "term")
    count = 0
    for line, row in rows(path, columns):
        passed = row["passed_on"]
        try:
            keep_source(
                key=row["key"],
                ledger=row["ledger"],
                label=row["label"],
                symbol=row["symbol"],
                passed_on=day(path, line, "passed_on", passed) if passed else None,
                sessions=row["sessions"],
                term=row["term"],
            )
        except WrongSource as wrong:
            raise DataFileError(path, line, wrong.column, "nguồn kiến nghị ghi sai") from wrong
        count += 1
    return count


def load_reference(*, demo: bool) -> None:
    load_units()
    load_calendar()
    load_time_limits()
    load_voters()
    if demo:
        load_cast()
