"""Registering what arrives and what goes out (VT-01…VT-07, VT-31, VT-41, VT-43)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden, WrongDate
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.numbering.models import Series
from dieuhanh.registers.documents.actions import issue_outgoing, register_incoming
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument

pytestmark = pytest.mark.django_db


def last(book):
    return Series.objects.get(book=book, year=2024).last


def test_an_incoming_document_is_due_after_one_working_day(enter, van_thu, arrived):
    """VT-41: 1 W from Friday 14/6/2024 ends with Monday 17/6/2024."""
    number, lines = last("documents.incoming"), Line.objects.count()

    entry = enter(van_thu, "van-ban-den", arrived)

    assert (entry.book, entry.year, entry.number) == ("documents.incoming", 2024, number + 1)
    assert (entry.kind, entry.confidentiality) == ("central", "ordinary")
    document = IncomingDocument.objects.get(pk=entry.pk)
    assert document.symbol == "9981/KHĐT-THQH"
    assert document.issued_on == dt.date(2024, 6, 12)
    owed = entry.obligations.get()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 17))
    assert owed.limit.key == "doc.in.forward"
    assert Line.objects.count() == lines + 1
    assert Line.objects.get(entry_id=entry.pk).verb == "document.registered"


def test_an_outgoing_document_gets_number_and_symbol(enter, van_thu, issued):
    """VT-05: 07/KH-UBND."""
    number = last("documents.outgoing")

    entry = enter(van_thu, "van-ban-di", issued)

    assert (entry.book, entry.number, entry.kind) == ("documents.outgoing", number + 1, "plan")
    assert OutgoingDocument.objects.get(pk=entry.pk).symbol == f"{number + 1}/KH-UBND"
    assert entry.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 17))
    assert Line.objects.get(entry_id=entry.pk).verb == "document.issued"


@pytest.mark.parametrize(
    ("issuer", "type", "book"),
    [
        ("committee", "normative_decision", "documents.outgoing.normative"),
        ("committee", "decision", "documents.outgoing"),
        ("office", "official_letter", "documents.outgoing.office"),
        ("party_affairs", "report", "documents.outgoing.party_affairs"),
    ],
)
def test_each_book_counts_for_itself(enter, van_thu, issued, issuer, type, book):
    """VT-07: normative decisions have a series of their own."""
    series = Series.objects.filter(year=2024, book__startswith="documents.outgoing")
    before = dict(series.values_list("book", "last"))
    entry = enter(van_thu, "van-ban-di", issued | {"issuer": issuer, "type": type})
    after = dict(series.values_list("book", "last"))
    assert (entry.book, entry.number) == (book, before.get(book, 0) + 1)
    assert after == before | {book: entry.number}


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("van-ban-den", "opened_on", "18/6/2024"),
        ("van-ban-den", "title", ""),
        ("van-ban-den", "origin", "moon"),
        ("van-ban-den", "issued_on", "hôm qua"),
        ("van-ban-di", "opened_on", "18/6/2024"),
        ("van-ban-di", "title", ""),
        ("van-ban-di", "signer", ""),
        ("van-ban-di", "issuer", "moon"),
    ],
)
def test_a_fault_is_said_beside_its_field(
    sign_in, van_thu, arrived, issued, written, slug, field, value
):
    before = written()
    typed = (arrived if slug == "van-ban-den" else issued) | {field: value}
    kept = "sender" if slug == "van-ban-den" else "recipients"
    answer = sign_in(van_thu).post(f"/{slug}/them/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert typed[kept] in answer.content.decode()
    assert written() == before


@pytest.mark.parametrize("who", ["chuyen_vien", "giam_doc_so", "lanh_dao", "ke_hoach", "tiep_dan"])
@pytest.mark.parametrize("slug", ["van-ban-den", "van-ban-di"])
def test_whoever_keeps_no_book_finds_no_form(sign_in, request, arrived, written, slug, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{slug}/them/").status_code == 404
    assert client.post(f"/{slug}/them/", arrived).status_code == 404
    assert written() == before


def test_the_actions_themselves_refuse(chuyen_vien, van_thu, unit, written):
    before = written()
    come = {
        "origin": "local", "sender": "Sở", "type": "report", "secrecy": "none", "symbol": "",
        "issued_on": None, "title": "Báo cáo", "unit": unit,
    }  # fmt: skip
    gone = {
        "issuer": "committee", "type": "plan", "secrecy": "none", "title": "Kế hoạch",
        "signer": "Tuấn", "recipients": "", "unit": unit,
    }  # fmt: skip
    for act, values in ((register_incoming, come), (issue_outgoing, gone)):
        with pytest.raises(Forbidden):
            act(actor=chuyen_vien, opened_on=dt.date(2024, 6, 14), **values)
        with pytest.raises(WrongDate):
            act(actor=van_thu, opened_on=dt.date(2024, 6, 18), **values)
    assert written() == before


@pytest.mark.parametrize(
    "query", ["9981/KHĐT-THQH", "khdt-thqh", "9981", "V/v giải ngân", "bo ke hoach dau tu"]
)
def test_a_document_is_found_by_symbol_sender_and_subject(enter, client, van_thu, arrived, query):
    """X-04."""
    entry = enter(van_thu, "van-ban-den", arrived)
    page = client.get("/van-ban-den/", {"q": query, "tu": "14/6/2024"})
    assert f"/van-ban-den/{entry.pk}/" in page.content.decode()


@pytest.mark.parametrize("query", ["KH-UBND úng ngập", "{number}/KH-UBND", "Tuấn", "ban, ngành"])
def test_an_outgoing_document_is_found_by_its_symbol_too(enter, client, van_thu, issued, query):
    entry = enter(van_thu, "van-ban-di", issued)
    query = query.format(number=entry.number)
    page = client.get("/van-ban-di/", {"q": query, "tu": "14/6/2024"})
    assert f"/van-ban-di/{entry.pk}/" in page.content.decode()
