"""Two sendings of one form at the same moment do the thing once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from dieuhanh.kernel.identity.models import Mandate, Person
from dieuhanh.kernel.personal.models import SentForm

BASIS = "77/GUQ-VP"
THREADS = 6


@pytest.fixture
def real_commits(django_db_setup, django_db_blocker):
    """Threads commit for good here; the owner removes what they wrote."""
    with django_db_blocker.unblock():
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM identity_mandate WHERE basis = %s", [BASIS])
            cursor.execute("DELETE FROM personal_sentform")
            cursor.execute("DELETE FROM django_session")
        connections.close_all()


def test_six_sendings_at_once_are_one(real_commits):
    sent = {
        "form_key": str(uuid4()), "form_keeps": "", "kind": "substitution", "basis": BASIS,
        "stand_in": "giam-doc-so", "starts_on": "24/6/2024", "ends_on": "28/6/2024",
    }  # fmt: skip
    barrier = Barrier(THREADS)

    def send(_number):
        try:
            client = Client()
            client.force_login(Person.objects.get(username="van-thu"))
            barrier.wait(20)
            answer = client.post("/uy-quyen/them/", sent)
            return answer.status_code, answer.headers.get("Location")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = set(pool.map(send, range(THREADS)))

    assert answers == {(302, "/uy-quyen/")}, "each is led to what came of the first"
    assert Mandate.objects.filter(basis=BASIS).count() == 1
    assert SentForm.objects.get(key=sent["form_key"]).result == "/uy-quyen/"
