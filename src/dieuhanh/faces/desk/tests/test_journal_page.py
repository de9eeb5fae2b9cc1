"""The journal as a page: who may, what it finds, and what it never shows."""

import re
from pathlib import Path

import pytest

import dieuhanh
from dieuhanh.faces.desk.journal_words import DONE
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.actions import record

pytestmark = pytest.mark.django_db


def rows(answer):
    return [[str(cell.get("text")) for cell in row["cells"]] for row in answer.context["rows"]]


def test_only_auditors_and_administrators_open_it(sign_in, thanh_tra, quan_tri, lanh_dao, van_thu):
    for person, status in ((thanh_tra, 200), (quan_tri, 200), (lanh_dao, 404), (van_thu, 404)):
        client = sign_in(person)
        assert client.get("/nhat-ky/").status_code == status
        assert client.get("/nhat-ky/xuat.csv").status_code == status


def test_every_verb_that_is_recorded_has_words():
    source = Path(dieuhanh.__file__).parent
    found = set()
    for path in source.rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(re.findall(r'record\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text()))
    assert found and not found - set(DONE), f"Name in journal_words.DONE: {found - set(DONE)}"


def test_lines_are_found_by_person_day_verb_and_number(sign_in, thanh_tra, van_thu):
    entry = Entry.objects.filter(register="documents.incoming", confidentiality="ordinary").first()
    record("entry.reopened", actor=van_thu, entry_id=entry.pk, subject=str(entry), reason="thử lại")
    record("limit.confirmed", actor=thanh_tra, subject="complaint.file")
    client = sign_in(thanh_tra)
    number = f"{entry.number}/{entry.year}"
    for query in (
        f"so={number}",
        "viec=entry.reopened",
        f"nguoi={van_thu.username}&viec=entry.reopened",
        "nguoi=thanh%20mai&viec=entry.reopened",
        f"so={number}&tu=17/6/2024&den=17/6/2024",
    ):
        found = rows(client.get(f"/nhat-ky/?{query}"))
        assert any("mở lại" in one for one in found), query
        assert not any("xác nhận thời hạn theo quy định" in one for one in found), query
    for query in (f"so={number}&den=16/6/2024", "nguoi=khong-ai", "so=abc", "so=0", "viec=x%00y",
                  "so=999999999999", "sau=x&truoc=-1"):  # fmt: skip
        assert client.get(f"/nhat-ky/?{query}").status_code == 200, query
    assert rows(client.get("/nhat-ky/?so=abc")) == []


def test_a_line_on_a_closed_entry_says_that_and_no_more(sign_in, thanh_tra, quan_tri, van_thu):
    entry = Entry.objects.filter(register="documents.incoming", confidentiality="ordinary").first()
    entry.confidentiality, entry.title = "restricted", "Nội dung kín đáo"
    entry.save()
    record(
        "entry.closed", actor=van_thu, entry_id=entry.pk, subject="77777/2024", reason="lý do kín"
    )
    for person in (thanh_tra, quan_tri):
        client = sign_in(person)
        page = client.get("/nhat-ky/").content.decode()
        table = b"".join(client.get("/nhat-ky/xuat.csv").streaming_content).decode()
        for text in (page, table):
            assert "Mục ngoài quyền xem" in text
            assert not {one for one in ("kín đáo", "77777", "lý do kín") if one in text}


def test_pages_follow_each_other_without_loss(sign_in, quan_tri):
    for n in range(120):
        record("limit.confirmed", actor=quan_tri, subject=f"dòng {n}")
    client = sign_in(quan_tri)
    seen, url = [], "/nhat-ky/?viec=limit.confirmed"
    while url:
        answer = client.get(url)
        seen += [one[3] for one in rows(answer)]
        url = answer.context["pager"]["older_url"]
    assert [one for one in seen if one.startswith("dòng")] == [
        f"dòng {n}" for n in range(119, -1, -1)
    ]
    table = b"".join(
        client.get("/nhat-ky/xuat.csv?viec=limit.confirmed").streaming_content
    ).decode()
    assert all(f"dòng {n}" in table for n in range(120))
