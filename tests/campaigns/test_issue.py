"""Issued as a document, figures frozen; what moves afterwards is shown beside them (VT-01, BC-12)."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures import model
from dieuhanh.registers.documents.models import OutgoingDocument
from dieuhanh.reports.issue.models import FrozenFigure, IssuedReport
from dieuhanh.reports.issue.rules import digest
from dieuhanh.reports.review.queries import texts_of

pytestmark = pytest.mark.django_db
LETTERS = "complaints.letters.total"
TYPED = {"on": "17/6/2024", "signer": "PHÓ CHỦ TỊCH", "recipients": "Hội đồng nhân dân Thành phố"}


@pytest.fixture
def clerk(sign_in, van_thu):
    return sign_in(van_thu)


@pytest.fixture
def asked(asked):
    """The report on direction, which counts most."""
    return asked | {"report": "direction"}


@pytest.fixture
def issued(clerk, sign_in, lanh_dao, url, draft):
    assert sign_in(lanh_dao).post(f"{url}duyet/", {}).status_code == 302
    answer = clerk.post(f"{url}phat-hanh/", TYPED)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return IssuedReport.objects.get()


def test_it_gets_a_number_and_its_files(clerk, campaign, issued):
    document = OutgoingDocument.objects.get(pk=issued.document_id)
    assert document.symbol.endswith("/BC-UBND")
    assert document.entry.opened_on == dt.date(2024, 6, 17)
    names = set(document.entry.attachments.values_list("name", flat=True))
    assert names == {"bao-cao.docx", "bao-cao.pdf"}
    campaign.entry.refresh_from_db()
    assert (campaign.entry.closed_on, campaign.entry.outcome) == (
        dt.date(2024, 6, 17),
        document.symbol,
    )
    line = Line.objects.get(verb="report.issued")
    assert line.details["digest"] == issued.digest
    assert not campaign.entry.obligations.filter(done_at=None).exists()


def test_every_figure_is_frozen_with_the_entries_behind_it(issued):
    letters = issued.figures.get(measure=LETTERS)
    entries = Entry.objects.filter(register="complaints.letters", opened_on__year=2024)
    assert letters.value == len(letters.entry_ids) == entries.filter(
        opened_on__lte=dt.date(2024, 6, 15)
    ).count()  # fmt: skip
    assert issued.digest == digest(texts_of(issued.draft), list(issued.figures.all()))


def test_what_moves_afterwards_is_shown_and_the_frozen_figure_stays(clerk, url, issued):
    page = clerk.get(f"{url}da-phat-hanh/").content.decode()
    assert "Mọi số liệu hôm nay vẫn như lúc phát hành" in page
    before = issued.figures.get(measure=LETTERS).shown
    gone = Entry.objects.filter(
        register="complaints.letters", opened_on__range=("2024-01-01", "2024-06-15")
    ).first()
    Entry.objects.filter(pk=gone.pk).update(opened_on=dt.date(2023, 12, 29), year=2023,
                                            book="thử", number=1)  # fmt: skip
    page = clerk.get(f"{url}da-phat-hanh/").content.decode()
    assert f"Đã chốt {before}, nay" in page
    assert "thêm 0 mục, bớt 1 mục" in page
    assert issued.figures.get(measure=LETTERS).shown == before


def test_a_figure_whose_measure_is_gone_stays_readable(clerk, url, issued, monkeypatch):
    monkeypatch.delitem(model._measures, LETTERS)
    page = clerk.get(f"{url}da-phat-hanh/").content.decode()
    assert "Chỉ tiêu này không còn; số đã chốt vẫn giữ nguyên." in page
    assert issued.figures.get(measure=LETTERS).shown in page


def test_a_draft_whose_measure_is_gone_says_where(
    planner, clerk, sign_in, lanh_dao, url, draft, monkeypatch
):
    monkeypatch.delitem(model._measures, LETTERS)
    page = planner.get(f"{url}ban/1/").content.decode()
    assert LETTERS in page
    assert "dòng" in page
    answer = sign_in(lanh_dao).post(f"{url}duyet/", {})
    assert answer.status_code == 422
    assert LETTERS in answer.content.decode()


@pytest.mark.parametrize("client", ["planner", "leader"])
def test_only_the_clerk_issues(request, planner, sign_in, lanh_dao, url, draft, client):
    leader = sign_in(lanh_dao)
    leader.post(f"{url}duyet/", {})
    answer = (leader if client == "leader" else planner).post(f"{url}phat-hanh/", TYPED)
    assert answer.status_code == 404
    assert not IssuedReport.objects.exists()


def test_not_before_it_is_approved_and_not_twice(clerk, sign_in, lanh_dao, url, draft):
    answer = clerk.post(f"{url}phat-hanh/", TYPED)
    assert "Chưa có bản dự thảo nào được duyệt" in answer.content.decode()
    sign_in(lanh_dao).post(f"{url}duyet/", {})
    assert clerk.post(f"{url}phat-hanh/", TYPED).status_code == 302
    assert "đã phát hành" in clerk.post(f"{url}phat-hanh/", TYPED).content.decode()
    assert IssuedReport.objects.count() == 1


def test_nobody_changes_what_was_issued(issued):
    figure = issued.figures.first()
    for change in (
        lambda: FrozenFigure.objects.filter(pk=figure.pk).update(shown="1"),
        lambda: IssuedReport.objects.update(digest=""),
        lambda: figure.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert issued.figures.get(pk=figure.pk).shown == figure.shown
