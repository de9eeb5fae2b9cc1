"""Whether this installation is in order."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from dieuhanh.config import database
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import last_line_at
from dieuhanh.kernel.notifications import queue
from dieuhanh.kernel.ui import screen_files
from dieuhanh.kernel.vault import keys
from dieuhanh.registers.complaints.queries import require_opens_sealed
from dieuhanh.text import dates

LEAST_FREE = 1 << 30
#: How far the journal's last line may lie ahead of this machine's clock: others write it too.
MOST_AHEAD = timedelta(minutes=2)
#: Served while there is no build, and what the build is made of.
SCREEN_FILES = (*screen_files.loose_sheets(), *screen_files.loose_scripts(), "ui/icons.svg")


#: What the program may never do, as (table, right): the journal is only added to, entries stay.
FORBIDDEN = (
    *product(("journal_line", "journal_seal"), ("UPDATE", "DELETE", "TRUNCATE")),
    ("entries_entry", "DELETE"),
)


class Problem(Exception):
    """Something is wrong; the message says what to do."""


def run() -> Iterator[tuple[str, str, str]]:
    """(name of the check, problem or "", note) for each check."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Kho dữ liệu", _database),
        ("Vai trò", _roles),
        ("Cấu trúc dữ liệu", _migrations),
        ("Khóa bảo mật", _vault),
        ("Tệp tĩnh", _static),
        ("Phông chữ", _fonts),
        ("Đồng hồ", _clock),
        ("Việc nền", _jobs),
        ("Đĩa", _disk),
    )
    for name, check in checks:
        try:
            yield name, "", check()
        except Problem as problem:
            yield name, str(problem), ""
        except Exception as error:
            yield name, str(error).strip().splitlines()[0] if str(error) else repr(error), ""


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    if not database.is_embedded():
        return f"PostgreSQL {version} theo DATABASE_URL"
    note = f"PostgreSQL {version} kèm theo, trong {database.folder(settings.VAR_DIR)}"
    if os.geteuid() == 0:
        note += "; chạy bằng root nên máy chủ dữ liệu dùng người dùng pgserver và mở quyền vào các thư mục cha"
    return note


def _roles() -> str:
    with connection.cursor() as cursor:
        tables, rights = zip(*FORBIDDEN, strict=True)
        cursor.execute(
            "SELECT current_user, array_agg(name || ' ' || allowed)"
            " FILTER (WHERE has_table_privilege(name, allowed))"
            " FROM unnest(%s::text[], %s::text[]) AS forbidden (name, allowed)",
            [list(tables), list(rights)],
        )
        role, held = cursor.fetchone()
    if role != database.APP_ROLE:
        raise Problem(f"chương trình đang dùng vai trò {role}, phải là {database.APP_ROLE}")
    if held:
        raise Problem(f"vai trò {role} có quyền {', '.join(held)}; gõ `dieuhanh load`")
    if not database.is_embedded() and not os.environ.get("DATABASE_APP_URL"):
        return f"{role}, hạ quyền từ vai trò chủ; đặt DATABASE_APP_URL thì chặt hơn"
    return str(role)


def _migrations() -> str:
    executor = MigrationExecutor(connections["owner"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Problem(f"còn {len(waiting)} bước chưa chạy; gõ `dieuhanh load`")
    return ""


def _vault() -> str:
    """The key ring is there, closed to others, and opens what was sealed."""
    try:
        count = len(keys.ring().keys)
        older = require_opens_sealed()
    except keys.VaultClosed as closed:
        raise Problem(str(closed)) from closed
    path = keys.key_file()
    note = f"{count} khóa, " + (f"trong {path}" if path else "theo DIEUHANH_VAULT_KEY")
    return note + ("; gõ `dieuhanh vault rotate` để mã hóa lại bằng khóa mới" if older else "")


def _static() -> str:
    _require_found(SCREEN_FILES)
    built = screen_files.names()
    if screen_files.SHEET not in built:
        return "chưa có bản rút gọn, trang tải nặng hơn; gõ `python3 tools/bootstrap.py`"
    gone = [name for name in built.values() if not (settings.STATIC_ROOT / name).is_file()]
    if gone:
        raise Problem(f"thiếu {', '.join(gone)}; gõ `python3 tools/bootstrap.py`")
    return ""


def _require_found(names: Iterable[str]) -> None:
    """Raises Problem."""
    missing = [name for name in names if not finders.find(name)]
    if missing:
        raise Problem(f"thiếu {', '.join(missing)}; gõ `python3 tools/bootstrap.py`")


def _fonts() -> str:
    _require_found(screen_files.FONTS)
    times = any(Path("/usr/share/fonts").rglob("[Tt]imes*.ttf"))
    liberation = any(Path("/usr/share/fonts").rglob("LiberationSerif*.ttf"))
    return "" if times or liberation else "không có Times New Roman, bản in dùng Libertinus Serif"


def _clock() -> str:
    """The journal is written in order of time: a clock behind its last line was set back."""
    last = last_line_at()
    now = clock.now()
    if last is not None and last > now + MOST_AHEAD:
        raise Problem(
            f"đồng hồ chậm hơn dòng cuối của nhật ký ({dates.moment(last)}); chỉnh lại giờ của máy"
            " (timedatectl) trước khi làm tiếp"
        )
    return f"{dates.moment(now)}, cố định để trình diễn" if settings.FIXED_NOW else ""


def _jobs() -> str:
    failed = queue.depths()["failed"]
    if failed:
        raise Problem(
            f"{failed} việc nền bị lỗi; xem nhật ký chạy của phần worker (docs/operations.md)"
        )
    if not settings.MAIL_ENABLED:
        return "không gửi thư (chưa đặt DIEUHANH_SMTP_URL); thông báo chỉ đọc trong chương trình"
    return ""


def _disk() -> str:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < LEAST_FREE:
        raise Problem(f"chỉ còn {free >> 20} MB trong {settings.VAR_DIR}")
    return f"còn {free >> 30} GB"
