"""One obligation on its page: who owes what, until when and why; doing, judging, moving it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.actions import owe, start_of_business
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.assignments.actions import assign_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(chuyen_vien):
    """A task that an officer of the Office gave to Sở Tài nguyên và Môi trường, due 21/6/2024."""
    return assign_task(
        actor=chuyen_vien,
        opened_on=dt.date(2024, 6, 10),
        source="conclusion",
        head="Giám đốc Sở",
        title="Rà soát quỹ đất hai bên tuyến Vành đai 4",
        unit=Unit.objects.get(code="STNMT"),
        authority="Chủ tịch UBND Thành phố",
        due_on=dt.date(2024, 6, 21),
        expected_product="Báo cáo kết quả rà soát",
    )


@pytest.fixture
def owed(task) -> Obligation:
    return task.entry.obligations.get()


def page(owed, *action: str) -> str:
    return reverse("desk:duty-verb", args=[owed.pk, *action]) if action else reverse(
        "desk:duty", args=[owed.pk]
    )  # fmt: skip


def shown(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_officer_reads_who_owes_what_until_when_and_why(sign_in, giam_doc_so, owed):
    text = shown(sign_in(giam_doc_so).get(page(owed)))
    for words in (
        "Thực hiện nhiệm vụ được giao", "Rà soát quỹ đất", "Sở Tài nguyên và Môi trường",
        "Người giao", "Nguyễn Thu Hằng", "Báo cáo kết quả rà soát", "Phạm Quốc Bảo",
        "Vì sao hạn là", "21/6/2024", "còn 4 ngày làm việc",
    ):  # fmt: skip
        assert words in text, words


def test_a_legal_deadline_shows_its_days_and_article(sign_in, tiep_dan):
    owed = Obligation.objects.filter(limit__key="complaint.1").order_by("-pk").first()
    text = shown(sign_in(tiep_dan).get(page(owed)))
    assert "ngày này không tính (Bộ luật Dân sự, Điều 147)" in text
    assert "30 ngày, kể từ ngày thụ lý" in text
    assert "Luật Khiếu nại 02/2011/QH13, Điều 28" in text


@pytest.mark.parametrize("who", ["tiep_dan", "quan_tri"])
def test_outsiders_find_nothing(sign_in, request, who, owed):
    client = sign_in(request.getfixturevalue(who))
    for address in (page(owed), page(owed, "hoan-thanh"), page(owed, "khong-co")):
        assert client.get(address).status_code == 404


def test_done_by_one_side_and_confirmed_by_the_other(client, giam_doc_so, chuyen_vien, owed):
    client.force_login(giam_doc_so)
    done = {"on": "14/6/2024", "product": ""}
    refused = client.post(page(owed, "hoan-thanh"), done)
    assert refused.status_code == 422
    assert "Xin ghi số, ký hiệu của sản phẩm" in shown(refused)
    client.post(page(owed, "hoan-thanh"), done | {"product": "512/BC-STNMT"})
    assert client.get(page(owed, "xac-nhan")).status_code == 404  # the owing side does not judge
    owed.refresh_from_db()
    assert (owed.done_by, owed.product) == (giam_doc_so, "512/BC-STNMT")
    assert "chờ bên giao việc xác nhận" in shown(client.get(page(owed)))

    client.force_login(chuyen_vien)
    client.post(page(owed, "xac-nhan"), {})
    owed.refresh_from_db()
    assert (owed.confirmed_by, owed.confirmed_at) == (chuyen_vien, clock.now())
    assert list(
        Line.objects.filter(details__obligation=owed.pk).order_by("pk").values_list("verb", flat=True)
    ) == ["obligation.done", "obligation.confirmed"]  # fmt: skip


def test_who_did_it_does_not_confirm_it(client, chuyen_vien, owed):
    """NV-14: an officer who keeps the register may do both, but not to one completion."""
    client.force_login(chuyen_vien)
    client.post(page(owed, "hoan-thanh"), {"on": "14/6/2024", "product": "512/BC-STNMT"})
    refused = client.post(page(owed, "xac-nhan"), {})
    assert refused.status_code == 422
    assert "không tự xác nhận" in shown(refused)
    owed.refresh_from_db()
    assert owed.confirmed_at is None


def test_returned_with_a_reason_it_is_owed_again(client, giam_doc_so, chuyen_vien, owed):
    client.force_login(giam_doc_so)
    client.post(page(owed, "hoan-thanh"), {"on": "14/6/2024", "product": "512/BC-STNMT"})
    client.force_login(chuyen_vien)
    assert client.post(page(owed, "tra-lai"), {"reason": ""}).status_code == 422
    client.post(page(owed, "tra-lai"), {"reason": "Thiếu số liệu huyện Đan Phượng"})
    client.force_login(giam_doc_so)
    text = shown(client.get(page(owed)))
    assert "Thiếu số liệu huyện Đan Phượng" in text
    assert "còn 4 ngày làm việc" in text  # the deadline stays


def test_more_time_is_asked_and_granted(client, giam_doc_so, chuyen_vien, owed):
    client.force_login(giam_doc_so)
    asked = client.post(
        page(owed, "xin-gia-han"), {"until": "28/6/2024", "reason": "Chờ bản đồ hiện trạng"}
    )
    assert asked.status_code == 302
    assert client.get(page(owed, "quyet-dinh-gia-han")).status_code == 404
    client.force_login(chuyen_vien)
    assert "chờ quyết định" in shown(client.get(page(owed))).lower()
    client.post(page(owed, "quyet-dinh-gia-han"), {"granted": "yes", "answer": ""})
    owed.refresh_from_db()
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 28))
    text = shown(client.get(page(owed)))
    assert "Hạn ban đầu" in text and "Chờ bản đồ hiện trạng" in text


def test_after_the_deadline_it_is_too_late_to_ask(client, giam_doc_so, task, owed):
    """NV-15: nothing that was typed is lost."""
    Obligation.objects.filter(pk=owed.pk).update(due_at=clock.end_of(dt.date(2024, 6, 14)))
    client.force_login(giam_doc_so)
    refused = client.post(page(owed, "xin-gia-han"), {"until": "28/6/2024", "reason": "Chờ bản đồ"})
    assert refused.status_code == 422
    text = shown(refused)
    assert "gia hạn phải được đề nghị trước khi hết hạn" in text
    assert "28/6/2024" in text and "Chờ bản đồ" in text


def test_a_pause_says_why_to_everyone_and_moves_the_deadline(
    client, chuyen_vien, giam_doc_so, owed
):
    client.force_login(chuyen_vien)
    assert client.post(page(owed, "tam-dung"), {"on": "12/6/2024", "reason": ""}).status_code == 422
    client.post(page(owed, "tam-dung"), {"on": "12/6/2024", "reason": "Chờ ý kiến Bộ"})
    client.force_login(giam_doc_so)
    text = shown(client.get(page(owed)))
    assert "tạm dừng, thời hạn không tính" in text and "Chờ ý kiến Bộ" in text
    client.force_login(chuyen_vien)
    client.post(page(owed, "tinh-tiep"), {"on": "17/6/2024"})
    owed.refresh_from_db()
    # Thursday 13, Friday 14, Monday 17: three working days.
    assert owed.due_at == clock.end_of(dt.date(2024, 6, 26))


def test_an_unknown_limit_yields_no_date_and_asks(client, chuyen_vien, task):
    owed = owe(
        task.entry, duty="Xử lý phản ánh hiện trường", start=start_of_business(dt.date(2025, 3, 3)),
        limit_key="ihanoi.normal",
    )  # fmt: skip
    Obligation.objects.filter(pk=owed.pk).update(started_at=start_of_business(dt.date(2024, 6, 10)))
    client.force_login(chuyen_vien)
    text = shown(client.get(page(owed)))
    assert "chưa xác định thời hạn" in text
    assert "Xin hỏi Sở Thông tin và Truyền thông" in text


def test_a_duty_recurs_and_ends(client, chuyen_vien, task):
    """Monthly reports on a task: written once a period, until they are ended."""
    client.force_login(chuyen_vien)
    address = reverse("desk:recurrences", args=["nhiem-vu-giao", task.pk])
    typed = {
        "duty": "Báo cáo tiến độ hằng tháng", "unit": "STNMT", "every": "month", "day": "25",
        "starts_on": "01/4/2024", "expected": "Báo cáo",
    }  # fmt: skip
    refused = client.post(address, typed | {"day": ""})
    assert refused.status_code == 422 and "từ 1 đến 31" in shown(refused)
    assert client.post(address, typed).status_code == 302
    written = task.entry.obligations.filter(recurrence__isnull=False).order_by("due_at")
    assert [one.due_at.astimezone(clock.ZONE).date() for one in written] == [
        dt.date(2024, 4, 25), dt.date(2024, 5, 27), dt.date(2024, 6, 25),
    ]  # fmt: skip
    assert "hằng tháng, hạn ngày 25" in shown(client.get(address))
    recurrence = written[0].recurrence
    end = reverse("desk:recurrence-end", args=["nhiem-vu-giao", task.pk, recurrence.pk])
    assert client.post(end, {"on": "30/6/2024", "reason": ""}).status_code == 422
    assert client.post(end, {"on": "30/6/2024", "reason": "Đã xong dự án"}).status_code == 302
    recurrence.refresh_from_db()
    assert recurrence.ends_on == dt.date(2024, 6, 30)


def test_the_api_reads_and_does_the_same(client, giam_doc_so, tiep_dan, owed):
    address = f"/api/v1/obligations/{owed.pk}"
    client.force_login(tiep_dan)
    assert client.get(address).status_code == 404
    client.force_login(giam_doc_so)
    told = client.get(address).json()
    assert (told["unit"], told["state"], told["paused"]) == (
        "Sở Tài nguyên và Môi trường", "open_in_time", False,
    )  # fmt: skip
    assert told["verbs"] == ["complete", "ask_extension"]
    late = {"on": "18/6/2024", "product": "512/BC-STNMT"}
    refused = client.post(f"{address}/complete", late, content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()["faults"] == [{"field": "on", "message": "Ngày này chưa đến."}]
    done = client.post(
        f"{address}/complete", late | {"on": "17/6/2024"}, content_type="application/json"
    )
    assert done.json()["state"] == "done_in_time"
    assert client.post(f"{address}/confirm", {}, content_type="application/json").status_code == 404
