"""Numbers of a book: each once, without a gap, whoever asks at the same time (VT-01, VT-43)."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.numbering.actions import raise_to, take_number
from dieuhanh.kernel.numbering.models import Series

BOOK, YEAR = "test.race", 1999
THREADS, COMMITS = 8, 25


class Undone(Exception):
    """The action failed after its number was taken."""


@pytest.fixture
def real_commits(django_db_setup, django_db_blocker):
    """Threads commit for good here; the owner removes what they wrote."""
    with django_db_blocker.unblock():
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM numbering_series WHERE book = %s", [BOOK])
        connections.close_all()


def test_eight_at_once_get_consecutive_numbers(real_commits):
    agency = Unit.objects.get(code="UBND").pk

    def take(seed):
        rng, mine = random.Random(seed), []
        try:
            while len(mine) < COMMITS:
                try:
                    with transaction.atomic():
                        number = take_number(agency, BOOK, YEAR)
                        if rng.random() < 0.3:
                            raise Undone
                    mine.append(number)
                except Undone:
                    continue
        finally:
            connections.close_all()
        return mine

    with ThreadPoolExecutor(THREADS) as pool:
        taken = [number for mine in pool.map(take, range(THREADS)) for number in mine]

    assert sorted(taken) == list(range(1, THREADS * COMMITS + 1))
    assert Series.objects.get(book=BOOK, year=YEAR).last == THREADS * COMMITS


@pytest.mark.django_db
def test_a_series_is_one_agency_one_book_one_year():
    agency, other = (Unit.objects.get(code=code).pk for code in ("UBND", "VPUB"))
    assert [take_number(agency, BOOK, YEAR) for _ in range(3)] == [1, 2, 3]
    assert take_number(agency, BOOK, YEAR + 1) == 1
    assert take_number(agency, "test.other", YEAR) == 1
    assert take_number(other, BOOK, YEAR) == 1
    assert take_number(agency, BOOK, YEAR) == 4


@pytest.mark.django_db
def test_loaded_numbers_are_continued_and_never_lowered():
    agency = Unit.objects.get(code="UBND").pk
    raise_to(agency, BOOK, YEAR, 40)
    raise_to(agency, BOOK, YEAR, 12)
    assert take_number(agency, BOOK, YEAR) == 41
