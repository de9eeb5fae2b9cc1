"""Proofreading on the desk: dropped and pasted, of reports, drafts and entries; nothing kept unasked."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.html import escape

from dieuhanh.kernel.entries.models import Confidentiality, Entry
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.proof import read
from dieuhanh.reports.proofing.models import SetAside

pytestmark = pytest.mark.django_db
PAGE = "/soat-so-lieu/"
WRONG = (
    "Sáu tháng đầu năm, cơ quan đã tiếp nhận 1.335 đơn, gồm 843 đơn khiếu nại và"
    " 490 đơn tố cáo; đã giải quyết xong 1.200 đơn."
)
RIGHT = WRONG.replace("1.335", "1.333")
MARK = re.compile(r'name="ly-do-([0-9a-f]{64})"')


def _file(text: str, name: str = "bao-cao.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def _marks(answer) -> list[str]:
    return list(dict.fromkeys(MARK.findall(answer.content.decode())))


def _bytes(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture
def clerk(sign_in, van_thu):
    return sign_in(van_thu)


@pytest.fixture
def planner(sign_in, ke_hoach):
    return sign_in(ke_hoach)


def test_a_pasted_text_is_looked_at_and_stays_in_the_form(clerk):
    page = clerk.post(PAGE, {"text": WRONG}).content.decode()
    assert "843 + 490" in page, "The arithmetic stands beside the sentence."
    assert escape(WRONG) in page, "What was pasted is still in the form."
    assert "mark class" in page


def test_a_right_text_is_left_alone(clerk):
    page = clerk.post(PAGE, {"text": RIGHT}).content.decode()
    assert "không thấy chỗ nào cần hỏi" in page.lower()


def test_nothing_is_kept_of_what_was_dropped(clerk):
    before = (Attachment.objects.count(), Line.objects.count(), SetAside.objects.count())
    clerk.post(PAGE, {"papers": [_file(WRONG)], "text": WRONG})
    after = (Attachment.objects.count(), Line.objects.count(), SetAside.objects.count())
    assert after == before


def test_files_dropped_together_are_compared(clerk):
    one = "Kim ngạch xuất khẩu 5 tháng đầu năm 2024 đạt 7.150 triệu USD, tăng 8,2 % so với cùng kỳ."
    other = one.replace("8,2", "7,7")
    page = clerk.post(
        PAGE, {"papers": [_file(one, "mot.txt"), _file(other, "hai.txt")]}
    ).content.decode()
    assert "mot.txt" in page and "hai.txt" in page
    assert "8,2" in page and "7,7" in page and "finding" in page


def test_nothing_given_is_said_beside_the_field(clerk):
    answer = clerk.post(PAGE, {"text": "  "})
    assert answer.status_code == 422
    assert "Xin chọn tệp hoặc dán văn bản cần soát." in answer.content.decode()


def test_what_cannot_be_read_is_named(clerk):
    picture = SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
    page = clerk.post(PAGE, {"papers": [picture, _file(RIGHT)]}).content.decode()
    assert "<b>anh.png</b>" in page
    assert "bao-cao.txt" in page, "The other file is looked at."


def test_a_text_too_long_for_a_page_is_refused_with_the_way_out(clerk, monkeypatch):
    from dieuhanh.faces.desk.proofing import papers

    monkeypatch.setattr(papers, "MOST_LETTERS", 100)
    answer = clerk.post(PAGE, {"text": WRONG})
    assert answer.status_code == 422
    assert "dieuhanh proof" in answer.content.decode()


def test_an_accepted_correction_is_written_into_a_copy(clerk):
    text = "Ủy ban đã đã ban hành kế hoạch.\n\nCác đơn vị những những báo cáo đúng hạn."
    marks = _marks(clerk.post(PAGE, {"papers": [_file(text)]}))
    assert len(marks) >= 2
    answer = clerk.post(PAGE, {"papers": [_file(text)], "nhan": marks, "tai": "ban-sua"})
    assert "attachment" in answer["Content-Disposition"]
    corrected = _bytes(answer).decode()
    assert "đã đã" not in corrected and "những những" not in corrected
    assert "ban hành kế hoạch." in corrected


def test_without_a_choice_no_copy_is_made(clerk):
    answer = clerk.post(PAGE, {"text": WRONG, "tai": "ban-sua"})
    assert answer.status_code == 422
    assert "Chưa chọn chỗ nào" in answer.content.decode()


def test_the_word_copy_carries_comments(clerk, tmp_path):
    answer = clerk.post(PAGE, {"papers": [_file(WRONG)], "tai": "ghi-chu"})
    data = _bytes(answer)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        comments = package.read("word/comments.xml").decode()
    assert "843 + 490" in comments
    path = tmp_path / "ghi-chu.docx"
    path.write_bytes(data)
    assert "1.335" in read(path).source.text


def test_what_is_set_aside_is_gone_and_its_reason_taken_away(clerk):
    (mark, *_rest) = _marks(clerk.post(PAGE, {"text": WRONG}))
    sent = {"text": WRONG, f"ly-do-{mark}": "Hai đơn vừa khiếu nại vừa tố cáo"}
    page = clerk.post(PAGE, sent).content.decode()
    assert "Đã bỏ qua, có lý do" in page and "Hai đơn vừa khiếu nại vừa tố cáo" in page
    kept = _bytes(clerk.post(PAGE, sent | {"tai": "ly-do"}))
    (aside,) = json.loads(kept)["set_aside"]
    assert aside["reason"] == "Hai đơn vừa khiếu nại vừa tố cáo"
    again = SimpleUploadedFile("ly-do.json", kept, content_type="application/json")
    page = clerk.post(PAGE, {"text": WRONG, "reasons": again}).content.decode()
    assert "Đã bỏ qua, có lý do" in page, "The file of reasons is understood again."


def test_a_broken_file_of_reasons_is_said_beside_the_field(clerk):
    broken = SimpleUploadedFile("ly-do.json", b"{", content_type="application/json")
    answer = clerk.post(PAGE, {"text": WRONG, "reasons": broken})
    assert answer.status_code == 422
    assert "ly-do.json" in answer.content.decode()


# Papers of the program -----------------------------------------------------------------------------


def test_our_own_reports_are_clean_and_agree_with_the_registers(planner):
    for report in ("socioeconomic", "direction"):
        assert (
            f"/bao-cao/{report}/2024-H1/soat/"
            in planner.get(f"/bao-cao/{report}/2024-H1/").content.decode()
        ), "The report has its button."
        page = planner.get(f"/bao-cao/{report}/2024-H1/soat/").content.decode()
        assert 'class="finding error"' not in page
        assert "số liệu lấy thẳng từ các sổ" in page


def test_a_figure_that_differs_from_its_measure_is_told(planner):
    text = planner.get("/bao-cao/direction/2024-H1/bao-cao.html").content.decode()
    assert "45.449" in text
    wrong = SimpleUploadedFile("bao-cao.html", text.replace("45.449", "45.494").encode())
    page = planner.post(PAGE, {"papers": [wrong], "registers": "on"}).content.decode()
    assert "registers.differs" in page and "sổ 45.449" in page
    right = SimpleUploadedFile("bao-cao.html", text.encode())
    page = planner.post(PAGE, {"papers": [right], "registers": "on"}).content.decode()
    assert "registers.differs" not in page


@pytest.fixture
def outgoing(van_thu) -> Entry:
    """An outgoing document with a wrong sum in its file."""
    entry = Entry.objects.filter(
        register="documents.outgoing", confidentiality=Confidentiality.ORDINARY
    ).earliest("pk")
    attach_file(entry.pk, actor=van_thu, name="du-thao.txt", content=io.BytesIO(WRONG.encode()))
    return entry


def _page_of(entry: Entry) -> str:
    return f"/van-ban-di/{entry.pk}/soat/"


def test_an_outgoing_document_has_its_button_and_its_findings(clerk, outgoing):
    assert _page_of(outgoing) in clerk.get(f"/van-ban-di/{outgoing.pk}/").content.decode()
    page = clerk.get(_page_of(outgoing)).content.decode()
    assert "843 + 490" in page and "du-thao.txt" in page


def test_set_aside_on_an_entry_is_kept_with_its_reason(clerk, outgoing, van_thu):
    (mark, *_rest) = _marks(clerk.get(_page_of(outgoing)))
    answer = clerk.post(_page_of(outgoing), {"bo-qua": mark, f"ly-do-{mark}": "  "})
    assert answer.status_code == 422 and "Xin ghi lý do bỏ qua." in answer.content.decode()
    clerk.post(_page_of(outgoing), {"bo-qua": mark, f"ly-do-{mark}": "Đã kiểm tra với sổ"})
    page = clerk.get(_page_of(outgoing)).content.decode()
    assert "Đã kiểm tra với sổ" in page and van_thu.full_name in page
    assert "finding error" not in page
    line = Line.objects.filter(verb="finding.set_aside", entry_id=outgoing.pk).get()
    assert line.reason == "Đã kiểm tra với sổ"
    assert (
        "bỏ qua một chỗ khi soát số liệu"
        in clerk.get(f"/van-ban-di/{outgoing.pk}/").content.decode()
    ), "The story of the entry tells it."
    clerk.post(_page_of(outgoing), {"dua-lai": mark})
    assert "843 + 490" in clerk.get(_page_of(outgoing)).content.decode()
    assert SetAside.objects.get().ended_at is not None, "Nothing is deleted."


def test_who_only_reads_sets_nothing_aside(outgoing, sign_in, lanh_dao):
    reader = sign_in(lanh_dao)
    page = reader.get(_page_of(outgoing)).content.decode()
    assert "843 + 490" in page and "bo-qua" not in page
    answer = reader.post(_page_of(outgoing), {"bo-qua": "0" * 64})
    assert answer.status_code in (403, 404, 422)
    assert not SetAside.objects.exists()


def test_nothing_is_set_aside_without_a_reason(outgoing, van_thu):
    with pytest.raises(IntegrityError, match="set_aside_with_reason"), transaction.atomic():
        SetAside.objects.create(
            entry=outgoing, check_id="sums.parts", mark="0" * 64, person=van_thu, at=clock.now()
        )


def test_what_was_set_aside_lapses_when_the_paragraph_changes(clerk, outgoing, van_thu):
    (mark, *_rest) = _marks(clerk.get(_page_of(outgoing)))
    clerk.post(_page_of(outgoing), {"bo-qua": mark, f"ly-do-{mark}": "Đã kiểm tra"})
    changed = WRONG.replace("1.200 đơn", "1.250 đơn")
    attach_file(outgoing.pk, actor=van_thu, name="moi.txt", content=io.BytesIO(changed.encode()))
    page = clerk.get(_page_of(outgoing)).content.decode()
    assert "finding error" in page, "The new file's paragraph is another one."
    assert "Đã kiểm tra" in page, "The old one is still set aside."


def test_a_draft_has_its_button(planner, db):
    from dieuhanh.reports.review.models import Draft

    draft = Draft.objects.select_related("campaign").latest("pk")
    address = f"/dot-bao-cao/{draft.campaign_id}/ban/{draft.number}/"
    assert f"{address}soat/" in planner.get(address).content.decode()
    answer = planner.get(f"{address}soat/")
    assert answer.status_code == 200
    copy = planner.get(f"{address}soat/?tai=ghi-chu")
    assert _bytes(copy).startswith(b"PK\x03\x04")


# The API -------------------------------------------------------------------------------------------


def test_the_api_takes_files_and_answers_findings(clerk):
    answer = clerk.post("/api/v1/proof", {"files": [_file(WRONG)]})
    assert answer.status_code == 200
    (finding, *_rest) = answer.json()["findings"]
    assert finding["check"] == "sums.parts" and finding["severity"] == "error"
    assert finding["file"] == "bao-cao.txt" and finding["line"] == 1
    assert WRONG[finding["start"] : finding["end"]] == finding["quote"]
    assert "843 + 490" in finding["arithmetic"]


def test_the_api_says_why_a_file_is_not_read(clerk):
    answer = clerk.post("/api/v1/proof", {"files": [_file("", "trong.txt")]})
    (told,) = answer.json()["files"]
    assert told["file"] == "trong.txt" and told["error_vi"]
