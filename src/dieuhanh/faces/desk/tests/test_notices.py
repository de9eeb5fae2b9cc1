"""The page of notices, the bell, the API: one's own only, newest first, by pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications.actions import notify
from dieuhanh.kernel.notifications.models import Notice, NoticeKind
from dieuhanh.kernel.obligations.models import Obligation


@pytest.fixture
def owed(db, unit) -> Obligation:
    row = Obligation.objects.filter(
        unit=unit, entry__unit=unit, entry__confidentiality="ordinary"
    ).exclude(entry__title="").select_related("entry").order_by("pk")[0]  # fmt: skip
    row.due_at = clock.end_of(dt.date(2024, 6, 20))
    row.save()
    return row


@pytest.fixture
def told(owed, giam_doc_so):
    def tell(n: int = 1) -> None:
        for number in range(n):
            notify(giam_doc_so, NoticeKind.URGED, obligation=owed, again=str(number),
                   message="Đề nghị xong trong tuần.")  # fmt: skip

    return tell


def test_a_notice_leads_to_its_entry(sign_in, giam_doc_so, told, owed) -> None:
    told()
    page = sign_in(giam_doc_so).get("/thong-bao/").content.decode()
    assert f"/{owed.entry_id}/" in page and "Đề nghị xong trong tuần." in page
    assert owed.entry.title not in page
    assert "hạn 20/6/2024" in page


def test_every_kind_has_words_and_an_icon(sign_in, giam_doc_so, owed) -> None:
    for kind in NoticeKind:
        if kind != NoticeKind.DIGEST:
            assert notify(giam_doc_so, kind, obligation=owed) == 1
    assert sign_in(giam_doc_so).get("/thong-bao/").status_code == 200


def test_the_words_are_in_the_readers_language(sign_in, giam_doc_so, told, client) -> None:
    told()
    client.cookies["django_language"] = "en"
    assert sign_in(giam_doc_so).get("/thong-bao/").status_code == 200


@pytest.mark.parametrize(("n", "shown"), [(0, ""), (3, "3"), (120, "99+")])
def test_the_bell_shows_how_many(sign_in, giam_doc_so, told, n, shown) -> None:
    told(n)
    page = sign_in(giam_doc_so).get("/chi-tieu/").content.decode()
    assert f'data-live-count="">{shown}<' in page or f"data-live-count>{shown}<" in page


def test_older_and_newer_pages_hold_all(sign_in, giam_doc_so, told) -> None:
    told(120)
    client, seen, address = sign_in(giam_doc_so), [], "/thong-bao/"
    while address:
        response = client.get(address)
        seen.append([row["id"] for row in response.context["rows"]])
        address = response.context["pager"]["older_url"]
    assert [len(one) for one in seen] == [50, 50, 20]
    flat = [pk for one in seen for pk in one]
    assert flat == sorted(flat, reverse=True) and len(set(flat)) == 120
    back = client.get(response.context["pager"]["newer_url"])
    assert [row["id"] for row in back.context["rows"]] == seen[1]


def test_the_page_costs_the_same_for_many(sign_in, giam_doc_so, told) -> None:
    client = sign_in(giam_doc_so)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/thong-bao/")
        return len(captured)

    told(2)
    client.get("/thong-bao/")
    few = cost()
    told(60)
    assert cost() <= few <= 7


def test_reading_one_and_all(sign_in, giam_doc_so, told) -> None:
    told(3)
    client = sign_in(giam_doc_so)
    first = Notice.objects.filter(person=giam_doc_so).earliest("pk")
    assert client.post(f"/thong-bao/{first.pk}/da-doc/").status_code == 302
    assert Notice.objects.filter(person=giam_doc_so, read_at=None).count() == 2
    client.post("/thong-bao/da-doc/")
    assert not Notice.objects.filter(person=giam_doc_so, read_at=None).exists()


def test_anothers_notice_does_not_exist(sign_in, lanh_dao, told) -> None:
    told()
    theirs = Notice.objects.get()
    client = sign_in(lanh_dao)
    assert client.post(f"/thong-bao/{theirs.pk}/da-doc/").status_code == 404
    assert client.post(f"/api/v1/notices/{theirs.pk}/read").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert client.get("/api/v1/notices").json() == {"unread": 0, "notices": [], "next": None}


@pytest.mark.parametrize("query", ["sau=x", "truoc=-1", "sau=99999999999999999999999", "sau=²"])
def test_a_mistyped_cursor_shows_the_first_page(sign_in, giam_doc_so, told, query) -> None:
    told()
    assert len(sign_in(giam_doc_so).get(f"/thong-bao/?{query}").context["rows"]) == 1


def test_the_api_gives_values(sign_in, giam_doc_so, told, owed) -> None:
    told(3)
    client = sign_in(giam_doc_so)
    got = client.get("/api/v1/notices?size=2").json()
    assert got["unread"] == 3 and len(got["notices"]) == 2
    assert got["notices"][0]["parts"]["number"] == owed.entry.number
    rest = client.get(f"/api/v1/notices?size=2&after={got['next']}").json()
    assert len(rest["notices"]) == 1 and rest["next"] is None
    assert client.post(f"/api/v1/notices/{got['notices'][0]['id']}/read").status_code == 204
    assert client.get("/api/v1/notices").json()["unread"] == 2


def test_what_may_no_longer_be_seen_is_gone_from_the_page(sign_in, giam_doc_so, told, owed) -> None:
    told()
    Entry.objects.filter(pk=owed.entry_id).update(confidentiality="guarded")
    assert sign_in(giam_doc_so).get("/thong-bao/").context["rows"] == []


@pytest.mark.parametrize(
    ("live", "expected"),
    [("", None), ("/live/", None), (":8001", "connect-src 'self' http://localhost:8001"),
     ("https://live.example/live/", "connect-src 'self' https://live.example")],
)  # fmt: skip
def test_the_page_may_listen_where_the_stream_is(
    sign_in, giam_doc_so, settings, live, expected
) -> None:
    settings.LIVE_URL = live
    policy = sign_in(giam_doc_so).get("/thong-bao/", headers={"host": "localhost:8000"})
    said = policy.headers["Content-Security-Policy"]
    assert (expected in said) if expected else ("connect-src" not in said)
