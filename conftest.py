"""One database for all tests: the demonstration's, loaded once; each test's changes are undone.

Tests run as the program's own role, so what that role may not do fails here too.
"""

from __future__ import annotations

import datetime as dt
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client

from dieuhanh.config import database
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.measures.model import Window

#: A copy of the loaded database, for the browser tests: they commit.
JOURNEYS = f"{database.DATABASE_NAME}_journeys"


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    from dieuhanh.faces.loading import dataset

    with django_db_blocker.unblock():
        if not database.is_embedded():
            if not settings.DATABASES["default"]["NAME"].endswith("_test"):
                pytest.exit("DATABASE_URL must name a database that ends in _test: it is filled.")
            if hasattr(request.config, "workerinput"):
                pytest.exit("With DATABASE_URL there is one database: type `pytest -n 0`.")
        with _one_at_a_time():
            if database.is_embedded():
                database.start_embedded(settings.VAR_DIR)
                _drop(database.DATABASE_NAME)
            database.prepare(settings.VAR_DIR)
        for alias, owner in (("default", False), ("owner", True)):
            fresh = database.connection_settings(settings.VAR_DIR, owner=owner)
            connections[alias].settings_dict.update(fresh)
        call_command("migrate", database="owner", verbosity=0)
        with connections["owner"].cursor() as cursor:
            database.grant(cursor)
        dataset.load(settings.DATASET, replace=True)
        connections.close_all()
        if database.is_embedded():
            _copy_for_journeys()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several processes start one server and make the same two roles."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_for_journeys() -> None:
    """Made before any test opens the database: a template may have no other connection."""
    _drop(JOURNEYS)
    with database._superuser_connection(settings.VAR_DIR, "postgres") as connection:
        connection.execute(
            f"CREATE DATABASE {JOURNEYS} TEMPLATE {database.DATABASE_NAME}"
            f" OWNER {database.OWNER_ROLE}"
        )


def _drop(name: str) -> None:
    with database._superuser_connection(settings.VAR_DIR, "postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def journeys_database(django_db_setup) -> str:
    """The name of a copy of the loaded database that browser tests may commit to."""
    return JOURNEYS if database.is_embedded() else settings.DATABASES["default"]["NAME"]


# The cast: one person for each role of the demonstration -----------------------------------------


def _person(username: str):
    @pytest.fixture(name=username.replace("-", "_"))
    def person(db):
        return Person.objects.get(username=username)

    return person


van_thu = _person("van-thu")  # clerk: keeps the books of documents
van_thu_mat = _person("van-thu-mat")  # keeps the book of secrets
chuyen_vien = _person("chuyen-vien")  # officer of the Office: feedback
tiep_dan = _person("tiep-dan")  # receives citizens, letters, cases
giam_doc_so = _person("giam-doc-so")  # head of Sở Tài nguyên và Môi trường: own unit only
lanh_dao = _person("lanh-dao")  # vice chairman: reads
ke_hoach = _person("ke-hoach")  # planner: reads, reports
thanh_tra = _person("thanh-tra")  # auditor: reads all, guarded too
quan_tri = _person("quan-tri")  # administrator: no register


@pytest.fixture
def unit(db) -> Unit:
    """Sở Tài nguyên và Môi trường."""
    return Unit.objects.get(code="STNMT")


@pytest.fixture
def sign_in(client: Client):
    """``sign_in(person)`` returns the client, signed in."""

    def as_person(person: Person) -> Client:
        client.force_login(person)
        return client

    return as_person


@pytest.fixture(scope="session")
def half_year() -> Window:
    """The window of the half-year reports."""
    return Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), dt.date(2024, 6, 15), "2024-H1")
