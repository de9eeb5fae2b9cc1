"""Kept figures: never one of yesterday, whoever writes and whichever process reads (ADR 0016)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connections, transaction

from dieuhanh.kernel.identity.models import Mandate, Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.actions import SYSTEM, record
from dieuhanh.kernel.journal.kept import Kept
from dieuhanh.kernel.journal.version import Version, version
from dieuhanh.kernel.measures import evaluate, model
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Entries, Window

BASIS = "88/GUQ-VP"
DAY = date(2024, 6, 17)
WINDOW = Window(DAY, DAY, DAY)
NOW, LATER = (Version((line, "7"), settled=True) for line in (1, 2))


def test_a_value_is_answered_for_its_state_only():
    kept = Kept(10)
    kept.keep(NOW, "figure", 1)
    assert kept.find(NOW, "figure") == 1
    assert kept.find(LATER, "figure") is None, "A figure of older registers was answered."


def test_nothing_is_kept_while_somebody_writes_or_inside_a_transaction():
    kept = Kept(10)
    kept.keep(Version((1, "7"), settled=False), "figure", 1)
    kept.keep(None, "figure", 1)
    assert kept.find(NOW, "figure") is None
    kept.keep(NOW, "figure", 1)
    assert kept.find(None, "figure") is None


def test_the_longest_unread_goes_first():
    kept = Kept(2)
    kept.keep(NOW, "a", 1)
    kept.keep(NOW, "b", 2)
    kept.find(NOW, "a")
    kept.keep(NOW, "c", 3)
    assert [kept.find(NOW, key) for key in "abc"] == [1, None, 3]


def test_a_test_that_is_undone_keeps_nothing(db):
    assert version() is None, "Inside a transaction figures are worked out anew."


@pytest.fixture
def figure(django_db_setup, django_db_blocker, monkeypatch):
    """Ask for a figure that counts rows committed for good; the owner removes them."""
    monkeypatch.setattr(model, "_measures", {})
    monkeypatch.setattr(evaluate, "_tallies", Kept(10))
    common = {"label": "thử", "unit": "việc", "definition": "thử"}
    rows = Mandate.objects.filter(basis=BASIS)
    model.measure("test.kept", **common)(lambda window: Entries(rows))
    with django_db_blocker.unblock():
        yield lambda: Evaluator(WINDOW).answer("test.kept").entries
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM identity_mandate WHERE basis = %s", [BASIS])
        connections.close_all()


def _write() -> None:
    """One change with its line, in the caller's transaction."""
    giver, stand_in = Person.objects.filter(username__in=("van-thu", "giam-doc-so"))
    Mandate.objects.create(
        giver=giver, stand_in=stand_in, kind="substitution", basis=BASIS, starts_on=DAY,
        ends_on=DAY, made_at=clock.now(),
    )  # fmt: skip
    record("mandate.given", actor=SYSTEM, subject=BASIS)


def test_an_action_is_in_the_figure_at_once(figure, monkeypatch):
    caches = [Kept(10), Kept(10)]  # of two processes
    for expected in (0, 1, 2):
        for cache in caches:
            monkeypatch.setattr(evaluate, "_tallies", cache)
            assert [figure(), figure()] == [expected] * 2, "A kept figure outlived an action."
            assert len(cache._values) == 1, "Nothing was kept: each reader counts anew."
        with transaction.atomic():
            _write()


def test_an_undone_action_is_in_no_figure(figure):
    assert figure() == 0
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _write()
        assert figure() == 1, "Who acts sees the own change."
        raise ZeroDivisionError
    assert figure() == 0, "A figure from inside a transaction was kept."


def test_a_line_that_appears_below_a_newer_one_is_noticed(figure):
    """The first writer takes its number, the second commits first: the newest line stays."""
    written, may_commit = Event(), Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                _write()
                written.set()
                assert may_commit.wait(20)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(slow)
        assert written.wait(20)
        with transaction.atomic():
            _write()
        before = version()
        assert figure() == 1
        may_commit.set()
        first.result(20)
    assert version().mark == before.mark, "The newest line is the second writer's, as before."
    assert figure() == 2, "A figure was kept while a line with a smaller number was under way."
