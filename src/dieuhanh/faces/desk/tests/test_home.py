"""My work and searching everything: across registers, within one's rights."""

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.obligations.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(unit):
    """``due(day)``: an open feedback of the head's unit, due at the end of a day of June."""

    def make(day, title="Việc thử"):
        number = Entry.objects.filter(book="test.home").count() + 1
        entry = Entry.objects.create(
            register="feedback", agency=unit, book="test.home", year=2024, number=number,
            kind="conduct", title=title, unit=unit, opened_on="2024-06-03",
        )  # fmt: skip
        Obligation.objects.create(
            entry=entry, duty="Trả lời", unit=unit, started_at="2024-06-03T08:00+07",
            due_at=f"2024-06-{day:02d}T23:59:59+07" if day else None,
        )  # fmt: skip
        return entry

    return make


def test_the_most_pressing_comes_first(sign_in, giam_doc_so, unit, due):
    Obligation.objects.filter(unit=unit, done_at=None).update(done_at="2024-06-16T08:00+07")
    for day, title in ((28, "sau"), (None, "không hạn"), (14, "quá"), (17, "nay"), (20, "sắp")):
        due(day, title)
    answer = sign_in(giam_doc_so).get("/")
    groups = [
        (one["state"], [row["title"] for row in one["rows"]]) for one in answer.context["groups"]
    ]
    assert groups == [
        ("overdue", ["quá"]), ("today", ["nay"]), ("soon", ["sắp"]), ("later", ["sau"]),
        ("none", ["không hạn"]),
    ]  # fmt: skip
    assert answer.context["total"] == 5
    past = sign_in(giam_doc_so).get("/?tinh-den=14/6/2024")
    states = {row["title"]: one["state"] for one in past.context["groups"] for row in one["rows"]}
    assert states["quá"] == "today"


def test_only_what_may_be_opened_is_work(sign_in, giam_doc_so, due):
    entry = due(20, "Nội dung được bảo vệ")
    Entry.objects.filter(pk=entry.pk).update(
        register="complaints.letters", kind="denunciation", confidentiality="guarded"
    )
    assert "Nội dung được bảo vệ" not in sign_in(giam_doc_so).get("/").content.decode()


def test_who_may_read_nothing_finds_nothing(sign_in, quan_tri):
    client = sign_in(quan_tri)
    assert client.get("/tim/?q=nuoc").context["rows"] == []
    assert client.get("/").context["total"] == 0
    assert "/van-ban-den/" not in client.get("/").content.decode()


def test_the_cast_signs_in_and_out(client, van_thu):
    page = client.get("/dang-nhap/").content.decode()
    assert "van-thu" in page and "dieu-hanh-2024" in page
    wrong = client.post("/dang-nhap/", {"username": "van-thu", "password": "sai"})
    assert wrong.status_code == 422
    assert client.get("/").status_code == 302
    typed = {"username": "van-thu", "password": "dieu-hanh-2024"}
    assert client.post("/dang-nhap/", typed).status_code == 302
    assert client.get("/").status_code == 200
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/").status_code == 302


def test_outside_a_demonstration_no_password_is_shown(client, settings, db):
    settings.DEMO = False
    page = client.get("/dang-nhap/").content.decode()
    assert "dieu-hanh-2024" not in page


def test_why_something_is_due_is_explained(sign_in, chuyen_vien):
    """TG-01, PA-04: the days, the law, and that the limit is not confirmed."""
    one = Obligation.objects.filter(entry__register="feedback").latest("due_at")
    client, url = sign_in(chuyen_vien), f"/phan-anh-kien-nghi/{one.entry_id}/"
    page = client.get(f"{url}vi-sao/{one.pk}/").content.decode()
    assert "Vì sao hạn là" in page and "chưa được xác nhận (PA-04)" in page
    part = client.get(f"{url}vi-sao/{one.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Vì sao hạn là" in part
    assert "Vì sao hạn là" in client.get(f"{url}?vi-sao={one.pk}").content.decode()
    other = Obligation.objects.filter(entry__register="feedback").exclude(pk=one.pk).first()
    assert client.get(f"{url}vi-sao/{other.pk}/").status_code == 404
