"""Long work for one person: done once, told of, fetched by its owner only."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dieuhanh.faces.desk import imports
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.errands import actions, performers
from dieuhanh.kernel.errands.models import Errand, ErrandState
from dieuhanh.kernel.identity.actions import give_mandate, revoke_mandate
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import queue
from dieuhanh.kernel.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def _table(client, rows, monkeypatch):
    """Send a list of incoming documents that is held for large."""
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    page = client.get("/van-ban-den/nhap/").content.decode()
    assert "Các cột của sổ" in page
    upload = io.BytesIO(rows.encode())
    upload.name = "danh-sach.csv"
    return client.post("/van-ban-den/nhap/", {"table": upload})


def test_a_wrong_list_is_told_line_by_line_and_nothing_is_written(
    client, van_thu, monkeypatch, django_capture_on_commit_callbacks
):
    client.force_login(van_thu)
    before = Entry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        answer = _table(client, "Không có cột này\n1\n", monkeypatch)
    errand = Errand.objects.get(person=van_thu)
    assert answer.url == reverse("desk:errand", args=[errand.pk])
    assert errand.state == ErrandState.FAILED
    page = client.get(answer.url).content.decode()
    assert "không có cột này trong sổ" in page
    assert Entry.objects.count() == before
    assert not list(actions.folder().iterdir()), "An upload is thrown away when its errand ended."


def test_a_report_is_built_and_fetched_by_whom_it_was_built_for(client, ke_hoach, van_thu):
    client.force_login(ke_hoach)
    answer = client.post("/bao-cao/direction/2024-H1/dung-tep/docx/")
    errand = Errand.objects.get(person=ke_hoach)
    assert errand.state == ErrandState.DONE, errand.failure
    assert "Tải direction-2024-H1.docx" in client.get(answer.url).content.decode()
    made = b"".join(client.get(reverse("desk:errand-file", args=[errand.pk])).streaming_content)
    assert made.startswith(b"PK")
    assert Notice.objects.filter(person=ke_hoach, kind="errand").count() == 1
    client.force_login(van_thu)
    for address in ("desk:errand", "desk:errand-file"):
        assert client.get(reverse(address, args=[errand.pk])).status_code == 404


def test_a_long_list_is_exported_with_its_filter_and_the_readers_rights(client, van_thu, quan_tri):
    client.force_login(van_thu)
    page = client.get("/van-ban-den/").content.decode()
    assert 'action="/van-ban-den/xuat/csv/' in page, "45.449 entries are an errand."
    answer = client.post("/van-ban-den/xuat/csv/?tu=10/6/2024&den=14/6/2024")
    errand = Errand.objects.get(person=van_thu)
    assert errand.state == ErrandState.DONE, errand.failure
    made = b"".join(client.get(f"{answer.url}tep/").streaming_content).decode("utf-8-sig")
    direct = client.get("/van-ban-den/xuat.csv?tu=10/6/2024&den=14/6/2024")
    assert made == b"".join(direct.streaming_content).decode("utf-8-sig")
    client.force_login(quan_tri)
    assert client.post("/van-ban-den/xuat/csv/").status_code == 404


def test_an_errand_waits_for_a_worker_where_there_is_one(client, ke_hoach, monkeypatch):
    put = []
    monkeypatch.setattr(queue, "live_workers", lambda: 1)
    monkeypatch.setattr(queue, "defer", lambda task, arguments: put.append((task, arguments)))
    client.force_login(ke_hoach)
    answer = client.post("/bao-cao/direction/2024-H1/dung-tep/docx/")
    errand = Errand.objects.get(person=ke_hoach)
    assert put == [(queue.ERRAND, [{"errand_id": errand.pk}])]
    page = client.get(answer.url).content.decode()
    assert 'hx-trigger="every 1s"' in page, "A page that waits asks again by itself."
    assert '<noscript><meta http-equiv="refresh"' in page
    actions.perform_errand(errand.pk)
    actions.perform_errand(errand.pk)  # its worker was held for dead
    assert Notice.objects.filter(person=ke_hoach, kind="errand").count() == 1


def test_a_mandate_that_ended_meanwhile_ends_the_errand(monkeypatch, ke_hoach, van_thu):
    today = clock.today()
    mandate = give_mandate(actor=van_thu, giver=van_thu, stand_in=ke_hoach, kind="substitution",
                           starts_on=today, ends_on=today, basis="1/QĐ")  # fmt: skip
    ke_hoach.act_under(mandate)
    monkeypatch.setattr(queue, "live_workers", lambda: 1)
    monkeypatch.setattr(queue, "defer", lambda task, arguments: None)
    errand = actions.ask_errand(ke_hoach, kind="report", title="Báo cáo", back="/", arguments={})
    revoke_mandate(mandate.pk, actor=van_thu, reason="về sớm")
    actions.perform_errand(errand.pk)
    errand.refresh_from_db()
    assert "hết hiệu lực" in errand.failure


def test_what_breaks_is_told_with_a_code_and_leaves_nothing(monkeypatch, ke_hoach):
    def breaks(errand, person, tell):
        Notice.objects.create(person=person, kind="late", key="half", created_at=clock.now())
        raise RuntimeError("chi tiết nội bộ")

    monkeypatch.setitem(performers._performers, "report", breaks)
    errand = actions.ask_errand(ke_hoach, kind="report", title="Báo cáo", back="/", arguments={})
    assert "báo mã" in errand.failure
    assert "nội bộ" not in errand.failure
    assert not Notice.objects.filter(key="half").exists()


def test_files_of_old_errands_go(ke_hoach):
    name = actions.keep_file(io.BytesIO(b"x"))
    old = clock.now() - timedelta(days=actions.KEPT_DAYS + 1)
    errand = Errand.objects.create(person=ke_hoach, kind="export", title="x", back="/", asked_at=old,
                                   ended_at=old, file=name, file_name="x.csv")  # fmt: skip
    assert actions.drop_old() == 1
    errand.refresh_from_db()
    assert (errand.file, (actions.folder() / name).exists()) == ("", False)


def test_an_errand_that_failed_has_ended(ke_hoach):
    with pytest.raises(IntegrityError, match="errand_fails_when_ended"), transaction.atomic():
        Errand.objects.create(person=ke_hoach, kind="export", title="x", back="/",
                              asked_at=clock.now(), failure="hỏng")  # fmt: skip
