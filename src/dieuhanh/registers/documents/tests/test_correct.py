"""Correcting documents: what is registered may be corrected, what was issued stands (VT-32)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Stale
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.queries import with_state
from dieuhanh.registers.documents.actions import correct_incoming
from dieuhanh.registers.documents.models import OutgoingDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def come(enter, van_thu, arrived):
    return enter(van_thu, "van-ban-den", arrived)


@pytest.fixture
def gone(enter, van_thu, issued):
    return enter(van_thu, "van-ban-di", issued)


def test_class_clock_and_search_follow_a_correction(client, come, arrived):
    typed = arrived | {"opened_on": "13/6/2024", "type": "invitation", "title": "Giấy mời họp"}
    typed |= {"symbol": "15/GM-BKHĐT", "version": "1", "reason": "Vào nhầm loại"}

    assert client.post(f"/van-ban-den/{come.pk}/dinh-chinh/", typed).status_code == 302

    come.refresh_from_db()
    assert (come.kind, come.version) == ("invitation", 2)
    assert come.obligations.get().due_at == clock.end_of(dt.date(2024, 6, 14))
    assert come.folded == "giay moi hop 15 gm bkhdt bo ke hoach va dau tu"
    changes = Line.objects.filter(entry_id=come.pk).latest("pk").details["changes"]
    assert changes["kind"] == ["central", "invitation"]
    assert changes["symbol"] == ["9981/KHĐT-THQH", "15/GM-BKHĐT"]
    assert "unit" not in changes


def test_a_day_in_the_future_is_refused(client, come, arrived, written):
    before = written()
    typed = arrived | {"opened_on": "18/6/2024", "version": "1", "reason": "thử"}
    answer = client.post(f"/van-ban-den/{come.pk}/dinh-chinh/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["opened_on"]
    assert written() == before


def test_a_stale_version_is_refused(come, van_thu, written):
    correct_incoming(come.pk, actor=van_thu, version=1, reason="lần đầu", title="Bản mới")
    before = written()
    with pytest.raises(Stale):
        correct_incoming(come.pk, actor=van_thu, version=1, reason="lần hai", title="Bản khác")
    assert written() == before
    assert Entry.objects.get(pk=come.pk).title == "Bản mới"


def test_signer_and_recipients_of_an_outgoing_document_are_corrected(client, gone, issued):
    typed = issued | {"signer": "Nguyễn Mạnh Quyền", "version": "1", "reason": "Nhầm người ký"}
    assert client.post(f"/van-ban-di/{gone.pk}/dinh-chinh/", typed).status_code == 302
    document = OutgoingDocument.objects.get(pk=gone.pk)
    assert document.signer == "Nguyễn Mạnh Quyền"
    folded = Entry.objects.get(pk=gone.pk).folded
    assert "nguyen manh quyen" in folded
    assert "tuan" not in folded
    assert f"{gone.number} kh ubnd" in folded


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opened_on", "13/6/2024"),
        ("issuer", "office"),
        ("type", "notice"),
        ("secrecy", "confidential"),
    ],
)
def test_what_was_issued_stands(client, gone, issued, written, field, value):
    """VT-32: another document replaces or corrects it."""
    before = written()
    typed = issued | {field: value, "version": "1", "reason": "thử"}
    if field == "secrecy":
        typed |= {"title": "", "recipients": ""}
    answer = client.post(f"/van-ban-di/{gone.pk}/dinh-chinh/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert written() == before
    again = Entry.objects.get(pk=gone.pk)
    assert (again.title, again.version) == (gone.title, 1)


@pytest.mark.parametrize("who", ["chuyen_vien", "lanh_dao", "giam_doc_so"])
def test_whoever_keeps_no_book_corrects_nothing(sign_in, request, come, arrived, written, who):
    before = written()
    client = sign_in(request.getfixturevalue(who))
    typed = arrived | {"version": "1", "reason": "thử"}
    for verb in ("dinh-chinh", "ket-thuc", "mo-lai"):
        assert client.get(f"/van-ban-den/{come.pk}/{verb}/").status_code == 404
        assert client.post(f"/van-ban-den/{come.pk}/{verb}/", typed).status_code == 404
    assert written() == before


def test_forwarded_late_then_reopened(client, come):
    """The states of one document as of three moments (NV-10, VT-41)."""
    url = f"/van-ban-den/{come.pk}/"
    come.obligations.update(due_at=clock.end_of(dt.date(2024, 6, 14)))
    assert client.post(f"{url}ket-thuc/", {"on": "16/6/2024"}).status_code == 302
    assert client.post(f"{url}mo-lai/", {"on": "17/6/2024", "reason": "thiếu"}).status_code == 302
    states = [
        with_state(dt.datetime(2024, 6, day, 12, tzinfo=clock.ZONE)).get(entry=come).state
        for day in (14, 15, 16, 17)
    ]
    assert states == ["open_in_time", "open_late", "done_late", "open_late"]
