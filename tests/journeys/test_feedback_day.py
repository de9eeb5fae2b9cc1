"""A day with feedback: the officer enters and answers, the planner sees the report change."""

import re


def figure(page, id: str) -> str:
    return page.inner_text(f"[data-figure='{id}']")


def test_entered_answered_corrected_reopened_and_counted(visit):
    planner = visit("ke-hoach")
    planner.goto("/bao-cao/direction/2024-H1/")
    before = int(figure(planner, "feedback.regulations.received"))
    late_before = int(figure(planner, "feedback.regulations.overdue"))

    officer = visit("chuyen-vien")
    officer.goto("/phan-anh-kien-nghi/")
    officer.click("text=Tiếp nhận phản ánh")
    officer.fill("[name=opened_on]", "03/6/2024")
    officer.select_option("[name=about]", "regulation")
    officer.fill("[name=unit]", "Sở Xây dựng")
    officer.click("form button.btn-primary")
    assert officer.locator(".field.bad").count() == 1, "the content is missing and says so"
    assert officer.input_value("[name=opened_on]") == "03/6/2024", "what was typed is kept"
    officer.fill("[name=title]", "Phản ánh quy định cấp phép xây dựng")
    officer.click("form button.btn-primary")
    officer.wait_for_url(re.compile(r"/phan-anh-kien-nghi/\d+/"))
    assert "quá hạn 5 ngày làm việc" in officer.inner_text("main")

    officer.click("button.due, a.due")
    officer.locator("section.pop").wait_for()
    why = officer.inner_text("section.pop")
    assert "Vì sao hạn là thứ Hai, 10/6/2024?" in why
    assert "PA-04" in why

    officer.click("text=Ghi trả lời")
    officer.fill("[name=on]", "14/6/2024")
    officer.fill("[name=outcome]", "Công văn trả lời số 12/SXD-TH")
    officer.click("form button.btn-primary")
    officer.wait_for_url(re.compile(r"/phan-anh-kien-nghi/\d+/$"))
    assert "xong, chậm 4 ngày làm việc" in officer.inner_text("main")

    planner.reload()
    assert int(figure(planner, "feedback.regulations.received")) == before + 1
    assert int(figure(planner, "feedback.regulations.overdue")) == late_before + 1

    officer.click("text=Mở lại")
    officer.fill("[name=reason]", "Trả lời chưa đủ nội dung")
    officer.click("form button.btn-primary")
    officer.wait_for_url(re.compile(r"/phan-anh-kien-nghi/\d+/$"))
    story = officer.inner_text("ol.story")
    assert "mở lại" in story
    assert "Trả lời chưa đủ nội dung" in story
